"""What is said about data that can be read but do not fit together."""

from __future__ import annotations

from instances.problems import error, warning

# References

UNKNOWN_CLASS = error(
    "没有名为“{name}”的班级。",
    "There is no class called “{name}”.",
    "请核对“班级”表，或在那里加上它。",
    "Check the sheet of classes, or add it there.",
)
UNKNOWN_ROOM = error(
    "没有名为“{name}”的场地。",
    "There is no room called “{name}”.",
    "请核对“场地”表，或在那里加上它。",
    "Check the sheet of rooms, or add it there.",
)
UNKNOWN_SEGMENT = error(
    "没有名为“{name}”的时段。",
    "There is no segment called “{name}”.",
    "请核对“时段”表；没有这张表时只有“第一段”和“第二段”。",
    "Check the sheet of segments; without it there are only Segment 1 and Segment 2.",
)
UNKNOWN_ACTIVITY = error(
    "没有名为“{name}”的活动。",
    "There is no activity called “{name}”.",
    "请核对“活动”表，或在那里加上它。",
    "Check the sheet of activities, or add it there.",
)
UNKNOWN_STAFF = error(
    "没有名为“{name}”的教师。",
    "There is nobody called “{name}” on the staff.",
    "请核对“教师”表，或在那里加上这个人。",
    "Check the sheet of staff, or add the person there.",
)
AMBIGUOUS_STAFF = error(
    "有不止一位“{name}”。",
    "More than one person is called “{name}”.",
    "请写明工号，是其中哪一位：{candidates}。",
    "Add the number; it could be: {candidates}.",
)
UNKNOWN_BAND = error(
    "没有名为“{name}”的时段。",
    "There is no segment called “{name}”.",
    "意愿可填的时段：{options}。",
    "Wishes can be given for: {options}.",
)
UNKNOWN_PHASE = error(
    "没有名为“{name}”的阶段。",
    "There is no phase called “{name}”.",
    "请在“日历”表加一行，类型填“阶段”，名称填“{name}”。",
    "Add a row of type phase with the name “{name}” to the sheet of the calendar.",
)
DUPLICATE_NAME = error(
    "“{name}”已经有了（{other}）。",
    "“{name}” is there already ({other}).",
    "请删去重复的一行，或改成不同的名称。",
    "Delete one of the two, or give them different names.",
)
SAME_NAME = error(
    "有不止一位“{name}”，而且没有工号（另一位在{other}）。",
    "More than one person is called “{name}”, and a number is missing (see {other}).",
    "请给每位同名教师填写不同的工号。",
    "Give each of them a number of their own.",
)
SAME_NUMBER = warning(
    "工号“{number}”与{other}的{name}相同。",
    "{name} in {other} has the same number “{number}”.",
    "请核对工号。",
    "Check the numbers.",
)
SEPARATOR_IN_NAME = warning(
    "名称“{name}”里有分隔符。",
    "The name “{name}” contains a separator of lists.",
    "建议改名：在“甲、乙”这样的列表里容易被拆开。",
    "Better rename it: in a list it may be taken apart.",
)

# Dates

TERM_BACKWARDS = error(
    "学期结束（{end}）早于开始（{start}）。",
    "The term ends ({end}) before it starts ({start}).",
    "请核对两个日期，注意年份。",
    "Check both dates, and their years.",
)
TERM_TOO_LONG = error(
    "学期长达{days}天。",
    "The term is {days} days long.",
    "一个学期不超过{most}天，请核对年份。",
    "A term has {most} days at most; check the years.",
)
SERVICE_BACKWARDS = error(
    "课后服务结束（{end}）早于开始（{start}）。",
    "The service ends ({end}) before it starts ({start}).",
    "请核对两个日期。",
    "Check both dates.",
)
SERVICE_OUTSIDE = error(
    "{date}不在学期（{start}至{end}）之内。",
    "{date} is outside the term ({start} to {end}).",
    "请填学期之内的日期，或留空。",
    "Enter a date within the term, or leave it blank.",
)
NO_SERVICE_DAYS = error(
    "整个学期没有一天有课后服务。",
    "There is not one day of service in the whole term.",
    "请核对起止日期和放假日期。",
    "Check the dates of the term, the service and the holidays.",
)
PERIOD_BACKWARDS = error(
    "结束日期（{end}）早于开始日期（{start}）。",
    "It ends ({end}) before it starts ({start}).",
    "请核对两个日期，注意年份。",
    "Check both dates, and their years.",
)
PERIOD_OUTSIDE = warning(
    "{start}至{end}不在学期之内，不起作用。",
    "{start} to {end} is outside the term and has no effect.",
    "请核对日期，注意年份。",
    "Check the dates, and their years.",
)
LONG_HOLIDAY = warning(
    "这一段长达{days}天。",
    "This lasts {days} days.",
    "如果确实如此，可以不管；否则请核对日期，注意年份。",
    "If that is so, leave it; otherwise check the dates, and their years.",
)
MAKE_UP_ONE_DAY = error(
    "调休一行只能是一天。",
    "A make-up day is one date.",
    "多个调休日请分行填写。",
    "Use a row for each make-up day.",
)
MAKE_UP_FOLLOWS = error(
    "没有写明{date}按周几上课。",
    "It is not said whose timetable {date} follows.",
    "请在“按周几上课”填一天，例如“周五”。",
    "Enter one weekday under Follows, such as Fri.",
)
PUBLIC_HOLIDAY = warning(
    "{date}（{weekday}）是{name}，日历里却没有放假，这一天会照常排课后服务。",
    "{date} ({weekday}) is {name}, but no holiday is entered, so service is planned on it.",
    "请在“日历”表填写这个学期的放假和调休。",
    "Enter the holidays and make-up days of this term on the sheet Calendar.",
)
MAKE_UP_ON_WEEKDAY = warning(
    "{date}本来就是{weekday}，不是周末。",
    "{date} is a {weekday}, not a day of the weekend.",
    "如果这天确实改上别的课表，可以不管；否则请核对日期。",
    "If that day really follows another timetable, leave it; otherwise check the date.",
)
MAKE_UP_TWICE = error(
    "{date}的调休写了两次（另见{other}）。",
    "{date} is a make-up day twice (see {other}).",
    "请删去其中一行。",
    "Delete one of the two rows.",
)
MAKE_UP_IN_HOLIDAY = warning(
    "{date}又在放假期间，现按调休上课处理。",
    "{date} is also within a holiday; it is taken as a make-up day.",
    "请核对放假的起止日期。",
    "Check the dates of the holiday.",
)
MAKE_UP_OUTSIDE = warning(
    "{date}不在课后服务期间，不起作用。",
    "{date} is outside the service and has no effect.",
    "请核对日期，注意年份。",
    "Check the date, and its year.",
)
PHASE_WITHOUT_NAME = error(
    "阶段没有名称。",
    "The phase has no name.",
    "请填名称，例如“冬季作息”，并在“时段”表引用。",
    "Give it a name, such as Winter, and use it on the sheet of segments.",
)
PHASES_OVERLAP = error(
    "阶段“{name}”与“{other}”日期重叠。",
    "The phases “{name}” and “{other}” overlap.",
    "每一天只能属于一个阶段，请修改日期。",
    "A day can belong to one phase only; change the dates.",
)

# Segments and classes

SEGMENT_DISAGREES = error(
    "“{name}”此处为“{value}”，{other}为“{first}”。",
    "“{name}” has “{value}” here and “{first}” in {other}.",
    "同名时段的年级、工作量和意愿时带须一致；不同的请另取名称。",
    "Rows of one segment agree on grades, units and band; otherwise use another name.",
)
SEGMENT_WITHOUT_TIMING = error(
    "时段“{name}”没有时间。",
    "The segment “{name}” has no clock times.",
    "请填写开始和结束时间。",
    "Enter when it starts and ends.",
)
TIMING_BACKWARDS = error(
    "结束时间（{end}）不晚于开始时间（{start}）。",
    "It ends ({end}) no later than it starts ({start}).",
    "请核对两个时间，例如15:30和16:30。",
    "Check both times, such as 15:30 and 16:30.",
)
TIMING_TWICE = error(
    "“{name}”在{weekday}有两个不同的时间（另见{other}）。",
    "“{name}” has two different times on {weekday} (see {other}).",
    "请改正星期或阶段，使每天只有一个时间；确是两段的请另取名称。",
    "Correct weekdays or phase so that a day has one time, or use two names.",
)
SEGMENTS_OVERLAP = error(
    "“{name}”与“{other}”在{weekday}时间重叠，而且年级相同（{grade}）。",
    "“{name}” and “{other}” overlap on {weekday} for the same grade ({grade}).",
    "请修改时间，或限定各自的年级。",
    "Change the times, or say which grades each is for.",
)
SEGMENT_NOT_ON = error(
    "“{name}”在{weekday}没有安排时间。",
    "“{name}” does not take place on {weekday}.",
    "请核对星期，或在“时段”表加上这一天。",
    "Check the weekday, or add it to the segment on the sheet of segments.",
)
BAND_NOT_ON = error(
    "“{name}”在{weekday}没有安排时间。",
    "“{name}” does not take place on {weekday}.",
    "请删去这项意愿，或在“时段”表加上这一天。",
    "Delete this wish, or add the day on the sheet of segments.",
)
NO_SEGMENT_ON = error(
    "{weekdays}没有适合的时段。",
    "No suitable segment takes place on {weekdays}.",
    "请核对星期和年级，或在“时段”表加上这一天。",
    "Check weekdays and grades, or add the day on the sheet of segments.",
)
PARTICIPATION_HEADING = error(
    "标题“{value}”里的“{name}”不是时段。",
    "“{name}” in the heading “{value}” is not a segment.",
    "请写成“参加率 周五 第二段”这样的标题；时段有：{options}。",
    "Use a heading such as 'Participation Fri Segment 2'; the segments are: {options}.",
)
TWO_HOME_TEACHERS = error(
    "{school_class}的班主任已写为{other}（{where}）。",
    "{other} is already given as home teacher of {school_class} ({where}).",
    "请保留正确的一处，删去另一处。",
    "Keep the right one and delete the other.",
)
TWO_CLASSES_ONE_TEACHER = warning(
    "{name}是两个班的班主任：{first}、{second}。",
    "{name} is home teacher of two classes: {first}, {second}.",
    "如果确实如此，可以不管。",
    "If that is so, leave it.",
)
OUTSIDE_HOME_TEACHER = warning(
    "{name}是校外教师，却是{school_class}的班主任。",
    "{name} is an outside instructor and home teacher of {school_class}.",
    "请核对“校外”一列和班主任。",
    "Check the column Outside and the home teacher.",
)
EMPTY_SCHOOL = warning(
    "所有班级的人数都是0，不需要任何看护。",
    "Every class has 0 children, so nobody is needed.",
    "请填写班级人数。",
    "Enter the sizes of the classes.",
)

# Staff and wishes

NO_DEFAULT = error(
    "{name}没有默认意愿，而{count}个时段没有填意愿：{slots}。",
    "{name} has no default wish, and left slots blank ({count}): {slots}.",
    "请填写这些时段的意愿，或在“教师”表填写默认意愿。未表示同意的人不会被安排。",
    "Fill in these wishes, or a default wish on the sheet of staff. Nobody is assigned "
    "without consent.",
)
WISH_CONTRADICTS = error(
    "{name}此处填“{value}”，{other}填“{first}”。",
    "{name} says “{value}” here and “{first}” in {other}.",
    "请保留正确的一个。",
    "Keep the right one.",
)
LEAVE_TWICE = warning(
    "{name}的这段请假在{other}已经填过。",
    "This leave of {name} stands in {other} already.",
    "请核对：重复的请删去；如果是另一段，请改正日期。",
    "Delete the row if it is the same leave; correct the dates if it is another.",
)
WISHES_TWICE = warning(
    "{name}在{other}已经填过意愿，两处合在一起算。",
    "{name} has wishes in {other} already; both count together.",
    "请核对：重复的请删去；如果是另一个人，请改正姓名。",
    "Delete the row if it says the same; correct the name if it is somebody else.",
)
TIMES_AND_SEGMENT = error(
    "起止时间和时段都填了。",
    "Both clock times and a segment are given.",
    "请只填一种。",
    "Give one of the two only.",
)
BUSY_WITHOUT_TIME = error(
    "没有写明几点到几点。",
    "It is not said from when to when.",
    "请填开始和结束时间，或填时段。",
    "Enter start and end, or a segment.",
)
LEAVES_BEFORE = error(
    "离岗日期（{end}）早于到岗日期（{start}）。",
    "The last day ({end}) is before the first ({start}).",
    "请核对两个日期。",
    "Check both dates.",
)
NEVER_PRESENT = warning(
    "{name}整个学期都不在岗。",
    "{name} is not present on any day of the term.",
    "请核对到岗、离岗日期，或删去此人。",
    "Check the dates, or remove the person.",
)
TWO_WISHES = error(
    "同一项意愿写了两次。",
    "The same wish is given twice.",
    "请保留正确的一个。",
    "Keep the right one.",
)
