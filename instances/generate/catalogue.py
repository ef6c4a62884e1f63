"""What schools offer: subjects, special rooms and clubs, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from instances.messages import Label
from instances.words import Family

CARE = Label("看护", "care")
MANAGEMENT = Label("行政", "management")

SUBJECTS: dict[str, tuple[Label, int]] = {
    "chinese": (Label("语文", "Chinese"), 34),
    "maths": (Label("数学", "maths"), 22),
    "english": (Label("英语", "English"), 10),
    "sport": (Label("体育", "PE"), 9),
    "music": (Label("音乐", "music"), 6),
    "art": (Label("美术", "art"), 6),
    "science": (Label("科学", "science"), 5),
    "computing": (Label("信息科技", "computing"), 3),
    "ethics": (Label("道德与法治", "ethics"), 3),
    "labour": (Label("劳动", "labour"), 2),
}
"""Subject and how many of a hundred teachers teach it."""

MAIN_SUBJECTS = ("chinese", "maths", "english")

FEATURES: dict[str, Label] = {
    "field": Label("运动场地", "sports ground"),
    "court": Label("室内场馆", "indoor court"),
    "piano": Label("钢琴", "piano"),
    "floor": Label("舞蹈地板", "dance floor"),
    "easels": Label("画架", "easels"),
    "desks": Label("书法桌", "calligraphy desks"),
    "bench": Label("实验台", "lab benches"),
    "computers": Label("计算机", "computers"),
    "tools": Label("工具台", "workbench"),
    "stage": Label("舞台", "stage"),
    "books": Label("图书", "books"),
    "garden": Label("种植区", "garden"),
    "stove": Label("灶台", "stoves"),
    "screen": Label("投影", "projector"),
}


@dataclass(frozen=True)
class RoomType:
    """A special room; those with ``once`` are built only once in a school."""

    name: Label
    building: Label
    features: tuple[str, ...]
    capacity: int
    groups: int = 1
    once: bool = False


_ARTS = Label("艺术楼", "Arts building")
_SCIENCE = Label("科技楼", "Science building")
_HALL = Label("综合楼", "Main hall")
_OUTSIDE = Label("室外", "Outdoors")

VILLAGE_ROOMS: tuple[RoomType, ...] = (
    RoomType(Label("操场", "Playground"), _OUTSIDE, ("field",), 240, 4, True),
    RoomType(Label("多功能室", "Multi-purpose room"), _HALL, ("piano", "books", "screen"), 60),
)

SPECIAL_ROOMS: tuple[RoomType, ...] = (
    RoomType(Label("操场", "Playground"), _OUTSIDE, ("field",), 400, 8, True),
    RoomType(Label("体育馆", "Gym"), _OUTSIDE, ("court",), 160, 4, True),
    RoomType(Label("音乐室", "Music room"), _ARTS, ("piano",), 60),
    RoomType(Label("美术室", "Art room"), _ARTS, ("easels",), 50),
    RoomType(Label("舞蹈室", "Dance room"), _ARTS, ("floor",), 45),
    RoomType(Label("书法室", "Calligraphy room"), _ARTS, ("desks",), 50),
    RoomType(Label("科学实验室", "Science lab"), _SCIENCE, ("bench",), 50),
    RoomType(Label("计算机教室", "Computer room"), _SCIENCE, ("computers",), 56),
    RoomType(Label("创客教室", "Maker room"), _SCIENCE, ("tools",), 40),
    RoomType(Label("图书馆", "Library"), _HALL, ("books",), 120, 2, True),
    RoomType(Label("报告厅", "Lecture hall"), _HALL, ("stage", "screen"), 300, 1, True),
    RoomType(Label("种植园", "School garden"), _OUTSIDE, ("garden",), 60, 1, True),
    RoomType(Label("多功能厅", "Multi-purpose hall"), _HALL, ("stage",), 120),
    RoomType(Label("录播教室", "Recording studio"), _SCIENCE, ("screen",), 56),
    RoomType(Label("篮球场", "Basketball courts"), _OUTSIDE, ("field",), 160, 4, True),
    RoomType(Label("生活技能室", "Home skills room"), _HALL, ("stove",), 40),
    RoomType(Label("阅览室", "Reading room"), _HALL, ("books",), 60),
    RoomType(Label("风雨操场", "Covered playground"), _OUTSIDE, ("court",), 120, 3, True),
    RoomType(Label("合唱教室", "Choir room"), _ARTS, ("piano",), 80),
)


@dataclass(frozen=True)
class ClubType:
    """A club: what its leader must be able to do, who can, and what its room must have.

    Without ``feature`` any classroom will do. The ``outside`` ones are taught by people who
    come from outside; those ``upper`` are not for grades 1 and 2.
    """

    name: Label
    skill: Label
    family: Family
    subjects: tuple[str, ...]
    feature: str = ""
    outside: bool = False
    upper: bool = False


_FAMILIES = {
    "P": Family.SPORTS,
    "A": Family.ART,
    "S": Family.SCIENCE,
    "L": Family.LABOUR,
    "R": Family.READING,
}

_TABLE = """
P 足球社 足球 Football|football sport field
P 篮球社 篮球 Basketball|basketball sport field
P 田径队 田径 Athletics|athletics sport field ^
P 花样跳绳 跳绳 Rope_skipping|rope_skipping sport field
P 武术社 武术 Martial_arts|martial_arts sport court
P 羽毛球社 羽毛球 Badminton|badminton sport court ^
P 乒乓球社 乒乓球 Table_tennis|table_tennis sport,maths court
P 排球社 排球 Volleyball|volleyball sport field ^
P 啦啦操 啦啦操 Cheerleading|cheerleading sport,music floor
P 围棋社 围棋 Go|go maths,science -
P 中国象棋 象棋 Chinese_chess|chinese_chess maths,ethics -
P 国际象棋 国际象棋 Chess|chess english,maths -
P 轮滑社 轮滑 Roller_skating|roller_skating sport field *
P 跆拳道 跆拳道 Taekwondo|taekwondo sport court *
P 击剑社 击剑 Fencing|fencing sport court *^
A 合唱团 合唱 Choir|choir music piano
A 竖笛社 竖笛 Recorder|recorder music piano
A 葫芦丝 葫芦丝 Hulusi|hulusi music -
A 古筝社 古筝 Guzheng|guzheng music piano *
A 民乐团 民乐 Folk_music|folk_music music stage ^
A 舞蹈队 舞蹈 Dance|dance music floor
A 国画社 国画 Chinese_painting|chinese_painting art easels
A 儿童画 儿童画 Painting|painting art easels
A 素描社 素描 Drawing|drawing art easels ^
A 陶艺社 陶艺 Pottery|pottery art tools
A 剪纸社 剪纸 Paper_cutting|paper_cutting art,chinese,labour -
A 软笔书法 书法 Calligraphy|calligraphy art,chinese desks
A 硬笔书法 硬笔书法 Pen_calligraphy|pen_calligraphy chinese,maths -
A 衍纸社 衍纸 Quilling|quilling art,english -
A 黏土手工 黏土 Clay_craft|clay_craft art,chinese,english -
A 摄影社 摄影 Photography|photography computing,art screen ^
A 戏剧社 戏剧 Drama|drama chinese,music stage
S 编程社 编程 Coding|coding computing computers
S 电脑绘画 电脑绘画 Computer_art|computer_art computing,art computers
S 机器人社 机器人 Robotics|robotics computing,science tools ^
S 无人机社 无人机 Drones|drones science field *^
S 趣味科学 科学实验 Science_fun|science_experiments science bench
S 电子百拼 电子 Electronics|electronics science bench ^
S 航模社 航模 Model_aircraft|model_aircraft science,computing field ^
S 数学思维 数学思维 Maths_circle|maths_circle maths -
S 数独社 数独 Sudoku|sudoku maths -
S 魔方社 魔方 Speed_cubing|speed_cubing maths,english -
S 创意发明 发明 Inventions|inventions science,labour tools ^
S 天文社 天文 Astronomy|astronomy science,ethics screen ^
L 种植社 种植 Gardening|gardening labour,science,ethics garden
L 编织社 编织 Weaving|weaving labour,chinese,art -
L 小厨师 烹饪 Cooking|cooking labour,ethics stove ^
L 木工社 木工 Woodwork|woodwork labour,art tools ^
L 整理收纳 整理收纳 Tidying|tidying labour,ethics,chinese -
L 缝艺社 缝艺 Sewing|sewing labour,chinese -
R 绘本阅读 绘本 Picture_books|picture_books chinese,english books
R 经典诵读 诵读 Reciting|reciting chinese -
R 小记者站 新闻写作 Young_reporters|news_writing chinese -
R 演讲与口才 演讲 Public_speaking|public_speaking chinese,ethics -
R 英语绘本 英语绘本 English_stories|english_stories english -
R 英语戏剧 英语戏剧 English_drama|english_drama english stage
R 诗词社 诗词 Poetry|poetry chinese -
R 成语故事 成语 Sayings|sayings chinese,ethics -
R 整本书共读 共读 Book_club|book_club chinese,english books
"""


def _club_type(line: str) -> ClubType:
    family, name, skill, english, subjects, feature, *marks = line.split()
    english_name, english_skill = english.replace("_", " ").split("|")
    return ClubType(
        name=Label(name, english_name),
        skill=Label(skill, english_skill),
        family=_FAMILIES[family],
        subjects=tuple(subjects.split(",")),
        feature=feature.strip("-"),
        outside=any("*" in mark for mark in marks),
        upper=any("^" in mark for mark in marks),
    )


CLUB_TYPES: tuple[ClubType, ...] = tuple(_club_type(line) for line in _TABLE.strip().splitlines())
