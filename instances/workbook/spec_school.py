"""The sheets about places: classes and rooms."""

from __future__ import annotations

from decimal import Decimal

from instances.messages import Label
from instances.workbook.sheet import (
    CellKind,
    ColumnSpec,
    OpenColumns,
    SheetSpec,
)

CLASSES = SheetSpec(
    key="classes",
    title=Label("班级", "Classes"),
    purpose=Label("每个班级一行。", "One row per class."),
    required=True,
    aliases=("班级名单", "班级信息"),
    columns=(
        ColumnSpec(
            "name",
            Label("班级", "Class"),
            Label("例：三（1）班。", "Example: Class 3-1."),
            CellKind.NAME,
            ("班级名称", "班名", "名称", "Name", "Class name"),
            required=True,
            example=Label("三（1）班", "Class 3-1"),
        ),
        ColumnSpec(
            "grade",
            Label("年级", "Grade"),
            Label("例：三年级，或3；初一写七年级。", "Example: 3 (1 to 9)."),
            CellKind.GRADE,
            required=True,
            low=Decimal(1),
            high=Decimal(9),
            example=Label("三年级", "3"),
        ),
        ColumnSpec(
            "size",
            Label("人数", "Size"),
            Label("全班学生人数，例：45。", "Number of children in the class: 45."),
            CellKind.INTEGER,
            ("班额", "学生人数", "学生数", "Children", "Pupils"),
            required=True,
            low=Decimal(0),
            high=Decimal(99),
            example=Label("45", "45"),
        ),
        ColumnSpec(
            "home_room",
            Label("教室", "Home room"),
            Label(
                "平时的教室；不填即以班级名称为教室名。",
                "The class's own room; blank: a room called after the class.",
            ),
            aliases=("本班教室", "Room"),
            example=Label("301教室", "Room 301"),
        ),
        ColumnSpec(
            "home_teacher",
            Label("班主任", "Home teacher"),
            Label(
                "“教师”表中的姓名；同名时写成 王芳(T01)。",
                "A name of sheet Staff; where two share it: Wang Fang(T01).",
            ),
            CellKind.REFERENCE,
            ("班主任姓名", "Class teacher"),
            refers_to="staff",
            example=Label("王芳", "Wang Fang"),
        ),
        ColumnSpec(
            "participation",
            Label("参加率", "Participation"),
            Label(
                "参加课后服务的学生比例，例：90%；不填即全部参加。",
                "Share of the class that stays for the service: 90%; blank: all.",
            ),
            CellKind.SHARE,
            ("参与率", "参加比例", "Participation rate"),
            low=Decimal(0),
            high=Decimal(1),
            example=Label("90%", "90%"),
        ),
    ),
    open_columns=(
        OpenColumns(
            "participation",
            Label(
                "某一天或某一时段参加率不同时，加一列，标题写“参加率 周五”“参加率 第二段”"
                "或“参加率 周五 第二段”。",
                "Where it differs on a day or in a segment, add a column headed 'Participation "
                "Fri', 'Participation Segment 2' or 'Participation Fri Segment 2'.",
            ),
            CellKind.SHARE,
            example=Label("70%", "70%"),
            example_heading=Label("参加率 周五", "Participation Fri"),
        ),
    ),
)

ROOMS = SheetSpec(
    key="rooms",
    title=Label("场地", "Rooms"),
    purpose=Label(
        "各班教室以外的场地，以及关闭日期。不填此表即只有各班教室。",
        "Rooms beside the home rooms, and when they are closed. Without it: home rooms only.",
    ),
    aliases=("教室", "场馆"),
    columns=(
        ColumnSpec(
            "name",
            Label("场地", "Room"),
            Label("例：音乐室。", "Example: Music room."),
            CellKind.NAME,
            ("场地名称", "名称", "教室", "Name"),
            required=True,
            example=Label("音乐室", "Music room"),
        ),
        ColumnSpec(
            "building",
            Label("楼栋", "Building"),
            Label("例：艺术楼。", "Example: Arts wing."),
            aliases=("位置", "教学楼"),
            example=Label("艺术楼", "Arts wing"),
        ),
        ColumnSpec(
            "features",
            Label("设施", "Features"),
            Label("例：钢琴、投影。", "Example: piano, projector."),
            CellKind.TEXTS,
            ("设备", "特点"),
            example=Label("钢琴、投影", "piano, projector"),
        ),
        ColumnSpec(
            "capacity",
            Label("容量", "Capacity"),
            Label("最多容纳多少人，例：50。", "How many people it holds: 50."),
            CellKind.INTEGER,
            ("容纳人数", "可容纳人数", "人数"),
            required=True,
            low=Decimal(1),
            high=Decimal(5000),
            example=Label("50", "50"),
        ),
        ColumnSpec(
            "groups",
            Label("同时组数", "Groups"),
            Label(
                "可同时进行几个活动，例：操场4；不填为1。",
                "How many groups may use it at once (a playground: 4); blank: 1.",
            ),
            CellKind.INTEGER,
            ("可容纳组数", "组数", "Groups at once"),
            low=Decimal(1),
            high=Decimal(100),
            example=Label("1", "1"),
        ),
        ColumnSpec(
            "closures",
            Label("关闭日期", "Closed"),
            Label(
                "例：2026-11-02~2026-11-13（装修）；2026-12-01。只在某几天关闭："
                "2026-11-02~2026-12-31 周二、周四。各项用分号隔开。",
                "Example: 2026-11-02~2026-11-13 (repairs); 2026-12-01. Only on some weekdays: "
                "2026-11-02~2026-12-31 Tue, Thu. Separate them by semicolons.",
            ),
            CellKind.CLOSURES,
            ("停用日期", "不可用日期", "Closures"),
            example=Label("2026-11-02~2026-11-13（装修）", "2026-11-02~2026-11-13 (repairs)"),
        ),
    ),
)
