"""The sheet of activities."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import Family, Kind, Parity, Rota
from instances.workbook.sheet import CellKind, ColumnSpec, SheetSpec, YesNo


def _whole(
    key: str,
    title: Label,
    note: Label,
    *aliases: str,
    low: int = 1,
    high: int = 999,
    example: str = "",
) -> ColumnSpec:
    return ColumnSpec(
        key,
        title,
        note,
        CellKind.INTEGER,
        aliases,
        low=Decimal(low),
        high=Decimal(high),
        example=Label(example, example),
    )


_WHAT = (
    ColumnSpec(
        "name",
        Label("活动", "Activity"),
        Label("例：作业看护、足球社。", "Example: Homework, Football club."),
        CellKind.NAME,
        ("活动名称", "名称", "Name"),
        required=True,
        example=Label("足球社", "Football club"),
    ),
    ColumnSpec(
        "kind",
        Label("类别", "Kind"),
        Label(
            "作业看护、社团、体育锻炼、辅导、午间看护、延时看护、值班、机动。",
            "homework care, club, exercise, tutoring, noon care, late care, duty, standby.",
        ),
        CellKind.WORD,
        ("类型", "活动类别", "Type"),
        required=True,
        choices=Kind,
        example=Label("社团", "club"),
    ),
    ColumnSpec(
        "family",
        Label("领域", "Family"),
        Label(
            "科普、文体、艺术、劳动、阅读；可不填。",
            "science, arts and sports, art, labour, reading; optional.",
        ),
        CellKind.WORD,
        ("内容领域",),
        choices=Family,
        example=Label("文体", "arts and sports"),
    ),
    ColumnSpec(
        "grades",
        Label("年级", "Grades"),
        Label(
            "哪些年级参加，例：三至六年级；年级和班级都不填即全校。",
            "Which grades take part: 3-6; neither grades nor classes: everybody.",
        ),
        CellKind.GRADES,
        ("适用年级", "参加年级", "Grade"),
        example=Label("三至六年级", "3-6"),
    ),
    ColumnSpec(
        "classes",
        Label("班级", "Classes"),
        Label(
            "另外参加的班级，例：二（1）班、二（2）班。", "Further classes: Class 2-1, Class 2-2."
        ),
        CellKind.REFERENCES,
        ("参加班级", "Class"),
        refers_to="classes",
        example=Label("", ""),
    ),
)

_WHEN = (
    ColumnSpec(
        "weekdays",
        Label("星期", "Weekdays"),
        Label(
            "可以在哪几天，例：周二、周四；不填即各天都可以。",
            "On which days it may be: Tue, Thu; blank: any.",
        ),
        CellKind.WEEKDAYS,
        ("可排星期", "周几", "Weekday", "Days"),
        example=Label("周二、周四", "Tue, Thu"),
    ),
    ColumnSpec(
        "segments",
        Label("时段", "Segments"),
        Label(
            "可以在哪几个时段；不填即适合其年级的全部时段。每一天配每个时段。",
            "In which segments it may be; blank: all that serve its grades. Each of the days "
            "with each of the segments.",
        ),
        CellKind.REFERENCES,
        ("可排时段", "Segment"),
        refers_to="segments",
        example=Label("第二段", "Segment 2"),
    ),
    ColumnSpec(
        "slots",
        Label("指定时段", "Exact slots"),
        Label(
            "各天时段不同时，代替前两列：周二 第二段、周四 第一段。",
            "Instead of the two columns before, where days differ: Tue Segment 2, Thu Segment 1.",
        ),
        CellKind.SLOTS,
        ("具体时段", "Slots"),
        example=Label("", ""),
    ),
    _whole(
        "per_week",
        Label("每周次数", "Per week"),
        Label(
            "由系统从可排时段中选几次；不填即每个可排时段都进行（看护、值班）。",
            "How many of these slots the timetable chooses; blank: it takes place at all of them "
            "(care, duty).",
        ),
        "次数",
        "周次数",
        "Times per week",
        high=14,
        example="1",
    ),
    _whole(
        "length",
        Label("连排段数", "Length"),
        Label("一次连着几个时段；不填为1。", "Consecutive segments of one meeting; blank: 1."),
        "连排",
        "连续时段数",
        high=4,
        example="1",
    ),
    ColumnSpec(
        "one_person",
        Label("同一人连任", "One person"),
        Label(
            "连排时是否由同一人担任到底；不填为是。",
            "Whether one person holds all segments of a meeting; blank: yes.",
        ),
        CellKind.YES_NO,
        ("同一人",),
        choices=YesNo,
        example=Label("是", "yes"),
    ),
    ColumnSpec(
        "parity",
        Label("单双周", "Weeks"),
        Label("每周、单周或双周；不填为每周。", "every week, odd or even weeks; blank: every."),
        CellKind.WORD,
        ("Parity",),
        choices=Parity,
        example=Label("每周", "every week"),
    ),
    ColumnSpec(
        "weeks",
        Label("指定周次", "Week numbers"),
        Label(
            "只在某几周进行，例：3-8、10、11-17单周；开学那周是第1周。",
            "Only in these weeks: 3-8, 10; the term begins in week 1.",
        ),
        CellKind.INTEGERS,
        ("周次",),
        low=Decimal(1),
        high=Decimal(60),
        example=Label("", ""),
    ),
    ColumnSpec(
        "start",
        Label("开始", "Start"),
        Label("第一天，不填即全学期。", "First day; blank: the whole term."),
        CellKind.DATE,
        ("开始日期",),
        example=Label("2026-09-14", "2026-09-14"),
    ),
    ColumnSpec(
        "end",
        Label("结束", "End"),
        Label("最后一天，不填即全学期。", "Last day; blank: the whole term."),
        CellKind.DATE,
        ("结束日期",),
        example=Label("2027-01-08", "2027-01-08"),
    ),
)

_WHERE_AND_WHO = (
    ColumnSpec(
        "rooms",
        Label("场地", "Rooms"),
        Label(
            "可以用哪些场地，例：操场、体育馆。看护不填即各班教室；填了则每组同在一处。",
            "Which rooms it may use: Playground, Gym. Blank for care: the home rooms; else each "
            "group sits in one of them.",
        ),
        CellKind.REFERENCES,
        ("可用场地", "地点", "Room"),
        refers_to="rooms",
        example=Label("操场", "Playground"),
    ),
    ColumnSpec(
        "features",
        Label("所需设施", "Features"),
        Label("场地须有的设施，例：钢琴。", "What the room must have: piano."),
        CellKind.TEXTS,
        ("设施", "设施要求"),
        example=Label("", ""),
    ),
    ColumnSpec(
        "posts",
        Label("岗位", "Posts"),
        Label(
            "例：指导教师、助教×2；需要技能的写在括号里：指导教师（足球）。不填：看护和锻炼1名"
            "看护教师，社团和辅导1名指导教师，值班1名值班领导，机动1名。不设岗位写“无”。",
            "Example: leader, assistant x2; skills in brackets: leader (football). Blank: one "
            "supervisor, club leader, leader on duty or standby, by kind. 'none' for no post.",
        ),
        CellKind.POSTS,
        ("岗位设置", "人员配置", "Post"),
        example=Label("指导教师、助教×2", "leader, assistant x2"),
    ),
    ColumnSpec(
        "skills",
        Label("技能", "Skills"),
        Label(
            "第一个岗位须具备的全部技能，例：足球。",
            "All skills that the first of the posts asks for: football.",
        ),
        CellKind.TEXTS,
        ("所需技能", "技能要求", "Skill"),
        example=Label("足球", "football"),
    ),
    ColumnSpec(
        "staff",
        Label("可任教师", "Candidates"),
        Label(
            "只能从这些人中选（第一个岗位）；不填即所有符合条件的人。",
            "Only these may hold the first post; blank: everybody suitable.",
        ),
        CellKind.REFERENCES,
        ("指定教师", "候选教师", "教师", "Staff"),
        refers_to="staff",
        example=Label("", ""),
    ),
)

_HOW_MANY = (
    _whole(
        "capacity",
        Label("容量", "Capacity"),
        Label("社团最多几人。", "Most children of a club."),
        "名额",
        "人数上限",
        example="30",
    ),
    _whole(
        "minimum",
        Label("最少人数", "Minimum"),
        Label("少于几人不开；不填为0。", "Fewest children for it to run; blank: 0."),
        "开班人数",
        "人数下限",
        low=0,
        example="15",
    ),
    _whole(
        "children",
        Label("实际人数", "Children"),
        Label("已报名人数；不填按容量计。", "How many have signed up; blank: the capacity."),
        "报名人数",
        "人数",
        low=0,
        example="26",
    ),
    _whole(
        "merge",
        Label("合班数", "Classes per group"),
        Label("几个班合为一组看护；不填为1。", "How many classes form one group; blank: 1."),
        "合班",
        "Merge",
        high=60,
        example="1",
    ),
    _whole(
        "ratio",
        Label("师生比", "Children per adult"),
        Label(
            "一名看护教师最多看几名学生，例：50；不填为50。",
            "Most children for one supervisor: 50; blank: 50.",
        ),
        "每人看护人数",
        "生师比",
        "Ratio",
        high=500,
        example="50",
    ),
    ColumnSpec(
        "rota",
        Label("轮值", "Rota"),
        Label("轮流担任：按周或按天；不填即固定。", "Taken in turn: by week or by day; or blank."),
        CellKind.WORD,
        ("轮换",),
        choices=Rota,
        example=Label("", ""),
    ),
    _whole(
        "rota_people",
        Label("轮值人数", "Rota people"),
        Label("几个人轮流。", "How many people take turns."),
        "轮换人数",
        high=200,
    ),
)

ACTIVITIES = SheetSpec(
    key="activities",
    title=Label("活动", "Activities"),
    purpose=Label(
        "看护、社团、锻炼、值班等，每个活动一行。看护按年级不同时写多行。",
        "Care, clubs, exercise, duties: one row each; several rows of care where grades differ.",
    ),
    required=True,
    aliases=("活动安排", "课程", "社团"),
    columns=(*_WHAT, *_WHEN, *_WHERE_AND_WHO, *_HOW_MANY),
)
