"""What is said about edits that do not go together with a timetable that is running."""

from __future__ import annotations

from instances.problems import error, warning

PERSON_RENAMED = error(
    "“{new}”看来就是课表里的“{old}”：改了姓名，课表就当成两个人。",
    "“{new}” seems to be “{old}” of the timetable: under another name it is another person.",
    "请改回“{old}”；如果真是换了人，请保留“{old}”一行，“离岗”填{last}或最后一天。",
    "Restore “{old}”; if it really is somebody else, keep the row of “{old}” with the last day"
    " ({last} or earlier) in column Until.",
)
NUMBER_CHANGED = error(
    "课表里是“{old}”，现在写成“{new}”：改了工号，课表就当成两个人。",
    "The timetable has “{old}”, now it is “{new}”: with another number it is another person.",
    "请恢复原来的工号；如果真是同名的另一个人，请保留“{old}”一行，“离岗”填{last}或最后一天。",
    "Restore the number; if it is somebody else of that name, keep the row of “{old}” with the"
    " last day ({last} or earlier) in column Until.",
)
NAMESAKE = error(
    "课表里是“{old}”，来了同名的人以后写成“{new}”：有了工号，课表就当成两个人。",
    "The timetable has “{old}”, who is “{new}” since a namesake came: that is another person.",
    "本学期请让“{old}”照旧不填工号，给新来的人一个能区分的姓名，例如“{old}2”。",
    "This term, leave “{old}” without a number and give the newcomer a name that differs, such as"
    " “{old} 2”.",
)
NUMBER_REUSED = error(
    "工号“{number}”在课表里属于“{old}”，现在给了“{new}”。",
    "Number “{number}” belongs to “{old}” in the timetable, and now to “{new}”.",
    "请给“{new}”另一个工号；“{old}”离开的，保留那一行，“离岗”填{last}或最后一天。",
    "Give “{new}” another number; if “{old}” left, keep that row with the last day"
    " ({last} or earlier) in column Until.",
)
CLASS_RENAMED = error(
    "班级“{new}”看来就是课表里的“{old}”：改了名称，课表就当成两个班。",
    "Class “{new}” seems to be “{old}” of the timetable: under another name it is another class.",
    "一个学期之内请保留原来的名称“{old}”。",
    "Within a term, keep the name “{old}”.",
)
ACTIVITY_RENAMED = error(
    "活动“{new}”看来就是课表里的“{old}”：改了名称，课表就当成两项活动。",
    "Activity “{new}” seems to be “{old}” of the timetable: under another name it is another one.",
    "请改回“{old}”；如果真是另一项活动，请保留“{old}”一行，“结束”填{last}。",
    "Restore “{old}”; if it really is another activity, keep the row of “{old}” with {last} in"
    " column End.",
)
ROOM_RENAMED = error(
    "场地“{new}”看来就是课表里的“{old}”：改了名称，课表就当成两处场地。",
    "Room “{new}” seems to be “{old}” of the timetable: under another name it is another room.",
    "请改回“{old}”；如果真是另一处场地，请保留“{old}”一行，并填写它的“关闭日期”。",
    "Restore “{old}”; if it really is another room, keep the row of “{old}” with its closed dates.",
)
SEGMENT_RENAMED = error(
    "时段“{new}”与课表里的“{old}”时间相同：改了名称，课表里的场次就对不上了。",
    "Segment “{new}” has the times of “{old}” in the timetable, whose sessions go by that name.",
    "一个学期之内请保留原来的名称“{old}”。",
    "Within a term, keep the name “{old}”.",
)
TERM_START = error(
    "学期开始由{old}改为{new}：课表的周次和单双周都从它算起。",
    "The start of the term moved from {old} to {new}: weeks are counted from it.",
    "请改回{old}。",
    "Restore {old}.",
)
BEFORE_TERM = error(
    "{date}早于学期开始（{start}）。",
    "{date} is before the term starts ({start}).",
    "请核对日期，注意年份。",
    "Check the date, and its year.",
)
EVENT_HELD = warning(
    "“{name}”已在{dates}举行，早于{since}：改动这一行不再起作用。",
    "“{name}” was held on {dates}, before {since}: what is changed in this row has no effect.",
    "如果要再举行一次，请另加一行，换一个名称；否则不必理会。",
    "To hold it once more, add a row with another name; otherwise let it stand.",
)
IN_THE_PAST = warning(
    "{date}早于{since}：已经过去的日期不会再变。",
    "{date} is before {since}: what has taken place does not change any more.",
    "如果要改的是以后的安排，请核对日期；否则不必理会。",
    "Check the date if it is meant for what is to come; otherwise let it stand.",
)
