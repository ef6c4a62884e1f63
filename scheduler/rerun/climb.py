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

from constraints.model import Expr, Model
from scheduler.progress import Control, Stage
from scheduler.relaxation import Relaxation
from scheduler.remainder import Remainder
from scheduler.search import Effort, Found, Settings, search
from scheduler.weekly import Coverage

STEPS = (0, 4, 14, 30, 50, 75, 100, 130, 160, 200, 250, 310, 380, 460, 550)
"""What is allowed beyond the bound of the relaxation, one after the other. A line of posts that
changes hands for the rest of a term costs some 50, one post on one date 3."""
RUNG = Effort(deterministic=9, share=0.3, light=True)
TINY = 1e-6
DOUBT = 0.01
"""What a variable costs more in the relaxation that may cost less than it should: of solutions that
are equally good, one that needs no refining."""
DEAR = 100
"""What the last of several quantities counts at least, where all are sought at once."""
MANY_PLACES = 1_000_000
FIRST = 4
"""How much more each of several quantities counts than the next, where all are sought at once."""
NOTHING: Mapping[int, int] = {}
SHARE = 0.3
"""Part of the time left that the relaxation may take."""
UNDECIDED = 2
"""How many searches may end without an answer before what lies between is left as it is."""


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
    ladder = Ladder(cp, cost, control, settings, refined)
    return ladder.climbed(most)


def open_limits(model: Model, coverage: Coverage) -> list[cp_model.IntVar]:
    """Variables that say how many places of each tier may be open: no fewer than so many."""
    limits = []
    for tier, value in zip(model.open_by_tier, coverage.tiers, strict=True):
        limits.append(model.cp.new_int_var(value, MANY_PLACES, ""))
        model.cp.add(tier <= limits[-1])
    return limits


class Ladder:
    """A model and its relaxation, both told more where a solution costs less than it should."""

    def __init__(
        self,
        cp: cp_model.CpModel,
        cost: Expr,
        control: Control,
        settings: Settings,
        refined: Refined | None = None,
    ) -> None:
        cp.minimize(cost)
        self.cp = cp
        self.cost = cost
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

    def climbed(self, most: int | None = None, *, patient: bool = False) -> Found | None:
        """See :func:`climb`; ``patient``: more is allowed also where a search ended without an
        answer."""
        if not self.solved():
            return None
        bound = self.bound
        limits = [bound + step for step in STEPS if most is None or bound + step < most]
        if most is not None and bound <= most:
            limits.append(most)
        undecided = 0
        for limit in limits:
            if self.control.over:
                break
            found = self.searched(limit)
            if found.solution is not None:
                return replace(found, bound=max(self.bound, found.bound))
            if found.outcome == "infeasible":
                self.bound = max(self.bound, limit + 1)
                continue
            undecided += 1
            if not patient or undecided == UNDECIDED or limit == limits[-1]:
                return replace(found, bound=self.bound)
        return Found("infeasible", 0, self.bound, None)

    def closed(self, found: Found) -> Found:
        """The best of what lies between something found and its bound, halved again and again.

        A search that allows less has less to look at, so it finds, or rules out, what a search of
        everything does not.
        """
        self.bound, tried, undecided = found.bound, 0, 0
        while undecided < UNDECIDED and not self.control.over:
            first, last = max(self.bound, tried + 1), found.value - 1
            if first > last:
                break
            limit = (first + last) // 2
            nearer = self.searched(limit)
            if nearer.solution is not None:
                self.bound = max(self.bound, nearer.bound)
                found = nearer
            elif nearer.outcome == "infeasible":
                self.bound = max(self.bound, limit + 1)
            else:
                tried, undecided = limit, undecided + 1
        return replace(found, bound=min(self.bound, found.value))

    def least(
        self, limits: Sequence[cp_model.IntVar], known: Sequence[int]
    ) -> tuple[int, ...] | None:
        """Bounds of variables of which the earlier ones count first, each where those before it
        are at their bounds; the model is left with these as limits.

        All are sought at once first, each far more dear than the next, and with the cost:
        that is mostly an optimum of each. ``known``: what they are at least. ``None`` if
        the relaxation has no optimum.
        """
        relaxation, found = self.relaxation, list[int]()
        columns = [limit.index for limit in limits]
        dear = [DEAR * FIRST**n for n in reversed(range(len(limits)))]
        relaxation.cost_more(columns, np.array(dear, dtype=float))
        if self.control.over or not relaxation.solve(_seconds(self.control)):
            return None
        for limit, least in zip(limits, known, strict=True):
            if relaxation.values[limit.index] <= least + TINY:
                found.append(least)
            else:
                self.cp.minimize(limit)
                relaxation.follow(self.cp)
                if self.control.over or not relaxation.solve(_seconds(self.control)):
                    return None
                found.append(max(least, relaxation.bound()))
            self.cp.proto.variables[limit.index].domain[1] = found[-1]
            relaxation.hold(limit.index, found[-1])
        self.cp.minimize(self.cost)
        relaxation.follow(self.cp)
        return tuple(found)

    @property
    def _doubtful(self) -> Mapping[int, int]:
        return {} if self.refined is None else self.refined.doubtful

    def _told(self, values: Sequence[float]) -> bool:
        """Whether there was more to tell for a solution to cost what it should."""
        if self.refined is None or not self.refined.refined(values):
            return False
        self.cost = self.refined.cost
        self.cp.minimize(self.cost)
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


def _seconds(control: Control) -> float | None:
    return None if control.left is None else control.left * SHARE
