"""Which rooms could take a group on a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from constraints.context import Context
from constraints.rooms import children_in_room
from instances.at_events import AtEvents
from instances.demand import is_movable
from instances.school import Room
from instances.timetable import Session


def group_of(session: Session) -> tuple[str, str | None]:
    """What is together in a room: an activity, or a group of one."""
    return session.post.activity, session.post.group


def meet(one: Session, other: Session) -> bool:
    """Whether two sessions of a date share some time."""
    return one.start < other.end and other.start < one.end


def free_room(
    context: Context,
    meeting: Sequence[Session],
    taken: Sequence[Session],
    at: AtEvents,
    home: str | None = None,
) -> str | None:
    """The best room for some sessions of a group on a date, beside those that are ``taken``."""
    for name in open_rooms(context, meeting, at, home):
        room = context.instance.room_by_name[name]
        there = [other for other in taken if other.room == name]
        if all(holds(context, room, one, there) for one in meeting):
            return name
    return None


def open_rooms(
    context: Context, meeting: Sequence[Session], at: AtEvents, home: str | None = None
) -> Iterable[str]:
    """Rooms for some sessions of a group on a date that are large enough, not closed and not taken
    by an event, the best first; whoever else is there is not looked at. ``home``: the room that
    they have every week, before all others."""
    session = meeting[0]
    activity = context.instance.activity_by_name[session.post.activity]
    size = max(one.children for one in meeting)
    if not is_movable(activity):
        size = min(size, activity.ratio)
    for name in sorted(_suitable(context, session), key=lambda name: name != home):
        room = context.instance.room_by_name[name]
        if room.capacity < size or room.is_closed_on(session.date):
            continue
        if not any(at.in_room(name, one.date, one.start, one.end) for one in meeting):
            yield name


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


def holds(context: Context, room: Room, session: Session, there: Sequence[Session]) -> bool:
    """Whether a room has place for one group more, next to those who are there then."""
    beside = [other for other in there if meet(other, session)]
    own = children_in_room(context.instance, session)
    for moment in {max(session.start, other.start) for other in beside}:
        others = {
            group_of(other): children_in_room(context.instance, other)
            for other in beside
            if other.start <= moment < other.end
        }
        if len(others) >= room.groups or own + sum(others.values()) > room.capacity:
            return False
    return True
