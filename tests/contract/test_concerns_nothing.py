"""A rule that concerns nothing in a school costs nothing: neither variables nor constraints.

What several rules share (room choices, loads, counts of slots, covers by date) the model makes
on first use, for whoever asks first: so it is made for nobody where no rule has anything to say.
"""

from __future__ import annotations

from functools import cache

import pytest

from constraints.catalogue import as_set, catalogue, rulebook
from constraints.context import Context
from constraints.examples import Tiny
from constraints.model import Model
from constraints.pools import merged_pools, single_pools
from constraints.rule import Rule
from instances.rulebook import SCOPES, scopes
from instances.school import Instance, RuleSetting
from tests.helpers.comparing import DATED
from tests.helpers.random_schools import random_school

RULES = catalogue()
SCHOOLS = range(6)
NOTHING: dict[str, tuple[object, ...]] = {
    "grades": (8,),
    "staff": ("nobody",),
    "activities": ("nothing",),
    "segments": ("never",),
}
"""What no school of these tests has."""

each_rule = pytest.mark.parametrize("rule", [pytest.param(r, id=i) for i, r in RULES.items()])


def posted(context: Context, rule: Rule, *, pooled: bool = False) -> tuple[int, int]:
    """How many variables and constraints a rule adds to the model of a school."""
    pools = merged_pools(context) if pooled else single_pools(context.demand)
    model = Model(context, pools)
    proto = model.cp.proto
    variables, constraints = len(proto.variables), len(proto.constraints)
    rule.post(model)
    return len(proto.variables) - variables, len(proto.constraints) - constraints


@cache
def plain() -> Instance:
    """Care on two days in both segments, by two people without a share who agree to it all.

    Nobody has a wish, a cap, a skill or a leave; there is no club, no duty, no choice of rooms.
    """
    tiny = Tiny().classes("三1").staff("王芳", "李明", outside=True)
    return tiny.care("Tue", "Tue 社团", "Thu", "Thu 社团").done()[0]


@each_rule
@pytest.mark.parametrize("pooled", [False, True])
def test_nothing_in_a_school_that_it_does_not_concern(rule: type[Rule], pooled: bool) -> None:
    instance = plain()
    assert posted(Context(instance), as_set(rule, instance), pooled=pooled)[0] == 0


@each_rule
def test_nothing_where_its_scope_is_empty(rule: type[Rule]) -> None:
    if rule.default_weight is None:
        return  # what must hold is never narrowed
    setting = RuleSetting(rule=rule.rule_id()).model_copy(update=NOTHING)
    for seed in SCHOOLS:
        context = Context(random_school(seed))
        assert posted(context, rule(setting=setting)) == (0, 0), f"school {seed}"


@pytest.mark.parametrize("column", SCOPES)
@each_rule
def test_its_scope_narrows_it_or_is_refused(rule: type[Rule], column: str) -> None:
    """Named by a column of its scope, nothing is found; a column that is none changes nothing."""
    if rule.default_weight is None or rule.about == column:
        return
    for example in rule.examples:
        instance, timetable = example.build()
        known = as_set(rule, instance)
        setting = known.setting or RuleSetting(rule=rule.rule_id())
        narrow = setting.model_copy(update={column: NOTHING[column]})
        one = rule(setting=narrow, **known.parameters())
        found = sum(f.amount for f in one.check(Context(instance).view(timetable)))
        assert found == (0 if column in scopes(rulebook()[rule.rule_id()]) else example.amount)


@each_rule
def test_something_where_it_says_something(rule: type[Rule]) -> None:
    """So that the tests above are not passed by posting nothing ever."""
    if "post" not in vars(rule) or rule.rule_id() in DATED:
        return
    found = [(0, 0)]
    for example in rule.examples:
        instance, _ = example.build()
        one = as_set(rule, instance)
        context = Context(instance, (one,) if one.weight is None else None)
        model = Model(context, single_pools(context.demand), dated_limit=0)
        before = len(model.cp.proto.constraints)
        one.post(model)
        found.append((len(model.cp.proto.constraints) - before, len(model.costs)))
    assert any(map(any, found))
