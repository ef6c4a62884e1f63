"""What the checks of an instance share: names to look up, and what not to complain about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from instances import check_texts as texts
from instances.calendar import Calendar
from instances.names import Names, People
from instances.problems import Fault, Flaw, Path
from instances.rulebook import Rulebook
from instances.school import Instance
from instances.text import fold, nearest
from instances.words import Weekday


@dataclass(frozen=True)
class Scope:
    """An instance under check.

    ``unsure`` are parts of the input that could not be read: nothing is said about what
    depends on them, for the reader has said it.
    """

    instance: Instance
    rulebook: Rulebook | None = None
    unsure: frozenset[str] = frozenset()

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.instance.term)

    @cached_property
    def classes(self) -> Names:
        return Names(school_class.name for school_class in self.instance.classes)

    @cached_property
    def rooms(self) -> Names:
        return Names(self.instance.room_by_name)

    @cached_property
    def segments(self) -> Names:
        return Names(segment.name for segment in self.instance.segments)

    @cached_property
    def bands(self) -> Names:
        return Names(self.instance.bands)

    @cached_property
    def slots(self) -> list[tuple[Weekday, str]]:
        """Every weekday and clock band in which the service takes place."""
        found = {
            (weekday, segment.band_name)
            for segment in self.instance.segments
            for timing in segment.timings
            for weekday in timing.weekdays
        }
        order = {band: n for n, band in enumerate(self.instance.bands)}
        return sorted(found, key=lambda slot: (slot[0], order[slot[1]]))

    @cached_property
    def activities(self) -> Names:
        return Names(activity.name for activity in self.instance.activities)

    @cached_property
    def people(self) -> People:
        return People.of(self.instance.staff)

    @cached_property
    def _skills(self) -> Names:
        return Names(skill for person in self.instance.staff for skill in person.skills)

    def near_skill(self, skill: str) -> list[str]:
        """The skill of somebody that is very close to one that nobody has.

        Two skills may well differ by one character (足球, 篮球), so half is not close enough.
        """
        return nearest(skill, self._skills, 1, 0.6)

    def sure(self, *parts: str) -> bool:
        return self.unsure.isdisjoint(parts)

    def unknown(self, part: str, name: str | None, path: Path) -> Iterator[Flaw]:
        """A flaw if ``name`` is none of the names of ``part``."""
        if name is None or not self.sure(part):
            return
        if part == "staff":
            yield from self._unknown_person(name, path)
            return
        names, fault = self._listed[part]
        if names.find(name) != name:
            yield Flaw(path, fault, {"name": name, "near": names.near(name)}, value=name)

    @cached_property
    def _listed(self) -> dict[str, tuple[Names, Fault]]:
        return {
            "classes": (self.classes, texts.UNKNOWN_CLASS),
            "rooms": (self.rooms, texts.UNKNOWN_ROOM),
            "segments": (self.segments, texts.UNKNOWN_SEGMENT),
            "activities": (self.activities, texts.UNKNOWN_ACTIVITY),
        }

    def _unknown_person(self, name: str, path: Path) -> Iterator[Flaw]:
        if name in self.instance.staff_by_key:
            return
        found = self.people.find(name)
        if found.candidates:
            facts = {"name": name, "candidates": found.candidates}
            yield Flaw(path, texts.AMBIGUOUS_STAFF, facts, value=name)
        else:
            near = [found.key] if found.key else self.people.near(name)
            yield Flaw(path, texts.UNKNOWN_STAFF, {"name": name, "near": near}, value=name)


def first_of(names: list[str]) -> Iterator[tuple[int, int]]:
    """Index of each repeated name with the index of its first use."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        first = seen.setdefault(fold(name), index)
        if first != index:
            yield index, first
