"""The comparison of ``post`` and ``check`` finds faults: each rule is spoilt, each in turn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from constraints.catalogue import as_set, catalogue
from constraints.context import Context
from constraints.model import Model
from constraints.rule import Example, Finding, Rule
from tests.helpers.comparing import DATED, verdicts

Patch = pytest.MonkeyPatch
Fault = Callable[[type[Rule], Patch], None]


def caught(rule_id: str) -> bool:
    """Whether random timetables show a fault or else, by their amounts, the examples.

    Breaches that have dates are looked for in the examples first.
    """
    examples = catalogue()[rule_id].examples
    if rule_id in DATED and any(map(wrong, examples)):
        return True
    if any(not verdict.agree for verdict in verdicts(rule_id, schools=42, timetables=5)):
        return True
    return any(map(wrong, examples))


def wrong(example: Example) -> bool:
    """Whether a rule finds another amount in an example than it says."""
    instance, timetable = example.build()
    rule = next(one for one in catalogue().values() if example in one.examples)
    view = Context(instance).view(timetable)
    return sum(one.amount for one in as_set(rule, instance).check(view)) != example.amount


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


def looser_cap(rule: type[Rule], patch: Patch) -> None:
    """The solver allows one post more than the cap."""
    module = sys.modules[rule.__module__]
    at_most: Any = vars(module)["at_most_per_period"]
    patch.setattr(module, "at_most_per_period", lambda m, h, p, cap: at_most(m, h, p, cap + 1))


def too_strict(rule: type[Rule], patch: Patch) -> None:
    """Nobody who is ever away is admitted to anything."""
    patch.setattr(rule, "admits", lambda _self, person, _post: not person.absent)


def forgetful_check(rule: type[Rule], patch: Patch) -> None:
    """The check leaves out the first thing it finds."""
    check = rule.check
    patch.setattr(rule, "check", lambda self, view: islice(check(self, view), 1, None))


def meddling_post(rule: type[Rule], patch: Patch) -> None:
    """The solver is told one thing more: the first person holds nothing, or pays for it."""
    post = rule.post

    def more(self: Rule, model: Model) -> None:
        post(self, model)
        first = next(iter(model.holdings.values()))
        for holding in first:
            if self.weight is None:
                model.cp.add(holding.literal == 0)
            else:
                model.charge(self, holding.literal * 1)

    patch.setattr(rule, "post", more)


def in_check(rule: type[Rule]) -> Iterator[Fault]:
    """The faults that can be planted in the check of a rule, and that a comparison can see.

    A soft rule that counts one more where it finds something is caught just where a silent one is.
    """
    if rule.default_weight is not None and rule.rule_id() not in DATED:
        yield one_too_many
    else:
        yield silent_check
        yield forgetful_check


def in_post(rule: type[Rule]) -> Iterator[Fault]:
    """The faults that can be planted in what a rule tells the solver.

    Rules whose breaches have dates tell it less than they check, so less still is no fault.
    """
    if rule.default_weight is None or "post" not in vars(rule):
        yield meddling_post
    if {"post", "admits"} & set(vars(rule)):
        yield too_strict if rule.rule_id() in DATED else silent_post
    if "at_most_per_period" in vars(sys.modules[rule.__module__]):
        yield looser_cap


PLANTED = [
    (rule_id, fault)
    for rule_id, rule in catalogue().items()
    for faults in (in_check, in_post)
    for fault in faults(rule)
]


def test_each_rule_is_spoilt_on_both_sides() -> None:
    for rule in catalogue().values():
        assert list(in_check(rule))
        assert list(in_post(rule))


@pytest.mark.parametrize(("rule_id", "fault"), PLANTED, ids=lambda v: getattr(v, "__name__", v))
def test_fault_is_caught(rule_id: str, fault: Fault, monkeypatch: Patch) -> None:
    fault(catalogue()[rule_id], monkeypatch)
    assert caught(rule_id)
