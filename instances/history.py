"""What took place before a rerun: rows that never change again.

A rerun plans from a date on. What lies before it is kept as it was, whatever has become of
its people, classes and activities since: so each row carries all that a sheet shows of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cached_property

from instances.school import Record
from instances.words import EventKind, Kind, Role, Status, Weekday


class PastSession(Record):
    """One post on one date, as it took place (or did not: ``takes_place``)."""

    key: str
    date: dt.date
    follows: Weekday
    week: int
    segment: str
    start: dt.time
    end: dt.time
    activity: str
    kind: Kind
    classes: tuple[str, ...] = ()
    role: Role
    number: int = 1
    line: str
    movable: bool = False
    group: str | None = None
    room: str | None = None
    usual_room: str | None = None
    staff: str | None = None
    planned: str | None = None
    status: Status
    children: int = 0
    load: int = 0
    reason: str = ""
    takes_place: bool = True
    moved_to: tuple[dt.date, str] | None = None
    moved_from: tuple[dt.date, str] | None = None
    event: EventKind | None = None


class History(Record):
    """The sessions before ``since``, the first date that is still planned."""

    since: dt.date
    sessions: tuple[PastSession, ...] = ()

    @cached_property
    def loads(self) -> Counter[str]:
        """Hundredths of a unit that each person worked."""
        found: Counter[str] = Counter()
        for session in self._worked:
            found[session.staff or ""] += session.load
        return found

    @cached_property
    def places(self) -> Counter[str]:
        """Posts that each person held, one for each date and segment; events are on top."""
        return Counter(s.staff or "" for s in self._worked if s.event is None)

    @cached_property
    def places_in_week(self) -> Counter[tuple[str, int]]:
        """The same, by person and week."""
        return Counter((s.staff or "", s.week) for s in self._worked if s.event is None)

    @cached_property
    def covers(self) -> Counter[str]:
        """Posts that each person held in the place of somebody else."""
        return Counter(s.staff or "" for s in self._worked if s.status is Status.COVER)

    @cached_property
    def _worked(self) -> tuple[PastSession, ...]:
        return tuple(s for s in self.sessions if s.staff is not None and s.takes_place)
