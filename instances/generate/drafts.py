"""A person of the school in the making: filled in step by step, then turned into a record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from instances.school import ActivityWish, Busy, Period, SlotWish, Staff, staff_key
from instances.words import Level, Weekday


@dataclass
class Person:
    """What is known so far of somebody.

    ``closed`` are weekdays and bands without consent. A ``spare`` person gets no planted
    post: away for long, present for part of the term, or not taking part.
    """

    name: str
    number: str = ""
    subject: str = ""
    skills: list[str] = field(default_factory=list)
    outside: bool = False
    spare: bool = False
    default: Level = Level.WILLING
    coefficient: Decimal = Decimal(1)
    closed: set[tuple[Weekday, str]] = field(default_factory=set)
    busy: list[Busy] = field(default_factory=list)
    leave: list[Period] = field(default_factory=list)
    start: dt.date | None = None
    end: dt.date | None = None
    cap_day: int | None = None
    cap_week: int | None = None
    cap_clubs: int | None = None
    phone: str = ""
    balance: Decimal = Decimal(0)
    wishes: list[SlotWish] = field(default_factory=list)
    activity_wishes: list[ActivityWish] = field(default_factory=list)

    @property
    def key(self) -> str:
        return staff_key(self.name, self.number)

    def has(self, skills: frozenset[str]) -> bool:
        return skills.issubset(self.skills)

    def refuses(self, activity: str) -> bool:
        return any(w.activity == activity and w.level is Level.NO for w in self.activity_wishes)

    def record(self) -> Staff:
        return Staff(
            name=self.name,
            number=self.number,
            skills=tuple(self.skills),
            default=self.default,
            cap_day=self.cap_day,
            cap_week=self.cap_week,
            cap_clubs=self.cap_clubs,
            coefficient=self.coefficient,
            outside=self.outside,
            start=self.start,
            end=self.end,
            phone=self.phone,
            balance=self.balance,
            wishes=tuple(self.wishes),
            activity_wishes=tuple(self.activity_wishes),
            busy=tuple(self.busy),
            leave=tuple(sorted(self.leave, key=lambda period: period.start)),
        )
