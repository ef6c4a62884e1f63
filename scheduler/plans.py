"""The plan of one person for the week that costs least at given prices, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from scheduler.relaxation import Floats, LinearForm

UNIT = 10**6
"""Costs are rounded down to whole parts of so many of a point: what is proved stays below."""
EFFORT = 0.5
"""Deterministic time for one plan: most take a hundredth of it."""
BESIDE = 5
"""How many plans that were come upon on the way are kept: with them, prices are as good after
seven rounds as they were after ten."""


@dataclass(frozen=True)
class Plan:
    """What a person does in a week: values of their variables, and what it takes of each row that
    ties people together."""

    values: Floats
    uses: Floats


class Planner:
    """Finds plans of one person.

    ``columns``: their variables; ``rows``: the rows about these alone; ``ties``: the number of
    each row that ties people together.
    """

    def __init__(
        self,
        form: LinearForm,
        columns: Sequence[int],
        rows: Sequence[int],
        ties: Mapping[int, int],
        used: Mapping[int, Sequence[tuple[int, int]]],
    ) -> None:
        self.columns = np.array(columns, dtype=int)
        self._size = len(ties)
        self.charge(form.cost)
        terms = [(tie, n, f) for n, column in enumerate(columns) for tie, f in used.get(column, ())]
        self._tie = np.array([tie for tie, _, _ in terms], dtype=int)
        self._term = np.array([n for _, n, _ in terms], dtype=int)
        self._factor = np.array([factor for _, _, factor in terms], dtype=float)
        self._below = float(np.maximum(0.0, -form.lower[self.columns]).sum()) / UNIT
        self._cp = _program(form, columns, rows)
        self._solver = cp_model.CpSolver()
        parameters = self._solver.parameters
        parameters.num_workers = 1
        parameters.linearization_level = 2
        # small and solved thousands of times: simplifying it takes longer than the search
        parameters.cp_model_presolve = False
        # so are cuts: without them plans are found in two thirds of the time
        parameters.cut_level = 0
        # and what is simplified on the way (10.5 and 10.7 ms a plan for 12.5 and 12.9)
        parameters.inprocessing_dtime_ratio = 0.0
        parameters.inprocessing_probing_dtime = 0.0
        parameters.fill_additional_solutions_in_response = True
        parameters.solution_pool_size = BESIDE
        parameters.max_deterministic_time = EFFORT
        parameters.catch_sigint_signal = False

    def charge(self, cost: Floats) -> None:
        """Let each variable of the program cost so much, without prices."""
        self._cost = cost[self.columns]

    def cost(self, plan: Plan) -> float:
        """What a plan costs without prices."""
        return float(self._cost @ plan.values)

    def best(self, prices: Floats) -> tuple[float, list[Plan]]:
        """What any plan costs at least, less the prices of what it uses; and plans that were come
        upon, one of the cheapest among them.

        ``prices``: of each row that ties people together.
        """
        uses = np.bincount(self._term, self._factor * prices[self._tie], len(self._cost))
        costs = np.floor((self._cost - uses) * UNIT).astype(np.int64)
        (used,) = np.nonzero(costs)
        self._cp.clear_objective()  # type: ignore[no-untyped-call]
        objective = self._cp.proto.objective
        objective.vars.extend(used.tolist())
        objective.coeffs.extend(costs[used].tolist())
        status = self._solver.solve(self._cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return -math.inf, []
        bound = math.floor(self._solver.best_objective_bound) / UNIT - self._below
        response = self._solver.response_proto
        found = [response.solution, *(one.values for one in response.additional_solutions)]
        return bound, [self.plan(np.array(values, dtype=float)) for values in found]

    def plan(self, values: Floats) -> Plan:
        """A plan by the values of the person's variables."""
        uses = np.bincount(self._tie, self._factor * values[self._term], self._size)
        return Plan(values, uses.astype(float))


def _program(form: LinearForm, columns: Sequence[int], rows: Sequence[int]) -> cp_model.CpModel:
    cp = cp_model.CpModel()
    place = {column: n for n, column in enumerate(columns)}
    for column in columns:
        cp.new_int_var(int(form.lower[column]), int(form.upper[column]), "")
    for row in rows:
        part = slice(form.starts[row], form.starts[row + 1])
        low, high = form.low[row], form.high[row]
        linear = cp.proto.constraints.add().linear
        linear.vars.extend([place[column] for column in form.columns[part]])
        linear.coeffs.extend(form.factors[part])
        linear.domain.append(int(low) if math.isfinite(low) else cp_model.INT_MIN)
        linear.domain.append(int(high) if math.isfinite(high) else cp_model.INT_MAX)
    return cp
