"""Models of what advice takes: within it, and searched alike by two solvers."""

from __future__ import annotations

from functools import cache

from constraints.context import Context
from constraints.pools import Pool, merged_pools, single_pools
from instances.generate import Preset, generate_with_plan
from instances.words import TIERS
from scheduler.advised import advised_model, taken
from scheduler.areas import Areas
from scheduler.assign import assign_classes, improve_dealt
from scheduler.audit import audit
from scheduler.branch import branch
from scheduler.familiar import ROUND
from scheduler.guide import Advice, Guide
from scheduler.improve import restricted
from scheduler.incumbent import options_of
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Task
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


def test_advice_names_only_people_and_options_that_are_possible() -> None:
    guide, start = planted()
    advice = guide.near(start.timetable, 1, Control())
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
    assert guide.near(planted()[1].timetable, 3, control) is None


def test_advice_near_a_timetable_keeps_most_of_it() -> None:
    guide, start = planted()
    first, same, other = (guide.near(start.timetable, seed, Control()) for seed in (1, 1, 2))
    assert first == same != other
    assert first is not None

    def kept(advice: Advice) -> int:
        holders = start.timetable.holders
        return sum(
            any(holders.get(post.line) == key for post in pool.posts)
            for pool in guide.pools
            for key in advice.people.get(pool.post.key, {})
        )

    empty = start.timetable.model_copy(update={"holders": {}})
    of_all = guide.near(empty, 1, Control())
    assert of_all is not None
    assert kept(of_all) < kept(first)


def test_advice_keeps_off_what_costs_more() -> None:
    """Somebody who pays a thousand points for every post is in none that another could have."""
    guide, start = planted()
    context = guide.context
    who = max(context.people, key=list(start.timetable.holders.values()).count)

    def price(_pool: Pool, key: str) -> float:
        return 1000.0 * (key == who)

    advice = guide.near(start.timetable, 1, Control(), price)
    assert advice is not None
    taken = [pool for pool in guide.pools if who in advice.people.get(pool.post.key, {})]
    free = guide.near(start.timetable, 1, Control())
    assert free is not None
    assert len(taken) < sum(who in free.people.get(pool.post.key, {}) for pool in guide.pools)


def test_what_a_timetable_takes_is_advice() -> None:
    guide, start = planted()
    advice = taken(guide, start.timetable)
    everybody = guide.context.people
    with_it = advised_model(guide, start.timetable, [advice], everybody)
    without = advised_model(guide, start.timetable, [], everybody)
    assert [set(h) for h in with_it.holders] == [set(h) for h in without.holders]
    assert advice.options == {
        activity: {option}
        for activity, option in options_of(guide.context.demand, start.timetable).items()
    }


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
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    nobody, everybody = (
        sum(len(h) for h in advised_model(guide, start.timetable, [advice], people).holders)
        for people in ((), guide.context.people)
    )
    assert nobody < everybody


def test_both_solvers_find_the_same_best() -> None:
    guide, start = planted()
    advice = [
        one for seed in (1, 2) if (one := guide.near(start.timetable, seed, Control())) is not None
    ]
    values = []
    for search in (branch, improve_quality):
        model = advised_model(guide, start.timetable, advice, guide.context.people)
        hold_coverage(model, COVERED)
        found = search(
            model, COVERED, start.timetable, Task(Control(), ONE, ROUND, Stage.QUALITY, 0)
        )
        assert found.quality == found.bound  # proved
        values.append(found.quality)
    assert values[0] == values[1]


def test_whoever_is_patient_goes_on_until_something_better_is_found() -> None:
    guide, start = planted()
    advice = guide.near(start.timetable, 1, Control())
    assert advice is not None
    model = advised_model(guide, start.timetable, [advice], guide.context.people)
    hold_coverage(model, COVERED)
    # its time is over at once, and six hundred times as much would be a minute
    effort = Effort(deterministic=1, seconds=0.1, patience=600)
    task = Task(Control(time_limit=600), ONE, effort, Stage.QUALITY, 0)
    found = branch(model, COVERED, start.timetable, task)
    assert found.began is not None
    assert found.quality < found.began
    assert audit(guide.context, found.timetable).open_by_tier == COVERED.tiers


def test_classes_are_dealt_out_anew_only_where_that_is_better() -> None:
    guide, start = planted()
    context = guide.context
    singles = single_pools(context.demand)
    dealt = assign_classes(context, guide.pools, start, Control(), ONE)
    weeks = LikelyWeeks(guide, Areas(context.demand), Control(), workers=1)
    found = improve_dealt(weeks, guide.pools, dealt, Control(), ONE)
    assert found.quality <= dealt.quality
    values = improve_quality(
        restricted(context, singles, found.timetable, COVERED, set()),
        COVERED,
        found.timetable,
        Task(Control(), ONE, ROUND, Stage.IMPROVE, 0),
    )
    assert values.quality == found.quality
