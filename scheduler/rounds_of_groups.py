"""Rounds that free all that a small group of people hold, and nothing else."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.improve import ByPeople, Neighbourhood
from scheduler.search import Effort

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from constraints.context import Context
    from constraints.pools import Pool
    from constraints.rule import Finding
    from instances.timetable import Timetable

EFFORT = Effort(deterministic=12, share=0.2, seconds=6, brief=True)
SIZE = 12
"""How many people a group begins with."""


class Groups(Neighbourhood):
    """Small groups of people: all whom one thing that costs points is about, and others near."""

    _about: list[tuple[int, set[str]]]

    def look_at(self, timetable: Timetable) -> None:
        self._about = []
        super().look_at(timetable)

    def _note(self, finding: Finding, points: int, people: Sequence[str]) -> None:
        super()._note(finding, points, people)
        some, teacher = set(people), self._home.get(str(finding.where.get("class")))
        if teacher in self.context.people:
            some.add(str(teacher))
        if some:
            self._about.append((points, some))

    @cached_property
    def _home(self) -> dict[str, str | None]:
        return {one.name: one.home_teacher for one in self.context.instance.classes}

    def _begin(self, everybody: Sequence[str]) -> set[str]:
        if not self._about:
            return super()._begin(everybody)
        weights, people = zip(*self._about, strict=True)
        return set(self.chooser.choices(people, weights)[0])


class OfGroups(ByPeople):
    """A group is as large as rounds can search to their end."""

    effort = EFFORT

    def __init__(self, context: Context, pools: Sequence[Pool], chooser: random.Random) -> None:
        super().__init__(context, pools, Groups(context, chooser, SIZE))
