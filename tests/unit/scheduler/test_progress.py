"""What a solve tells, how it is stopped, and how it keeps its time; the clock is ours."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from scheduler import progress
from scheduler.progress import Control, Progress, Stage

Advance = Callable[[float], None]


@pytest.fixture
def advance(monkeypatch: pytest.MonkeyPatch) -> Advance:
    """A clock that stands still until it is moved on."""
    now = [1000.0]
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


def test_without_a_limit_time_never_ends(advance: Advance) -> None:
    control = Control()
    control.hold_back(350)
    advance(10_000)
    assert control.seconds == 10_000
    assert control.left is None
    assert control.reserve == 0
    assert not control.over


def test_time_left_ends_at_the_limit(advance: Advance) -> None:
    control = Control(time_limit=60)
    advance(45)
    assert control.left == 15
    assert not control.over
    advance(15)
    assert control.left == 0
    assert control.over
    advance(5)
    assert control.left == 0
    assert not control.stopped


@pytest.mark.parametrize(
    ("limit", "people", "reserve"),
    [
        (50, 1000, 6),  # 12 % of 50
        (100, 1000, 12),
        (600, 1000, 12),  # never more than 12 seconds
        (100, 100, 2.2),  # 0.022 for each of 100 people
    ],
)
def test_some_time_is_held_back_and_released(
    advance: Advance, limit: int, people: int, reserve: float
) -> None:
    control = Control(time_limit=limit)
    control.hold_back(people)
    assert control.reserve == pytest.approx(reserve)
    advance(limit - reserve)
    assert control.left == pytest.approx(0, abs=1e-6)
    control.release()
    assert control.left == pytest.approx(reserve)
    assert not control.over


def test_stop_interrupts_what_runs_and_ends_the_solve() -> None:
    control, calls = Control(), list[str]()
    with control.running(lambda: calls.append("first")):
        pass
    second, third = (lambda: calls.append("second")), (lambda: calls.append("third"))
    with control.running(second), control.running(third):
        assert calls == []
        control.stop()
    assert calls == ["second", "third"]
    assert control.stopped
    assert control.over


def test_stop_between_two_searches_interrupts_the_next() -> None:
    control, calls = Control(), list[str]()
    control.stop()
    assert control.over
    with control.running(lambda: calls.append("next")):
        assert calls == ["next"]
    assert calls == ["next"]


def test_progress_is_told_with_its_time(advance: Advance) -> None:
    told: list[Progress] = []
    control = Control(listener=told.append)
    advance(3)
    control.tell(Stage.COVERAGE)
    advance(4)
    control.tell(Stage.QUALITY, 12, 7)
    assert told == [
        Progress(Stage.COVERAGE, 3, None, None),
        Progress(Stage.QUALITY, 7, 12, 7),
    ]


def test_a_little_time_is_there_however_late_it_is(advance: Advance) -> None:
    """Of ten seconds, eight are over: two are there anyway, five are given, on the same clock."""
    told: list[Progress] = []
    control = Control(10, told.append)
    advance(8)
    assert control.at_least(2) is control
    more = control.at_least(5)
    assert (more.left, more.seconds) == (5, 8)
    more.tell(Stage.COVERS)
    assert [one.seconds for one in told] == [8]
    control.stop()
    assert control.at_least(2).left == 2
    assert not control.at_least(2).over


def test_nobody_need_listen() -> None:
    Control().tell(Stage.AUDIT, 1, 1)


def test_stages_have_different_names_in_both_languages() -> None:
    for lang in ("zh", "en"):
        names = [getattr(stage.value, lang) for stage in Stage]
        assert all(names)
        assert len(set(names)) == len(names)
