"""The bound from whole weeks: never above an optimum, above the relaxation where halves are."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from constraints.context import Context
from constraints.model import Model, total
from constraints.pools import merged_pools
from instances.generate import Preset, generate, generate_with_plan
from instances.words import FairnessMode
from scheduler.audit import audit
from scheduler.guide import OPEN, Guide
from scheduler.parts import Parts
from scheduler.plans import BESIDE, Planner
from scheduler.progress import Control, Stage
from scheduler.relaxation import LinearForm, Relaxation
from scheduler.rows import Rows
from scheduler.search import Effort, search
from scheduler.weekly import pinned_lines
from scheduler.whole_weeks import WholeWeeks
from tests.helpers.random_schools import random_school
from tests.unit.scheduler.terms import ONE

LONG = Effort(deterministic=20)


def on_pools(context: Context) -> Guide:
    return Guide(context, merged_pools(context, pinned_lines(context)))


@cache
def generated(seed: int) -> Guide:
    return on_pools(Context(generate(Preset.S, seed)))


def relaxed(model: Model) -> Relaxation:
    program = Relaxation(model.cp)
    assert program.solve()
    return program


def weeks_of(model: Model, program: Relaxation, control: Control | None = None) -> WholeWeeks:
    return WholeWeeks(model, program.form, program.duals, control or Control())


def always() -> bool:
    return True


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_and_variables_are_shared_out(seed: int) -> None:
    model = generated(seed).model
    form = LinearForm(model.cp)
    parts = Parts(model, form)
    assert sorted(row for rows in (*parts.rows.values(), parts.ties) for row in rows) == list(
        range(len(form.low))
    )
    assert sorted(one for some in parts.columns.values() for one in some) == list(
        range(len(form.lower))
    )
    for number, key in enumerate(parts.people):
        mine = set(parts.columns[number])
        assert {holding.index for holding in model.holdings[key]} <= mine
        for row in parts.rows[number]:
            assert set(form.columns[form.starts[row] : form.starts[row + 1]]) <= mine
    for row in parts.ties:
        columns = form.columns[form.starts[row] : form.starts[row + 1]]
        assert len({int(one) for one in parts.owner[columns]}) > 1
    for key, count in model.counted.items():  # what rules count of somebody is theirs
        assert {parts.people[parts.owner[one.index]] for one in count.literals} == {key}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_bound_is_between_the_relaxation_and_the_optimum(seed: int) -> None:
    model = generated(seed).model
    program = relaxed(model)
    bound = weeks_of(model, program).bound(None, always)
    objective = model.quality + OPEN * total(model.open_by_tier)
    best = search(model.cp, objective, Control(), ONE, LONG, Stage.QUALITY)
    assert best.solution is not None
    assert program.bound() <= bound <= best.value
    model.cp.minimize(objective)


def test_it_is_higher_where_the_relaxation_has_half_of_two_weeks() -> None:
    raised = []
    for seed in (1, 2, 3):
        program = relaxed(generated(seed).model)
        weeks = weeks_of(generated(seed).model, program)
        raised.append(weeks.bound(None, always) - program.bound())
    assert min(raised) >= 0
    assert max(raised) > 20


@pytest.mark.parametrize("mode", FairnessMode)
def test_random_schools_have_no_timetable_below_it(mode: FairnessMode) -> None:
    """Schools with leave, rotas, scarce posts and everything else drawn."""
    positive = 0
    for seed in range(6):
        school = random_school(seed).model_copy(update={"pins": (), "events": (), "fairness": mode})
        model = on_pools(Context(school)).model
        objective = model.quality + OPEN * total(model.open_by_tier)
        best = search(model.cp, objective, Control(), ONE, LONG, Stage.QUALITY)
        if not best.proved:
            continue
        model.cp.minimize(objective)
        bound = weeks_of(model, relaxed(model)).bound(None, always)
        assert bound <= best.value
        positive += bound > 0
    assert positive > 1


def test_prices_that_are_nothing_leave_what_everybody_costs_alone() -> None:
    """With no price for anything that ties, nobody need do anything: nothing is proved."""
    model = generated(1).model
    weeks = weeks_of(model, relaxed(model))
    weeks._prices = np.zeros_like(weeks._prices)
    assert weeks._at(weeks._prices) <= 0


def test_whoever_stops_it_gets_what_is_proved() -> None:
    model = generated(2).model
    program = relaxed(model)
    whole = weeks_of(model, program).bound(None, always)
    once = weeks_of(model, program).bound(None, lambda: False)
    control = Control()
    control.stop()
    stopped = weeks_of(model, program, control).bound(None, always)
    assert 0 <= stopped == once <= whole


def test_a_plan_costs_least_at_its_prices() -> None:
    """By trying everything: two slots, of which no more than one, worth 3 and 5 where they tie."""
    from ortools.sat.python import cp_model

    cp = cp_model.CpModel()
    early, late = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(early + late <= 1)
    cp.add(early <= 1)  # ties, as far as the planner is told
    cp.add(late <= 1)
    cp.minimize(early + 4 * late)
    form = LinearForm(cp)
    planner = Planner(form, [0, 1], [0], {1: 0, 2: 1}, {0: [(0, 1)], 1: [(1, 1)]})
    # early: 1 - 3 = -2; late: 4 - 5 = -1; neither: 0
    bound, plans = planner.best(np.array([3.0, 5.0]))
    best = min(plans, key=lambda plan: planner.cost(plan) - plan.uses @ [3.0, 5.0])
    assert bound == pytest.approx(-2.0)
    assert best.values.tolist() == [1.0, 0.0]
    assert (planner.cost(best), best.uses.tolist()) == (1.0, [1.0, 0.0])
    assert len(plans) <= 1 + BESIDE
    bound, plans = planner.best(np.zeros(2))
    assert bound == 0.0
    assert [0.0, 0.0] in [plan.values.tolist() for plan in plans]
    planner.charge(np.array([-7.0, 4.0]))  # early pays 7: -7 - 3 = -10
    bound, plans = planner.best(np.array([3.0, 5.0]))
    assert bound == pytest.approx(-10.0)
    assert {tuple(plan.values) for plan in plans} >= {(1.0, 0.0)}


@pytest.mark.parametrize("workers", [1, 2])
def test_other_costs_have_a_bound_of_their_own_and_leave_the_prices(workers: int) -> None:
    """With twice the costs everything costs twice as much, and so does what is proved."""
    model = generated(1).model
    program = relaxed(model)
    weeks = WholeWeeks(model, program.form, program.duals, Control(), workers)
    once = weeks.look_for_prices(None)
    prices = weeks._prices
    twice = weeks.bound_at(2 * program.form.cost, None, always)
    assert weeks._prices is prices
    # the offset, for posts counted as open until they are held, is not doubled
    offset = program.form.offset
    assert twice == pytest.approx(2 * once - offset, abs=2)


def test_parts_of_plans_make_one_for_each_person() -> None:
    model = generated(2).model
    program = relaxed(model)
    weeks = weeks_of(model, program)
    weeks.look_for_prices(None)
    taken = weeks.taken()
    _, shares = weeks._mixture.shares()
    parts: dict[int, float] = defaultdict(float)
    for share in shares:
        parts[share.person] += share.part
        columns = weeks._planners[share.person].columns
        assert (taken[columns] >= share.part * share.plan.values - 1e-9).all()
        for row in weeks._parts.rows[share.person]:  # each plan keeps what concerns them alone
            span = slice(program.form.starts[row], program.form.starts[row + 1])
            place = {column: n for n, column in enumerate(columns.tolist())}
            at = [place[column] for column in program.form.columns[span]]
            value = share.plan.values[at] @ np.array(program.form.factors[span])
            assert program.form.low[row] <= value <= program.form.high[row]
    assert set(parts) == set(weeks._planners)
    assert list(parts.values()) == pytest.approx([1.0] * len(parts))


def test_rows_of_other_numbers_say_nothing() -> None:
    model = generated(1).model
    form = LinearForm(model.cp)
    rows = Rows.of(form)
    assert rows.weighed(form.cost, np.zeros(3)) is None
    assert rows.weighed(form.cost, np.full(len(form.low), math.nan)) is None


def test_where_clubs_meet_tells_the_relaxation_more() -> None:
    for seed in (1, 2, 3):
        instance, plan = generate_with_plan(Preset.S, seed)
        guide = on_pools(Context(instance))
        before = relaxed(guide.model).bound()
        guide.look_around(plan)
        assert before <= relaxed(guide.model).bound() <= audit(guide.context, plan).quality
