"""The load of each person over the term, with the covers they may have to take over."""

from __future__ import annotations

from functools import cached_property

from constraints.absence import WorkLeft
from constraints.model import Expr, Literal, Model, total, weighted


class Loads:
    """Loads in hundredths of a unit, of a model's own holdings and of covers.

    Covers are exact where the model decides them all date by date, and otherwise a
    relaxation: anybody may take any part of what arises by absence, in all no more than that.
    Without ``foresee_covers`` they are left out.
    """

    def __init__(self, model: Model, *, foresee_covers: bool) -> None:
        self.model = model
        self.foresee_covers = foresee_covers

    def of(self, key: str) -> tuple[Expr, int]:
        """A person's load, with what was worked before, and an upper bound of it."""
        load, most = self._planned(key)
        worked = self.model.context.people[key].worked_load
        return (load + worked, most + worked) if worked else (load, most)

    def _planned(self, key: str) -> tuple[Expr, int]:
        away = self.model.context.people[key].absent
        terms: list[tuple[Expr, int]] = [
            (h.literal, h.post.load_on(~away)) for h in self.model.holdings[key]
        ]
        most = sum(load for _, load in terms)
        if not self.foresee_covers:
            return weighted(terms), most
        if self.model.dated.complete:
            covers = self.model.dated.loads[key]
            return weighted([*terms, *covers]), most + self.model.dated.most[key]
        cover = self.anyones.get(key, 0)
        if not isinstance(cover, int):
            most += self._greatest(key)
        return total([weighted(terms), cover]), most

    @property
    def foreseen(self) -> list[Literal]:
        """The variables of what people may take over, as far as any rule has asked for loads."""
        return list(vars(self).get("anyones", {}).values())

    def beside(self, key: str) -> bool:
        """Whether anything but weekly slots can add to a person's load."""
        irregular = len(self.model.holdings[key]) > len(self.model.regular(key))
        return irregular or self.covers_possible()

    def covers_possible(self) -> bool:
        """Whether anybody may have to cover anything."""
        if not self.foresee_covers:
            return False
        return bool(self.model.dated.loads) if self.model.dated.complete else bool(self.anyones)

    @cached_property
    def anyones(self) -> dict[str, Literal]:
        """What each person may take over, in the relaxation."""
        lost: list[tuple[Expr, int]] = []
        left = WorkLeft(self.model.demand)
        for key, holdings in self.model.holdings.items():
            away = self.model.context.people[key].absent
            lost += [(h.literal, left.by(h.post, away)) for h in holdings if h.post.dates & away]
        most = sum(load for _, load in lost)
        if not most:
            return {}
        loads: dict[str, Literal] = {
            key: self.model.cp.new_int_var(0, min(most, self._greatest(key)), "")
            for key in self.model.context.people
        }
        self.model.cp.add(total(loads.values()) <= weighted(lost))
        return loads

    def _greatest(self, key: str) -> int:
        return sum(holding.post.load for holding in self.model.holdings[key])
