"""The bound of what changes cost, against the exact optimum of pattern and covers together.

In a school of a few people every absence can be decided on date by date in one model, whose cost
is exact. The models that reruns search leave most of that to the covers, and may never cost more.
"""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from constraints.model import Expr, Literal, Model, total, weighted
from constraints.pools import single_pools
from instances.event_sessions import everything as with_events
from instances.school import Instance, Period
from instances.timetable import Expansion
from instances.words import Parity
from scheduler.audit import audit
from scheduler.changes import changes_between, count
from scheduler.progress import Control, Stage
from scheduler.rerun.carry import carry_over
from scheduler.rerun.climb import climb
from scheduler.rerun.dates import settle
from scheduler.rerun.fewest import Search
from scheduler.rerun.reference import Matched, Reference
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.rerun.stability import AnyCovers, stability
from scheduler.result import Published
from scheduler.search import Effort, Settings, search
from scheduler.solve import solve
from scheduler.weekly import Coverage

ONE = Settings(workers=1, seed=0)
ENOUGH = Effort(deterministic=100)
SINCE = dt.date(2026, 9, 14)
NAMES = "王芳", "李明", "张伟", "赵敏", "刘洋", "陈静"
SEEDS = range(24)


def school(rng: random.Random) -> Instance:
    """Four weeks of care, duties and clubs, with caps, every other week and some on leave."""
    tiny = Tiny(end=dt.date(2026, 10, 2)).classes("三1", "三2", "三3")
    for name in NAMES:
        tiny = tiny.staff(name, cap_week=rng.choice((1, 2, 3)), cap_day=rng.choice((1, 2)))
    tiny = tiny.care("Tue", "Thu").duty("门岗", "Tue", parity=rng.choice(tuple(Parity)))
    tiny = tiny.duty("巡查", "Wed", weeks=tuple(rng.sample((2, 3, 4), 2)))
    tiny = tiny.duty("值班", "Fri", weeks=tuple(rng.sample((2, 3, 4), 2)))
    if rng.random() < 0.5:  # it lasts while care and clubs go on, one after the other
        tiny = tiny.segment("整段", "15:40", "17:20").duty("总值班", "Tue 整段")
    tiny = tiny.club("象棋", "Tue", "Wed").club("合唱", "Wed", "Thu")
    instance, _ = tiny.done()
    return instance


def changed(instance: Instance, rng: random.Random) -> Instance:
    """Three people are away for days or weeks, or for good."""
    staff = {person.name: person for person in instance.staff}
    for name in rng.sample(NAMES, 3):
        start = dt.date(2026, 9, 14) + dt.timedelta(days=rng.randint(0, 16))
        away = Period(start=start, end=start + dt.timedelta(days=rng.choice((0, 8, 15, 20))))
        staff[name] = staff[name].model_copy(update={"leave": (away,)})
    return instance.model_copy(update={"staff": tuple(staff.values())})


def of_all(matched: Matched, dated_limit: int) -> Model:
    """Every pattern, with covers decided on for posts that at most so many people could hold."""
    model = Model(
        matched.context,
        single_pools(matched.context.demand),
        foresee_covers=False,
        dated_limit=dated_limit,
    )
    model.post_rules(musts_only=True)
    return model


def least(model: Model, cost: Expr) -> int:
    found = search(model.cp, cost, Control(None), ONE, ENOUGH, Stage.CHANGES)
    assert found.proved
    return found.value


@cache
def case(seed: int) -> tuple[Published, Instance, Matched, Coverage, int]:
    """What was published, the changed school, the least that can be open, and then cost."""
    rng = random.Random(seed)
    old = solve(school(rng), Control(None), ONE)
    instance = changed(old.instance, rng)
    reference = Reference(old.instance, old.timetable, SINCE)
    matched = Matched(Context(instance, history=reference.history), reference)
    model, tiers = of_all(matched, len(NAMES)), []
    for tier in model.open_by_tier:
        tiers.append(least(model, tier))
        if not isinstance(tier, int):
            model.cp.add(tier <= tiers[-1])
    cost = least(model, stability(model, matched, ()))
    return old, instance, matched, Coverage(tuple(tiers), tuple(tiers)), cost


def chosen(model: Model) -> dict[object, Literal]:
    """What makes a pattern: who holds what, and where clubs meet."""
    found: dict[object, Literal] = dict(model.placed.items())
    for pool in model.pools:
        for key, literal in model.holders[pool.index].items():
            found[pool.post.line, pool.post.option, key] = literal
    return found


def any_pattern(matched: Matched, rng: random.Random) -> dict[object, bool]:
    """A pattern that keeps all musts and leaves little open, and is good for nothing else."""
    model = of_all(matched, len(NAMES))
    literals = chosen(model)
    empty = weighted((tier, 10) for tier in model.open_by_tier)
    whim = weighted((literal, rng.randint(0, 9)) for literal in literals.values())
    found = search(model.cp, total([empty, whim]), Control(None), ONE, ENOUGH, Stage.CHANGES)
    return {name: found.true(literal) for name, literal in literals.items()}


def held_to(model: Model, pattern: dict[object, bool], tiers: list[int]) -> Model:
    """The model with one pattern only, and no more open than so much, or as little as can be."""
    for name, literal in chosen(model).items():
        model.cp.add(literal == pattern[name])
    for n, tier in enumerate(model.open_by_tier):
        if n == len(tiers):
            tiers.append(least(model, tier))
        if not isinstance(tier, int):
            model.cp.add(tier <= tiers[n])
    return model


@pytest.mark.parametrize("limit", [0, 3, len(NAMES)])
def test_no_covers_make_a_pattern_cheaper_than_its_bound(limit: int) -> None:
    pairs = []
    for seed in SEEDS:
        matched, tiers = case(seed)[2], list[int]()
        pattern = any_pattern(matched, random.Random(seed))
        model = held_to(of_all(matched, len(NAMES)), pattern, tiers)
        cost = least(model, stability(model, matched, ()))
        model = held_to(of_all(matched, limit), pattern, tiers)
        bound = AnyCovers(model, matched, (), open_at_most=tiers).whole()
        pairs.append((least(model, bound), cost))
    assert all(bound <= cost for bound, cost in pairs)
    # no empty promise: something changes, and where all covers are decided on, bounds are exact
    assert sum(cost > 0 for _, cost in pairs) > len(pairs) / 2
    if limit == len(NAMES):
        assert sum(bound == cost for bound, cost in pairs) > len(pairs) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_what_counts_on_covers_is_no_dearer_than_any_pattern_with_covers(seed: int) -> None:
    _, _, matched, coverage, cost = case(seed)
    start = carry_over(matched)
    sought = Search(matched, start, (), (), Control(None), ONE)
    found = sought.with_covers(coverage)
    assert found is not None
    assert found.bound <= found.cost <= cost
    settled = settle(matched, start, found.timetable, Control(None), ONE, hope=found.hope)
    judged = audit(matched.context, settled)
    assert not judged.hard
    now = with_events(Expansion(matched.context.demand, settled))
    changes = changes_between(matched.reference.sessions, now, SINCE)
    if judged.open_by_tier <= coverage.tiers:
        assert count(changes, SINCE).cost >= found.bound


def given_up(matched: Matched, rng: random.Random) -> Model:
    """Every pattern in which some posts are not held by whoever was published."""
    model = of_all(matched, 0)
    for pool in model.pools:
        if rng.random() < 0.4 and (rows := matched.rows.get(pool.post)):
            holders = model.holders[pool.index]
            for literal in {holders[key] for row in rows if (key := row.was.staff) in holders}:
                model.cp.add(literal == 0)
    return model


def test_telling_of_those_who_are_counted_on_is_enough() -> None:
    told = []
    for seed in SEEDS:
        matched = case(seed)[2]
        model = given_up(matched, random.Random(seed))
        covers = AnyCovers(model, matched, ())
        cost, every = covers.whole(), covers.returns
        whole = least(model, cost)
        model = given_up(matched, random.Random(seed))
        covers = AnyCovers(model, matched, ())
        found = climb(model.cp, covers.cost, None, Control(None), ONE, covers)
        assert found is not None
        assert (found.value, found.bound) == (whole, whole)
        told.append((len(covers.returns), len(every)))
    # some, and not all, had to be told of
    assert 0 < sum(some for some, _ in told) < sum(every for _, every in told)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rerun_claims_no_bound_above_the_optimum(seed: int) -> None:
    old, instance, _, coverage, cost = case(seed)
    new = rerun(Request(instance, old, old.timetable, SINCE), settings=ONE)
    figures, level = new.result.changes, new.result.level("coverage")
    assert figures is not None
    assert level is not None
    assert figures.bound <= figures.cost
    if level.value >= sum(coverage.tiers):
        assert figures.bound <= cost
