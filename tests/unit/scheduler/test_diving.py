"""Diving: every choice is made, in a relaxation that stays where it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from ortools.sat.python import cp_model

from scheduler.cuts import Row
from scheduler.diving import Dive
from scheduler.needs import NeedCuts
from scheduler.progress import Control
from scheduler.relaxation import LinearForm, Relaxation

if TYPE_CHECKING:
    from scheduler.relaxation import Floats


class Cuts:
    """Hands out rows once."""

    def __init__(self, *rows: Row) -> None:
        self.rows = list(rows)

    def violated(self, _: Floats) -> list[Row]:
        rows, self.rows = self.rows, []
        return rows


def two_of_three(cost: int = 1) -> tuple[Relaxation, dict[str, list[int]]]:
    """Three clubs, each early or late; two at the same time cost ``cost``: in the relaxation half
    of each is at either time, which costs nothing."""
    cp = cp_model.CpModel()
    early = [cp.new_bool_var("") for _ in range(3)]
    late = [cp.new_bool_var("") for _ in range(3)]
    clashes = []
    for club in range(3):
        cp.add_at_most_one(early[club], late[club])
        cp.add(early[club] + late[club] == 1)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        for at in (early, late):
            clash = cp.new_bool_var("")
            cp.add(at[one] + at[other] - 1 <= clash)
            clashes.append(clash)
    cp.minimize(cost * sum(clashes))
    program = Relaxation(cp, LinearForm(cp))
    assert program.solve(None)
    return program, {str(n): [early[n].index, late[n].index] for n in range(3)}


def dive(program: Relaxation, choices: dict[str, list[int]], *rows: Row) -> Dive:
    return Dive(program, choices, cast("NeedCuts", Cuts(*rows)))


def test_every_club_gets_one_time_and_the_relaxation_keeps_it() -> None:
    """Of three clubs at two times, two meet at once: one clash."""
    program, choices = two_of_three()
    assert program.value == pytest.approx(0.0)
    found = dive(program, choices).run(Control())
    assert found is not None
    assert found.keys() == choices.keys()
    for name, column in found.items():
        assert column in choices[name]
        assert program.values[column] == pytest.approx(1.0)
    assert program.value == pytest.approx(1.0)


def test_what_cannot_be_is_not_chosen() -> None:
    """The first club can be at no time with the others: they meet, it does not."""
    never = cp_model.CpModel()
    club = [never.new_bool_var("") for _ in range(3)]
    never.add(2 * club[0] <= club[1] + 0)  # half of it in the relaxation, nothing in truth
    never.add(club[0] + club[2] <= 1)
    never.minimize(-5 * club[0] - club[1] - club[2])
    program = Relaxation(never, LinearForm(never))
    assert program.solve(None)
    assert program.values[0] == pytest.approx(0.5)
    choices = {str(n): [one.index] for n, one in enumerate(club)}
    assert dive(program, choices).run(Control()) == {"1": 1, "2": 2}


def test_cuts_that_an_optimum_breaks_are_kept() -> None:
    """With a row that forbids the first club to be early, it is late."""
    program, choices = two_of_three()
    row = Row([choices["0"][0]], [1], 0)
    found = dive(program, choices, row)
    chosen = found.run(Control())
    assert found.rows == [row]
    assert chosen is not None
    assert chosen["0"] == choices["0"][1]


def test_without_time_nothing_is_chosen() -> None:
    program, choices = two_of_three()
    assert dive(program, choices).run(Control(0.0)) is None
