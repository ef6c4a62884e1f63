"""Flat tables: a heading, a note, column titles, and rows that may be sorted and filtered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instances.messages import Label
from scheduler.workbook import wording
from scheduler.workbook.sheet import Sheet, Value, coordinate
from scheduler.workbook.view import View

HEAD = 4
"""The row of the column titles."""


@dataclass(frozen=True)
class Column:
    """A column: its title, width, and the look of its cells."""

    label: Label
    width: float
    style: str = "left"


def flat_sheet(
    view: View,
    title: Label,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    none: Label | None = None,
    landscape: bool = True,
) -> Sheet:
    """A printable table; ``none`` is said where there are no rows."""
    lang = view.lang
    sheet = Sheet(title.text(lang), landscape=landscape, header=view.header, tab="7B8794")
    sheet.widths = {n: column.width for n, column in enumerate(columns, 1)}
    sheet.put(1, 1, title.text(lang), "title")
    sheet.heights[1] = 26
    note = wording.SHARE_NOTE if view.share else wording.COPY_NOTE
    sheet.put(2, 1, note.text(lang), "note")
    sheet.line(HEAD, 1, (column.label.text(lang) for column in columns), "head")
    sheet.fit(HEAD, least=22)
    row = HEAD
    for row, values in enumerate(rows, HEAD + 1):
        for n, (value, column) in enumerate(zip(values, columns, strict=True), 1):
            sheet.put(row, n, value, column.style)
        sheet.fit(row, least=18)
    if row == HEAD and none is not None:
        sheet.wide(HEAD + 1, (1, len(columns)), none.text(lang), "left")
        sheet.heights[HEAD + 1] = 22
    elif row > HEAD:
        sheet.filter = f"A{HEAD}:{coordinate(row, len(columns))}"
    sheet.freeze = f"A{HEAD + 1}"
    sheet.print_rows = (HEAD, HEAD)
    return sheet
