"""Edits by hand of single dates that a must stands against: taken back before anything is planned.

An edit says when and where a meeting is on one date, whether it takes place, or with whom it is
merged. It is looked at in what was published, carried over to the changed school, once what has to
leave its room has done so. Who comes is not looked at: others can be found for that.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from constraints.context import Context
from constraints.rule import Finding
from instances.timetable import DatedChange, Session, Timetable, moved_key
from scheduler.audit import broken
from scheduler.changes import base_line
from scheduler.free_rooms import holds, open_rooms
from scheduler.rerun.carry import carry_over
from scheduler.rerun.reference import Matched, Reference
from scheduler.rerun.request import Request
from scheduler.rooms_by_date import move_out_of_closed_rooms

Changes = Mapping[str, DatedChange]
NONE = DatedChange()
PLACE = ("room", "cancelled", "to", "into")
"""What an exception says but who comes."""


@dataclass(frozen=True, eq=False)
class Meeting:
    """What was edited of one meeting on one date: ``keys`` of its sessions, as :func:`plain_key`
    has them, and the ``dates`` that it is about."""

    activity: str
    keys: frozenset[str]
    dates: frozenset[dt.date]

    def may_break(self, finding: Finding) -> bool:
        """Whether a breach may be due to it, by the activity or date that the breach names."""
        where = finding.where
        sessions = [*where.get("sessions", ()), *filter(None, [where.get("session")])]
        dates = {key[:8] for key in sessions}
        if "date" in where:
            dates.add(where["date"].replace("-", ""))
        if dates:
            return any(f"{date:%Y%m%d}" in dates for date in self.dates)
        return bool(where.get("activity", self.activity) == self.activity)


class Much(Enum):
    """How much of the edits of a meeting is left."""

    ALL = 0
    ELSEWHERE = 1
    """All but the room."""
    NOTHING = 2


@dataclass(frozen=True)
class State:
    """What is left of the edits of a meeting; ``room``: where it is instead on its new date."""

    much: Much
    room: str | None = None


KEPT, DROPPED = State(Much.ALL), State(Much.NOTHING)
States = Mapping[Meeting, State]


def plain_key(key: str) -> str:
    """A session's key without the number of its need, which depends on where clubs meet."""
    base, moved, _ = key.partition(moved_key(""))
    return base_line(base) + moved


def meetings_edited(request: Request) -> tuple[Meeting, ...]:
    """The meetings of which a date was edited in more than who comes."""
    old, new = request.published.timetable.changes, request.timetable.changes
    touched = {
        key
        for key in old.keys() | new.keys()
        if any(getattr(old.get(key, NONE), a) != getattr(new.get(key, NONE), a) for a in PLACE)
    }
    if not touched:
        return ()
    found: dict[object, list[Session]] = defaultdict(list)
    bases = {key.removesuffix(moved_key("")) for key in touched}
    for session in _reference(request, request.timetable).expansion.sessions:
        if session.key.removesuffix(moved_key("")) in bases:
            found[session.post.activity, session.post.group, session.origin].append(session)
    meetings = (
        Meeting(
            some[0].post.activity,
            frozenset(plain_key(key) for one in some for key in (one.key, moved_key(one.key))),
            frozenset(_dates_of(some)),
        )
        for some in found.values()
    )
    return tuple(one for one in meetings if max(one.dates) >= request.since)


def taken_back(request: Request, states: States) -> Request:
    """The request without some edits; people whom they name stay where they are possible."""
    if all(state == KEPT for state in states.values()):
        return request
    edited = request.timetable.changes
    changes = _mixed(edited, _without(request, tuple(states)), states)
    timetable = request.timetable.model_copy(update={"changes": changes})
    return replace(request, timetable=timetable)


def without_impossible(request: Request) -> Request:
    """The request without the edits of single dates that break a must, whoever comes."""
    meetings = meetings_edited(request)
    return taken_back(request, _Trials(request, meetings).run()) if meetings else request


def _reference(request: Request, timetable: Timetable) -> Reference:
    instance = request.published.instance
    return Reference(instance, timetable, request.since, request.recorded, request.emptied)


def _dates_of(sessions: list[Session]) -> Iterator[dt.date]:
    for session in sessions:
        yield session.date
        if session.moved_to is not None:
            yield session.moved_to.date


def _without(request: Request, meetings: tuple[Meeting, ...]) -> dict[str, DatedChange]:
    """The edited changes as they were published where meetings were edited, with the people that
    edits name."""
    old, new = request.published.timetable.changes, request.timetable.changes
    keys = {key for one in meetings for key in one.keys}
    found = {key: change for key, change in new.items() if plain_key(key) not in keys}
    bases = {
        key.removesuffix(moved_key("")) for key in old.keys() | new.keys() if plain_key(key) in keys
    }
    for base in bases:
        there = moved_key(base)
        was, now = old.get(base, NONE), new.get(base, NONE)
        people = new.get(there, NONE) if now.to is not None else now
        home = base if was.to is None else there
        if was.to is not None:
            found[base] = was
        mine = old.get(home, NONE)
        if not (now.cancelled or now.into):
            mine = mine.model_copy(update={"staff": people.staff, "open": people.open})
        found[home] = mine
    return {key: change for key, change in found.items() if change != NONE}


def _mixed(edited: Changes, without: Changes, states: States) -> dict[str, DatedChange]:
    """The changes with the edits of some meetings, or some of them, and without those of others."""
    state_of = {key: state for one, state in states.items() for key in one.keys}
    before = {plain_key(key): change for key, change in without.items()}
    found: dict[str, DatedChange] = {}
    into: dict[str, DatedChange] = {}
    for key, change in edited.items():
        state = state_of.get(plain_key(key), KEPT)
        if state.much is Much.ELSEWHERE:
            room = before.get(plain_key(key), NONE).room
            found[key] = change.model_copy(update={"room": room})
            if change.to is not None and state.room is not None:
                there = edited.get(moved_key(key), NONE)
                into[moved_key(key)] = there.model_copy(update={"room": state.room})
        elif state == KEPT:
            found[key] = change
    found |= into
    for key, change in without.items():
        if state_of.get(plain_key(key)) == DROPPED:
            found[key] = change
    return {key: change for key, change in found.items() if change != NONE}


class _Trials:
    """Tries which edits go together with all that must hold."""

    def __init__(self, request: Request, meetings: tuple[Meeting, ...]) -> None:
        self.request = request
        self.meetings = meetings
        reference = _reference(request, request.timetable)
        self.context = Context(request.instance, history=reference.history)
        self.edited = carry_over(Matched(self.context, reference))
        plain = request.timetable.model_copy(update={"changes": _without(request, meetings)})
        self.plain = carry_over(Matched(self.context, _reference(request, plain)))
        index = self.context.demand.calendar.index
        self.dates = 0
        for date in {date for one in meetings for date in one.dates if date in index}:
            self.dates |= 1 << index[date]

    def run(self) -> dict[Meeting, State]:
        """What is left of each meeting's edits."""
        states = dict.fromkeys(self.meetings, KEPT)
        placed, breaches = self._judged(states)
        lost = self._lost(placed, states)
        while True:
            if lost:
                states |= lost
            elif new := {key: one for key, one in breaches.items() if key not in self._known}:
                states |= self._culprit(states, new)
            else:
                return states
            placed, breaches = self._judged(states)
            lost = self._lost(placed, states)

    def _judged(self, states: States) -> tuple[Timetable, dict[object, Finding]]:
        """The timetable with some edits, and what it breaks, whoever comes."""
        changes = _mixed(self.edited.changes, self.plain.changes, states)
        timetable = self.edited.model_copy(update={"changes": changes})
        placed = move_out_of_closed_rooms(self.context, timetable)
        found = (
            one for one in broken(self.context, placed, self.dates) if "staff" not in one.where
        )
        return placed, {(one.rule, one.message.text("zh")): one for one in found}

    def _lost(self, placed: Timetable, states: States) -> dict[Meeting, State]:
        """Edits that say where and when something is, which is not there."""
        changes = _mixed(self.edited.changes, self.plain.changes, states)
        wanted = {plain_key(key): change for key, change in changes.items()}
        before = {plain_key(key): change for key, change in self.plain.changes.items()}
        there = {plain_key(one.key): one for one in self.context.expansion(placed).sessions}
        found: dict[Meeting, State] = {}
        for meeting in (one for one, state in states.items() if state != DROPPED):
            for key in meeting.keys & wanted.keys():
                change, was = wanted[key], before.get(key, NONE)
                if change.to is not None and change.to != was.to:
                    moved = there.get(moved_key(key))
                    cancelled = wanted.get(moved_key(key), NONE).cancelled
                    if moved is None or not (moved.takes_place or cancelled):
                        found[meeting] = DROPPED
                if change.room is not None and change.room != was.room and not change.cancelled:
                    session = there.get(key)
                    if session is None or not session.takes_place or session.room != change.room:
                        found.setdefault(meeting, _elsewhere_or_not(states[meeting]))
        return found

    def _culprit(self, states: States, new: Mapping[object, Finding]) -> States:
        """An edit to take back, after which some of what is new is not broken any more, and the
        least of all is."""
        known, tried = self._known, list[tuple[tuple[int, ...], Meeting, State]]()
        for n, meeting in enumerate(self.meetings):
            if not any(meeting.may_break(one) for one in new.values()):
                continue
            for state in self._simpler(meeting, states):
                left = self._judged({**states, meeting: state})[1].keys()
                if new.keys() - left:
                    rank = len(left - known), state.much.value, n
                    tried.append((rank, meeting, state))
                    break
        if not tried:
            return dict.fromkeys(self.meetings, DROPPED)
        _, meeting, state = min(tried, key=lambda one: one[0])
        return {meeting: state}

    def _simpler(self, meeting: Meeting, states: States) -> Iterator[State]:
        """What else may be left of a meeting's edits, most of it first."""
        if states[meeting] == KEPT:
            yield State(Much.ELSEWHERE)
            room = self._free_room(meeting, states)
            if room is not None:
                yield State(Much.ELSEWHERE, room)
        yield DROPPED

    def _free_room(self, meeting: Meeting, states: States) -> str | None:
        """A room for a club on the date to which it was moved."""
        expansion = self.context.expansion(self._judged(states)[0])
        here = [
            one
            for one in expansion.sessions
            if plain_key(one.key) in meeting.keys and one.moved_from is not None
        ]
        if not here or here[0].post.option is None:
            return None
        dates = {one.date for one in here}
        rest = (one for one in expansion.sessions if one.date in dates and one.takes_place)
        others = [one for one in rest if one not in here]
        rooms = self.context.instance.room_by_name
        for name in open_rooms(self.context, here, expansion.at_events):
            there = [one for one in others if one.room == name]
            if all(holds(self.context, rooms[name], one, there) for one in here):
                return name
        return None

    @cached_property
    def _known(self) -> Set[object]:
        """What is broken without any of the edits."""
        return self._judged(dict.fromkeys(self.meetings, DROPPED))[1].keys()


def _elsewhere_or_not(state: State) -> State:
    """Less than what is left of a meeting that is not in the room that was asked for."""
    return State(Much.ELSEWHERE) if state == KEPT else DROPPED
