"""How many adults care needs while clubs stay: every timetable is still allowed."""

from __future__ import annotations

import random

from constraints.context import Context
from constraints.model import Model, at_most
from constraints.pools import single_pools
from instances.timetable import Timetable
from scheduler.needs import NeedCuts, tie_needs
from scheduler.relaxation import Relaxation
from tests.helpers.fixed import FixedModel
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import wild

SCHOOLS = 60


def test_ties_to_one_timetable_allow_every_other() -> None:
    ties = 0
    for seed in range(SCHOOLS):
        context = Context(random_school(seed), ())
        rng = random.Random(seed)
        model = Model(context, single_pools(context.demand), dated_limit=0)
        before = len(model.cp.proto.constraints)
        tie_needs(model, wild(rng, context))
        ties += len(model.cp.proto.constraints) - before
        fixed = FixedModel.of(model, 0)
        for _ in range(3):
            assert fixed.cost(wild(rng, context)) == 0, f"school {seed}"
    assert ties > SCHOOLS


def test_the_relaxation_knows_that_a_post_is_there_as_a_whole() -> None:
    """Over random schools: with every club where a timetable has it, no post exists in part."""
    parts = [0, 0]
    for seed in range(SCHOOLS):
        context = Context(random_school(seed), ())
        timetable = wild(random.Random(seed), context)
        for tied in (False, True):
            model = Model(context, single_pools(context.demand), dated_limit=0)
            if tied:
                tie_needs(model, timetable)
            for (activity, index), literal in model.placed.items():
                model.cp.add(literal == _meets(context, timetable, activity, index))
                leaders = model.attended(activity, index)
                model.cp.add(leaders == _meets(context, timetable, activity, index))
            model.cp.minimize(sum(model.active.values()))
            relaxation = Relaxation(model.cp)
            if model.active and relaxation.solve():
                values = [relaxation.values[one.index] for one in model.active.values()]
                parts[tied] += sum(0.001 < value < 0.999 for value in values)
    assert parts[False] > 20
    assert parts[True] == 0


def test_cuts_that_optima_break_allow_every_timetable() -> None:
    """Over random schools: cuts are found until the optimum breaks none, and it costs no less."""
    found = 0
    for seed in range(SCHOOLS):
        context = Context(random_school(seed), ())
        rng = random.Random(seed)
        model = Model(context, single_pools(context.demand), dated_limit=0)
        model.cp.minimize(sum(model.active.values()) - sum(model.placed.values()))
        relaxation, cuts = Relaxation(model.cp), NeedCuts(model)
        assert relaxation.solve()
        before = relaxation.value
        while rows := cuts.violated(relaxation.values):
            found += len(rows)
            relaxation.add(rows)
            for row in rows:
                at_most(model.cp, row.columns, row.factors, row.limit)
            assert relaxation.solve()
        assert relaxation.value >= before - 1e-6
        fixed = FixedModel.of(model, 0)
        for _ in range(3):
            assert fixed.cost(wild(rng, context)) is not None, f"school {seed}"
    assert found > SCHOOLS / 4


def _meets(context: Context, timetable: Timetable, activity: str, index: int) -> int:
    placement = timetable.placements.get(activity)
    option = context.demand.options[activity][index]
    return int(placement is not None and set(option.blocks) == set(placement.blocks))
