"""Improvement of the full model by two kinds of rounds in turn.

Rounds among people whom the classes know (``familiar.py``) find much at once; what they cannot mend
takes people whom a class does not know, at times at which they are not on. Rounds that free all
that a small group of people hold, and nothing else, find that, and branch and cut searches them to
their end.
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING
from weakref import WeakSet

from scheduler.audit import audit
from scheduler.familiar import ROUND, Familiar
from scheduler.improve import Neighbourhood, restricted, who_pays
from scheduler.progress import Stage
from scheduler.rounds import Improvement
from scheduler.search import Effort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constraints.model import Model
    from constraints.pools import Pool
    from instances.timetable import Timetable
    from scheduler.likely_weeks import LikelyWeeks
    from scheduler.progress import Control
    from scheduler.rounds import Freed
    from scheduler.search import Settings, Task
    from scheduler.weekly import Coverage, Pattern

GROUP = Effort(deterministic=12, share=0.2, seconds=6, brief=True)
SIZE = 12
"""How many people a group begins with."""
ANY = 5
"""Points that the first round of a kind is expected to find."""
LAST = 4
"""Of so many rounds of each kind it is remembered how much they found."""
SELDOM = 0.15
"""How often rounds of a kind are that has found nothing of late."""


def improve_full(
    kind: Familiar | Turns,
    best: Pattern,
    control: Control,
    settings: Settings,
    *,
    rounds: int,
    until: float = 0.0,
) -> Pattern:
    """Rounds on the full model.

    Without a time limit, ``rounds`` of them; with one, until ``until`` seconds are left. A
    ``kind`` of rounds that ran before knows how large they should be.
    """
    context, stage = kind.context, Stage.IMPROVE
    runner = Improvement(context, kind.singles, best, control, settings, stage, kind)
    return runner.run(rounds, until)


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


class Turns:
    """Rounds among familiar people and of small groups, more often of the kind that finds more."""

    effort = ROUND
    done = False

    def __init__(self, weeks: LikelyWeeks, pools: Sequence[Pool], seed: int) -> None:
        self.familiar = Familiar(weeks, pools, seed)
        self.context = weeks.guide.context
        self.singles = self.familiar.singles
        self.chooser = random.Random(seed)
        self.groups = Groups(self.context, self.chooser, SIZE)
        self._of_groups: set[Freed] = set()
        self._models: WeakSet[Model] = WeakSet()
        self._gains = {which: deque[int](maxlen=LAST) for which in (False, True)}

    def look_at(self, timetable: Timetable) -> None:
        self.familiar.look_at(timetable)
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        if not self._is_for_group():
            return self.familiar.choose(best)
        people = self.groups.choose(best.timetable)

        def freed() -> Model:
            model = restricted(self.context, self.singles, best.timetable, best.coverage, people)
            self._models.add(model)
            return model

        self._of_groups.add(freed)
        return freed

    def search(self, model: Model, coverage: Coverage, start: Timetable, task: Task) -> Pattern:
        """Branch and cut, longer for a group."""
        if model in self._models:
            task = replace(task, effort=GROUP)
        return self.familiar.search(model, coverage, start, task)

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:
        of_group = freed in self._of_groups
        self._of_groups.discard(freed)
        self._gains[of_group].append(gain)
        if of_group:
            self.groups.learn(proved=proved)
        else:
            self.familiar.learn(freed, proved=proved, gain=gain)

    def _is_for_group(self) -> bool:
        familiar, group = (fmean(self._gains[which] or (ANY,)) for which in (False, True))
        share = group / (familiar + group) if familiar + group else 0.5
        return self.chooser.random() < min(1 - SELDOM, max(SELDOM, share))
