"""Can each event take place: when, for whom, where, and with whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances import event_texts as texts
from instances.activity_texts import GRADE_WITHOUT_CLASS
from instances.check_texts import PERIOD_BACKWARDS
from instances.checks.scope import Scope
from instances.demand import is_movable
from instances.event_consent import agreed_to, wish_for
from instances.event_dates import audience, is_frozen, occasions
from instances.events import Event, event_posts
from instances.messages import Label
from instances.problems import At, Flaw, Path
from instances.words import Displaces, Level, grade_text


def check(scope: Scope) -> Iterator[Flaw]:
    for index, event in enumerate(scope.instance.events):
        path: Path = ("events", index)
        yield from _references(scope, event, path)
        yield from _name(scope, event, path)
        yield from _who(scope, event, path)
        if scope.sure("term", "segments", "classes", "calendar", "phases") and scope.calendar.days:
            yield from _when(scope, event, path)
        yield from _where(scope, event, path)
        yield from _with_whom(scope, event, path)


def _references(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    for part, key, names in (
        ("classes", "classes", event.classes),
        ("rooms", "venues", event.venues),
        ("activities", "clubs", event.clubs),
        ("segments", "segments", event.segments),
        ("staff", "people", event.people),
        ("staff", "agreed", event.agreed),
    ):
        for name in names:
            yield from scope.unknown(part, name, (*path, key))


def _name(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    for index, activity in enumerate(scope.instance.activities):
        if activity.name == event.name:
            facts = {"name": event.name, "other": At(("activities", index))}
            yield Flaw((*path, "name"), texts.NAME_OF_ACTIVITY, facts)


def _who(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    activities = scope.instance.activity_by_name
    if scope.sure("activities", "kinds"):
        for name in event.clubs:
            if name in activities and not is_movable(activities[name]):
                yield Flaw((*path, "clubs"), texts.NOT_A_CLUB, {"club": name}, value=name)
    if not scope.sure("classes", "grades"):
        return
    held = {school_class.grade for school_class in scope.instance.classes}
    empty = [
        Label(grade_text(grade, "zh"), grade_text(grade, "en"))
        for grade in event.grades
        if grade not in held
    ]
    known = all(name in scope.instance.class_by_name for name in event.classes)
    if event.grades and len(empty) == len(event.grades) and not event.classes:
        yield Flaw((*path, "grades"), texts.NOBODY_COMES, {"name": event.name})
    elif empty and known:
        yield Flaw((*path, "grades"), GRADE_WITHOUT_CLASS, {"grades": empty})


def _when(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    instance, term = scope.instance, scope.instance.term
    start, end = event.start or term.start, event.end or event.start or term.end
    span = {"name": event.name, "start": start, "end": end}
    if event.segments and event.length is None:
        yield Flaw((*path, "segments"), texts.SEGMENTS_WITHOUT_LENGTH, {"name": event.name})
        return
    if event.start is not None and event.end is not None and event.end < event.start:
        yield Flaw((*path, "end"), PERIOD_BACKWARDS, {"start": start, "end": end})
        return
    if end < term.start or start > term.end:
        key = "start" if event.start is not None else "end"
        yield Flaw((*path, key), texts.EVENT_OUTSIDE, span)
        return
    for key, date in (("start", event.start), ("end", event.end)):
        if date is not None and not term.start <= date <= term.end:
            facts = {"name": event.name, "date": date, "start": term.start, "end": term.end}
            yield Flaw((*path, key), texts.EVENT_PARTLY_OUTSIDE, facts)
    if event.end is not None and (end - start).days + 1 < event.days:
        yield Flaw((*path, "days"), texts.END_WITHOUT_DAYS, {**span, "days": event.days})
        return
    if not all(name in instance.segment_by_name for name in event.segments):
        return
    possible = occasions(instance, scope.calendar, event)
    if not possible:
        key = "start" if event.start is not None else "end" if event.end is not None else "name"
        yield Flaw((*path, key), texts.NO_DATE, {"name": event.name})
        return
    if event.wished and not any(is_wished(event, one.first) for one in possible):
        yield Flaw((*path, "wished"), texts.WISH_IMPOSSIBLE, {"name": event.name})
    yield from _reserve(scope, event, possible[0].last, path)


def _reserve(scope: Scope, event: Event, first: dt.date, path: Path) -> Iterator[Flaw]:
    reserve = event.reserve
    if reserve is None:
        return
    if reserve not in scope.calendar.index or is_frozen(scope.instance.term, reserve):
        yield Flaw((*path, "reserve"), texts.RESERVE_CLOSED, {"reserve": reserve})
    elif reserve <= first and not event.rained_off:
        facts = {"name": event.name, "reserve": reserve, "first": first}
        yield Flaw((*path, "reserve"), texts.RESERVE_EARLY, facts)


def is_wished(event: Event, date: dt.date) -> bool:
    """Whether an event is wished to begin on a date."""
    return any(
        date in period and (not period.weekdays or date.isoweekday() in period.weekdays)
        for period in event.wished
    )


def _where(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    if event.displaces is Displaces.ROOMS and not event.venues:
        yield Flaw((*path, "displaces"), texts.FREE_VENUES, {"name": event.name})
    rooms = scope.instance.room_by_name
    venues = [rooms[name] for name in event.venues if name in rooms]
    if not venues or not scope.sure("rooms", "capacities", "classes", "grades"):
        return
    children = sum(one.size for one in audience(scope.instance, event))
    capacity = sum(room.capacity for room in venues)
    if children > capacity and not event.place:
        facts = {"name": event.name, "children": children, "capacity": capacity}
        yield Flaw((*path, "venues"), texts.VENUES_SMALL, facts)


def _with_whom(scope: Scope, event: Event, path: Path) -> Iterator[Flaw]:
    if not scope.sure("staff", "wishes", "activity_wishes"):
        return
    people = scope.instance.staff
    for skill in dict.fromkeys(skill for spec in event.posts for skill in spec.skills):
        if not any(skill in person.skills for person in people):
            facts = {"name": event.name, "skill": skill, "near": scope.near_skill(skill)}
            yield Flaw((*path, "posts"), texts.NO_SKILLED, facts, value=skill)
    for person in people:
        if person.key in event.agreed and wish_for(person, event) is Level.NO:
            facts = {"name": event.name, "staff": person.key}
            yield Flaw((*path, "agreed"), texts.AGREED_AND_NOT, facts, value=person.key)
    posts = len(event_posts(event))
    agreed = sum(agreed_to(person, event) for person in people if person.key not in event.people)
    if agreed < posts:
        counts = {"name": event.name, "posts": posts, "agreed": agreed}
        yield Flaw((*path, "posts"), texts.TOO_FEW_AGREED, counts)
