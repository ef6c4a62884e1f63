"""The comparison of ``post`` and ``check`` finds faults: each rule is spoilt, each in turn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from constraints.catalogue import catalogue
from constraints.model import Model
from constraints.rule import Finding, Rule
from tests.helpers.comparing import DATED, verdicts

Patch = pytest.MonkeyPatch
Fault = Callable[[type[Rule], Patch], None]


def caught(rule_id: str) -> bool:
    return any(not verdict.agree for verdict in verdicts(rule_id, schools=42, timetables=5))


def silent_check(rule: type[Rule], patch: Patch) -> None:
    """The check finds nothing."""
    patch.setattr(rule, "check", lambda _self, _view: iter(()))


def silent_post(rule: type[Rule], patch: Patch) -> None:
    """The solver is told nothing."""
    patch.setattr(rule, "post", lambda _self, _model: None)
    patch.setattr(rule, "admits", lambda _self, _person, _post: True)


def one_too_many(rule: type[Rule], patch: Patch) -> None:
    """The check counts one more in each finding."""
    check = rule.check

    def off(self: Rule, view: Any) -> Iterator[Finding]:
        return (replace(finding, amount=finding.amount + 1) for finding in check(self, view))

    patch.setattr(rule, "check", off)


def dearer(rule: type[Rule], patch: Patch) -> None:
    """The solver is charged the weight and one more."""
    charge = Model.charge

    def off(self: Model, of: Rule, amount: Any) -> None:
        charge(self, of, amount)
        self.costs[of.rule_id()].append(amount)

    patch.setattr(Model, "charge", off)


def looser_cap(rule: type[Rule], patch: Patch) -> None:
    """The solver allows one post more than the cap."""
    module = sys.modules[rule.__module__]
    at_most: Any = vars(module)["at_most_per_period"]
    patch.setattr(module, "at_most_per_period", lambda m, h, p, cap: at_most(m, h, p, cap + 1))


def too_strict(rule: type[Rule], patch: Patch) -> None:
    """Nobody who is ever away is admitted to anything."""
    patch.setattr(rule, "admits", lambda _self, person, _post: not person.absent)


def faults(rule: type[Rule]) -> Iterator[Fault]:
    """The faults that can be planted in a rule, and that a comparison can see."""
    if rule.rule_id() in DATED:
        if "admits" in vars(rule):
            yield too_strict
        return
    yield silent_check
    if {"post", "admits"} & set(vars(rule)):
        yield silent_post
    if rule.default_weight is not None:
        yield one_too_many
        yield dearer
    if "at_most_per_period" in vars(sys.modules[rule.__module__]):
        yield looser_cap


PLANTED = [(rule_id, fault) for rule_id, rule in catalogue().items() for fault in faults(rule)]


@pytest.mark.parametrize(("rule_id", "fault"), PLANTED, ids=lambda v: getattr(v, "__name__", v))
def test_fault_is_caught(rule_id: str, fault: Fault, monkeypatch: Patch) -> None:
    fault(catalogue()[rule_id], monkeypatch)
    assert caught(rule_id)
