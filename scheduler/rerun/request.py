"""What a rerun is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from instances.school import Instance
from instances.timetable import Timetable
from scheduler.result import Published


@dataclass(frozen=True)
class Request:
    """A changed school, and the date from which its timetable may differ.

    ``published`` is the old timetable, ``timetable`` the same with edits by hand, ``locked`` the
    lines that these edits are about and the clubs from which they take every time, ``recorded`` the
    old one with edits of single dates alone: what lies before the date, ``emptied`` the sessions to
    which nobody is to come. ``allow``: changes that quality may cost on top; ``offer``: whether to
    find out what a few would buy.
    """

    instance: Instance
    published: Published
    timetable: Timetable
    since: dt.date
    allow: int = 0
    offer: bool = False
    locked: frozenset[str] = frozenset()
    recorded: Timetable | None = None
    emptied: frozenset[str] = frozenset()

    @property
    def edited(self) -> frozenset[str]:
        """The sessions, by key, whose exceptions were changed by hand."""
        old, new = self.published.timetable.changes, self.timetable.changes
        return frozenset(key for key, change in new.items() if old.get(key) != change)

    @property
    def nothing_new(self) -> bool:
        """Whether neither the school nor the timetable differs from what was published."""
        old = self.published
        return old.instance == self.instance and old.timetable == self.timetable
