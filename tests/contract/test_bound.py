"""The bound of quality is true: no valid timetable costs less, the best that are found included.

A rule that charges the pooled stage more than its check counts would make the bound a lie.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from benchmarks.every_rule import with_every_rule
from constraints.context import Context
from constraints.pools import merged_pools, single_pools
from instances.generate import Preset, generate
from instances.school import Instance
from instances.timetable import Timetable
from instances.words import FairnessMode
from scheduler.audit import audit
from scheduler.guide import bound_of_quality
from scheduler.progress import Control
from scheduler.search import Effort, Settings
from scheduler.solve import solve
from scheduler.weekly import find_pattern, pinned_lines
from tests.contract.test_pooled import both_ways, cases
from tests.helpers.comparing import DATED
from tests.helpers.random_schools import random_school

ONE = Settings(workers=1, seed=0)
SHORT = Effort(deterministic=2, share=1.0)


def bound_for(context: Context, open_places: int) -> int:
    pools = merged_pools(context, pinned_lines(context))
    return bound_of_quality(context, pools, open_places, Control(None))


def assert_true(context: Context, timetable: Timetable) -> int:
    """That a timetable costs no less than its bound, which is returned."""
    judged = audit(context, timetable)
    assert not judged.hard
    bound = bound_for(context, sum(judged.open_by_tier))
    assert bound <= judged.quality
    return bound


@pytest.mark.parametrize("every", [False, True], ids=["by-default", "every-rule"])
@pytest.mark.parametrize("seed", [2])
def test_generated_schools_cost_no_less_than_their_bound(seed: int, every: bool) -> None:
    school = generate(Preset.S, seed)
    school = with_every_rule(school) if every else school
    published = solve(school, Control(None), ONE)
    assert assert_true(Context(school), published.timetable) > 0


@pytest.mark.parametrize("mode", FairnessMode)
def test_random_schools_cost_no_less_than_their_bound(mode: FairnessMode) -> None:
    """Schools with leave, odd and even weeks, people who come late, and everything else drawn."""
    positive = 0
    for seed in range(10):
        without = {"pins": (), "events": (), "fairness": mode}
        school: Instance = random_school(seed).model_copy(update=without)
        published = solve(school, Control(None), ONE)
        if published.result.status != "infeasible":  # else nothing is placed
            positive += assert_true(Context(school), published.timetable) > 0
    assert positive > 2


def found(context: Context, timetables: list[Timetable]) -> Iterator[Timetable]:
    """The random timetables of a school, and a good weekly pattern."""
    yield from timetables
    pattern = find_pattern(context, single_pools(context.demand), Control(None), ONE, SHORT)
    if pattern is not None:
        yield pattern.timetable


@both_ways
def test_drawn_rules_are_charged_no_more_than_they_count(settings: bool) -> None:
    """Also with all rules of the catalogue, each with parameters and a scope of its own."""
    some = random.Random(0).sample(cases(settings=settings), 8)
    for seed, context, timetables in some:
        for timetable in found(context, timetables):
            judged = audit(context, timetable)
            assert all(finding.rule in DATED for finding in judged.hard), f"school {seed}"
            # whoever is on leave and not covered leaves a place open, too
            away = sum(one.amount for one in judged.hard if one.rule == "on-leave")
            bound = bound_for(context, sum(judged.open_by_tier) + away)
            assert bound <= judged.quality, f"school {seed}: {timetable!r}"
