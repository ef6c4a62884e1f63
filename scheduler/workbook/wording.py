"""Names of sheets and columns, in both languages."""

from __future__ import annotations

from instances.messages import Label, Template

OVERVIEW = Label("总览", "Overview")
EXPLANATION = Label("说明", "Explanation")
MASTER = Label("总课表", "Master grid")
CLASSES = Label("班级课表", "Class sheets")
STAFF = Label("个人课表", "Staff sheets")
ROOMS = Label("场地课表", "Room sheets")
CLUBS = Label("社团", "Club sheets")
EXCEPTIONS = Label("例外与代课", "Exceptions and covers")
OPEN = Label("空缺", "Open posts")
LOAD = Label("工作量", "Load and fairness")
SESSIONS = Label("场次", "Sessions")
CHANGES = Label("变动", "Changes")
NOTICES = Label("通知", "Notices")
EVENTS = Label("大型活动", "Events")
RUN_SHEETS = Label("活动流程", "Run sheets")
FALLS_OUT = Label("停课通知", "What falls out")
DATA = "_afterschool"
"""The hidden sheet with everything that check, rerun and diff need."""

COUNTED_FROM = Template(
    "次数从{since}算起，此前的不计。", "Dates are counted from {since} on, without those before."
)

SESSION_COLUMNS: tuple[Label, ...] = (
    Label("日期", "Date"),
    Label("星期", "Weekday"),
    Label("周次", "Week"),
    Label("时段", "Segment"),
    Label("开始", "Start"),
    Label("结束", "End"),
    Label("活动", "Activity"),
    Label("类别", "Kind"),
    Label("班级", "Classes"),
    Label("场地", "Room"),
    Label("岗位", "Role"),
    Label("人员", "Staff"),
    Label("工作量", "Units"),
    Label("状态", "Status"),
    Label("原人员", "Originally"),
    Label("移自", "Moved from"),
    Label("场次号", "Session key"),
)

COPY_NOTE = Label(
    "本表为副本，修改无效；请改“总课表”或“场次”。",
    "Copy – edits here have no effect; edit the master grid or Sessions.",
)
SHARE_NOTE = Label("本文件仅供查阅。", "This copy is for reading only.")
MASTER_NOTE = Label(
    "可修改：浅黄色单元格。每格只写一个姓名，清空即为空缺；社团的时间和场地从下拉列表中选。"
    "只改某一天，请改“场次”。",
    "Editable: pale yellow cells. One name each, empty means open; times and rooms of clubs "
    "from the list. For one date only, edit Sessions.",
)
