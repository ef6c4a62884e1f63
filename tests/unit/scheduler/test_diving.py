"""Diving: every choice that can be made is made, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from scheduler.diving import AT_A_TIME, ROUNDS, Dive
from scheduler.progress import Control

if TYPE_CHECKING:
    from scheduler.relaxation import Floats
    from scheduler.whole_weeks import WholeWeeks


class Mixture:
    """Parts of columns, of which some cannot be one together."""

    def __init__(self, parts: dict[int, float], never: list[set[int]] | None = None) -> None:
        self.parts = parts
        self.never = never or []
        self.low: dict[int, float] = {}
        self.held = list[tuple[list[int], float, float]]()
        self.looked = list[int]()

    def taken(self) -> Floats:
        values = np.zeros(max(self.parts) + 1)
        for column, part in self.parts.items():
            values[column] = part
        return values

    def hold(self, columns: list[int], low: float, high: float, _: float | None) -> bool:
        self.held.append((list(columns), low, high))
        self.low |= dict.fromkeys(columns, low)
        whole = {column for column, one in self.low.items() if one == 1.0}
        return not any(some <= whole for some in self.never)

    def look_for_prices(self, _: float | None, *, rounds: int, enough: float) -> float:
        self.looked.append(rounds)
        return enough


def dive(
    mixture: Mixture, choices: dict[str, list[int]], control: Control | None = None
) -> dict[str, int] | None:
    return Dive(cast("WholeWeeks", mixture), choices).run(control or Control(), None)


def test_whole_ones_and_the_nearest_come_first() -> None:
    """Two of five are whole; of three in parts the nearest comes with them (3 / 3 = 1), then one
    after the other (2 / 3 and 1 / 3, rounded up)."""
    assert AT_A_TIME == 3
    parts = {0: 1.0, 1: 0.0, 2: 0.995, 3: 0.7, 4: 0.3, 5: 0.6, 6: 0.4, 7: 0.5, 8: 0.2}
    mixture = Mixture(parts)
    choices = {"a": [0, 1], "b": [2], "c": [3, 4], "d": [5, 6], "e": [7, 8]}
    assert dive(mixture, choices) == {"a": 0, "b": 2, "c": 3, "d": 5, "e": 7}
    assert [columns for columns, *_ in mixture.held] == [[0, 2, 3], [5], [7]]
    assert all((low, high) == (1.0, 1.0) for _, low, high in mixture.held)
    assert mixture.looked == [ROUNDS, ROUNDS]  # not once all is chosen


def test_choices_that_do_not_go_together_are_made_one_by_one() -> None:
    """All are whole, but the first two cannot be together: of these the second has another time."""
    mixture = Mixture({0: 1.0, 1: 1.0, 2: 0.0, 3: 1.0}, never=[{0, 1}])
    assert dive(mixture, {"a": [0], "b": [1, 2], "c": [3]}) == {"a": 0, "b": 2, "c": 3}
    assert ([1], 0.0, 0.0) in mixture.held


def test_what_can_be_at_no_time_is_left_out() -> None:
    mixture = Mixture({0: 1.0, 1: 1.0}, never=[{0}])
    assert dive(mixture, {"a": [0], "b": [1]}) == {"b": 1}


def test_where_nothing_is_possible_any_more_there_is_no_answer() -> None:
    mixture = Mixture({0: 1.0}, never=[set()])
    assert dive(mixture, {"a": [0]}) is None


def test_without_time_nothing_is_chosen() -> None:
    assert dive(Mixture({0: 1.0}), {"a": [0]}, Control(0.0)) is None


def test_late_prices_stay_as_they_are() -> None:
    mixture = Mixture({0: 0.6, 1: 0.5, 2: 0.4})
    choices = {"a": [0], "b": [1], "c": [2]}
    found = Dive(cast("WholeWeeks", mixture), choices).run(Control(), 0.0)
    assert found == {"a": 0, "b": 1, "c": 2}
    assert mixture.looked == []
