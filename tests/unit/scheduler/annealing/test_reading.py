"""What rows say to annealing, on programs of a few columns."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.annealing.program import undominated
from scheduler.annealing.reading import FOLLOWS, HELD, SET_ASIDE, Need, Said, Unsuited, _Reading
from scheduler.relaxation import LinearForm


def said(cp: cp_model.CpModel, roles: list[int], values: list[int]) -> Said:
    form = LinearForm(cp)
    role = np.array(roles, dtype=np.int8)
    groups = [[n] for n, one in enumerate(roles) if one == HELD]
    start = Said(groups, role, form.lower.astype(np.int64))
    return _Reading(form, np.array(values, dtype=np.int64), start).run()


def test_rows_of_holdings_are_musts_less_what_is_settled() -> None:
    """2a + b + 3c <= 5 where c is settled as 1: 2a + b <= 2; a + b >= 1: -a - b <= -1."""
    cp = cp_model.CpModel()
    a, b, c = (cp.new_bool_var(name) for name in "abc")
    cp.add(2 * a + b + 3 * c <= 5)
    cp.add(a + b >= 1)
    found = said(cp, [HELD, HELD, SET_ASIDE], [1, 0, 1])
    assert found.musts == [(((0, 2), (1, 1)), 2), (((0, -1), (1, -1)), -1)]


def test_what_follows_is_the_least_that_rows_allow() -> None:
    """10x >= 3a + 4b - 2, so x is at least (-2 + 3a + 4b) / 10; y is true if a or b is."""
    cp = cp_model.CpModel()
    a, b = cp.new_bool_var("a"), cp.new_bool_var("b")
    x, y = cp.new_int_var(0, 9, "x"), cp.new_bool_var("y")
    cp.add(10 * x >= 3 * a + 4 * b - 2)
    cp.add_implication(a, y)
    cp.add_implication(b, y)
    found = said(cp, [HELD, HELD, FOLLOWS, FOLLOWS], [0, 0, 0, 0])
    assert found.needs == [Need(2, ((0, -3), (1, -4)), -2, 10)]
    assert found.either == {3: [0, 1]}
    assert found.musts == []


def test_a_set_tells_a_sum() -> None:
    """Of y0, y1, y2 the one is true that is a + b; x >= 5 y2 speaks of it."""
    cp = cp_model.CpModel()
    a, b, *y = (cp.new_bool_var(name) for name in ("a", "b", "y0", "y1", "y2"))
    x = cp.new_int_var(0, 9, "x")
    cp.add_exactly_one(y)
    cp.add(y[1] + 2 * y[2] == a + b)
    cp.add(x >= 5 * y[2])
    found = said(cp, [HELD, HELD, *[FOLLOWS] * 4], [0, 0, 1, 0, 0, 0])
    assert found.sets == [([2, 3, 4], ((0, 1), (1, 1)))]
    assert found.needs == [Need(5, ((4, -5),), 0, 1)]


def test_a_set_that_tells_nothing_is_not_understood() -> None:
    cp = cp_model.CpModel()
    a, b, c = (cp.new_bool_var(name) for name in "abc")
    cp.add_exactly_one(b, c)
    cp.add(a + b >= 0)
    with pytest.raises(Unsuited):
        said(cp, [HELD, FOLLOWS, FOLLOWS], [0, 1, 0])


def test_a_limit_of_what_follows_and_a_lower_one() -> None:
    """x <= 3 - 2a, as a row; 2x >= 3 makes x at least 2."""
    cp = cp_model.CpModel()
    a, x = cp.new_bool_var("a"), cp.new_int_var(0, 9, "x")
    cp.add(x + 2 * a <= 3)
    cp.add(2 * x >= 3)
    found = said(cp, [HELD, FOLLOWS], [0, 2])
    assert found.limits == [(((0, 2), (1, 1)), 3)]
    assert found.lower.tolist() == [0, 2]


def test_musts_that_say_nothing_more_are_left_out() -> None:
    """Columns 0, 1 are one post, 2, 3 another, 4 a third."""
    groups = [[0, 1], [2, 3], [4]]
    wide = (((0, 1), (2, 1), (4, 1)), 1)
    narrow = (((0, 1), (2, 1)), 1)
    within = (((0, 1), (1, 1)), 1)
    roomy = (((0, 1), (2, 1)), 2)
    other = (((0, 2), (2, 1)), 2)
    filled = (((2, -1), (3, -1)), -1)  # one of both is taken anyhow
    lacking = (((0, -1), (2, -1)), -1)
    assert undominated([narrow, wide, within, roomy, other, filled, lacking], groups) == [
        wide,
        other,
        lacking,
    ]
