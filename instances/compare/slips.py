"""Edits that do not go together with a timetable that is running: slips, most likely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from instances.calendar import Calendar
from instances.compare import slip_texts as texts
from instances.events import Event, HeldEvent
from instances.problems import Fault, Flaw, Path
from instances.school import Activity, Instance, Period, Record, Room, SchoolClass, Staff
from instances.text import fold, nearest

_SAME_ACTIVITY = ("kind", "slots", "posts", "grades", "classes")
_SAME_ROOM = ("capacity", "groups", "features", "building")


def slips(
    old: Instance, new: Instance, since: dt.date, held: Sequence[HeldEvent] = ()
) -> Iterator[Flaw]:
    """Everybody and everything renamed, numbers reused, dates that cannot change any more.

    ``held``: the events of the timetable.
    """
    last = since - dt.timedelta(days=1)
    yield from _people(old, new, last)
    yield from _renamed(old, new, last)
    yield from _term(old, new)
    yield from _dates(old, new, since)
    yield from _events(old, new, since, held)


def _people(old: Instance, new: Instance, last: dt.date) -> Iterator[Flaw]:
    gone = [person for person in old.staff if person.key not in new.staff_by_key]
    numbers = {fold(person.number): person for person in old.staff if person.number}
    for index, person in enumerate(new.staff):
        if person.key in old.staff_by_key:
            continue
        facts = {"new": person.key, "last": last}
        holder = numbers.get(fold(person.number)) if person.number else None
        was = _was(person, gone, old, new)
        if was is None and holder is not None and fold(holder.name) != fold(person.name):
            facts |= {"number": person.number, "old": holder.key}
            yield Flaw(("staff", index, "number"), texts.NUMBER_REUSED, facts)
        elif was is not None and fold(was.name) == fold(person.name):
            shared = sum(fold(other.name) == fold(was.name) for other in new.staff) > 1
            fault = texts.NAMESAKE if shared and not was.number else texts.NUMBER_CHANGED
            yield Flaw(("staff", index, "number"), fault, facts | {"old": was.key})
        elif was is not None:
            yield Flaw(("staff", index, "name"), texts.PERSON_RENAMED, facts | {"old": was.key})
        if was is not None:
            gone.remove(was)


def _was(person: Staff, gone: Sequence[Staff], old: Instance, new: Instance) -> Staff | None:
    """Who of those who are gone a new person seems to be."""
    for other in gone:
        if fold(other.name) == fold(person.name):
            return other
    for other in gone:
        if not _alike(person.name, other.name):
            continue
        homes = [c.name for c in old.classes if c.home_teacher == other.key]
        now = [c.name for c in new.classes if c.home_teacher == person.key]
        same = other.skills == person.skills
        wishes = (person.wishes, person.activity_wishes)
        wished = wishes == (other.wishes, other.activity_wishes) and any(wishes)
        if (
            (person.number and fold(person.number) == fold(other.number))
            or (person.phone and person.phone == other.phone)
            or (same and wished)
            or (same and homes and homes == now)
        ):
            return other
    return None


def _alike(one: str, other: str) -> bool:
    return bool(nearest(one, [other], 1, 0.5))


def _renamed(old: Instance, new: Instance, last: dt.date) -> Iterator[Flaw]:
    """Classes, activities, rooms and segments that go by another name now."""
    parts: tuple[tuple[str, Sequence[Record], Sequence[Record], Fault], ...] = (
        ("classes", old.classes, new.classes, texts.CLASS_RENAMED),
        ("activities", old.activities, new.activities, texts.ACTIVITY_RENAMED),
        ("rooms", old.rooms, new.rooms, texts.ROOM_RENAMED),
        ("segments", old.segments, new.segments, texts.SEGMENT_RENAMED),
    )
    for part, before, after, fault in parts:
        known, left = {_name(one) for one in before}, {_name(one) for one in after}
        gone = [one for one in before if _name(one) not in left]
        for index, one in enumerate(after):
            if _name(one) in known:
                continue
            was = next((other for other in gone if _same(one, other)), None)
            if was is not None:
                gone.remove(was)
                facts = {"old": _name(was), "new": _name(one), "last": last}
                yield Flaw((part, index, "name"), fault, facts)


def _name(one: Record) -> str:
    return str(getattr(one, "name", ""))


def _same(one: Record, other: Record) -> bool:
    """Whether two of the same sort are one under two names."""
    if isinstance(one, SchoolClass):
        home = _equal(one, other, "home_teacher") and one.home_teacher is not None
        room = _equal(one, other, "home_room") and one.home_room != ""
        return _equal(one, other, "grade", "size") and (home or room)
    if not isinstance(one, Activity | Room):
        return _equal(one, other, "timings", "grades")
    fields = _SAME_ACTIVITY if isinstance(one, Activity) else _SAME_ROOM
    return _alike(_name(one), _name(other)) and _equal(one, other, *fields)


def _equal(one: Record, other: Record, *fields: str) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _term(old: Instance, new: Instance) -> Iterator[Flaw]:
    if old.term.start != new.term.start:
        facts = {"old": old.term.start, "new": new.term.start}
        yield Flaw(("term", "start"), texts.TERM_START, facts)


def _dates(old: Instance, new: Instance, since: dt.date) -> Iterator[Flaw]:
    """Dates that are new and lie before what can still be planned."""
    past = [day.date for day in Calendar(new.term).days if day.date < since]
    for one in _entered(old, new):
        if one.date < new.term.start and one.last < new.term.start:
            facts = {"date": one.date, "start": new.term.start}
            yield Flaw(one.path, texts.BEFORE_TERM, facts)
        elif any(one.first <= day <= one.last for day in past):
            yield Flaw(one.path, texts.IN_THE_PAST, {"date": one.date, "since": since})


def _events(
    old: Instance, new: Instance, since: dt.date, held: Sequence[HeldEvent]
) -> Iterator[Flaw]:
    """Events that are written otherwise and have taken place."""
    dates = {one.event: one.dates for one in held if not one.rehearsal and one.dates[0] < since}
    for index, event in enumerate(new.events):
        was = old.event_by_name.get(event.name)
        if was is None or event.name not in dates:
            continue
        changed = [f for f in Event.model_fields if getattr(was, f) != getattr(event, f)]
        if changed:
            days = [date.isoformat() for date in dates[event.name]]
            facts = {"name": event.name, "dates": days, "since": since}
            yield Flaw(("events", index, changed[0]), texts.EVENT_HELD, facts)


@dataclass(frozen=True)
class _Entered:
    """A date that is new, and the days (``first`` to ``last``) for which it makes a difference."""

    path: Path
    date: dt.date
    first: dt.date
    last: dt.date


def _entered(old: Instance, new: Instance) -> Iterator[_Entered]:
    for index, person in enumerate(new.staff):
        before = old.staff_by_key.get(person.key)
        known = before.leave if before else ()
        path: Path = ("staff", index)
        yield from _periods(known, person.leave, (*path, "leave"))
        yield from _bounds(before, person, path)
    rooms = {room.name: room for room in old.rooms}
    for index, room in enumerate(new.rooms):
        closures = rooms[room.name].closures if room.name in rooms else ()
        yield from _periods(closures, room.closures, ("rooms", index, "closures"))
    for index, activity in enumerate(new.activities):
        was = old.activity_by_name.get(activity.name)
        yield from _bounds(was, activity, ("activities", index))
    for key in ("holidays", "frozen"):
        lists = getattr(old.term, key), getattr(new.term, key)
        yield from _periods(*lists, ("term", key))
    for index, day in enumerate(new.term.make_up_days):
        if day not in old.term.make_up_days:
            yield _Entered(("term", "make_up_days", index, "date"), day.date, day.date, day.date)


def _periods(old: Sequence[Period], new: Sequence[Period], path: Path) -> Iterator[_Entered]:
    known = {(period.start, period.end) for period in old}
    for index, period in enumerate(new):
        if (period.start, period.end) not in known:
            yield _Entered((*path, index, "start"), period.start, period.start, period.end)


def _bounds(old: Staff | Activity | None, new: Staff | Activity, path: Path) -> Iterator[_Entered]:
    """The first and last day of somebody or something that was there before.

    They make a difference for the days between the old and the new one: a last day before
    today's touches nothing of the past.
    """
    if old is None:
        return
    day = dt.timedelta(days=1)
    if new.start is not None and new.start != old.start:
        was = old.start or dt.date.min
        first, last = sorted((was, new.start))
        yield _Entered((*path, "start"), new.start, first, last - day)
    if new.end is not None and new.end != old.end:
        was = old.end or dt.date.max
        first, last = sorted((was, new.end))
        yield _Entered((*path, "end"), new.end, first + day, last)
