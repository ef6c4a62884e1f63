"""The cheapest mixture of plans: for each person parts of plans that make one in all.

The rows that tie people together need hold for the mixture alone. What they are worth to it,
their prices, tells which plans are missing (Dantzig and Wolfe, 1960). With few plans known,
prices run away, so they are kept near to some that are known to be good (Marsten, Hogan and
Blankenship, 1975).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from scheduler.parts import Parts
    from scheduler.plans import Plan, Planner
    from scheduler.relaxation import Floats, LinearForm
    from scheduler.rows import Rows

TAKEN = 1e-6
"""Parts no greater than this are none."""


class Share(NamedTuple):
    """What part of a plan a person has in a mixture."""

    person: int
    plan: Plan
    part: float


class Mixture:
    """A linear program of what is nobody's own and of the plans added so far.

    ``rows``: those of its program: the ones that tie, then the ones about nobody.
    """

    def __init__(self, form: LinearForm, rows: Rows, parts: Parts) -> None:
        self._offset = form.offset
        self._ties = len(parts.ties)
        self._one = [float(bool(parts.columns[n])) for n in range(parts.common)]
        self.rows = np.array([*parts.ties, *parts.rows[parts.common]], dtype=int)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        common = parts.columns[parts.common]
        self._add_common(form, common)
        self._add_rows(form, rows, {column: n for n, column in enumerate(common)})
        tied = rows.starts[self.rows[: self._ties]], rows.starts[self.rows[: self._ties] + 1]
        spans = zip(*tied, strict=True)
        sizes = [float(np.median(np.abs(rows.factors[a:b]))) for a, b in spans]
        self._scale = 1.0 / np.array(sizes)
        self._slack = self._add_slack()
        self._first = self._solver.getNumCol()
        self._common = np.array(common, dtype=int)
        self._known: set[tuple[int, bytes]] = set()
        self._plans: list[tuple[int, Plan]] = []

    def add(self, person: int, plan: Plan, cost: float) -> None:
        """Let a plan of a person take part, if it does not yet."""
        key = person, plan.values.tobytes()
        if key in self._known:
            return
        self._known.add(key)
        self._plans.append((person, plan))
        (used,) = np.nonzero(plan.uses)
        rows = np.append(used, len(self.rows) + person).astype(np.int32)
        factors = np.append(plan.uses[used], 1.0)
        self._solver.addCol(cost, 0.0, math.inf, len(rows), rows, factors)

    def charge(self, cost: Floats, planners: Mapping[int, Planner]) -> None:
        """Let what is nobody's own, and the plans known so far, cost what they cost now."""
        costs = [planners[person].cost(plan) for person, plan in self._plans]
        where = [*range(len(self._common)), *range(self._first, self._first + len(costs))]
        all_costs = np.concatenate([cost[self._common], costs])
        self._solver.changeColsCost(len(where), np.array(where, dtype=np.int32), all_costs)

    def hold(self, columns: Sequence[int], low: float | Floats, high: float | Floats) -> None:
        """Let some of what is nobody's own be between two values."""
        where = np.searchsorted(self._common, columns).astype(np.int32)
        sides = (np.broadcast_to(side, len(where)).astype(float) for side in (low, high))
        self._solver.changeColsBounds(len(where), where, *sides)

    def keep_near(self, prices: Floats, width: float) -> None:
        """Let no price of a tie differ by more than a width: beyond, its row may be broken."""
        costs = np.empty(2 * self._ties)
        costs[0::2] = prices + width * self._scale
        costs[1::2] = width * self._scale - prices
        self._solver.changeColsCost(len(costs), self._slack, costs)

    def solve(self, seconds: float) -> bool:
        """Whether the cheapest mixture was found in time."""
        limit = self._solver.getRunTime() + max(0.05, seconds)
        self._solver.setOptionValue("time_limit", limit)
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def shares(self) -> tuple[Floats, list[Share]]:
        """The mixture found last: what is nobody's own, and people's plans with their parts."""
        found = np.array(self._solver.getSolution().col_value)
        parts = zip(self._plans, found[self._first :].tolist(), strict=True)
        taken = [Share(*plan, part) for plan, part in parts if part > TAKEN]
        return found[: len(self._common)], taken

    @property
    def plans(self) -> list[tuple[int, Plan]]:
        """The plans added so far, with the person of each."""
        return list(self._plans)

    @property
    def cost(self) -> float:
        """What the mixture costs, what it breaks included."""
        return float(self._solver.getInfo().objective_function_value) + self._offset

    @property
    def broken(self) -> float:
        """By how much it breaks rows that tie."""
        values = np.array(self._solver.getSolution().col_value)
        return float(np.abs(values[self._slack]).sum())

    @property
    def prices(self) -> Floats:
        """The multipliers of ``rows``."""
        return np.array(self._solver.getSolution().row_dual)[: len(self.rows)]

    def _add_common(self, form: LinearForm, columns: list[int]) -> None:
        size = len(columns)
        self._solver.addVars(size, form.lower[columns], form.upper[columns])
        self._solver.changeColsCost(size, np.arange(size, dtype=np.int32), form.cost[columns])

    def _add_rows(self, form: LinearForm, rows: Rows, place: dict[int, int]) -> None:
        nothing: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        for row in self.rows.tolist():
            part = slice(rows.starts[row], rows.starts[row + 1])
            terms = zip(form.columns[part], form.factors[part], strict=True)
            here = [(place[column], factor) for column, factor in terms if column in place]
            columns = np.array([column for column, _ in here], dtype=np.int32)
            factors = np.array([factor for _, factor in here], dtype=float)
            self._solver.addRow(form.low[row], form.high[row], len(here), columns, factors)
        for one in self._one:
            self._solver.addRow(one, one, 0, nothing, np.zeros(0))

    def _add_slack(self) -> NDArray[np.int32]:
        first = self._solver.getNumCol()
        for row in range(self._ties):
            where = np.array([row], dtype=np.int32)
            for factor in (1.0, -1.0):
                self._solver.addCol(0.0, 0.0, math.inf, 1, where, np.array([factor]))
        return np.arange(first, first + 2 * self._ties, dtype=np.int32)
