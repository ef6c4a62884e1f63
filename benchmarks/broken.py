"""Schools that cannot be staffed, made from ones that can: what undoes it is known."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from constraints.context import Context
from instances.generate import Preset, generate
from instances.school import Closure, Instance, Pin, SlotWish, Staff
from instances.words import Kind, Level, Weekday
from scheduler.explain.arranging import DropPin, OpenRoom, applied
from scheduler.explain.asking import Ask, RaiseCap
from scheduler.explain.easing import COSTS, Easing
from scheduler.preflight import preflight

CAUSES = ("consent", "caps", "rooms", "pins", "several")
SEVERAL = ("consent", "caps", "rooms", "pins")
SURPLUS = 2
"""So many people more may withdraw than it takes."""


@dataclass(frozen=True)
class Broken:
    """A school that cannot be staffed; ``undo``: changes that make it whole again."""

    school: Instance
    cause: str
    undo: tuple[Easing, ...]

    @property
    def cost(self) -> int:
        """What undoing the cause costs, at the usual costs."""
        return sum(COSTS[easing.kind] for easing in self.undo)


def broken(preset: str, case: int) -> Broken:
    """The school of a case; the causes take turns."""
    cause = CAUSES[case % len(CAUSES)]
    rng = random.Random(f"{preset} {case}")
    school = generate(Preset(preset), 1 + case // len(CAUSES))
    undo: tuple[Easing, ...] = ()
    for kind in rng.sample(SEVERAL, rng.randint(2, 3)) if cause == "several" else (cause,):
        school, more = BREAKS[kind](rng, school)
        undo += more
    return Broken(school, cause, undo)


Break = Callable[[random.Random, Instance], tuple[Instance, tuple[Easing, ...]]]


def withdraw(rng: random.Random, school: Instance) -> tuple[Instance, tuple[Easing, ...]]:
    """So many people withdraw their consent from one slot that it cannot be staffed."""
    weekday, band = rng.choice(list(Weekday)[:5]), rng.choice(school.bands)
    willing = [p for p in school.staff if _level(p, weekday, band) is not Level.NO]
    rng.shuffle(willing)
    kept = {person.key: person for person in willing}

    def without(count: int) -> Instance:
        gone = {person.key for person in willing[:count]}
        return _with_staff(
            school, [_refusing(p, weekday, band) if p.key in gone else p for p in school.staff]
        )

    count = min(len(willing), _fewest(without, len(willing)) + rng.randint(0, SURPLUS))
    asks = tuple(Ask(key, weekday, band) for key in list(kept)[:count])
    return without(count), asks


def cut_caps(rng: random.Random, school: Instance) -> tuple[Instance, tuple[Easing, ...]]:
    """The weekly caps of so many people are one lower that the posts of a week are too many."""
    capped = [p for p in school.staff if (p.cap_week or 0) > 1]
    rng.shuffle(capped)
    turns = [*capped, *capped, *capped]

    def without(count: int) -> Instance:
        less: dict[str, int] = {}
        for person in turns[:count]:
            less[person.key] = less.get(person.key, 0) + 1
        return _with_staff(
            school,
            [
                p.model_copy(update={"cap_week": max(0, (p.cap_week or 0) - less[p.key])})
                if p.key in less
                else p
                for p in school.staff
            ],
        )

    count = _fewest(without, len(turns))
    changed = without(count)
    raises: list[Easing] = []
    for person in turns[:count]:
        now = changed.staff_by_key[person.key].cap_week or 0
        step = sum(1 for e in raises if isinstance(e, RaiseCap) and e.staff == person.key)
        raises.append(RaiseCap(person.key, "cap_week", now + 1 + step))
    return changed, tuple(raises)


def close_room(rng: random.Random, school: Instance) -> tuple[Instance, tuple[Easing, ...]]:
    """All rooms that some club may use, as few as there are for any, are closed all term."""
    demand = Context(school).demand
    listed = {room.name for room in school.rooms}
    sets = sorted(
        {
            tuple(sorted(option.rooms))
            for options in demand.options.values()
            for option in options
            if option.rooms and set(option.rooms) <= listed
        }
    )
    fewest = min(map(len, sets))
    names = rng.choice([one for one in sets if len(one) == fewest])
    shut = Closure(start=school.term.start, end=school.term.end + dt.timedelta(days=7))
    rooms = tuple(
        room.model_copy(update={"closures": (*room.closures, shut)}) if room.name in names else room
        for room in school.rooms
    )
    return school.model_copy(update={"rooms": rooms}), tuple(map(OpenRoom, names))


def contradict(rng: random.Random, school: Instance) -> tuple[Instance, tuple[Easing, ...]]:
    """A club is pinned to a day on which it is also forbidden."""
    club = rng.choice([a for a in school.activities if a.kind is Kind.CLUB and a.slots])
    weekday = rng.choice(club.slots).weekday
    pin = Pin(activity=club.name, weekday=weekday)
    against = Pin(activity=club.name, weekday=weekday, forbid=True)
    pins = (*school.pins, pin, against)
    return school.model_copy(update={"pins": pins}), (DropPin(pin, len(school.pins)),)


BREAKS: dict[str, Break] = {
    "consent": withdraw,
    "caps": cut_caps,
    "rooms": close_room,
    "pins": contradict,
}


def whole_again(case: Broken) -> Instance:
    """The school with the cause undone."""
    return applied(case.school, case.undo)


def _fewest(without: Callable[[int], Instance], most: int) -> int:
    """The least number for which counting alone proves a deficit that was not there before."""
    low, high = 0, most
    before = _short(without(0))
    while high - low > 1:
        middle = (low + high) // 2
        if _short(without(middle)) - before:
            high = middle
        else:
            low = middle
    return high


def _short(school: Instance) -> set[str]:
    return {deficit.what.text("en") for deficit in preflight(school).deficits}


def _level(person: Staff, weekday: Weekday, band: str) -> Level | None:
    wishes = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
    return wishes.get((weekday, band), person.default)


def _refusing(person: Staff, weekday: Weekday, band: str) -> Staff:
    kept = tuple(w for w in person.wishes if (w.weekday, w.band) != (weekday, band))
    no = SlotWish(weekday=weekday, band=band, level=Level.NO)
    return person.model_copy(update={"wishes": (*kept, no)})


def _with_staff(school: Instance, staff: list[Staff]) -> Instance:
    return school.model_copy(update={"staff": tuple(staff)})
