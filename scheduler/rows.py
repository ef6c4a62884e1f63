"""The rows of a linear program, and what they prove with multipliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.relaxation import Floats, LinearForm


@dataclass(frozen=True)
class Weighed:
    """Rows times multipliers: ``dual``, these without those of sides that no row has; ``worth``,
    what they say of the cost at least; what is left of the cost of each column (``reduced``); and
    the ``size`` of all that was added up."""

    dual: Floats
    worth: float
    reduced: Floats
    size: float


@dataclass(frozen=True, eq=False)
class Rows:
    """``low <= factors * columns <= high``, row by row: the n-th begins at ``starts[n]``."""

    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    factors: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, form: LinearForm) -> Rows:
        """The rows of a program."""
        starts = np.array(form.starts, dtype=np.int32)
        columns = np.array(form.columns, dtype=np.int32)
        factors = np.array(form.factors, dtype=float)
        return cls(starts, columns, factors, np.array(form.low), np.array(form.high))

    def followed_by(self, more: Rows) -> Rows:
        """These, and after them more."""
        starts = np.concatenate([self.starts, self.starts[-1] + more.starts[1:]])
        return Rows(
            starts,
            np.concatenate([self.columns, more.columns]),
            np.concatenate([self.factors, more.factors]),
            np.concatenate([self.low, more.low]),
            np.concatenate([self.high, more.high]),
        )

    def weighed(self, cost: Floats, dual: Floats) -> Weighed | None:
        """The rows times any multipliers; ``None`` if these are no numbers, or of other rows.

        Whatever the multipliers are, ``worth`` and what the reduced costs come to at least are
        a valid bound together, which does not rest on a solver's word, nor on its tolerances
        (Neumaier and Shcherbina, 2004), once :func:`rounding` is taken off.
        """
        if len(dual) != len(self.low) or not np.isfinite(dual).all():
            return None
        side = np.where(dual > 0, self.low, self.high)
        dual = np.where(np.isfinite(side), dual, 0.0)
        worth = dual * np.where(np.isfinite(side), side, 0.0)
        terms = self.factors * dual[np.repeat(np.arange(len(dual)), np.diff(self.starts))]
        reduced = cost - np.bincount(self.columns, terms, len(cost))
        size = float(np.abs(worth).sum() + np.abs(terms).sum())
        return Weighed(dual, float(worth.sum()), reduced, size)


def rounding(size: float) -> float:
    """What rounding can do to a sum of numbers of that size in all."""
    return 1e-12 * size + 1e-6
