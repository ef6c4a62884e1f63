"""Clubs first: cheaper, with no more open, and clubs that were settled stay while they should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler import clubs_first as module
from scheduler.audit import audit
from scheduler.clubs_first import follow, with_clubs_first
from scheduler.guide import Guide
from scheduler.nearing import Nearing
from scheduler.progress import Control
from scheduler.relaxation import Relaxation
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
    monkeypatch.setattr(module, "WAYS", 1)
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


def test_settled_clubs_are_at_one_time_each() -> None:
    guide, start = planted()
    settled = guide.settled(start.timetable, 0, Control())
    assert settled is not None
    advice = settled.taken
    assert {len(options) for options in advice.options.values()} == {1}
    assert advice.options.keys() == guide.context.demand.options.keys()
    # the relaxation of all times is as it was but for cuts, and bounds what settled clubs can be
    assert (settled.form.lower >= guide.form.lower).all()
    loose, held = (Relaxation(guide.model.cp, one.form) for one in (guide, settled))
    assert loose.solve(None)
    assert held.solve(None)
    assert loose.bound() <= held.bound()


def test_around_a_timetable_its_clubs_may_move() -> None:
    guide, start = planted()
    found = guide.around(start.timetable, 0, Control())
    assert found is not None
    assert len(found.form.low) > len(guide.form.low)
    columns = [literal.index for literal in guide.model.placed.values()]
    assert (found.form.upper[columns] == guide.form.upper[columns]).all()
    assert guide.around(start.timetable, 0, Control(0.0)) is None
    assert guide.settled(start.timetable, 0, Control(0.0)) is None


def test_ways_are_tried_as_far_as_their_time_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    _, start = planted()
    begun = list[int]()

    def way(_: Nearing, best: object, number: int, __: float) -> object:
        begun.append(number)
        return replace(start, quality=number)

    monkeypatch.setattr(module, "_with_settled_clubs", way)
    monkeypatch.setattr(module, "_with_clubs_that_move", lambda _, pattern, __: pattern)
    with_clubs_first(kind(), start)
    assert begun == list(range(module.WAYS))
    begun.clear()
    monkeypatch.setattr(module, "SHARE", 0.0)  # none of it is for a second one
    with_clubs_first(kind(Control(60.0)), start)
    assert begun in ([], [0])


def test_where_clubs_cannot_be_settled_what_there_was_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, start = planted()
    monkeypatch.setattr(Guide, "settled", lambda *_: None)
    monkeypatch.setattr(Guide, "around", lambda *_: None)
    assert with_clubs_first(kind(), start) is start


def test_what_leaves_more_open_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    guide, start = planted()
    rounds = kind()
    empty = start.timetable.model_copy(update={"holders": {}})
    assert sum(audit(guide.context, empty).open_by_tier) > 0
    assert module._if_as_full(rounds, replace(start, timetable=empty), start) is start
    monkeypatch.setattr(module, "filled_as_advised", lambda *_: empty)
    settled = guide.settled(start.timetable, 0, Control())
    assert settled is not None
    assert follow(rounds, start, settled.taken) is start
    assert follow(rounds, start, None) is start
