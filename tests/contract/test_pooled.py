"""The first stage of solving leaves open who of a pool takes which class.

What it says must be true of every full timetable: none that keeps the musts is impossible to
it, and none costs less than it says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from constraints.catalogue import catalogue
from constraints.context import Context
from constraints.pools import merged_pools
from instances.timetable import Timetable
from tests.helpers.comparing import DATED, drawn
from tests.helpers.fixed import FixedModel
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import orderly

SCHOOLS = 40
TIMETABLES = 2
ATTEMPTS = 6

both_ways = pytest.mark.parametrize(
    "settings", [pytest.param(False, id="by-default"), pytest.param(True, id="all-rules-set")]
)


@cache
def cases(*, settings: bool) -> list[tuple[int, Context, list[Timetable]]]:
    """Schools in which some posts are interchangeable, with timetables that keep all musts.

    ``settings``: with all rules of the catalogue, each set at random.
    """
    found = []
    for seed in range(SCHOOLS):
        instance = random_school(seed).model_copy(update={"pins": ()})
        context = Context(instance)
        if settings:
            rng = random.Random(f"settings {seed}")
            rules = tuple(drawn(rule_id, rng, context) for rule_id in catalogue())
            context = Context(instance, rules)
        if any(pool.count > 1 for pool in merged_pools(context)):
            if timetables := list(islice(valid(seed, context), TIMETABLES)):
                found.append((seed, context, timetables))
    return found


def valid(seed: int, context: Context) -> Iterator[Timetable]:
    """Timetables that keep all musts; dated breaches are a later stage's to repair."""
    musts = [r for r in context.rules if r.weight is None and r.rule_id() not in DATED]
    for attempt in range(ATTEMPTS):
        timetable = orderly(random.Random(f"{seed} {attempt}"), context)
        view = context.view(timetable)
        if not any(any(rule.check(view)) for rule in musts):
            yield timetable


@both_ways
def test_full_model_agrees_with_all_rules_at_once(settings: bool) -> None:
    seen = 0
    for seed, context, timetables in cases(settings=settings):
        fixed = FixedModel(context, context.rules)
        for timetable in timetables:
            view = context.view(timetable)
            points = sum(
                finding.amount * rule.weight
                for rule in context.rules
                if rule.weight is not None and rule.rule_id() not in DATED
                for finding in rule.check(view)
            )
            assert fixed.cost(timetable) == points, f"school {seed}: {timetable!r}"
            seen += 1
    assert seen > 15


@both_ways
def test_pooled_model_allows_every_valid_timetable_and_costs_no_more(settings: bool) -> None:
    cheaper = 0
    for seed, context, timetables in cases(settings=settings):
        full = FixedModel(context, context.rules)
        pooled = FixedModel(context, context.rules, merged_pools(context))
        for timetable in timetables:
            exact, relaxed = full.cost(timetable), pooled.cost(timetable)
            assert exact is not None
            assert relaxed is not None, f"school {seed}: {timetable!r}"
            assert relaxed <= exact, f"school {seed}: {timetable!r}"
            cheaper += relaxed < exact
    assert cheaper > 0
