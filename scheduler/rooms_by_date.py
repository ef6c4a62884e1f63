"""Dates on which a room is closed: another room, or the session is cancelled."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from constraints.context import Context
from constraints.rooms import children_in_room
from instances.at_events import AtEvents, Going
from instances.demand import is_movable
from instances.event_sessions import event_title
from instances.school import Room
from instances.timetable import DatedChange, Session, Timetable

ROUNDS = 5


def is_closed_on(room: Room, date: dt.date) -> bool:
    """Whether a room is closed on a date."""
    return any(
        date in closure and (not closure.weekdays or date.isoweekday() in closure.weekdays)
        for closure in room.closures
    )


def is_closed(room: Room, session: Session) -> bool:
    """Whether a room is closed on the date of a session."""
    return is_closed_on(room, session.date)


def move_out_of_closed_rooms(context: Context, timetable: Timetable) -> Timetable:
    """Give every session in a closed room another one for that date.

    A suitable free room if there is one; else a club does not take place on that date, and
    care goes to any free room that is large enough. What finds none stays where it is, for
    the audit to report. Children who return to care may find their room taken by another
    group on that date: so it is looked at again after each change.
    """
    for _ in range(ROUNDS):
        settled = _Round(context, timetable).run()
        if settled == timetable:
            break
        timetable = settled
    return timetable


class _Round:
    def __init__(self, context: Context, timetable: Timetable) -> None:
        self.context = context
        self.timetable = timetable
        self.changes = dict(timetable.changes)
        self.rooms = context.instance.room_by_name
        self.expansion = context.expansion(timetable)
        self.at = self.expansion.at_events
        self.taken: dict[object, list[Session]] = defaultdict(list)
        self.stuck: dict[object, list[Session]] = defaultdict(list)

    def run(self) -> Timetable:
        self._sort()
        for meeting in sorted(self.stuck.values(), key=self._is_guest):
            there = self.taken[meeting[0].date]
            movable = is_movable(self.context.instance.activity_by_name[meeting[0].post.activity])
            for part in _parts(self.context, meeting, there, self.at):
                name = _free_room(self.context, part, there, self.at)
                if name is not None:
                    self._move(part, name)
                elif movable:
                    self._cancel(part)
                else:
                    self._make_place(part, there)
        return self.timetable.model_copy(update={"changes": self.changes})

    def _sort(self) -> None:
        """Who must leave a closed room, or a crowded one, and who may stay."""
        by_room: dict[object, list[Session]] = defaultdict(list)
        for session in self.expansion.sessions:
            if session.room in self.rooms and session.takes_place:
                by_room[session.date, session.room].append(session)
        for sessions in by_room.values():
            for session in sessions:
                room = self.rooms[session.room or ""]
                there = [other for other in sessions if _group(other) != _group(session)]
                crowded = session.post.kind.is_remainder and not _holds(
                    self.context, room, session, there
                )
                if crowded or is_closed(room, session) or self._event_in(session) is not None:
                    self.stuck[session.date, _group(session), session.room].append(session)
                else:
                    self.taken[session.date].append(session)

    def _event_in(self, session: Session) -> Going | None:
        """The event that has the room of a session to itself."""
        room = session.room or ""
        return self.at.in_room(room, session.date, session.start, session.end)

    def _is_guest(self, meeting: list[Session]) -> bool:
        """Whether a meeting is in its room for that date only: others choose first."""
        return any(self._change(session).room is not None for session in meeting)

    def _change(self, session: Session) -> DatedChange:
        return self.changes.get(session.key, DatedChange())

    def _move(self, part: list[Session], name: str) -> None:
        for session in part:
            self.taken[session.date].append(replace(session, room=name))
            if name != session.room:
                self._update(session, room=name)

    def _cancel(self, part: list[Session]) -> None:
        for session in part:
            self._update(session, room=None, cancelled=True)

    def _make_place(self, part: list[Session], there: list[Session]) -> None:
        """Care stays where it is; a club that is there as a guest does not take place."""
        for session in part:
            guests = [s for s in there if s.room == session.room and self._change(s).room]
            movable = [s for s in guests if s.post.option is not None and _meet(s, session)]
            self._cancel(movable)
        self.taken[part[0].date] += part

    def _update(self, session: Session, **update: object) -> None:
        known = self._change(session)
        one = self._event_in(session)
        if one is not None:
            title = event_title(self.context.instance, one.held)
            update |= {"reason": known.reason or title, "event": one.key}
        else:
            update["reason"] = known.reason or str(session.room)
        self.changes[session.key] = known.model_copy(update=update)


def _group(session: Session) -> tuple[str, str | None]:
    return session.post.activity, session.post.group


def _meet(one: Session, other: Session) -> bool:
    return one.start < other.end and other.start < one.end


def _parts(
    context: Context, meeting: list[Session], taken: list[Session], at: AtEvents
) -> list[list[Session]]:
    """A meeting as a whole; care that finds no room for all its segments, each by itself."""
    activity = context.instance.activity_by_name[meeting[0].post.activity]
    if is_movable(activity) or _free_room(context, meeting, taken, at) is not None:
        return [meeting]
    by_segment: dict[str, list[Session]] = defaultdict(list)
    for session in meeting:
        by_segment[session.segment].append(session)
    return list(by_segment.values())


def _free_room(
    context: Context, meeting: list[Session], taken: list[Session], at: AtEvents
) -> str | None:
    session = meeting[0]
    activity = context.instance.activity_by_name[session.post.activity]
    size = max(one.children for one in meeting)
    if not is_movable(activity):
        size = min(size, activity.ratio)
    for name in _suitable(context, session):
        room = context.instance.room_by_name[name]
        if room.capacity < size or is_closed(room, session):
            continue
        if any(at.in_room(name, one.date, one.start, one.end) for one in meeting):
            continue
        there = [other for other in taken if other.room == name]
        if all(_holds(context, room, one, there) for one in meeting):
            return name
    return None


def _suitable(context: Context, session: Session) -> Iterable[str]:
    """Rooms for a session, by the pattern's rules; care may go anywhere, to home rooms last."""
    post, demand = session.post, context.demand
    if post.option is not None:
        return demand.options[post.activity][post.option].rooms
    if post.group in demand.group_rooms:
        return demand.group_rooms[post.group]
    homes = {school_class.room for school_class in context.instance.classes}
    names = context.instance.room_by_name
    return sorted(names, key=lambda name: (name != session.room, name in homes))


def _holds(context: Context, room: Room, session: Session, there: list[Session]) -> bool:
    """Whether a room has place for one group more, next to those who are there then."""
    beside = [other for other in there if _meet(other, session)]
    own = children_in_room(context.instance, session)
    for moment in {max(session.start, other.start) for other in beside}:
        others = {
            _group(other): children_in_room(context.instance, other)
            for other in beside
            if other.start <= moment < other.end
        }
        if len(others) >= room.groups or own + sum(others.values()) > room.capacity:
            return False
    return True
