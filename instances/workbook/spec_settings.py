"""The sheets about the timetable wanted: pins and rules."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.words import Role
from instances.workbook.sheet import CellKind, ColumnSpec, SheetSpec, YesNo

PINS = SheetSpec(
    key="pins",
    title=Label("固定", "Pins"),
    purpose=Label(
        "事先定好（或禁止）的安排，每条一行；填了的各项都必须满足。",
        "What is fixed, or forbidden, beforehand: one row each; all that is filled in must hold.",
    ),
    aliases=("固定安排", "预排"),
    columns=(
        ColumnSpec(
            "activity",
            Label("活动", "Activity"),
            Label("“活动”表中的名称。", "A name of sheet Activities."),
            CellKind.REFERENCE,
            required=True,
            refers_to="activities",
            example=Label("足球社", "Football club"),
        ),
        ColumnSpec(
            "school_class",
            Label("班级", "Class"),
            Label("看护时指哪个班；可不填。", "Which class's group, for care; optional."),
            CellKind.REFERENCE,
            refers_to="classes",
        ),
        ColumnSpec(
            "weekday",
            Label("星期", "Weekday"),
            Label("例：周二。", "Example: Tue."),
            CellKind.WEEKDAY,
            ("周几", "Day"),
            example=Label("周二", "Tue"),
        ),
        ColumnSpec(
            "segment",
            Label("时段", "Segment"),
            Label("例：第二段。", "Example: Segment 2."),
            CellKind.REFERENCE,
            refers_to="segments",
            example=Label("第二段", "Segment 2"),
        ),
        ColumnSpec(
            "room",
            Label("场地", "Room"),
            Label("例：操场。", "Example: Playground."),
            CellKind.REFERENCE,
            ("教室", "地点"),
            refers_to="rooms",
        ),
        ColumnSpec(
            "staff",
            Label("教师", "Staff"),
            Label("由谁担任。", "Who holds it."),
            CellKind.REFERENCE,
            ("姓名", "人员", "Teacher"),
            refers_to="staff",
            example=Label("王芳", "Wang Fang"),
        ),
        ColumnSpec(
            "role",
            Label("岗位", "Role"),
            Label("教师担任哪个岗位；可不填。", "Which post the person holds; optional."),
            CellKind.WORD,
            choices=Role,
        ),
        ColumnSpec(
            "forbid",
            Label("禁止", "Forbid"),
            Label("填是即不许这样安排；不填为否。", "yes: it must not be so; blank: no."),
            CellKind.YES_NO,
            ("是否禁止",),
            choices=YesNo,
            example=Label("否", "no"),
        ),
    ),
)

RULES = SheetSpec(
    key="rules",
    title=Label("规则", "Rules"),
    purpose=Label(
        "调整规则；不填的各项照默认值。只写了规则名称、其余留空的行不起作用。必须满足的规则对所有人"
        "始终有效，没有权重和适用范围。",
        "Adjusts the rules; what is blank stays at its default. A row with a name alone does "
        "nothing. What must hold always does, for everybody: no weight, no scope.",
    ),
    columns=(
        ColumnSpec(
            "rule",
            Label("规则", "Rule"),
            Label("规则的名称或编号。", "The rule's name or id."),
            CellKind.REFERENCE,
            ("规则名称", "规则编号", "Rule id"),
            required=True,
            refers_to="rulebook",
        ),
        ColumnSpec(
            "statement",
            Label("说明", "Statement"),
            Label("规则的含义；仅供查看。", "What the rule says; for reading only."),
            shown_only=True,
        ),
        ColumnSpec(
            "defaults",
            Label("默认", "Default"),
            Label(
                "不填时的权重和参数；仅供查看。",
                "Weight and parameters where nothing is filled in; for reading only.",
            ),
            shown_only=True,
        ),
        ColumnSpec(
            "enabled",
            Label("启用", "Enabled"),
            Label("不填为是。", "Blank: yes."),
            CellKind.YES_NO,
            ("是否启用",),
            choices=YesNo,
            example=Label("是", "yes"),
        ),
        ColumnSpec(
            "must",
            Label("必须", "Must"),
            Label(
                "填是即必须做到（仅限标明“可设为必须”的规则）；不填为否。",
                "yes: it must hold (only for rules that say they may be a must); blank: no.",
            ),
            CellKind.YES_NO,
            ("必须满足", "硬性"),
            choices=YesNo,
            example=Label("否", "no"),
        ),
        ColumnSpec(
            "weight",
            Label("权重", "Weight"),
            Label("软规则的分量，整数；越大越重要。", "Weight of a soft rule: a whole number."),
            CellKind.INTEGER,
            low=Decimal(0),
            high=Decimal(1_000_000),
            example=Label("10", "10"),
        ),
        ColumnSpec(
            "parameters",
            Label("参数", "Parameters"),
            Label("例：上限=3。", "Example: limit=3."),
            CellKind.PARAMETERS,
            example=Label("", ""),
        ),
        ColumnSpec(
            "grades",
            Label("年级", "Grades"),
            Label("只适用于这些年级；不填即全部。", "Only for these grades; blank: all."),
            CellKind.GRADES,
            ("适用年级",),
        ),
        ColumnSpec(
            "staff",
            Label("教师", "Staff"),
            Label("只适用于这些人；不填即全部。", "Only for these people; blank: all."),
            CellKind.REFERENCES,
            ("适用教师",),
            refers_to="staff",
        ),
        ColumnSpec(
            "activities",
            Label("活动", "Activities"),
            Label("只适用于这些活动；不填即全部。", "Only for these activities; blank: all."),
            CellKind.REFERENCES,
            ("适用活动",),
            refers_to="activities",
        ),
        ColumnSpec(
            "segments",
            Label("时段", "Segments"),
            Label("只适用于这些时段；不填即全部。", "Only for these segments; blank: all."),
            CellKind.REFERENCES,
            ("适用时段",),
            refers_to="segments",
        ),
    ),
)
