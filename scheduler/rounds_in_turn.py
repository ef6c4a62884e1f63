"""Improvement of the full model by several kinds of rounds in turn.

Rounds among people whom the classes know (``familiar.py``) find much at once; what they cannot mend
takes people whom a class does not know, at times at which they are not on. Rounds about one day
(``rounds_of_days.py``) and about a small group of people (``rounds_of_groups.py``) find that.
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

from scheduler.familiar import ROUND, Familiar
from scheduler.progress import Stage
from scheduler.rounds import Improvement
from scheduler.rounds_of_days import OfDays
from scheduler.rounds_of_groups import OfGroups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constraints.model import Model
    from constraints.pools import Pool
    from instances.timetable import Timetable
    from scheduler.likely_weeks import LikelyWeeks
    from scheduler.progress import Control
    from scheduler.rounds import Freed
    from scheduler.search import Effort, Settings, Task
    from scheduler.weekly import Coverage, Pattern

FIRST = 5
"""Points that the first round among familiar people is expected to find; of other kinds, none: in
little time they find less."""
LAST = 4
"""Of so many rounds of each kind it is remembered how much they found."""
SELDOM = 0.15
"""How often, for one of the kind that finds most, rounds of a kind are that finds nothing."""


class Chooser(Protocol):
    """Chooses what rounds of one kind free; see :class:`scheduler.rounds.Kind`."""

    @property
    def effort(self) -> Effort: ...

    def look_at(self, timetable: Timetable) -> None: ...

    def choose(self, best: Pattern) -> Freed: ...

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None: ...


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


class Turns:
    """Rounds among familiar people, of a day and of a small group, more often of what finds more.

    ``kinds``: by their names.
    """

    effort = ROUND
    done = False

    def __init__(self, weeks: LikelyWeeks, pools: Sequence[Pool], seed: int) -> None:
        self.context = context = weeks.guide.context
        self.chooser = chooser = random.Random(seed)
        self.familiar = Familiar(weeks, pools, seed)
        self.singles = self.familiar.singles
        self.kinds: dict[str, Chooser] = {
            "familiar": self.familiar,
            "day": OfDays(context, self.singles, chooser),
            "group": OfGroups(context, self.singles, chooser),
        }
        self._gains = {name: deque[int]([0], LAST) for name in self.kinds}
        self._gains["familiar"][0] = FIRST
        self._begun: dict[Freed, str] = {}
        self._efforts: WeakKeyDictionary[Model, Effort] = WeakKeyDictionary()

    def look_at(self, timetable: Timetable) -> None:
        for kind in self.kinds.values():
            kind.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        (name,) = self.chooser.choices(list(self.kinds), self.weights)
        kind = self.kinds[name]
        inner = kind.choose(best)

        def freed() -> Model | None:
            model = inner()
            if model is not None:
                self._efforts[model] = kind.effort
            return model

        self._begun[freed] = name
        return freed

    def search(self, model: Model, coverage: Coverage, start: Timetable, task: Task) -> Pattern:
        """Branch and cut, for as long as rounds of its kind may take."""
        task = replace(task, effort=self._efforts.get(model, task.effort))
        return self.familiar.search(model, coverage, start, task)

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:
        name = self._begun.pop(freed)
        self._gains[name].append(gain)
        self.kinds[name].learn(freed, proved=proved, gain=gain)

    @property
    def weights(self) -> list[float]:
        """How often each kind has its turn."""
        found = [fmean(gains) for gains in self._gains.values()]
        return [max(one, SELDOM * max(found), SELDOM) for one in found]
