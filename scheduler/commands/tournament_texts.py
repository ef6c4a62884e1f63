"""The sentences of the command tournament."""

from __future__ import annotations

from instances.messages import Label
from instances.problems import error

NO_TOURNAMENT = error(
    "“{value}”里没有比赛。",
    "“{value}” has no tournament.",
    "请在“比赛”表填写比赛名称和场地，再运行一次。",
    "Fill in name and venues on the sheet Tournaments and run this again.",
)
NOT_A_DATE = error(
    "“{value}”不是日期。",
    "“{value}” is not a date.",
    "请写成 2026-10-13 或 10月13日。",
    "Write it as 2026-10-13.",
)
FAILED = Label(
    "编排结果没有通过审核，因此不输出。这是程序的错误，请告诉维护者：",
    "The fixtures did not pass their audit and are not shown. Please report this fault:",
)
