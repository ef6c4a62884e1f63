"""A pattern made better by annealing: who holds what, with everything else as it is.

Moves are tried by the hundred thousand a second, and one that makes the pattern dearer is kept the
more rarely the dearer it is and the further the run has come. As many runs as there are workers
begin with the best pattern, each with numbers of its own, and after a while begin anew with the
best of all of them.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from constraints.model import total
from constraints.pools import single_pools
from scheduler.annealing.program import program, state
from scheduler.annealing.reading import Unsuited, read
from scheduler.branch import Values
from scheduler.improve import held_model
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.relaxation import LinearForm
from scheduler.search import complete_hint
from scheduler.worst_off import hold_worst_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from constraints.context import Context
    from constraints.pools import Pool
    from instances.demand import Post
    from instances.timetable import Timetable
    from scheduler.annealing.arrays import Program, State
    from scheduler.search import Settings
    from scheduler.weekly import Pattern

    Longs = NDArray[np.int64]

HOLDINGS = 60_000
"""In how many ways people may hold posts at most; in larger schools, a post has fewer
candidates."""
PER_SECOND = 4_500
"""The same for each second left: of 36 classes, with 4.5 s in all, what was found with half of 27
thousand was better in two schools of three, alike in the third; with 10 s, worse in all."""
FEWEST = 10
"""But no fewer than so many."""
HOT, COLD = 2.0, 0.3
"""Points that a move may cost to be kept once in e times (2.7), at the beginning and at the end of
a run."""
LATER = 1.0
"""The same at the beginning of runs that go on from the best of others."""
RUNS = (0.6, 0.4)
"""The runs, by the part of the time that they take."""
MOVES = 60
"""For each way to hold a post, where there is no time limit."""
SLICE = 20_000
"""Moves between two looks at the clock, about a twentieth of a second."""
WORTH = 10_000
"""Points that a dated place is worth that somebody could come to: those who could stay free
then."""
LEAST = 0.3
"""Seconds that are worth beginning for, once the model is made."""


def annealed(
    context: Context,
    pattern: Pattern,
    control: Control,
    settings: Settings,
    *,
    until: float = 0.0,
    first: int | None = None,
) -> Pattern:
    """The best pattern found until ``until`` seconds are left, or by a number of moves.

    ``first``: how many runs there are at first, where not one on each core.

    The pattern itself where its model is of a kind that annealing does not understand. No more is
    open in what is found, in any tier, since every post that has somebody keeps somebody.
    """
    if control.over:
        return pattern
    pools = single_pools(context.demand)
    holdings = HOLDINGS
    if control.left is not None:
        holdings = min(holdings, round(PER_SECOND * (control.left - until)))
    candidates = _candidates(context, pools, pattern.timetable, settings.seed, holdings)
    model = held_model(
        context,
        pools,
        pattern.timetable,
        None,
        lambda pool: candidates[pool.post.key],
        tightens=False,
    )
    if pattern.coverage.worst_off is not None:
        hold_worst_off(model, pattern.coverage.worst_off)
    hint(model, pattern.timetable)
    model.cp.minimize(WORTH * total(model.open_by_tier) + model.quality)
    with ThreadPoolExecutor(1) as thread:
        completed = thread.submit(complete_hint, model.cp)
        form = LinearForm(model.cp)
    if completed.result() is None:
        return pattern
    values = np.array(list(model.cp.proto.solution_hint.values), dtype=np.int64)
    model.cp.minimize(model.quality)
    form.follow_costs(model.cp)
    try:
        made = program(model, form, read(model, form, values))
    except Unsuited:
        return pattern
    if control.over or (control.left is not None and control.left - until < LEAST):
        return pattern
    runs = _Runs(made, form, form.value(values), control, until, pattern.bound)
    found = runs.all(values, settings, settings.cores if first is None else first)
    if found is None:
        return pattern
    return replace(
        pattern,
        timetable=read_out(model, Values(found)),
        quality=form.value(found),
    )


def _candidates(
    context: Context, pools: Sequence[Pool], timetable: Timetable, seed: int, holdings: int
) -> dict[str, Sequence[str]]:
    """For each post, who may have it: everybody; or first those whom its classes know, then those
    who are there at the same time, then others."""
    most = max(FEWEST, holdings // max(1, len(pools)))
    chooser = random.Random(seed)
    holders = timetable.holders
    known: dict[str, set[str]] = defaultdict(set)
    for school_class in context.instance.classes:
        if school_class.home_teacher is not None:
            known[school_class.name].add(school_class.home_teacher)
    for post in context.demand.posts:
        if post.line in holders:
            for name in post.classes:
                known[name].add(holders[post.line])
    there: dict[tuple[int, str], set[str]] = defaultdict(set)
    for post in context.demand.posts:
        if post.line in holders:
            for place in _places(post):
                there[place].add(holders[post.line])
    found: dict[str, Sequence[str]] = {}
    for pool in pools:
        able = context.admitted(pool.post)
        if len(able) > most:
            near = {key for name in pool.post.classes for key in known[name]}
            near.add(holders.get(pool.post.line, ""))
            here = set[str]().union(*(there[place] for place in _places(pool.post)))
            drawn = sorted(able, key=lambda _: chooser.random())
            drawn.sort(key=lambda key: (key not in near, key not in here))
            some = set(drawn[: max(most, len(near))])
            able = tuple(key for key in able if key in some)
        found[pool.post.key] = able
    return found


def _places(post: Post) -> list[tuple[int, str]]:
    """Weekdays and segments."""
    return [(int(block.weekday), segment) for block in post.blocks for segment in block.segments]


@dataclass
class _Runs:
    """Runs on one program, which tell how far they are."""

    program: Program
    form: LinearForm
    known: int
    control: Control
    until: float
    bound: int

    def all(self, values: Longs, settings: Settings, first: int) -> Longs | None:
        """The values of the best solution found; ``None`` if none is better than the one known.

        ``first``: how many runs there are at first; later, one on each core.
        """
        best, cost = values, self.known
        begun, left = self.control.seconds, self.control.left
        with ThreadPoolExecutor(settings.cores) as threads:
            for number, share in enumerate(RUNS):
                goes = self._clock(begun, left, sum(RUNS[:number]), share)
                many = settings.cores if number else first
                seeds = [settings.seed + 100 * number + n for n in range(many)]
                heat = LATER if number else HOT
                futures = [threads.submit(self._run, best, seed, heat, goes) for seed in seeds]
                for future in futures:
                    found = future.result()
                    if found is not None and self.form.value(found) < cost:
                        best, cost = found, self.form.value(found)
                if cost <= self.bound or self.control.over:
                    break
        return best if best is not values else None

    def _clock(
        self, begun: float, left: float | None, before: float, share: float
    ) -> Callable[[int], float]:
        """From the number of moves made to how much of a run is done, 1 or more at its end."""
        if left is None:
            moves = share * MOVES * len(self.program.group_columns)
            return lambda made: made / moves
        seconds = left - self.until
        return lambda _: (self.control.seconds - begun - before * seconds) / (share * seconds)

    def _run(
        self, values: Longs, seed: int, heat: float, clock: Callable[[int], float]
    ) -> Longs | None:
        """The best solution of one run, as the whole program counts it; ``None`` if the run does
        not understand the first one."""
        from scheduler.annealing.kernel import anneal, begin

        now = state(self.program, self.form, values, seed)
        if begin(self.program, now) or now.score[0] != self.form.value(values):
            return None
        made = 0
        while (done := clock(made)) < 1 and not self.control.stopped and now.score[1] > self.bound:
            anneal(self.program, now, SLICE, heat * (COLD / heat) ** max(0.0, done))
            made += SLICE
            self.control.tell(Stage.IMPROVE, min(self.known, int(now.score[1])), self.bound)
        return self._values(values, now)

    def _values(self, values: Longs, run: State) -> Longs | None:
        """All values that go with the best holders of a run, if the program allows them."""
        from scheduler.annealing.kernel import begin

        taken = values.copy()
        taken[self.program.group_columns] = 0
        taken[run.best] = 1
        settled = state(self.program, self.form, taken, 0)
        begin(self.program, settled)
        found = settled.values.astype(np.int64)
        return found if self.form.holds(found) else None
