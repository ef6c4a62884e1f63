"""The full model with every rule, given to HiGHS as a mixed integer program.

Its levels are kept as the program keeps them: first the fewest open posts, by the musts alone;
then quality, with no more open than that. A weight that puts coverage before quality in one
objective would have to exceed all quality points together (some 10^4) for each of 10^4 places,
which leaves no digits for tolerances.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.outcome import NotValid, Outcome, State, judged
from benchmarks.peers.solved import dated_limit
from constraints.context import Context
from constraints.model import Expr, Model, total
from constraints.pools import single_pools
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, loaded
from scheduler.search import Found, Settings, available_cores, complete_hint
from scheduler.weekly import Coverage, hold_coverage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from ortools.sat.python import cp_model

    Floats = NDArray[np.float64]

LARGE = 200_000
"""Entries from which HiGHS does not simplify the model first: of 36 classes (410,000 in the step
of coverage) that took 47 s on a busy machine, past its time limit, for a tenth of the rows; without
it there was a first solution after 3 s."""
COVERAGE = 0.5
"""Part of the time that coverage may take, as in the program's own direct method."""


@dataclass(frozen=True)
class Vector(Found):
    """A solution as HiGHS tells it."""

    values: Floats = field(default_factory=lambda: np.zeros(0))

    def true(self, literal: cp_model.IntVar) -> bool:
        return bool(self.values[literal.index] > 0.5)


@dataclass(frozen=True)
class Ended:
    """The incumbents of a search with their seconds, in order, and the bound it proved."""

    incumbents: tuple[tuple[float, Floats], ...]
    bound: int


def highs(
    instance: Instance, limit: float | None, settings: Settings, nodes: int | None = None
) -> Outcome:
    """Solve a school with HiGHS; ``nodes`` limits each search where time does not."""
    clock, context = Control(limit), Context(instance)
    states: list[State] = []
    coverage, covered = _coverage(context, clock, settings, nodes, states)
    bound = None
    left = clock.left
    if covered is not None and (left is None or left > 0):
        model = _model(context)
        model.post_rules()
        hold_coverage(model, coverage)
        model.cp.minimize(model.quality)
        hint(model, covered)
        complete_hint(model.cp)
        ended = Program(model.cp, clock, settings).run(1.0, nodes)
        states += _states(model, ended)
        bound = ended.bound
    if not states:
        raise NotValid("HiGHS found no timetable")
    timetable, trace = judged(context, states, settings)
    proved = coverage.value <= coverage.bound
    return Outcome(timetable, trace, coverage.bound, bound if proved else None)


def _model(context: Context) -> Model:
    """The full model: every post by itself, as for the direct method."""
    return Model(context, single_pools(context.demand), dated_limit=dated_limit(context))


def _coverage(
    context: Context,
    clock: Control,
    settings: Settings,
    nodes: int | None,
    states: list[State],
) -> tuple[Coverage, Timetable | None]:
    """The fewest dated open posts: all at once, and tier by tier if some must stay open."""
    model = _model(context)
    model.post_rules(musts_only=True)
    tiers = model.open_by_tier
    best: Floats | None = None
    bounds = [0] * len(tiers)
    goals: list[Expr] = [total(tiers), *tiers]
    for number, goal in enumerate(goals):
        if isinstance(goal, int):
            continue
        model.cp.minimize(goal)
        ended = Program(model.cp, clock, settings, best).run(COVERAGE, nodes)
        states += _states(model, ended)
        if ended.incumbents:
            best = ended.incumbents[-1][1]
        if best is None:
            break
        value = value_of(model.cp, best)
        if number == 0 and value == 0:
            break
        if number:
            bounds[number - 1] = min(value, ended.bound)
            model.cp.add(goal <= value)
    if best is None:
        return Coverage((), ()), None
    values = []
    for tier in tiers:
        if not isinstance(tier, int):
            model.cp.minimize(tier)
        values.append(tier if isinstance(tier, int) else value_of(model.cp, best))
    return Coverage(tuple(values), tuple(bounds)), read_out(
        model, Vector("feasible", 0, 0, None, best)
    )


def _states(model: Model, ended: Ended) -> list[State]:
    return [
        State(seconds, read_out(model, Vector("feasible", 0, 0, None, values)))
        for seconds, values in ended.incumbents
    ]


def value_of(cp: cp_model.CpModel, values: Floats) -> int:
    """What a model's objective is for a solution."""
    form = LinearForm(cp)
    return round(form.offset + float(form.cost @ values))


class Program:
    """A model of linear and clausal constraints as HiGHS takes it; all variables are integers.

    It starts from ``start``, or else from what the model has as its hints, if they are complete:
    to complete some by itself takes HiGHS minutes that no time limit ends.
    """

    def __init__(
        self,
        cp: cp_model.CpModel,
        clock: Control,
        settings: Settings,
        start: Floats | None = None,
    ) -> None:
        self.clock = clock
        form = LinearForm(cp)
        self.solver = solver = loaded(form, whole=True)
        solver.setOptionValue("threads", settings.workers or available_cores())
        solver.setOptionValue("random_seed", settings.seed)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.99)  # costs are whole numbers
        if len(form.columns) > LARGE:
            solver.setOptionValue("presolve", "off")
        hinted = cp.proto.solution_hint
        if start is not None:
            everything = np.arange(len(start), dtype=np.int32)
            solver.setSolution(len(start), everything, start)
        elif len(hinted.vars) == len(form.lower):
            columns = np.array(list(hinted.vars), dtype=np.int32)
            solver.setSolution(len(columns), columns, np.array(list(hinted.values), dtype=float))

    def run(self, share: float, nodes: int | None) -> Ended:
        """Search for a share of the time left, or through so many nodes."""
        solver, found = self.solver, list[tuple[float, "Floats"]]()
        if self.clock.left is not None:
            solver.setOptionValue("time_limit", max(0.05, self.clock.left * share))
        if nodes is not None:
            solver.setOptionValue("mip_max_nodes", nodes)

        def improved(event: Any) -> None:
            found.append((self.clock.seconds, np.round(np.array(event.data_out.mip_solution))))

        solver.cbMipImprovingSolution.subscribe(improved)
        solver.run()
        bound = solver.getInfo().mip_dual_bound
        return Ended(tuple(found), max(0, math.ceil(bound - 1e-6)) if math.isfinite(bound) else 0)
