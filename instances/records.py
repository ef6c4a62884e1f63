"""The parts that all data of a school is made of: records, names, periods, posts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from instances.words import Level, Role, Weekday

DAYS = tuple(Weekday(day) for day in range(1, 6))

Key = Annotated[str, Field(min_length=1, max_length=80)]
Grade = Annotated[int, Field(ge=1, le=9)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Positive = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """Base of all data: immutable, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(Record):
    """Calendar days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date
    name: str = ""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day <= self.end


class MakeUpDay(Record):
    """A weekend date on which the timetable of weekday ``follows`` is taught."""

    date: dt.date
    follows: Weekday
    service: bool = True


class FrozenPeriod(Period):
    """Exam weeks: no events; ``clubs`` says whether clubs run."""

    clubs: bool = False


class Closure(Period):
    """Dates on which a room cannot be used; on all weekdays or on some."""

    weekdays: tuple[Weekday, ...] = ()

    def is_on(self, date: dt.date) -> bool:
        """Whether a date is one of them."""
        return date in self and (not self.weekdays or date.isoweekday() in self.weekdays)


class PostSpec(Record):
    """A post of an activity.

    ``count`` is per group of children (or per meeting, for duties). ``skills``: the holder
    needs all of them.
    """

    role: Role
    skills: tuple[str, ...] = ()
    count: Positive = 1


class SlotWish(Record):
    """What a person wishes for a weekday and clock band."""

    weekday: Weekday
    band: str
    level: Level


class ActivityWish(Record):
    """What a person wishes for an activity."""

    activity: str
    level: Level
