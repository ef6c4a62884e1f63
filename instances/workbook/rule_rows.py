"""The rows of the rules sheet: the whole catalogue, with this school's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from instances.messages import Label, Lang, Template, join
from instances.rulebook import Rulebook, RuleInfo, notes
from instances.school import RuleSetting
from instances.workbook.cell_text import parameters_text
from instances.workbook.content import Content, Row
from instances.workbook.spec import SHEET_BY_KEY

MUST = Label("必须满足", "must hold")
WEIGHT = Template("权重 {weight}", "weight {weight}")


def rules_content(
    settings: Sequence[RuleSetting], lang: Lang, rulebook: Rulebook | None
) -> Content:
    """One row per setting, and one with the name alone for every other rule.

    The rows follow the catalogue where that keeps the order of the settings.
    """
    book = rulebook or {}
    chosen = {rule: [s for s in settings if s.rule == rule] for rule in book}
    ordered = [setting for found in chosen.values() for setting in found]
    untouched = [rule for rule, found in chosen.items() if not found]
    if ordered == list(settings):
        rows = [row for rule in book for row in _rows(rule, chosen[rule], book, lang)]
    else:
        rows = [_row(setting, book, lang) for setting in settings]
        rows += [_named(rule, book, lang) for rule in untouched]
    return Content(SHEET_BY_KEY["rules"], tuple(rows))


def _rows(rule: str, settings: Iterable[RuleSetting], book: Rulebook, lang: Lang) -> Iterator[Row]:
    rows = [_row(setting, book, lang) for setting in settings]
    yield from rows or [_named(rule, book, lang)]


def _named(rule: str, book: Rulebook, lang: Lang) -> Row:
    """The row of a rule that is left as it is: nothing that the reader takes up."""
    info = book.get(rule)
    if info is None:
        return {"rule": rule}
    return {
        "rule": info.title.text(lang),
        "statement": info.statement.text(lang),
        "defaults": defaults_text(info, lang),
    }


def _row(setting: RuleSetting, book: Rulebook, lang: Lang) -> Row:
    info = book.get(setting.rule)
    labels = {p.name: p.label.text(lang) for p in info.parameters} if info else {}
    return {
        **_named(setting.rule, book, lang),
        "enabled": setting.enabled,
        "must": True if setting.must else None,
        "weight": setting.weight,
        "parameters": parameters_text(setting.parameters, labels, lang),
        "grades": setting.grades,
        "staff": setting.staff,
        "activities": setting.activities,
        "segments": setting.segments,
    }


def defaults_text(info: RuleInfo, lang: Lang) -> str:
    """What holds where nothing is set, and what may be set: 权重 10、上限=3、可以设为必须."""
    strength = MUST if info.weight is None else WEIGHT(weight=info.weight)
    labels = {p.name: p.label.text(lang) for p in info.parameters}
    values = {p.name: p.default for p in info.parameters}
    parts = (
        strength.text(lang),
        parameters_text(values, labels, lang),
        *(note.text(lang) for note in notes(info)),
    )
    return join(filter(None, parts), lang)
