"""Search where the relaxation would go: never worse, within advice, by two solvers alike."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from constraints.context import Context
from constraints.pools import merged_pools, single_pools
from instances.generate import Preset, generate_with_plan
from instances.words import TIERS
from scheduler.assign import assign_classes, improve_dealt
from scheduler.audit import audit
from scheduler.branch import branch
from scheduler.guide import Advice, Guide
from scheduler.guided import (
    BREADTH,
    ENOUGH,
    ROUND,
    advised_model,
    covered_as_advised,
    improve_as_advised,
)
from scheduler.guided import _AsAdvised as AsAdvised
from scheduler.guided import _joined as joined
from scheduler.improve import restricted
from scheduler.incumbent import options_of
from scheduler.progress import Control, Progress, Stage
from scheduler.weekly import Coverage, Pattern, hold_coverage, improve_quality
from tests.unit.scheduler.terms import ONE

COVERED = Coverage((0,) * len(TIERS), (0,) * len(TIERS))
NOTHING = Advice({}, {})


@cache
def planted() -> tuple[Guide, Pattern]:
    """A generated school with the plan around which it was drawn: complete, but not good."""
    instance, plan = generate_with_plan(Preset.S, seed=1)
    context = Context(instance)
    timetable = plan.model_copy(update={"changes": {}})
    quality = audit(context, timetable).quality
    return Guide(context, merged_pools(context)), Pattern(timetable, COVERED, quality, 0)


def test_advice_is_the_same_for_a_seed_and_varies_with_it() -> None:
    guide, _ = planted()
    first, same, other = (guide.advice(seed, Control()) for seed in (1, 1, 2))
    assert first == same
    assert first != other


def test_advice_names_only_people_and_options_that_are_possible() -> None:
    guide, _ = planted()
    advice = guide.advice(1, Control())
    assert advice is not None
    for pool in guide.pools:
        taken = set(advice.people.get(pool.post.key, {}))
        assert taken <= set(guide.context.admitted(pool.post))
        assert pool.post.option is not None or pool.post.need is not None or taken
    for activity, options in advice.options.items():
        assert options <= {one.index for one in guide.context.demand.options[activity]}


def test_without_time_there_is_no_advice() -> None:
    guide, _ = planted()
    control = Control(0.0)
    assert guide.advice(3, control) is None
    assert covered_as_advised(guide, planted()[1], control, ONE) is planted()[1]


def test_a_model_of_no_advice_holds_what_the_timetable_takes() -> None:
    guide, start = planted()
    model = advised_model(guide, start.timetable, [NOTHING], guide.context.people)
    here = {
        (post.line, who)
        for pool in guide.pools
        for post in pool.posts
        if (who := start.timetable.holders.get(post.line)) is not None
    }
    assert sum(len(holders) for holders in model.holders) == len(here)
    chosen = options_of(guide.context.demand, start.timetable)
    assert set(model.placed) == set(chosen.items())


def test_advice_counts_only_for_the_people_of_a_round() -> None:
    guide, start = planted()
    advice = guide.advice(1, Control())
    assert advice is not None
    nobody, everybody = (
        sum(len(h) for h in advised_model(guide, start.timetable, [advice], people).holders)
        for people in ((), guide.context.people)
    )
    assert nobody < everybody


def test_both_solvers_find_the_same_best() -> None:
    guide, start = planted()
    advice = [one for seed in (1, 2) if (one := guide.advice(seed, Control())) is not None]
    values = []
    for search in (branch, improve_quality):
        model = advised_model(guide, start.timetable, advice, guide.context.people)
        hold_coverage(model, COVERED)
        found = search(model, COVERED, start.timetable, Control(), ONE, ROUND, Stage.QUALITY, 0)
        assert found.quality == found.bound  # proved
        values.append(found.quality)
    assert values[0] == values[1]


def test_rounds_keep_coverage_and_never_go_below_the_bound() -> None:
    guide, start = planted()
    bound = guide.bound(0, Control())
    told: list[Progress] = []
    found = improve_as_advised(
        guide, replace(start, bound=bound), Control(listener=told.append), ONE, rounds=4
    )
    assert bound <= found.quality < start.quality
    judged = audit(guide.context, found.timetable)
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}  # for the dated stage
    assert len(judged.view.timetable.holders) >= len(start.timetable.holders)
    assert {one.stage for one in told} == {Stage.QUALITY}
    assert all(one.bound == bound for one in told)


def test_what_is_proved_best_needs_no_rounds() -> None:
    guide, start = planted()
    best = replace(start, quality=5, bound=5)
    assert improve_as_advised(guide, best, Control(), ONE, rounds=9) is best


def test_open_posts_are_filled_where_the_relaxation_would_fill_them() -> None:
    guide, start = planted()
    empty = start.timetable.model_copy(update={"holders": {}})
    tiers = audit(guide.context, empty).open_by_tier
    assert sum(tiers) > 0
    bare = Pattern(empty, Coverage(tiers, (0,) * len(tiers)), -1, 0)
    told: list[Progress] = []
    found = covered_as_advised(guide, bare, Control(listener=told.append), ONE)
    assert found.coverage.tiers < tiers
    assert all(one.best is None or one.best >= 0 for one in told)  # nearness is no value to show
    assert found.coverage.bounds == (0,) * len(tiers)


def test_what_joins_two_timetables_holds_what_one_of_them_does_and_leaves_no_more_open() -> None:
    """The planted timetable is covered; what improvement makes of it loses every tenth holder."""
    guide, start = planted()
    better = improve_as_advised(guide, replace(start, quality=-1), Control(), ONE, rounds=2)
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
    assert better.quality <= found.quality < alone.quality


@pytest.mark.parametrize(
    ("ends", "breadth"),
    [
        ([(True, False)], 3),
        ([(True, True)], 2),
        ([(False, False)], 2),
        ([(True, False)] * (BREADTH - 1), BREADTH + 1),
    ],
)
def test_more_is_allowed_once_a_round_of_everybody_holds_nothing_better(
    ends: list[tuple[bool, bool]], breadth: int
) -> None:
    guide, _ = planted()
    kind = AsAdvised(guide, Control(), seed=0)
    assert kind.breadth == 2
    for proved, better in ends:
        kind.learn(proved=proved, better=better)
    assert kind.breadth == breadth
    assert kind.done is (breadth > BREADTH)


def test_rounds_end_where_few_points_are_left_for_each_class() -> None:
    guide, start = planted()
    classes = len(guide.context.instance.classes)
    enough = ENOUGH * classes
    assert AsAdvised(guide, Control(), seed=0, start=enough).done
    kind = AsAdvised(guide, Control(), seed=0)
    kind.choose(replace(start, quality=-1))
    assert not kind.done  # it is not known what the start is worth here
    kind.choose(replace(start, quality=enough + 1))
    assert not kind.done
    kind.choose(replace(start, quality=enough))
    assert kind.done


def test_rounds_end_when_some_in_a_row_gain_little() -> None:
    guide, start = planted()
    kind = AsAdvised(guide, Control(), seed=0)
    before = 10 * ENOUGH * len(guide.context.instance.classes)
    for part in (1, 0.5, 0.49, 0.48):
        kind.choose(replace(start, quality=round(part * before)))
        assert not kind.done
    kind.choose(replace(start, quality=round(0.487 * before)))  # of 0.5 three rounds before: 0.974
    assert kind.done


def test_fewer_people_are_freed_after_a_round_that_was_not_ended() -> None:
    guide, _ = planted()
    kind = AsAdvised(guide, Control(), seed=0)
    people = len(guide.context.people)
    kind.learn(proved=False, better=True)
    kind.groups.size = people - 1
    kind.learn(proved=False, better=False)
    assert kind.groups.size == people - 1 - (people - 1) // 4


def test_classes_are_dealt_out_anew_only_where_that_is_better() -> None:
    guide, start = planted()
    context = guide.context
    singles = single_pools(context.demand)
    dealt = assign_classes(context, guide.pools, start, Control(), ONE)
    found = improve_dealt(guide, dealt, Control(), ONE)
    assert found.quality <= dealt.quality
    values = improve_quality(
        restricted(context, singles, found.timetable, COVERED, set()),
        COVERED,
        found.timetable,
        Control(),
        ONE,
        ROUND,
        Stage.IMPROVE,
        0,
    )
    assert values.quality == found.quality
