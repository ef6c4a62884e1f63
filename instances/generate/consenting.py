"""What people wish and how much they take on, given a planted timetable.

Whoever holds a planted post has agreed to it, but their wishes do not give it away: they are
drawn as for any other slot, except that consent is not withheld.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from instances.demand import Demand, Post
from instances.generate.drafts import Person
from instances.generate.placing import NoPlan
from instances.school import DAYS, Activity, ActivityWish, Instance, SlotWish
from instances.words import Kind, Level, Role, Weekday

_LEVELS = (Level.PREFERS, Level.WILLING, Level.RATHER_NOT, Level.NO)
_TASTE: dict[Weekday, tuple[tuple[int, ...], tuple[int, ...]]] = {
    Weekday.MON: ((35, 41, 14, 10), (35, 41, 14, 10)),
    Weekday.TUE: ((48, 37, 9, 6), (48, 37, 9, 6)),
    Weekday.WED: ((48, 37, 9, 6), (48, 37, 9, 6)),
    Weekday.THU: ((35, 41, 14, 10), (35, 41, 14, 10)),
    Weekday.FRI: ((22, 45, 21, 12), (10, 40, 32, 18)),
}
"""Of a hundred people, how many choose each level: first and second hour of a day."""

_ANSWERED = 0.75
_NO_LIMIT = 0.4
_OWN_CLUB = (60, 34, 6)
"""Levels short of NO, of a hundred people who can lead a club."""


class Consenting:
    """Draws the wishes of everybody."""

    def __init__(
        self,
        demand: Demand,
        posts: Iterable[Post],
        holders: Mapping[str, str],
        rng: random.Random,
    ) -> None:
        self.instance: Instance = demand.instance
        self.rng = rng
        self.slots: dict[str, set[tuple[Weekday, str]]] = {}
        self.activities: dict[str, set[str]] = {}
        for post in posts:
            holder = holders[post.line]
            bands = self.slots.setdefault(holder, set())
            for block in post.blocks:
                for weekday, name in block.slots:
                    bands.add((weekday, self.instance.segment_by_name[name].band_name))
            self.activities.setdefault(holder, set()).add(post.activity)

    def ask(self, people: Iterable[Person]) -> None:
        for person in people:
            if person.outside:
                self._ask_outsider(person)
            elif person.default is not Level.NO:
                self._ask_employee(person)

    def _ask_employee(self, person: Person) -> None:
        rng = self.rng
        if person.default is Level.WILLING and rng.random() < 0.2:
            person.default = rng.choice((Level.PREFERS, Level.RATHER_NOT))
        held = self.slots.get(person.key, set())
        total = len(DAYS) * len(self.instance.bands)
        free = Fraction(max(1, total - len(held)), total)
        for day in DAYS:
            for place, band in enumerate(self.instance.bands):
                if (day, band) in person.closed:
                    level: Level | None = Level.NO
                else:
                    level = self._draw(day, min(place, 1), (day, band) in held, float(free))
                if level is not None:
                    person.wishes.append(SlotWish(weekday=day, band=band, level=level))
        self._ask_activities(person)

    def _draw(self, day: Weekday, place: int, held: bool, free: float) -> Level | None:
        """A level, or nothing. ``NO`` is as frequent overall as the taste says."""
        if self.rng.random() >= _ANSWERED:
            return None
        weights = list(_TASTE[day][place])
        if held:
            weights[-1] = 0
        elif self.rng.random() < min(_NO_LIMIT, weights[-1] / 100 / free):
            return Level.NO
        else:
            weights[-1] = 0
        return self.rng.choices(_LEVELS, weights)[0]

    def _ask_activities(self, person: Person) -> None:
        rng = self.rng
        held = self.activities.get(person.key, set())
        for activity in self.instance.activities:
            if activity.kind is Kind.CLUB and leads(person, activity):
                if rng.random() < 0.8:
                    level = rng.choices(_LEVELS[:3], _OWN_CLUB)[0]
                    if activity.name not in held and rng.random() < 0.08:
                        level = Level.NO
                    person.activity_wishes.append(ActivityWish(activity=activity.name, level=level))
            elif _role(activity) in (Role.PATROL, Role.GATE) and rng.random() < 0.12:
                level = Level.RATHER_NOT
                if activity.name not in held and rng.random() < 0.3:
                    level = Level.NO
                person.activity_wishes.append(ActivityWish(activity=activity.name, level=level))

    def _ask_outsider(self, person: Person) -> None:
        """They come on their club's day, some on another as well, for clubs only."""
        band = self.instance.bands[-1]
        days = {day for day, _ in self.slots.get(person.key, set())}
        if len(days) < 2:
            days.add(self.rng.choice([day for day in DAYS if day not in days]))
        for day in sorted(days):
            level = self.rng.choice((Level.PREFERS, Level.WILLING))
            person.wishes.append(SlotWish(weekday=day, band=band, level=level))
        for activity in self.instance.activities:
            if activity.kind is Kind.CLUB and leads(person, activity):
                person.activity_wishes.append(
                    ActivityWish(activity=activity.name, level=Level.PREFERS)
                )


def leads(person: Person, activity: Activity) -> bool:
    """Whether somebody has the skills to lead a club."""
    return any(person.has(frozenset(post.skills)) for post in activity.posts)


def _role(activity: Activity) -> Role | None:
    return activity.posts[0].role if activity.posts else None


def weekly_counts(
    demand: Demand, posts: Iterable[Post], holders: Mapping[str, str]
) -> dict[str, list[int]]:
    """Posts that each holder has in each week of the calendar."""
    weeks = list(demand.calendar.of_week.values())
    counts: dict[str, list[int]] = {}
    for post in posts:
        row = counts.setdefault(holders[post.line], [0] * len(weeks))
        for (dates, _), block in zip(post.units, post.blocks, strict=True):
            for n, week in enumerate(weeks):
                row[n] += (dates & week).bit_count() * len(block.segments)
    return counts


def set_caps(
    demand: Demand,
    people: Sequence[Person],
    counts: Mapping[str, Sequence[int]],
    slack: Fraction,
    rng: random.Random,
) -> None:
    """Caps per week: what is planted, and in all ``slack`` times the posts of a full week.

    What is over goes to whoever has the lowest cap, so that most people end with the same.
    """
    working = [person for person in people if person.key in counts and not person.outside]
    caps = {person.key: max(counts[person.key]) for person in working}
    limits = {person.key: open_slots(demand.instance, person) for person in working}
    days = [week.bit_count() for week in demand.calendar.of_week.values()]
    full = [sum(counts[p.key][n] for p in working) for n, many in enumerate(days) if many <= 5]
    spare = int(max(full, default=0) * slack) - sum(caps.values())
    order = rng.sample(working, len(working))
    for _ in range(spare):
        able = [person for person in order if caps[person.key] < limits[person.key]]
        if not able:
            raise NoPlan("people have agreed to too little")
        lowest = min(able, key=lambda person: caps[person.key] / float(person.coefficient))
        caps[lowest.key] += 1
    usual = sorted(caps.values())[len(caps) // 2] if caps else None
    for person in people:
        person.cap_day = 2
        person.cap_week = caps.get(person.key, usual)
        if person.outside:
            person.cap_week = max(1, *counts.get(person.key, [0]))
        if rng.random() < 0.6:
            person.cap_clubs = 2


def open_slots(instance: Instance, person: Person) -> int:
    """Weekdays and bands that somebody has agreed to."""
    said = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
    return sum(
        said.get((day, band), person.default) is not Level.NO
        for day in DAYS
        for band in instance.bands
    )
