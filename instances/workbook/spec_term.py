"""The sheets about time: term, calendar, segments."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import FairnessMode
from instances.workbook.sheet import (
    CellKind,
    ColumnSpec,
    DateKind,
    SheetSpec,
    YesNo,
)

TERM = SheetSpec(
    key="term",
    title=Label("学期", "Term"),
    purpose=Label(
        "学校名称和本学期的起止日期。每行一项，左边是项目，右边填写。",
        "The school's name and the dates of this term. One item per row, its value on the right.",
    ),
    required=True,
    layout="pairs",
    aliases=("学期信息", "基本信息"),
    columns=(
        ColumnSpec(
            "school",
            Label("学校", "School"),
            Label("学校名称，印在课表上。", "The school's name, printed on timetables."),
            aliases=("学校名称", "School name"),
            example=Label("示范小学", "Sample Primary School"),
        ),
        ColumnSpec(
            "name",
            Label("学期名称", "Term name"),
            Label("例：2026学年第一学期。", "Example: Autumn 2026."),
            example=Label("2026学年第一学期", "Autumn 2026"),
        ),
        ColumnSpec(
            "start",
            Label("开学日期", "Term start"),
            Label("学期第一天，例：2026-09-01。", "First day of the term: 2026-09-01."),
            CellKind.DATE,
            ("学期开始", "开始日期", "开学", "Start"),
            required=True,
            example=Label("2026-09-01", "2026-09-01"),
        ),
        ColumnSpec(
            "end",
            Label("放假日期", "Term end"),
            Label("学期最后一天，例：2027-01-22。", "Last day of the term: 2027-01-22."),
            CellKind.DATE,
            ("学期结束", "结束日期", "End"),
            required=True,
            example=Label("2027-01-22", "2027-01-22"),
        ),
        ColumnSpec(
            "service_start",
            Label("课后服务开始", "Service start"),
            Label(
                "课后服务第一天；不填即开学当天。",
                "First day of the after-school service; blank: the first day of the term.",
            ),
            CellKind.DATE,
            ("服务开始", "服务开始日期", "课后服务开始日期"),
            example=Label("2026-09-07", "2026-09-07"),
        ),
        ColumnSpec(
            "service_end",
            Label("课后服务结束", "Service end"),
            Label(
                "课后服务最后一天；不填即学期最后一天。",
                "Last day of the after-school service; blank: the last day of the term.",
            ),
            CellKind.DATE,
            ("服务结束", "服务结束日期", "课后服务结束日期"),
            example=Label("2027-01-15", "2027-01-15"),
        ),
        ColumnSpec(
            "changeover_minutes",
            Label("换场分钟", "Changeover minutes"),
            Label(
                "同一人从一个时段到下一个时段至少间隔几分钟；不填为0。",
                "Minutes a person needs between two segments; blank: 0.",
            ),
            CellKind.INTEGER,
            ("换场时间", "换场时间(分钟)", "Changeover"),
            low=Decimal(0),
            high=Decimal(120),
            example=Label("0", "0"),
        ),
        ColumnSpec(
            "fairness",
            Label("公平方式", "Fairness"),
            Label(
                "均衡：意愿、工作量等一起权衡；先顾最差：先让意愿满足最少的人尽量多得；"
                "先减最累：先让超出应承担份额最多的人尽量少排。不填为均衡。",
                "balanced: wishes, load and the rest are weighed together; worst-off first: those"
                " with the fewest of their wishes come before all else; heaviest load first:"
                " those furthest above their fair share do. Blank: balanced.",
            ),
            CellKind.WORD,
            choices=FairnessMode,
            example=Label("均衡", "balanced"),
        ),
        ColumnSpec(
            "costs",
            Label("改动的代价", "Costs of changes"),
            Label(
                "排不满时，explain 按代价比较各种办法；不填的照常：同意=2、固定项=2、上限=3、"
                "另用场地=3、另用时段=3、指定人员=3、开放场地=4、技能=6、合班=6、看护人数=8、停开社团=10。",
                "explain compares ways out by these; what is left out costs the usual: consent=2,"
                " pin=2, cap=3, room=3, slot=3, named=3, open=4, skill=6, merge=6, ratio=8,"
                " drop=10.",
            ),
            CellKind.PARAMETERS,
            ("代价", "Costs"),
            example=Label("同意=2、停开社团=20", "consent=2, drop=20"),
        ),
    ),
)

CALENDAR = SheetSpec(
    key="calendar",
    title=Label("日历", "Calendar"),
    purpose=Label(
        "放假、调休上课日、考试周和阶段。没有就不用填。周六、周日本来就不上课，不必列出。",
        "Holidays, make-up days, exam weeks and phases, if any. Weekends are free anyway.",
    ),
    aliases=("校历", "节假日"),
    columns=(
        ColumnSpec(
            "type",
            Label("类型", "Type"),
            Label(
                "放假、调休、考试周或阶段。阶段是学期中另有作息的一段（如冬季作息）。",
                "holiday, make-up day, exam weeks or phase (a part of the term with its own "
                "clock times, such as winter).",
            ),
            CellKind.WORD,
            required=True,
            choices=DateKind,
            example=Label("放假", "holiday"),
        ),
        ColumnSpec(
            "name",
            Label("名称", "Name"),
            Label(
                "例：国庆节。阶段必须有名称，供“时段”表引用。",
                "Example: National Day. A phase must have a name, to be used on sheet Segments.",
            ),
            example=Label("国庆节", "National Day"),
        ),
        ColumnSpec(
            "start",
            Label("开始", "Start"),
            Label("第一天，例：2026-10-01。", "First day: 2026-10-01."),
            CellKind.DATE,
            ("开始日期", "日期", "Date"),
            required=True,
            example=Label("2026-10-01", "2026-10-01"),
        ),
        ColumnSpec(
            "end",
            Label("结束", "End"),
            Label("最后一天；不填即只有一天。", "Last day; blank: one day only."),
            CellKind.DATE,
            ("结束日期",),
            example=Label("2026-10-07", "2026-10-07"),
        ),
        ColumnSpec(
            "follows",
            Label("按周几上课", "Follows"),
            Label(
                "只用于调休：这一天上星期几的课，例：周五。",
                "Make-up days only: whose timetable is taught on that day: Fri.",
            ),
            CellKind.WEEKDAY,
            ("按星期几", "补周几", "调休按", "Follows weekday"),
            example=Label("周五", "Fri"),
        ),
        ColumnSpec(
            "runs",
            Label("照常进行", "Runs"),
            Label(
                "调休：当天有没有课后服务（不填为是）。考试周：社团是否照常（不填为否）。",
                "Make-up day: is there service on it (blank: yes). Exam weeks: do clubs run "
                "(blank: no).",
            ),
            CellKind.YES_NO,
            ("是否照常", "是否服务", "社团照常", "Service runs", "Clubs run"),
            choices=YesNo,
            example=Label("是", "yes"),
        ),
    ),
)

SEGMENTS = SheetSpec(
    key="segments",
    title=Label("时段", "Segments"),
    purpose=Label(
        "课后服务的时段。不填此表即“第一段”15:30–16:30和“第二段”16:30–17:30，"
        "周一至周五。同一时段各天或各阶段时间不同的，用相同名称写多行。",
        "The segments of the service. Without this sheet: Segment 1 15:30–16:30 and Segment 2 "
        "16:30–17:30, Monday to Friday. Several rows with one name give it several times.",
    ),
    aliases=("时间段", "课后时段"),
    columns=(
        ColumnSpec(
            "name",
            Label("时段", "Segment"),
            Label("例：第一段。", "Example: Segment 1."),
            CellKind.NAME,
            ("名称", "时段名称", "Name"),
            required=True,
            example=Label("第一段", "Segment 1"),
        ),
        ColumnSpec(
            "start",
            Label("开始", "Start"),
            Label("开始时间，例：15:30。", "Starting time: 15:30."),
            CellKind.TIME,
            ("开始时间",),
            required=True,
            example=Label("15:30", "15:30"),
        ),
        ColumnSpec(
            "end",
            Label("结束", "End"),
            Label("结束时间，例：16:30。", "Ending time: 16:30."),
            CellKind.TIME,
            ("结束时间",),
            required=True,
            example=Label("16:30", "16:30"),
        ),
        ColumnSpec(
            "weekdays",
            Label("星期", "Weekdays"),
            Label(
                "例：周一至周四；不填即周一至周五。",
                "Example: Mon-Thu; blank: Monday to Friday.",
            ),
            CellKind.WEEKDAYS,
            ("周几", "Weekday", "Days"),
            example=Label("周一至周五", "Mon-Fri"),
        ),
        ColumnSpec(
            "grades",
            Label("年级", "Grades"),
            Label("例：一至三年级；不填即全部年级。", "Example: 1-3; blank: all grades."),
            CellKind.GRADES,
            ("适用年级", "Grade"),
            example=Label("一至六年级", "1-6"),
        ),
        ColumnSpec(
            "units",
            Label("工作量", "Units"),
            Label(
                "担任一次计几个工作量；不填为1。",
                "Workload of one post in it; blank: 1.",
            ),
            CellKind.DECIMAL,
            ("工作量单位", "课时"),
            low=Decimal(0),
            high=Decimal(10),
            example=Label("1", "1"),
        ),
        ColumnSpec(
            "band",
            Label("意愿时带", "Wish band"),
            Label(
                "各年级错峰的几个时段在“意愿”表里合为一列时，填同一个名称；不填即时段名。",
                "Staggered segments of different grades that share one column of the wishes get "
                "the same name here; blank: the segment's name.",
            ),
            aliases=("时带", "Band"),
            example=Label("第一段", "Segment 1"),
        ),
        ColumnSpec(
            "phase",
            Label("阶段", "Phase"),
            Label(
                "只在“日历”表的某个阶段用此时间时填写，例：冬季作息；不填即全学期。",
                "Only where these times hold in one phase of the calendar: Winter; blank: always.",
            ),
            CellKind.REFERENCE,
            refers_to="phases",
            example=Label("冬季作息", "Winter"),
        ),
    ),
)
