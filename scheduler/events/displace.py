"""What events push out, in writing: every session that falls out is cancelled on their account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from constraints.context import Context
from instances.at_events import AtEvents, Going
from instances.event_sessions import event_title
from instances.headcount import adults
from instances.merging import Meeting, meeting_of
from instances.timetable import DatedChange, Expansion, Session, Timetable
from instances.words import Role
from scheduler.events.undisturbed import undisturbed


def displace(context: Context, timetable: Timetable) -> Timetable:
    """The timetable with what its events push out cancelled, and nothing cancelled for others.

    Meetings that were moved out of the way of an event that is still there stay moved; so do
    covers for those who work at it.
    """
    at = AtEvents(context.demand, timetable.events)
    held = {one.key for one in at.everything}
    changes = {
        key: change
        for key, change in timetable.changes.items()
        if change.event is None or (change.event in held and not change.cancelled)
    }
    for session in Expansion(context.demand, undisturbed(timetable)).sessions:
        one = pushing(context, at, session)
        if one is not None:
            known = changes.get(session.key)
            if known is None or known.to is None or known.event != one.key:
                changes[session.key] = _cancelled(context, one)
    timetable = timetable.model_copy(update={"changes": changes})
    return _without_surplus(context, timetable, at)


def pushing(context: Context, at: AtEvents, session: Session) -> Going | None:
    """The event that leaves nobody to be in a session."""
    if not session.takes_place:
        return None
    during = at.during(session.date, session.start, session.end)
    return next((one for one in during if one.pushes_out(context.demand, session.post)), None)


def _cancelled(context: Context, one: Going) -> DatedChange:
    reason = event_title(context.instance, one.held)
    return DatedChange(cancelled=True, event=one.key, reason=reason)


def _without_surplus(context: Context, timetable: Timetable, at: AtEvents) -> Timetable:
    """Less the adults whom a group does not need while some of its classes are at an event."""
    groups: dict[Meeting, list[Session]] = defaultdict(list)
    for session in Expansion(context.demand, timetable).sessions:
        if session.takes_place and session.post.kind.is_remainder:
            groups[meeting_of(session)].append(session)
    changes = dict(timetable.changes)
    for group in groups.values():
        first = group[0]
        during = at.during(first.date, first.start, first.end)
        some = [one for one in during if one.classes.intersection(first.post.classes)]
        if not some:
            continue
        ratio = context.instance.activity_by_name[first.post.activity].ratio
        needed = adults(first.children, ratio)
        care = sorted(
            (s for s in group if s.post.role is Role.SUPERVISOR), key=lambda s: s.post.number
        )
        for session in care[needed:] if needed else group:
            changes[session.key] = _cancelled(context, some[0])
    return timetable.model_copy(update={"changes": changes})


def without_a_room(
    context: Context, timetable: Timetable
) -> dict[tuple[str, dt.date, tuple[str, ...]], list[Session]]:
    """Sessions that are still in the venue of an event, since no other room is free: by the
    event (key), its first date and its segments."""
    expansion = Expansion(context.demand, timetable)
    found: dict[tuple[str, dt.date, tuple[str, ...]], list[Session]] = defaultdict(list)
    for session in expansion.sessions if timetable.events else ():
        if session.takes_place and session.room is not None:
            one = expansion.at_events.in_room(
                session.room, session.date, session.start, session.end
            )
            if one is not None:
                found[one.key, one.held.dates[0], one.held.segments].append(session)
    return dict(found)


def cancelled(
    context: Context, timetable: Timetable, stuck: Iterable[Iterable[Session]]
) -> Timetable:
    """The timetable without sessions for which there is nowhere else to be."""
    at = AtEvents(context.demand, timetable.events)
    changes = dict(timetable.changes)
    for sessions in stuck:
        for session in sessions:
            room, date = session.room or "", session.date
            one = at.in_room(room, date, session.start, session.end)
            if one is not None:
                changes[session.key] = _cancelled(context, one)
    return timetable.model_copy(update={"changes": changes})
