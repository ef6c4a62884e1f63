"""A bound from whole weeks: what each person's plan costs at least in whole numbers, at prices
for all that ties people together.

In the relaxation somebody has half of two plans, and is paid for neither what the one nor what the
other costs: their own wishes, their own share of load. Here every plan is whole, and only how
people go together may be in parts. Any prices prove a bound (Lagrange). Measured, one worker: with
the prices of the relaxation the bound of two schools of 60 classes rises from 191 and 310 points
to 267 and 420 within 2 s, with better and better ones to 275 and 542 in 18 s; cuts that tie
what people hold to their number of slots led to 246 and 356.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from scheduler.mixture import Mixture
from scheduler.parts import Parts
from scheduler.plans import Planner
from scheduler.relaxation import Relaxation, Rows, rounding

if TYPE_CHECKING:
    from constraints.model import Model
    from scheduler.progress import Control
    from scheduler.relaxation import Floats

ROUNDS = 40
"""Where there is no time limit."""
WIDTH = 0.2
"""How far prices may go from the best known ones, in points, at the beginning."""
WIDER, NARROWER = 2.0, 0.7
ENOUGH = 0.1
"""The part of what the mixture promises that a better bound must keep for prices to go further."""
BROKEN = 1e-6


class WholeWeeks:
    """The bound of a model, from the multipliers of its relaxation on."""

    def __init__(self, model: Model, relaxation: Relaxation, control: Control) -> None:
        self.control = control
        self._form = form = relaxation.form
        self._rows = Rows.of(form)
        self._parts = parts = Parts(model, form)
        self._mixture = Mixture(form, self._rows, parts)
        ties = {row: n for n, row in enumerate(parts.ties)}
        used: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, n in ties.items():
            part = slice(form.starts[row], form.starts[row + 1])
            for column, factor in zip(form.columns[part], form.factors[part], strict=True):
                used[column].append((n, factor))
        self._planners = {
            n: Planner(form, parts.columns[n], parts.rows[n], ties, used)
            for n in range(parts.common)
            if parts.columns[n]
        }
        self._prices = relaxation.duals[self._mixture.rows]

    def bound(self, until: float | None, goes_on: Callable[[], bool]) -> int:
        """The best bound found; with a time limit, until the clock shows so many seconds.

        ``goes_on``: whether to look for better prices still.
        """
        prices, best, width = self._prices, -math.inf, WIDTH
        center, limit = prices, -math.inf
        for number in range(ROUNDS):
            found = self._at(prices)
            if found > best:
                enough = number and found > best + ENOUGH * (limit - best)
                best, center = found, prices
                width *= WIDER if enough else 1.0
            else:
                width *= NARROWER
            self._mixture.keep_near(center[: len(self._parts.ties)], width)
            late = self.control.stopped or self._left(until) <= 0 or not goes_on()
            if late or not self._mixture.solve(self._left(until)):
                break
            limit, whole = self._mixture.cost, self._mixture.broken < BROKEN
            if whole and math.ceil(limit) <= math.ceil(best):
                break
            prices = self._mixture.prices
        return math.ceil(best) if math.isfinite(best) else 0

    def _left(self, until: float | None) -> float:
        return math.inf if until is None else until - self.control.seconds

    def _at(self, prices: Floats) -> float:
        """The bound at some prices; the plans found for it are known from now on."""
        dual = np.zeros(len(self._form.low))
        dual[self._mixture.rows] = prices
        weighed = self._rows.weighed(self._form.cost, dual)
        if weighed is None:
            return -math.inf
        mine = self._parts.columns[self._parts.common]
        lower, upper = self._form.lower[mine], self._form.upper[mine]
        reduced = weighed.reduced[mine]
        common = reduced * np.where(reduced > 0, lower, upper)
        found = self._form.offset + weighed.worth + float(common.sum())
        size = weighed.size + float(np.abs(common).sum())
        ties = weighed.dual[self._parts.ties]
        for person, planner in self._planners.items():
            least, plan = planner.best(ties)
            if plan is None:
                return -math.inf
            self._mixture.add(person, plan)
            found, size = found + least, size + abs(least)
        return found - rounding(size)
