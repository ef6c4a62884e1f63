"""What is known of a school while its workbook is being read, and what is wrong so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from instances.messages import Lang
from instances.names import Names, People
from instances.problems import Fault, Path, Place, Problem
from instances.rulebook import Rulebook
from instances.school import ActivityWish, Busy, Period, Segment, SlotWish, Staff
from instances.text import Misread
from instances.words import Level, Weekday
from instances.workbook.grid import Cell


@dataclass
class StaffDraft:
    """One person: the fields of their own row, and what other sheets add."""

    index: int
    key: str
    fields: dict[str, Any]
    wishes: dict[tuple[Weekday, str], tuple[Level, Place]] = field(default_factory=dict)
    activity_wishes: dict[str, tuple[Level, Place]] = field(default_factory=dict)
    busy: list[Busy] = field(default_factory=list)
    leave: list[Period] = field(default_factory=list)

    def staff(self, places: dict[Path, Place]) -> Staff:
        """The person, with the places of their wishes entered."""
        for n, (_, place) in enumerate(self.wishes.values()):
            places["staff", self.index, "wishes", n] = place
        for n, (_, place) in enumerate(self.activity_wishes.values()):
            places["staff", self.index, "activity_wishes", n] = place
        return Staff(
            **self.fields,
            wishes=tuple(
                SlotWish(weekday=weekday, band=band, level=level)
                for (weekday, band), (level, _) in self.wishes.items()
            ),
            activity_wishes=tuple(
                ActivityWish(activity=activity, level=level)
                for activity, (level, _) in self.activity_wishes.items()
            ),
            busy=tuple(self.busy),
            leave=tuple(self.leave),
        )


@dataclass
class Draft:
    """The state of reading one workbook.

    ``places`` says where each value of the coming instance stands; ``unsure`` names the parts
    that could not be read, so that nobody complains about references to them. ``term`` bounds
    the dates that are written without a year.
    """

    lang: Lang = "zh"
    rulebook: Rulebook | None = None
    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    term: tuple[dt.date, dt.date] | None = None
    segments: tuple[Segment, ...] = ()
    segment_names: Names = field(default_factory=Names)
    bands: Names = field(default_factory=Names)
    phases: Names = field(default_factory=Names)
    classes: Names = field(default_factory=Names)
    rooms: Names = field(default_factory=Names)
    activities: Names = field(default_factory=Names)
    wishable: Names = field(default_factory=Names)
    """Activities and events: what people may have wishes about."""
    people: People = field(default_factory=People)
    staff: dict[str, StaffDraft] = field(default_factory=dict)
    skills: Names = field(default_factory=Names)
    features: Names = field(default_factory=Names)

    def report(self, fault: Fault, place: Place, **facts: Any) -> None:
        self.problems.append(fault.at(place, **facts))

    def misread(self, cell: Cell, misread: Misread) -> None:
        self.report(misread.fault, cell.place, **misread.facts)
