"""The words of the field, with their Chinese and English labels.

Every enumeration here is what appears in a workbook cell. Its *value* is the stable key
used in JSON; its label is what a person reads.
"""

from __future__ import annotations

from enum import Enum, IntEnum

from instances.messages import Label, Lang


class Weekday(IntEnum):
    """Day of the week, numbered as in ISO 8601 (Monday is 1)."""

    MON = 1
    TUE = 2
    WED = 3
    THU = 4
    FRI = 5
    SAT = 6
    SUN = 7

    def text(self, lang: Lang) -> str:
        return ("周" + "一二三四五六日"[self - 1]) if lang == "zh" else self.name.capitalize()


class Word(Enum):
    """An enumeration whose members carry ``key, zh, en``; the value is the key."""

    zh: str
    en: str

    def __new__(cls, key: str, zh: str, en: str) -> Word:
        member = object.__new__(cls)
        member._value_ = key
        member.zh = zh
        member.en = en
        return member

    def text(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    @property
    def label(self) -> Label:
        return Label(self.zh, self.en)


class Level(Word):
    """How much somebody wants a slot or an activity. ``NO`` withholds consent."""

    PREFERS = ("prefers", "愿意", "prefers")
    WILLING = ("willing", "可以", "willing")
    RATHER_NOT = ("rather_not", "尽量不", "rather not")
    NO = ("no", "不行", "no")

    @property
    def points(self) -> int:
        """Half-points held for the wish share: prefers 2, willing 1, rather not 0."""
        return {"prefers": 2, "willing": 1}.get(self.value, 0)


class Spread(Word):
    """How a person wants their posts spread over the week."""

    FEWER_DAYS = ("fewer_days", "集中", "fewer days")
    SHORT_DAYS = ("short_days", "分散", "shorter days")


class Kind(Word):
    """What sort of activity it is."""

    CARE = ("care", "作业看护", "homework care")
    CLUB = ("club", "社团", "club")
    EXERCISE = ("exercise", "体育锻炼", "exercise")
    TUTORING = ("tutoring", "辅导", "tutoring")
    NOON = ("noon", "午间看护", "noon care")
    LATE = ("late", "延时看护", "late care")
    DUTY = ("duty", "值班", "duty")
    STANDBY = ("standby", "机动", "standby")

    @property
    def is_remainder(self) -> bool:
        """Care takes whoever is present and in nothing else at that time."""
        return self in (Kind.CARE, Kind.NOON, Kind.LATE)

    @property
    def has_children(self) -> bool:
        return self not in (Kind.DUTY, Kind.STANDBY)


class Role(Word):
    """What the holder of a post does."""

    SUPERVISOR = ("supervisor", "看护教师", "supervisor")
    LEADER = ("leader", "指导教师", "leader")
    DUTY_LEADER = ("duty_leader", "值班领导", "leader on duty")
    PATROL = ("patrol", "巡查", "patrol")
    GATE = ("gate", "门岗", "gate")
    STANDBY = ("standby", "机动", "standby")
    ASSISTANT = ("assistant", "助教", "assistant")
    REFEREE = ("referee", "裁判", "referee")

    @property
    def tier(self) -> int:
        """Coverage tier, 0 first: class, club leader, leader on duty, gate/patrol, assistant."""
        return _TIER[self.value]


_TIER = {
    "supervisor": 0,
    "leader": 1,
    "duty_leader": 2,
    "patrol": 3,
    "gate": 3,
    "referee": 3,
    "standby": 4,
    "assistant": 4,
}
TIERS: tuple[Label, ...] = (
    Label("班级看护", "class supervisors"),
    Label("社团指导", "club leaders"),
    Label("值班领导", "leaders on duty"),
    Label("门岗与巡查", "gate and patrol"),
    Label("助教与机动", "assistants and standby"),
)


class Family(Word):
    """The five content families a club may belong to."""

    SCIENCE = ("science", "科普", "science")
    SPORTS = ("sports", "文体", "arts and sports")
    ART = ("art", "艺术", "art")
    LABOUR = ("labour", "劳动", "labour")
    READING = ("reading", "阅读", "reading")


class FairnessMode(Word):
    """What comes first where not everybody can have the same: all together, or the worst-off."""

    BALANCED = ("balanced", "均衡", "balanced")
    WORST_FIRST = ("worst_first", "先顾最差", "worst-off first")
    WORST_LOAD = ("worst_load", "先减最累", "heaviest load first")


class ChangeKind(Word):
    """What a school can change so that more posts can be filled; each has a cost to compare."""

    CONSENT = ("consent", "同意", "consent")
    PIN = ("pin", "固定项", "pin")
    CAP = ("cap", "上限", "cap")
    ROOM = ("room", "另用场地", "room")
    SLOT = ("slot", "另用时段", "slot")
    NAMED = ("named", "指定人员", "named")
    OPEN = ("open", "开放场地", "open")
    SKILL = ("skill", "技能", "skill")
    MERGE = ("merge", "合班", "merge")
    RATIO = ("ratio", "看护人数", "ratio")
    DROP = ("drop", "停开社团", "drop")


class Parity(Word):
    """In which teaching weeks something takes place."""

    ALL = ("all", "每周", "every week")
    ODD = ("odd", "单周", "odd weeks")
    EVEN = ("even", "双周", "even weeks")


class Rota(Word):
    """How a rota post turns."""

    WEEK = ("week", "按周", "by week")
    DAY = ("day", "按天", "by day")


class TeamKind(Word):
    """Who of a class plays in a tournament."""

    BOYS = ("boys", "男子", "boys")
    GIRLS = ("girls", "女子", "girls")
    MIXED = ("mixed", "混合", "mixed")


class Form(Word):
    """Who meets whom in a tournament."""

    ROUND_ROBIN = ("round_robin", "单循环", "round robin")
    DOUBLE = ("double_round_robin", "双循环", "double round robin")
    GROUPS = ("groups", "小组赛加淘汰赛", "groups and knock-out")
    KNOCKOUT = ("knockout", "淘汰赛", "knock-out")


class EventKind(Word):
    """What sort of event it is."""

    SPORTS_MEET = ("sports_meet", "运动会", "sports meet")
    ART_FESTIVAL = ("art_festival", "艺术节", "art festival")
    BALL_GAMES = ("ball_games", "球类比赛", "ball games")
    OUTSIDE_GAMES = ("outside_games", "校外比赛", "games outside school")
    CONTEST = ("contest", "单项比赛", "contest")
    CLASS_CONTEST = ("class_contest", "班级比赛", "class contest")
    ASSEMBLY = ("assembly", "集会", "assembly")
    OTHER = ("other", "其他", "other")


class Displaces(Word):
    """Which service does not take place while an event does."""

    ALL = ("all", "全校", "whole school")
    AUDIENCE = ("audience", "参加者", "those taking part")
    ROOMS = ("rooms", "场地", "its venues")
    NOTHING = ("nothing", "无", "nothing")


class Status(Word):
    """What became of a session."""

    PLANNED = ("planned", "正常", "planned")
    COVER = ("cover", "代课", "cover")
    CANCELLED = ("cancelled", "取消", "cancelled")
    MOVED = ("moved", "调整", "moved")
    MERGED = ("merged", "合班", "merged")
    OPEN = ("open", "空缺", "open")


def grade_text(grade: int, lang: Lang) -> str:
    """A grade as written on a class door: 三年级 / Grade 3."""
    return f"{'一二三四五六七八九'[grade - 1]}年级" if lang == "zh" else f"Grade {grade}"
