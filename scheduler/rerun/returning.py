"""Whoever was published comes after all, where the new holder of a line cannot on a date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from constraints.model import Model
from instances.blocks import minutes
from instances.timetable import DatedChange, Expansion, Session, Timetable, session_key
from scheduler.rerun.reference import Matched, Row
from scheduler.search import Found


@dataclass(frozen=True)
class Hoped:
    """A bound of what changes cost with any covers; the pattern that could cost so little, if
    there is one, and who covers there what few could, by line and date."""

    bound: int
    pattern: Timetable | None = None
    covers: dict[tuple[str, dt.date], str] = field(default_factory=dict)


def hoped(model: Model, found: Found, pattern: Timetable, bound: int) -> Hoped:
    """What a solution of a model says, whose pattern this is."""
    days = model.demand.calendar.days
    covers = {
        (gap.pool.post.line, days[gap.date.bit_length() - 1].date): key
        for gap, key, literal in model.dated.coming
        if found.true(literal)
    }
    return Hoped(bound, pattern, covers)


def with_returning(matched: Matched, pattern: Timetable, hope: Hoped) -> Timetable:
    """A timetable with the covers hoped for, and an exception for each date on which the holder
    of a line is away, or is expected elsewhere, and somebody else who was published could come:
    no change then."""
    expansion = Expansion(matched.context.demand, pattern)
    sessions = {session.key: session for session in expansion.sessions}
    found = dict(pattern.changes)
    for key, session in sessions.items():
        cover = hope.covers.get((session.post.line, session.date))
        if cover is not None and key not in found and session.takes_place:
            found[key] = DatedChange(staff=cover, reason=session.staff or "")
    expected: dict[tuple[str, object], list[Session]] = defaultdict(list)
    for key, change in found.items():
        there = sessions.get(key)
        if there is not None and change.staff is not None:
            expected[change.staff, there.date].append(there)
    pattern = pattern.model_copy(update={"changes": dict(found)})
    for post in expansion.active_posts:
        holder = pattern.holders.get(post.line)
        for row in matched.rows.get(post, ()) if holder is not None else ():
            was = row.was.staff
            if was is None or was == holder or not matched.can(row, was):
                continue
            mine = _open_to_change(row, sessions, pattern)
            if any(_meet(one, other) for one in mine for other in expected[was, row.date]):
                continue
            away = bool(matched.context.people[holder or ""].absent & row.bit)
            busy = expected.get((holder or "", row.date), ())
            if away or any(_meet(one, other) for one in mine for other in busy):
                for one in mine:
                    found[one.key] = DatedChange(staff=was, reason=holder or "")
    return pattern.model_copy(update={"changes": found})


def _open_to_change(row: Row, sessions: dict[str, Session], pattern: Timetable) -> list[Session]:
    """The sessions of a post on a date that no exception is about yet."""
    keys = [session_key(row.date, one.segment, row.post.line) for one in row.was.live]
    return [
        sessions[key]
        for key in keys
        if key in sessions and key not in pattern.changes and sessions[key].takes_place
    ]


def _meet(one: Session, other: Session) -> bool:
    return minutes(one.start) < minutes(other.end) and minutes(other.start) < minutes(one.end)
