"""How many children a room must have place for.

A group sits in one room with all its adults, so the room must hold all of it. Only where the
classes of a group have several home rooms has each adult one of these, and in it no more
children than one adult may have. Children in clubs are counted too: a club that does not take
place sends them back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from instances.blocks import Block, fixed_blocks
from instances.demand import Group, groups_at, principal_role
from instances.headcount import present_at
from instances.school import Instance
from instances.timetable import Session


def children_in_room(instance: Instance, session: Session) -> int:
    """The most children of a session's group that are in its room."""
    post = session.post
    if post.group is None:
        return session.children
    if session.joined:
        return session.children  # in one room, whatever home rooms they have
    return children_of(instance, Group(post.activity, post.classes), session.blocks)


def children_of(instance: Instance, group: Group, blocks: Iterable[Block] = ()) -> int:
    """The most children of a group that are in a room, at ``blocks`` or at all its places."""
    activity = instance.activity_by_name[group.activity]
    blocks = list(blocks) or [
        block
        for block in fixed_blocks(instance, activity)
        if group in groups_at(instance, activity, block)
    ]
    most = max(present_at(instance, group.classes, block) for block in blocks)
    homes = {instance.class_by_name[name].room for name in group.classes}
    together = activity.rooms or activity.features or len(homes) == 1
    return most if together else min(most, activity.ratio)


def forsaken(instance: Instance, sessions: Iterable[Session]) -> set[tuple[str, dt.date]]:
    """Meetings whose weekly leader is away and replaced by nobody, by activity and date.

    Their children are in care on that date, so that their room is free.
    """
    return {
        (session.post.activity, session.origin)
        for session in sessions
        if session.post.option is not None
        and session.staff is None
        and session.planned is not None
        and session.post.role is principal_role(instance.activity_by_name[session.post.activity])
    }
