"""The least cost of a large model, sought from below.

The linear relaxation of what changes cost is all but exact. Its dual values tell which
variables cannot be other than they are in any solution that costs little more than its bound,
and these are nearly all: what is left is small, and searched at once. If no solution costs so
little, that is proved, and a little more is allowed. So whatever is found first is the best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from ortools.sat.python import cp_model

from constraints.model import Expr, total
from scheduler.progress import Control, Stage
from scheduler.relaxation import Relaxation
from scheduler.remainder import Remainder
from scheduler.search import Effort, Found, Settings, search

STEPS = (0, 4, 14, 30, 50, 75, 100, 130, 160, 200)
"""What is allowed beyond the bound of the relaxation, one after the other. A line of posts that
changes hands for the rest of a term costs some 50, one post on one date 3."""
RUNG = Effort(deterministic=9, share=0.3, light=True)
TINY = 1e-6
DOUBT = 0.01
"""What a variable costs more in the relaxation that may cost less than it should: of solutions that
are equally good, one that needs no refining."""
FIRST = 4
"""How much more each of several quantities counts than the next, where all are sought at once."""
STAYING = 50
"""What a variable gains then that had better stay 1: about as much as a line costs that changes
hands; what is sought counts twice as much and more."""
NOTHING: Mapping[int, int] = {}
SHARE = 0.3
"""Part of the time left that the relaxation may take."""


class Refined(Protocol):
    """A cost that is never more than it should be, and exact once a model is told enough."""

    @property
    def cost(self) -> Expr:
        """The cost by what the model has been told."""

    @property
    def doubtful(self) -> Mapping[int, int]:
        """The variables (numbers) that may cost less than they should, and how much less."""

    def refined(self, values: Sequence[float]) -> bool:
        """Tell the model more, so that a solution (values by variable) costs what it should;
        false if it does already."""


def climb(
    cp: cp_model.CpModel,
    cost: Expr,
    most: int | None,
    control: Control,
    settings: Settings,
    refined: Refined | None = None,
) -> Found | None:
    """The solution of least cost, if one costs no more than ``most``, and a bound of all.

    ``None`` if the relaxation has no optimum, or there is no time for it. Infeasible: no
    solution costs less than the bound, and none is known that costs as much. The variables of
    what is found are those of ``cp``. With ``refined``, the cost is never more than it should
    be, and exact for what is found.
    """
    if isinstance(cost, int):
        return None
    ladder = _Ladder(cp, cost, control, settings, refined)
    if not ladder.solved():
        return None
    bound = ladder.bound
    limits = [bound + step for step in STEPS if most is None or bound + step < most]
    if most is not None and bound <= most:
        limits.append(most)
    for limit in limits:
        if control.over:
            break
        found = ladder.searched(limit)
        if found.solution is not None:
            return replace(found, bound=max(ladder.bound, found.bound))
        if found.outcome != "infeasible":
            return replace(found, bound=ladder.bound)
        ladder.bound = limit + 1
    return Found("infeasible", 0, ladder.bound, None)


class _Ladder:
    """A model and its relaxation, both told more where a solution costs less than it should."""

    def __init__(
        self,
        cp: cp_model.CpModel,
        cost: cp_model.LinearExpr,
        control: Control,
        settings: Settings,
        refined: Refined | None,
    ) -> None:
        cp.minimize(cost)
        self.cp = cp
        self.control = control
        self.settings = replace(settings, workers=1)
        self.refined = refined
        self.relaxation = Relaxation(cp)
        self.bound = 0

    def solved(self) -> bool:
        """Whether the relaxation has an optimum, which costs what it should."""
        relaxation = self.relaxation
        while True:
            doubtful = list(self._doubtful)
            relaxation.cost_more(doubtful, np.full(len(doubtful), DOUBT))
            if not relaxation.solve(_seconds(self.control)):
                return False
            self.bound = max(self.bound, relaxation.bound())
            if not self._told(relaxation.values.tolist()):
                break
        relaxation.without_nudge(doubtful)
        if not relaxation.solve(_seconds(self.control)):
            return False
        self.bound = max(self.bound, relaxation.bound())
        return True

    @property
    def _doubtful(self) -> Mapping[int, int]:
        return {} if self.refined is None else self.refined.doubtful

    def _told(self, values: Sequence[float]) -> bool:
        """Whether there was more to tell for a solution to cost what it should."""
        if self.refined is None or not self.refined.refined(values):
            return False
        self.cp.minimize(self.refined.cost)
        self.relaxation.follow(self.cp)
        return True

    def searched(self, limit: int) -> Found:
        """The best solution that costs no more than this, at what it should cost.

        One that costs so little without anything doubtful is looked for first.
        """
        best: Found | None = None
        while True:
            if doubtful := self._doubtful:
                sure = self._search(limit, doubtful)
                if sure.solution is not None:
                    best, limit = replace(sure, bound=self.bound), sure.value - 1
            if limit < self.bound:
                return best or Found("infeasible", 0, 0, None)
            found = self._search(limit)
            if found.solution is None:
                if best and found.outcome == "infeasible":
                    best = replace(best, bound=best.value)
                return best or found
            if not self._told(found.solution.response_proto.solution):
                return found
            if self.control.over or not self.solved():
                return best or Found("unknown", 0, 0, None)

    def _search(self, limit: int, dearer: Mapping[int, int] = NOTHING) -> Found:
        """``dearer``: variables that cost more than in the relaxation."""
        form = self.relaxation.form
        low, high = self.relaxation.settled(limit)
        lower, upper = form.lower.copy(), form.upper.copy()
        upper[low], lower[high] = lower[low], upper[high]
        rest = Remainder(form.dearer(dearer), lower, upper, limit)
        if not rest.possible:
            return Found("infeasible", 0, 0, None)
        model, objective = rest.model(self.cp)
        known = self.bound
        return search(model, objective, self.control, self.settings, RUNG, Stage.CHANGES, known)


def least_each(
    cp: cp_model.CpModel,
    parts: Sequence[Expr],
    known: Sequence[int],
    control: Control,
    staying: Sequence[int] = (),
) -> tuple[int, ...] | None:
    """Bounds of quantities of which the earlier ones count first, each where those before it are
    at their bounds: if all are reached at once, nothing is better.

    ``known``: what each is at least. The model is left with these as limits. ``staying``:
    variables (numbers) that may well be 1. All quantities are sought at once first, with as many
    of these as can be: that is found soon, and mostly an optimum of each. ``None`` if some
    relaxation has no optimum.
    """
    weights = [2 * STAYING * FIRST**n for n in range(len(parts))]
    cp.minimize(total(part * weight for part, weight in zip(reversed(parts), weights, strict=True)))
    relaxation = Relaxation(cp)
    relaxation.cost_more(staying, np.full(len(staying), -float(STAYING)))
    if control.over or not relaxation.solve(_seconds(control)):
        return None
    found: list[int] = []
    for part, least in zip(parts, known, strict=True):
        if isinstance(part, int):
            found.append(part)
            continue
        cp.minimize(part)
        if relaxation.costs(cp) <= least + TINY:
            found.append(least)
        else:
            relaxation.follow(cp)
            if control.over or not relaxation.solve(_seconds(control)):
                return None
            found.append(max(least, relaxation.bound()))
        cp.add(part <= found[-1])
    return tuple(found)


def _seconds(control: Control) -> float | None:
    return None if control.left is None else control.left * SHARE
