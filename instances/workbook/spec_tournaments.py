"""The sheets of tournaments: what is played, and the results known so far."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import Form, TeamKind
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


_WHO = (
    ColumnSpec(
        "name",
        Label("比赛", "Tournament"),
        Label("例：五年级篮球赛。", "Example: Grade 5 basketball."),
        CellKind.NAME,
        ("比赛名称", "名称", "赛事", "Name"),
        required=True,
        example=Label("五年级篮球赛", "Grade 5 basketball"),
    ),
    ColumnSpec(
        "teams",
        Label("队别", "Teams"),
        Label("男子、女子或混合；不填为混合。", "boys, girls or mixed; blank: mixed."),
        CellKind.WORD,
        ("组别", "性别", "Team"),
        choices=TeamKind,
        example=Label("混合", "mixed"),
    ),
    ColumnSpec(
        "grades",
        Label("年级", "Grades"),
        Label(
            "参赛年级，该年级每班一队；年级和班级都不填即全校各班。",
            "Which grades play, one team of each class; neither grades nor classes: all classes.",
        ),
        CellKind.GRADES,
        ("参赛年级", "Grade"),
        example=Label("五年级", "5"),
    ),
    ColumnSpec(
        "classes",
        Label("班级", "Classes"),
        Label(
            "另外参赛的班级；只填班级时，写在前面的为种子队。",
            "Further classes; where only classes are named, the first ones are seeded.",
        ),
        CellKind.REFERENCES,
        ("参赛班级", "Class"),
        refers_to="classes",
    ),
    ColumnSpec(
        "form",
        Label("赛制", "Form"),
        Label(
            "单循环、双循环、小组赛加淘汰赛、淘汰赛；不填为单循环。",
            "round robin, double round robin, groups and knock-out, knock-out; blank: round robin.",
        ),
        CellKind.WORD,
        ("比赛形式", "赛制形式", "Format"),
        choices=Form,
        example=Label("单循环", "round robin"),
    ),
    _whole(
        "groups",
        Label("小组数", "Groups"),
        Label("只用于小组赛：分成几组；不填为2。", "Groups only: how many groups; blank: 2."),
        "分组数",
        low=2,
        high=16,
    ),
    _whole(
        "advance",
        Label("每组出线", "Advance"),
        Label(
            "只用于小组赛：每组几队进入淘汰赛；不填为2。",
            "Groups only: how many of each group go on to the knock-out; blank: 2.",
        ),
        "出线数",
        "出线队数",
        low=1,
        high=8,
    ),
    ColumnSpec(
        "third_place",
        Label("三四名", "Third place"),
        Label(
            "淘汰赛是否加赛第三名；不填为否。",
            "Whether a knock-out has a match for third place; blank: no.",
        ),
        CellKind.YES_NO,
        ("三四名决赛", "Third place match"),
        choices=YesNo,
    ),
)

_WHERE_AND_WHEN = (
    ColumnSpec(
        "venues",
        Label("场地", "Venues"),
        Label(
            "例：体育馆。一个场地有几片，见“场地”表的“可容组数”。",
            "Example: Sports hall. How many courts one holds: column Groups of sheet Rooms.",
        ),
        CellKind.REFERENCES,
        ("比赛场地", "Venue", "Rooms"),
        required=True,
        refers_to="rooms",
        example=Label("体育馆", "Sports hall"),
    ),
    _whole(
        "courts",
        Label("片数", "Courts"),
        Label(
            "同时最多用几片场地；不填即场地的全部。",
            "How many courts at the same time; blank: all that the venues hold.",
        ),
        "场地数",
        "场地片数",
        low=1,
        high=99,
        example="2",
    ),
    ColumnSpec(
        "start",
        Label("开始", "Start"),
        Label("最早哪天；不填即课后服务开始。", "First date; blank: from the start of service."),
        CellKind.DATE,
        ("开始日期",),
        example=Label("2026-10-12", "2026-10-12"),
    ),
    ColumnSpec(
        "end",
        Label("结束", "End"),
        Label("最晚哪天；不填即课后服务结束。", "Last date; blank: to the end of service."),
        CellKind.DATE,
        ("结束日期",),
        example=Label("2026-11-06", "2026-11-06"),
    ),
    ColumnSpec(
        "weekdays",
        Label("星期", "Weekdays"),
        Label("哪几天比赛；不填即各天都可以。", "On which days it is played; blank: any."),
        CellKind.WEEKDAYS,
        ("周几", "Weekday", "Days"),
        example=Label("周二、周四", "Tue, Thu"),
    ),
    ColumnSpec(
        "segments",
        Label("时段", "Segments"),
        Label(
            "在哪几个时段比赛；不填即适合参赛年级的全部时段。",
            "In which segments it is played; blank: all that serve the grades that play.",
        ),
        CellKind.REFERENCES,
        ("比赛时段", "Segment"),
        refers_to="segments",
        example=Label("第二段", "Segment 2"),
    ),
    _whole(
        "minutes",
        Label("每场分钟", "Minutes"),
        Label(
            "一场连同换队几分钟；60分钟的时段、每场30分钟，一片场地可赛2场。不填为20。",
            "Minutes of one match with the change of teams: at 30, a segment of 60 minutes holds 2 "
            "on each court. Blank: 20.",
        ),
        "每场时间",
        "比赛时长",
        low=5,
        high=240,
        example="30",
    ),
    _whole(
        "per_day",
        Label("每队每天场数", "Matches a day"),
        Label("一队一天最多几场；不填为1。", "Most matches of a team on one day; blank: 1."),
        "每天场数",
        low=1,
        high=6,
    ),
    _whole(
        "rest_days",
        Label("间隔天数", "Rest days"),
        Label(
            "一队两场之间至少隔几天（按日历）；不填为0，即第二天可以再赛。",
            "Calendar days between two matches of a team; blank: 0, so it may play the next day.",
        ),
        "休息天数",
        low=0,
        high=30,
    ),
    ColumnSpec(
        "lost",
        Label("停赛日期", "Dates lost"),
        Label(
            "因雨等停赛的日期，例：2026-10-15（大雨）；2026-10-20。",
            "Dates lost to rain: 2026-10-15 (rain); 2026-10-20.",
        ),
        CellKind.CLOSURES,
        ("停赛", "雨天", "Rained off"),
        example=Label("2026-10-15（大雨）", "2026-10-15 (rain)"),
    ),
)

_REFEREES = (
    _whole(
        "referees",
        Label("每场裁判", "Referees"),
        Label("一场几名裁判；不填为1，0为不需要。", "How many per match; blank: 1, none: 0."),
        "裁判人数",
        low=0,
        high=6,
    ),
    ColumnSpec(
        "skills",
        Label("裁判专长", "Skills"),
        Label("裁判要有的专长，例：体育。", "What a referee must be able to do: PE."),
        CellKind.TEXTS,
        ("裁判技能", "专长", "Skill"),
        example=Label("体育", "PE"),
    ),
    ColumnSpec(
        "agreed",
        Label("同意担任", "Agreed"),
        Label(
            "同意做本项比赛裁判的人；不填即按各人这个时段的意愿，“不行”的不安排。",
            "Who has agreed to referee; blank: the wish for the hour decides, never against a no.",
        ),
        CellKind.REFERENCES,
        ("裁判", "裁判人选", "同意做裁判", "Who agreed"),
        refers_to="staff",
    ),
)

_POINTS = tuple(
    _whole(key, title, note, *aliases, low=0, high=9, example=str(example))
    for key, title, note, aliases, example in (
        ("win", Label("胜得分", "Win"), Label("不填为3。", "Blank: 3."), ("胜", "Win points"), 3),
        (
            "draw",
            Label("平得分", "Draw"),
            Label("不填为1。", "Blank: 1."),
            ("平", "Draw points"),
            1,
        ),
        (
            "loss",
            Label("负得分", "Loss"),
            Label("不填为0。", "Blank: 0."),
            ("负", "Loss points"),
            0,
        ),
    )
)

TOURNAMENTS = SheetSpec(
    key="tournaments",
    title=Label("比赛", "Tournaments"),
    purpose=Label(
        "班级之间的比赛，如球类比赛：谁参加、什么赛制、哪里、哪些天。命令 tournament 编排对阵。",
        "Contests of class against class, such as ball games: who plays, where and on which days. "
        "The command tournament makes the fixtures.",
    ),
    aliases=("班级比赛", "球赛", "赛事"),
    columns=(*_WHO, *_WHERE_AND_WHEN, *_REFEREES, *_POINTS),
)

RESULTS = SheetSpec(
    key="results",
    title=Label("比赛成绩", "Match results"),
    purpose=Label(
        "已经赛完的场次。也可以直接填在“对阵”工作簿里，用 --results 读入。",
        "Matches already played. They may as well be typed into the workbook of fixtures and read "
        "with --results.",
    ),
    aliases=("赛果", "成绩", "Results"),
    columns=(
        ColumnSpec(
            "tournament",
            Label("比赛", "Tournament"),
            Label("“比赛”表中的名称。", "Its name on sheet Tournaments."),
            CellKind.REFERENCE,
            ("比赛名称", "赛事"),
            required=True,
            refers_to="tournaments",
            example=Label("五年级篮球赛", "Grade 5 basketball"),
        ),
        ColumnSpec(
            "date",
            Label("日期", "Date"),
            Label("比赛日期。", "When it was played."),
            CellKind.DATE,
            ("比赛日期",),
            example=Label("2026-10-13", "2026-10-13"),
        ),
        ColumnSpec(
            "home",
            Label("甲队", "First team"),
            Label(
                "先写的班级；双循环时表示第几回合。", "The class named first (of two legs, whose)."
            ),
            CellKind.REFERENCE,
            ("主队", "Home"),
            required=True,
            refers_to="classes",
            example=Label("五（1）班", "Class 5-1"),
        ),
        _whole(
            "home_score",
            Label("甲队得分", "First score"),
            Label("例：12。", "Example: 12."),
            "甲队比分",
            "Home score",
            low=0,
            high=999,
            example="12",
        ),
        _whole(
            "away_score",
            Label("乙队得分", "Second score"),
            Label("例：8。", "Example: 8."),
            "乙队比分",
            "Away score",
            low=0,
            high=999,
            example="8",
        ),
        ColumnSpec(
            "away",
            Label("乙队", "Second team"),
            Label("另一个班级。", "The other class."),
            CellKind.REFERENCE,
            ("客队", "Away"),
            required=True,
            refers_to="classes",
            example=Label("五（2）班", "Class 5-2"),
        ),
    ),
)
