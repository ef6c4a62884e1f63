"""What an event IS: a sports meet, a festival, a contest; on dates that are found for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from instances.records import Closure, Count, Grade, Key, Positive, PostSpec, Record
from instances.words import Displaces, EventKind, Role, Weekday

Length = Annotated[int, Field(ge=1, le=4)]


class Event(Record):
    """Something large that takes the place of the service on one or several days.

    When: between ``start`` and ``end`` (only ``start``: on that date; neither: any service day
    of the term), on ``weekdays``, for ``days`` consecutive service days; ``length``
    consecutive segments out of ``segments``, or the whole day where it is ``None``. ``wished``
    dates go before others; ``reserve`` is kept free in case of rain.

    Who takes part: the classes named, all classes of the grades named, and the children of
    ``clubs`` (none of these: all). ``venues`` are rooms of the school that it has to itself,
    ``place`` is somewhere else.

    ``people`` must be there. ``posts`` are held by those of ``agreed`` and those who have a
    wish for this event, unless they say no; ``waived``: it is part of the teaching hours, so
    anybody else may be asked. Each place pays ``units`` for the whole event.

    ``rehearsals`` take ``length`` segments (one, before a whole day) in the venues with its
    people and clubs, ``rehearsal_gap`` days or more from one another and from the event.
    ``apart``: days between it and any other event.
    """

    name: Key
    kind: EventKind = EventKind.OTHER
    start: dt.date | None = None
    end: dt.date | None = None
    weekdays: tuple[Weekday, ...] = ()
    days: Annotated[int, Field(ge=1, le=5)] = 1
    length: Length | None = None
    segments: tuple[str, ...] = ()
    wished: tuple[Closure, ...] = ()
    reserve: dt.date | None = None
    grades: tuple[Grade, ...] = ()
    classes: tuple[str, ...] = ()
    clubs: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    place: str = ""
    people: tuple[str, ...] = ()
    posts: tuple[PostSpec, ...] = ()
    agreed: tuple[str, ...] = ()
    waived: bool = False
    units: Annotated[Decimal, Field(ge=0, le=20, decimal_places=2)] = Decimal(1)
    rehearsals: Annotated[int, Field(ge=0, le=9)] = 0
    rehearsal_gap: Positive = 1
    apart: Count = 0
    displaces: Displaces = Displaces.AUDIENCE

    @property
    def rained_off(self) -> bool:
        """Whether it was moved to its reserve date, which is then the only one it may have."""
        return self.reserve is not None and self.start == self.reserve and self.end is None

    @property
    def rehearsal_length(self) -> int:
        return self.length or 1


class HeldEvent(Record):
    """An event, or one of its rehearsals, on its dates.

    ``rehearsal`` counts from 1; 0 is the event itself. ``segments``: those that it takes on each
    of its dates; ``whole_day``: it also takes the lessons before them. ``staff`` (keys) by post:
    the role, its place among the event's posts and its number, as in ``referee.1.2``.
    """

    event: str
    rehearsal: Count = 0
    dates: tuple[dt.date, ...]
    segments: tuple[str, ...]
    whole_day: bool = False
    staff: dict[str, str] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """The stable key of an event within its term."""
        return self.event if not self.rehearsal else f"{self.event}#{self.rehearsal}"


class EventPost(Record):
    """One place that one person fills for the whole of an event."""

    key: str
    role: Role
    skills: tuple[str, ...] = ()


def kind_of_post(key: str) -> str:
    """What posts of an event that are alike have in common: role and place, not the number."""
    return key.rpartition(".")[0]


def event_posts(event: Event) -> tuple[EventPost, ...]:
    """The posts of an event, one for each person."""
    return tuple(
        EventPost(key=f"{spec.role.value}.{place}.{number}", role=spec.role, skills=spec.skills)
        for place, spec in enumerate(event.posts, 1)
        for number in range(1, spec.count + 1)
    )
