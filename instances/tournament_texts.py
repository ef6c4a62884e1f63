"""What is said about tournaments that do not fit together."""

from __future__ import annotations

from instances.problems import error, warning

UNKNOWN_TOURNAMENT = error(
    "没有名为“{name}”的比赛。",
    "There is no tournament called “{name}”.",
    "请核对“比赛”表，或在那里加上它。",
    "Check the sheet of tournaments, or add it there.",
)
SCORE_MISSING = error(
    "比分不完整。",
    "The score is not complete.",
    "请填写两队的得分；还没有比赛的，不要列在这张表里。",
    "Enter the scores of both teams; leave out matches that have not been played.",
)
TOO_FEW_TEAMS = error(
    "“{name}”只有{count}队，不能比赛。",
    "“{name}” has {count} team(s), which is too few.",
    "请填写至少有{least}个班的年级或班级。",
    "Name grades or classes with at least {least} classes.",
)
GROUP_TOO_SMALL = error(
    "{teams}队分成{groups}组，最小的一组只有{least}队，不能出线{advance}队。",
    "{teams} teams in {groups} groups leave {least} in the smallest: {advance} cannot advance.",
    "请减少小组数或每组出线的队数。",
    "Have fewer groups, or fewer that advance.",
)
BACKWARDS = error(
    "比赛结束（{end}）早于开始（{start}）。",
    "The tournament ends ({end}) before it starts ({start}).",
    "请核对日期和年份。",
    "Check the dates and the year.",
)
NO_DATE = error(
    "“{name}”没有一天可以比赛：期间没有课后服务，或都是考试周、停赛日。",
    "“{name}” has no date to play on: no service then, or only exam weeks and dates lost.",
    "请核对开始、结束、星期、时段和停赛日期；考试周不安排比赛。",
    "Check start, end, weekdays, segments and dates lost; nothing is played in exam weeks.",
)
TOO_MANY_COURTS = error(
    "场地一共只有{held}片，少于{courts}片。",
    "The venues hold {held} court(s), fewer than {courts}.",
    "请减少片数、增加场地，或在“场地”表修改“可容组数”。",
    "Ask for fewer, add a venue, or correct column Groups of sheet Rooms.",
)
MATCH_TOO_LONG = error(
    "一场{minutes}分钟，比每个时段都长（最长{longest}分钟）。",
    "A match of {minutes} minutes is longer than every segment (at most {longest}).",
    "请缩短每场时间，或另选时段。",
    "Shorten the match, or choose other segments.",
)
REST_AND_PER_DAY = error(
    "一天可赛{per_day}场，又要间隔{rest_days}天，互相矛盾。",
    "{per_day} matches a day contradict {rest_days} rest {rest_days:day|days} between matches.",
    "要间隔几天时，每队每天只能1场。",
    "With rest days between matches, a team plays one match a day.",
)
WRONG_GRADES = error(
    "时段“{segment}”不是给“{name}”参赛年级的。",
    "Segment “{segment}” serves none of the grades that play in “{name}”.",
    "请另选时段，或留空。",
    "Choose another segment, or leave it blank.",
)
NOBODY_MAY = error(
    "没有人可以做“{name}”的裁判：没有人具备所需专长{skills}。",
    "Nobody can referee “{name}”: nobody has the skills {skills}.",
    "请核对专长，或在“教师”表为能担任的人加上。",
    "Check the skills, or add them to people on the sheet of staff.",
)
AGREED_WITHOUT_SKILL = warning(
    "{staff}同意担任裁判，但没有专长{skills}，不会安排。",
    "{staff} agreed to referee but lacks the skills {skills} and will not be asked.",
    "请在“教师”表补上专长，或去掉对裁判专长的要求。",
    "Add the skills on the sheet of staff, or ask for none.",
)
NOT_PLAYING = error(
    "{team}不参加“{name}”。",
    "{team} does not play in “{name}”.",
    "请核对班级，或在“比赛”表加上它。",
    "Check the class, or add it on the sheet of tournaments.",
)
AGAINST_ITSELF = error(
    "{team}不能和自己比赛。",
    "{team} cannot play itself.",
    "请核对两队。",
    "Check the two teams.",
)
MET_TOO_OFTEN = error(
    "{home}和{away}在“{name}”中最多相遇{most}次，这是多出来的一次。",
    "{home} and {away} meet at most {most} time(s) in “{name}”; this is one more.",
    "请删去重复的一行。",
    "Delete the row that is there twice.",
)
KNOCKOUT_DRAW = error(
    "淘汰赛不能是平局（{score}:{score}）。",
    "A knock-out match cannot end level ({score}:{score}).",
    "请填写含加时或点球的比分。",
    "Enter the score with extra time or penalties.",
)
