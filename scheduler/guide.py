"""What the linear relaxation of a school would like best: a bound, and where to look.

The pooled model leaves out what depends on who takes which class, so what it cannot do better
no timetable can. Its relaxation has very many optima; each takes but a few of all the holdings
(one in seven). So what a timetable and the optimum nearest to it take is a model so small that it
is searched to its end (``nearing.py``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from constraints.context import Context
from constraints.model import Model, total
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.bound import SHARE
from scheduler.diving import dive
from scheduler.incumbent import hint
from scheduler.needs import tie_needs
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, Relaxation
from scheduler.search import complete_hint
from scheduler.whole_weeks import WholeWeeks

if TYPE_CHECKING:
    from scheduler.relaxation import Floats

OPEN = 30
"""What a dated open place costs beside the points of quality: the relaxation has no hard
coverage, so that one bound serves whatever has to stay open."""
NEAR = 0.3
"""The most that it costs, in points, that a holding is not that of a timetable."""
TAKEN = 1e-6


@dataclass(frozen=True)
class Advice:
    """What one optimum takes, even in part.

    People by the key of a post, each with the part that they have of a post of its pool; and the
    options of activities.
    """

    people: dict[str, dict[str, float]]
    options: dict[str, set[int]]


class Guide:
    """The relaxation of the pooled model with every rule, solved again and again.

    ``duals``: the multipliers of its rows in the nearest optimum found last. ``proved``: what
    quality and dated open places, at ``OPEN`` points each, come to at least, as far as is known.
    """

    def __init__(self, context: Context, pools: Sequence[Pool]) -> None:
        self.context = context
        self.pools = pools
        self.duals: Floats | None = None
        self.proved = 0
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
        duals = self.prove(control, seconds)
        if duals is not None and (until is None or control.seconds < until):
            weeks = WholeWeeks(self.model, self.form, duals, control)
            self.proved = max(self.proved, weeks.bound(until, goes_on))
        return self.at_least(open_places)

    def prove(self, control: Control, seconds: float | None = None) -> Floats | None:
        """Raise what is proved to what an optimum proves, and its multipliers; ``None`` if none
        was found in time. Others may be looking for near ones meanwhile."""
        program = Relaxation(self.model.cp, self.form)
        program.nudge(self._columns, seed=0)
        solved = program.solve(seconds, control)
        self.proved = max(self.proved, program.bound())
        return program.duals if solved else None

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

    def dive(
        self,
        timetable: Timetable,
        seed: int,
        control: Control,
        price: Callable[[Pool, str], float] | None = None,
    ) -> list[Advice]:
        """What the same optimum takes, and then the optima that it becomes as it is rounded."""
        with self._one_at_a_time:
            if not self._near(timetable, seed, control, price):
                return []
            found = dive(self._program, self._whole, len(self.context.people), control)
            return [self.advice(values) for values in found]

    def _near(
        self,
        timetable: Timetable,
        seed: int,
        control: Control,
        price: Callable[[Pool, str], float] | None,
    ) -> bool:
        if control.over:
            return False
        where, more = self.dearer(timetable, seed, NEAR)
        if price is not None:
            pools = zip(self.model.pools, self.model.holders, strict=True)
            more += [price(pool, key) for pool, people in pools for key in people]
        self._program.cost_more(where, more)
        if not self._program.solve(control.left, control):
            return False
        self.duals = self._program.duals
        return True

    @cached_property
    def _whole(self) -> list[tuple[int, str | None]]:
        """The columns that are whole in a timetable and decide the others, with whose they are."""
        model = self.model
        found: list[tuple[int, str | None]] = [
            (one.index, key) for people in model.holders for key, one in people.items()
        ]
        found += [(one.index, None) for one in (*model.placed.values(), *model.active.values())]
        return found

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
