"""What the linear relaxation of a school would like best: a bound, and where to look.

The pooled model leaves out what depends on who takes which class, so what it cannot do better
no timetable can. Its relaxation has very many optima; each takes but a few of all the holdings
(one in seven), and good timetables are made of what some of them take. So an optimum that is
drawn at random leaves a model so small that it is searched to its end (``guided.py``).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from constraints.model import Model, total
from constraints.pools import Pool
from scheduler.bound import SHARE, with_cuts
from scheduler.cuts import SlotCuts
from scheduler.progress import Control
from scheduler.relaxation import Relaxation

OPEN = 30
"""What a dated open place costs beside the points of quality: the relaxation has no hard
coverage, so that one bound serves whatever has to stay open."""
TAKEN = 1e-6


@dataclass(frozen=True)
class Advice:
    """What one optimum takes, even in part.

    People by the key of a pool's first post, each with the part of a post that they have; and
    the options of activities.
    """

    people: dict[str, dict[str, float]]
    options: dict[str, set[int]]


class Guide:
    """The relaxation of the pooled model with every rule, solved again and again."""

    def __init__(self, context: Context, pools: Sequence[Pool]) -> None:
        self.context = context
        self.pools = pools
        self._drawn: dict[int, Advice] = {}
        self._one_at_a_time = threading.Lock()

    @cached_property
    def model(self) -> Model:
        """The pooled model, made on first use."""
        model = Model(self.context, self.pools)
        model.post_rules()
        model.cp.minimize(model.quality + OPEN * total(model.open_by_tier))
        return model

    @cached_property
    def _program(self) -> Relaxation:
        return Relaxation(self.model.cp)

    @cached_property
    def _columns(self) -> list[int]:
        return [one.index for holders in self.model.holders for one in holders.values()]

    def bound(self, open_places: int, control: Control) -> int:
        """What the quality of timetables with so many dated open places is at least, in points."""
        program = self._program
        seconds = None if control.left is None else control.left * SHARE
        program.nudge(self._columns, seed=0)
        program.solve(seconds)
        nudged = program.bound()
        program.without_nudge(self._columns)
        best = with_cuts(program, SlotCuts(self.model), seconds, control, patience=1)
        return max(0, max(nudged, best) - OPEN * open_places)

    def advice(self, seed: int, control: Control) -> Advice | None:
        """What an optimum drawn at random takes, the same for the same seed.

        ``None`` if there was no time to find one.
        """
        if control.over:
            return None
        with self._one_at_a_time:
            if seed not in self._drawn:
                found = self._draw(seed, control)
                if found is None:
                    return None
                self._drawn[seed] = found
        return self._drawn[seed]

    def _draw(self, seed: int, control: Control) -> Advice | None:
        self._program.forget()  # from the last optimum it would take twice as long
        self._program.nudge(self._columns, seed)
        if not self._program.solve(control.left):
            return None
        values = self._program.values
        people = {
            pool.post.key: {
                key: float(values[one.index])
                for key, one in holders.items()
                if values[one.index] > TAKEN
            }
            for pool, holders in zip(self.model.pools, self.model.holders, strict=True)
        }
        options: dict[str, set[int]] = {}
        for (activity, option), literal in self.model.placed.items():
            if values[literal.index] > TAKEN:
                options.setdefault(activity, set()).add(option)
        return Advice(people, options)


def bound_of_quality(
    context: Context, pools: Sequence[Pool], open_places: int, control: Control
) -> int:
    """What the quality of timetables with so many dated open places is at least, in points."""
    return Guide(context, pools).bound(open_places, control)
