"""Random changes of a school in the middle of its term, as they really happen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from instances.school import Closure, Instance, Period, Room, SlotWish, Staff
from instances.words import Kind, Level, Weekday

Change = Callable[[random.Random, Instance, dt.date], Instance]
WEEK = dt.timedelta(days=7)


def middle(instance: Instance) -> dt.date:
    """The Monday of the seventh week."""
    start = instance.term.start
    return start - dt.timedelta(days=start.weekday()) + 6 * WEEK


def departure(rng: random.Random, school: Instance, since: dt.date) -> Instance:
    """Somebody leaves."""
    there = [p for p in school.staff if p.end is None and not p.outside]
    gone = rng.choice(there)
    last = since - dt.timedelta(days=1)
    return _with_person(school, gone.model_copy(update={"end": last}))


def leave(rng: random.Random, school: Instance, since: dt.date) -> Instance:
    """Somebody is away for two weeks."""
    person = rng.choice(school.staff)
    start = since + rng.randint(0, 5) * WEEK
    away = Period(start=start, end=start + dt.timedelta(days=11))
    return _with_person(school, person.model_copy(update={"leave": (*person.leave, away)}))


def joiner(rng: random.Random, school: Instance, since: dt.date) -> Instance:
    """Somebody joins who is much like a colleague."""
    like = rng.choice(school.staff)
    name = f"新教师{rng.randint(1, 9999)}"
    new = Staff(name=name, default=Level.WILLING, skills=like.skills, start=since)
    return school.model_copy(update={"staff": (*school.staff, new)})


def friday(rng: random.Random, school: Instance, _since: dt.date) -> Instance:
    """Somebody withdraws consent on Fridays."""
    person = rng.choice(school.staff)
    no = tuple(SlotWish(weekday=Weekday.FRI, band=band, level=Level.NO) for band in school.bands)
    others = tuple(wish for wish in person.wishes if wish.weekday is not Weekday.FRI)
    return _with_person(school, person.model_copy(update={"wishes": (*others, *no)}))


def closure(rng: random.Random, school: Instance, since: dt.date) -> Instance:
    """A room closes for two weeks."""
    room: Room = rng.choice(school.rooms)
    start = since + rng.randint(0, 5) * WEEK
    closed = Closure(start=start, end=start + dt.timedelta(days=11))
    rooms = tuple(
        one.model_copy(update={"closures": (*one.closures, closed)}) if one is room else one
        for one in school.rooms
    )
    return school.model_copy(update={"rooms": rooms})


def folded(rng: random.Random, school: Instance, _since: dt.date) -> Instance:
    """A club folds."""
    clubs = [one for one in school.activities if one.kind is Kind.CLUB]
    if not clubs:
        return school
    gone = rng.choice(clubs).name
    activities = tuple(one for one in school.activities if one.name != gone)
    pins = tuple(pin for pin in school.pins if pin.activity != gone)
    staff = tuple(
        person.model_copy(
            update={
                "activity_wishes": tuple(w for w in person.activity_wishes if w.activity != gone)
            }
        )
        for person in school.staff
    )
    return school.model_copy(update={"activities": activities, "pins": pins, "staff": staff})


KINDS: tuple[Change, ...] = (departure, leave, joiner, friday, closure, folded)


def changed(school: Instance, seed: int, number: int) -> Instance:
    """The school after one departure, or after so many changes of all kinds."""
    rng, since = random.Random(seed), middle(school)
    if number == 1:
        return departure(rng, school, since)
    for _ in range(number):
        school = rng.choice(KINDS)(rng, school, since)
    return school


def _with_person(school: Instance, person: Staff) -> Instance:
    staff = tuple(person if one.key == person.key else one for one in school.staff)
    return school.model_copy(update={"staff": staff})
