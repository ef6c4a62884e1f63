"""Changes of one weekly post drawn together, so that a whole term of them reads as one line."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from instances.calendar import Calendar
from instances.timetable import Session
from instances.words import Weekday
from scheduler.changes import Change, ChangeKind, base_line

Place = tuple[Weekday, str]
"""A weekday and a clock interval."""


@dataclass(frozen=True)
class ChangeGroup:
    """The same change of one post on one weekday, on one or several dates.

    ``goes_on``: until the last date on which the post exists, and nowhere as it was in between.
    ``skipped``: the service dates of that weekday between the first and the last on which there is
    no such change. ``old_place`` and ``new_place`` are given where the time has changed.
    """

    changes: tuple[Change, ...]
    weekday: Weekday
    goes_on: bool
    skipped: tuple[dt.date, ...] = ()
    old_place: Place | None = None
    new_place: Place | None = None

    @property
    def one(self) -> Change:
        return self.changes[0]

    @property
    def first(self) -> dt.date:
        return self.changes[0].date

    @property
    def begins(self) -> dt.date:
        """The first date that is concerned, also by what is on another now."""
        return min(date for change in self.changes for date in change.dates)

    @property
    def last(self) -> dt.date:
        return self.changes[-1].date

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return tuple(change.date for change in self.changes)

    @property
    def clocks(self) -> tuple[str, ...]:
        """The clock intervals at which the post is, or was."""
        times = (change.new_time or change.old_time for change in self.changes)
        return tuple(dict.fromkeys(split_time(time)[1] for time in times if time))

    @property
    def singles(self) -> tuple[ChangeGroup, ...]:
        """Each of its dates as a group of its own."""
        single = replace(self, goes_on=False, skipped=())
        return tuple(replace(single, changes=(change,)) for change in self.changes)

    @property
    def is_single(self) -> bool:
        return len(self.changes) == 1


def split_time(text: str) -> tuple[dt.date, str]:
    """The date and the clock interval of a time as changes have it."""
    date, _, clock = text.partition(" ")
    return dt.date.fromisoformat(date), clock


def weekday_followed(calendar: Calendar, date: dt.date) -> Weekday:
    """The weekday whose timetable a date follows."""
    index = calendar.index.get(date)
    return Weekday(date.isoweekday()) if index is None else calendar.days[index].weekday


def group_changes(
    changes: Iterable[Change], sessions: Iterable[Session], calendar: Calendar
) -> tuple[ChangeGroup, ...]:
    """The changes by weekly post, in order of their first dates.

    ``sessions`` are those of the new timetable: they say on which dates a post exists.
    """
    found: dict[object, list[Change]] = defaultdict(list)
    exists: dict[tuple[str, Weekday], set[dt.date]] = defaultdict(set)
    changed: dict[tuple[str, Weekday], set[dt.date]] = defaultdict(set)
    for session in sessions:
        if session.takes_place:
            weekday = weekday_followed(calendar, session.date)
            exists[base_line(session.post.line), weekday].add(session.date)
    for change in changes:
        weekday = weekday_followed(calendar, change.date)
        changed[base_line(change.line), weekday].add(change.date)
        found[_alike(change, weekday, calendar)].append(change)
    groups = []
    for some in found.values():
        some.sort(key=lambda change: change.date)
        weekday = weekday_followed(calendar, some[0].date)
        key = base_line(some[0].line), weekday
        as_before = exists[key] - changed[key]
        end = max(exists[key] | changed[key])
        first, last = some[0].date, some[-1].date
        unbroken = not any(first < date < last for date in as_before)
        goes_on = unbroken and last == end
        skipped = _skipped(some, weekday, calendar)
        groups.append(ChangeGroup(tuple(some), weekday, goes_on, skipped, *_shown(some, calendar)))
    return tuple(sorted(groups, key=_order))


def _skipped(changes: list[Change], weekday: Weekday, calendar: Calendar) -> tuple[dt.date, ...]:
    """The dates of the weekday that somebody would count in who reads “from … on”."""
    dates = {change.date for change in changes}
    first, last = changes[0].date, changes[-1].date
    days = (day.date for day in calendar.days if day.weekday is weekday)
    return tuple(date for date in days if first < date < last and date not in dates)


def _order(group: ChangeGroup) -> tuple[object, ...]:
    one = group.one
    return (one.date, *group.clocks[:1], one.segment, one.activity, one.line)


def _places(change: Change, calendar: Calendar) -> tuple[Place | None, Place | None]:
    """Where in the week a post was and is, if that has changed."""
    if ChangeKind.TIME not in change.kinds:
        return None, None
    old, new = (
        (weekday_followed(calendar, date), clock)
        for date, clock in (split_time(text) for text in (change.old_time, change.new_time) if text)
    )
    return old, new


def _shown(changes: list[Change], calendar: Calendar) -> tuple[Place | None, Place | None]:
    """The places of changes told as one: the segment where the clock is not always the same."""
    pairs = [_places(change, calendar) for change in changes]
    olds, news = zip(*pairs, strict=True)
    return _common(olds, changes[0].segment), _common(news, changes[0].segment)


def _common(places: Iterable[Place | None], segment: str) -> Place | None:
    found = {place for place in places if place is not None}
    if len(found) < 2:
        return next(iter(found), None)
    return next(iter(found))[0], segment


def _alike(change: Change, weekday: Weekday, calendar: Calendar) -> object:
    """What changes have in common that are told as one."""
    staff = change.old_staff, change.new_staff
    rooms = change.old_room, change.new_room
    where = base_line(change.line), change.segment, weekday
    old, new = _places(change, calendar)
    if old is None or new is None:
        return where, change.kinds, staff, rooms
    clocks = None if old[1] == new[1] else (old[1], new[1])
    return where, change.kinds, staff, rooms, old[0], new[0], clocks
