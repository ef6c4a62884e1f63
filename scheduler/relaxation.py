"""The linear relaxation of a model: a bound for every timetable, and what it would like best.

CP-SAT looks at a relaxation only in part. Solved to its end by a simplex method, that of the
pooled model is nearly integral, so it tells who should work when; and its dual values prove
that no timetable is better than the bound.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from scheduler.rows import Rows, rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from ortools.sat.python import cp_model

    from scheduler.cuts import Row
    from scheduler.progress import Control

    Floats = NDArray[np.float64]

INFINITE = 1 << 60
NUDGE = 0.05
"""The most that is added to the cost of a column to make the optimum a single one."""
ITERATIONS = 200_000
"""Simplex iterations of one solve at most, so that a run without a clock ends, and repeats."""


class LinearForm:
    """Rows ``low <= A x <= high`` and a cost, read off a model of linear and clausal constraints.

    Raises
    ------
    ValueError
        For a constraint that is not linear by nature; no rule posts any.
    """

    def __init__(self, cp: cp_model.CpModel) -> None:
        self.lower: Floats = np.zeros(0)
        self.upper: Floats = np.zeros(0)
        self.starts = [0]
        self.columns: list[int] = []
        self.factors: list[int] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._read = 0
        self.read(cp)

    def read(self, cp: cp_model.CpModel) -> None:
        """Read what was added to the model since, and the objective that it has now."""
        known, variables, constraints = len(self.lower), cp.proto.variables, cp.proto.constraints
        domains = [variables[n].domain for n in range(known, len(variables))]
        lower = np.array([domain[0] for domain in domains], dtype=float)
        upper = np.array([domain[len(domain) - 1] for domain in domains], dtype=float)
        self.lower = np.concatenate([self.lower, lower])
        self.upper = np.concatenate([self.upper, upper])
        for n in range(self._read, len(constraints)):
            self._add(constraints[n])
        self._read = len(constraints)
        self.offset, self.cost = _objective(cp)

    def follow_costs(self, cp: cp_model.CpModel) -> None:
        """Take over the objective that a model has now."""
        self.offset, self.cost = _objective(cp)

    def dearer(self, more: Mapping[int, int]) -> LinearForm:
        """The same where some columns cost more."""
        other = copy(self)
        other.cost = self.cost.copy()
        other.cost[list(more.keys())] += list(more.values())
        return other

    def any_of(self, groups: Sequence[Sequence[int]], cost: float) -> LinearForm:
        """The same with a further column for each group of columns, which costs so much and is 1
        as soon as one of the group is."""
        other, size = copy(self), len(self.lower)
        other.starts, other.columns = self.starts.copy(), self.columns.copy()
        other.factors = self.factors.copy()
        other.low, other.high = self.low.copy(), self.high.copy()
        other.lower = np.append(self.lower, np.zeros(len(groups)))
        other.upper = np.append(self.upper, np.ones(len(groups)))
        other.cost = np.append(self.cost, np.full(len(groups), cost))
        for number, group in enumerate(groups, size):
            for column in group:
                other._row([number, column], [1, -1], 0, math.inf)
        return other

    def cut(self, rows: Iterable[Row]) -> LinearForm:
        """The same with further rows."""
        other = copy(self)
        other.starts, other.columns = self.starts.copy(), self.columns.copy()
        other.factors = self.factors.copy()
        other.low, other.high = self.low.copy(), self.high.copy()
        for row in rows:
            other._row(row.columns, row.factors, -math.inf, row.limit)
        return other

    def held(self, columns: Sequence[int], values: Sequence[int]) -> LinearForm:
        """The same where some columns have a value."""
        other = copy(self)
        other.lower, other.upper = self.lower.copy(), self.upper.copy()
        other.lower[list(columns)] = other.upper[list(columns)] = values
        return other

    def value(self, values: NDArray[np.int64]) -> int:
        """The cost of a solution in whole numbers."""
        return round(self.offset + float(self.cost @ values))

    def holds(self, values: NDArray[np.int64]) -> bool:
        """Whether whole numbers keep every row and every limit."""
        if ((values < self.lower) | (values > self.upper)).any():
            return False
        rows = np.repeat(np.arange(len(self.low)), np.diff(self.starts))
        terms = np.array(self.factors, dtype=np.int64) * values[np.array(self.columns, dtype=int)]
        sums = np.bincount(rows, terms, len(self.low))
        return bool(((sums >= self.low) & (sums <= self.high)).all())

    def _add(self, constraint: Any) -> None:
        if constraint.has_linear() and not len(constraint.enforcement_literal):
            linear = constraint.linear
            domain = linear.domain
            low, high = domain[0], domain[len(domain) - 1]
            self._row(
                linear.vars,
                linear.coeffs,
                -math.inf if low < -INFINITE else low,
                math.inf if high > INFINITE else high,
            )
        elif constraint.has_at_most_one():
            self._clause(constraint.at_most_one.literals, -math.inf, 1)
        elif constraint.has_exactly_one():
            self._clause(constraint.exactly_one.literals, 1, 1)
        elif constraint.has_bool_or():
            self._clause(constraint.bool_or.literals, 1, math.inf)
        elif constraint.has_bool_and():
            unless = [-literal - 1 for literal in constraint.enforcement_literal]
            for literal in constraint.bool_and.literals:
                self._clause([*unless, literal], 1, math.inf)
        else:
            raise ValueError(f"not linear: {constraint}")

    def _clause(self, literals: Iterable[int], low: float, high: float) -> None:
        """Bounds on how many literals are true; the negation of x is 1 - x."""
        columns, factors, negated = [], [], 0
        for literal in literals:
            columns.append(literal if literal >= 0 else -literal - 1)
            factors.append(1 if literal >= 0 else -1)
            negated += literal < 0
        self._row(columns, factors, low - negated, high - negated)

    def _row(self, columns: Iterable[int], factors: Iterable[int], low: float, high: float) -> None:
        self.columns.extend(columns)
        self.factors.extend(factors)
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)


def _objective(cp: cp_model.CpModel) -> tuple[float, Floats]:
    objective = cp.proto.objective
    cost = np.zeros(len(cp.proto.variables))
    for variable, factor in zip(objective.vars, objective.coeffs, strict=True):
        cost[variable] += factor
    return float(objective.offset), cost


def loaded(form: LinearForm, *, whole: bool = False) -> highspy.Highs:
    """A silent solver of one thread with a program; ``whole``: in whole numbers."""
    solver = highspy.Highs()
    solver.setOptionValue("log_to_console", False)
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    solver.passModel(
        len(form.lower),
        len(form.low),
        len(form.columns),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        form.offset,
        form.cost,
        form.lower,
        form.upper,
        np.array(form.low),
        np.array(form.high),
        np.array(form.starts[:-1], dtype=np.int32),
        np.array(form.columns, dtype=np.int32),
        np.array(form.factors, dtype=float),
        np.full(len(form.lower), int(kind), dtype=np.int32),
    )
    return solver


class Relaxation:
    """The linear program of a model, solved again quickly after rows are added.

    ``values`` holds the last solution by variable index.

    Timetables have very many optima, between which a simplex method goes to and fro: with 120
    classes it takes 100 s. With costs nudged at random there is one, found in 5 s, which is
    all but always an optimum of the true costs as well (:meth:`nudge`).

    ``form``: the program, where it has been read already.
    """

    def __init__(self, cp: cp_model.CpModel, form: LinearForm | None = None) -> None:
        self.form = form = form or LinearForm(cp)
        self._rows = Rows.of(form)
        self.values: Floats = np.zeros(len(form.lower))
        self._solver = loaded(form)
        self._solver.setOptionValue("solver", "simplex")

    def nudge(self, columns: Sequence[int], seed: int) -> None:
        """Cost something at random beside what some columns cost: another optimum each time."""
        self.cost_more(columns, np.random.default_rng(seed).random(len(columns)) * NUDGE)

    def cost_more(self, columns: Sequence[int], more: Floats) -> None:
        """Cost something beside what some columns cost, until further notice."""
        self._change_costs(columns, self.form.cost[np.array(columns, dtype=np.int64)] + more)

    def without_nudge(self, columns: Sequence[int]) -> None:
        """The true costs again."""
        self._change_costs(columns, self.form.cost[np.array(columns, dtype=np.int64)])

    def _change_costs(self, columns: Sequence[int], costs: Floats) -> None:
        where = np.array(columns, dtype=np.int32)
        self._solver.changeColsCost(len(where), where, costs)

    def solve(self, seconds: float | None = None, control: Control | None = None) -> bool:
        """Whether an optimum was found; without seconds, within a number of iterations.

        A ``control`` that is stopped ends it.
        """
        if control is not None and control.over:
            return False
        solver = self._solver
        if seconds is None:
            solver.setOptionValue("simplex_iteration_limit", ITERATIONS)
            solver.setOptionValue("time_limit", math.inf)
        else:
            solver.setOptionValue("time_limit", solver.getRunTime() + max(0.05, seconds))
        if control is None:
            solver.run()
        else:
            solver.HandleUserInterrupt = True
            with control.running(solver.cancelSolve):
                solver.solve()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self.values = np.array(solver.getSolution().col_value)
        return True

    def costs(self, cp: cp_model.CpModel) -> float:
        """What the last solution costs by the objective that the model has now."""
        offset, cost = _objective(cp)
        return offset + float(cost @ self.values)

    def follow(self, cp: cp_model.CpModel) -> None:
        """Take over what was added to the model since, and the objective that it has now."""
        form, solver = self.form, self._solver
        width, height, size = len(form.lower), len(form.low), len(form.columns)
        form.read(cp)
        more, none = len(form.lower) - width, np.zeros(0, dtype=np.int32)
        ends = np.zeros(more, dtype=np.int32)
        lower, upper = form.lower[width:], form.upper[width:]
        solver.addCols(more, np.zeros(more), lower, upper, 0, ends, none, np.zeros(0))
        self._change_costs(range(len(form.cost)), form.cost)
        solver.changeObjectiveOffset(form.offset)
        self._enter(
            np.array(form.starts[height:], dtype=np.int64) - size,
            np.array(form.columns[size:], dtype=np.int32),
            np.array(form.factors[size:], dtype=float),
            np.array(form.low[height:]),
            np.array(form.high[height:]),
        )

    def hold(self, column: int, most: int) -> None:
        """Let a column be no more than this. That is no row, so an optimum at it remains one."""
        self.form.upper[column] = most
        self._solver.changeColBounds(column, self.form.lower[column], most)

    @property
    def value(self) -> float:
        """What the last solution costs, with all that was added to the costs."""
        return float(self._solver.getInfo().objective_function_value)

    def add(self, rows: Sequence[Row]) -> None:
        """Further rows that every solution in whole numbers keeps."""
        starts = np.cumsum([0] + [len(row.columns) for row in rows])
        columns = np.array([n for row in rows for n in row.columns], dtype=np.int32)
        factors = np.array([factor for row in rows for factor in row.factors], dtype=float)
        low, high = (
            np.full(len(rows), -math.inf),
            np.array([row.limit for row in rows], dtype=float),
        )
        self._enter(starts, columns, factors, low, high)

    def _enter(
        self,
        starts: NDArray[np.int64],
        columns: NDArray[np.int32],
        factors: Floats,
        low: Floats,
        high: Floats,
    ) -> None:
        self._solver.addRows(
            len(low), low, high, len(columns), starts[:-1].astype(np.int32), columns, factors
        )
        more = Rows(starts.astype(np.int32), columns, factors, low, high)
        self._rows = self._rows.followed_by(more)

    @property
    def duals(self) -> Floats:
        """The multipliers of the rows in the last solution, those added last."""
        return np.array(self._solver.getSolution().row_dual)

    def bound(self) -> int:
        """What no solution of the model can be below, proved by the last dual values."""
        proved, _ = self._proof()
        return max(0, math.ceil(proved)) if math.isfinite(proved) else 0

    def settled(self, most: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Columns that are at their lower limit, and at their upper one, in every solution in
        whole numbers that costs no more than ``most``: each step away from it costs more."""
        proved, reduced = self._proof()
        (low,) = np.nonzero(proved + reduced > most)
        (high,) = np.nonzero(proved - reduced > most)
        return low, high

    def _proof(self) -> tuple[float, Floats]:
        """A bound, and what each column adds to it for a step away from its better limit."""
        form = self.form
        rows = self._rows.weighed(form.cost, self.duals)
        if rows is None:
            return -math.inf, np.zeros(len(form.cost))
        columns = rows.reduced * np.where(rows.reduced > 0, form.lower, form.upper)
        slack = rounding(rows.size + float(np.abs(columns).sum()))
        return form.offset + rows.worth + float(columns.sum()) - slack, rows.reduced
