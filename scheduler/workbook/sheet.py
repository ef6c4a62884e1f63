"""A sheet as data: what stands in which cell, in which style, and how it is printed.

The pages of the timetable are built as these; only :mod:`scheduler.workbook.emit` turns
them into a file.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from scheduler.workbook.charts import ChartSpec


@dataclass(frozen=True)
class Formula:
    """A formula without its equals sign, and what it comes to as the workbook is written."""

    text: str
    result: str | int | float


Value = str | int | float | dt.date | dt.time | Formula | None
Address = tuple[int, int]

NOTE_AUTHOR = "Afterschool"
"""The author of the notes that we write on cells."""
OWN_NOTE = "\n――――――――\n"
"""Separates her note on a cell from ours on the same."""
LINE = 15.5
"""Height of one line of ordinary text, in points."""


@dataclass(frozen=True)
class Tint:
    """A colour given to a cell by hand: of its ground, of its letters, or both."""

    fill: str | None = None
    ink: str | None = None


@dataclass(frozen=True)
class Note:
    """A note on a cell, and who wrote it."""

    text: str
    author: str


@dataclass(frozen=True)
class Choice:
    """A drop-down: a list of words, or a column of another sheet, for some cells.

    ``hint`` is shown where one of the cells is chosen; without a formula it is all there is.
    """

    cells: tuple[str, ...]
    formula: str = ""
    hint: str = ""


@dataclass
class Sheet:
    """One sheet. Rows and columns count from 1, as in Excel.

    ``ids`` names the rows and columns whose cells may be edited: they are written into a
    hidden first row and column, so that a cell is known again wherever it has moved. ``notes``
    are shown beside a cell when the pointer rests on it. ``tints`` and ``her_notes`` are what
    somebody has added to a timetable before.
    """

    title: str
    landscape: bool = False
    hidden: bool = False
    tab: str | None = None
    cells: dict[Address, tuple[Value, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    print_rows: tuple[int, int] | None = None
    freeze: str | None = None
    filter: str | None = None
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)
    notes: dict[Address, str] = field(default_factory=dict)
    tints: dict[Address, Tint] = field(default_factory=dict)
    her_notes: dict[Address, Note] = field(default_factory=dict)
    charts: list[ChartSpec] = field(default_factory=list)
    header: str = ""
    one_page: bool = False
    print_columns: int | None = None
    print_from: int = 1
    _across: dict[Address, int] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Value, style: str = "text") -> None:
        self.cells[row, column] = (value, style)

    def line(self, row: int, column: int, values: Iterable[Value], style: str = "text") -> None:
        """Several cells of one row, from ``column`` on."""
        for n, value in enumerate(values):
            self.cells[row, column + n] = (value, style)

    def wide(
        self, row: int, columns: tuple[int, int], value: Value, style: str, *, rows: int = 1
    ) -> None:
        """One value across columns ``columns`` (both included), and down ``rows``."""
        first, last = columns
        for r in range(row, row + rows):
            for c in range(first, last + 1):
                self.cells[r, c] = (value if (r, c) == (row, first) else None, style)
        if last > first or rows > 1:
            self.merges.append((row, first, row + rows - 1, last))
            self._across[row, first] = last

    def fit(self, row: int, least: float = 18, line: float = LINE) -> None:
        """Give a row the height its wrapped texts need."""
        lines = 1
        for column in self.widths:
            value = self.cells.get((row, column), (None, ""))[0]
            if isinstance(value, str):
                lines = max(lines, lines_of(value, self._width_at(row, column)))
        self.heights[row] = max(least, lines * line + 4)

    def _width_at(self, row: int, column: int) -> float:
        last = self._across.get((row, column), column)
        return sum(self.widths.get(c, 9.0) for c in range(column, last + 1))

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)


def text_width(text: str) -> int:
    """Columns of a text in characters: Chinese ones count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a column of that width."""
    room = max(2.0, width - 0.8)
    return sum(max(1, -(-text_width(part) // int(room))) for part in text.split("\n"))


def widest(texts: Iterable[str], least: float, most: float) -> float:
    """A column width that holds the widest of the texts, within limits."""
    need = max((text_width(part) for text in texts for part in text.split("\n")), default=0)
    return min(most, max(least, need + 2.5))


@cache
def letter(column: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def coordinate(row: int, column: int) -> str:
    return f"{letter(column)}{row}"


def sheet_range(title: str, cells: str) -> str:
    """A range of another sheet as formulas write it."""
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{cells}"


def chunks(text: str, size: int) -> Sequence[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
