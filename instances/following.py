"""The sessions of a timetable that differs little from one already expanded.

Only what an edit touches is worked out anew: the sessions whose own line, exception or room
is another, care of those whose club now takes them or no longer does, and whole dates where an
event is why. What stays as it was is shared, so that a comparison by identity tells what may
have changed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import chain, groupby
from operator import attrgetter

from instances.attendance import Attendance
from instances.demand import Demand, Post
from instances.timetable import Expansion, Session, Timetable

_DAY = attrgetter("day")

Dates = Mapping[dt.date, tuple[Session, ...]]
"""The sessions of each date, in the order of the dates."""


class Followed(Expansion):
    """The expansion of a timetable, taken from one of another timetable of the same school.

    Its sessions are those of an expansion of its own, whatever lies between the two.
    """

    def __init__(self, demand: Demand, old: Expansion, known: Dates, timetable: Timetable) -> None:
        super().__init__(demand, timetable)
        if dates_stand_alone(old.timetable, timetable):
            self.option_of, self.active_posts = old.option_of, old.active_posts
            self.at_events = old.at_events
            self.dates = _dates(old.timetable, known, self)
        else:
            self.dates = by_date(Expansion(demand, timetable))
        self.sessions = tuple(chain.from_iterable(self.dates.values()))

    def again(self, session: Session) -> Session:
        """A session of the other timetable, neither moved nor merged, as it is in this one."""
        return self._session(
            session.key, session.post, session.day, session.segment, session.children
        )

    def care_again(self, dates: Dates, clubs: Set[str]) -> Dates:
        """Some dates with care of those groups anew from which any of the clubs takes children."""
        there = (session for sessions in dates.values() for session in sessions)
        others = (session for session in there if not session.post.is_care)
        self._attendance = Attendance(self.demand, others, self.timetable.since)
        needs = {
            need.key
            for need in self.demand.needs.values()
            if any(taker.activity in clubs for taker in need.takers)
        }
        near = [
            post
            for post in self.active_posts
            if post.is_care and any(need.key in needs for need in self.demand.needs_of(post))
        ]
        return {date: self._with_care(near, sessions) for date, sessions in dates.items()}

    def _with_care(self, near: list[Post], sessions: tuple[Session, ...]) -> tuple[Session, ...]:
        """The sessions of a date with those of some care posts looked up anew."""
        day, anew = sessions[0].day, set(near)
        bit = 1 << self.calendar.index[day.date]
        was = {session.key: session for session in sessions if session.post in anew}
        now: dict[str, Session] = {}
        for post in near:
            for session in self._in_care(post, day) if post.dates & bit else ():
                same = was.get(session.key)
                now[session.key] = same if same is not None and same == session else session
        if now.keys() == was.keys():
            return tuple(now.get(session.key, session) for session in sessions)
        kept = (session for session in sessions if session.post not in anew)
        return self._in_order(chain(kept, now.values()))


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
    stirred: dict[dt.date, tuple[Session, ...]] = {}
    clubs: set[str] = set()
    for date in (days - whole) & known.keys():
        here, moves = list(known[date]), False
        for n, session in enumerate(here):
            post = session.post
            elsewhere = post.group in groups or post.activity in activities
            if elsewhere or post.line in lines or session.key in keys:
                after = new.again(session)
                if after != session:
                    here[n] = after
                    if post.option is not None and _counts(session) != _counts(after):
                        clubs.add(post.activity)
                        moves = True
        (stirred if moves else touched)[date] = tuple(here)
    touched |= new.care_again(stirred, clubs) if stirred else {}
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
