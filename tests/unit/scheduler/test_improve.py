"""Improvement around a timetable: never worse, never a must broken, nobody else concerned."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

from constraints.context import Context
from constraints.examples import Tiny, wish
from constraints.model import Model
from constraints.pools import Pool, merged_pools, single_pools
from instances.generate import Preset, generate_with_plan
from instances.school import PostSpec, RuleSetting
from instances.timetable import Timetable
from instances.words import TIERS, Level, Role
from scheduler.assign import assign_classes
from scheduler.audit import audit
from scheduler.improve import (
    ROUND,
    SMALLEST,
    ByPeople,
    Neighbourhood,
    improve,
    restricted,
)
from scheduler.progress import Control, Progress, Stage
from scheduler.rounds import Improvement
from scheduler.search import Settings, Task
from scheduler.weekly import Coverage, Pattern, improve_quality
from scheduler.worst_off import WorstOff
from tests.unit.scheduler.terms import ONE

COVERED = Coverage((0,) * len(TIERS), (0,) * len(TIERS))


@cache
def planted() -> tuple[Context, Pattern]:
    """A generated school, and the plan around which it was drawn: complete, but not good."""
    instance, plan = generate_with_plan(Preset.S, seed=1)
    context = Context(instance)
    timetable = plan.model_copy(update={"changes": {}})
    whole = restricted(context, single_pools(context.demand), timetable, COVERED, set())
    return context, value_of(whole, timetable)


def value_of(model: Model, timetable: Timetable) -> Pattern:
    """A timetable as its model values it, in which nothing may change."""
    return improve_quality(model, COVERED, timetable, Task(Control(), ONE, ROUND, Stage.IMPROVE, 0))


def pattern_breaches(context: Context, timetable: Timetable) -> set[str]:
    """Musts that a pattern breaks; absences are for the dated stage."""
    return {found.rule for found in audit(context, timetable).hard} - {"on-leave", "room-closed"}


def improved(pattern: Pattern, context: Context, rounds: int, seed: int = 0) -> Pattern:
    settings = Settings(workers=1, seed=seed)
    pools = single_pools(context.demand)
    start = Pattern(pattern.timetable, pattern.coverage, pattern.quality, 0)
    return improve(context, pools, start, Control(), settings, Stage.IMPROVE, rounds=rounds)


def test_every_round_is_at_least_as_good_and_keeps_the_musts() -> None:
    context, start = planted()
    assert not pattern_breaches(context, start.timetable)
    before = start.quality
    for rounds in (1, 2):
        found = improved(start, context, rounds)
        judged = audit(context, found.timetable)
        assert found.quality <= before
        assert sum(judged.open_by_tier) == 0
        assert found.coverage == start.coverage
        assert not pattern_breaches(context, found.timetable)
        before = found.quality
    assert before < start.quality


def test_what_two_find_at_once_is_not_put_together_where_the_worst_off_come_first() -> None:
    """Each round keeps the number of those badly off; together they could leave one more."""
    context, start = planted()
    pools = single_pools(context.demand)
    first, *_, last = start.timetable.holders
    without = {k: v for k, v in start.timetable.holders.items() if k != first}
    fewer = {k: v for k, v in start.timetable.holders.items() if k != last}
    for worst_off, together in ((None, True), (WorstOff((0,), 1), False)):
        coverage = replace(COVERED, worst_off=worst_off)
        base = Pattern(start.timetable, coverage, 100, 0)
        run = Improvement(
            context,
            pools,
            base,
            Control(),
            ONE,
            Stage.IMPROVE,
            ByPeople(context, pools, Neighbourhood(context, random.Random(0))),
        )
        run.best = replace(base, timetable=_holding(start, without), quality=90)
        found = replace(base, timetable=_holding(start, fewer), quality=95)
        timetable, quality = run._on_the_best(base, found)
        assert quality == 85  # 90 - (100 - 95)
        assert (timetable is not None) is together


def test_what_two_find_at_once_keeps_a_must_about_two_people() -> None:
    """Outside instructors must not be alone with a club: one round brings 甲, the other 乙."""
    posts = (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))
    tiny = Tiny().classes("三1").room("操场").staff("甲", "乙", outside=True).staff("丙", "丁")
    tiny = tiny.club("足球", "Tue", posts=posts).meets("足球", "Tue", room="操场")
    tiny = tiny.holds("丙", "足球", role=Role.LEADER).holds("丁", "足球", role=Role.ASSISTANT)
    for must in (False, True):
        instance, timetable = tiny.done()
        alone = RuleSetting(rule="outside-instructor-alone", must=must)
        context = Context(instance.model_copy(update={"rules": (alone,)}))
        base = Pattern(timetable, COVERED, 100, 0)
        pools = single_pools(context.demand)
        run = Improvement(
            context,
            pools,
            base,
            Control(),
            ONE,
            Stage.IMPROVE,
            ByPeople(context, pools, Neighbourhood(context, random.Random(0))),
        )
        first, last = timetable.holders
        brings = {
            key: {**timetable.holders, key: who} for key, who in ((first, "甲"), (last, "乙"))
        }
        run.best = replace(base, timetable=_holding(base, brings[first]), quality=90)
        found = replace(base, timetable=_holding(base, brings[last]), quality=90)
        both, _ = run._on_the_best(base, found)
        assert (both is None) is must


def _holding(pattern: Pattern, holders: dict[str, str]) -> Timetable:
    return pattern.timetable.model_copy(update={"holders": holders})


def test_the_seed_decides_all() -> None:
    context, start = planted()
    one, same = (improved(start, context, 1, seed=7) for _ in range(2))
    assert one == same
    assert improved(start, context, 1, seed=8).timetable != one.timetable


def test_what_is_proved_best_is_not_looked_at_again() -> None:
    context, start = planted()
    best = Pattern(start.timetable, start.coverage, quality=5, bound=5)
    told: list[Progress] = []
    pools = single_pools(context.demand)
    found = improve(
        context, pools, best, Control(listener=told.append), ONE, Stage.IMPROVE, rounds=9
    )
    assert found is best
    assert told == []


def test_a_stopped_search_improves_nothing_more() -> None:
    context, start = planted()
    control = Control()
    control.stop()
    pools = single_pools(context.demand)
    assert improve(context, pools, start, control, ONE, Stage.IMPROVE, rounds=9) is start


def test_the_first_round_says_what_the_timetable_is_worth_at_this_grain() -> None:
    context, start = planted()
    coarse = Pattern(start.timetable, start.coverage, quality=1, bound=0)
    assert 1 < improved(coarse, context, 1).quality <= start.quality


def held_by_others(model: Model, timetable: Timetable, people: set[str]) -> list[tuple[Pool, str]]:
    found = []
    for pool in model.pools:
        holder = timetable.holders.get(pool.post.line)
        if holder is not None and holder not in people:
            found.append((pool, holder))
    return found


def test_restricted_model_keeps_everybody_elses_posts_and_clubs() -> None:
    context, start = planted()
    holders = start.timetable.holders
    people = set(sorted(set(holders.values()))[:3])
    model = restricted(context, single_pools(context.demand), start.timetable, COVERED, people)
    for pool, holder in held_by_others(model, start.timetable, people):
        assert set(model.holders[pool.index]) == {holder}
    mine = {p.activity for p in context.demand.posts if holders.get(p.line) in people}
    for activity, options in context.demand.options.items():
        here = [index for name, index in model.placed if name == activity]
        assert len(here) == (len(options) if activity in mine else 1)
    found = value_of(model, start.timetable)
    for pool, holder in held_by_others(model, start.timetable, people):
        assert found.timetable.holders.get(pool.post.line) == holder
    assert found.quality <= start.quality


def test_a_line_beside_may_be_taken_by_anybody() -> None:
    tiny = Tiny().classes("三1", "三2").staff("王芳", "李明", "张伟").care("Tue")
    instance, timetable = (
        tiny.holds("王芳", "看护", school_class="三1")
        .holds("李明", "看护", school_class="三2")
        .done()
    )
    context = Context(instance)
    pools = single_pools(context.demand)
    [first, second] = [post.line for post in context.demand.posts]
    model = restricted(context, pools, timetable, COVERED, {"王芳"}, {first, second})
    # the first is 王芳's, who may give it to anybody; the second stays 李明's
    assert [set(literals) for literals in model.holders] == [{"王芳", "李明", "张伟"}, {"李明"}]


@pytest.mark.parametrize("kept", [True, False])
def test_classes_are_assigned_among_those_who_are_on(
    monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    """王芳 and 李明 take turns with two classes; one of them each is the best.

    Dealt out, or by the full model where what is dealt breaks a rule that was made a must.
    """
    monkeypatch.setattr("scheduler.assign.keeps_made_musts", lambda *_: kept)
    tiny = Tiny().classes("三1", home_teacher="李明").classes("三2", home_teacher="王芳")
    tiny.staff("王芳", "李明").care("Mon", "Tue")
    for day, order in (("Mon", ("三1", "三2")), ("Tue", ("三2", "三1"))):
        for person, name in zip(("王芳", "李明"), order, strict=True):
            tiny.holds(person, "看护", day, school_class=name)
    instance, timetable = tiny.done()
    context = Context(instance)
    pattern = Pattern(timetable, COVERED, 0, 0)
    found = assign_classes(context, merged_pools(context), pattern, Control(), ONE)
    by_class = {
        name: {found.timetable.holders[p.line] for p in context.demand.posts if name in p.classes}
        for name in ("三1", "三2")
    }
    assert by_class == {"三1": {"李明"}, "三2": {"王芳"}}
    assert found.quality == 0


def neighbourhood(size: int = 10) -> Neighbourhood:
    context, start = planted()
    groups = Neighbourhood(context, random.Random(1), size)
    groups.look_at(start.timetable)
    return groups


def test_groups_grow_by_a_fifth_and_shrink_by_a_quarter() -> None:
    groups = neighbourhood(10)
    groups.learn(proved=True)
    assert groups.size == 12  # 10 + 10 // 5
    groups.learn(proved=False)
    assert groups.size == 9  # 12 - 12 // 4
    for _ in range(9):
        groups.learn(proved=False)
    assert groups.size == SMALLEST
    for _ in range(20):
        groups.learn(proved=True)
    assert groups.size == len(groups.context.people) == 13


def test_groups_are_as_large_as_asked_and_no_larger_than_the_school() -> None:
    timetable = planted()[1].timetable
    assert len(neighbourhood(4).choose(timetable)) == 4
    assert neighbourhood(99).choose(timetable) == set(planted()[0].people)


def test_groups_begin_with_those_who_are_badly_off() -> None:
    # of two people only 王芳 holds what she does not like
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Tue 作业", Level.RATHER_NOT),))
        .staff("李明")
        .care("Tue", "Wed")
        .holds("王芳", "看护", "Tue")
        .holds("李明", "看护", "Wed")
    )
    instance, timetable = tiny.done()
    context = Context(instance)
    first: list[str] = []
    for seed in range(40):
        groups = Neighbourhood(context, random.Random(seed), size=1)
        groups.look_at(timetable)
        first += groups.choose(timetable)
    assert first.count("王芳") > 35
