"""What a school is: the typed data that a workbook holds. No solver, no rules.

Everything is immutable. People, classes, rooms, segments and activities are named by a
key that never changes within a term; other objects refer to them by that key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from instances.costs import Costs
from instances.events import Event
from instances.records import (
    DAYS,
    ActivityWish,
    Closure,
    Count,
    FrozenPeriod,
    Grade,
    Key,
    MakeUpDay,
    Period,
    Positive,
    PostSpec,
    Record,
    Share,
    SlotWish,
)
from instances.tournaments import MatchResult, Tournament
from instances.words import FairnessMode, Family, Kind, Level, Parity, Role, Rota, Spread, Weekday

__all__ = [
    "DAYS",
    "SCHEMA_VERSION",
    "Activity",
    "ActivityWish",
    "Busy",
    "Closure",
    "Count",
    "Event",
    "FrozenPeriod",
    "Grade",
    "Instance",
    "Key",
    "MakeUpDay",
    "MatchResult",
    "Participation",
    "Period",
    "Pin",
    "Positive",
    "PostSpec",
    "Record",
    "Room",
    "RuleSetting",
    "SchoolClass",
    "Segment",
    "Share",
    "SlotChoice",
    "SlotWish",
    "Staff",
    "Term",
    "Timing",
    "Tournament",
    "staff_key",
]

SCHEMA_VERSION = 1


class Term(Record):
    """The dates of one term.

    ``service_start`` and ``service_end`` bound the after-school service (default: the whole
    term). ``phases`` name parts of the term with their own segments; dates in none of them
    belong to no phase. ``changeover_minutes`` is what a person needs between two segments.
    """

    name: str = ""
    start: dt.date
    end: dt.date
    service_start: dt.date | None = None
    service_end: dt.date | None = None
    holidays: tuple[Period, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    frozen: tuple[FrozenPeriod, ...] = ()
    phases: tuple[Period, ...] = ()
    changeover_minutes: Count = 0


class Timing(Record):
    """When a segment takes place: clock times on weekdays, in one phase or in all."""

    start: dt.time
    end: dt.time
    weekdays: tuple[Weekday, ...] = DAYS
    phase: str | None = None


class Segment(Record):
    """A clock interval of the service, for some grades (empty: all).

    ``units`` is the workload of one post in it. ``band`` groups the staggered segments of
    different grades into one column of the wishes grid.
    """

    name: Key
    timings: tuple[Timing, ...]
    grades: tuple[Grade, ...] = ()
    units: Annotated[Decimal, Field(ge=0, le=10, decimal_places=2)] = Decimal(1)
    band: str = ""

    @property
    def band_name(self) -> str:
        return self.band or self.name


class Participation(Record):
    """The share of a class that stays, on a weekday and segment (``None``: on any)."""

    share: Share
    weekday: Weekday | None = None
    segment: str | None = None


class SchoolClass(Record):
    """A class of children. The most specific participation holds; without one, all stay."""

    name: Key
    grade: Grade
    size: Annotated[int, Field(ge=0, le=99)]
    home_room: str = ""
    home_teacher: str | None = None
    participation: tuple[Participation, ...] = ()

    @property
    def room(self) -> str:
        """The room's name; a class without one is in a room called after itself."""
        return self.home_room or self.name


class Room(Record):
    """A place for children. ``groups`` is how many groups it holds at once."""

    name: Key
    building: str = ""
    features: tuple[str, ...] = ()
    capacity: Positive
    groups: Positive = 1
    closures: tuple[Closure, ...] = ()

    def is_closed_on(self, date: dt.date) -> bool:
        return any(closure.is_on(date) for closure in self.closures)


class Busy(Record):
    """A fixed duty of a person's day: never offered for relaxation."""

    weekday: Weekday
    start: dt.time
    end: dt.time
    parity: Parity = Parity.ALL
    reason: str = ""


class Staff(Record):
    """A teacher, leader or outside instructor.

    ``default`` is what a blank wish means. Caps count posts held (a post that spans two
    segments counts twice). ``coefficient`` scales the fair share; outside instructors have
    none. ``start`` and ``end`` bound the part of the term present; ``balance`` is the load
    in units carried in from earlier terms (positive: worked too much). ``newcomer``: not to be
    alone with children yet. ``spread``: few days with both segments, or many short ones.
    """

    name: Key
    number: str = ""
    skills: tuple[str, ...] = ()
    default: Level | None = None
    cap_day: Positive | None = None
    cap_week: Count | None = None
    cap_term: Count | None = None
    cap_clubs: Count | None = None
    coefficient: Annotated[Decimal, Field(ge=0, le=5)] = Decimal(1)
    outside: bool = False
    newcomer: bool = False
    spread: Spread | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    phone: str = ""
    balance: Decimal = Decimal(0)
    wishes: tuple[SlotWish, ...] = ()
    activity_wishes: tuple[ActivityWish, ...] = ()
    busy: tuple[Busy, ...] = ()
    leave: tuple[Period, ...] = ()

    @property
    def key(self) -> str:
        """The name, with the number where one is given: 王芳(T01)."""
        return staff_key(self.name, self.number)


def staff_key(name: str, number: str = "") -> str:
    """How a person is written in cells: the name alone, or 王芳(T01) with a number."""
    return f"{name}({number})" if number else name


class SlotChoice(Record):
    """A weekday and segment where an activity may take place."""

    weekday: Weekday
    segment: str


class Activity(Record):
    """What takes place in segments: care, clubs, exercise, duties.

    Who attends: the classes named and all classes of the grades named (neither: all).
    ``slots``: where it may take place. Without ``per_week`` it meets at every one of them
    (care, duty); with it, it meets at ``per_week`` of them, chosen by the solver (clubs).
    ``length``: segments per meeting, consecutive; ``one_person``: whether one person holds
    them all. Care forms groups of ``merge`` classes and needs one supervisor for each
    ``ratio`` children that are really there. ``children`` is how many attend a club in all
    (default ``capacity``). ``rota`` posts turn among ``rota_people`` people.
    """

    name: Key
    kind: Kind
    family: Family | None = None
    grades: tuple[Grade, ...] = ()
    classes: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    parity: Parity = Parity.ALL
    weeks: tuple[Positive, ...] = ()
    per_week: Positive | None = None
    length: Annotated[int, Field(ge=1, le=4)] = 1
    one_person: bool = True
    slots: tuple[SlotChoice, ...] = ()
    rooms: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    posts: tuple[PostSpec, ...] = ()
    capacity: Positive | None = None
    minimum: Count = 0
    children: Count | None = None
    merge: Positive = 1
    ratio: Positive = 50
    staff: tuple[str, ...] = ()
    rota: Rota | None = None
    rota_people: Positive | None = None

    @property
    def movable(self) -> bool:
        return self.per_week is not None

    @property
    def attendance(self) -> int | None:
        """Children in a group activity; ``None`` where whole classes attend."""
        return self.capacity if self.children is None else self.children


class Pin(Record):
    """Something the administrator fixes, or forbids.

    Of ``weekday``, ``segment``, ``room`` and ``staff``, whatever is given must hold for the
    activity (for ``school_class``'s group of it, where given); ``forbid`` turns it round.
    """

    activity: str
    school_class: str | None = None
    weekday: Weekday | None = None
    segment: str | None = None
    room: str | None = None
    staff: str | None = None
    role: Role | None = None
    forbid: bool = False


class RuleSetting(Record):
    """How one rule of the catalogue is used in this school.

    Scope lists narrow a rule with a weight; what must hold always does, for everybody.
    ``must`` turns a rule with a weight into a must, where the rule allows it.
    """

    rule: str
    enabled: bool = True
    must: bool = False
    weight: Count | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    grades: tuple[Grade, ...] = ()
    staff: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


class Instance(Record):
    """One school and one term: what the timetable follows from (``costs`` are for explain)."""

    schema_version: Literal[1] = 1
    school: str = ""
    lang: Literal["zh", "en"] = "zh"
    fairness: FairnessMode = FairnessMode.BALANCED
    costs: Costs = Field(default_factory=dict)
    term: Term
    segments: tuple[Segment, ...]
    classes: tuple[SchoolClass, ...]
    rooms: tuple[Room, ...] = ()
    staff: tuple[Staff, ...] = ()
    activities: tuple[Activity, ...] = ()
    events: tuple[Event, ...] = ()
    tournaments: tuple[Tournament, ...] = ()
    pins: tuple[Pin, ...] = ()
    rules: tuple[RuleSetting, ...] = ()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values; what had been looked up in the old ones is not copied."""
        copy = super().model_copy(update=update, deep=deep)
        for name in set(vars(copy)) - set(type(self).model_fields):
            del vars(copy)[name]
        return copy

    @cached_property
    def segment_by_name(self) -> dict[str, Segment]:
        return {segment.name: segment for segment in self.segments}

    @cached_property
    def class_by_name(self) -> dict[str, SchoolClass]:
        return {school_class.name: school_class for school_class in self.classes}

    @cached_property
    def staff_by_key(self) -> dict[str, Staff]:
        return {person.key: person for person in self.staff}

    @cached_property
    def activity_by_name(self) -> dict[str, Activity]:
        return {activity.name: activity for activity in self.activities}

    @cached_property
    def room_by_name(self) -> dict[str, Room]:
        """The rooms listed, and a home room for every class whose room is not listed."""
        rooms = {room.name: room for room in self.rooms}
        for school_class in self.classes:
            name = school_class.room
            if name not in rooms:
                rooms[name] = Room(name=name, capacity=max(1, school_class.size))
        return rooms

    @cached_property
    def event_by_name(self) -> dict[str, Event]:
        return {event.name: event for event in self.events}

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """The clock bands, in order of their earliest start."""
        earliest: dict[str, dt.time] = {}
        for segment in self.segments:
            start = min(timing.start for timing in segment.timings)
            band = segment.band_name
            earliest[band] = min(start, earliest.get(band, start))
        return tuple(sorted(earliest, key=lambda band: earliest[band]))

    def teams(self, tournament: Tournament) -> tuple[str, ...]:
        """The classes that play, best seeded first: as named, else in the order of the list."""
        if tournament.classes and not tournament.grades:
            return tuple(dict.fromkeys(tournament.classes))
        return tuple(
            one.name
            for one in self.classes
            if not tournament.grades
            or one.grade in tournament.grades
            or one.name in tournament.classes
        )

    def attending(self, activity: Activity) -> tuple[SchoolClass, ...]:
        """The classes an activity is for, in the order of the class list."""
        if not activity.grades and not activity.classes:
            return self.classes if activity.kind.has_children else ()
        return tuple(
            school_class
            for school_class in self.classes
            if school_class.grade in activity.grades or school_class.name in activity.classes
        )
