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
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from scheduler.mixture import Mixture
from scheduler.parts import Parts
from scheduler.plans import Planner
from scheduler.rows import Rows, rounding

if TYPE_CHECKING:
    from constraints.model import Model
    from scheduler.plans import Plan
    from scheduler.progress import Control
    from scheduler.relaxation import Floats, LinearForm

ROUNDS = 40
"""Where there is no time limit."""
WIDTH = 0.2
"""How far prices may go from the best known ones, in points, at the beginning."""
WIDER, NARROWER = 2.0, 0.7
FAR = 3.0
"""The same where costs have changed."""
KEPT = 0.1
"""The part of what the mixture promises that a better bound must keep for prices to go further."""
BROKEN = 1e-6

Cheapest = tuple[tuple[int, Planner], tuple[float, list["Plan"]]]


class WholeWeeks:
    """Everybody's plans, and prices for what ties people, from the multipliers of a relaxation on.

    ``form``: the program, of which the model's variables are the first; ``dual``: multipliers of
    its first rows. ``workers``: how many plans are looked for at a time.
    """

    def __init__(
        self, model: Model, form: LinearForm, dual: Floats, control: Control, workers: int = 1
    ) -> None:
        self.control = control
        self.workers = workers
        self._form = copy(form)
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
        duals = np.append(dual, np.zeros(len(form.low) - len(dual)))
        self._prices = duals[self._mixture.rows]

    def charge(self, cost: Floats) -> None:
        """Let the variables cost so much from now on."""
        self._form.cost = cost
        for planner in self._planners.values():
            planner.charge(cost)
        self._mixture.charge(cost, self._planners)

    def add(self, values: Floats) -> None:
        """Let the plans that people have in a solution take part."""
        for person, planner in self._planners.items():
            plan = planner.plan(values[planner.columns])
            self._mixture.add(person, plan, planner.cost(plan))

    def know(self, plans: Iterable[tuple[int, Plan]]) -> None:
        """Let plans of people take part that are known from another program of the same model."""
        for person, known in plans:
            planner = self._planners[person]
            plan = planner.plan(known.values)
            self._mixture.add(person, plan, planner.cost(plan))

    @property
    def plans(self) -> list[tuple[int, Plan]]:
        """The plans that take part."""
        return self._mixture.plans

    @property
    def lower(self) -> Floats:
        """The least that each variable may be."""
        return self._form.lower

    @property
    def multipliers(self) -> Floats:
        """The multipliers of all rows of the program that go with the best prices so far."""
        dual = np.zeros(len(self._form.low))
        dual[self._mixture.rows] = self._prices
        return dual

    def hold(
        self,
        columns: Sequence[int],
        low: float | Floats,
        high: float | Floats,
        until: float | None,
    ) -> bool:
        """Let variables that are nobody's own be between two values; whether there is a mixture
        then. Prices are those of the best one of known plans."""
        form = self._form
        form.lower, form.upper = form.lower.copy(), form.upper.copy()
        form.lower[list(columns)], form.upper[list(columns)] = low, high
        self._mixture.hold(columns, low, high)
        if not self._mixture.solve(self._left(until)):
            return False
        self._prices = self._mixture.prices
        return True

    def bound(self, until: float | None, goes_on: Callable[[], bool]) -> int:
        """The best bound found; with a time limit, until the clock shows so many seconds.

        ``goes_on``: whether to look for better prices still.
        """
        best = self.look_for_prices(until, goes_on)
        return math.ceil(best) if math.isfinite(best) else 0

    def bound_at(self, cost: Floats, until: float | None, goes_on: Callable[[], bool]) -> int:
        """A bound where variables cost something else. Prices found before are the best again
        after it."""
        before = self._prices
        self.charge(cost)
        found = self.bound_now(until, goes_on)
        self._prices = before
        return found

    def bound_now(self, until: float | None, goes_on: Callable[[], bool]) -> int:
        """The same as ``bound``, where the best prices so far are of other costs: it begins with
        those that the plans known so far have now."""
        self._mixture.keep_near(self._prices[: len(self._parts.ties)], FAR)
        if self._mixture.solve(self._left(until)):
            self._prices = self._mixture.prices
        return self.bound(until, goes_on)

    def look_for_prices(
        self,
        until: float | None,
        goes_on: Callable[[], bool] = lambda: True,
        *,
        rounds: int = ROUNDS,
        enough: float = 0.0,
    ) -> float:
        """The same before it is rounded up, from the best prices so far.

        ``enough``: to stop if better prices can add no more than this part of the bound.
        """
        prices, best, width = self._prices, -math.inf, WIDTH
        limit = -math.inf
        for number in range(rounds):
            found = self._at(prices)
            if found > best:
                wider = number and found > best + KEPT * (limit - best)
                best, self._prices = found, prices
                width *= WIDER if wider else 1.0
            else:
                width *= NARROWER
            self._mixture.keep_near(self._prices[: len(self._parts.ties)], width)
            late = self.control.stopped or self._left(until) <= 0 or not goes_on()
            if late or not self._mixture.solve(self._left(until)):
                break
            limit, whole = self._mixture.cost, self._mixture.broken < BROKEN
            if whole and math.ceil(limit * (1 - enough)) <= math.ceil(best):
                break
            prices = self._mixture.prices
        return best

    def taken(self) -> Floats:
        """The greatest part that each variable has in a plan of the mixture found last."""
        values = np.zeros(len(self._form.cost))
        common, shares = self._mixture.shares()
        values[self._parts.columns[self._parts.common]] = common
        for share in shares:
            mine = self._planners[share.person].columns
            values[mine] = np.maximum(values[mine], share.part * share.plan.values)
        return values

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
        for (person, planner), (least, plans) in self._cheapest(ties):
            for plan in plans:
                self._mixture.add(person, plan, planner.cost(plan))
            found, size = found + least, size + abs(least)
        return found - rounding(size)

    def _cheapest(self, prices: Floats) -> Iterable[Cheapest]:
        """What each planner finds."""
        if self.workers == 1:
            return [(one, one[1].best(prices)) for one in self._planners.items()]
        with ThreadPoolExecutor(self.workers) as threads:
            found = list(threads.map(lambda one: one.best(prices), self._planners.values()))
        return zip(self._planners.items(), found, strict=True)
