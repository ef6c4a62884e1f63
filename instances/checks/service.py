"""Does the school offer each class what a day of the service owes it: two hours, exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from instances import activity_texts as texts
from instances.blocks import allowed_slots, minutes
from instances.calendar import timing_on
from instances.checks.scope import Scope
from instances.demand import is_movable
from instances.headcount import present
from instances.problems import Flaw
from instances.school import Activity, SchoolClass
from instances.words import Family, Kind, Weekday

Offer = tuple[frozenset[str], tuple[tuple[Weekday, str], ...]]
"""The classes that something is for, and the slots in which it may be."""
TWO_HOURS = 120
SERVICE_RULE = "service-too-short"
"""The rule in which a school may ask for less, or more, than two hours a day."""
EXERCISE_RULE = "exercise-missing"
"""The rule with which a school says that it wants exercise every day."""
_SERVICE = (Kind.CARE, Kind.CLUB, Kind.EXERCISE, Kind.LATE)
"""Noon care is none: it comes before the last lessons. Tutoring is for a few children."""


def check(scope: Scope) -> Iterator[Flaw]:
    if scope.sure("segments", "classes", "term", "kinds", "grades", "phases"):
        yield from _short_days(scope)
        yield from _no_exercise(scope)


def _short_days(scope: Scope) -> Iterator[Flaw]:
    """Classes for which all that is offered on a weekday is too short; together if alike."""
    short: dict[tuple[tuple[Weekday, ...], int], list[int]] = defaultdict(list)
    least = _least(scope)
    times = {day: {d.phase for d in scope.calendar.days if d.weekday is day} for day in Weekday}
    offers = list(_offers(scope))
    for index, school_class in enumerate(scope.instance.classes):
        slots = _slots(scope, school_class, offers)
        offered = {
            day: min(_minutes(scope, slots[day], day, phase) for phase in phases)
            for day, phases in times.items()
            if phases
        }
        days = tuple(day for day, some in offered.items() if 0 < some < least)
        if days:
            short[days, min(offered[day] for day in days)].append(index)
    for (days, some), indices in short.items():
        names = [scope.instance.classes[n].name for n in indices]
        facts = {"weekdays": days, "classes": names, "minutes": some, "least": least}
        yield Flaw(("classes", indices[0], "name"), texts.SERVICE_TOO_SHORT, facts)


def _least(scope: Scope) -> int:
    """The least minutes of a day: two hours, unless the school's rules ask for other ones."""
    asked = [one for one in scope.instance.rules if one.rule == SERVICE_RULE and not one.grades]
    return min((one.parameters.get("minutes", TWO_HOURS) for one in asked), default=TWO_HOURS)


def _offers(scope: Scope) -> Iterator[Offer]:
    """What is offered to children who stay: to which classes, and when it may be."""
    for activity in scope.instance.activities:
        if activity.kind in _SERVICE:
            names = frozenset(one.name for one in scope.instance.attending(activity))
            yield names, tuple(allowed_slots(scope.instance, activity))


def _slots(
    scope: Scope, school_class: SchoolClass, offers: Sequence[Offer]
) -> dict[Weekday, set[str]]:
    """The segments of each weekday in which anything is offered to children who stay."""
    found: dict[Weekday, set[str]] = defaultdict(set)
    for names, slots in offers:
        if school_class.name in names:
            for weekday, name in slots:
                grades = scope.instance.segment_by_name[name].grades
                if not grades or school_class.grade in grades:
                    if present(school_class, weekday, name):
                        found[weekday].add(name)
    return found


def _minutes(scope: Scope, names: set[str], weekday: Weekday, phase: str | None) -> int:
    timings = [timing_on(scope.instance.segment_by_name[n], weekday, phase) for n in names]
    return len({m for t in timings if t for m in range(minutes(t.start), minutes(t.end))})


def _no_exercise(scope: Scope) -> Iterator[Flaw]:
    """Classes to which a school that asks for exercise every day offers none on some days."""
    asked = [
        n
        for n, setting in enumerate(scope.instance.rules)
        if setting.rule == EXERCISE_RULE and setting.enabled
    ]
    if not asked:
        return
    sport = [activity for activity in scope.instance.activities if _is_exercise(activity)]
    serving = {day.weekday for day in scope.calendar.days}
    lacking: dict[tuple[Weekday, ...], list[str]] = defaultdict(list)
    offers = list(_offers(scope))
    for school_class in scope.instance.classes:
        mine = [one for one in sport if school_class in scope.instance.attending(one)]
        there = {day for one in mine for day, _ in allowed_slots(scope.instance, one)}
        stays = {day for day, names in _slots(scope, school_class, offers).items() if names}
        if days := tuple(sorted((serving & stays) - there)):
            lacking[days].append(school_class.name)
    for days, names in lacking.items():
        facts = {"classes": names, "weekdays": days}
        yield Flaw(("rules", asked[0], "rule"), texts.EXERCISE_NOT_OFFERED, facts)


def _is_exercise(activity: Activity) -> bool:
    """Exercise for whole classes; in clubs that children choose, not all have it."""
    whole = not is_movable(activity) or activity.attendance is None
    return whole and (
        activity.kind is Kind.EXERCISE
        or (activity.kind is Kind.CLUB and activity.family is Family.SPORTS)
    )
