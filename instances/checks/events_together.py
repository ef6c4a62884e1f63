"""Events that cannot be beside one another, or whose venues and organizers are never at hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from instances import event_texts as texts
from instances.checks.scope import Scope
from instances.event_dates import Occasion, audience, clock_on, occasions, overlap
from instances.events import Event
from instances.problems import Flaw

FEW = 12
"""Events with more times than this are not compared: there will be one for each."""


def check(scope: Scope) -> Iterator[Flaw]:
    if not scope.sure("term", "segments", "classes", "calendar", "phases", "events"):
        return
    events = [
        event
        for event in scope.instance.events
        if all(name in scope.instance.segment_by_name for name in event.segments)
    ]
    if not scope.calendar.days or not events:
        return
    times = {event.name: occasions(scope.instance, scope.calendar, event) for event in events}
    index = {event.name: n for n, event in enumerate(scope.instance.events)}
    for event in events:
        yield from _at_hand(scope, event, times[event.name], index[event.name])
        yield from _rehearsed(scope, event, times[event.name], index[event.name])
    for one, other in combinations(events, 2):
        if one.name == other.name:
            continue
        if not (0 < len(times[one.name]) <= FEW and 0 < len(times[other.name]) <= FEW):
            continue
        pairs = product(times[one.name], times[other.name])
        if _share(scope, one, other) and all(_meet(scope, *pair) for pair in pairs):
            later = max(one, other, key=lambda event: index[event.name])
            first = other if later is one else one
            path = ("events", index[later.name], "start" if later.start else "name")
            yield Flaw(path, texts.COLLIDE, {"name": later.name, "other": first.name})


def _at_hand(scope: Scope, event: Event, times: tuple[Occasion, ...], index: int) -> Iterator[Flaw]:
    """Whether venues and organizers are there on any of the dates."""
    rooms, people = scope.instance.room_by_name, scope.instance.staff_by_key
    for name in event.venues:
        if (
            name in rooms
            and times
            and all(any(rooms[name].is_closed_on(day.date) for day in one.days) for one in times)
        ):
            facts = {"name": event.name, "room": name}
            yield Flaw(("events", index, "venues"), texts.VENUE_CLOSED, facts, value=name)
    for key in event.people:
        person = people.get(key)
        if person is None or not times:
            continue
        gone = [
            any(
                any(day.date in period for period in person.leave)
                or (person.start is not None and day.date < person.start)
                or (person.end is not None and day.date > person.end)
                for day in one.days
            )
            for one in times
        ]
        if all(gone):
            facts = {"name": event.name, "staff": key}
            yield Flaw(("events", index, "people"), texts.ORGANIZER_AWAY, facts, value=key)


def _rehearsed(
    scope: Scope, event: Event, times: tuple[Occasion, ...], index: int
) -> Iterator[Flaw]:
    """Whether there are days enough before the latest date of an event for its rehearsals."""
    if not event.rehearsals or not times:
        return
    days = {one.first for one in occasions(scope.instance, scope.calendar, event, rehearsal=True)}
    after, fit = max(one.first for one in times), 0
    for day in sorted(days, reverse=True):
        if (after - day).days >= event.rehearsal_gap:
            after, fit = day, fit + 1
    if fit < event.rehearsals:
        facts = {"name": event.name, "wanted": event.rehearsals, "fit": fit}
        yield Flaw(("events", index, "rehearsals"), texts.NOT_REHEARSED, facts)


def _share(scope: Scope, one: Event, other: Event) -> bool:
    """Whether two events need the same class, club, room or person."""
    if {*one.venues, *one.people, *one.clubs} & {*other.venues, *other.people, *other.clubs}:
        return True
    names = {c.name for c in audience(scope.instance, one)}
    return any(c.name in names for c in audience(scope.instance, other))


def _meet(scope: Scope, one: Occasion, other: Occasion) -> bool:
    days = {day.date: day for day in other.days}
    return any(
        day.date in days
        and overlap(clock_on(scope.instance, one, day), clock_on(scope.instance, other, day))
        for day in one.days
    )
