"""What is left of a model once most variables are settled: small, with the variables of the whole.

CP-SAT would find out as much, but simplifies a large model much longer than it searches what is
left of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from scheduler.relaxation import Floats, LinearForm

PASSES = 60
"""How often limits are drawn tighter at most: each pass is valid, so ending early is no loss."""


class Remainder:
    """A linear form with tighter limits, and what follows from them row by row.

    Limits and factors are whole numbers, far smaller than 2^53, so sums of floats are exact.
    ``possible``: false if some row cannot be kept.
    """

    def __init__(self, form: LinearForm, lower: Floats, upper: Floats, limit: int) -> None:
        """``limit``: of the cost."""
        self.form = form
        self.lower, self.upper = lower, upper
        priced = np.nonzero(form.cost)[0]
        self._columns = np.concatenate([np.array(form.columns, dtype=np.int64), priced])
        self._factors = np.concatenate([np.array(form.factors, dtype=float), form.cost[priced]])
        height = len(form.low)
        lengths = np.concatenate([np.diff(form.starts), [len(priced)]])
        self._rows = np.repeat(np.arange(height + 1), lengths)
        self._low = np.concatenate([form.low, [-np.inf]])
        self._high = np.concatenate([form.high, [limit - form.offset]])
        self.possible = True
        self._fixed()
        for _ in range(PASSES):
            if not self.possible or not self._pass():
                break
            self._fixed()

    def _fixed(self) -> None:
        """Take what has one value out of the rows."""
        free = self.upper[self._columns] > self.lower[self._columns]
        gone = ~free
        values = self._factors[gone] * self.lower[self._columns[gone]]
        sums = np.bincount(self._rows[gone], values, len(self._low))
        self._low, self._high = self._low - sums, self._high - sums
        self._columns, self._factors = self._columns[free], self._factors[free]
        self._rows = self._rows[free]

    def _activity(self) -> tuple[Floats, Floats]:
        """The least and the most that each row can come to."""
        size = len(self._low)
        some, other = (self._factors * limits[self._columns] for limits in (self.lower, self.upper))
        least = np.bincount(self._rows, np.minimum(some, other), size)
        most = np.bincount(self._rows, np.maximum(some, other), size)
        return least.astype(float), most.astype(float)

    def _pass(self) -> bool:
        """Draw limits tighter by each row alone; whether any was, and rows that say nothing any
        more are left out."""
        least, most = self._activity()
        if (least > self._high).any() or (most < self._low).any():
            self.possible = False
            return False
        says = ((most > self._high) | (least < self._low))[self._rows]
        self._columns, self._factors = self._columns[says], self._factors[says]
        self._rows = self._rows[says]
        size = np.abs(self._factors)
        up = np.floor((self._high - least)[self._rows] / size)
        down = np.floor((most - self._low)[self._rows] / size)
        plus = self._factors > 0
        lower, upper = self.lower[self._columns], self.upper[self._columns]
        above = lower + np.where(plus, up, down)
        below = upper - np.where(plus, down, up)
        cut, raised = above < upper, below > lower
        np.minimum.at(self.upper, self._columns[cut], above[cut])
        np.maximum.at(self.lower, self._columns[raised], below[raised])
        if (self.lower > self.upper).any():
            self.possible = False
            return False
        return bool(cut.any() or raised.any())

    def model(self, cp: cp_model.CpModel) -> tuple[cp_model.CpModel, cp_model.LinearExpr]:
        """What is left to decide, with the variables of the whole model, and its cost."""
        rest = cp.clone()
        proto = rest.proto
        proto.constraints.clear()
        before = self.form
        tighter = (self.lower > before.lower) | (self.upper < before.upper)
        variables = proto.variables
        for column in np.nonzero(tighter)[0].tolist():
            domain = variables[column].domain
            if len(domain) == 2:
                domain[0], domain[1] = int(self.lower[column]), int(self.upper[column])
        starts = np.searchsorted(self._rows, np.arange(len(self._low) + 1)).tolist()
        columns, factors = self._columns.tolist(), self._factors.astype(np.int64).tolist()
        for row in np.unique(self._rows).tolist():
            here = slice(starts[row], starts[row + 1])
            linear = proto.constraints.add().linear
            linear.vars.extend(columns[here])
            linear.coeffs.extend(factors[here])
            low, high = self._low[row], self._high[row]
            linear.domain.append(int(low) if np.isfinite(low) else cp_model.INT_MIN)
            linear.domain.append(int(high) if np.isfinite(high) else cp_model.INT_MAX)
        return rest, self._cost(rest)

    def _cost(self, rest: cp_model.CpModel) -> cp_model.LinearExpr:
        form = self.form
        free = np.nonzero((form.cost != 0) & (self.upper > self.lower))[0]
        sure = form.offset + float(form.cost @ np.where(self.upper > self.lower, 0, self.lower))
        variables = [rest.get_int_var_from_proto_index(n) for n in free.tolist()]
        factors = form.cost[free].astype(np.int64).tolist()
        return cp_model.LinearExpr.weighted_sum(variables, factors) + round(sure)
