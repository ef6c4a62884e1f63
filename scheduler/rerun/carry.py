"""Carrying a published timetable over to a changed school: whatever still can be, is."""

from __future__ import annotations

import datetime as dt

from instances.timetable import (
    DatedChange,
    Expansion,
    Placement,
    Session,
    Timetable,
    moved_key,
    session_key,
)
from scheduler.changes import base_line
from scheduler.events.undisturbed import is_void
from scheduler.incumbent import places_of
from scheduler.rerun.meeting_again import meeting_again
from scheduler.rerun.reference import Key, Matched, Row


def carry_over(matched: Matched) -> Timetable:
    """The timetable that differs in nothing from the published one but in what cannot stay.

    What nobody can hold any more is left without a holder, for the solver to fill; so are the
    dates of covers that are no longer possible. Clubs that were called off for want of a room meet
    again where there is one.
    """
    bare = Timetable(
        placements=_placements(matched),
        rooms=_rooms(matched),
        holders=_holders(matched),
        events=matched.reference.timetable.events,
        history=matched.reference.history,
    )
    dated = bare.model_copy(update={"changes": dated_changes(matched, bare)})
    return meeting_again(matched, dated)


def as_published(matched: Matched, carried: Timetable) -> Timetable:
    """What was carried over with every exception that was published, those also that only say what
    stays open or who cannot come."""
    since = f"{matched.reference.history.since:%Y%m%d}"
    published = matched.reference.timetable.changes
    later = {key: change for key, change in published.items() if key >= since}
    same = carried.model_copy(update={"changes": {**carried.changes, **later}})
    return meeting_again(matched, same)


def kept_in(matched: Matched, carried: Timetable) -> frozenset[Key]:
    """Posts, by base line and date, that an exception keeps with the person published, whoever
    holds the line."""
    found: set[Key] = set()
    for post, rows in matched.rows.items():
        for row in rows:
            for session in row.was.live:
                key = session_key(row.date, session.segment, post.line)
                change = carried.changes.get(key)
                if change is not None and change.staff is not None:
                    found.add((base_line(post.line), row.date))
    return frozenset(found)


def _placements(matched: Matched) -> dict[str, Placement]:
    found = {}
    for activity, index in matched.kept_option.items():
        option = matched.context.demand.options[activity][index]
        room = matched.reference.timetable.placements[activity].room
        if room in option.rooms:
            found[activity] = Placement(places=places_of(option.blocks), room=room)
    return found


def _rooms(matched: Matched) -> dict[str, str]:
    choices = matched.context.demand.group_rooms
    published = matched.reference.timetable.rooms
    return {
        group: published[group] for group, names in choices.items() if published.get(group) in names
    }


def _holders(matched: Matched) -> dict[str, str]:
    found = {}
    for post in matched.rows:
        key = matched.usual(post)
        if key is not None:
            found[post.line] = key
    return found


def dated_changes(matched: Matched, pattern: Timetable) -> dict[str, DatedChange]:
    """The exceptions that make a pattern, date by date, what was published, where it can be."""
    found = _arrivals(matched)
    expansion = Expansion(matched.context.demand, pattern)
    for post in expansion.active_posts:
        for row in matched.rows.get(post, ()):
            for session in row.was.sessions:
                came = session.moved_from
                key = session_key(row.date, came.segment if came else session.segment, post.line)
                change = _change(matched, row, session, pattern, expansion.room_of(post))
                if not is_void(change):
                    found[moved_key(key) if came else key] = change
    return found


def _arrivals(matched: Matched) -> dict[str, DatedChange]:
    """What was moved from before the date to after it: its move, and its own changes there."""
    changes, history = matched.reference.changes_before, matched.reference.history
    found: dict[str, DatedChange] = {}
    for past in history.sessions:
        change = changes.get(past.key)
        if change is not None and change.to is not None and change.to.date >= history.since:
            found[past.key] = change
            there = changes.get(moved_key(past.key))
            if there is not None:
                found[moved_key(past.key)] = there
    return found


def _change(
    matched: Matched, row: Row, session: Session, pattern: Timetable, room: str | None
) -> DatedChange:
    """One session of a dated post, as it was published."""
    before = matched.reference.timetable.changes.get(session.key, DatedChange())
    if not session.takes_place:
        into = _into(before.into, row.date, matched)
        return before.model_copy(update={"staff": None, "open": False, "into": into})
    holder = pattern.holders.get(row.post.line)
    staff = session.staff if matched.can_be_at(row, session) else None
    away = room is not None and session.room != room
    elsewhere = away and matched.may_be_in(row.post, session.room)
    emptied = session.key.removesuffix(moved_key("")) in matched.reference.emptied
    return DatedChange(
        staff=None if emptied or staff == holder else staff,
        open=emptied,
        room=session.room if elsewhere else None,
        reason=before.reason,
        event=before.event,
    )


def _into(key: str | None, date: dt.date, matched: Matched) -> str | None:
    """The session that looks after a merged group, by its key in the new demand."""
    if key is None:
        return None
    _, segment, line = key.split("|", 2)
    bit = 1 << matched.context.demand.calendar.index[date]
    for post in matched.context.demand.posts:
        if post.dates & bit and base_line(post.line) == base_line(line):
            return session_key(date, segment, post.line)
    return None
