"""Cuts that tie what people hold to the number of slots they have.

A model has one literal z[n] for each number n of weekly slots, and the rules charge for n (its
best wishes, the unfairness of its load). Tied only by ``sum n z[n] = slots held``, a relaxation
holds five slots and calls it half none and half ten. In truth somebody with n slots is in no
more than min(n, k) of any k slots:

    sum of what is held in S  <=  sum over n of min(n, |S|) z[n]      for every set S of slots

of which the most violated ones are those of the fullest slots. They are found after each
solve, by sorting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from constraints.model import CpModel, Model
from constraints.model_counts import slots_with_room

if TYPE_CHECKING:
    from scheduler.relaxation import Floats

VIOLATED = 0.02


Slot = tuple[int, str]


@dataclass(frozen=True)
class Row:
    """``sum factors * columns <= limit``."""

    columns: list[int]
    factors: list[int]
    limit: int = 0


@dataclass(frozen=True)
class Cut:
    """Of one person's slots, those that are counted against the number of slots held."""

    key: str
    slots: frozenset[Slot]


class SlotCuts:
    """The cuts of a model whose rules have counted people's slots.

    ``found``: those that some solution has broken so far.
    """

    def __init__(self, model: Model) -> None:
        self._people = {key: _Person(model, key) for key in model.counted}
        self.found: list[Cut] = []

    def violated(self, values: Floats) -> list[Row]:
        """A row for each person who breaks a cut: the one broken most."""
        rows = []
        for key, person in self._people.items():
            if slots := person.broken(values):
                self.found.append(Cut(key, slots))
                rows.append(person.row(slots))
        return rows

    def post(self, cuts: Iterable[Cut], cp: CpModel) -> None:
        """Tell cuts, found on whatever model, to this one."""
        for cut in cuts:
            if cut.key in self._people:
                row = self._people[cut.key].row(cut.slots)
                variables = [cp.get_int_var_from_proto_index(n) for n in row.columns]
                cp.add(LinearExpr.weighted_sum(variables, row.factors) <= 0)


class _Person:
    """The variables that say how many slots somebody has, and those that say which."""

    def __init__(self, model: Model, key: str) -> None:
        regular = model.regular(key)
        self.numbers = [literal.index for literal in model.counted[key].literals]
        self.room = slots_with_room(regular)
        self.columns: dict[Slot, list[int]] = defaultdict(list)
        for holding in regular:
            for block in holding.post.blocks:
                for weekday, segment in block.slots:
                    self.columns[int(weekday), segment].append(holding.literal.index)

    def broken(self, values: Floats) -> frozenset[Slot]:
        """The fullest slots, as many as break the cut most; none if no cut is broken."""
        shares = [float(values[n]) for n in self.numbers]
        filled = sorted(
            ((sum(float(values[n]) for n in at), slot) for slot, at in self.columns.items()),
            reverse=True,
        )
        held, room, worst, most = 0.0, 0, VIOLATED, 0
        for length, (taken, slot) in enumerate(filled, start=1):
            held, room = held + taken, room + self.room[slot]
            excess = held - sum(min(n, room) * share for n, share in enumerate(shares))
            if excess > worst:
                worst, most = excess, length
        return frozenset(slot for _, slot in filled[:most])

    def row(self, slots: Iterable[Slot]) -> Row:
        here = sorted(slot for slot in slots if slot in self.columns)
        room = sum(self.room[slot] for slot in here)
        factors: dict[int, int] = defaultdict(int)
        for slot in here:
            for column in self.columns[slot]:
                factors[column] += 1
        for n, column in enumerate(self.numbers):
            if n and room:
                factors[column] -= min(n, room)
        return Row(list(factors), list(factors.values()))
