"""The empty workbook that a school fills in."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Lang
from instances.rulebook import Rulebook
from instances.workbook.compose import compose
from instances.workbook.content import Content
from instances.workbook.rule_rows import rules_content
from instances.workbook.save import save
from instances.workbook.sheet import CellKind
from instances.workbook.spec import SHEETS, default_segments, wish_heading
from instances.workbook.wish_rows import slots_of


def write_template(path: Path, lang: Lang, rulebook: Rulebook | None = None) -> None:
    """Write an empty workbook: headings, notes, drop-downs, and the rules with their defaults.

    The grid of wishes has a column for each weekday and default segment.
    """
    save(compose((_empty(spec.key, lang, rulebook) for spec in SHEETS), lang), path)


def _empty(key: str, lang: Lang, rulebook: Rulebook | None) -> Content:
    if key == "rules":
        return rules_content((), lang, rulebook)
    spec = next(sheet for sheet in SHEETS if sheet.key == key)
    if key != "wishes":
        return Content(spec)
    segments = default_segments(lang)
    slots = slots_of(segments, [segment.band_name for segment in segments])
    headings = [wish_heading(weekday, band, lang) for weekday, band in slots]
    return Content(spec, composed=dict.fromkeys(headings, CellKind.WORD))
