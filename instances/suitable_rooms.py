"""Which rooms an activity may use, by what its row says."""

from __future__ import annotations

from collections.abc import Iterable

from instances.demand import is_movable
from instances.school import Activity, Instance, Room


def rooms_for(instance: Instance, activity: Activity, children: int) -> tuple[str, ...]:
    """Those listed, or those with its features, where so many children have place.

    Without either: rooms without features, and the home rooms of its classes.
    """
    rooms = instance.room_by_name
    if activity.rooms:
        chosen: Iterable[str] = activity.rooms
    elif activity.features:
        wanted = set(activity.features)
        chosen = [name for name, room in rooms.items() if wanted <= set(room.features)]
    else:
        homes = {school_class.room for school_class in instance.attending(activity)}
        every = {school_class.room for school_class in instance.classes}
        chosen = [
            name
            for name, room in rooms.items()
            if name in homes or (not room.features and name not in every)
        ]
    return tuple(name for name in chosen if rooms[name].capacity >= children)


def suits(activity: Activity, room: Room, children: int, *, chosen: bool = False) -> bool:
    """Whether so many children of an activity may be in a room on some date.

    ``chosen``: the room was chosen for them, though it could be any; then they must have place.
    """
    if activity.rooms and room.name not in activity.rooms:
        return False
    if not activity.rooms and not set(activity.features) <= set(room.features):
        return False
    chosen = chosen or is_movable(activity) or bool(activity.rooms or activity.features)
    return not chosen or children <= room.capacity
