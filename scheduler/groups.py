"""Rounds that free all that a small group of people hold, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from constraints.pools import single_pools
from scheduler.audit import audit
from scheduler.improve import Neighbourhood, restricted, who_pays
from scheduler.search import Effort

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from constraints.context import Context
    from instances.timetable import Timetable
    from scheduler.rounds import Freed
    from scheduler.weekly import Pattern

EFFORT = Effort(deterministic=12, share=0.2, seconds=6, brief=True)
SIZE = 12
"""How many people a group begins with."""


class Groups(Neighbourhood):
    """Small groups of people: all whom one thing that costs points is about, and others near."""

    _about: list[tuple[int, set[str]]]

    def look_at(self, timetable: Timetable) -> None:
        super().look_at(timetable)
        home = {one.name: one.home_teacher for one in self.context.instance.classes}
        self._about = []
        for finding, weight in audit(self.context, timetable).soft:
            people = set(who_pays(self.context, timetable, finding))
            teacher = home.get(str(finding.where.get("class")))
            if teacher in self.context.people:
                people.add(teacher)
            if people:
                self._about.append((finding.amount * weight, people))

    def _begin(self, everybody: Sequence[str]) -> set[str]:
        if not self._about:
            return super()._begin(everybody)
        weights, people = zip(*self._about, strict=True)
        return set(self.chooser.choices(people, weights)[0])


class OfGroups:
    """A group is as large as rounds can search to their end."""

    effort = EFFORT

    def __init__(self, context: Context, chooser: random.Random) -> None:
        self.context = context
        self.singles = single_pools(context.demand)
        self.groups = Groups(context, chooser, SIZE)

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        people = self.groups.choose(best.timetable)
        return partial(
            restricted, self.context, self.singles, best.timetable, best.coverage, people
        )

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:  # noqa: ARG002 (a size suits whatever is found)
        self.groups.learn(proved=proved)
