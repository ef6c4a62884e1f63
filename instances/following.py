"""The sessions of a timetable that differs little from one already expanded.

Only what an edit touches is worked out anew: the sessions whose own line, exception or room
is another, and whole dates where children may now be somewhere else. What stays as it was is
shared, so that a comparison by identity tells what may have changed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from instances.demand import Demand
from instances.timetable import Expansion, Session, Timetable

_DAY = attrgetter("day")

Dates = Mapping[dt.date, tuple[Session, ...]]
"""The sessions of each date, in the order of the dates."""


class Followed(Expansion):
    """The expansion of a timetable, taken from one of another timetable of the same school.

    Its sessions are those of an expansion of its own, whatever lies between the two.
    """

    def __init__(self, demand: Demand, old: Timetable, known: Dates, timetable: Timetable) -> None:
        super().__init__(demand, timetable)
        if dates_stand_alone(old, timetable):
            self.dates = _dates(old, known, self)
        else:
            self.dates = by_date(Expansion(demand, timetable))
        self.sessions = tuple(s for there in self.dates.values() for s in there)

    def again(self, session: Session) -> Session:
        """A session of the other timetable, neither moved nor merged, as it is in this one."""
        return self._session(
            session.key, session.post, session.day, session.segment, session.children
        )


def by_date(expansion: Expansion) -> Dates:
    """The sessions of an expansion by date."""
    if isinstance(expansion, Followed):
        return expansion.dates
    return {day.date: tuple(there) for day, there in groupby(expansion.sessions, _DAY)}


def differing_dates(old: Dates, new: Dates) -> tuple[list[Session], list[Session]]:
    """All sessions of the dates whose sessions are not all the very same, before and after."""
    dates = [date for date in old.keys() | new.keys() if old.get(date) is not new.get(date)]
    before, after = (
        [session for date in sorted(dates) for session in known.get(date, ())]
        for known in (old, new)
    )
    return before, after


def dates_stand_alone(one: Timetable, other: Timetable) -> bool:
    """Whether two timetables have the same meetings and events, and move nothing elsewhere."""
    before, after = one.placements, other.placements
    return (
        before.keys() == after.keys()
        and all(before[name].blocks == after[name].blocks for name in before)
        and one.events == other.events
        and one.history == other.history
        and not any(c.to or c.into for each in (one, other) for c in each.changes.values())
        and not any(past.moved_to for past in (one.history.sessions if one.history else ()))
    )


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """The keys whose values differ, or that only one of two mappings has."""
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def _dates(was: Timetable, known: Dates, new: Followed) -> Dates:
    """All sessions by date: those of the old timetable, or new ones where anything differs."""
    now = new.timetable
    keys, lines = differing(was.changes, now.changes), differing(was.holders, now.holders)
    groups, activities = differing(was.rooms, now.rooms), differing(was.placements, now.placements)
    days = {_date_of(key) for key in keys}
    posts = [post for line in lines for post in new.demand.posts_of_line.get(line, ())]
    if groups or activities:
        posts += [p for p in new.demand.posts if p.group in groups or p.activity in activities]
    for post in posts:
        days.update(day.date for day in new.calendar.dates(post.dates))
    events = {key for key in keys for each in (was, now) if _event_of(each, key) is not None}
    whole = {_date_of(key) for key in events}
    touched: dict[dt.date, tuple[Session, ...]] = {}
    for date in (days - whole) & known.keys():
        sessions = []
        for session in known[date]:
            post = session.post
            elsewhere = post.group in groups or post.activity in activities
            other = elsewhere or post.line in lines or session.key in keys
            after = new.again(session) if other else session
            if post.option is not None and _counts(session) != _counts(after):
                whole.add(date)
                break
            sessions.append(session if after == session else after)
        touched[date] = tuple(sessions)
    touched |= _expanded(known, new, whole)
    return dict(sorted({**known, **touched}.items()))


def _expanded(old: Dates, new: Expansion, dates: Iterable[dt.date]) -> Dates:
    """The sessions of whole dates, those that are as they were taken from the old timetable."""
    index = new.calendar.index
    mask = sum(1 << index[date] for date in dates if date in index) & new.only
    found: dict[dt.date, list[Session]] = defaultdict(list)
    was = {s.key: s for day in new.calendar.dates(mask) for s in old.get(day.date, ())}
    for session in Expansion(new.demand, new.timetable, mask).sessions if mask else ():
        same = was.get(session.key)
        found[session.date].append(same if same is not None and same == session else session)
    return {day.date: tuple(found.get(day.date, ())) for day in new.calendar.dates(mask)}


def _counts(session: Session) -> tuple[bool, bool]:
    """What decides whether a meeting takes its children."""
    return session.takes_place, session.staff is None


def _event_of(timetable: Timetable, key: str) -> str | None:
    change = timetable.changes.get(key)
    return change.event if change else None


def _date_of(key: str) -> dt.date:
    """The date in the key of a session."""
    return dt.date(int(key[:4]), int(key[4:6]), int(key[6:8]))
