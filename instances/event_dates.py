"""On which dates and at which times an event could take place, and what it takes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from instances.calendar import Calendar, ServiceDay, timing_on
from instances.events import Event, HeldEvent
from instances.school import Instance, SchoolClass, Term

Clock = tuple[dt.time, dt.time]
WHOLE_DAY: Clock = (dt.time.min, dt.time.max)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Service days and segments on which an event, or a rehearsal of it, could take place."""

    days: tuple[ServiceDay, ...]
    segments: tuple[str, ...]
    whole_day: bool

    @property
    def first(self) -> dt.date:
        return self.days[0].date

    @property
    def last(self) -> dt.date:
        return self.days[-1].date

    def held(self, event: Event, rehearsal: int = 0) -> HeldEvent:
        return HeldEvent(
            event=event.name,
            rehearsal=rehearsal,
            dates=tuple(day.date for day in self.days),
            segments=self.segments,
            whole_day=self.whole_day,
        )


def audience(instance: Instance, event: Event) -> tuple[SchoolClass, ...]:
    """The classes that take part in an event as a whole, in the order of the class list."""
    if not event.grades and not event.classes:
        return () if event.clubs else instance.classes
    return tuple(
        one for one in instance.classes if one.grade in event.grades or one.name in event.classes
    )


def is_frozen(term: Term, date: dt.date) -> bool:
    """Whether a date is in exam weeks, when there are no events."""
    return any(date in period for period in term.frozen)


def open_days(instance: Instance, calendar: Calendar) -> Iterator[ServiceDay]:
    """Service days on which there may be events."""
    for day in calendar.dates(calendar.every):
        if not is_frozen(instance.term, day.date):
            yield day


def occasions(
    instance: Instance, calendar: Calendar, event: Event, rehearsal: bool = False
) -> tuple[Occasion, ...]:
    """Every date and time at which an event could take place, by itself; in order.

    A rehearsal is on any single day before the last on which the event could begin.
    """
    found = []
    days = {day.date: day for day in open_days(instance, calendar)}
    for date in days:
        count = 1 if rehearsal else event.days
        run = [days.get(date + n * ONE_DAY) for n in range(count)]
        here = tuple(day for day in run if day is not None)
        if len(here) == count and (rehearsal or _allowed(event, here)):
            found += list(_at(instance, event, here, rehearsal))
    return tuple(found)


def _allowed(event: Event, days: tuple[ServiceDay, ...]) -> bool:
    first, last = days[0].date, days[-1].date
    if event.weekdays and any(day.weekday not in event.weekdays for day in days):
        return False
    if event.start is not None and event.end is None:
        return first == event.start
    return (event.start is None or first >= event.start) and (
        event.end is None or last <= event.end
    )


def _at(
    instance: Instance, event: Event, days: tuple[ServiceDay, ...], rehearsal: bool
) -> Iterator[Occasion]:
    if event.length is None and not rehearsal:
        held = (name for day in days for name in _segments(instance, event, day, every=True))
        yield Occasion(days, tuple(dict.fromkeys(held)), whole_day=True)
        return
    length = event.rehearsal_length
    for run in _runs(instance, event, days[0], length):
        segments = [instance.segment_by_name[name] for name in run]
        if all(timing_on(one, day.weekday, day.phase) for day in days for one in segments):
            yield Occasion(days, run, whole_day=False)


def _segments(
    instance: Instance, event: Event, day: ServiceDay, every: bool = False
) -> tuple[str, ...]:
    """The segments of a day that an event may use, by the clock; of those that begin at one
    time the longest."""
    grades = {one.grade for one in audience(instance, event)}
    clocks: dict[str, Clock] = {}
    for segment in instance.segments:
        timing = timing_on(segment, day.weekday, day.phase)
        serves = not segment.grades or not grades or not grades.isdisjoint(segment.grades)
        allowed = every or (segment.name in event.segments if event.segments else serves)
        if timing is not None and allowed:
            clocks[segment.name] = (timing.start, timing.end)
    names = sorted(clocks, key=lambda name: clocks[name])
    if every:
        return tuple(names)
    longest = {clocks[name][0]: name for name in names}
    return tuple(longest.values())


def _runs(
    instance: Instance, event: Event, day: ServiceDay, length: int
) -> Iterator[tuple[str, ...]]:
    names = _segments(instance, event, day)
    for first in range(len(names)):
        run: list[str] = []
        free_from = dt.time.min
        for name in names[first:]:
            timing = timing_on(instance.segment_by_name[name], day.weekday, day.phase)
            if timing is not None and timing.start >= free_from and len(run) < length:
                run.append(name)
                free_from = timing.end
        if len(run) == length:
            yield tuple(run)


def clock_on(instance: Instance, held: HeldEvent | Occasion, day: ServiceDay) -> Clock:
    """From when to when somebody at an event is taken up on one of its days."""
    if held.whole_day:
        return WHOLE_DAY
    return service_clock(instance, held, day) or WHOLE_DAY


def service_clock(instance: Instance, held: HeldEvent | Occasion, day: ServiceDay) -> Clock | None:
    """The part of the service that an event takes on a day; ``None`` if it takes none."""
    timings = [
        timing
        for name in held.segments
        if (timing := timing_on(instance.segment_by_name[name], day.weekday, day.phase))
    ]
    if not timings:
        return None
    return min(t.start for t in timings), max(t.end for t in timings)


def overlap(one: Clock, other: Clock) -> bool:
    """Whether two clock intervals (half-open) share a time."""
    return one[0] < other[1] and other[0] < one[1]
