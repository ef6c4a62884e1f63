"""Clubs first: cheaper, with no more open, and clubs that were settled stay while they should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import clubs_first as module
from scheduler.audit import audit
from scheduler.clubs_first import follow, with_clubs_first
from scheduler.nearing import Nearing
from scheduler.progress import Control
from scheduler.search import Settings
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import COVERED, planted
from tests.unit.scheduler.test_nearing import likely

DATED = {"on-leave", "room-closed"}
"""Musts that the dated stage sees to."""


def kind(control: Control | None = None, settings: Settings = ONE) -> Nearing:
    return Nearing(likely(control or Control()), settings)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROUNDS", 2)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("short")
def test_what_is_found_costs_less_and_leaves_no_more_open(workers: int) -> None:
    guide, start = planted()
    rounds = kind(settings=Settings(workers=workers, seed=0))
    found = with_clubs_first(rounds, start)
    judged = audit(guide.context, found.timetable)
    assert rounds.cost(found.timetable) < rounds.cost(start.timetable)
    assert judged.open_by_tier == found.coverage.tiers == COVERED.tiers
    assert {one.rule for one in judged.hard} <= DATED


@pytest.mark.usefixtures("short")
def test_with_one_worker_it_repeats() -> None:
    _, start = planted()
    first, again = (with_clubs_first(kind(), start).timetable for _ in range(2))
    assert first == again


def test_without_time_nothing_changes() -> None:
    _, start = planted()
    assert with_clubs_first(kind(Control(0.0)), start) is start


def test_where_clubs_cannot_be_settled_what_there_was_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, start = planted()
    monkeypatch.setattr(module, "settled", lambda *_: None)
    monkeypatch.setattr(module, "around", lambda *_: None)
    assert with_clubs_first(kind(), start) is start


def test_what_leaves_more_open_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    guide, start = planted()
    rounds = kind()
    empty = start.timetable.model_copy(update={"holders": {}})
    assert sum(audit(guide.context, empty).open_by_tier) > 0
    assert module._if_as_full(rounds, replace(start, timetable=empty), start) is start
    monkeypatch.setattr(module, "filled_as_advised", lambda *_: empty)
    advice = guide.near(start.timetable, 0, Control())
    assert advice is not None
    assert follow(rounds, start, advice) is start
    assert follow(rounds, start, None) is start
