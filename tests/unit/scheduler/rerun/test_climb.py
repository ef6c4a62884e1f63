"""The least cost sought from below: what is found is the best, and bounds hold."""

from __future__ import annotations

import random

import pytest
from ortools.sat.python import cp_model

from scheduler.progress import Control
from scheduler.relaxation import Relaxation
from scheduler.rerun.climb import Ladder, climb
from scheduler.search import Found, Settings

ONE = Settings(workers=1, seed=0)


def cover(seed: int) -> tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.LinearExpr]:
    """Choose the cheapest of some sets that cover all points, as often as they ask."""
    rng = random.Random(seed)
    cp = cp_model.CpModel()
    sets = [cp.new_bool_var("") for _ in range(14)]
    for _ in range(9):
        there = rng.sample(sets, 4)
        cp.add(sum(there) >= rng.randint(1, 2))
    prices = [rng.randint(20, 90) for _ in sets]
    return cp, sets, cp_model.LinearExpr.weighted_sum(sets, prices)


def solved(cp: cp_model.CpModel, cost: cp_model.LinearExpr) -> int:
    cp.minimize(cost)
    solver = cp_model.CpSolver()
    assert solver.solve(cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_found_first_is_the_best(seed: int) -> None:
    cp, sets, cost = cover(seed)
    found = climb(cp, cost, None, Control(None), ONE)
    least = solved(*cover(seed)[::2])
    assert found is not None
    assert found.solution is not None
    assert found.value == found.bound == least
    assert round(found.solution.value(cost)) == least
    assert all(found.solution.value(one) in (0, 1) for one in sets)


@pytest.mark.parametrize("seed", range(12))
def test_that_nothing_is_cheaper_is_proved(seed: int) -> None:
    least = solved(*cover(seed)[::2])
    cp, _, cost = cover(seed)
    found = climb(cp, cost, least - 1, Control(None), ONE)
    assert found is not None
    assert found.solution is None
    assert found.bound == least


@pytest.mark.parametrize("seed", range(12))
def test_columns_said_to_be_settled_are_so_in_every_cheap_solution(seed: int) -> None:
    cp, _, cost = cover(seed)
    least = solved(cp, cost)
    relaxation = Relaxation(cp)
    assert relaxation.solve()
    low, high = relaxation.settled(least + 10)
    for columns, other in ((low, 1), (high, 0)):
        for column in columns.tolist():
            rest, mine, price = cover(seed)
            rest.add(mine[column] == other)
            rest.add(price <= least + 10)
            assert cp_model.CpSolver().solve(rest) == cp_model.INFEASIBLE


def worst(seed: int, limit: int) -> Found:
    """A search that finds the dearest of what is allowed, and proves nothing of it."""
    rest, _, price = cover(seed)
    rest.add(price <= limit)
    rest.maximize(price)
    solver = cp_model.CpSolver()
    if solver.solve(rest) == cp_model.INFEASIBLE:
        return Found("infeasible", 0, 0, None)
    return Found("feasible", round(solver.objective_value), 0, solver)


def patiently(cp: cp_model.CpModel, cost: cp_model.LinearExpr) -> Found | None:
    ladder = Ladder(cp, cost, Control(None), ONE)
    found = ladder.climbed(patient=True)
    return found if found is None or found.solution is None else ladder.closed(found)


UNKNOWN = Found("unknown", 0, 0, None)


@pytest.mark.parametrize("seed", range(6))
def test_patience_ends_at_the_best_however_poor_each_search_is(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ladder, "searched", lambda _, limit: worst(seed, limit))
    cp, _, cost = cover(seed)
    found = patiently(cp, cost)
    assert found is not None
    assert found.value == found.bound == solved(*cover(seed)[::2])


@pytest.mark.parametrize("seed", range(6))
def test_patience_goes_on_after_a_search_without_an_answer(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched, asked = Ladder.searched, list[int]()

    def late(ladder: Ladder, limit: int) -> Found:
        asked.append(limit)
        return UNKNOWN if len(asked) == 1 else searched(ladder, limit)

    monkeypatch.setattr(Ladder, "searched", late)
    cp, _, cost = cover(seed)
    found = patiently(cp, cost)
    assert found is not None
    assert found.value == found.bound == solved(*cover(seed)[::2])


@pytest.mark.parametrize("seed", range(6))
def test_what_was_not_ruled_out_is_not_said_to_be(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One search finds something, or rules out; the next two have no answer."""
    asked: list[int] = []

    def tired(_: Ladder, limit: int) -> Found:
        found = worst(seed, limit)
        known = any(one >= solved(*cover(seed)[::2]) for one in asked)
        asked.append(limit)
        return UNKNOWN if known else found

    monkeypatch.setattr(Ladder, "searched", tired)
    cp, _, cost = cover(seed)
    found = patiently(cp, cost)
    assert found is not None
    least = solved(*cover(seed)[::2])
    assert found.bound <= least <= found.value
    assert len(asked) <= 15 + 2


def test_an_infeasible_model_has_no_relaxation() -> None:
    cp = cp_model.CpModel()
    one = cp.new_bool_var("")
    cp.add(one + 1 <= 0)
    assert climb(cp, 3 * one, None, Control(None), ONE) is None


def test_earlier_quantities_count_first() -> None:
    cp = cp_model.CpModel()
    one, other = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(one + other >= 1)
    ladder = Ladder(cp, 5 * other, Control(None), ONE)
    # the first can be 0, and then the second must be 1, whatever it costs
    assert ladder.least([one, other], [0, 0]) == (0, 1)
    found = ladder.climbed()
    assert found is not None
    assert (found.value, found.bound) == (5, 5)


def test_what_is_known_of_a_quantity_is_not_sought() -> None:
    cp = cp_model.CpModel()
    one, other = cp.new_int_var(0, 9, ""), cp.new_int_var(0, 9, "")
    cp.add(one + other >= 3)
    # the first is 0 at best, the second 3 then; that it is at least 2 changes nothing
    assert Ladder(cp, one + 0, Control(None), ONE).least([one, other], [0, 2]) == (0, 3)


def test_a_part_of_a_place_is_a_whole_one() -> None:
    # the relaxation says 4/3, so it is 2
    cp = cp_model.CpModel()
    places = cp.new_int_var(0, 9, "")
    cp.add(3 * places >= 4)
    assert Ladder(cp, places + 0, Control(None), ONE).least([places], [0]) == (2,)
