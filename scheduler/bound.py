"""The bound of a relaxation, with cuts between solves.

Any multipliers prove a bound, so a relaxation need not be solved to its end.
"""

from __future__ import annotations

from constraints.model import Model
from scheduler.cuts import SlotCuts
from scheduler.progress import Control
from scheduler.relaxation import Relaxation

ROUNDS = 30
STALLED = 3
"""Rounds of cuts after which no higher bound is hoped for, if there was none."""
SHARE = 0.25
"""Part of the time left that the bound may take."""


def tighten(model: Model, control: Control) -> None:
    """Tell a model the cuts that its own relaxation breaks: no new fact, a quicker proof."""
    model.cp.minimize(model.quality)
    cuts = SlotCuts(model)
    seconds = None if control.left is None else control.left * SHARE
    with_cuts(Relaxation(model.cp), cuts, seconds, control)
    cuts.post(cuts.found, model.cp)


def with_cuts(
    program: Relaxation,
    cuts: SlotCuts,
    seconds: float | None,
    control: Control,
) -> int:
    """The bound of a relaxation after some rounds of cuts, until so many in a row raise nothing."""
    until = None if seconds is None else control.seconds + seconds
    solved = program.solve(seconds, control)
    best, stalled = program.bound(), 0
    for _ in range(ROUNDS):
        late = until is not None and control.seconds > until
        if not solved or control.over or late:
            break
        rows = cuts.violated(program.values)
        if not rows or stalled == STALLED:
            break
        program.add(rows)
        solved = program.solve(None if until is None else until - control.seconds, control)
        bound = program.bound()
        stalled = 0 if bound > best else stalled + 1
        best = max(best, bound)
    return best
