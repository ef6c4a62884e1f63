"""Which rules hold in a school, and how they are set."""

from __future__ import annotations

from typing import Any

import pytest

from constraints.catalogue import active_rules, catalogue
from constraints.examples import Tiny
from constraints.rule import Rule
from instances.school import Instance, RuleSetting


def school(*settings: RuleSetting) -> Instance:
    instance, _ = Tiny().classes("三1").done()
    return instance.model_copy(update={"rules": settings})


def active(rule: str, **setting: Any) -> list[Rule]:
    return [
        one
        for one in active_rules(school(RuleSetting(rule=rule, **setting)))
        if one.rule_id() == rule
    ]


def test_default_is_the_whole_catalogue() -> None:
    wanted = {rule_id for rule_id, rule in catalogue().items() if not rule.optional}
    assert {rule.rule_id() for rule in active_rules(school())} == wanted


def test_soft_rule_can_be_switched_off() -> None:
    assert active("unmet-wish", enabled=False) == []
    assert active("unmet-wish", weight=0) == []


@pytest.mark.parametrize("rule", ["consent-missing", "teacher-overlap"])
def test_must_cannot_be_switched_off(rule: str) -> None:
    assert len(active(rule, enabled=False)) == 1
    assert len(active(rule, weight=0)) == 1


def test_soft_rule_can_be_made_a_must() -> None:
    (rule,) = active("club-days-adjacent", must=True)
    assert rule.weight is None


def test_weight_and_parameters_are_taken() -> None:
    (rule,) = active("class-changes-hands", weight=3, parameters={"people": 2})
    assert rule.weight == 3
    assert rule.parameters() == {"people": 2}


def test_rule_set_twice_is_used_twice() -> None:
    settings = [RuleSetting(rule="unmet-wish", weight=w, grades=(g,)) for w, g in ((1, 1), (9, 3))]
    weights = [r.weight for r in active_rules(school(*settings)) if r.rule_id() == "unmet-wish"]
    assert weights == [1, 9]


def test_unknown_rule_is_named() -> None:
    with pytest.raises(KeyError, match="unheard-of"):
        active_rules(school(RuleSetting(rule="unheard-of")))
