"""Figures of fairness on values and schools small enough to count by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from constraints.context import Context
from constraints.examples import Tiny, wish
from instances.words import Level
from scheduler.figures import fairness, gini, jain, people_figures
from scheduler.result import Fairness, PersonFigures


def figures(tiny: Tiny) -> tuple[dict[str, PersonFigures], Fairness]:
    instance, timetable = tiny.done()
    context = Context(instance)
    people = people_figures(context, context.view(timetable))
    return people, fairness(people)


def test_gini_of_values() -> None:
    # |0 - 1| twice over all ordered pairs = 2; 2 / (2 * 2² * 1/2) = 1/2
    assert gini([0, 1]) == pytest.approx(0.5)
    # 1, 2, 3: differences 1, 1, 2, twice each = 8; 8 / (2 * 3² * 2) = 2/9
    assert gini([3, 1, 2]) == pytest.approx(2 / 9)
    assert gini([2, 2, 2]) == 0
    assert gini([]) == gini([0, 0]) == 0


def test_jain_of_values() -> None:
    assert jain([0, 1]) == pytest.approx(0.5)  # 1² / (2 * 1)
    assert jain([3, 1, 2]) == pytest.approx(36 / 42)  # 6² / (3 * (9 + 1 + 4))
    assert jain([2, 2, 2]) == 1
    assert jain([]) == jain([0, 0]) == 1


def test_loads_are_compared_with_shares() -> None:
    # Ten units, shares 5 and 5; 王芳 has 8, 李明 2: ratios 8/5 and 2/5.
    # Gini: 2 * 6/5 / (2 * 4 * 1) = 0.3; Jain: 2² / (2 * (2.56 + 0.16)) = 4 / 5.44 = 0.735
    _, found = figures(
        Tiny()
        .classes("三1")
        .staff("王芳", "李明")
        .staff("教练", outside=True)
        .care("Mon", "Tue", "Wed", "Thu", "Fri")
        .holds("王芳", "看护", "Mon", "Tue", "Wed", "Thu")
        .holds("李明", "看护", "Fri")
    )
    assert found.load_max_over == 3
    assert found.load_mean_abs_dev == 3
    assert found.load_gini == pytest.approx(0.3)
    assert found.load_jain == pytest.approx(0.735)


def test_unwelcome_work_is_counted_against_ones_part() -> None:
    # One late Friday (the only Friday segment), half a slot each. 王芳 has it, and Monday, which
    # she would rather not have: 2 - 0.5 = 1.5 away; 李明 has nothing unwelcome: 0.5. Mean 1.
    people, found = figures(
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Mon 作业", Level.RATHER_NOT),))
        .staff("李明")
        .care("Mon", "Tue", "Fri")
        .holds("王芳", "看护", "Mon", "Fri")
        .holds("李明", "看护", "Tue")
    )
    assert {key: person.unwelcome for key, person in people.items()} == {"王芳": 2, "李明": 0}
    assert found.unwelcome_max == 2
    assert found.unwelcome_mean_abs_dev == 1


def test_balance_of_earlier_terms_counts_as_load_already_had() -> None:
    # 10 units, 5 each, of which 王芳 has worked 2 in earlier terms: with 3 she is even
    people, found = figures(
        Tiny()
        .classes("三1")
        .staff("王芳", balance=Decimal(2))
        .staff("李明")
        .care("Mon", "Tue", "Wed", "Thu", "Fri")
        .holds("王芳", "看护", "Mon")
        .holds("李明", "看护", "Tue", "Wed", "Thu", "Fri")
    )
    assert people["王芳"].share == 3
    # 王芳 2 of 3, 李明 8 of 5: 1 below, 3 above
    assert (found.load_max_over, found.load_mean_abs_dev) == (3, 2)


def test_a_school_without_work_is_even() -> None:
    _, found = figures(Tiny().classes("三1").staff("王芳").care("Mon"))
    assert (found.load_gini, found.load_jain, found.unwelcome_max) == (0, 1, 0)
