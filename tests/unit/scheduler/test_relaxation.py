"""The linear relaxation of a model: its bound holds, and cuts raise it."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.examples import Tiny
from constraints.model import Model
from constraints.pools import merged_pools, single_pools
from instances.generate import Preset, generate, generate_with_plan
from scheduler.audit import audit
from scheduler.cuts import SlotCuts
from scheduler.guide import OPEN, Guide, bound_of_quality
from scheduler.incumbent import options_of
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, Relaxation


def relaxed(model: cp_model.CpModel) -> int:
    program = Relaxation(model)
    assert program.solve()
    return program.bound()


def test_a_fractional_optimum_is_rounded_up() -> None:
    cp = cp_model.CpModel()
    x, y, z = (cp.new_bool_var("") for _ in range(3))
    # each pair needs one: a half of each is enough for the relaxation, 1.5, so at least 2
    for one, other in ((x, y), (y, z), (x, z)):
        cp.add(one + other >= 1)
    cp.minimize(x + y + z)
    assert relaxed(cp) == 2


def test_whoever_stops_it_waits_for_no_optimum() -> None:
    cp = cp_model.CpModel()
    x = cp.new_bool_var("")
    cp.add(x >= 1)
    cp.minimize(x)
    control = Control()
    program = Relaxation(cp)
    assert program.solve(None, control)
    assert program.bound() == 1
    control.stop()
    assert not program.solve(None, control)


def test_clauses_are_rows() -> None:
    cp = cp_model.CpModel()
    a, b, c = (cp.new_bool_var("") for _ in range(3))
    cp.add_bool_or(~a, b)  # 1 - a + b >= 1
    cp.add_implication(b, c)  # 1 - b + c >= 1
    cp.add_at_most_one(a, ~c)  # a + 1 - c <= 1
    cp.add_exactly_one(a, ~b)  # a + 1 - b = 1
    form = LinearForm(cp)
    rows = [
        (
            dict(zip(form.columns[first:last], form.factors[first:last], strict=True)),
            form.low[n],
            form.high[n],
        )
        for n, (first, last) in enumerate(zip(form.starts, form.starts[1:], strict=False))
    ]
    inf = float("inf")
    assert rows == [
        ({0: -1, 1: 1}, 0, inf),
        ({1: -1, 2: 1}, 0, inf),
        ({0: 1, 2: -1}, -inf, 0),
        ({0: 1, 1: -1}, 0, 0),
    ]


def test_what_is_not_linear_is_refused() -> None:
    cp = cp_model.CpModel()
    x = cp.new_int_var(0, 5, "")
    cp.add_max_equality(cp.new_int_var(0, 5, ""), [x, 3])
    with pytest.raises(ValueError, match="not linear"):
        LinearForm(cp)


def test_constants_and_large_costs_are_kept() -> None:
    cp = cp_model.CpModel()
    x = cp.new_int_var(2, 9, "")
    cp.add(3 * x >= 10)  # at least 4 in whole numbers, 10/3 relaxed
    cp.minimize(600 * x + 7)
    assert relaxed(cp) == 2007  # 600 * 10 / 3 + 7


def test_nudged_costs_lead_to_some_optimum_of_the_true_ones() -> None:
    """x + y >= 1 at a cost of 2 each: any split costs 2; nudged, one of the two is cheaper."""
    cp = cp_model.CpModel()
    x, y = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(x + y >= 1)
    cp.minimize(2 * x + 2 * y)
    program = Relaxation(cp)
    for seed in range(5):
        program.nudge([x.index, y.index], seed)
        assert program.solve()
        assert sorted(program.values) == [0.0, 1.0]
        program.without_nudge([x.index, y.index])
        assert program.solve()
        assert program.bound() == 2


def test_values_that_break_a_row_or_a_limit_are_noticed() -> None:
    cp = cp_model.CpModel()
    x, y = cp.new_int_var(0, 3, ""), cp.new_int_var(0, 3, "")
    cp.add(x + 2 * y <= 4)
    cp.minimize(5 * x - y + 1)
    form = LinearForm(cp)
    assert form.holds(np.array([2, 1]))  # 2 + 2 = 4
    assert form.value(np.array([2, 1])) == 10  # 5 * 2 - 1 + 1
    assert not form.holds(np.array([1, 2]))  # 1 + 4 = 5
    assert not form.holds(np.array([4, 0]))


def test_without_an_optimum_there_is_no_bound() -> None:
    cp = cp_model.CpModel()
    x = cp.new_bool_var("")
    cp.add(x >= 2)
    cp.minimize(x)
    program = Relaxation(cp)
    assert not program.solve(5.0)
    assert program.bound() == 0


def test_cuts_raise_the_bound_of_a_school_and_hold_for_its_plan() -> None:
    instance, plan = generate_with_plan(Preset.S, 1)
    context = Context(instance)
    model = Model(context, single_pools(context.demand))
    model.post_rules()
    model.cp.minimize(model.quality)
    program, cuts = Relaxation(model.cp), SlotCuts(model)
    assert program.solve()
    before = program.bound()
    for _ in range(5):
        program.add(cuts.violated(program.values))
        assert program.solve()
    assert cuts.found
    assert before < program.bound() <= audit(context, plan).quality
    # told to CP-SAT, they leave the plan's people where they are
    cuts.post(cuts.found, model.cp)
    chosen = options_of(context.demand, plan)
    for pool, holders in zip(model.pools, model.holders, strict=True):
        here = pool.post.option in (None, chosen.get(pool.post.activity))
        for key, literal in holders.items():
            model.cp.add(literal == (here and plan.holders.get(pool.post.line) == key))
    assert cp_model.CpSolver().solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def test_a_cut_counts_slots_against_their_number() -> None:
    instance, _ = (
        Tiny().classes("三1").staff("王芳", "李明").care("Mon", "Tue", "Wed", "Thu", "Fri").done()
    )
    context = Context(instance)
    model = Model(context, merged_pools(context))
    count = model.slots("王芳")
    cuts = SlotCuts(model)
    values = [0.0] * len(model.cp.proto.variables)
    held = [holding.literal.index for holding in model.holdings["王芳"]]
    # two whole slots, said to be none (3 of 5 parts) or five (2 of 5): 2 = 0.4 * 5
    for column in held[:2]:
        values[column] = 1.0
    values[count.literals[0].index], values[count.literals[5].index] = 0.6, 0.4
    (row,) = cuts.violated(values)  # type: ignore[arg-type]
    # in two slots there are no more than 2 of somebody with two or more: 2 - 2 * 0.4 = 1.2 over
    left = sum(factor * values[n] for n, factor in zip(row.columns, row.factors, strict=True))
    assert left == pytest.approx(1.2)
    assert set(held[:2]) <= set(row.columns)
    values[count.literals[0].index] = values[count.literals[5].index] = 0.0
    values[count.literals[2].index] = 1.0
    assert cuts.violated(values) == []  # type: ignore[arg-type]


def test_the_bound_of_a_school_holds_for_a_timetable_with_open_posts() -> None:
    instance, plan = generate_with_plan(Preset.S, 2)
    context = Context(instance)
    pools = merged_pools(context)
    full = bound_of_quality(context, pools, 0, Control())
    assert 0 < full <= audit(context, plan).quality
    assert bound_of_quality(context, pools, 1, Control()) == max(0, full - OPEN)


def test_what_was_proved_while_posts_were_open_is_known_when_they_are_filled() -> None:
    context = Context(generate(Preset.S, 2))
    guide = Guide(context, merged_pools(context))
    assert guide.at_least(0) == 0
    assert guide.prove(Control()) is not None
    proved = guide.proved
    assert proved > 0
    # an open place costs 30 points, so nothing is left of the bound with enough of them
    assert guide.bound(proved // OPEN + 1, Control(0.0)) == 0
    assert guide.at_least(0) == proved
    assert guide.at_least(1) == max(0, proved - OPEN)


def test_out_of_time_there_is_still_a_valid_bound() -> None:
    context = Context(generate(Preset.S, 1))
    pools = merged_pools(context)
    whole = bound_of_quality(context, pools, 0, Control())
    assert 0 <= bound_of_quality(context, pools, 0, Control(0.001)) <= whole
