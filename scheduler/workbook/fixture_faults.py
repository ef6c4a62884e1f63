"""What is said about a file of fixtures that cannot be read as it stands."""

from __future__ import annotations

from instances.problems import error, warning

NO_SHEET = error(
    "文件里没有“{name}”表，或表里没有“{key}”这一列。",
    "The file has no sheet “{name}”, or none with a column “{key}”.",
    "请给出命令 tournament 写出的文件，不要改动标题。",
    "Give the file that the command tournament wrote, and leave its headings as they are.",
)
BAD_JSON = error(
    "文件不是命令 tournament 写出的 JSON（{cause}）。",
    "The file is not JSON as the command tournament writes it ({cause}).",
    "请给出它写出的文件。",
    "Give the file that it wrote.",
)
STRANGE_KEY = warning(
    "现在没有“{value}”这一场，已略过。",
    "There is no match “{value}” now; it was left out.",
    "如果参赛班级或赛制有改动，可以不管。",
    "If the teams or the form have changed, leave it.",
)
KEY_TWICE = error(
    "“{value}”有两行（另见{other}）。",
    "“{value}” has two rows (see {other}).",
    "请删去多出来的一行。",
    "Delete one of them.",
)
ONE_SCORE = error(
    "只填了一队的得分。",
    "Only one team's score is there.",
    "请补上另一队的得分，或都留空。",
    "Enter the other one too, or leave both blank.",
)
SCORE_RANGE = error(
    "得分“{value}”不在0到999之间。",
    "The score “{value}” is not between 0 and 999.",
    "请填整数，例如12。",
    "Enter a whole number, such as 12.",
)
PLACE_INCOMPLETE = error(
    "这一场的日期、时间或场地不完整。",
    "Date, time or room of this match is incomplete.",
    "请补全日期、开始、结束、场地和时段，或把日期清空，让程序重新安排。",
    "Complete date, start, end, room and segment, or clear the date to have it placed anew.",
)
EARLY_SCORE = error(
    "这一场还不知道由谁参加，却已有比分。",
    "It is not known yet who plays this match, but it has a score.",
    "请先填写之前各场的比分。",
    "Enter the scores of the matches before it first.",
)
CONTRADICTS = error(
    "比分与学校工作簿“比赛成绩”表中的{other}不同。",
    "The score differs from {other} on the school workbook's sheet Match results.",
    "请改正其中一处。",
    "Correct one of the two.",
)
