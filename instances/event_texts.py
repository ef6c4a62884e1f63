"""What is said about events that do not fit the rest."""

from __future__ import annotations

from instances.problems import error, warning

NAME_OF_ACTIVITY = error(
    "大型活动“{name}”与一个活动同名（{other}）。",
    "The event “{name}” has the name of an activity ({other}).",
    "请改成不同的名称，意愿才分得清。",
    "Rename one of them, so that wishes can tell them apart.",
)
EVENT_OUTSIDE = error(
    "“{name}”的日期（{start}至{end}）不在学期之内。",
    "The dates of “{name}” ({start} to {end}) are outside the term.",
    "请核对日期，注意年份。",
    "Check the dates, and their years.",
)
EVENT_PARTLY_OUTSIDE = warning(
    "“{name}”的日期{date}不在学期（{start}至{end}）之内。",
    "The date {date} of “{name}” is outside the term ({start} to {end}).",
    "请核对日期，注意年份；学期之外的日子不会安排。",
    "Check it, and its year; nothing is placed outside the term.",
)
END_WITHOUT_DAYS = error(
    "“{name}”要连续{days}天，但从{start}到{end}没有这么多天。",
    "“{name}” takes {days} days, and there are not so many from {start} to {end}.",
    "请减少天数，或放宽日期。",
    "Reduce the days, or widen the dates.",
)
NO_DATE = error(
    "“{name}”没有一天可以举行：可选日期里的每一天都是假日、考试周、没有课后服务，"
    "或者没有所需的时段。",
    "There is no date for “{name}”: each of its dates is a holiday, in exam weeks, without"
    " service, or lacks the segments it needs.",
    "请放宽日期、星期或时段，或核对“日历”表。",
    "Widen its dates, weekdays or segments, or check the sheet of the calendar.",
)
SEGMENTS_WITHOUT_LENGTH = error(
    "“{name}”填了时段而没有填段数，而不填段数就是全天。",
    "“{name}” names segments and no length; without a length it takes the whole day.",
    "请填段数（例：2），或删去时段。",
    "Fill in the length (2, for example), or leave the segments blank.",
)
NOT_A_CLUB = error(
    "“{club}”不是社团或辅导，不能作为参赛队。",
    "“{club}” is neither a club nor tutoring, so its children cannot be a team.",
    "请改填社团；整班参加的，填在年级或班级一栏。",
    "Name a club; whole classes go into the column of grades or classes.",
)
NOBODY_COMES = error(
    "没有一个班级参加“{name}”。",
    "No class takes part in “{name}”.",
    "请核对年级和班级。",
    "Check its grades and classes.",
)
RESERVE_CLOSED = error(
    "备用日期{reserve}不是可以举行活动的课后服务日（放假、考试周或学期之外）。",
    "The reserve date {reserve} is no service day with events (holiday, exam weeks, or outside"
    " the term).",
    "请另选一天。",
    "Choose another day.",
)
RESERVE_EARLY = error(
    "备用日期{reserve}应晚于“{name}”最早可能举行的一天（{first}）。",
    "The reserve date {reserve} is not after the first day on which “{name}” may be ({first}).",
    "请选更晚的一天。",
    "Choose a later day.",
)
WISH_IMPOSSIBLE = warning(
    "“{name}”希望的日期里没有一天可以举行。",
    "“{name}” cannot be on any of its wished dates.",
    "请核对希望日期与最早、最晚日期；现在它不起作用。",
    "Check the wished dates against the first and last; they have no effect now.",
)
NOT_REHEARSED = warning(
    "“{name}”要彩排{wanted}次，最晚的日期之前只排得下{fit}次，会排不进去。",
    "“{name}” has {wanted} rehearsals, and before its last date there is room for {fit}: it cannot"
    " be placed.",
    "请减少彩排次数或间隔，或放宽日期。",
    "Ask for fewer rehearsals or a shorter gap, or widen the dates.",
)
AGREED_AND_NOT = warning(
    "{staff}写在“{name}”的自愿人员里，却在“活动意愿”表里填了不行，不会被安排。",
    "{staff} is among those who agreed to “{name}” and says no to it on sheet Activity wishes:"
    " nothing is assigned.",
    "请核对后改其中一处。",
    "Find out which is right, and correct the other.",
)
COLLIDE = warning(
    "“{name}”与“{other}”只能在同一时间举行，又需要同样的班级、社团、场地或人员，其中一项会排不进去。",
    "“{name}” and “{other}” can only be at the same time and need the same classes, clubs, venues"
    " or people: one of them cannot be placed.",
    "请放宽其中一项的日期或时段，或改用别的场地、人员。",
    "Widen the dates or segments of one of them, or give it other venues or people.",
)
VENUE_CLOSED = warning(
    "“{name}”可选的每一天，场地“{room}”都停用，会排不进去。",
    "The venue “{room}” is closed on every date of “{name}”, which cannot be placed.",
    "请换场地，放宽日期，或核对场地的停用日期。",
    "Use another venue, widen the dates, or check when the room is closed.",
)
ORGANIZER_AWAY = warning(
    "“{name}”可选的每一天，必到人员{staff}都不在校，会排不进去。",
    "{staff} is away on every date of “{name}”, which cannot be placed.",
    "请换人，放宽日期，或核对请假。",
    "Name somebody else, widen the dates, or check the leave.",
)
FREE_VENUES = error(
    "“{name}”只占用场地，却没有填场地。",
    "“{name}” displaces what is in its venues and has no venue.",
    "请填场地，或在“占用”一栏另选。",
    "Fill in its venues, or choose something else in the column of what it displaces.",
)
VENUES_SMALL = warning(
    "“{name}”有{children}名学生参加，场地共容{capacity}人。",
    "{children} children take part in “{name}”, and its venues hold {capacity}.",
    "请加上场地，或减少参加的班级。",
    "Add a venue, or let fewer classes take part.",
)
NO_SKILLED = warning(
    "没有人会“{skill}”，“{name}”的这个岗位会空缺。",
    "Nobody has the skill “{skill}”, so this post of “{name}” stays open.",
    "请核对技能的写法，或在“教师”表加上。",
    "Check the spelling, or add the skill on the sheet of staff.",
)
TOO_FEW_AGREED = warning(
    "“{name}”有{posts}个岗位，自愿参加的只有{agreed}人。",
    "“{name}” has {posts} {posts:post|posts}, and only {agreed} "
    "{agreed:person has|people have} agreed to take part.",
    "请在“自愿人员”一栏或“活动意愿”表补上，或在“免意愿”一栏填“是”（仅限教学时间内）。",
    "Add people to the column Agreed or to sheet Activity wishes, or mark it as within teaching"
    " hours.",
)
