"""The sheet of events."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import Displaces, EventKind
from instances.workbook.sheet import CellKind, ColumnSpec, SheetSpec, YesNo


def _whole(
    key: str, title: Label, note: Label, *aliases: str, low: int, high: int, example: str = ""
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


_WHEN = (
    ColumnSpec(
        "name",
        Label("大型活动", "Event"),
        Label("例：秋季运动会。", "Example: Autumn sports meet."),
        CellKind.NAME,
        ("活动名称", "名称", "Name"),
        required=True,
        example=Label("秋季运动会", "Autumn sports meet"),
    ),
    ColumnSpec(
        "kind",
        Label("类别", "Kind"),
        Label(
            "运动会、艺术节、球类比赛、校外比赛、单项比赛、班级比赛、集会、其他；不填为其他。",
            "sports meet, art festival, ball games, games outside school, contest, class contest, "
            "assembly, other; blank: other.",
        ),
        CellKind.WORD,
        ("类型", "Type"),
        choices=EventKind,
        example=Label("运动会", "sports meet"),
    ),
    ColumnSpec(
        "start",
        Label("最早日期", "From"),
        Label(
            "可以举行的第一天。只填这一项即固定在这一天；都不填即学期中任何一天。",
            "First day on which it may be. Alone it fixes the date; neither: any day of the term.",
        ),
        CellKind.DATE,
        ("开始日期", "日期", "Start", "Date"),
        example=Label("2026-10-12", "2026-10-12"),
    ),
    ColumnSpec(
        "end",
        Label("最晚日期", "To"),
        Label("可以举行的最后一天。", "Last day on which it may be."),
        CellKind.DATE,
        ("结束日期", "End"),
        example=Label("2026-10-30", "2026-10-30"),
    ),
    ColumnSpec(
        "weekdays",
        Label("星期", "Weekdays"),
        Label("只能在星期几；不填即都可以。", "On which weekdays only; blank: any."),
        CellKind.WEEKDAYS,
        ("周几", "Weekday"),
        example=Label("", ""),
    ),
    ColumnSpec(
        "wished",
        Label("希望日期", "Wished dates"),
        Label(
            "在同样合适的日子里优先，例：2026-10-14；2026-10-19~2026-10-23 周五。",
            "Preferred among equally good days: 2026-10-14; 2026-10-19~2026-10-23 Fri.",
        ),
        CellKind.CLOSURES,
        ("首选日期", "Preferred dates"),
        example=Label("", ""),
    ),
    _whole(
        "days",
        Label("天数", "Days"),
        Label("连续几天；不填为1。", "Consecutive days; blank: 1."),
        "连续天数",
        low=1,
        high=5,
        example="2",
    ),
    _whole(
        "length",
        Label("段数", "Length"),
        Label(
            "每天占课后服务的几段；不填即全天（课也停）。",
            "Segments of the service that it takes on each day; blank: the whole day, lessons too.",
        ),
        "时段数",
        "Segments taken",
        low=1,
        high=4,
        example="2",
    ),
    ColumnSpec(
        "segments",
        Label("时段", "Segments"),
        Label("可以用哪些时段；不填即都可以。", "Which segments it may use; blank: any."),
        CellKind.REFERENCES,
        ("可用时段", "Segment"),
        refers_to="segments",
        example=Label("", ""),
    ),
    ColumnSpec(
        "reserve",
        Label("备用日期", "Reserve date"),
        Label("下雨改到这一天；这一天不排冲突的活动。", "Kept free in case of rain."),
        CellKind.DATE,
        ("雨天备用", "Rain date"),
        example=Label("2026-11-04", "2026-11-04"),
    ),
)

_WHO = (
    ColumnSpec(
        "grades",
        Label("年级", "Grades"),
        Label(
            "哪些年级整班参加；年级、班级、社团都不填即全校。",
            "Which grades take part; neither grades, classes nor clubs: everybody.",
        ),
        CellKind.GRADES,
        ("参加年级", "Grade"),
        example=Label("三至六年级", "3-6"),
    ),
    ColumnSpec(
        "classes",
        Label("班级", "Classes"),
        Label("另外参加的班级。", "Further classes."),
        CellKind.REFERENCES,
        ("参加班级", "Class"),
        refers_to="classes",
        example=Label("", ""),
    ),
    ColumnSpec(
        "clubs",
        Label("参加社团", "Clubs"),
        Label(
            "社团学生组队参加，例：足球社。",
            "Clubs whose children are the team: Football club.",
        ),
        CellKind.REFERENCES,
        ("参赛队", "队伍", "Teams"),
        refers_to="activities",
        example=Label("", ""),
    ),
    ColumnSpec(
        "displaces",
        Label("占用", "Displaces"),
        Label(
            "期间停哪些课后服务：全校、参加者（不填）、场地（只停场地里的）、无。",
            "Which service stops meanwhile: whole school, those taking part (blank), its venues, "
            "nothing.",
        ),
        CellKind.WORD,
        ("影响范围",),
        choices=Displaces,
        example=Label("参加者", "those taking part"),
    ),
    ColumnSpec(
        "venues",
        Label("场地", "Venues"),
        Label("独占的校内场地，例：操场。", "Rooms that it has to itself: Playground."),
        CellKind.REFERENCES,
        ("地点", "Venue", "Rooms"),
        refers_to="rooms",
        example=Label("操场", "Playground"),
    ),
    ColumnSpec(
        "place",
        Label("校外地点", "Place outside"),
        Label("在校外举行时填写，例：县体育场。", "Where it is not at school: County stadium."),
        aliases=("外出地点", "Place"),
        example=Label("", ""),
    ),
    _whole(
        "rehearsals",
        Label("彩排次数", "Rehearsals"),
        Label(
            "此前彩排几次，只用场地、必到人员和参加的社团。",
            "How many before it; they take its venues, organizers and clubs only.",
        ),
        "彩排",
        low=0,
        high=9,
        example="2",
    ),
    _whole(
        "rehearsal_gap",
        Label("彩排间隔", "Rehearsal gap"),
        Label(
            "两次彩排之间、彩排与活动之间至少几天；不填为1。",
            "Fewest days between rehearsals, and before the event; blank: 1.",
        ),
        low=1,
        high=60,
        example="3",
    ),
    _whole(
        "apart",
        Label("间隔天数", "Days apart"),
        Label(
            "与其他大型活动至少相隔几天；不填为0。",
            "Fewest days between it and any other event; blank: 0.",
        ),
        "与其他活动间隔",
        low=0,
        high=120,
        example="3",
    ),
)

_STAFF = (
    ColumnSpec(
        "people",
        Label("必到人员", "Organizers"),
        Label("必须到场的人，计工作量。", "Who must be there; it pays them, too."),
        CellKind.REFERENCES,
        ("负责人", "组织者", "Organisers"),
        refers_to="staff",
        example=Label("", ""),
    ),
    ColumnSpec(
        "posts",
        Label("岗位", "Posts"),
        Label(
            "例：裁判（体育）×4、助教×6。",
            "Example: referee (PE) x4, assistant x6.",
        ),
        CellKind.POSTS,
        ("岗位设置", "人员配置", "Post"),
        example=Label("裁判（体育）×4、助教×6", "referee (PE) x4, assistant x6"),
    ),
    ColumnSpec(
        "agreed",
        Label("自愿人员", "Agreed"),
        Label(
            "谁愿意担任，也可在“活动意愿”表填写。没有表示同意的人不会被安排。",
            "Who has agreed; or fill in sheet Activity wishes. Nobody else is given a post.",
        ),
        CellKind.REFERENCES,
        ("自愿教师", "报名人员", "Volunteers"),
        refers_to="staff",
        example=Label("", ""),
    ),
    ColumnSpec(
        "waived",
        Label("教学时间内", "Teaching hours"),
        Label(
            "在教学时间内的活动，不必逐人同意：是；不填为否。",
            "Within teaching hours, when nobody has to agree: yes; blank: no.",
        ),
        CellKind.YES_NO,
        ("免意愿",),
        choices=YesNo,
        example=Label("是", "yes"),
    ),
    ColumnSpec(
        "units",
        Label("工作量", "Units"),
        Label("每个岗位整场计几个工作量；不填为1。", "Units of each post for all of it; blank: 1."),
        CellKind.DECIMAL,
        low=Decimal(0),
        high=Decimal(20),
        example=Label("2", "2"),
    ),
)

EVENTS = SheetSpec(
    key="events",
    title=Label("大型活动", "Events"),
    purpose=Label(
        "运动会、艺术节、比赛、集会等，每项一行。没有就不用填；日期由系统在范围内选定。",
        "Sports meets, festivals, contests, assemblies: one row each, if any. Dates are found "
        "within what is allowed.",
    ),
    aliases=("活动日历",),
    columns=(*_WHEN, *_WHO, *_STAFF),
)
