"""Reading the sheets about the timetable wanted: pins and rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from instances.rulebook import RuleInfo
from instances.school import Pin, RuleSetting
from instances.text import fold
from instances.words import Role
from instances.workbook.compact import read_pairs
from instances.workbook.draft import Draft
from instances.workbook.table import Row

_SET = ("enabled", "must", "weight", "parameters", "grades", "staff", "activities", "segments")


def read_pins(draft: Draft, rows: Iterable[Row]) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for row in rows:
        activity = row.reference("activity", draft.activities)
        fields: dict[str, Any] = {
            "school_class": row.reference("school_class", draft.classes),
            "weekday": row.weekday("weekday"),
            "segment": row.reference("segment", draft.segment_names),
            "room": row.reference("room", draft.rooms),
            "staff": row.person("staff"),
            "role": row.word("role", Role),
            "forbid": row.yes("forbid", blank=False),
        }
        if not activity:
            continue
        row.note(("pins", len(pins)), "activity", *(k for k in fields if k != "activity"))
        pins.append(Pin(activity=activity, **fields))
    return tuple(pins)


def read_rules(draft: Draft, rows: Iterable[Row]) -> tuple[RuleSetting, ...]:
    """The rules that the school has set anything of; a name alone sets nothing."""
    settings: list[RuleSetting] = []
    for row in rows:
        name = row.text("rule")
        rule = _rule(draft, name)
        fields: dict[str, Any] = {
            "enabled": row.yes("enabled", blank=True),
            "must": row.yes("must", blank=False),
            "weight": row.integer("weight"),
            "parameters": row.read("parameters", partial(read_pairs, name_of=_Names(rule))) or {},
            "grades": row.grades("grades"),
            "staff": row.people("staff"),
            "activities": row.references("activities", draft.activities),
            "segments": row.references("segments", draft.segment_names),
        }
        known = rule is not None or draft.rulebook is None
        if not name or (known and all(row.blank(key) for key in _SET)):
            continue
        row.note(("rules", len(settings)), "rule", *_SET)
        settings.append(RuleSetting(rule=rule.id if rule else name, **fields))
    return tuple(settings)


def _rule(draft: Draft, text: str) -> RuleInfo | None:
    """The rule of the catalogue by its id or its title."""
    for rule in (draft.rulebook or {}).values():
        if fold(text) in map(fold, (rule.id, rule.title.zh, rule.title.en)):
            return rule
    return None


class _Names(dict[str, str]):
    """Parameters by name or label; an unknown one is itself."""

    def __init__(self, rule: RuleInfo | None) -> None:
        super().__init__()
        for parameter in rule.parameters if rule else ():
            for name in (parameter.name, parameter.label.zh, parameter.label.en):
                self[fold(name)] = parameter.name

    def __call__(self, text: str) -> str:
        return self.get(fold(text), text)
