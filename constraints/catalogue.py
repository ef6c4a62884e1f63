"""The catalogue: every rule in ``constraints/rules``, discovered, never listed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from constraints import rules as rules_package
from constraints.rule import Rule
from instances.messages import Label
from instances.rulebook import ParameterInfo, RuleInfo
from instances.school import Instance, RuleSetting


@cache
def catalogue() -> dict[str, type[Rule]]:
    """Every rule class by its id, in alphabetical order."""
    found: dict[str, type[Rule]] = {}
    for module_info in sorted(pkgutil.iter_modules(rules_package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{rules_package.__name__}.{module_info.name}")
        classes = [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, Rule)
            and value.__module__ == module.__name__
        ]
        if len(classes) != 1:
            raise TypeError(f"{module.__name__}: one rule per file, found {len(classes)}")
        found[classes[0].rule_id()] = classes[0]
    return found


@cache
def rulebook() -> dict[str, RuleInfo]:
    """The catalogue as the workbook and the documentation see it."""
    return {rule_id: _info(rule_id, rule) for rule_id, rule in catalogue().items()}


def active_rules(instance: Instance) -> tuple[Rule, ...]:
    """The rules of an instance: the default ones, with its own settings applied.

    A rule set more than once in the workbook is used once per setting. What must hold cannot
    be switched off; optional rules are used only where a school sets them.

    Raises
    ------
    KeyError
        If the instance names a rule that the catalogue does not have.
    """
    settings: dict[str, list[RuleSetting]] = {}
    for setting in instance.rules:
        if setting.rule not in catalogue():
            raise KeyError(setting.rule)
        settings.setdefault(setting.rule, []).append(setting)
    rules: list[Rule] = []
    for rule_id, rule in catalogue().items():
        if rule_id not in settings and not rule.optional:
            rules.append(rule())
        for setting in settings.get(rule_id, ()):
            if rule.default_weight is None or _is_used(setting):
                rules.append(rule(setting=setting, **setting.parameters))
    return tuple(rules)


def as_set(rule: type[Rule], instance: Instance) -> Rule:
    """One rule as a school first sets it, or as it is by default."""
    for setting in instance.rules:
        if setting.rule == rule.rule_id():
            return rule(setting=setting, **setting.parameters)
    return rule()


def _is_used(setting: RuleSetting) -> bool:
    return setting.enabled and (setting.must or setting.weight != 0)


def _info(rule_id: str, rule: type[Rule]) -> RuleInfo:
    parameters = []
    for name, info in rule.model_fields.items():
        if name == "setting":
            continue
        bounds = {type(m).__name__: m for m in info.metadata}
        extra = info.json_schema_extra
        assert isinstance(extra, dict), f"{rule_id}.{name} needs bilingual titles"
        parameters.append(
            ParameterInfo(
                name=name,
                label=Label(str(extra["zh"]), str(extra["en"])),
                default=int(info.default),
                low=int(bounds["Ge"].ge),
                high=int(bounds["Le"].le),
            )
        )
    defaults = {parameter.name: parameter.default for parameter in parameters}
    statement = rule.statement(**defaults)
    return RuleInfo(
        id=rule_id,
        title=rule.title,
        statement=Label(statement.text("zh"), statement.text("en")),
        weight=rule.default_weight,
        parameters=tuple(parameters),
        optional=rule.optional,
        may_be_must=rule.may_be_must,
        about=rule.about,
        by_person=rule.by_person,
        by_post=rule.by_post,
    )
