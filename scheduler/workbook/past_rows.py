"""Rows of the Sessions sheet that are history: shown, and never edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from instances.problems import Place, Problem, error
from instances.text import shown
from instances.timetable import Session
from scheduler.workbook.session_places import Cell
from scheduler.workbook.sheet import Value
from scheduler.workbook.view import View

HISTORY = error(
    "{since}之前是历史，不能修改；此格原为“{old}”。",
    "What lies before {since} is history and cannot be edited; the cell was '{old}'.",
    "请恢复此格；这份课表自{since}起有效，只能改这一天及以后的场次。",
    "Restore the cell. This timetable holds from {since}; edit sessions from that date on.",
)
HISTORY_GONE = error(
    "{since}之前的历史场次缺少 {count} 行，第一行是 {date} {segment} {activity}。",
    "{count} {count:row|rows} of the history before {since} {count:is|are} missing, the first "
    "is {date} {segment} "
    "{activity}.",
    "请恢复这些行（可从原文件复制）；不想看到时可以筛选或隐藏。",
    "Restore them from the original file; filter or hide rows that you do not want to see.",
)


def past_edited(
    view: View, changed: Mapping[int, Cell], before: Sequence[Value]
) -> Iterator[Problem]:
    """What is wrong with each cell of a row of the past that is no longer what it was."""
    since = view.timetable.since
    for column, (_, place) in changed.items():
        yield HISTORY.at(place, since=since, old=shown(before[column - 1]))


def past_gone(view: View, title: str, gone: Sequence[Session]) -> Iterator[Problem]:
    """One problem for all rows of the past that are missing."""
    past = [session for session in gone if view.is_past(session)]
    if past:
        one = past[0]
        facts = {"date": one.date, "segment": one.segment, "activity": one.post.activity}
        place = Place(title, None, one.key)
        yield HISTORY_GONE.at(place, since=view.timetable.since, count=len(past), **facts)
