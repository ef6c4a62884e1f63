"""What is said about activities, pins and rules that do not fit the rest."""

from __future__ import annotations

from instances.messages import Template
from instances.problems import error, warning

# Activities

SLOTS_AND_COLUMNS = error(
    "“指定时段”与“星期”“时段”两列都填了。",
    "Exact slots are given beside weekdays or segments.",
    "请只用一种方式填写。",
    "Use one of the two ways only.",
)
NOBODY_ATTENDS = error(
    "没有一个班级参加“{name}”。",
    "No class takes part in “{name}”.",
    "请核对年级和班级。",
    "Check its grades and classes.",
)
GRADE_WITHOUT_CLASS = warning(
    "{grades}没有班级。",
    "There is no class of {grades}.",
    "请核对年级，或补上班级。",
    "Check the grades, or add the classes.",
)
NO_SLOT = error(
    "“{name}”没有可排的时段。",
    "“{name}” has no slot where it could take place.",
    "请核对星期、时段，以及时段的适用年级。",
    "Check its weekdays and segments, and the grades of those segments.",
)
WRONG_GRADES = warning(
    "“{name}”的时段“{segment}”不面向参加的年级，不会使用。",
    "The segment “{segment}” of “{name}” is not for the grades that take part.",
    "请核对时段和年级。",
    "Check the segment and the grades.",
)
LENGTH_TOO_LONG = error(
    "“{name}”要连排{length}段，但没有一天有这么多相连的可排时段。",
    "“{name}” needs {length} consecutive segments, and no day has so many allowed.",
    "请减少连排段数，或放宽可排时段。",
    "Reduce the length, or allow more segments.",
)
TOO_OFTEN = error(
    "“{name}”每周{per_week}次，但可排时段一周只够{possible}次。",
    "“{name}” meets {per_week} {per_week:time|times} a week, and its slots allow only {possible}.",
    "请减少次数，或放宽可排的星期和时段。",
    "Reduce the number, or allow more weekdays and segments.",
)
ACTIVITY_OUTSIDE = error(
    "“{name}”的日期（{start}至{end}）不在学期之内。",
    "The dates of “{name}” ({start} to {end}) are outside the term.",
    "请核对日期，注意年份。",
    "Check the dates, and their years.",
)
ACTIVITY_BACKWARDS = error(
    "“{name}”的结束日期（{end}）早于开始日期（{start}）。",
    "“{name}” ends ({end}) before it starts ({start}).",
    "请核对两个日期，注意年份。",
    "Check both dates, and their years.",
)
ACTIVITY_PARTLY_OUTSIDE = warning(
    "“{name}”的日期超出学期，只在学期之内进行。",
    "The dates of “{name}” go beyond the term; it takes place within it only.",
    "请核对日期，或留空。",
    "Check the dates, or leave them blank.",
)
NEVER_RUNS = error(
    "“{name}”没有一天可以进行。",
    "There is no date on which “{name}” could take place.",
    "请核对日期、单双周、周次和考试周。",
    "Check its dates, weeks and the exam weeks.",
)
WEEKS_OUTSIDE = warning(
    "学期只有{last}周，没有第{weeks}周。",
    "The term has {last} weeks; there is no week {weeks}.",
    "请核对周次；开学那周是第1周。",
    "Check the week numbers; the term begins in week 1.",
)
CAPACITY_BELOW_MINIMUM = error(
    "“{name}”的容量{capacity}小于最少人数{minimum}。",
    "The capacity {capacity} of “{name}” is below its minimum {minimum}.",
    "请改正其中一个。",
    "Correct one of the two.",
)
CHILDREN_ABOVE_CAPACITY = warning(
    "“{name}”有{children}人，超过容量{capacity}。",
    "“{name}” has {children} children and a capacity of {capacity}.",
    "请核对人数，或提高容量。",
    "Check the number, or raise the capacity.",
)
CHILDREN_BELOW_MINIMUM = warning(
    "“{name}”只有{children}人，不到最少人数{minimum}。",
    "“{name}” has {children} children, fewer than its minimum {minimum}.",
    "请决定是否开设；不开设的请删去这一行。",
    "Decide whether it runs; if not, delete the row.",
)
ROOMS_TOO_SMALL = warning(
    "“{name}”有{children}人，可用场地最多容纳{capacity}人。",
    "“{name}” has {children} children; its largest room holds {capacity}.",
    "请换更大的场地，或减少人数。",
    "Allow a larger room, or reduce the number.",
)
GROUP_ROOMS_TOO_SMALL = error(
    "“{name}”的一组（{classes}）最多有{children}人，可用场地最多容纳{capacity}人。",
    "A group of “{name}” ({classes}) has up to {children} children; the largest room holds "
    "{capacity}.",
    "请换更大的场地，减少合班数，或不填场地（在各班教室）。",
    "Allow a larger room, merge fewer classes, or leave rooms blank (home rooms).",
)
NO_ROOM_WITH = warning(
    "没有一个可用场地具备“{features}”。",
    "No room that may be used has “{features}”.",
    "请在“场地”表补上设施，或改正此处。",
    "Add it to a room on the sheet of rooms, or correct it here.",
)
ROOMS_CLOSED = warning(
    "“{name}”能用的场地（{rooms}）在{closed}停用，不论排在什么时段，全学期{every}次中至少有{count}次"
    "没有场地，只能停课。",
    "The rooms that “{name}” may use ({rooms}) are closed {closed}: whenever it meets, at least "
    "{count} of its {every} {every:date|dates} in the term {count:has|have} no room and "
    "{count:falls|fall} out.",
    "如要照常举行，请再填一个可用场地，或核对“场地”表的停用日期。",
    "If it is to meet then, allow another room, or check when they are closed (sheet of rooms).",
)
CLOSED_ON = Template("{first}", "on {first}")
CLOSED_BETWEEN = Template("{first}至{last}", "between {first} and {last}")
NOBODY_HAS_SKILL = warning(
    "没有人具备技能“{skills}”，这个岗位将一直空缺。",
    "Nobody has the skill “{skills}”; the post would stay open.",
    "请在“教师”表给能胜任的人加上这项技能，或改正此处。",
    "Add the skill to those who have it on the sheet of staff, or correct it here.",
)
NO_CANDIDATE_HAS_SKILL = warning(
    "可任教师中没有人具备技能“{skills}”，这个岗位将一直空缺。",
    "None of the candidates has the skill “{skills}”; the post would stay open.",
    "请在“教师”表加上技能，或改正可任教师。",
    "Add the skill on the sheet of staff, or correct the candidates.",
)
CLASS_TWICE = error(
    "{school_class}在{weekday}“{segment}”同时属于“{name}”和“{other}”（{where}）。",
    "{school_class} is in “{name}” and in “{other}” ({where}) on {weekday} “{segment}”.",
    "请分开这两项的年级、班级或时段。",
    "Separate their grades, classes or segments.",
)
SERVICE_TOO_SHORT = warning(
    "{weekdays}为{classes}提供的课后服务只有{minutes}分钟，不足{least}分钟。",
    "On {weekdays}, {classes} have {minutes} minutes of service, less than {least}.",
    "请增加看护、社团或锻炼的时段，或延长时段。",
    "Add segments of care, clubs or exercise, or lengthen them.",
)
EXERCISE_NOT_OFFERED = warning(
    "规则要求每天有体育锻炼，但没有为{classes}安排{weekdays}的锻炼活动。",
    "Exercise is asked for every day, but {classes} have none to take part in on {weekdays}.",
    "请在“活动”表中补上体育锻炼，或停用这条规则。",
    "Add exercise to the activities, or switch the rule off.",
)
ROTA_PEOPLE_ALONE = warning(
    "填了轮值人数，却没有填按周还是按天轮值。",
    "A number of people is given, but not whether they turn by week or by day.",
    "请填写“轮值”，或删去人数。",
    "Fill in the rota, or delete the number.",
)

# Pins and rules

EMPTY_PIN = error(
    "这一行只写了活动，没有写固定什么。",
    "This row names an activity and nothing to fix.",
    "请填写星期、时段、场地或教师；不需要的请删去这一行。",
    "Enter a weekday, segment, room or person, or delete the row.",
)
PIN_CLASS_NOT_IN = error(
    "{school_class}不参加“{activity}”。",
    "{school_class} does not take part in “{activity}”.",
    "请核对班级和活动。",
    "Check the class and the activity.",
)
UNKNOWN_RULE = error(
    "没有名为“{name}”的规则。",
    "There is no rule called “{name}”.",
    "可用的规则：{options}。",
    "The rules are: {options}.",
)
UNKNOWN_PARAMETER = error(
    "规则“{rule}”没有参数“{name}”。",
    "The rule “{rule}” has no parameter “{name}”.",
    "可用的参数：{options}。",
    "Its parameters are: {options}.",
)
NO_PARAMETERS = error(
    "规则“{rule}”没有参数，不能填“{name}”。",
    "The rule “{rule}” has no parameters, so “{name}” cannot be set.",
    "请删去此处内容。",
    "Clear this cell.",
)
PARAMETER_RANGE = error(
    "参数“{name}”为{number}，应在{low}到{high}之间。",
    "The parameter “{name}” is {number}; it must be between {low} and {high}.",
    "请填{low}到{high}之间的整数。",
    "Enter a whole number from {low} to {high}.",
)
WEIGHT_OF_MUST = error(
    "规则“{rule}”必须满足，没有权重。",
    "The rule “{rule}” must hold and has no weight.",
    "请删去权重；必须满足的规则始终有效。",
    "Clear the weight; what must hold always does.",
)
SCOPE_OF_MUST = error(
    "规则“{rule}”对所有人、所有活动都必须满足，不能只限于一部分。",
    "The rule “{rule}” must hold for everybody and everything; it cannot be narrowed.",
    "请清空这一格；“年级”“教师”“活动”“时段”只用于有权重的规则。",
    "Clear this cell; grades, staff, activities and segments are for rules with a weight.",
)
SCOPE_WITHOUT_EFFECT = error(
    "规则“{rule}”不能按这一栏限定范围。",
    "The rule “{rule}” cannot be narrowed by this column.",
    "请清空这一格；这条规则可以限定的栏目：{columns}。",
    "Clear this cell; the columns by which this rule can be narrowed: {columns}.",
)
MUST_SWITCHED_OFF = error(
    "规则“{rule}”必须满足，不能停用。",
    "The rule “{rule}” must hold and cannot be switched off.",
    "请清空“启用”，或填“是”。",
    "Clear Enabled, or enter yes.",
)
CANNOT_BE_MUST = error(
    "规则“{rule}”不能设为必须。",
    "The rule “{rule}” cannot be made a must.",
    "请清空“必须”，改用较大的权重。",
    "Clear Must and give it a large weight instead.",
)
WEIGHT_AND_MUST = error(
    "规则“{rule}”设为必须，就没有权重。",
    "The rule “{rule}” is made a must here and so has no weight.",
    "请在“必须”和“权重”中只填一项。",
    "Fill in either Must or Weight, not both.",
)
TOO_FEW_NAMES = error(
    "规则“{rule}”要写明是哪几个人或哪几项活动，至少两个。",
    "The rule “{rule}” needs the names of those it is about: at least two.",
    "请在“教师”（或“活动”）一格写出至少两个名称。",
    "Enter at least two names under Staff (or Activities).",
)
RULE_TWICE = warning(
    "规则“{rule}”对相同范围写了两次（另见{other}）。",
    "The rule “{rule}” is set twice for the same scope (see {other}).",
    "请删去其中一行。",
    "Delete one of the two rows.",
)
