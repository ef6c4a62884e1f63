"""What becomes of a tournament: every fixture with its time, court, referees and score."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from instances import blocks
from instances.records import Record
from scheduler.tournaments.grounds import Slot


class Appointment(Record):
    """A fixture in its place. ``court`` counts from 1 within the room."""

    key: str
    date: dt.date
    segment: str
    start: dt.time
    end: dt.time
    room: str
    court: int = 1
    referees: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        return Slot(self.date, blocks.minutes(self.start), blocks.minutes(self.end), self.segment)

    def same_place(self, other: Appointment) -> bool:
        """At the same time in the same room; the number of the court does not matter."""
        return (self.slot, self.room) == (other.slot, other.room)


StepName = Literal["unplaced", "moves", "referees", "last_dates", "quality"]


class Step(Record):
    """One level of the objective: its value and a proven lower bound."""

    name: StepName
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        return self.value <= self.bound


class Way(Record):
    """Something that would make all fixtures of a tournament fit, verified by a solve.

    ``count`` more dates (to ``until``), courts at a time, or matches per segment on each court
    (of ``minutes`` each).
    """

    tournament: str
    what: Literal["dates", "courts", "matches"]
    count: int
    until: dt.date | None = None
    minutes: int | None = None


class Programme(Record):
    """The fixtures of all tournaments of a school, in their places.

    ``levels`` are in order, each with a proven lower bound: fixtures that do not fit, other
    fixtures moved (reruns), referees wanting, last dates, and quality given the dates.
    ``unplaced`` are the keys of fixtures that do not fit; ``moved`` those in another place than
    before, ``displaced`` the ones among them that had to move.
    """

    appointments: tuple[Appointment, ...]
    unplaced: tuple[str, ...] = ()
    levels: tuple[Step, ...] = ()
    moved: tuple[str, ...] = ()
    displaced: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    seconds: float = 0.0
