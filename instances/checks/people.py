"""Do names, references and wishes fit together: classes, rooms, staff."""

from __future__ import annotations

from collections.abc import Iterator

from instances import check_texts as texts
from instances.checks.dates import backwards, outside
from instances.checks.scope import Scope, first_of
from instances.messages import Label
from instances.problems import At, Flaw, Path
from instances.school import Staff
from instances.text import fold, split_list
from instances.words import Weekday

_MOST_SLOTS_NAMED = 6


def check(scope: Scope) -> Iterator[Flaw]:
    yield from _duplicates(scope)
    yield from _same_people(scope)
    yield from _classes(scope)
    for index, person in enumerate(scope.instance.staff):
        yield from _person(scope, person, ("staff", index))
        yield from _consent(scope, person, index)
        yield from _wishes(scope, person, ("staff", index))


def _duplicates(scope: Scope) -> Iterator[Flaw]:
    instance = scope.instance
    lists = {
        "segments": [segment.name for segment in instance.segments],
        "classes": [school_class.name for school_class in instance.classes],
        "rooms": [room.name for room in instance.rooms],
        "activities": [activity.name for activity in instance.activities],
        "events": [event.name for event in instance.events],
    }
    for part, names in lists.items():
        for index, first in first_of(names):
            facts = {"name": names[index], "other": At((part, first))}
            yield Flaw((part, index, "name"), texts.DUPLICATE_NAME, facts)
        for index, name in enumerate(names):
            if len(split_list(name, "、,;；\n")) > 1:
                yield Flaw((part, index, "name"), texts.SEPARATOR_IN_NAME, {"name": name})


def _same_people(scope: Scope) -> Iterator[Flaw]:
    staff = scope.instance.staff
    keys = dict(first_of([person.key for person in staff]))
    names = dict(first_of([person.name for person in staff]))
    numbered = [(n, person.number) for n, person in enumerate(staff) if person.number]
    for index, first in names.items():
        other = At(("staff", first))
        if index in keys and staff[index].number:
            facts = {"name": staff[index].key, "other": At(("staff", keys[index]))}
            yield Flaw(("staff", index, "name"), texts.DUPLICATE_NAME, facts)
        elif not staff[index].number or not staff[first].number:
            facts = {"name": staff[index].name, "other": other}
            yield Flaw(("staff", index, "name"), texts.SAME_NAME, facts)
    for place, first in first_of([number for _, number in numbered]):
        index, other_index = numbered[place][0], numbered[first][0]
        if fold(staff[index].name) != fold(staff[other_index].name):
            facts = {
                "number": staff[index].number,
                "name": staff[other_index].name,
                "other": At(("staff", other_index)),
            }
            yield Flaw(("staff", index, "number"), texts.SAME_NUMBER, facts)


def _classes(scope: Scope) -> Iterator[Flaw]:
    instance = scope.instance
    homes: dict[str, str] = {}
    for index, school_class in enumerate(instance.classes):
        path: Path = ("classes", index)
        teacher = school_class.home_teacher
        yield from scope.unknown("staff", teacher, (*path, "home_teacher"))
        for n, entry in enumerate(school_class.participation):
            yield from scope.unknown("segments", entry.segment, (*path, "participation", n))
        if teacher is None:
            continue
        first = homes.setdefault(teacher, school_class.name)
        facts = {"name": teacher, "first": first, "second": school_class.name}
        if first != school_class.name:
            yield Flaw((*path, "home_teacher"), texts.TWO_CLASSES_ONE_TEACHER, facts)
        if teacher in instance.staff_by_key and instance.staff_by_key[teacher].outside:
            facts = {"name": teacher, "school_class": school_class.name}
            yield Flaw((*path, "home_teacher"), texts.OUTSIDE_HOME_TEACHER, facts)
    if instance.classes and scope.sure("grades"):
        if not any(school_class.size for school_class in instance.classes):
            yield Flaw(("classes", 0, "size"), texts.EMPTY_SCHOOL)


def _person(scope: Scope, person: Staff, path: Path) -> Iterator[Flaw]:
    term = scope.instance.term
    if person.start is not None and person.end is not None and person.end < person.start:
        facts = {"start": person.start, "end": person.end}
        yield Flaw((*path, "end"), texts.LEAVES_BEFORE, facts)
    elif scope.sure("term"):
        late = person.start is not None and person.start > term.end
        early = person.end is not None and person.end < term.start
        if late or early:
            key = "start" if late else "end"
            yield Flaw((*path, key), texts.NEVER_PRESENT, {"name": person.key})
    for index, leave in enumerate(person.leave):
        yield from backwards(leave, (*path, "leave", index))
        yield from outside(scope, leave, (*path, "leave", index))
    for index, busy in enumerate(person.busy):
        if busy.end <= busy.start:
            times = {"start": busy.start, "end": busy.end}
            yield Flaw((*path, "busy", index, "end"), texts.TIMING_BACKWARDS, times)


def _consent(scope: Scope, person: Staff, index: int) -> Iterator[Flaw]:
    """A blank wish means the default; without a default nobody knows what it means."""
    if person.default is not None or not scope.sure("wishes", "segments"):
        return
    given = {(wish.weekday, wish.band) for wish in person.wishes}
    blank = [slot for slot in scope.slots if slot not in given]
    if not blank:
        return
    slots = [
        Label(f"{day.text('zh')} {band}", f"{day.text('en')} {band}")
        for day, band in blank[:_MOST_SLOTS_NAMED]
    ]
    if len(blank) > _MOST_SLOTS_NAMED:
        slots.append(Label("……", "…"))
    weekday, band = blank[0]
    yield Flaw(
        ("staff", index, "default"),
        texts.NO_DEFAULT,
        {"name": person.key, "count": len(blank), "slots": slots},
        seen=("wish", person.key, int(weekday), band),
    )


def _wishes(scope: Scope, person: Staff, path: Path) -> Iterator[Flaw]:
    slots: set[tuple[Weekday, str]] = set()
    for index, wish in enumerate(person.wishes):
        here = (*path, "wishes", index)
        if scope.sure("segments") and wish.band not in scope.instance.bands:
            near = scope.bands.near(wish.band)
            facts = {"name": wish.band, "options": list(scope.bands), "near": near}
            yield Flaw((*here, "band"), texts.UNKNOWN_BAND, facts, value=wish.band)
        if (wish.weekday, wish.band) in slots:
            yield Flaw(here, texts.TWO_WISHES)
        slots.add((wish.weekday, wish.band))
    activities: set[str] = set()
    for index, liked in enumerate(person.activity_wishes):
        here = (*path, "activity_wishes", index)
        if liked.activity not in scope.instance.event_by_name and scope.sure("events"):
            yield from scope.unknown("activities", liked.activity, (*here, "activity"))
        if liked.activity in activities:
            yield Flaw(here, texts.TWO_WISHES)
        activities.add(liked.activity)
