"""The benchmark of the whole catalogue leaves no rule out."""

from __future__ import annotations

from benchmarks.every_rule import with_every_rule
from constraints.catalogue import active_rules, catalogue
from instances.generate import Preset, generate


def test_every_rule_is_used_and_those_about_names_have_two() -> None:
    school = with_every_rule(generate(Preset.S, 1))
    rules = active_rules(school)
    assert {rule.rule_id() for rule in rules} == set(catalogue())
    for rule in rules:
        if rule.about is not None:
            assert rule.setting is not None
            names = getattr(rule.setting, rule.about)
            assert len(set(names)) == 2
