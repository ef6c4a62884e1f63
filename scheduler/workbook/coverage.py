"""How many of the dated posts are filled, per segment and per class."""

from __future__ import annotations

from collections.abc import Hashable

from instances.messages import Label
from instances.timetable import Session
from instances.words import Weekday
from scheduler.workbook.view import View

Rate = tuple[int, int]
"""Filled, and all."""

ALL = Label("全部岗位", "All posts")
CLUBS = Label("社团（全部）", "Clubs (all)")
DUTIES = Label("值班（全部）", "Duties (all)")


def percent(filled: int, every: int) -> float | None:
    """The share filled; nothing where there is no post. Only all filled is 100 %."""
    if not every:
        return None
    return 1.0 if filled == every else min(0.99, filled / every)


def segment_rows(view: View) -> list[tuple[str, list[Rate]]]:
    """Per segment, and for everything."""
    count = _Count(view)
    for session in view.sessions:
        count.add(session.segment, session)
        count.add(ALL, session)
    names = [(segment.name, segment.name) for segment in view.instance.segments]
    return count.rows([*names, (ALL.text(view.lang), ALL)])


def class_rows(view: View) -> list[tuple[str, list[Rate]]]:
    """Per class the posts of its own groups; then all clubs, and all duties."""
    count = _Count(view)
    for session in view.sessions:
        post = session.post
        if post.option is not None:
            count.add(CLUBS, session)
        elif not post.classes:
            count.add(DUTIES, session)
        else:
            for name in post.classes:
                count.add(name, session)
    names: list[tuple[str, Hashable]] = [(c.name, c.name) for c in view.instance.classes]
    return count.rows([*names, (CLUBS.text(view.lang), CLUBS), (DUTIES.text(view.lang), DUTIES)])


class _Count:
    def __init__(self, view: View) -> None:
        self.days = view.weekdays
        self.filled: dict[tuple[Hashable, Weekday], int] = {}
        self.every: dict[tuple[Hashable, Weekday], int] = {}

    def add(self, what: Hashable, session: Session) -> None:
        if not session.takes_place or session.event:
            return
        key = (what, session.day.weekday)
        self.every[key] = self.every.get(key, 0) + 1
        if session.staff is not None:
            self.filled[key] = self.filled.get(key, 0) + 1

    def rows(self, names: list[tuple[str, Hashable]]) -> list[tuple[str, list[Rate]]]:
        rows = []
        for name, what in names:
            parts = [
                (self.filled.get((what, day), 0), self.every.get((what, day), 0))
                for day in self.days
            ]
            total = (sum(f for f, _ in parts), sum(e for _, e in parts))
            if total[1]:
                rows.append((name, [*parts, total]))
        return rows
