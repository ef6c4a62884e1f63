"""From a term to its service days: holidays, make-up days, frozen weeks, phases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from instances.school import Activity, Instance, Period, Segment, Term, Timing
from instances.words import Kind, Parity, Weekday

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class ServiceDay:
    """A date with after-school service.

    ``weekday`` is the one whose timetable is followed (a make-up Sunday may follow Friday);
    ``week`` counts from 1, the week of the term's first day; ``clubs`` is false in exam weeks
    without clubs.
    """

    date: dt.date
    weekday: Weekday
    week: int
    phase: str | None
    clubs: bool


class Calendar:
    """The service days of a term, in order.

    Sets of days are bit masks over ``days``: bit ``n`` is ``days[n]``. Days before ``since``
    are in ``days``, so that weeks and rotas count on, but in no set: nothing is planned then.
    """

    def __init__(self, term: Term, since: dt.date | None = None) -> None:
        self.term = term
        self.days: tuple[ServiceDay, ...] = tuple(_service_days(term))
        self.index: dict[dt.date, int] = {day.date: n for n, day in enumerate(self.days)}
        past = sum(1 for day in self.days if since is not None and day.date < since)
        self.every: int = (1 << len(self.days)) - (1 << past)
        self._running: dict[object, int] = {}
        self.of_weekday: dict[Weekday, int] = dict.fromkeys(Weekday, 0)
        for n, day in enumerate(self.days):
            self.of_weekday[day.weekday] |= (1 << n) & self.every

    @cached_property
    def weeks(self) -> tuple[int, ...]:
        """The numbers of the weeks that have service."""
        return tuple(sorted({day.week for day in self.days}))

    @cached_property
    def of_week(self) -> dict[int, int]:
        """The days of each week that has any to plan."""
        masks = dict.fromkeys(self.weeks, 0)
        for n, day in enumerate(self.days):
            masks[day.week] |= (1 << n) & self.every
        return {week: mask for week, mask in masks.items() if mask}

    def plans(self, day: ServiceDay) -> bool:
        """Whether a day is planned; what lies before ``since`` is history."""
        return bool(self.every >> self.index[day.date] & 1)

    def week_of(self, date: dt.date) -> int:
        return _week(self.term, date)

    def between(self, start: dt.date | None, end: dt.date | None) -> int:
        """Days from ``start`` to ``end``, both included; ``None`` is unbounded."""
        return self.where(
            lambda day: (start is None or day.date >= start) and (end is None or day.date <= end)
        )

    def where(self, holds: Callable[[ServiceDay], bool]) -> int:
        """Days for which the predicate holds."""
        return sum(1 << n for n, day in enumerate(self.days) if holds(day)) & self.every

    def of_parity(self, parity: Parity) -> int:
        if parity is Parity.ALL:
            return self.every
        odd = parity is Parity.ODD
        return self._odd if odd else self.every & ~self._odd

    @cached_property
    def _odd(self) -> int:
        return self.where(lambda day: day.week % 2 == 1)

    def running(self, activity: Activity) -> int:
        """Days on which an activity could take place: its dates, weeks, and exam weeks."""
        pauses = activity.kind is Kind.CLUB
        key = (activity.start, activity.end, activity.parity, activity.weeks, pauses)
        if key not in self._running:
            self._running[key] = self._find_running(activity)
        return self._running[key]

    def _find_running(self, activity: Activity) -> int:
        mask = self.between(activity.start, activity.end) & self.of_parity(activity.parity)
        if activity.weeks:
            weeks = set(activity.weeks)
            mask &= self.where(lambda day: day.week in weeks)
        if activity.kind is Kind.CLUB:
            mask &= self.where(lambda day: day.clubs)
        return mask

    def dates(self, mask: int) -> Iterator[ServiceDay]:
        """The days of a mask, in order."""
        while mask:
            low = mask & -mask
            yield self.days[low.bit_length() - 1]
            mask ^= low


def timing_on(segment: Segment, weekday: Weekday, phase: str | None) -> Timing | None:
    """The clock times of a segment on a weekday in a phase; ``None`` if it does not meet.

    A timing for the phase goes before one for all phases.
    """
    general: Timing | None = None
    for timing in segment.timings:
        if weekday in timing.weekdays:
            if timing.phase is not None and timing.phase == phase:
                return timing
            if timing.phase is None:
                general = timing
    return general


def calendar_of(instance: Instance) -> Calendar:
    """The calendar of an instance."""
    return Calendar(instance.term)


def _week(term: Term, date: dt.date) -> int:
    first = term.start - dt.timedelta(days=term.start.weekday())
    return (date - first).days // 7 + 1


def _within(periods: tuple[Period, ...], date: dt.date) -> Period | None:
    return next((period for period in periods if date in period), None)


def _service_days(term: Term) -> Iterator[ServiceDay]:
    make_up = {day.date: day for day in term.make_up_days}
    date = max(term.start, term.service_start or term.start)
    last = min(term.end, term.service_end or term.end)
    while date <= last:
        weekday: Weekday | None = Weekday(date.isoweekday())
        if date in make_up:
            weekday = make_up[date].follows if make_up[date].service else None
        elif date.isoweekday() > 5 or _within(term.holidays, date) is not None:
            weekday = None
        if weekday is not None:
            phase = _within(term.phases, date)
            frozen = next((period for period in term.frozen if date in period), None)
            yield ServiceDay(
                date=date,
                weekday=weekday,
                week=_week(term, date),
                phase=phase.name if phase else None,
                clubs=frozen is None or frozen.clubs,
            )
        date += ONE_DAY
