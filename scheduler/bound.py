"""A bound of quality for a school too large to be proved optimal: the relaxation of its pools.

The pooled model leaves out what depends on who takes which class, so what it cannot do better
no timetable can. Its relaxation is solved by a simplex method, with cuts between solves, or by
an interior point method where it is large: any multipliers prove a bound, so it need not be
solved to its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from constraints.context import Context
from constraints.model import Model, total
from constraints.pools import Pool
from scheduler.cuts import SlotCuts
from scheduler.progress import Control
from scheduler.relaxation import Relaxation

OPEN = 30
"""What a dated open place costs beside the points of quality: the relaxation has no hard
coverage, so that one bound serves whatever has to stay open."""
ROUNDS = 30
STALLED = 3
"""Rounds of cuts after which no higher bound is hoped for, if there was none."""
SHARE = 0.15
"""Part of the time left that the bound may take."""


def bound_of_quality(
    context: Context, pools: Sequence[Pool], open_places: int, control: Control
) -> int:
    """What the quality of timetables with so many dated open places is at least, in points."""
    model = Model(context, pools)
    model.post_rules()
    model.cp.minimize(model.quality + OPEN * total(model.open_by_tier))
    program = Relaxation(model.cp)
    seconds = None if control.left is None else control.left * SHARE
    best = _with_cuts(program, SlotCuts(model), seconds, control)
    return max(0, best - OPEN * open_places)


def tighten(model: Model, control: Control) -> None:
    """Tell a model the cuts that its own relaxation breaks: no new fact, a quicker proof."""
    model.cp.minimize(model.quality)
    cuts = SlotCuts(model)
    seconds = None if control.left is None else control.left * SHARE
    _with_cuts(Relaxation(model.cp), cuts, seconds, control)
    cuts.post(cuts.found, model.cp)


def _with_cuts(program: Relaxation, cuts: SlotCuts, seconds: float | None, control: Control) -> int:
    """The bound of a relaxation after some rounds of cuts."""
    until = None if seconds is None else control.seconds + seconds
    solved = program.solve(seconds)
    best, stalled = program.bound(), 0
    for _ in range(ROUNDS):
        late = until is not None and control.seconds > until
        if not solved or program.large or control.over or late:
            break
        rows = cuts.violated(program.values)
        if not rows or stalled == STALLED:
            break
        program.add(rows)
        solved = program.solve(None if until is None else until - control.seconds)
        bound = program.bound()
        stalled = 0 if bound > best else stalled + 1
        best = max(best, bound)
    return best
