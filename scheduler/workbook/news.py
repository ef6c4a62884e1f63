"""What is new in a timetable that was made from another, as its sheets show it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from instances.calendar import Calendar
from instances.timetable import Session
from instances.words import Role, Weekday
from scheduler.change_groups import ChangeGroup, group_changes
from scheduler.change_texts import movable
from scheduler.changes import ChangeKind, base_line
from scheduler.result import Published

NOTHING: frozenset[ChangeKind] = frozenset()
ABOUT_STAFF = frozenset(ChangeKind) - {ChangeKind.ROOM, ChangeKind.TIME}


def _gone_clubs(published: Published) -> frozenset[str]:
    """Clubs that the input before had, and this one has not: they had a leader."""
    known = published.instance.activity_by_name
    led = (change for change in published.changes if change.role is Role.LEADER)
    return frozenset(change.activity for change in led if change.activity not in known)


class News:
    """The changes of a published term, by weekly post and by date; ``sessions`` are its own."""

    def __init__(
        self, published: Published, sessions: Iterable[Session], calendar: Calendar
    ) -> None:
        self.published = published
        self.sessions = tuple(sessions) if published.changes else ()
        self.calendar = calendar
        self.clubs = movable(published.instance) | _gone_clubs(published)

    @cached_property
    def groups(self) -> tuple[ChangeGroup, ...]:
        return group_changes(self.published.changes, self.sessions, self.calendar)

    @cached_property
    def _pattern(self) -> dict[tuple[str, Weekday], frozenset[ChangeKind]]:
        """What has changed for good, by line and weekday: up to its last date, as its week is."""
        exceptions = self.published.timetable.changes
        regular = {
            (base_line(session.post.line), session.date)
            for session in self.sessions
            if session.key not in exceptions and session.moved_from is None
        }
        found: dict[tuple[str, Weekday], frozenset[ChangeKind]] = defaultdict(frozenset)
        for group in self.groups:
            line = base_line(group.one.line)
            if group.goes_on and any((line, date) in regular for date in group.dates):
                found[line, group.weekday] |= frozenset(group.one.kinds)
        return found

    @cached_property
    def _dated(self) -> dict[tuple[str, dt.date], frozenset[ChangeKind]]:
        found: dict[tuple[str, dt.date], frozenset[ChangeKind]] = defaultdict(frozenset)
        for change in self.published.changes:
            found[base_line(change.line), change.date] |= frozenset(change.kinds)
        return found

    def of_line(self, line: str, weekday: Weekday) -> frozenset[ChangeKind]:
        """What has changed for good about a line of posts on a weekday."""
        return self._pattern.get((base_line(line), weekday), NOTHING)

    def of_session(self, session: Session) -> frozenset[ChangeKind]:
        """What has changed about a session."""
        return self._dated.get((base_line(session.post.line), session.date), NOTHING)

    def any_of(self, sessions: Iterable[Session]) -> bool:
        return any(self.of_session(session) for session in sessions)
