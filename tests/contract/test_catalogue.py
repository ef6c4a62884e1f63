"""What every rule of the catalogue owes its readers, and that its examples come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from constraints import rules as rules_package
from constraints.catalogue import as_set, catalogue, rulebook
from constraints.context import Context
from constraints.rule import Example, Rule
from instances.messages import LANGS
from instances.school import RuleSetting
from instances.timetable import Timetable
from tests.helpers.comparing import DATED
from tests.helpers.fixed import FixedModel

BANNED = ("avoid-", "no-", "must-", "do-not-", "use-", "prefer-")
RULES = catalogue()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule_id}-{n}")
    for rule_id, rule in RULES.items()
    for n, example in enumerate(rule.examples)
]
each_rule = pytest.mark.parametrize("rule", [pytest.param(r, id=i) for i, r in RULES.items()])
each_example = pytest.mark.parametrize(("rule", "example"), EXAMPLES)


def default_context(rule: type[Rule], example: Example) -> tuple[Context, Rule, Timetable]:
    """An example's school under its rules, in which the rule itself is switched on."""
    instance, timetable = example.build()
    one = as_set(rule, instance)
    return Context(instance, (one,) if one.weight is None else None), one, timetable


def test_every_rule_is_the_file_it_is_in() -> None:
    folder = Path(str(rules_package.__file__)).parent
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert set(RULES) == files
    assert all(rule.rule_id() == rule_id for rule_id, rule in RULES.items())


@pytest.mark.parametrize("rule_id", RULES)
def test_name_states_the_fault(rule_id: str) -> None:
    assert not rule_id.startswith(BANNED)


@each_rule
def test_file_is_short(rule: type[Rule]) -> None:
    path = Path(str(rules_package.__file__)).with_name(rule.__module__.rsplit(".", 1)[-1] + ".py")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


@each_rule
def test_both_languages_say_something(rule: type[Rule]) -> None:
    parameters = {parameter.name for parameter in rulebook()[rule.rule_id()].parameters}
    assert rule.statement.placeholders == parameters
    for lang in LANGS:
        assert rule.title.text(lang).strip()
        assert rule.statement.text(lang).strip()
        assert rule.finding.text(lang).strip()
        for example in rule.examples:
            assert example.title.text(lang).strip()
    assert rule.title.zh != rule.title.en


@each_rule
def test_parameters_have_titles_and_ranges(rule: type[Rule]) -> None:
    for parameter in rulebook()[rule.rule_id()].parameters:
        assert parameter.label.zh
        assert parameter.label.en
        assert parameter.low <= parameter.default <= parameter.high
        assert parameter.low < parameter.high


@each_rule
def test_docstring_says_why(rule: type[Rule]) -> None:
    """The module says why; the class, in one line, what the fault is."""
    module = __import__(rule.__module__, fromlist=["_"])
    assert str(module.__doc__).startswith("理由: ")
    assert str(rule.__doc__).strip().endswith(".")


@each_rule
def test_what_may_be_a_must_can_be_kept_by_leaving_all_open(rule: type[Rule]) -> None:
    assert not (rule.may_be_must and rule.default_weight is None)
    if rule.may_be_must:
        for example in rule.examples:
            context, one, _ = default_context(rule, example)
            assert not list(one.check(context.view(Timetable())))


@each_rule
def test_has_a_breach_and_a_near_miss(rule: type[Rule]) -> None:
    amounts = [example.amount for example in rule.examples]
    assert max(amounts) > 0
    assert min(amounts) == 0


@each_example
def test_check_finds_the_amount(rule: type[Rule], example: Example) -> None:
    context, one, timetable = default_context(rule, example)
    findings = list(one.check(context.view(timetable)))
    assert sum(finding.amount for finding in findings) == example.amount
    for finding in findings:
        assert finding.rule == rule.rule_id()
        assert set(finding.message.facts) == rule.finding.placeholders
        for lang in LANGS:
            said = finding.to_json(lang)["message"]
            assert said
            assert "{" not in said
            assert "None" not in said


@each_example
def test_solver_agrees(rule: type[Rule], example: Example) -> None:
    context, one, timetable = default_context(rule, example)
    cost = FixedModel(context, (one,), candidates=None).cost(timetable)
    if rule.rule_id() in DATED:  # the pattern is possible; the breach is one of dates
        assert cost == 0
    elif one.weight is not None:
        assert cost == one.weight * example.amount
    else:
        assert (cost is None) == (example.amount > 0)


@each_rule
def test_examples_read_the_same_twice(rule: type[Rule]) -> None:
    for example in rule.examples:
        assert example.build() == example.build()


@each_rule
def test_settings_go_through_json(rule: type[Rule]) -> None:
    values = {p.name: p.high for p in rulebook()[rule.rule_id()].parameters}
    setting = RuleSetting(
        rule=rule.rule_id(),
        weight=None if rule.default_weight is None else 7,
        parameters=values,
        grades=(3,),
        staff=("王芳",),
        segments=("作业",),
    )
    again = RuleSetting.model_validate_json(setting.model_dump_json())
    one = rule(setting=again, **again.parameters)
    assert one == rule(setting=setting, **values)
    assert one == rule.model_validate_json(one.model_dump_json())
    assert one.parameters() == values
    assert one.weight == (None if rule.default_weight is None else 7)


@each_rule
def test_unknown_or_impossible_parameters_are_refused(rule: type[Rule]) -> None:
    with pytest.raises(ValueError, match="unheard_of"):
        rule(unheard_of=1)  # type: ignore[call-arg]
    for parameter in rulebook()[rule.rule_id()].parameters:
        for value in (parameter.low - 1, parameter.high + 1):
            with pytest.raises(ValueError, match=parameter.name):
                rule(**{parameter.name: value})
