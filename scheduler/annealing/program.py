"""The arrays that annealing works on, with as few entries as say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from scheduler.annealing.arrays import FREE, Program, State
from scheduler.annealing.reading import FOLLOWS, HELD, Said, Terms, Unsuited

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from constraints.model import Model
    from scheduler.annealing.arrays import Ints
    from scheduler.relaxation import LinearForm

NONE = (-1, 0)
"""No other sum."""


def program(model: Model, form: LinearForm, said: Said) -> Program:
    """The arrays of what a model says.

    Raises
    ------
    Unsuited
        Where columns depend on each other in a circle.
    """
    return _Program(model, form, said).made()


class _Program:
    def __init__(self, model: Model, form: LinearForm, said: Said) -> None:
        self.model = model
        self.form = form
        self.said = said
        self.columns = len(form.lower)
        self.sums: dict[Terms, int] = {}
        self.most: dict[int, int] = {}
        self.needs: list[list[tuple[int, ...]]] = [[] for _ in range(self.columns + len(said.sets))]
        """By node: a sum and its sign, another and its sign, the least, the step."""
        self.depends: dict[int, set[int]] = defaultdict(set)
        self._set_of = {
            column: self.columns + number
            for number, (columns, _) in enumerate(said.sets)
            for column in columns
        }

    def made(self) -> Program:
        self._enter()
        said, form = self.said, self.form
        musts = undominated(said.musts, said.groups)
        group_starts, group_columns = _joined(said.groups)
        people = {key: number for number, key in enumerate(self.model.holdings)}
        group_of = np.full(self.columns, -1, dtype=np.int32)
        group_of[group_columns] = np.repeat(np.arange(len(said.groups)), np.diff(group_starts))
        person_of = np.full(self.columns, -1, dtype=np.int32)
        for key, holdings in self.model.holdings.items():
            person_of[[h.index for h in holdings]] = people[key]
        column_of = np.full((len(said.groups), len(people)), -1, dtype=np.int32)
        column_of[group_of[group_columns], person_of[group_columns]] = group_columns
        must_starts, must_rows, must_factors = self._by_column([terms for terms, _ in musts])
        member_starts, members = _joined([[column for column, _ in terms] for terms, _ in musts])
        sums = list(self.sums)
        sum_starts, sum_rows, sum_factors = self._by_column(sums)
        user_starts, user_nodes = _joined(self._users())
        need_starts = _starts([len(needs) for needs in self.needs])
        parts = np.array([need for needs in self.needs for need in needs], dtype=np.int32)
        parts = parts.reshape(-1, 6)
        set_starts, set_columns = _joined([columns for columns, _ in said.sets])
        levels = self._levels()  # first, as it finds circles
        about_starts, about = _joined(self._about())
        return Program(
            group_starts=group_starts,
            group_columns=group_columns,
            group_of=group_of,
            person_of=person_of,
            column_of=column_of,
            must_starts=must_starts,
            must_rows=must_rows,
            must_factors=must_factors,
            limits=np.array([limit for _, limit in musts], dtype=np.int32),
            member_starts=member_starts,
            members=members,
            sum_starts=sum_starts,
            sum_rows=sum_rows,
            sum_factors=sum_factors,
            most=np.array([self.most.get(n, FREE) for n in range(len(sums))], dtype=np.int32),
            user_starts=user_starts,
            users=user_nodes,
            need_starts=need_starts,
            need_sums=parts[:, 0].copy(),
            need_signs=parts[:, 1].copy(),
            need_others=parts[:, 2].copy(),
            need_other_signs=parts[:, 3].copy(),
            need_least=parts[:, 4].copy(),
            need_steps=parts[:, 5].copy(),
            levels=levels,
            set_starts=set_starts,
            set_columns=set_columns,
            lower=said.lower.astype(np.int32),
            upper=np.minimum(form.upper, FREE).astype(np.int32),
            cost=form.cost.astype(np.int64),
            about_starts=about_starts,
            about=about,
        )

    def _enter(self) -> None:
        """Number the sums, each once however often rows speak of it."""
        said = self.said
        for column, holdings in said.either.items():
            which, _ = self._sum(tuple((holding, 1) for holding in holdings))
            self.needs[column].append((which, 1, *NONE, 0, 0))
        for need in said.needs:
            parts = self._parts(need.terms)
            self.needs[need.column].append((*parts, need.least, need.step))
            self.depends[need.column] |= set(self._nodes(need.terms))
        for number, (_, terms) in enumerate(said.sets):
            which, sign = self._sum(terms)
            self.needs[self.columns + number].append((which, sign, *NONE, 0, 1))
        for terms, most in said.limits:
            which = self.sums.setdefault(tuple(sorted(terms)), len(self.sums))
            self.most[which] = min(most, self.most.get(which, FREE))

    def _parts(self, terms: Terms) -> tuple[int, int, int, int]:
        """The sum of holdings, of which many rows speak, and that of what follows."""
        held = tuple(term for term in terms if self.said.role[term[0]] == HELD)
        others = tuple(term for term in terms if self.said.role[term[0]] != HELD)
        if not held or not others:
            return (*self._sum(terms), *NONE)
        return (*self._sum(held), *self._sum(others))

    def _sum(self, terms: Terms) -> tuple[int, int]:
        """The number of a sum, or of its opposite, and which of both it is."""
        ordered = tuple(sorted(terms))
        sign = 1 if ordered[0][1] > 0 else -1
        if sign < 0:
            ordered = tuple((column, -factor) for column, factor in ordered)
        return self.sums.setdefault(ordered, len(self.sums)), sign

    def _nodes(self, terms: Terms) -> Iterable[int]:
        """What has to be settled before a sum is known."""
        for column, _ in terms:
            if self.said.role[column] == FOLLOWS:
                yield self._set_of.get(column, column)

    def _by_column(self, rows: Sequence[Terms]) -> tuple[Ints, Ints, Ints]:
        """For each column the rows it is in, with its factors."""
        columns = np.array([column for terms in rows for column, _ in terms], dtype=np.int64)
        factors = np.array([factor for terms in rows for _, factor in terms], dtype=np.int32)
        numbers = np.repeat(np.arange(len(rows), dtype=np.int32), [len(terms) for terms in rows])
        order = np.argsort(columns, kind="stable")
        starts = _starts(np.bincount(columns, minlength=self.columns))
        return starts, numbers[order], factors[order]

    def _users(self) -> list[list[int]]:
        """For each sum the nodes that depend on it."""
        users: list[list[int]] = [[] for _ in self.sums]
        for node, needs in enumerate(self.needs):
            for which in dict.fromkeys(one for need in needs for one in (need[0], need[2])):
                if which >= 0:
                    users[which].append(node)
        return users

    def _about(self) -> list[list[int]]:
        """For each column that costs something, the holdings on which it depends."""
        said = self.said
        rows: dict[int, set[int]] = defaultdict(set)
        for column, holdings in said.either.items():
            rows[column].update(holdings)
        for need in said.needs:
            rows[need.column].update(column for column, _ in need.terms)
        for columns, terms in said.sets:
            told = {column for column, _ in terms}
            rows.update(dict.fromkeys(columns, told))
        known: dict[int, set[int]] = {}

        held = set(np.nonzero(said.role == HELD)[0].tolist())

        def holdings_of(column: int) -> set[int]:
            if column not in known:
                row = rows.get(column, {column})
                known[column] = row & held
                known[column] = known[column].union(*map(holdings_of, row - held - {column}))
            return known[column]

        costly = set(np.nonzero(self.form.cost > 0)[0].tolist())
        return [sorted(holdings_of(n)) if n in costly else [] for n in range(self.columns)]

    def _levels(self) -> Ints:
        """Nodes of a level depend on those of lower ones alone."""
        levels = np.zeros(len(self.needs), dtype=np.int32)
        try:
            for node in TopologicalSorter(self.depends).static_order():
                levels[node] = 1 + max(
                    (levels[one] for one in self.depends.get(node, ())), default=-1
                )
        except CycleError as cycle:
            raise Unsuited("columns that depend on each other") from cycle
        return levels


def undominated(
    musts: Iterable[tuple[Terms, int]], groups: Sequence[Sequence[int]]
) -> list[tuple[Terms, int]]:
    """Musts without those that others say as well, or that always hold.

    Of each group exactly one column is taken, so that a must within one group says nothing.
    """
    group_of = {column: number for number, columns in enumerate(groups) for column in columns}
    found: list[tuple[Terms, int]] = []
    by_column: dict[tuple[int, int], list[dict[int, int]]] = defaultdict(list)
    for terms, most in sorted(musts, key=lambda must: -len(must[0])):
        row = dict(terms)
        if len(row) < len(terms):  # of a column twice
            found.append((terms, most))
            continue
        ones = set(row.values()) == {1}
        if _greatest(row, groups, group_of, ones=ones) <= most:
            continue
        if all(factor > 0 for factor in row.values()):
            known = min((by_column[column, most] for column in row), key=len)
            if any(_within(row, one, ones=ones) for one in known):
                continue
            for column in row:
                by_column[column, most].append(row)
        found.append((terms, most))
    return found


def _greatest(
    row: dict[int, int], groups: Sequence[Sequence[int]], group_of: dict[int, int], *, ones: bool
) -> int:
    """What a row comes to at most, with one column of each group; ``ones``: its only factor."""
    if ones:
        return len({group_of[column] for column in row})
    factors: dict[int, list[int]] = defaultdict(list)
    for column, factor in row.items():
        factors[group_of[column]].append(factor)
    return sum(
        max(some) if len(some) == len(groups[group]) else max(0, *some)
        for group, some in factors.items()
    )


def _within(row: dict[int, int], other: dict[int, int], *, ones: bool) -> bool:
    """Whether a row of positive factors has no greater ones than another."""
    if not row.keys() <= other.keys():
        return False
    return ones or all(other[column] >= factor for column, factor in row.items())


def state(program: Program, form: LinearForm, values: NDArray[np.int64], seed: int) -> State:
    """Where a run begins: a solution, of which all that follows is still to be worked out."""
    columns, levels = len(program.lower), int(program.levels.max(initial=0)) + 1
    nodes = len(program.levels)
    settled = (program.group_of < 0) & (
        program.need_starts[1 : columns + 1] == program.need_starts[:columns]
    )
    now = np.where(settled, values, np.where(program.group_of < 0, program.lower, 0))
    now[program.set_columns] = 0
    now[program.set_columns[program.set_starts[:-1]]] = 1
    by_entry = np.repeat(np.arange(columns), np.diff(program.sum_starts))
    sums = np.bincount(program.sum_rows, program.sum_factors * now[by_entry], len(program.most))
    holders = program.group_columns[values[program.group_columns] > 0]
    cost = round(form.offset) + int(program.cost @ now)
    return State(
        holders=holders.astype(np.int32),
        values=now.astype(np.int32),
        own=np.zeros((program.column_of.shape[1], len(holders)), dtype=np.int32),
        number_own=np.zeros(program.column_of.shape[1], dtype=np.int32),
        used=np.zeros(len(program.limits), dtype=np.int32),
        sums=sums.astype(np.int32),
        chosen=np.zeros(len(program.set_starts) - 1, dtype=np.int32),
        waiting=np.zeros((levels, nodes), dtype=np.int32),
        number=np.zeros(levels, dtype=np.int32),
        waits=np.zeros(nodes, dtype=np.bool_),
        paying=np.zeros(columns, dtype=np.int32),
        paying_at=np.full(columns, -1, dtype=np.int32),
        number_paying=np.zeros(1, dtype=np.int32),
        best=holders.astype(np.int32),
        score=np.array([cost, cost], dtype=np.int64),
        random=np.array([88172645463325252 + 2654435761 * (seed + 1)], dtype=np.uint64),
    )


def _starts(sizes: Sequence[int] | NDArray[np.int64]) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _joined(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists one after the other, and where each begins."""
    flat = [one for some in lists for one in some]
    return _starts([len(some) for some in lists]), np.array(flat, dtype=np.int32)
