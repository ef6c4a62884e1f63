"""A bound that is proved beside something else is there at its end, and holds."""

from __future__ import annotations

import pytest

from scheduler.areas import Areas
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control
from scheduler.proving import proving
from scheduler.search import Settings
from tests.unit.scheduler.test_advised import planted

OPTIMUM = 52
"""Points of the best timetable of the planted school, as `solve` proves it."""


def likely(control: Control) -> LikelyWeeks:
    guide, _ = planted()
    guide.proved = 0
    return LikelyWeeks(guide, Areas(guide.context.demand), control, 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_where_nobody_asks_for_weeks_it_ends_all_the_same(workers: int) -> None:
    control = Control()
    weeks = likely(control)
    with proving(weeks, control, Settings(workers=workers, seed=0)):
        pass
    assert 0 <= weeks.guide.proved <= OPTIMUM
    assert weeks.begun.is_set()


@pytest.mark.parametrize("workers", [1, 2])
def test_alone_it_looks_for_whole_weeks_of_its_own(workers: int) -> None:
    control = Control()
    weeks = likely(control)
    with proving(weeks, control, Settings(workers=workers, seed=0), alone=True) as proof:
        assert not proof.goes_on  # it waits until the program can be read
        weeks.provable.set()
        assert proof.goes_on == (workers == 2)
        while workers == 2 and not weeks.guide.proved:
            pass
    assert not proof.goes_on
    assert 0 < weeks.guide.proved <= OPTIMUM


def test_what_fails_meanwhile_is_told() -> None:
    control = Control()
    control.stop()
    with (
        pytest.raises(KeyError, match="meanwhile"),
        proving(likely(control), control, Settings(workers=2, seed=0)),
    ):
        raise KeyError("meanwhile")


def test_where_nothing_is_ever_read_it_ends_without_a_bound() -> None:
    control = Control()
    weeks = likely(control)
    with proving(weeks, control, Settings(workers=2, seed=0), alone=True):
        pass
    assert weeks.guide.proved == 0
