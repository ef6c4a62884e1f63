"""How many children a room must have place for."""

from __future__ import annotations

from instances.demand import is_movable
from instances.school import Instance
from instances.timetable import Session


def children_in_room(instance: Instance, session: Session) -> int:
    """The children of a session's group; in care, no more than one adult may have.

    Whole classes count in full, whoever of them is in a club at the time: a club that does
    not take place sends its children back.
    """
    activity = instance.activity_by_name[session.post.activity]
    if is_movable(activity):
        return session.children
    sizes = (instance.class_by_name[name].size for name in session.post.classes)
    return min(sum(sizes), activity.ratio)
