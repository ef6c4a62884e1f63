"""Rounds in which classes are with people they know: never worse, and within what is allowed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from constraints.pools import merged_pools
from constraints.rules.class_changes_hands import care_posts
from scheduler.advised import advised_model
from scheduler.areas import Areas
from scheduler.audit import audit
from scheduler.branch import branch
from scheduler.familiar import PEOPLE, ROUND, STRANGERS, Familiar
from scheduler.guide import Advice, Guide
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Progress, Stage
from scheduler.rounds_in_turn import improve_full
from scheduler.search import Task
from scheduler.weekly import hold_coverage
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import COVERED, planted

NOTHING = Advice({}, {})


def nothing() -> None:
    """A round that freed nothing."""


def familiar(guide: Guide) -> Familiar:
    weeks = LikelyWeeks(guide, Areas(guide.context.demand), Control(), workers=1)
    return Familiar(weeks, merged_pools(guide.context), seed=0)


def test_rounds_better_the_full_model_and_keep_coverage() -> None:
    guide, start = planted()
    told: list[Progress] = []
    found = improve_full(familiar(guide), start, Control(listener=told.append), ONE, rounds=4)
    judged = audit(guide.context, found.timetable)
    assert judged.quality == found.quality < start.quality  # the model charges what checks find
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}  # for the dated stage
    assert len(judged.view.timetable.holders) >= len(start.timetable.holders)
    assert {one.stage for one in told} == {Stage.IMPROVE}


def test_what_is_proved_best_needs_no_rounds() -> None:
    guide, start = planted()
    best = replace(start, quality=5, bound=5)
    assert improve_full(familiar(guide), best, Control(), ONE, rounds=9) is best


def test_without_time_there_is_no_round() -> None:
    guide, start = planted()
    assert improve_full(familiar(guide), start, Control(0.0), ONE, rounds=9) is start


def test_without_advice_and_strangers_people_change_within_the_classes_they_know() -> None:
    guide, start = planted()
    demand = guide.context.demand
    kind = familiar(guide)
    everybody = set(guide.context.people)
    model = kind._familiar_model(start.timetable, NOTHING, everybody, {})
    knows: dict[str, set[str]] = defaultdict(set)
    for post in demand.posts:
        if post.line in start.timetable.holders and care_posts(demand, post):
            for name in post.classes:
                knows[name].add(start.timetable.holders[post.line])
    for school_class in demand.instance.classes:
        knows[school_class.name].add(str(school_class.home_teacher))
    choices = 0
    for pool, holders in zip(model.pools, model.holders, strict=True):
        alike = kind.pool_of[pool.post.line]
        if care_posts(demand, pool.post) and alike.count > 1:
            assert set(holders) <= set().union(*(knows[name] for name in pool.post.classes))
            now = {start.timetable.holders.get(post.line) for post in alike.posts}
            assert set(holders) <= now  # at the times they have now
            choices += len(holders) > 1
    assert choices > 0


def test_strangers_may_come_to_a_class_that_does_not_know_them() -> None:
    guide, start = planted()
    kind = familiar(guide)
    everybody = set(guide.context.people)
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    few, more = (
        sum(len(h) for h in model.holders)
        for model in (
            kind._familiar_model(start.timetable, advice, everybody, strangers)
            for strangers in ({}, {key: set(names) for key, names in kind.classes.items()})
        )
    )
    assert few < more


def test_in_a_large_school_nobody_outside_the_group_of_a_round_gets_a_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.familiar.EVERYBODY", 5)
    guide, start = planted()
    kind = familiar(guide)
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    model = kind._familiar_model(
        start.timetable, advice, set(), {key: set(names) for key, names in kind.classes.items()}
    )
    holders = start.timetable.holders
    for pool, here in zip(model.pools, model.holders, strict=True):
        assert set(here) <= {holders.get(pool.post.line)}


@pytest.mark.parametrize(
    ("ends", "strangers", "freed"),
    [
        ([True], 8, 13),  # 5 + 2 + 5 // 4
        ([True, True], 12, 13),  # 8 + 2 + 8 // 4
        ([False], 4, 13),  # 5 - 5 // 4: there are more than one for four people
        ([False] * 3, 3, 10),  # 4 - 4 // 4, which is not more; then fewer people: 13 - 13 // 4
        ([False] * 3 + [True], 3, 12),  # who become more again: 10 + 10 // 5
    ],
)
def test_more_strangers_come_while_rounds_are_searched_to_their_end(
    ends: list[bool], strangers: int, freed: int
) -> None:
    guide, _ = planted()
    kind = familiar(guide)
    people = len(guide.context.people)
    assert (STRANGERS, people) == (5, 13)
    assert kind.groups.size == people <= PEOPLE  # everybody, where there are few
    for proved in ends:
        kind.learn(nothing, proved=proved, gain=0)
    assert kind.strangers == strangers
    assert kind.groups.size == freed


def test_what_rounds_met_last_is_allowed_beside_the_best() -> None:
    guide, start = planted()
    kind = familiar(guide)
    everybody = set(guide.context.people)
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    model = kind._familiar_model(start.timetable, advice, everybody, {})
    hold_coverage(model, COVERED)
    found = kind.search(model, COVERED, start.timetable, Task(Control(), ONE, ROUND, Stage.IMPROVE))
    assert found.quality < start.quality
    again = kind._familiar_model(start.timetable, NOTHING, everybody, {})
    holders = {pool.post.line: here for pool, here in zip(again.pools, again.holders, strict=True)}
    moved = [
        line
        for line, key in found.timetable.holders.items()
        if start.timetable.holders.get(line) != key
    ]
    assert moved
    assert all(found.timetable.holders[line] in holders[line] for line in moved)


def test_rounds_go_by_what_the_start_is_worth_to_them() -> None:
    """The value told with the start is 30 points too good: no round finds anything as good."""
    guide, start = planted()
    found = improve_full(familiar(guide), start, Control(), ONE, rounds=2)
    flattered = replace(start, quality=found.quality - 30)
    assert improve_full(familiar(guide), flattered, Control(), ONE, rounds=2) == found


def test_only_what_runs_beside_others_keeps_to_seconds_without_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One node of the tree at most, or no second at all: what was asked for is what ends it."""
    monkeypatch.setattr("scheduler.branch.NODES", 10**6)
    guide, start = planted()
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    at_once = replace(ROUND, seconds=0.0)
    found = []
    for timed in (False, True):
        model = advised_model(guide, start.timetable, [advice], guide.context.people)
        hold_coverage(model, COVERED)
        settings = replace(ONE, timed=timed)
        one = branch(
            model, COVERED, start.timetable, Task(Control(), settings, at_once, Stage.IMPROVE)
        )
        found.append(one)
    assert found[0].quality == found[0].bound < found[1].quality  # proved, and not begun


def test_a_first_round_that_found_something_worse_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide, start = planted()
    worse = replace(start, timetable=start.timetable.model_copy(), quality=start.quality + 1)
    monkeypatch.setattr(Familiar, "search", lambda *_: worse)
    assert improve_full(familiar(guide), start, Control(), ONE, rounds=1) is start
