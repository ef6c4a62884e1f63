"""Do the dates and clock times fit together: term, calendar, segments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from instances import check_texts as texts
from instances.calendar import timing_on
from instances.checks.scope import Scope
from instances.messages import Label
from instances.problems import At, Flaw, Path
from instances.school import Period, Segment
from instances.words import Weekday, grade_text

PUBLIC_HOLIDAYS = {
    (1, 1): Label("元旦", "New Year's Day"),
    (5, 1): Label("劳动节", "Labour Day"),
    (10, 1): Label("国庆节", "National Day"),
}
"""Days (month, day) on which no school has service; others move with the moon."""
LONGEST_TERM = 400
LONGEST_HOLIDAY = 31


def check(scope: Scope) -> Iterator[Flaw]:
    if scope.sure("term"):
        yield from _term(scope)
        yield from _make_up_days(scope)
        yield from _public_holidays(scope)
    yield from _periods(scope)
    yield from _phases(scope)
    for index, segment in enumerate(scope.instance.segments):
        yield from _segment(scope, segment, index)
    if scope.sure("segments"):
        yield from _overlaps(scope)


def _term(scope: Scope) -> Iterator[Flaw]:
    term = scope.instance.term
    bounds = {"start": term.start, "end": term.end}
    if term.end < term.start:
        yield Flaw(("term", "end"), texts.TERM_BACKWARDS, bounds)
        return
    days = (term.end - term.start).days + 1
    if days > LONGEST_TERM:
        facts = {"days": days, "most": LONGEST_TERM}
        yield Flaw(("term", "end"), texts.TERM_TOO_LONG, facts)
        return
    outside = False
    for key, date in (("service_start", term.service_start), ("service_end", term.service_end)):
        if date is not None and not term.start <= date <= term.end:
            outside = True
            yield Flaw(("term", key), texts.SERVICE_OUTSIDE, {"date": date, **bounds})
    start, end = term.service_start or term.start, term.service_end or term.end
    if not outside and end < start:
        facts_of_service = {"start": start, "end": end}
        yield Flaw(("term", "service_end"), texts.SERVICE_BACKWARDS, facts_of_service)
    elif not outside and not scope.calendar.days:
        yield Flaw(("term", "start"), texts.NO_SERVICE_DAYS)


def _make_up_days(scope: Scope) -> Iterator[Flaw]:
    term = scope.instance.term
    seen: dict[dt.date, int] = {}
    start, end = term.service_start or term.start, term.service_end or term.end
    for index, day in enumerate(term.make_up_days):
        path: Path = ("term", "make_up_days", index, "date")
        facts = {"date": day.date, "weekday": Weekday(day.date.isoweekday())}
        first = seen.setdefault(day.date, index)
        if first != index:
            other = At(("term", "make_up_days", first))
            yield Flaw(path, texts.MAKE_UP_TWICE, {**facts, "other": other})
        elif start <= end and not start <= day.date <= end:
            yield Flaw(path, texts.MAKE_UP_OUTSIDE, facts)
        elif day.date.isoweekday() <= 5:
            yield Flaw(path, texts.MAKE_UP_ON_WEEKDAY, facts)
        if any(day.date in holiday for holiday in term.holidays):
            yield Flaw(path, texts.MAKE_UP_IN_HOLIDAY, facts)


def _public_holidays(scope: Scope) -> Iterator[Flaw]:
    """Public holidays that the calendar does not know."""
    if not scope.sure("term", "holidays"):
        return
    for day in scope.calendar.days:
        name = PUBLIC_HOLIDAYS.get((day.date.month, day.date.day))
        if name is not None:
            facts = {"date": day.date, "weekday": day.weekday, "name": name}
            yield Flaw(("term", "holidays"), texts.PUBLIC_HOLIDAY, facts)


def backwards(period: Period, path: Path) -> Iterator[Flaw]:
    """A period that ends before it starts."""
    if period.end < period.start:
        facts = {"start": period.start, "end": period.end}
        yield Flaw((*path, "end"), texts.PERIOD_BACKWARDS, facts)


def outside(scope: Scope, period: Period, path: Path) -> Iterator[Flaw]:
    """A period that has no day in common with the term."""
    term = scope.instance.term
    if not scope.sure("term") or period.end < period.start or term.end < term.start:
        return
    if period.end < term.start or period.start > term.end:
        facts = {"start": period.start, "end": period.end}
        yield Flaw((*path, "start"), texts.PERIOD_OUTSIDE, facts)


def _periods(scope: Scope) -> Iterator[Flaw]:
    term = scope.instance.term
    for key, periods in (
        ("holidays", term.holidays),
        ("frozen", term.frozen),
        ("phases", term.phases),
    ):
        for index, period in enumerate(periods):
            yield from backwards(period, ("term", key, index))
            yield from outside(scope, period, ("term", key, index))
            days = (period.end - period.start).days + 1
            if key != "phases" and days > LONGEST_HOLIDAY:
                yield Flaw(("term", key, index, "start"), texts.LONG_HOLIDAY, {"days": days})
    for n, room in enumerate(scope.instance.rooms):
        for index, closure in enumerate(room.closures):
            yield from backwards(closure, ("rooms", n, "closures", index))
            yield from outside(scope, closure, ("rooms", n, "closures", index))


def _phases(scope: Scope) -> Iterator[Flaw]:
    for (_, one), (index, other) in combinations(enumerate(scope.instance.term.phases), 2):
        if one.start <= other.end and other.start <= one.end:
            facts = {"name": other.name, "other": one.name}
            yield Flaw(("term", "phases", index, "start"), texts.PHASES_OVERLAP, facts)


def _segment(scope: Scope, segment: Segment, index: int) -> Iterator[Flaw]:
    path: Path = ("segments", index)
    phases = {phase.name for phase in scope.instance.term.phases}
    if not segment.timings:
        if scope.sure("segments"):
            yield Flaw(path, texts.SEGMENT_WITHOUT_TIMING, {"name": segment.name})
        return
    seen: dict[tuple[Weekday, str | None], int] = {}
    for n, timing in enumerate(segment.timings):
        here = (*path, "timings", n)
        if timing.end <= timing.start:
            facts = {"start": timing.start, "end": timing.end}
            yield Flaw((*here, "end"), texts.TIMING_BACKWARDS, facts)
        if timing.phase is not None and timing.phase not in phases and scope.sure("phases"):
            near = [name for name in phases if name[:1] == timing.phase[:1]]
            facts_of_phase = {"name": timing.phase, "near": near[:1]}
            yield Flaw((*here, "phase"), texts.UNKNOWN_PHASE, facts_of_phase)
        for weekday in timing.weekdays:
            first = seen.setdefault((weekday, timing.phase), n)
            if first != n:
                facts_of_day = {
                    "name": segment.name,
                    "weekday": weekday,
                    "other": At((*path, "timings", first)),
                }
                yield Flaw((*here, "weekdays"), texts.TIMING_TWICE, facts_of_day)
                break


def _overlaps(scope: Scope) -> Iterator[Flaw]:
    """Segments of one grade that share a time: a child cannot be in both."""
    phases = (None, *(phase.name for phase in scope.instance.term.phases))
    for (_, one), (index, other) in combinations(enumerate(scope.instance.segments), 2):
        grades = _common_grades(one, other)
        weekday = next((d for d in Weekday for p in phases if _clash(one, other, d, p)), None)
        if grades and weekday is not None:
            facts = {
                "name": other.name,
                "other": one.name,
                "weekday": weekday,
                "grade": Label(grade_text(grades[0], "zh"), grade_text(grades[0], "en")),
            }
            number = next(n for n, t in enumerate(other.timings) if weekday in t.weekdays)
            path = ("segments", index, "timings", number, "start")
            yield Flaw(path, texts.SEGMENTS_OVERLAP, facts)


def _common_grades(one: Segment, other: Segment) -> list[int]:
    every = set(range(1, 10))
    return sorted((set(one.grades) or every) & (set(other.grades) or every))


def _clash(one: Segment, other: Segment, weekday: Weekday, phase: str | None) -> bool:
    first, second = timing_on(one, weekday, phase), timing_on(other, weekday, phase)
    if first is None or second is None:
        return False
    return first.start < second.end and second.start < first.end
