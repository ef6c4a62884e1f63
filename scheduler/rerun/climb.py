"""The least cost of a large model, sought from below.

The linear relaxation of what changes cost is all but exact. Its dual values tell which
variables cannot be other than they are in any solution that costs little more than its bound,
and these are nearly all: what is left is small, and searched at once. If no solution costs so
little, that is proved, and a little more is allowed. So whatever is found first is the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from constraints.model import Expr
from scheduler.progress import Control, Stage
from scheduler.relaxation import Relaxation
from scheduler.search import Effort, Found, Settings, search

STEPS = (0, 4, 14, 30, 50, 75, 100, 130, 160, 200)
"""What is allowed beyond the bound of the relaxation, one after the other. A line of posts that
changes hands for the rest of a term costs some 50, one post on one date 3."""
RUNG = Effort(deterministic=9, share=0.3, light=True)
TINY = 1e-6
SHARE = 0.3
"""Part of the time left that the relaxation may take."""


def climb(
    cp: cp_model.CpModel, cost: Expr, most: int | None, control: Control, settings: Settings
) -> Found | None:
    """The solution of least cost, if one costs no more than ``most``, and a bound of all.

    ``None`` if the relaxation has no optimum, or there is no time for it. Infeasible: no
    solution costs less than the bound, and none is known that costs as much. The variables of
    what is found are those of ``cp``.
    """
    if isinstance(cost, int):
        return None
    cp.minimize(cost)
    relaxation = Relaxation(cp)
    if not relaxation.solve(_seconds(control)):
        return None
    bound, alone = relaxation.bound(), replace(settings, workers=1)
    limits = [bound + step for step in STEPS if most is None or bound + step < most]
    if most is not None and bound <= most:
        limits.append(most)
    for limit in limits:
        if control.over:
            break
        rest = _settled(cp, relaxation, limit)
        rest.add(cost <= limit)
        found = search(rest, cost, control, alone, RUNG, Stage.CHANGES, bound)
        if found.solution is not None:
            return replace(found, bound=max(bound, found.bound))
        if found.outcome != "infeasible":
            return replace(found, bound=bound)
        bound = limit + 1
    return Found("infeasible", 0, bound, None)


def least_each(
    cp: cp_model.CpModel, parts: Sequence[Expr], known: Sequence[int], control: Control
) -> tuple[int, ...] | None:
    """Bounds of quantities of which the earlier ones count first, each where those before it are
    at their bounds: if all are reached at once, nothing is better.

    ``known``: what each is at least. The model is left with these as limits. ``None`` if some
    relaxation has no optimum.
    """
    found: list[int] = []
    relaxation: Relaxation | None = None
    for part, least in zip(parts, known, strict=True):
        if isinstance(part, int):
            found.append(part)
            continue
        cp.minimize(part)
        if relaxation is not None and relaxation.costs(cp) <= least + TINY:
            found.append(least)
        else:
            relaxation = Relaxation(cp)
            if control.over or not relaxation.solve(_seconds(control)):
                return None
            found.append(max(least, relaxation.bound()))
        cp.add(part <= found[-1])
    return tuple(found)


def _seconds(control: Control) -> float | None:
    return None if control.left is None else control.left * SHARE


def _settled(cp: cp_model.CpModel, relaxation: Relaxation, limit: int) -> cp_model.CpModel:
    """The model, with whatever is the same in every solution that costs no more than this."""
    rest = cp.clone()
    variables = rest.proto.variables
    low, high = relaxation.settled(limit)
    for column in low.tolist():
        if len(domain := variables[column].domain) == 2:
            domain[1] = domain[0]
    for column in high.tolist():
        if len(domain := variables[column].domain) == 2:
            domain[0] = domain[1]
    return rest
