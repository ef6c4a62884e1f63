"""Whom and what events take up on their dates: classes, clubs, rooms and people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from instances.demand import Demand, Post
from instances.event_dates import WHOLE_DAY, Clock, audience, clock_on, overlap
from instances.events import Event, HeldEvent
from instances.headcount import present_at
from instances.school import Instance
from instances.words import Displaces

HALF = 2
"""A club in which one child in so many takes part in an event does not meet."""


@dataclass(frozen=True)
class Going:
    """An event, or a rehearsal, with what it takes out of the service while it lasts.

    ``classes`` are away as a whole; ``everybody``: the whole service stops. ``rooms`` are its
    venues, ``people`` those who must be there or have a post.
    """

    event: Event
    held: HeldEvent
    classes: frozenset[str]
    everybody: bool
    clubs: frozenset[str]
    rooms: frozenset[str]
    people: frozenset[str]

    @property
    def key(self) -> str:
        return self.held.key

    def pushes_out(self, demand: Demand, post: Post) -> bool:
        """Whether what a post is for does not take place: nobody is left to be there."""
        if self.everybody or post.activity in self.clubs:
            return True
        if post.group is not None:
            return bool(self.classes) and self.classes.issuperset(post.classes)
        taken = demand.taken.get(post.activity, {})
        gone = sum(children for name, children in taken.items() if name in self.classes)
        return bool(gone) and gone * HALF >= sum(taken.values())

    def children(self, demand: Demand, post: Post, everyone: int) -> int:
        """How many of the children of a post are there instead, of ``everyone`` in it."""
        if self.pushes_out(demand, post):
            return everyone
        names = [name for name in post.classes if name in self.classes]
        if post.group is not None:
            return min(everyone, present_at(demand.instance, names, post.blocks[0]))
        taken = demand.taken.get(post.activity, {})
        return sum(taken.get(name, 0) for name in names)


def going(instance: Instance, event: Event, held: HeldEvent) -> Going:
    """An event on its dates. A rehearsal has its clubs, people and venues, and no audience."""
    whole = held.rehearsal == 0
    names: frozenset[str] = frozenset()
    if whole and event.displaces in (Displaces.ALL, Displaces.AUDIENCE):
        names = frozenset(one.name for one in audience(instance, event))
    every = frozenset(one.name for one in instance.classes)
    everybody = whole and (event.displaces is Displaces.ALL or (bool(names) and names == every))
    takes_clubs = event.displaces in (Displaces.ALL, Displaces.AUDIENCE)
    return Going(
        event=event,
        held=held,
        classes=every if everybody else names,
        everybody=everybody,
        clubs=frozenset(event.clubs) if takes_clubs else frozenset(),
        rooms=frozenset(event.venues),
        people=frozenset((*event.people, *held.staff.values())),
    )


class AtEvents:
    """All events of a timetable, by date and clock. What the school no longer has is left out."""

    def __init__(self, demand: Demand, held: Iterable[HeldEvent]) -> None:
        instance, calendar = demand.instance, demand.calendar
        self._on: dict[dt.date, list[tuple[Clock, Going]]] = defaultdict(list)
        self.everything: list[Going] = []
        for one in held:
            event = instance.event_by_name.get(one.event)
            if event is None:
                continue
            found = going(instance, event, one)
            self.everything.append(found)
            for date in one.dates:
                known = date in calendar.index and all(
                    name in instance.segment_by_name for name in one.segments
                )
                day = calendar.days[calendar.index[date]] if known else None
                clock = clock_on(instance, one, day) if day else WHOLE_DAY
                self._on[date].append((clock, found))

    def __bool__(self) -> bool:
        return bool(self.everything)

    def during(self, date: dt.date, start: dt.time, end: dt.time) -> list[Going]:
        """The events at a time."""
        if date not in self._on:
            return []
        return [found for clock, found in self._on[date] if overlap(clock, (start, end))]

    def on(self, date: dt.date) -> list[tuple[Clock, Going]]:
        """The events of a date, with their clock times."""
        return self._on.get(date, [])

    def with_person(self, key: str, date: dt.date, start: dt.time, end: dt.time) -> Going | None:
        """The event at which somebody is at a time."""
        return next((one for one in self.during(date, start, end) if key in one.people), None)

    def in_room(self, room: str, date: dt.date, start: dt.time, end: dt.time) -> Going | None:
        """The event that has a room to itself at a time."""
        return next((one for one in self.during(date, start, end) if room in one.rooms), None)
