"""Diving: optima nearer and nearer to a timetable, and a relaxation that is as it was after it."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler import diving
from scheduler.diving import dive
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, Relaxation

KEYS = [None, None, None]


def odd_circle(cost: int = 1) -> tuple[Relaxation, list[int]]:
    """Of each two of three, one has to be taken: half of each in the relaxation, at 1.5 times the
    cost; two of them in whole numbers."""
    cp = cp_model.CpModel()
    taken = [cp.new_bool_var("") for _ in range(3)]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        cp.add(taken[one] + taken[other] >= 1)
    cp.minimize(cost * sum(taken))
    program = Relaxation(cp, LinearForm(cp))
    assert program.solve(None)
    return program, [one.index for one in taken]


@pytest.fixture(autouse=True)
def every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diving, "FEW", 1)


def test_parts_are_rounded_up_until_none_is_left() -> None:
    program, columns = odd_circle()
    assert program.value == pytest.approx(1.5)
    found = dive(program, list(zip(columns, KEYS, strict=True)), 10, Control())
    assert [float(values.sum()) for values in found] == pytest.approx([1.5, 2.0])
    assert np.allclose(found[0], 0.5)
    assert set(np.round(found[1], 6)) <= {0.0, 1.0}


def test_afterwards_nothing_is_raised() -> None:
    program, columns = odd_circle()
    dive(program, list(zip(columns, KEYS, strict=True)), 10, Control())
    assert program.solve(None)
    assert program.value == pytest.approx(1.5)


def test_a_step_that_costs_much_is_not_made() -> None:
    """Half a taking more, at 9 points, is 4.5 points; for 10 people 1 point is allowed."""
    program, columns = odd_circle(cost=9)
    found = dive(program, list(zip(columns, KEYS, strict=True)), 10, Control())
    assert len(found) == 1
    assert program.solve(None)
    assert program.value == pytest.approx(13.5)


def test_of_one_person_one_at_a_time_is_rounded_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diving, "AT_A_TIME", 1)
    parts = [(0.6, 4, "王芳"), (0.5, 2, "王芳"), (0.5, 3, "李明"), (0.4, 1, None), (0.3, 0, None)]
    assert diving._first_of_each(parts) == [4, 3, 1, 0]


def test_with_few_parts_left_or_without_time_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    program, columns = odd_circle()
    pairs = list(zip(columns, KEYS, strict=True))
    assert len(dive(program, pairs, 10, Control(0.0))) == 1
    monkeypatch.setattr(diving, "FEW", 4)
    assert len(dive(program, pairs, 10, Control())) == 1
