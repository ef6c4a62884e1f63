"""Tiny schools with a timetable, a few lines each: the examples that every rule carries.

Unless an example says otherwise, the term is two school weeks (Monday 7 to Friday 18 September
2026), with homework care (作业) at 15:30–16:30 and clubs (社团) at 16:30–17:30. A place in the
week is written ``Tue`` or, where the usual segment is not meant, ``Tue 社团``.

    Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护", "Tue").done()
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from constraints.rule import Example
from instances.blocks import Block
from instances.demand import Group, Post
from instances.derivation import derive
from instances.events import Event, HeldEvent
from instances.messages import Label
from instances.school import (
    Activity,
    Busy,
    Instance,
    Period,
    Pin,
    PostSpec,
    Room,
    RuleSetting,
    SchoolClass,
    Segment,
    SlotChoice,
    SlotWish,
    Staff,
    Term,
    Timing,
)
from instances.timetable import DatedChange, Place, Placement, Timetable, expand
from instances.words import Kind, Level, Role, Weekday

CARE = "看护"
HOMEWORK, CLUBS = "作业", "社团"


def example(zh: str, en: str, tiny: Tiny, amount: int) -> Example:
    """One example: its title in both languages, and what the rule finds in it."""
    return Example(Label(zh, en), tiny.done, amount)


def clock(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def busy(weekday: str, start: str, end: str, **more: Any) -> Busy:
    """A fixed duty, as in ``busy("Tue", "16:00", "17:00", reason="教研")``."""
    return Busy(weekday=Weekday[weekday.upper()], start=clock(start), end=clock(end), **more)


def wish(slot: str, level: Level) -> SlotWish:
    """A wish, as in ``wish("Tue 作业", Level.PREFERS)``."""
    weekday, band = slot.split()
    return SlotWish(weekday=Weekday[weekday.upper()], band=band, level=level)


def september(first: int, last: int | None = None) -> Period:
    """Days of September 2026."""
    return Period(start=dt.date(2026, 9, first), end=dt.date(2026, 9, last or first))


class Tiny:
    """A school and its timetable under construction; every method returns the school itself."""

    def __init__(self, **term: Any) -> None:
        dates = {"start": dt.date(2026, 9, 7), "end": dt.date(2026, 9, 18)}
        self._term = Term(**{**dates, **term})
        self._segments: tuple[Segment, ...] = (
            Segment(name=HOMEWORK, timings=(Timing(start=clock("15:30"), end=clock("16:30")),)),
            Segment(name=CLUBS, timings=(Timing(start=clock("16:30"), end=clock("17:30")),)),
        )
        self._classes: list[SchoolClass] = []
        self._rooms: list[Room] = []
        self._staff: list[Staff] = []
        self._activities: list[Activity] = []
        self._pins: list[Pin] = []
        self._rules: list[RuleSetting] = []
        self._usual = {CARE: HOMEWORK}
        self._placements: dict[str, Placement] = {}
        self._group_rooms: dict[str, str] = {}
        self._held: list[tuple[str, str, tuple[str, ...], dict[str, Any]]] = []
        self._instead: list[tuple[str, int, DatedChange]] = []
        self._joins: list[tuple[str, str, int]] = []
        self._events: list[Event] = []
        self._held_events: list[HeldEvent] = []

    def segment(self, name: str, start: str, end: str, **more: Any) -> Tiny:
        """A third segment, as in ``segment("延时", "17:30", "18:30")``."""
        timing = Timing(start=clock(start), end=clock(end))
        self._segments = (*self._segments, Segment(name=name, timings=(timing,), **more))
        return self

    def classes(self, *names: str, size: int = 30, grade: int = 3, **more: Any) -> Tiny:
        """Classes, of the third grade unless another is given."""
        more = {"size": size, "grade": grade, **more}
        self._classes += [SchoolClass(name=name, **more) for name in names]
        return self

    def room(self, name: str, capacity: int = 30, **more: Any) -> Tiny:
        self._rooms.append(Room(name=name, capacity=capacity, **more))
        return self

    def staff(self, *names: str, **more: Any) -> Tiny:
        """People who are willing (可以) wherever they have not wished for something else."""
        more = {"default": Level.WILLING, **more}
        self._staff += [Staff(name=name, **more) for name in names]
        return self

    def care(self, *slots: str, **more: Any) -> Tiny:
        """Homework care, for each class in its own room."""
        return self._activity(CARE, Kind.CARE, HOMEWORK, slots, more)

    def club(self, name: str, *slots: str, **more: Any) -> Tiny:
        """A club for ten children, once a week at one of the slots."""
        more = {"per_week": 1, "capacity": 10, **more}
        return self._activity(name, Kind.CLUB, CLUBS, slots, more)

    def duty(self, name: str, *slots: str, role: Role = Role.GATE, **more: Any) -> Tiny:
        more = {"posts": (PostSpec(role=role),), **more}
        return self._activity(name, Kind.DUTY, HOMEWORK, slots, more)

    def exercise(self, name: str, *slots: str, **more: Any) -> Tiny:
        """Physical exercise for whole classes, in the clubs' segment unless another is named."""
        return self._activity(name, Kind.EXERCISE, CLUBS, slots, more)

    def setting(self, rule: str, **given: Any) -> Tiny:
        """How a rule is set here, as in ``setting("people-apart", staff=("王芳", "李明"))``."""
        self._rules.append(RuleSetting(rule=rule, **given))
        return self

    def pin(self, activity: str, **given: Any) -> Tiny:
        self._pins.append(Pin(activity=activity, **given))
        return self

    def meets(self, club: str, *slots: str, room: str | None) -> Tiny:
        """Where a club meets every week."""
        blocks = [_block(slot, CLUBS) for slot in slots]
        places = tuple(Place(weekday=b.weekday, segments=b.segments) for b in blocks)
        self._placements[club] = Placement(places=places, room=room)
        return self

    def together(self, *classes: str, room: str) -> Tiny:
        """The room of classes that are merged in care."""
        self._group_rooms[Group(CARE, classes).key] = room
        return self

    def holds(self, person: str, activity: str, *slots: str, **which: Any) -> Tiny:
        """Who holds an activity's posts, at some slots; ``role`` or ``school_class`` if needed."""
        self._held.append((person, activity, slots, which))
        return self

    def instead(self, activity: str, day: int, **change: Any) -> Tiny:
        """What is different on a day of September: ``staff`` comes instead, a room."""
        self._instead.append((activity, day, DatedChange(**change)))
        return self

    def joins(self, one: str, other: str, day: int) -> Tiny:
        """On a day of September the children of class ``one`` are in care with ``other``."""
        self._joins.append((one, other, day))
        return self

    def event(self, name: str, **given: Any) -> Tiny:
        """An event of one segment, unless a length is given (``None``: whole days)."""
        self._events.append(Event(name=name, **{"length": 1, **given}))
        return self

    def held(self, event: str, *days: int, segments: tuple[str, ...] = (), **given: Any) -> Tiny:
        """An event on days of September; in the clubs' segment unless others are named."""
        dates = tuple(dt.date(2026, 9, day) for day in days)
        held = HeldEvent(event=event, dates=dates, segments=segments or (CLUBS,), **given)
        self._held_events.append(held)
        return self

    def done(self) -> tuple[Instance, Timetable]:
        instance = Instance(
            term=self._term,
            segments=self._segments,
            classes=tuple(self._classes),
            rooms=tuple(self._rooms),
            staff=tuple(self._staff),
            activities=tuple(self._activities),
            pins=tuple(self._pins),
            rules=tuple(self._rules),
            events=tuple(self._events),
        )
        demand = derive(instance)
        holders: dict[str, str] = {}
        for person, activity, slots, which in self._held:
            usual = self._usual[activity]
            blocks: list[Block | None] = [_block(slot, usual) for slot in slots]
            for block in blocks or [None]:
                free = (post for post in demand.posts if post.line not in holders)
                mine = (post for post in free if post.activity == activity)
                holders[next(p.line for p in mine if _fits(p, block, **which))] = person
        timetable = Timetable(placements=self._placements, rooms=self._group_rooms, holders=holders)
        sessions = expand(demand, timetable)
        changes = {
            session.key: change
            for activity, day, change in self._instead
            for session in sessions
            if session.post.activity == activity and session.date.day == day
        }
        for one, other, day in self._joins:
            care = [s for s in sessions if s.post.activity == CARE and s.date.day == day]
            host = {s.segment: s.key for s in care if s.classes == (other,)}
            changes |= {
                s.key: DatedChange(into=host[s.segment]) for s in care if s.classes == (one,)
            }
        new = {"changes": changes, "events": tuple(self._held_events)}
        return instance, timetable.model_copy(update=new)

    def _activity(
        self, name: str, kind: Kind, usual: str, slots: tuple[str, ...], more: dict[str, Any]
    ) -> Tiny:
        self._usual[name] = usual
        places = [_block(slot, usual) for slot in slots]
        choices = tuple(
            SlotChoice(weekday=place.weekday, segment=place.segments[0]) for place in places
        )
        self._activities.append(Activity(name=name, kind=kind, slots=choices, **more))
        return self


def _block(slot: str, usual: str) -> Block:
    weekday, _, segment = slot.partition(" ")
    return Block(Weekday[weekday.upper()], (segment or usual,))


def _fits(
    post: Post, block: Block | None, role: Role | None = None, school_class: str | None = None
) -> bool:
    return (
        (block is None or block in post.blocks)
        and role in (None, post.role)
        and (school_class is None or school_class in post.classes)
    )
