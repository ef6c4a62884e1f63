"""Rooms of a date shared out among all groups at once, where one after the other finds none.

A group in care must be somewhere. A club may move to another of its rooms or, as a last resort,
not take place; its children are in care then, so that their class may need a room that it did not
need before. So all of this is decided together, by a small exact model of one date: fewest groups
without a room, then fewest children whose club is cancelled, then fewest moves.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.model import Expr, Literal, total, weighted
from constraints.rooms import children_in_room, forsaken
from instances.demand import is_movable
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.free_rooms import group_of, open_rooms
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

EFFORT = Effort(deterministic=2)
ONE = Settings(workers=1)

Decision = tuple[Session, str | None]
"""A session and its room; ``None``: it does not take place."""
Literals = dict[str, Literal]


@dataclass(frozen=True, eq=False)
class _Part:
    """Sessions of a group that are in one room on a date; a club's whole meeting is one.

    ``more``: further sessions of it, if one of ``clubs`` is cancelled; where there are no others,
    the group needs a room only then. ``counts``: whether it takes up a room; not where nobody
    leads it.
    """

    sessions: tuple[Session, ...]
    more: tuple[Session, ...]
    movable: bool
    rooms: tuple[str, ...]
    clubs: frozenset[str]
    counts: bool

    @property
    def every(self) -> tuple[Session, ...]:
        return *self.sessions, *self.more

    @property
    def room(self) -> str | None:
        """Where it is, if nothing is done."""
        return self.every[0].room


def share_rooms(
    context: Context, timetable: Timetable, dates: Collection[dt.date]
) -> Iterator[Decision]:
    """What is to be elsewhere on some dates than a timetable has it, or is cancelled.

    What still finds no room is not among it: no way to share out the rooms on that date would do.
    """
    now = context.expansion(timetable)
    without = Expansion(context.demand, _without_clubs(context, timetable, now, dates))
    for date in sorted(dates):
        here, all_in_care = (
            [s for s in one.sessions if s.date == date and _is_placed(context, s)]
            for one in (now, without)
        )
        yield from _Day(context, now, here, all_in_care).decided()


def _is_placed(context: Context, session: Session) -> bool:
    return session.takes_place and session.room in context.instance.room_by_name


def _without_clubs(
    context: Context, timetable: Timetable, expansion: Expansion, dates: Collection[dt.date]
) -> Timetable:
    """A timetable without any club on some dates."""
    changes = dict(timetable.changes)
    for session in expansion.sessions:
        if session.date in dates and session.takes_place and _is_movable(context, session):
            known = changes.get(session.key, DatedChange())
            changes[session.key] = known.model_copy(update={"room": None, "cancelled": True})
    return timetable.model_copy(update={"changes": changes})


def _is_movable(context: Context, session: Session) -> bool:
    return is_movable(context.instance.activity_by_name[session.post.activity])


class _Day:
    def __init__(
        self,
        context: Context,
        expansion: Expansion,
        sessions: list[Session],
        all_in_care: list[Session],
    ) -> None:
        self.context = context
        self.at = expansion.at_events
        self.expansion = expansion
        self.cp = cp_model.CpModel()
        empty = forsaken(context.instance, sessions)
        known = {session.key for session in sessions}
        here = self._grouped(sessions)
        more = self._grouped(session for session in all_in_care if session.key not in known)
        self.parts = [
            self._part(here.get(key, []), more.get(key, []), empty) for key in here | more
        ]

    def decided(self) -> Iterator[Decision]:
        """What is to be elsewhere, or cancelled."""
        found, rooms, cancelled = self._solve()
        if found.solution is None:
            return
        for part, literals in zip(self.parts, rooms, strict=True):
            room = next((name for name, one in literals.items() if found.true(one)), None)
            gone = part.movable and found.true(cancelled[part])
            for session in self._there(part, found, cancelled):
                if gone:
                    yield session, None
                elif room is not None and room != session.room:
                    yield session, room

    def _there(
        self, part: _Part, found: Found, cancelled: dict[_Part, Literal]
    ) -> tuple[Session, ...]:
        """The sessions of a part that there are then."""
        lost = (p for p in self.parts if p.movable and p.sessions[0].post.activity in part.clubs)
        return part.every if any(found.true(cancelled[one]) for one in lost) else part.sessions

    def _grouped(self, sessions: Iterable[Session]) -> dict[object, list[Session]]:
        """Whole meetings of clubs; of other groups each segment, and each room that they have."""
        found: dict[object, list[Session]] = defaultdict(list)
        for session in sessions:
            movable = _is_movable(self.context, session)
            apart = session.origin if movable else session.segment
            found[group_of(session), apart, session.room].append(session)
        return found

    def _part(
        self, here: list[Session], more: list[Session], empty: Collection[tuple[str, dt.date]]
    ) -> _Part:
        some = here or more
        rooms = dict.fromkeys(open_rooms(self.context, some, self.at))
        if not any(self._must_leave(session) for session in some):
            rooms[some[0].room or ""] = None
        movable = _is_movable(self.context, some[0])
        clubs = self._takers(more[0]) if more else frozenset[str]()
        counts = (some[0].post.activity, some[0].origin) not in empty
        return _Part(tuple(here), tuple(more), movable, tuple(rooms), clubs, counts)

    def _must_leave(self, session: Session) -> bool:
        name = session.room or ""
        closed = self.context.instance.room_by_name[name].is_closed_on(session.date)
        event = self.at.in_room(name, session.date, session.start, session.end)
        return closed or event is not None

    def _takers(self, session: Session) -> frozenset[str]:
        """The clubs that take the children of a group out of care."""
        need = self.expansion.need_on(session.post, session.day)
        return frozenset() if need is None else frozenset(one.activity for one in need.takers)

    def _solve(self) -> tuple[Found, list[Literals], dict[_Part, Literal]]:
        cp = self.cp
        rooms: list[Literals] = [
            {name: cp.new_bool_var("") for name in part.rooms} for part in self.parts
        ]
        nowhere = {part: cp.new_bool_var("") for part in self.parts}
        clubs: dict[str, list[Literal]] = defaultdict(list)
        for part in self.parts:
            if part.movable:
                clubs[part.sessions[0].post.activity].append(nowhere[part])
        for part, literals in zip(self.parts, rooms, strict=True):
            somewhere = [*literals.values(), nowhere[part]]
            if part.sessions:
                cp.add_exactly_one(somewhere)
                continue
            cp.add_at_most_one(somewhere)
            for cancelled in (one for club in part.clubs for one in clubs[club]):
                cp.add(total(somewhere) >= cancelled)
        self._limit(rooms)
        found = search(
            cp, self._cost(rooms, nowhere), Control(), ONE, EFFORT, Stage.COVERS, told=False
        )
        return found, rooms, nowhere

    def _limit(self, rooms: list[Literals]) -> None:
        """No more groups and children in a room at a time than it holds."""
        known = self.context.instance.room_by_name
        uses: dict[tuple[str, dt.time], list[tuple[Literal, int]]] = defaultdict(list)
        for moment in sorted({s.start for part in self.parts for s in part.every}):
            for part, literals in zip(self.parts, rooms, strict=True):
                now = [s for s in part.every if s.start <= moment < s.end]
                if part.counts and now:
                    children = max(children_in_room(self.context.instance, s) for s in now)
                    for name, literal in literals.items():
                        most = min(children, known[name].capacity)
                        uses[name, moment].append((literal, most))
        for (name, _), here in uses.items():
            room = known[name]
            if len(here) > room.groups:
                self.cp.add(total(literal for literal, _ in here) <= room.groups)
            if room.groups > 1 and len(here) > 1:
                self.cp.add(weighted(here) <= room.capacity)

    def _cost(self, rooms: list[Literals], nowhere: dict[_Part, Literal]) -> Expr:
        """Groups without a room, children whose club is cancelled, moves: the worst first."""
        moves = [
            (literal, len(part.every))
            for part, literals in zip(self.parts, rooms, strict=True)
            for name, literal in literals.items()
            if name != part.room
        ]
        child = 1 + sum(len(part.every) for part in self.parts)
        clubs = [part for part in self.parts if part.movable]
        children = {part: 1 + max(s.children for s in part.sessions) for part in clubs}
        group = child * (1 + sum(children.values()))
        lost = [
            (literal, child * children[part] if part.movable else group * len(part.every))
            for part, literal in nowhere.items()
        ]
        return weighted([*moves, *lost])
