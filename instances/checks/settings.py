"""Do pins and rule settings refer to what exists, within the ranges allowed."""

from __future__ import annotations

from collections.abc import Iterator

from instances import activity_texts as texts
from instances.check_texts import SEGMENT_NOT_ON
from instances.checks.scope import Scope
from instances.problems import At, Flaw, Path
from instances.rulebook import SCOPES, ParameterInfo, RuleInfo, scopes
from instances.school import Pin, RuleSetting
from instances.text import nearest


def check(scope: Scope) -> Iterator[Flaw]:
    for index, pin in enumerate(scope.instance.pins):
        yield from _pin(scope, pin, ("pins", index))
    settings: dict[object, int] = {}
    for index, setting in enumerate(scope.instance.rules):
        path: Path = ("rules", index)
        rule = (scope.rulebook or {}).get(setting.rule)
        if rule is not None and rule.hard:
            yield from _must(rule, setting, path)
        else:
            yield from _references(scope, setting, path)
        if scope.rulebook is None:
            continue
        if rule is None:
            yield _unknown(scope, setting.rule, path)
            continue
        yield from _rule(rule, setting, path)
        if not rule.hard:
            yield from _strength(rule, setting, path)
        values = str(sorted(setting.parameters.items()))
        places = (setting.grades, setting.staff, setting.activities, setting.segments)
        same = (setting.rule, values, *places)
        first = settings.setdefault(same, index)
        if first != index:
            facts = {"rule": rule.title, "other": At(("rules", first))}
            yield Flaw((*path, "rule"), texts.RULE_TWICE, facts)


def _pin(scope: Scope, pin: Pin, path: Path) -> Iterator[Flaw]:
    yield from scope.unknown("activities", pin.activity, (*path, "activity"))
    yield from scope.unknown("classes", pin.school_class, (*path, "school_class"))
    yield from scope.unknown("segments", pin.segment, (*path, "segment"))
    yield from scope.unknown("rooms", pin.room, (*path, "room"))
    yield from scope.unknown("staff", pin.staff, (*path, "staff"))
    if not any((pin.weekday, pin.segment, pin.room, pin.staff)):
        yield Flaw(path, texts.EMPTY_PIN)
    segment = scope.instance.segment_by_name.get(pin.segment or "")
    if segment is not None and pin.weekday is not None and scope.sure("segments"):
        if not any(pin.weekday in timing.weekdays for timing in segment.timings):
            facts = {"name": segment.name, "weekday": pin.weekday}
            yield Flaw((*path, "segment"), SEGMENT_NOT_ON, facts)
    activity = scope.instance.activity_by_name.get(pin.activity)
    school_class = scope.instance.class_by_name.get(pin.school_class or "")
    if activity is not None and school_class is not None and scope.sure("grades", "kinds"):
        if school_class not in scope.instance.attending(activity):
            names = {"school_class": school_class.name, "activity": activity.name}
            yield Flaw((*path, "school_class"), texts.PIN_CLASS_NOT_IN, names)


def _references(scope: Scope, setting: RuleSetting, path: Path) -> Iterator[Flaw]:
    for part, names in (
        ("staff", setting.staff),
        ("activities", setting.activities),
        ("segments", setting.segments),
    ):
        for name in names:
            yield from scope.unknown(part, name, (*path, part))


def _unknown(scope: Scope, name: str, path: Path) -> Flaw:
    rules = (scope.rulebook or {}).values()
    spellings = {
        spelling: rule for rule in rules for spelling in (rule.id, rule.title.zh, rule.title.en)
    }
    near = nearest(name, spellings, 1)
    facts = {"name": name, "options": [rule.title for rule in rules], "near": near}
    return Flaw((*path, "rule"), texts.UNKNOWN_RULE, facts)


def _must(rule: RuleInfo, setting: RuleSetting, path: Path) -> Iterator[Flaw]:
    """A must always holds, for everybody."""
    facts = {"rule": rule.title}
    if not setting.enabled:
        yield Flaw((*path, "enabled"), texts.MUST_SWITCHED_OFF, facts)
    if setting.weight is not None:
        yield Flaw((*path, "weight"), texts.WEIGHT_OF_MUST, facts)
    for part in SCOPES:
        if getattr(setting, part):
            yield Flaw((*path, part), texts.SCOPE_OF_MUST, facts)


def _strength(rule: RuleInfo, setting: RuleSetting, path: Path) -> Iterator[Flaw]:
    """Whether a rule with a weight can be set so, and is told whom it is about."""
    facts = {"rule": rule.title}
    if setting.must and not rule.may_be_must:
        yield Flaw((*path, "must"), texts.CANNOT_BE_MUST, facts)
    elif setting.must and setting.weight is not None:
        yield Flaw((*path, "weight"), texts.WEIGHT_AND_MUST, facts)
    columns = scopes(rule)
    for part in SCOPES:
        if getattr(setting, part) and part not in columns:
            known = [SCOPES[column] for column in columns]
            yield Flaw((*path, part), texts.SCOPE_WITHOUT_EFFECT, {**facts, "columns": known})
    if rule.about is not None and setting.enabled and len(getattr(setting, rule.about)) < 2:
        yield Flaw((*path, rule.about), texts.TOO_FEW_NAMES, facts)


def _rule(rule: RuleInfo, setting: RuleSetting, path: Path) -> Iterator[Flaw]:
    known = {parameter.name: parameter for parameter in rule.parameters}
    for name, number in setting.parameters.items():
        here = (*path, "parameters", name)
        facts = {"rule": rule.title, "name": name}
        if name in known:
            yield from _range(known[name], number, here)
        elif not known:
            yield Flaw(here, texts.NO_PARAMETERS, facts)
        else:
            labels = [parameter.label for parameter in rule.parameters]
            spellings = [text for label in labels for text in (label.zh, label.en)]
            near = nearest(name, [*known, *spellings], 1)
            facts_near = {**facts, "options": labels, "near": near}
            yield Flaw(here, texts.UNKNOWN_PARAMETER, facts_near, value=name)


def _range(parameter: ParameterInfo, number: object, path: Path) -> Iterator[Flaw]:
    whole = isinstance(number, int) and not isinstance(number, bool)
    if not whole or not parameter.low <= number <= parameter.high:  # type: ignore[operator]
        facts = {
            "name": parameter.label,
            "number": str(number),
            "low": parameter.low,
            "high": parameter.high,
        }
        yield Flaw(path, texts.PARAMETER_RANGE, facts, value=str(number))
