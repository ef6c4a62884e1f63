"""When children of a class are offered after-school service, as minutes of a day.

A day is a bit mask of its minutes. Care at a time is service for the whole class: whoever is
not in a club then is in care.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from instances.blocks import minutes
from instances.calendar import ServiceDay, timing_on
from instances.demand import Demand, Post
from instances.headcount import present
from instances.timetable import Session
from instances.words import Kind

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.rule import Rule
    from constraints.view import View

SERVICE = (Kind.CARE, Kind.CLUB, Kind.EXERCISE, Kind.LATE)
"""Noon care is none: it comes before the last lessons. Tutoring is for a few children."""

Served = tuple[tuple[str, ...], int, str]
"""Classes, the index of a date, and a segment."""
Choice = tuple[str, int]
"""A movable activity and one of its options."""

Slot = tuple[Choice | None, str]
"""What a class is offered in a segment: something sure, or by a choice."""
Times = tuple[tuple[str, int, int], ...]
"""Segments with their minutes of the day and the dates on which these are theirs."""


@dataclass(frozen=True)
class ClassDay:
    """What could be offered to a class on one date, in minutes of the day.

    ``fixed`` in any case, ``movable`` by the option of an activity that decides it.
    """

    fixed: int
    movable: Mapping[Choice, int]

    @property
    def most(self) -> int:
        """All that could be offered, if everything came to this day."""
        every = self.fixed
        for mask in self.movable.values():
            every |= mask
        return every.bit_count()


class Clock:
    """When children of each class are there for service, as minutes of a date."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self._known: dict[tuple[str, int, str], int] = {}

    def of(self, name: str, index: int, segment: str) -> int:
        """The minutes of a segment on the date of an index; none if nobody of the class stays."""
        key = (name, index, segment)
        if key not in self._known:
            self._known[key] = self._minutes(name, self.demand.calendar.days[index], segment)
        return self._known[key]

    def times(self, name: str, segments: Collection[str]) -> Times:
        """The minutes of segments while children of a class stay, each with its dates."""
        school_class = self.demand.instance.class_by_name[name]
        return tuple(
            (segment, (1 << end) - (1 << start), dates)
            for (weekday, segment), clocks in self.demand.clocks.items()
            if segment in segments and present(school_class, weekday, segment)
            for start, end, dates in clocks
        )

    def _minutes(self, name: str, day: ServiceDay, segment: str) -> int:
        instance = self.demand.instance
        timing = timing_on(instance.segment_by_name[segment], day.weekday, day.phase)
        stay = present(instance.class_by_name[name], day.weekday, segment)
        return (1 << minutes(timing.end)) - (1 << minutes(timing.start)) if timing and stay else 0


def counts_as_service(rule: Rule, demand: Demand, post: Post) -> bool:
    """Whether a post belongs to the service of whole classes and a rule's scope takes it in."""
    return post.kind in SERVICE and rule.concerns_post(post, demand.instance)


def class_days(rule: Rule, context: Context) -> dict[str, dict[int, ClassDay]]:
    """For each class that a rule concerns, the days that have service anyway, by their index.

    Worked out once. A day for which there is nothing but clubs that may meet on others is none.
    """
    key = (class_days, id(rule))
    if key not in context.memory:
        context.memory[key] = (rule, _class_days(rule, context))  # holding it keeps its id its own
    found: dict[str, dict[int, ClassDay]] = context.memory[key][1]
    return found


def _class_days(rule: Rule, context: Context) -> dict[str, dict[int, ClassDay]]:
    demand, clock = context.demand, _clock(context)
    grades = rule.setting.grades if rule.setting else ()
    mine = {one.name for one in demand.instance.classes if not grades or one.grade in grades}
    slots: dict[str, dict[Slot, int]] = {name: defaultdict(int) for name in sorted(mine)}
    for post in demand.posts:
        if counts_as_service(rule, demand, post) and _placeable(demand, post):
            choice = None if post.option is None else (post.activity, post.option)
            for block, (mask, _) in zip(post.blocks, post.units, strict=True):
                for segment in block.segments:
                    for name in mine.intersection(post.classes):
                        slots[name][choice, segment] |= mask
    found: dict[str, dict[int, ClassDay]] = {}
    alike: dict[object, dict[int, ClassDay]] = {}
    for name, of_class in slots.items():
        times = clock.times(name, {segment for _, segment in of_class})
        key = (frozenset(of_class.items()), times)
        if key not in alike:
            alike[key] = _days_of(demand, of_class, times)
        if alike[key]:
            found[name] = alike[key]
    return found


def _days_of(demand: Demand, slots: Mapping[Slot, int], times: Times) -> dict[int, ClassDay]:
    """The days on which a class has service, from what it could be offered on which dates."""
    fixed: dict[int, int] = defaultdict(int)
    movable: dict[int, dict[Choice, int]] = defaultdict(lambda: defaultdict(int))
    for (choice, segment), mask in slots.items():
        for name, minutes_of, dates in times:
            for day in demand.calendar.dates(mask & dates) if name == segment else ():
                index = demand.calendar.index[day.date]
                if choice is None:
                    fixed[index] |= minutes_of
                else:
                    movable[index][choice] |= minutes_of
    return {n: ClassDay(fixed[n], movable.get(n, {})) for n in sorted(fixed) if fixed[n]}


def planned_minutes(rule: Rule, view: View) -> dict[tuple[str, int], int]:
    """The minutes of service that each of the view's classes has, by the index of the date.

    Care that is not there because all children are elsewhere is no lack, neither is what falls
    out for a class that is at an event; and an activity that meets nowhere is an open post
    wherever it could have met.
    """
    index, known = view.demand.calendar.index, _known(rule, view.context)
    served: set[Served] = set()
    rows: set[tuple[str | None, int, str]] = set()
    for session in view.sessions:
        post, day = session.post, index[session.date]
        rows.add((post.group, day, session.segment))
        if post not in known.counted:
            continue
        if session.takes_place:
            served.add((session.classes, day, session.segment))
        elif away := _at_events(view, session):
            served.add((away, day, session.segment))
    for group, places in known.care.items():
        if not view.classes.isdisjoint(places[0][0]):
            served.update(
                (classes, day, segment)
                for classes, day, segment in places
                if (group, day, segment) not in rows
            )
    for activity in view.unplaced:
        served.update(known.movable.get(activity, ()))
    found: dict[tuple[str, int], int] = defaultdict(int)
    clock = _clock(view.context)
    for classes, day, segment in served:
        for name in view.classes.intersection(classes):
            found[name, day] |= clock.of(name, day, segment)
    return found


def _at_events(view: View, session: Session) -> tuple[str, ...]:
    """The classes of a session that are at an event as a whole instead."""
    going = view.expansion.at_events.during(session.date, session.start, session.end)
    return tuple(n for n in session.post.classes if any(n in one.classes for one in going))


@dataclass(frozen=True)
class _Known:
    """Posts that a rule counts, and when care and movable activities could be, of a school."""

    rule: Rule
    counted: frozenset[Post]
    care: dict[str | None, tuple[Served, ...]]
    movable: dict[str, tuple[Served, ...]]


def _known(rule: Rule, context: Context) -> _Known:
    key = (_Known, id(rule))
    if key not in context.memory:
        demand = context.demand
        counted = [post for post in demand.posts if counts_as_service(rule, demand, post)]
        care: dict[str | None, dict[Served, None]] = defaultdict(dict)
        movable: dict[str, dict[Served, None]] = defaultdict(dict)
        for post in counted:
            places = [(post.classes, day, segment) for day, segment in _places(demand, post)]
            if post.is_care:
                care[post.group] |= dict.fromkeys(places)
            elif post.option is not None and _placeable(demand, post):
                movable[post.activity] |= dict.fromkeys(places)
        cared = {group: tuple(places) for group, places in care.items() if places}
        where = {name: tuple(places) for name, places in movable.items()}
        context.memory[key] = _Known(rule, frozenset(counted), cared, where)
    found: _Known = context.memory[key]
    return found


def _clock(context: Context) -> Clock:
    clock: Clock = context.memory.setdefault(Clock, Clock(context.demand))
    return clock


def _placeable(demand: Demand, post: Post) -> bool:
    return post.option is None or bool(demand.options[post.activity][post.option].rooms)


def _places(demand: Demand, post: Post) -> Iterator[tuple[int, str]]:
    for block, (mask, _) in zip(post.blocks, post.units, strict=True):
        for day in demand.calendar.dates(mask):
            for segment in block.segments:
                yield demand.calendar.index[day.date], segment
