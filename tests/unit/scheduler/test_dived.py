"""What the optima of a dive hold together: cheaper, and with no more open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import dived as module
from scheduler.audit import audit
from scheduler.dived import dived
from scheduler.nearing import Nearing
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.weekly import Pattern
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import COVERED, planted
from tests.unit.scheduler.test_nearing import likely

DATED = {"on-leave", "room-closed"}
"""Musts that the dated stage sees to."""


def kind(control: Control | None = None, settings: Settings = ONE) -> Nearing:
    return Nearing(likely(control or Control()), settings)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_found_costs_less_and_leaves_no_more_open(workers: int) -> None:
    guide, start = planted()
    rounds = kind(settings=Settings(workers=workers, seed=0))
    found = dived(rounds, start, rounds.settings)
    judged = audit(guide.context, found.timetable)
    assert rounds.cost(found.timetable) < rounds.cost(start.timetable)
    assert judged.open_by_tier == found.coverage.tiers == COVERED.tiers
    assert {one.rule for one in judged.hard} <= DATED


def test_with_one_worker_it_repeats() -> None:
    _, start = planted()
    first, again = (dived(kind(), start, ONE).timetable for _ in range(2))
    assert first == again


def test_without_time_nothing_changes() -> None:
    _, start = planted()
    assert dived(kind(Control(0.0)), start, ONE) is start


def test_where_searches_find_nothing_what_costs_less_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What follows a dive is taken then only if it costs less than what there was."""
    _, start = planted()
    monkeypatch.setattr(module, "_searched", lambda _, pattern, *__: pattern)
    found = dived(kind(), start, ONE)
    assert kind().cost(found.timetable) <= kind().cost(start.timetable)
    best = module._dived_once(kind(), found, 0, ONE)
    assert kind().cost(best.timetable) <= kind().cost(found.timetable)


def test_what_leaves_more_open_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    guide, start = planted()
    rounds = kind()
    empty = start.timetable.model_copy(update={"holders": {}})
    assert sum(audit(guide.context, empty).open_by_tier) > 0
    monkeypatch.setattr(
        Nearing, "best_of", lambda _, begun, *__: replace(begun, timetable=empty, quality=0)
    )
    assert module._searched(rounds, start, [[]], ONE) is start
    monkeypatch.setattr(module, "filled_as_advised", lambda *_: empty)
    (advice, *_) = rounds.dive(start.timetable, 0)
    assert module.follow(rounds, start, advice) is start


def test_dives_end_with_the_time_that_is_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    _, start = planted()
    begun = list[int]()

    def once(_: Nearing, __: object, number: int, ___: object) -> Pattern:
        begun.append(number)
        return replace(start, quality=-number)

    monkeypatch.setattr(module, "_dived_once", once)
    dived(kind(), start, ONE)
    assert begun == list(range(module.DIVES))
    begun.clear()
    monkeypatch.setattr(module, "LEFT", 1.0)  # none of it is
    dived(kind(Control(60.0)), start, ONE)
    assert begun == [0]
