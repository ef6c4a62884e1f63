"""What the rows of a model say to annealing: musts, and what follows from who holds what.

Where everything meets, in which rooms, and who comes on single dates stays. Of the other columns,
those of holdings are decided; what is left follows from them: each such column is the least that
its rows allow, or, in a set of which exactly one is true, tells how much a sum comes to.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from constraints.model import Literal, Model
    from scheduler.relaxation import LinearForm

HELD, SET_ASIDE, FOLLOWS = 0, 1, 2

Terms = tuple[tuple[int, int], ...]
"""Columns with their factors."""


class Unsuited(Exception):
    """A model that says something that annealing does not understand."""


@dataclass(frozen=True)
class Need:
    """A column is at least (``least`` - sum of terms) / ``step``, rounded up."""

    column: int
    terms: Terms
    least: int
    step: int


@dataclass
class Said:
    """What the rows of a model come to.

    ``groups``: the columns of each post that has a holder; ``musts``: holdings, and what they come
    to at most; ``limits``: the same with columns that follow; ``either``: columns that are true as
    soon as one of some holdings is; ``sets``: columns of which exactly one is true, and the sum it
    tells.
    """

    groups: list[list[int]]
    role: NDArray[np.int8]
    lower: NDArray[np.int64]
    musts: list[tuple[Terms, int]] = field(default_factory=list)
    limits: list[tuple[Terms, int]] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    either: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    sets: list[tuple[list[int], Terms]] = field(default_factory=list)


def read(model: Model, form: LinearForm, values: NDArray[np.int64]) -> Said:
    """What a model says, as far as a solution of it leaves that open.

    Raises
    ------
    Unsuited
        Where that is of a kind that is not understood.
    """
    groups = [
        columns
        for holders in model.holders
        for columns in [[literal.index for literal in holders.values()]]
        if values[columns].any()
    ]
    role = np.full(len(values), FOLLOWS, dtype=np.int8)
    role[[h.literal.index for holdings in model.holdings.values() for h in holdings]] = SET_ASIDE
    for columns in groups:
        role[columns] = HELD
    role[[literal.index for literal in _settled(model)]] = SET_ASIDE
    role[form.lower == form.upper] = SET_ASIDE
    return _Reading(form, values, Said(groups, role, form.lower.astype(np.int64))).run()


def _settled(model: Model) -> Iterator[Literal]:
    """What stays as it is."""
    yield from model.placed.values()
    yield from model.unplaced.values()
    yield from model.active.values()
    yield from model.attended_literals.values()
    yield from model.pins.values()
    for rooms in (*model.rooms.of_option.values(), *model.rooms.of_group.values()):
        yield from rooms.values()
    dated = vars(model).get("dated")
    if dated is not None:  # made on first use, by a rule
        yield from (literal for _, _, literal in dated.coming)
        yield from dated.missing.values()


class _Reading:
    def __init__(self, form: LinearForm, values: NDArray[np.int64], said: Said) -> None:
        self.said = said
        self.role = role = said.role
        self.upper = form.upper
        starts, columns = np.array(form.starts), np.array(form.columns)
        factors = np.array(form.factors, dtype=np.int64)
        height = len(form.low)
        rows = np.repeat(np.arange(height), np.diff(starts))
        aside = role[columns] == SET_ASIDE
        settled = np.bincount(rows[aside], (factors * values[columns])[aside], height)
        self.low, self.high = np.array(form.low) - settled, np.array(form.high) - settled
        self.columns, self.factors, rows = columns[~aside], factors[~aside], rows[~aside]
        self.sizes = np.bincount(rows, minlength=height)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self.following = np.bincount(rows, role[self.columns] == FOLLOWS, height).astype(int)
        self.set_of: dict[int, int] = {}

    def run(self) -> Said:
        done = (self.sizes == 0) | self._implications() | self._eithers()
        free = self.following == 0
        self._musts(np.nonzero(free & ~done)[0])
        others = np.nonzero(~free & ~done)[0].tolist()
        others = self._sets(others)
        for row in others:
            terms = self._terms(row)
            if math.isfinite(self.low[row]):
                self._at_least(terms, int(self.low[row]))
            if math.isfinite(self.high[row]):
                opposite = tuple((column, -factor) for column, factor in terms)
                self._at_least(opposite, int(-self.high[row]))
        return self.said

    def _terms(self, row: int) -> Terms:
        here = slice(self.starts[row], self.starts[row + 1])
        return tuple(zip(self.columns[here].tolist(), self.factors[here].tolist(), strict=True))

    def _implications(self) -> NDArray[np.bool_]:
        """Rows that say that a column is true if a holding is: most of all rows."""
        pairs = (self.sizes == 2) & (self.following == 1) & (self.low == 0) & np.isinf(self.high)
        which = np.nonzero(pairs)[0]
        at = self.starts[which][:, None] + np.array([[0, 1]])
        columns, factors = self.columns[at], self.factors[at]
        second = self.role[columns[:, 1]] == FOLLOWS
        follows = np.where(second, columns[:, 1], columns[:, 0])
        held = np.where(second, columns[:, 0], columns[:, 1])
        plus = np.where(second, factors[:, 1], factors[:, 0])
        minus = np.where(second, factors[:, 0], factors[:, 1])
        fits = (plus == 1) & (minus == -1) & (self.said.lower[follows] == 0)
        for column, one in zip(follows[fits].tolist(), held[fits].tolist(), strict=True):
            self.said.either[column].append(one)
        found = np.zeros(len(self.sizes), dtype=bool)
        found[which[fits]] = True
        return found

    def _eithers(self) -> NDArray[np.bool_]:
        """Rows that say the same of several holdings at once."""
        found = np.zeros(len(self.sizes), dtype=bool)
        one = (self.following == 1) & (self.sizes > 1) & (self.high == 0) & np.isinf(self.low)
        for row in np.nonzero(one)[0].tolist():
            terms = self._terms(row)
            ((column, factor),) = (term for term in terms if self.role[term[0]] == FOLLOWS)
            held = [one for one, _ in terms if one != column]
            alike = all(size == 1 for one, size in terms if one != column)
            if alike and factor <= -len(held) and self.said.lower[column] == 0:
                self.said.either[column] += held
                found[row] = True
        return found

    def _musts(self, rows: Iterable[int]) -> None:
        for row in rows:
            terms = self._terms(row)
            if math.isfinite(self.high[row]):
                self.said.musts.append((terms, int(self.high[row])))
            if math.isfinite(self.low[row]):
                opposite = tuple((column, -factor) for column, factor in terms)
                self.said.musts.append((opposite, int(-self.low[row])))

    def _sets(self, rows: list[int]) -> list[int]:
        """Take out the rows of sets, and those of the sums that they tell."""
        left = []
        sets: list[list[int]] = []
        for row in rows:
            if self.low[row] == self.high[row] == 1 and self.following[row] == self.sizes[row] > 1:
                columns = [column for column, _ in self._terms(row)]
                self.set_of.update(dict.fromkeys(columns, len(sets)))
                sets.append(columns)
            else:
                left.append(row)
        told: dict[int, Terms] = {}
        rest = [row for row in left if not self._tells(row, sets, told)]
        if len(told) < len(sets):
            raise Unsuited("a set without a sum")
        self.said.sets = [(columns, told[number]) for number, columns in enumerate(sets)]
        return rest

    def _tells(self, row: int, sets: list[list[int]], told: dict[int, Terms]) -> bool:
        """Whether a row says which column of a set goes with which sum of holdings."""
        if self.low[row] != 0 or self.high[row] != 0:
            return False
        terms = self._terms(row)
        numbers = {self.set_of.get(c) for c, _ in terms if self.role[c] == FOLLOWS}
        number = numbers.pop() if len(numbers) == 1 else None
        if number is None or number in told:
            return False
        given = {column: factor for column, factor in terms if column in self.set_of}
        sign = 1 if sum(given.values()) > 0 else -1
        if [sign * given.get(column, 0) for column in sets[number]] != [*range(len(sets[number]))]:
            return False
        told[number] = tuple((c, -sign * factor) for c, factor in terms if c not in given)
        return True

    def _at_least(self, terms: Terms, least: int) -> None:
        """``terms`` come to at least so much: what is asked of the column that was made last."""
        up = [
            (column, factor)
            for column, factor in terms
            if factor > 0 and self.role[column] == FOLLOWS and column not in self.set_of
        ]
        if not up:
            opposite = tuple((column, -factor) for column, factor in terms)
            self.said.limits.append((opposite, -least))
            return
        column, step = max(up)
        others = tuple(term for term in terms if term[0] != column)
        if others:
            self.said.needs.append(Need(column, others, least, step))
        else:
            self.said.lower[column] = max(self.said.lower[column], -(-least // step))
