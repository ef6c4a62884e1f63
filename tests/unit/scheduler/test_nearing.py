"""Rounds towards the nearest optimum: no more open, within bounds, cheaper by their own cost."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from scheduler.areas import POINT, Areas
from scheduler.audit import audit
from scheduler.clubs_first import follow
from scheduler.greedy import filled_as_advised
from scheduler.likely_weeks import LikelyWeeks
from scheduler.nearing import (
    GRACE,
    MOST_PEOPLE,
    OPEN,
    PATIENCE,
    SECONDS,
    SLOW,
    WORTH,
    Nearing,
    _has_time,
    bring_near,
)
from scheduler.nearing import _followed as followed
from scheduler.nearing import _joined as joined
from scheduler.progress import Control, Progress, Stage
from scheduler.search import Settings, Task
from scheduler.weekly import Coverage, Pattern
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import COVERED, planted


def likely(control: Control, workers: int = 1) -> LikelyWeeks:
    guide, _ = planted()
    return LikelyWeeks(guide, Areas(guide.context.demand), control, workers)


def nearing(settings: Settings = ONE) -> Nearing:
    """Rounds of which the relaxation has been solved once."""
    kind = Nearing(likely(Control()), settings)
    assert kind.advice(planted()[1].timetable, 1) is not None
    return kind


def brought(start: Pattern, control: Control) -> Pattern:
    return bring_near(likely(control), start, control, ONE)


def dealt_quality(pattern: Pattern) -> int:
    from scheduler.deal import deal_classes

    guide, _ = planted()
    timetable = deal_classes(guide.context, guide.pools, pattern.timetable)
    return audit(guide.context, timetable).quality


def test_in_a_school_too_large_for_rounds_of_all_the_nearest_optimum_is_followed_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide, start = planted()
    monkeypatch.setattr("scheduler.nearing.MOST_PEOPLE", 0)
    monkeypatch.setattr("scheduler.nearing._has_time", lambda _: False)
    monkeypatch.setattr("scheduler.nearing.Improvement.run", None)  # no round
    found = brought(start, Control())
    followed = follow(nearing(), start, nearing().advice(start.timetable, 0))
    assert found.timetable == followed.timetable != start.timetable
    assert audit(guide.context, found.timetable).open_by_tier == COVERED.tiers


def test_a_large_school_has_clubs_first_where_there_is_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nine times as long as all before it took: after 10 s, 95 s are left of 105, but 90 of 100."""
    now = [0.0]
    monkeypatch.setattr("scheduler.progress.time.monotonic", lambda: now[0])
    limits = (None, 105, 100)
    controls = [Control(limit) for limit in limits]
    now[0] = 10.0
    assert [_has_time(control) for control in controls] == [True, True, False]
    monkeypatch.setattr("scheduler.nearing.MOST_PEOPLE", 0)
    monkeypatch.setattr("scheduler.nearing.with_clubs_first", lambda _, best: best)
    _, start = planted()
    assert brought(start, Control()) is start


def test_rounds_keep_coverage_and_never_go_below_the_bound() -> None:
    guide, start = planted()
    bound = guide.bound(0, Control())
    told: list[Progress] = []
    found = brought(start, Control(listener=told.append))
    judged = audit(guide.context, found.timetable)
    assert bound <= dealt_quality(found) < dealt_quality(start)
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}  # for the dated stage
    assert judged.open_by_tier == found.coverage.tiers == COVERED.tiers
    assert Stage.COVERAGE in {one.stage for one in told}
    assert all(one.best is None for one in told)  # with prices of areas, it is no value to show


@pytest.mark.parametrize("most", [0, MOST_PEOPLE])
def test_open_posts_are_filled_where_the_relaxation_would_fill_them(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.nearing._has_time", lambda _: False)
    monkeypatch.setattr("scheduler.nearing.MOST_PEOPLE", most)
    guide, start = planted()
    empty = start.timetable.model_copy(update={"holders": {}})
    tiers = audit(guide.context, empty).open_by_tier
    assert sum(tiers) > 0
    found = brought(Pattern(empty, Coverage(tiers, (0,) * len(tiers)), -1, 0), Control())
    assert audit(guide.context, found.timetable).open_by_tier == found.coverage.tiers
    assert sum(found.coverage.tiers) < sum(tiers)
    assert found.coverage.bounds == (0,) * len(tiers)


def test_where_rounds_are_of_few_people_they_begin_with_what_follows_whole_weeks() -> None:
    guide, start = planted()
    kind = nearing()
    assert kind.frees_all  # a school of 12 classes has no more people than a round
    assert followed(kind, start) is start
    assert kind.weeks.latest is None
    kind.frees_all = False
    found = followed(kind, start)
    assert kind.cost(found.timetable) < kind.cost(start.timetable)
    assert audit(guide.context, found.timetable).open_by_tier == COVERED.tiers
    # what it was made of is what is near to it, so nothing is looked for again
    assert kind.weeks.near(found.timetable, 2) is kind.weeks.latest
    assert kind.weeks.latest is not None
    everything = dict.fromkeys(start.timetable.holders, next(iter(guide.context.people)))
    broken = start.timetable.model_copy(update={"holders": everything})
    assert kind.cost(broken) == math.inf


def test_what_follows_advice_holds_whoever_it_has_whole_and_breaks_no_must() -> None:
    guide, start = planted()
    advice = nearing().advice(start.timetable, 1)
    assert advice is not None
    found = filled_as_advised(guide.context, guide.pools, start.timetable, advice, Control(), ONE)
    assert found is not None
    judged = audit(guide.context, found)
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}
    whole = missed = 0
    for pool in guide.pools:
        here = {found.holders.get(post.line) for post in pool.posts}
        for key, part in advice.people.get(pool.post.key, {}).items():
            whole += part > 0.99
            missed += part > 0.99 and key not in here
    assert whole > 20
    assert missed <= whole // 10  # a must that the relaxation keeps only in parts


def test_without_time_nothing_changes() -> None:
    _, start = planted()
    assert brought(start, Control(0.0)).timetable is start.timetable


def test_what_is_joined_holds_what_one_of_two_does_and_leaves_no_more_open() -> None:
    """The planted timetable is covered; what rounds make of it loses every tenth holder."""
    guide, start = planted()
    better = brought(start, Control())
    lines = list(better.timetable.holders)
    fewer = {line: better.timetable.holders[line] for n, line in enumerate(lines) if n % 10}
    near = better.timetable.model_copy(update={"holders": fewer})
    found = joined(guide, start, near, Control(), ONE)
    judged = audit(guide.context, found.timetable)
    assert sum(judged.open_by_tier) == 0 < sum(audit(guide.context, near).open_by_tier)
    for pool in guide.pools:
        lines = [post.line for post in pool.posts]
        either = {one.holders.get(line) for one in (start.timetable, near) for line in lines}
        assert {found.timetable.holders.get(line) for line in lines} <= either
    alone = joined(guide, start, start.timetable, Control(), ONE)
    assert found.quality < alone.quality


def test_a_round_is_searched_by_whole_points_where_there_is_one_area() -> None:
    _, start = planted()
    kind = nearing()
    model = kind.choose(replace(start, quality=-1))()
    assert model is not None
    found = kind.search(
        model, COVERED, start.timetable, Task(Control(), ONE, kind.effort, Stage.QUALITY)
    )
    assert found.began is not None
    assert found.quality < found.began
    assert found.quality % POINT == found.began % POINT == 0


def test_an_open_place_costs_twice_as_much_after_a_round_that_left_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, start = planted()
    kind = nearing()
    model = kind.choose(replace(start, quality=-1))()
    assert model is not None
    held = list(start.timetable.holders.items())
    for left, price in ((0, OPEN), (1, 2 * OPEN), (2, 4 * OPEN), (0, 4 * OPEN)):
        fewer = start.timetable.model_copy(update={"holders": dict(held[left:])})
        found = replace(start, timetable=fewer)
        monkeypatch.setattr("scheduler.nearing.branch_by", lambda *_, found=found, **__: found)
        kind.search(
            model, COVERED, start.timetable, Task(Control(), ONE, kind.effort, Stage.QUALITY)
        )
        assert kind.open_price == price


def test_rounds_end_when_some_in_a_row_gain_little() -> None:
    _, start = planted()
    kind = nearing()
    for part in (1, 0.5, 0.499):
        kind.choose(replace(start, quality=round(part * 10_000)))
        assert not kind.done
    kind.choose(replace(start, quality=round(0.5 * WORTH * 10_000) + 1))  # of two rounds before
    assert SLOW == 2
    assert kind.done


@pytest.mark.parametrize(("proved", "gain", "fewer"), [(True, 1, 0), (False, 1, 0), (False, 0, 3)])
def test_fewer_people_are_freed_only_after_a_round_that_ended_without_anything(
    proved: bool, gain: int, fewer: int
) -> None:
    """A quarter of 13 people, rounded down, is 3."""
    guide, _ = planted()
    kind = nearing()
    kind.learn(lambda: None, proved=proved, gain=gain)
    assert kind.groups.size == len(guide.context.people) - fewer == 13 - fewer


def test_a_round_leaves_the_time_that_is_for_what_follows() -> None:
    """Of 100 s, 95 are for what follows: a round may take 5 and be late by little, however long
    it finds nothing."""
    kind = Nearing(likely(Control(100.0)), ONE, until=95.0)
    effort = kind.effort
    assert 5 < effort.seconds * effort.patience <= 5 + GRACE
    kind = Nearing(likely(Control(100.0)), ONE, until=1.0)
    assert kind.effort.seconds * kind.effort.patience == SECONDS * PATIENCE
    assert Nearing(likely(Control()), ONE).effort.seconds == SECONDS
