"""Rounds of improvement: a part of the model is freed, solved anew, and the better one kept.

What is freed is chosen by a kind of rounds: groups of people (``improve.py``), or what the
relaxation would take (``nearing.py``). There are as many rounds at a time as there are workers;
with one worker, they follow one another in a fixed order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple, Protocol

from constraints.context import Context
from constraints.model import Model
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.merging import merged
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Settings, Task
from scheduler.weekly import Coverage, Pattern

LOOK_AGAIN = 0.97
"""Who is badly off is looked at again once quality is down to so much of what it was then."""

SWITCH = 0.0005
"""Seconds after which Python lets another thread go on, while rounds run at the same time. Solvers
often ask whether to stop, and would wait ten times as long while another round makes its model: a
relaxation that takes 4 s beside such a thread took 6.7 s."""

Freed = Callable[[], Model | None]
"""Makes the model of a round; ``None`` where there was no time to choose what to free."""


class Ended(NamedTuple):
    """What a round freed, what it began with, and what it found, if it was begun in time."""

    freed: Freed
    base: Pattern
    found: Pattern | None


class Search(Protocol):
    """Finds the best quality of a model, starting from a timetable."""

    def __call__(
        self, model: Model, coverage: Coverage, start: Timetable, task: Task
    ) -> Pattern: ...


class Kind(Protocol):
    """Chooses what rounds free. ``effort``: what one may take; ``done``: nothing more to try."""

    @property
    def effort(self) -> Effort: ...

    @property
    def search(self) -> Search: ...

    @property
    def done(self) -> bool: ...

    def look_at(self, timetable: Timetable) -> None:
        """Remember what is bad about the best timetable so far."""

    def choose(self, best: Pattern) -> Freed:
        """The next round, from the best so far. The model is made where the round runs."""

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:
        """How a round ended: whether to its end, and how much better what it found is."""


class Improvement:
    """Runs rounds of one kind, at the grain of ``pools``.

    What the pattern is worth at this grain, rounds say that begin with it. If nothing is known
    of that, what the first round found is taken whatever it is. ``tells``: whether what the best
    is worth is told.
    """

    def __init__(
        self,
        context: Context,
        pools: Sequence[Pool],
        pattern: Pattern,
        control: Control,
        settings: Settings,
        stage: Stage,
        kind: Kind,
        *,
        tells: bool = True,
    ) -> None:
        self.tells = tells
        self.context = context
        self.pools = pools
        self.control = control
        self.settings = settings
        self.workers = settings.cores
        self.stage = stage
        self.kind = kind
        self.best = pattern
        self.done = 0
        self.looked_at = pattern.quality

    def run(self, rounds: int, until: float) -> Pattern:
        """Without a time limit, ``rounds`` of them; with one, until ``until`` seconds are left."""
        self.kind.look_at(self.best.timetable)
        if self.workers == 1:
            while self._goes_on(rounds, until):
                self._take(self._round(*self._begin()))
            return self.best
        with _switching_often(), ThreadPoolExecutor(self.workers) as threads:
            running: set[Future[Ended]] = set()
            while running or self._goes_on(rounds, until):
                while len(running) < self.workers and self._goes_on(rounds, until):
                    running.add(threads.submit(self._round, *self._begin()))
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                for future in ready:
                    self._take(future.result())
        return self.best

    def _goes_on(self, rounds: int, until: float) -> bool:
        left = self.control.left
        if self.control.over or self.kind.done or 0 <= self.best.quality <= self.best.bound:
            return False
        return self.done < rounds if left is None else left > until

    def _begin(self) -> tuple[Pattern, Freed, int]:
        self.done += 1
        known = self.best.quality if self.tells and self.best.quality >= 0 else None
        self.control.tell(self.stage, known, self.best.bound)
        return self.best, self.kind.choose(self.best), self.done

    def _round(self, base: Pattern, freed: Freed, number: int) -> Ended:
        """What a round began with, and what it found."""
        model = freed()
        if model is None:
            return Ended(freed, base, None)
        alone, effort = self._alone(number), self.kind.effort
        task = Task(self.control, alone, effort, self.stage, base.bound)
        return Ended(freed, base, self.kind.search(model, base.coverage, base.timetable, task))

    def _alone(self, number: int) -> Settings:
        seed = self.settings.seed + number
        return replace(self.settings, workers=1, seed=seed, timed=self.workers > 1)

    def _take(self, ended: Ended) -> None:
        freed, base, found = ended
        if found is None or found.quality < 0:
            self.kind.learn(freed, proved=False, gain=0)
            return
        base = self._rated(base, found)
        first = self.best.quality < 0
        gain = 1 if first else max(0, base.quality - found.quality)
        self.kind.learn(freed, proved=found.quality <= found.bound, gain=gain)
        timetable, quality = self._on_the_best(base, found)
        if timetable is not None and (first or quality <= self.best.quality):
            better = first or quality < self.best.quality
            self.best = replace(self.best, timetable=timetable, quality=quality)
            if better and (first or quality <= self.looked_at * LOOK_AGAIN):
                self.looked_at = quality
                self.kind.look_at(timetable)

    def _rated(self, base: Pattern, found: Pattern) -> Pattern:
        """What a round began with, at the worth that the round says it has.

        That of the start may have been told at another grain, or with absences left out.
        """
        if found.began is None:
            return base
        rated = replace(base, quality=found.began)
        if base.timetable is self.best.timetable:
            self.best = rated
        return rated

    def _on_the_best(self, base: Pattern, found: Pattern) -> tuple[Timetable | None, int]:
        """What a round found, together with what others have found since it began."""
        if base.timetable is self.best.timetable:
            return found.timetable, found.quality
        both, quality = self._together(base, found)
        if both is None and found.quality < self.best.quality:
            return found.timetable, found.quality
        return both, quality

    def _together(self, base: Pattern, found: Pattern) -> tuple[Timetable | None, int]:
        quality = self.best.quality - (base.quality - found.quality)
        if quality >= self.best.quality or self.best.coverage.worst_off is not None:
            return None, quality  # together, two could leave more people badly off
        best = self.best.timetable
        both = merged(self.pools, base.timetable, best, found.timetable)
        if both is not None and not keeps_made_musts(self.context, both):
            return None, quality
        return both, quality


@contextmanager
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def keeps_made_musts(context: Context, timetable: Timetable) -> bool:
    """Whether a timetable keeps the rules that a school has made musts: some are about pairs."""
    made = [rule for rule in context.rules if rule.setting is not None and rule.setting.must]
    view = context.view(timetable)
    return not any(any(rule.check(view)) for rule in made)
