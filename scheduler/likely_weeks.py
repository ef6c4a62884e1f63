"""What people would do in the cheapest mixture of whole weeks that is near to a timetable.

The relaxation pays for half of two weeks neither what the one nor what the other costs, so the
optimum nearest to a timetable (``guide.py``) gives people less of what they wish than could be.
A mixture of whole weeks pays for nearly all of it; that somebody cares in many areas, too, for
which the relaxation has no price of its own. Half of all people have one week in it, the others
two or three, so a model of what a timetable and the mixture take is as small.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from instances.timetable import Timetable
from scheduler.areas import POINT, PRICE, Areas, price
from scheduler.guide import Advice, Guide
from scheduler.progress import Control
from scheduler.whole_weeks import WholeWeeks

if TYPE_CHECKING:
    from scheduler.relaxation import LinearForm

NEAR = 0.1
"""The most that it costs, in points, that a holding is not that of a timetable."""
FIRST, LATER = 10, 3
"""How often better prices are looked for at the beginning, and from what is known."""
ONCE_SETTLED = 8
"""The same at the beginning where whole weeks are known at other prices of areas."""
ENOUGH = 0.01
"""Prices are good enough if better ones can add no more than this part to the bound."""
SHARE = 0.4
"""The part of the time left that this may take."""


class LikelyWeeks:
    """The mixture of whole weeks of a school, better and better known.

    ``workers``: how many plans are looked for at a time. ``linear``: whether caring in an area is
    paid for each holding, the less the more often it was before, in place of once in a whole week:
    sooner found, and nearer to what people wish. ``begun``: whether it is known at all, or
    nobody will ask any more; ``provable``: whether a bound may be proved
    beside: what that begins with is known, and a core has nothing else to do.
    """

    def __init__(
        self, guide: Guide, areas: Areas, control: Control, workers: int, *, linear: bool = False
    ) -> None:
        self.guide = guide
        self.linear = linear
        self._asked = 0
        self.areas = areas
        self.control = control
        self.workers = workers
        self.begun = threading.Event()
        self.provable = threading.Event()
        self._rounds = FIRST
        self._last: tuple[Timetable, Advice] | None = None
        self._asked_in_turn = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def near(self, timetable: Timetable, seed: int) -> Advice | None:
        """What the mixture takes that is near to a timetable; ``None`` if there was no time.

        For the timetable that was asked about last, the same as then; where prices are linear,
        another once each worker has had that.
        """
        with self._asked_in_turn:
            if self.control.over or self.guide.duals is None:
                return None
            again = self.linear and self._asked >= self.workers
            self._asked += 1
            if self._last is None or self._last[0] is not timetable or again:
                self._asked = 1
                with self._one_at_a_time:
                    self._last = timetable, self._near(timetable, seed)
                self.begun.set()
            return self._last[1]

    def _near(self, timetable: Timetable, seed: int) -> Advice:
        cost = self._form.cost.copy()
        where, more = self.guide.dearer(timetable, seed, NEAR)
        if self.linear:
            held = self.areas.held(timetable)
            pools = zip(self.guide.model.pools, self.guide.model.holders, strict=True)
            more += [
                0.0 if area is None else price(held[key, area]) / POINT
                for pool, people in pools
                for area in (self.areas.area(pool.post),)
                for key in people
            ]
        cost[where] += more
        self._weeks.charge(cost)
        self._know(timetable)
        self._weeks.look_for_prices(self._until, rounds=self._rounds, enough=ENOUGH)
        self._rounds = LATER
        return self.guide.advice(self._weeks.taken())

    @property
    def _until(self) -> float | None:
        left = self.control.left
        return None if left is None else self.control.seconds + SHARE * left

    @property
    def latest(self) -> Advice | None:
        """What was found last."""
        return None if self._last is None else self._last[1]

    def go_on_from(self, timetable: Timetable) -> None:
        """Let what was found last be what is near to a timetable that was made of it."""
        with self._asked_in_turn:
            if self._last is not None:
                self._last = timetable, self._last[1]

    def bound(self, goes_on: Callable[[], bool]) -> int:
        """What quality and open places, at the price of the guide, are at least.

        The plans are known by now, so with nothing beside the true costs they give the prices of
        a good bound at once. ``goes_on``: whether a bound that is found is to be raised still.
        """
        with self._one_at_a_time:
            if not self.begun.is_set() or self._last is None:
                return 0
            cost = self._form.cost.copy()
            cost[len(self.guide.form.cost) :] = 0.0
            return self._weeks.bound_at(cost, self._until, goes_on)

    @cached_property
    def _form(self) -> LinearForm:
        """The program, with a variable for each area in which each person may care."""
        if self.linear:
            return self.guide.form
        return self.guide.form.any_of(self._cared, PRICE / POINT)

    @cached_property
    def _weeks(self) -> WholeWeeks:
        assert self.guide.duals is not None
        if self.guide.weeks is not None:
            self._rounds = ONCE_SETTLED
            return self.guide.weeks
        return WholeWeeks(
            self.guide.model, self._form, self.guide.duals, self.control, self.workers
        )

    @cached_property
    def _cared(self) -> list[list[int]]:
        """The variables of what each person may hold in each area."""
        found: dict[tuple[str, int], list[int]] = {}
        pools = zip(self.guide.model.pools, self.guide.model.holders, strict=True)
        for pool, holders in pools:
            area = self.areas.area(pool.post)
            if area is not None:
                for key, literal in holders.items():
                    found.setdefault((key, area), []).append(literal.index)
        return list(found.values())

    def _know(self, timetable: Timetable) -> None:
        """Let what a timetable has people do take part, if it keeps every must."""
        values = self.guide.solution(timetable)
        if values is not None:
            cared = [] if self.linear else [values[group].max() for group in self._cared]
            self._weeks.add(np.append(values, cared))
