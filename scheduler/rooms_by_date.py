"""Dates on which a room is closed: another room, or the session is cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from constraints.context import Context
from constraints.rooms import children_in_room
from instances.demand import is_movable
from instances.school import Room
from instances.timetable import DatedChange, Expansion, Session, Timetable
from instances.words import Status


def is_closed(room: Room, session: Session) -> bool:
    """Whether a room is closed on the date of a session."""
    return any(
        session.date in closure
        and (not closure.weekdays or session.date.isoweekday() in closure.weekdays)
        for closure in room.closures
    )


def move_out_of_closed_rooms(context: Context, timetable: Timetable) -> Timetable:
    """Give every session in a closed room another one for that date.

    A suitable free room if there is one; else a club does not take place on that date, and
    care goes to any free room that is large enough. What finds none stays where it is, for
    the audit to report.
    """
    sessions = Expansion(context.demand, timetable).sessions
    rooms = context.instance.room_by_name
    taken: dict[object, list[Session]] = defaultdict(list)
    closed: dict[object, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.room is None or session.status is Status.CANCELLED:
            continue
        if session.room in rooms and is_closed(rooms[session.room], session):
            closed[session.date, session.post.activity, session.post.group, session.room].append(
                session
            )
        else:
            taken[session.date].append(session)
    changes = dict(timetable.changes)
    for meeting in closed.values():
        activity = context.instance.activity_by_name[meeting[0].post.activity]
        for part in _parts(context, meeting, taken[meeting[0].date]):
            name = _free_room(context, part, taken[meeting[0].date])
            if name is None and not is_movable(activity):
                continue
            for session in part:
                known = changes.get(session.key, DatedChange())
                reason = known.reason or str(session.room)
                update = {"room": name, "cancelled": name is None, "reason": reason}
                changes[session.key] = known.model_copy(update=update)
                if name is not None:
                    taken[session.date].append(replace(session, room=name))
    return timetable.model_copy(update={"changes": changes})


def _parts(context: Context, meeting: list[Session], taken: list[Session]) -> list[list[Session]]:
    """A meeting as a whole; care that finds no room for all its segments, each by itself."""
    activity = context.instance.activity_by_name[meeting[0].post.activity]
    if is_movable(activity) or _free_room(context, meeting, taken) is not None:
        return [meeting]
    by_segment: dict[str, list[Session]] = defaultdict(list)
    for session in meeting:
        by_segment[session.segment].append(session)
    return list(by_segment.values())


def _free_room(context: Context, meeting: list[Session], taken: list[Session]) -> str | None:
    session = meeting[0]
    activity = context.instance.activity_by_name[session.post.activity]
    size = max(one.children for one in meeting)
    if not is_movable(activity):
        size = min(size, activity.ratio)
    for name in _suitable(context, session):
        room = context.instance.room_by_name[name]
        if room.capacity < size or is_closed(room, session):
            continue
        there = [other for other in taken if other.room == name]
        if all(_holds(context, room, one, there) for one in meeting):
            return name
    return None


def _suitable(context: Context, session: Session) -> Iterable[str]:
    """Rooms for a session, by the pattern's rules; care may go anywhere, home rooms last."""
    post, demand = session.post, context.demand
    if post.option is not None:
        return demand.options[post.activity][post.option].rooms
    if post.group in demand.group_rooms:
        return demand.group_rooms[post.group]
    homes = {school_class.room for school_class in context.instance.classes}
    return sorted(context.instance.room_by_name, key=lambda name: name in homes)


def _holds(context: Context, room: Room, session: Session, there: list[Session]) -> bool:
    """Whether a room has place for one group more, next to those who are there then."""
    others = {
        (other.post.activity, other.post.group): children_in_room(context.instance, other)
        for other in there
        if other.start < session.end and session.start < other.end
    }
    if not others:
        return True
    children = sum(others.values()) + children_in_room(context.instance, session)
    return len(others) < room.groups and children <= room.capacity
