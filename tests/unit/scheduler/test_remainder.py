"""What is left of a model has the same solutions, and its cost is that of the whole."""

from __future__ import annotations

import random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.relaxation import LinearForm, Relaxation
from scheduler.remainder import Remainder


def program(seed: int) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Clauses, knapsacks and a few numbers, at a price that may be below zero."""
    rng, cp = random.Random(seed), cp_model.CpModel()
    bits = [cp.new_bool_var("") for _ in range(10)]
    numbers = [cp.new_int_var(-2, 5, "") for _ in range(3)]
    for _ in range(4):
        some = rng.sample(bits, 3)
        cp.add_at_most_one([some[0], ~some[1], some[2]])
        cp.add_bool_or([~some[0], some[1]])
    for _ in range(5):
        some = rng.sample([*bits, *numbers], 5)
        factors = [rng.choice((-3, -1, 1, 2, 4)) for _ in some]
        row = cp_model.LinearExpr.weighted_sum(some, factors)
        cp.add_linear_constraint(row, rng.randint(-6, 1), rng.randint(3, 9))
    both = [*bits, *numbers]
    prices = [rng.randint(-4, 9) for _ in both]
    cp.minimize(cp_model.LinearExpr.weighted_sum(both, prices) + 7)
    return cp, both


def best(cp: cp_model.CpModel) -> int | None:
    solver = cp_model.CpSolver()
    status = solver.solve(cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def left(cp: cp_model.CpModel, form: LinearForm, limit: int) -> int | None:
    rest = Remainder(form, form.lower.copy(), form.upper.copy(), limit)
    if not rest.possible:
        return None
    model, cost = rest.model(cp)
    model.minimize(cost)
    return best(model)


@pytest.mark.parametrize("seed", range(60))
def test_the_best_of_what_is_left_is_the_best_of_all(seed: int) -> None:
    cp, _ = program(seed)
    least, form = best(cp), LinearForm(cp)
    assert left(cp, form, 100) == least
    if least is not None:
        assert left(cp, form, least) == least
        assert left(cp, form, least - 1) is None


@pytest.mark.parametrize("seed", range(40))
def test_limits_given_are_kept(seed: int) -> None:
    cp, both = program(seed)
    form, rng = LinearForm(cp), random.Random(seed)
    fixed = {n: rng.randint(0, 1) for n in rng.sample(range(10), 3)}
    lower, upper = form.lower.copy(), form.upper.copy()
    for n, value in fixed.items():
        lower[n] = upper[n] = value
        cp.add(both[n] == value)
    least = best(cp)
    rest = Remainder(form, lower, upper, 100)
    if rest.possible:
        model, cost = rest.model(program(seed)[0])
        model.minimize(cost)
        assert best(model) == least
    else:
        assert least is None


def test_most_is_settled_by_rows_alone() -> None:
    # whoever has one of the ten posts of the first moment has none of the others: all 20 are
    # settled once one is, and no row is left
    cp = cp_model.CpModel()
    posts = [cp.new_bool_var("") for _ in range(20)]
    cp.add_at_most_one(posts)
    cp.minimize(sum(posts))
    form = LinearForm(cp)
    lower, upper = form.lower.copy(), form.upper.copy()
    lower[0] = 1
    rest = Remainder(form, lower, upper, 1)
    assert rest.possible
    assert rest.upper.tolist() == [1] + 19 * [0]
    model, _ = rest.model(cp)
    assert len(model.proto.constraints) == 0


def test_a_relaxation_follows_its_model() -> None:
    # x + y >= 1 at 3 and 5: x alone, 3; then x costs 7 and z, which costs 1, may stand for y: 1
    cp = cp_model.CpModel()
    x, y = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(x + y >= 1)
    cp.minimize(3 * x + 5 * y)
    relaxation = Relaxation(cp)
    assert relaxation.solve()
    assert relaxation.bound() == 3
    z = cp.new_bool_var("")
    cp.add(y <= z)
    cp.minimize(7 * x + z)
    relaxation.follow(cp)
    assert relaxation.solve()
    assert relaxation.bound() == 1
    np.testing.assert_allclose(relaxation.values, [0, 1, 1], atol=1e-6)
