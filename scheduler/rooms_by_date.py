"""Dates on which a room is closed: another room, or the session is cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from constraints.context import Context
from instances.blocks import minutes
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
        name = _free_room(context, meeting, taken[meeting[0].date])
        cancelled = name is None and is_movable(
            context.instance.activity_by_name[meeting[0].post.activity]
        )
        for session in meeting:
            reason = f"{session.room}"
            if name is not None:
                changes[session.key] = DatedChange(room=name, reason=reason)
                taken[session.date].append(_in_room(session, name))
            elif cancelled:
                changes[session.key] = DatedChange(cancelled=True, reason=reason)
    return timetable.model_copy(update={"changes": changes})


def _in_room(session: Session, room: str) -> Session:
    return Session(**{**{f: getattr(session, f) for f in session.__slots__}, "room": room})


def _free_room(context: Context, meeting: list[Session], taken: list[Session]) -> str | None:
    session = meeting[0]
    activity = context.instance.activity_by_name[session.post.activity]
    rooms = context.instance.room_by_name
    if session.post.option is not None:
        names: Iterable[str] = context.demand.options[activity.name][session.post.option].rooms
    elif session.post.group in context.demand.group_rooms:
        names = context.demand.group_rooms[session.post.group]
    else:
        names = rooms
    here = min(session.children, activity.ratio) if activity.ratio else session.children
    size = session.children if is_movable(activity) else here
    for name in names:
        room = rooms[name]
        if room.capacity < size or is_closed(room, session):
            continue
        groups = {
            (other.post.activity, other.post.group)
            for other in taken
            if other.room == name and any(_meet(other, one) for one in meeting)
        }
        if len(groups) < room.groups and (not groups or room.groups > 1):
            return name
    return None


def _meet(one: Session, other: Session) -> bool:
    return minutes(one.start) < minutes(other.end) and minutes(other.start) < minutes(one.end)
