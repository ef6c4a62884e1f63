"""What the linear relaxation of a school would like best: a bound, and where to look.

The pooled model leaves out what depends on who takes which class, so what it cannot do better
no timetable can. Its relaxation has very many optima; each takes but a few of all the holdings
(one in seven). So what a timetable and the optimum nearest to it take is a model so small that it
is searched to its end (``nearing.py``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from constraints.context import Context
from constraints.model import Model, total
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.bound import SHARE
from scheduler.incumbent import hint
from scheduler.needs import NeedCuts, tie_needs
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, Relaxation
from scheduler.search import complete_hint
from scheduler.whole_weeks import WholeWeeks

if TYPE_CHECKING:
    from scheduler.cuts import Row
    from scheduler.plans import Plan
    from scheduler.relaxation import Floats

OPEN = 30
"""What a dated open place costs beside the points of quality: the relaxation has no hard
coverage, so that one bound serves whatever has to stay open."""
NEAR = 0.3
"""The most that it costs, in points, that a holding is not that of a timetable."""
TAKEN = 1e-6
CUTS = 5
"""How often an optimum that is to prove a bound is looked for, each with the cuts that the one
before breaks."""


@dataclass(frozen=True)
class Advice:
    """What one optimum takes, even in part.

    People by the key of a post, each with the part that they have of a post of its pool; and the
    options of activities.
    """

    people: dict[str, dict[str, float]]
    options: dict[str, set[int]]


@dataclass(frozen=True)
class Proof:
    """A program, multipliers of its rows that prove a bound, and plans of people that may be part
    of an optimum."""

    form: LinearForm
    duals: Floats
    plans: Sequence[tuple[int, Plan]] = ()


class Guide:
    """The relaxation of the pooled model with every rule, solved again and again.

    ``duals``: the multipliers of its rows in the nearest optimum found last. ``proved``: what
    quality and dated open places, at ``OPEN`` points each, come to at least, as far as is known.
    ``weeks``: whole weeks that are nearly as good as any, where they are known; ``known``: where to
    begin to prove a bound then.
    """

    def __init__(self, context: Context, pools: Sequence[Pool]) -> None:
        self.context = context
        self.pools = pools
        self.duals: Floats | None = None
        self.proved = 0
        self.weeks: WholeWeeks | None = None
        self.known: Proof | None = None
        self._one_at_a_time = threading.Lock()

    @cached_property
    def model(self) -> Model:
        """The pooled model, made on first use."""
        model = Model(self.context, self.pools)
        model.post_rules()
        model.cp.minimize(model.quality + OPEN * total(model.open_by_tier))
        return model

    def look_around(self, timetable: Timetable) -> None:
        """Tell the model how many adults care needs while clubs meet as in a timetable: the
        relaxation would have parts of a post there. To be done before it is used."""
        tie_needs(self.model, timetable)

    @cached_property
    def form(self) -> LinearForm:
        """The program of the relaxation."""
        return LinearForm(self.model.cp)

    @cached_property
    def _program(self) -> Relaxation:
        return Relaxation(self.model.cp, self.form)

    @cached_property
    def _columns(self) -> list[int]:
        return [one.index for holders in self.model.holders for one in holders.values()]

    def at_least(self, open_places: int) -> int:
        """What is proved of the quality of timetables with so many dated open places."""
        return max(0, self.proved - OPEN * open_places)

    def bound(
        self,
        open_places: int,
        control: Control,
        share: float = SHARE,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> int:
        """What the quality of timetables with so many dated open places is at least, in points.

        ``share``: part of the time left that it may take. ``goes_on``: whether a bound that is
        found is to be raised still.
        """
        seconds = None if control.left is None else control.left * share
        until = None if seconds is None else control.seconds + seconds
        proof = self.known or self.prove(control, seconds, goes_on)
        if proof is not None and (until is None or control.seconds < until):
            weeks = WholeWeeks(self.model, proof.form, proof.duals, control)
            weeks.know(proof.plans)
            start = weeks.bound_now if proof.plans else weeks.bound
            self.proved = max(self.proved, start(until, goes_on))
        return self.at_least(open_places)

    def prove(
        self,
        control: Control,
        seconds: float | None = None,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Proof | None:
        """Raise what is proved to what an optimum proves; ``None`` if none was found in time.

        Cuts take no more than a third of it: whole weeks raise the bound more. Others may be
        looking for near ones meanwhile.
        """
        begun, form = control.seconds, self.form  # another one once clubs have been settled
        until = None if seconds is None else begun + seconds
        program = Relaxation(self.model.cp, form)
        program.nudge(self._columns, seed=0)
        cuts, proof = NeedCuts(self.model), None
        rows: list[Row] = []
        for _ in range(CUTS):
            left = None if until is None else until - control.seconds
            if not program.solve(left, control):
                break
            self.proved = max(self.proved, program.bound())
            proof = Proof(form.cut(rows), program.duals)
            late = until is not None and until - control.seconds < 2 * (control.seconds - begun)
            broken = [] if late or not goes_on() else cuts.violated(program.values)
            if not broken:
                break
            rows += broken
            program.add(broken)
        self.proved = max(self.proved, program.bound())
        return proof

    def near(
        self,
        timetable: Timetable,
        seed: int,
        control: Control,
        price: Callable[[Pool, str], float] | None = None,
    ) -> Advice | None:
        """What an optimum takes that is near to a timetable, the same for the same seed.

        Whatever the timetable does not hold costs a little more, at random. So most of it stays,
        and it is found in a quarter of the time of one that is drawn from all. ``price``: what
        holding a post of a pool costs somebody beside, in points. ``None`` if there was no time.
        """
        with self._one_at_a_time:
            found = self._near(timetable, seed, control, price)
            return self.advice(self._program.values) if found else None

    def on(self, form: LinearForm, duals: Floats, weeks: WholeWeeks | None = None) -> Guide:
        """This one with another program for what people may do best, of which it proves nothing."""
        found = copy(self)
        found.form, found.duals, found.weeks, found.proved = form, duals, weeks, 0
        return found

    def costs_beside(
        self, timetable: Timetable, seed: int, price: Callable[[Pool, str], float] | None
    ) -> tuple[list[int], Floats]:
        """The columns of all holdings, and what each costs beside near a timetable."""
        where, more = self.dearer(timetable, seed, NEAR)
        if price is not None:
            pools = zip(self.model.pools, self.model.holders, strict=True)
            more += [price(pool, key) for pool, people in pools for key in people]
        return where, more

    def _near(
        self,
        timetable: Timetable,
        seed: int,
        control: Control,
        price: Callable[[Pool, str], float] | None,
    ) -> bool:
        if control.over:
            return False
        self._program.cost_more(*self.costs_beside(timetable, seed, price))
        if not self._program.solve(control.left, control):
            return False
        self.duals = self._program.duals
        return True

    def dearer(self, timetable: Timetable, seed: int, most: float) -> tuple[list[int], Floats]:
        """The columns of all holdings, and what each costs beside, at random, if a timetable does
        not have it: up to so many points."""
        more = np.random.default_rng(seed).random(len(self._columns)) * most
        at = 0
        for pool, people in zip(self.model.pools, self.model.holders, strict=True):
            here = {timetable.holders.get(post.line) for post in pool.posts}
            for key in people:
                more[at] *= key not in here
                at += 1
        return self._columns, more

    def solution(self, timetable: Timetable) -> Floats | None:
        """The values that a timetable gives to the variables; ``None`` if it breaks a must."""
        cp = self.model.cp
        with self._one_at_a_time:
            cp.clear_hints()  # type: ignore[no-untyped-call]
            hint(self.model, timetable)
            if complete_hint(cp) is None:
                return None
            return np.array(list(cp.proto.solution_hint.values), dtype=float)

    def cost(self, timetable: Timetable) -> float | None:
        """What a timetable costs in points, and ``OPEN`` for each dated open place; ``None`` if it
        breaks a must."""
        values = self.solution(timetable)
        return None if values is None else self.form.offset + float(self.form.cost @ values)

    def advice(self, values: Floats) -> Advice:
        """What the model's variables take in part or as a whole."""
        people: dict[str, dict[str, float]] = {}
        for pool, holders in zip(self.model.pools, self.model.holders, strict=True):
            taken = {
                key: float(values[one.index])
                for key, one in holders.items()
                if values[one.index] > TAKEN
            }
            people.update((post.key, taken) for post in pool.posts)
        options: dict[str, set[int]] = {}
        for (activity, option), literal in self.model.placed.items():
            if values[literal.index] > TAKEN:
                options.setdefault(activity, set()).add(option)
        return Advice(people, options)


def bound_of_quality(
    context: Context, pools: Sequence[Pool], open_places: int, control: Control
) -> int:
    """What the quality of timetables with so many dated open places is at least, in points."""
    return Guide(context, pools).bound(open_places, control)
