"""The sheets about people: staff, busy hours, leave."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import Level, Parity, Spread
from instances.workbook.sheet import CellKind, ColumnSpec, SheetSpec, YesNo

LEVELS = Label(
    "愿意、可以、尽量不、不行。也认：非常愿意、优先＝愿意；√、是、都行＝可以；"
    "不太愿意、最好不＝尽量不；×、否、不愿意＝不行。",
    "prefers, willing, rather not or no. A tick or yes counts as willing, a cross as no.",
)
_PERSON = Label(
    "“教师”表中的姓名；同名时写成 王芳(T01)。",
    "A name of sheet Staff; where two share it: Wang Fang(T01).",
)
_NAMES = ("姓名", "教职工", "老师", "教师姓名", "您的姓名", "Name", "Teacher")


def person_column(title: Label) -> ColumnSpec:
    return ColumnSpec(
        "staff",
        title,
        _PERSON,
        CellKind.REFERENCE,
        _NAMES,
        required=True,
        refers_to="staff",
        example=Label("王芳", "Wang Fang"),
    )


def number_column() -> ColumnSpec:
    return ColumnSpec(
        "number",
        Label("工号", "Number"),
        Label("只在有同名教师时需要。", "Only needed where two share a name."),
        aliases=("编号", "教师编号"),
        example=Label("T01", "T01"),
    )


def _cap(key: str, zh: str, en: str, note: Label, low: int, *aliases: str) -> ColumnSpec:
    return ColumnSpec(
        key,
        Label(zh, en),
        note,
        CellKind.INTEGER,
        aliases,
        low=Decimal(low),
        high=Decimal(999),
        example=Label("1", "1") if low else Label("3", "3"),
    )


STAFF = SheetSpec(
    key="staff",
    title=Label("教师", "Staff"),
    purpose=Label(
        "参与课后服务的每个人一行，包括值班领导和校外教师。",
        "One row for everybody who takes part, leaders and outside instructors included.",
    ),
    required=True,
    aliases=("教职工", "教师名单", "老师", "Teachers"),
    columns=(
        ColumnSpec(
            "name",
            Label("姓名", "Name"),
            Label("例：王芳。", "Example: Wang Fang."),
            CellKind.NAME,
            ("教师", "教师姓名", "教职工", "老师", "Staff", "Teacher"),
            required=True,
            example=Label("王芳", "Wang Fang"),
        ),
        number_column(),
        ColumnSpec(
            "skills",
            Label("技能", "Skills"),
            Label(
                "能指导什么，例：语文、足球。与“活动”表的技能用词一致。",
                "What they can lead: football, Chinese. Same words as on sheet Activities.",
            ),
            CellKind.TEXTS,
            ("特长", "专长", "学科", "Skill"),
            example=Label("语文、足球", "Chinese, football"),
        ),
        ColumnSpec(
            "home_class",
            Label("班主任班级", "Home class"),
            Label(
                "担任班主任的班级；已在“班级”表填了班主任的不必再填。",
                "The class they are home teacher of, unless sheet Classes says so.",
            ),
            CellKind.REFERENCE,
            ("任班主任", "所带班级"),
            refers_to="classes",
            example=Label("三（1）班", "Class 3-1"),
        ),
        ColumnSpec(
            "default",
            Label("默认意愿", "Default wish"),
            Label(
                f"“意愿”表留空表示什么：{LEVELS.zh}",
                f"What a blank on sheet Wishes means: {LEVELS.en}",
            ),
            CellKind.WORD,
            ("默认", "Default"),
            choices=Level,
            example=Label("可以", "willing"),
        ),
        _cap(
            "cap_day",
            "每天上限",
            "Cap per day",
            Label("一天最多几个岗位。", "Most posts in one day."),
            1,
            "日上限",
            "每日上限",
        ),
        _cap(
            "cap_week",
            "每周上限",
            "Cap per week",
            Label("一周最多几个岗位。", "Most posts in one week."),
            0,
            "周上限",
        ),
        _cap(
            "cap_term",
            "学期上限",
            "Cap per term",
            Label("一学期最多几个岗位。", "Most posts in the term."),
            0,
            "每学期上限",
        ),
        _cap(
            "cap_clubs",
            "社团上限",
            "Cap of clubs",
            Label("最多担任几个社团。", "Most clubs to hold."),
            0,
            "社团数上限",
        ),
        ColumnSpec(
            "coefficient",
            Label("分担系数", "Coefficient"),
            Label(
                "应担任工作量的系数：全额1，减半0.5；不填为1。",
                "Part of the full share: 1, or 0.5 for half; blank: 1.",
            ),
            CellKind.DECIMAL,
            ("系数", "工作量系数", "Share"),
            low=Decimal(0),
            high=Decimal(5),
            example=Label("1", "1"),
        ),
        ColumnSpec(
            "outside",
            Label("校外", "Outside"),
            Label("校外教师填是；不填为否。", "yes for an outside instructor; blank: no."),
            CellKind.YES_NO,
            ("外聘", "是否外聘", "校外教师", "Outside instructor"),
            choices=YesNo,
            example=Label("否", "no"),
        ),
        ColumnSpec(
            "newcomer",
            Label("新教师", "Newcomer"),
            Label(
                "刚到岗、暂不宜单独带班的填是；不填为否。",
                "yes for somebody new who should not be alone with children yet; blank: no.",
            ),
            CellKind.YES_NO,
            ("新老师", "新手", "New"),
            choices=YesNo,
            example=Label("否", "no"),
        ),
        ColumnSpec(
            "spread",
            Label("天数意愿", "Days"),
            Label(
                "集中：少来几天、一天连上；分散：每天只上一段；不填即都可以。",
                "fewer days: both segments on few days; shorter days: one segment a day; "
                "blank: either.",
            ),
            CellKind.WORD,
            ("集中分散", "Spread"),
            choices=Spread,
            example=Label("集中", "fewer days"),
        ),
        ColumnSpec(
            "start",
            Label("到岗", "From"),
            Label("学期中途到岗的，填第一天。", "First day, for those who join in the term."),
            CellKind.DATE,
            ("到岗日期", "开始日期", "开始", "Start"),
            example=Label("2026-10-12", "2026-10-12"),
        ),
        ColumnSpec(
            "end",
            Label("离岗", "Until"),
            Label("学期中途离岗的，填最后一天。", "Last day, for those who leave in the term."),
            CellKind.DATE,
            ("离岗日期", "结束日期", "结束", "End"),
            example=Label("2026-12-31", "2026-12-31"),
        ),
        ColumnSpec(
            "phone",
            Label("电话", "Phone"),
            Label("可不填；不会出现在外发的课表中。", "Optional; never in copies sent round."),
            aliases=("手机", "联系电话", "手机号"),
            example=Label("13800000000", "13800000000"),
        ),
        ColumnSpec(
            "balance",
            Label("上期结转", "Balance"),
            Label(
                "以往多担任的工作量（少担任为负）；不填为0。",
                "Units worked too much in earlier terms (too little: negative); blank: 0.",
            ),
            CellKind.DECIMAL,
            ("结转", "上学期结转"),
            low=Decimal(-999),
            high=Decimal(999),
            example=Label("0", "0"),
        ),
    ),
)

BUSY = SheetSpec(
    key="busy",
    title=Label("有课", "Busy"),
    purpose=Label(
        "课后服务时间内固定有事的：正课、教研、会议、哺乳假等。这些时间一定不安排。",
        "Fixed duties during the service: lessons, meetings, nursing hour. Never used.",
    ),
    aliases=("固定有事", "占用"),
    columns=(
        person_column(Label("教师", "Staff")),
        ColumnSpec(
            "weekday",
            Label("星期", "Weekday"),
            Label("例：周三；可写多天。", "Example: Wed; several are allowed."),
            CellKind.WEEKDAYS,
            ("周几", "Weekdays", "Day"),
            required=True,
            example=Label("周三", "Wed"),
        ),
        ColumnSpec(
            "start",
            Label("开始", "Start"),
            Label(
                "开始时间，例：15:30；按时段填时留空。",
                "Starting time: 15:30; blank where a segment is given.",
            ),
            CellKind.TIME,
            ("开始时间",),
            example=Label("15:30", "15:30"),
        ),
        ColumnSpec(
            "end",
            Label("结束", "End"),
            Label("结束时间，例：16:10。", "Ending time: 16:10."),
            CellKind.TIME,
            ("结束时间",),
            example=Label("16:10", "16:10"),
        ),
        ColumnSpec(
            "segment",
            Label("时段", "Segment"),
            Label(
                "也可以不填起止时间，填时段名称。",
                "A segment's name, instead of the times.",
            ),
            CellKind.REFERENCE,
            refers_to="segments",
            example=Label("", ""),
        ),
        ColumnSpec(
            "parity",
            Label("单双周", "Weeks"),
            Label("每周、单周或双周；不填为每周。", "every week, odd or even weeks; blank: every."),
            CellKind.WORD,
            ("周次", "Parity"),
            choices=Parity,
            example=Label("每周", "every week"),
        ),
        ColumnSpec(
            "reason",
            Label("事由", "Reason"),
            Label("例：教研。", "Example: staff meeting."),
            aliases=("原因", "备注"),
            example=Label("教研", "staff meeting"),
        ),
    ),
)

LEAVE = SheetSpec(
    key="leave",
    title=Label("请假", "Leave"),
    purpose=Label("已知的请假，起止日期都包含在内。", "Known leave; both dates included."),
    aliases=("请假登记",),
    columns=(
        person_column(Label("教师", "Staff")),
        ColumnSpec(
            "start",
            Label("开始", "Start"),
            Label("第一天，例：2026-11-02。", "First day: 2026-11-02."),
            CellKind.DATE,
            ("开始日期", "日期", "Date"),
            required=True,
            example=Label("2026-11-02", "2026-11-02"),
        ),
        ColumnSpec(
            "end",
            Label("结束", "End"),
            Label("最后一天；不填即只有一天。", "Last day; blank: one day only."),
            CellKind.DATE,
            ("结束日期",),
            example=Label("2026-11-06", "2026-11-06"),
        ),
        ColumnSpec(
            "reason",
            Label("事由", "Reason"),
            Label("可不填。", "Optional."),
            aliases=("原因", "备注"),
            example=Label("病假", "illness"),
        ),
    ),
)
