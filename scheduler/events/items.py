"""What is to be placed: events and rehearsals, each with the times at which it could be."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from constraints.context import Context
from instances.at_events import Going, going
from instances.blocks import minutes
from instances.calendar import ServiceDay
from instances.event_dates import (
    Clock,
    Occasion,
    audience,
    clock_on,
    occasions,
    overlap,
)
from instances.events import Event, HeldEvent
from instances.merging import meeting_of
from instances.people import Person
from instances.timetable import Expansion, Session, Timetable
from instances.words import Kind, Parity, Role

Barred = tuple[str, dt.date, tuple[str, ...]]
"""An item (key), with the first date and the segments at which it must not be."""
WITHIN = 28
"""Rehearsals are within so many days before their event, unless they need more."""


@dataclass(frozen=True)
class Meeting:
    """Sessions of the service that are together: one group on one date in one segment.

    ``leaders`` lead it, if it is a club.
    """

    number: int
    session: Session
    adults: int
    leaders: frozenset[str] = frozenset()

    @property
    def is_club(self) -> bool:
        return self.session.post.kind is Kind.CLUB

    @property
    def people(self) -> int:
        """The children of a group; of a duty the adults."""
        return self.session.children if self.session.post.kind.has_children else self.adults


@dataclass(frozen=True, eq=False)
class Column:
    """One time at which an item could take place.

    ``pushed``: meetings (numbers) with the people whose session there falls out.
    """

    occasion: Occasion
    clocks: tuple[tuple[dt.date, Clock], ...]
    pushed: Mapping[int, int]
    clubs: frozenset[int]

    @property
    def people(self) -> int:
        return sum(self.pushed.values())


@dataclass(eq=False)
class Item:
    """An event, or one of its rehearsals, with its columns in order.

    ``uses`` are the classes, clubs, rooms and people that it has to itself, ``parts`` the classes
    of which it has some children; ``fixed``: where it is already, and stays.
    """

    event: Event
    rehearsal: int
    uses: frozenset[tuple[str, str]]
    parts: frozenset[str] = frozenset()
    columns: list[Column] = field(default_factory=list)
    fixed: HeldEvent | None = None

    @property
    def key(self) -> str:
        return self.event.name if not self.rehearsal else f"{self.event.name}#{self.rehearsal}"

    @property
    def classes(self) -> frozenset[str]:
        """The classes that take part as a whole."""
        return frozenset(name for kind, name in self.uses if kind == "class")

    def needs_what(self, other: Item) -> bool:
        """Whether both cannot be at one time: for their people, rooms or children."""
        shared = self.uses & other.uses or self.parts & other.classes or other.parts & self.classes
        return bool(shared)

    @property
    def earliest(self) -> int:
        """How many days before the event the first rehearsal may be."""
        return max(WITHIN, self.event.rehearsals * self.event.rehearsal_gap + WITHIN // 2)


class Items:
    """Every item of a school, given a timetable and what has been published of its events.

    ``fixed``: those that stay where they are, by key. Nothing is placed before ``since``, nor
    where it is ``barred``: at times that were tried, and left a group without a room.
    """

    def __init__(
        self,
        context: Context,
        timetable: Timetable,
        fixed: Mapping[str, HeldEvent],
        barred: Collection[Barred] = (),
    ) -> None:
        self.context = context
        self.barred = barred
        self.instance = context.instance
        self.calendar = context.demand.calendar
        self.meetings = self._meetings(timetable)
        self._by_date: dict[dt.date, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            self._by_date[meeting.session.date].append(meeting)
        self.items = [
            self._item(event, number, fixed)
            for event in self.instance.events
            for number in (*range(1, event.rehearsals + 1), 0)
        ]

    def _meetings(self, timetable: Timetable) -> list[Meeting]:
        found: dict[object, list[Session]] = defaultdict(list)
        for session in Expansion(self.context.demand, timetable).sessions:
            if session.takes_place:
                found[meeting_of(session)].append(session)
        return [
            Meeting(n, some[0], len(some), frozenset(_leaders(some)))
            for n, some in enumerate(found.values())
        ]

    def _item(self, event: Event, number: int, fixed: Mapping[str, HeldEvent]) -> Item:
        item = Item(event, number, frozenset(self._uses(event, number)), self._parts(event))
        held = fixed.get(item.key)
        if held is not None and self._stays(event, held):
            item.fixed = held
            item.columns = [self._column(event, self._there(held), number)]
            return item
        for occasion in occasions(self.instance, self.calendar, event, rehearsal=number > 0):
            here = (item.key, occasion.first, occasion.segments)
            if here not in self.barred and self._possible(event, occasion, number):
                item.columns.append(self._column(event, occasion, number))
        return item

    def _stays(self, event: Event, held: HeldEvent) -> bool:
        """Whether an event may be where it was published: history always, else what is possible."""
        history = self.context.history
        if history is not None and held.dates[0] < history.since:
            return True
        if (held.key, held.dates[0], held.segments) in self.barred:
            return False
        return self._possible(event, self._there(held), held.rehearsal)

    def _there(self, held: HeldEvent) -> Occasion:
        days = tuple(self.calendar.days[self.calendar.index[date]] for date in held.dates)
        return Occasion(days, held.segments, held.whole_day)

    def _uses(self, event: Event, number: int) -> Iterator[tuple[str, str]]:
        yield from (("room", name) for name in event.venues)
        yield from (("person", key) for key in event.people)
        yield from (("club", name) for name in event.clubs)
        if not number:
            yield from (("class", one.name) for one in audience(self.instance, event))

    def _parts(self, event: Event) -> frozenset[str]:
        taken = self.context.demand.taken
        return frozenset(
            name
            for club in event.clubs
            for name, children in taken.get(club, {}).items()
            if children
        )

    def _possible(self, event: Event, occasion: Occasion, number: int) -> bool:
        """Whether the venues are open and those who must be there can be."""
        early = event.reserve is None or event.rained_off or occasion.last < event.reserve
        if not number and not early:
            return False
        people = [self.context.people[key] for key in event.people if key in self.context.people]
        rooms = [self.instance.room_by_name[name] for name in event.venues]
        return all(
            not any(room.is_closed_on(day.date) for room in rooms)
            and not any(self._hindered(person, occasion, day) for person in people)
            for day in occasion.days
        )

    def _hindered(self, person: Person, occasion: Occasion, day: ServiceDay) -> bool:
        if person.absent & (1 << self.calendar.index[day.date]):
            return True
        clock = clock_on(self.instance, occasion, day)
        return not occasion.whole_day and is_busy(
            person, day, clock, self.instance.term.changeover_minutes
        )

    def _column(self, event: Event, occasion: Occasion, number: int) -> Column:
        one = going(self.instance, event, occasion.held(event, number))
        clocks = tuple((day.date, clock_on(self.instance, occasion, day)) for day in occasion.days)
        pushed, clubs = {}, set()
        for date, clock in clocks:
            for meeting in self._by_date[date]:
                session = meeting.session
                if overlap(clock, (session.start, session.end)):
                    people = self._pushed(one, meeting)
                    if people:
                        pushed[meeting.number] = people
                        if meeting.is_club and people >= meeting.people:
                            clubs.add(meeting.number)
        return Column(occasion, clocks, pushed, frozenset(clubs))

    def _pushed(self, one: Going, meeting: Meeting) -> int:
        session, demand = meeting.session, self.context.demand
        led = not meeting.leaders.isdisjoint(one.event.people)
        if led or session.room in one.rooms or one.pushes_out(demand, session.post):
            return meeting.people
        return one.children(demand, session.post, meeting.people)


def _leaders(sessions: list[Session]) -> Iterator[str]:
    for session in sessions:
        if session.post.kind is Kind.CLUB and session.post.role is Role.LEADER and session.staff:
            yield session.staff


def is_busy(person: Person, day: ServiceDay, clock: Clock, gap: int) -> bool:
    """Whether somebody has a fixed duty on a date at a time (with minutes to change over)."""
    for duty in person.staff.busy:
        odd = day.week % 2 == 1
        if duty.weekday is not day.weekday:
            continue
        if duty.parity is not Parity.ALL and (duty.parity is Parity.ODD) is not odd:
            continue
        if minutes(clock[0]) < minutes(duty.end) + gap:
            if minutes(duty.start) < minutes(clock[1]) + gap:
                return True
    return False
