"""Which children are in something other than care, date by date.

A club that nobody leads does not take its children; one moved to another time takes them
there instead.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from instances.arrivals import came_from_history
from instances.blocks import Block
from instances.demand import Demand, Need, Taker, principal_role
from instances.headcount import present_at
from instances.words import Role

if TYPE_CHECKING:
    from instances.at_events import Going
    from instances.timetable import Session

Meeting = tuple[str, int, dt.date]
"""A movable activity, its option, and the date in the pattern."""


@dataclass(frozen=True)
class Visit:
    """A session that takes children at another time than the pattern says."""

    session: Session
    whole: bool

    def shares_time(self, date: dt.date, start: dt.time, end: dt.time) -> bool:
        session = self.session
        return session.date == date and session.start < end and start < session.end


class Attendance:
    """Who is where, from the sessions of everything but care."""

    def __init__(
        self, demand: Demand, sessions: Iterable[Session], since: dt.date | None = None
    ) -> None:
        self.demand = demand
        self.since = since
        activities = demand.instance.activity_by_name
        self._principal = {name: principal_role(activities[name]) for name in demand.options}
        self._clubs: dict[dt.date, list[Session]] = defaultdict(list)
        self._led: set[Meeting] = set()
        self.visits: list[Visit] = []
        self._sort(sessions)

    def _sort(self, sessions: Iterable[Session]) -> None:
        """Meetings as the pattern has them, and those of which any part was moved."""
        failed: set[Meeting] = set()
        moved: set[Meeting] = set()
        for session in sessions:
            post = session.post
            if post.option is None:
                if session.moved_from is not None and post.classes and session.takes_place:
                    self.visits.append(Visit(session, whole=True))
                continue
            if not self._counts(session):
                continue
            meeting = (post.activity, post.option, session.origin)
            if came_from_history(session, self.since):
                moved.add(meeting)
            self._clubs[session.date].append(session)
            (self._led if self._takes(session) else failed).add(meeting)
            if session.moved_to is not None:
                moved.add(meeting)
        self._led -= failed | moved
        if moved:
            self._visit(moved)

    def _visit(self, moved: set[Meeting]) -> None:
        """What is left of meetings that were moved, wholly or in part, each segment by itself."""
        found: dict[object, list[Session]] = defaultdict(list)
        for sessions in self._clubs.values():
            for session in sessions:
                post = session.post
                if post.option is not None and session.moved_to is None:
                    meeting = (post.activity, post.option, session.origin)
                    if meeting in moved:
                        found[meeting, session.date, session.segment].append(session)
        for here in found.values():
            if all(self._takes(session) for session in here):
                self.visits.append(Visit(here[0], whole=False))

    def _counts(self, session: Session) -> bool:
        """Whether a post decides if children can be there."""
        principal: Role | None = self._principal[session.post.activity]
        return principal in (None, session.post.role)

    def _takes(self, session: Session) -> bool:
        unled = self._principal[session.post.activity] is not None and session.staff is None
        return session.takes_place and not unled

    def attends(self, taker: Taker, date: dt.date) -> bool:
        """Whether an activity takes its children on a date, where the pattern has it."""
        return taker.option is None or (taker.activity, taker.option, date) in self._led

    def away_from(self, need: Need, date: dt.date, events: Collection[Going] = ()) -> int:
        """Children of a need that are not in care: in activities, or at an event as whole
        classes or as the children of a club."""
        if not events:
            led = self._led
            return sum(
                taker.children
                for taker in need.takers
                if taker.option is None or (taker.activity, taker.option, date) in led
            )
        teams = frozenset[str]().union(*(one.clubs for one in events))
        attended = [t for t in need.takers if t.activity in teams or self.attends(t, date)]
        away = frozenset[str]().union(*(one.classes for one in events))
        names = [name for name in need.group.classes if name not in away]
        whole = [name for name in need.group.classes if name in away]
        clubs = {taker.activity for taker in attended} | teams
        gone = sum(self.demand.taken.get(club, {}).get(name, 0) for club in clubs for name in names)
        return gone + (present_at(self.demand.instance, whole, need.block) if whole else 0)

    def visiting(
        self, classes: Collection[str], block: Block, date: dt.date, clock: tuple[dt.time, dt.time]
    ) -> int:
        """Children of ``classes`` in what was moved to this time, from anywhere."""
        return sum(
            self._taken(visit, classes, block)
            for visit in self.visits
            if visit.shares_time(date, *clock)
        )

    def away(self, classes: Collection[str], date: dt.date, clock: tuple[dt.time, dt.time]) -> int:
        """Children of ``classes`` in any club or other activity at a time."""
        clubs = {
            session.post.activity
            for session in self._clubs[date]
            if self._takes(session) and Visit(session, whole=False).shares_time(date, *clock)
        }
        return sum(
            self.demand.taken.get(club, {}).get(name, 0) for club in clubs for name in classes
        )

    def _taken(self, visit: Visit, classes: Collection[str], block: Block) -> int:
        post = visit.session.post
        if visit.whole:
            names = [name for name in post.classes if name in classes]
            return present_at(self.demand.instance, names, block)
        taken = self.demand.taken.get(post.activity, {})
        return sum(taken.get(name, 0) for name in classes)
