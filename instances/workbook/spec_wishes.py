"""The sheets of wishes: the grid, the long list, and wishes for activities."""

from __future__ import annotations

from instances.messages import Label
from instances.words import Level
from instances.workbook.sheet import CellKind, ColumnSpec, OpenColumns, SheetSpec
from instances.workbook.spec_people import LEVELS, number_column, person_column

WISHES = SheetSpec(
    key="wishes",
    title=Label("意愿", "Wishes"),
    purpose=Label(
        "每人一行，每个“星期 时段”一列，还可以每个活动一列。"
        "也可以直接粘贴问卷导出的长表：姓名、星期、时段、意愿，每个答案一行。",
        "One row per person, one column per weekday and segment, and per activity if you like. "
        "A long list (name, weekday, segment, wish) as survey tools export it is read too.",
    ),
    required=True,
    aliases=("教师意愿", "意愿表", "意愿征集"),
    columns=(person_column(Label("姓名", "Name")), number_column()),
    open_columns=(
        OpenColumns(
            "slots",
            Label(
                f"标题写“周一 第一段”或“周一 15:30-16:30”。填 {LEVELS.zh}"
                "留空即“教师”表的默认意愿。",
                f"Headed 'Mon Segment 1' or 'Mon 15:30-16:30'. Fill in {LEVELS.en} "
                "Blank: the default wish of sheet Staff.",
            ),
            CellKind.WORD,
            Level,
            Label("愿意", "prefers"),
            Label("周一 第一段", "Mon Segment 1"),
        ),
        OpenColumns(
            "activities",
            Label(
                f"标题写活动名称。填 {LEVELS.zh}",
                f"Headed by the activity's name. Fill in {LEVELS.en}",
            ),
            CellKind.WORD,
            Level,
            Label("可以", "willing"),
            Label("足球社", "Football club"),
        ),
    ),
)

_LEVEL = ColumnSpec(
    "level",
    Label("意愿", "Wish"),
    LEVELS,
    CellKind.WORD,
    ("是否愿意", "Level"),
    required=True,
    choices=Level,
    example=Label("愿意", "prefers"),
)

WISHES_LIST = SheetSpec(
    key="wishes_list",
    title=WISHES.title,
    purpose=WISHES.purpose,
    aliases=WISHES.aliases,
    columns=(
        person_column(Label("姓名", "Name")),
        number_column(),
        ColumnSpec(
            "weekday",
            Label("星期", "Weekday"),
            Label("例：周一；可写多天。", "Example: Mon; several are allowed."),
            CellKind.WEEKDAYS,
            ("周几", "Day"),
            required=True,
            example=Label("周一", "Mon"),
        ),
        ColumnSpec(
            "band",
            Label("时段", "Segment"),
            Label("例：第一段，或15:30-16:30。", "Example: Segment 1, or 15:30-16:30."),
            CellKind.REFERENCES,
            ("意愿时带", "时间段", "Wish band", "Band"),
            required=True,
            refers_to="bands",
            example=Label("第一段", "Segment 1"),
        ),
        _LEVEL,
    ),
)

ACTIVITY_WISHES = SheetSpec(
    key="activity_wishes",
    title=Label("活动意愿", "Activity wishes"),
    purpose=Label(
        "可不填：对某个活动的意愿，每个答案一行。",
        "Optional: wishes for particular activities, one answer per row.",
    ),
    columns=(
        person_column(Label("教师", "Staff")),
        number_column(),
        ColumnSpec(
            "activity",
            Label("活动", "Activity"),
            Label("“活动”表中的名称。", "A name of sheet Activities."),
            CellKind.REFERENCE,
            required=True,
            refers_to="activities",
            example=Label("足球社", "Football club"),
        ),
        _LEVEL,
    ),
)
