"""A sheet as rows of named cells: headings found wherever they are, cells read by their kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TypeVar

from instances import problem_texts as texts
from instances.names import Names
from instances.problems import Fault, Path, Place
from instances.text import (
    Misread,
    flat,
    fold,
    nearest,
    read_decimal,
    read_integer,
    read_integers,
    read_share,
    read_text,
    read_texts,
    read_word,
    shown,
)
from instances.when import (
    read_date,
    read_grade,
    read_grades,
    read_time,
    read_weekday,
    read_weekdays,
)
from instances.words import Weekday, Word
from instances.workbook.draft import Draft
from instances.workbook.grid import Cell, Grid
from instances.workbook.sheet import ColumnSpec, SheetSpec, YesNo

LAST_HEADING_ROW = 12
_DECORATION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[*:★☆?]|^\s*\d+\s*[、.]")

T = TypeVar("T")
W = TypeVar("W", bound=Word)


def plain_heading(text: str) -> str:
    """A heading without notes in brackets, stars, colons and numbering, folded."""
    return fold(_DECORATION.sub("", flat(text)))


@dataclass(frozen=True)
class Heading:
    """A heading that is none of the sheet's own columns."""

    column: int
    cell: Cell

    @property
    def text(self) -> str:
        return shown(self.cell.value)


@dataclass
class Row:
    """One row: cells by the key of their column. Whatever cannot be read is reported.

    ``bad`` are the keys of cells that were; their values are then those of blank cells.
    """

    draft: Draft
    spec: SheetSpec
    cells: Mapping[str, Cell]
    home: Place
    number: int = 0
    bad: set[str] = field(default_factory=set)

    def cell(self, key: str) -> Cell:
        return self.cells.get(key) or Cell(None, self.home)

    def place(self, key: str) -> Place:
        return self.cell(key).place

    def blank(self, key: str) -> bool:
        return self.cell(key).blank

    def note(self, path: Path, *keys: str) -> None:
        """Enter where the fields of ``path`` stand; the first key stands for the whole."""
        self.draft.places.setdefault(path, self.place(keys[0]) if keys else self.home)
        for key in keys:
            if key in self.cells:
                self.draft.places[(*path, key)] = self.place(key)

    def report(self, key: str, fault: Fault, **facts: object) -> None:
        self.bad.add(key)
        self.draft.report(fault, self.place(key), **facts)

    def read(self, key: str, reader: Callable[[object], T]) -> T | None:
        """What ``reader`` makes of a cell; ``None`` where it is blank or was reported."""
        cell = self.cell(key)
        if cell.blank:
            column = self.spec.column(key)
            if column.required and key in self.cells and key not in self.bad:
                title = column.title.text(self.draft.lang)
                self.report(key, texts.MISSING_VALUE, column=title, note=column.note)
            return None
        try:
            return reader(cell.usable())
        except Misread as misread:
            if key not in self.bad:
                self.report(key, misread.fault, **misread.facts)
            return None

    def text(self, key: str) -> str:
        return self.read(key, read_text) or ""

    def texts(self, key: str) -> tuple[str, ...]:
        return self.read(key, read_texts) or ()

    def _bounded(self, key: str, number: T | None) -> T | None:
        column = self.spec.column(key)
        low, high = column.low, column.high
        if number is None or low is None or high is None:
            return number
        if low <= number <= high:  # type: ignore[operator]
            return number
        self.report(key, texts.OUT_OF_RANGE, low=low, high=high)
        return None

    def integer(self, key: str) -> int | None:
        return self._bounded(key, self.read(key, read_integer))

    def integers(self, key: str) -> tuple[int, ...]:
        numbers = self.read(key, read_integers) or ()
        kept = [self._bounded(key, number) for number in numbers if key not in self.bad]
        return tuple(number for number in kept if number is not None)

    def decimal(self, key: str, places: int) -> Decimal | None:
        number = self._bounded(key, self.read(key, read_decimal))
        if number is not None and number != round(number, places):
            self.report(key, texts.TOO_PRECISE, places=places)
            return None
        return number

    def share(self, key: str) -> Decimal | None:
        return self.read(key, read_share)

    def date(self, key: str) -> dt.date | None:
        return self.read(key, partial(read_date, near=self.draft.term))

    def time(self, key: str) -> dt.time | None:
        return self.read(key, read_time)

    def yes(self, key: str, blank: bool) -> bool:
        answer = self.word(key, YesNo)
        return blank if answer is None else answer is YesNo.YES

    def word(self, key: str, choices: type[W]) -> W | None:
        return self.read(key, lambda value: read_word(value, choices))

    def weekday(self, key: str) -> Weekday | None:
        return self.read(key, read_weekday)

    def weekdays(self, key: str) -> tuple[Weekday, ...]:
        return self.read(key, read_weekdays) or ()

    def grade(self, key: str) -> int | None:
        return self.read(key, read_grade)

    def grades(self, key: str) -> tuple[int, ...]:
        return self.read(key, read_grades) or ()

    def reference(self, key: str, names: Names) -> str | None:
        """A name as it is listed elsewhere, or as it was typed."""
        text = self.text(key)
        return (names.find(text) or text) if text else None

    def references(self, key: str, names: Names) -> tuple[str, ...]:
        if self.read(key, read_texts) is None:
            return ()
        return tuple(names.listed(shown(self.cell(key).value)))

    def person(self, key: str) -> str | None:
        """The key of a member of staff, or the text that names nobody in particular."""
        text = self.text(key)
        return (self.draft.people.find(text).key or text) if text else None

    def people(self, key: str) -> tuple[str, ...]:
        if self.read(key, read_texts) is None:
            return ()
        return tuple(self.draft.people.listed(shown(self.cell(key).value)))


@dataclass
class Table:
    """The rows below the headings of a sheet, and the headings that are not its own."""

    draft: Draft
    spec: SheetSpec
    grid: Grid
    heading_row: int
    columns: dict[str, int]
    others: list[Heading]

    def rows(self) -> Iterator[Row]:
        """The rows that have anything in the columns read."""
        read = {*self.columns.values(), *(other.column for other in self.others)}
        for number in self.grid.rows:
            if number <= self.heading_row or read.isdisjoint(self.grid.values[number]):
                continue
            yield self.row(number)

    def row(self, number: int) -> Row:
        cells = {key: self.grid.cell(number, column) for key, column in self.columns.items()}
        home = next(iter(cells.values()), self.grid.cell(number, 1)).place
        return Row(self.draft, self.spec, cells, home, number)

    def cell(self, row: Row, heading: Heading) -> Cell:
        """The cell of a row below one of the other headings."""
        return self.grid.cell(row.number, heading.column)


def find_table(draft: Draft, grid: Grid, spec: SheetSpec) -> Table | None:
    """The table of a sheet; without headings, or without a column it needs, reported."""
    number = heading_row(grid, spec)
    if number is None:
        names = [column.title.text(draft.lang) for column in spec.required_columns]
        draft.report(texts.NO_HEADINGS, Place(grid.title, "A1"), columns=names)
        return None
    columns, others = _columns(draft, grid, spec, number)
    missing = [column for column in spec.required_columns if column.key not in columns]
    end = max(grid.values[number]) + 1
    for column in missing:
        place = grid.cell(number, end, spread=False).place
        title = column.title.text(draft.lang)
        draft.report(texts.MISSING_COLUMN, place, column=title, note=column.note)
    if missing:
        draft.unsure.add(spec.key)
    return Table(draft, spec, grid, number, columns, others)


def heading_row(grid: Grid, spec: SheetSpec) -> int | None:
    """The row with the most of the sheet's headings, among the first rows."""
    best: tuple[int, int, int] = (0, 0, 0)
    found = None
    for number in grid.rows:
        if number > LAST_HEADING_ROW:
            break
        matched, titled = set(), 0
        for value in grid.values[number].values():
            column = column_of(spec, shown(value)) if isinstance(value, str) else None
            if column is not None:
                matched.add(column.key)
                titled += plain_heading(str(value)) in map(fold, (column.title.zh, column.title.en))
        if not any(column.key in matched for column in spec.required_columns):
            continue
        score = (len(matched), titled, len(grid.values[number]))
        if score > best:
            best, found = score, number
    return found


def column_of(spec: SheetSpec, heading: str) -> ColumnSpec | None:
    """The column that a heading means, in either language or by another usual name.

    Brackets are notes, except where they could say which day or segment a column is about.
    """
    composed = {columns.key for columns in spec.open_columns}
    for text in (fold(heading), plain_heading(heading)):
        for titles_only in (True, False):
            for column in spec.columns:
                known = column.headings[:2] if titles_only else column.headings
                if text and text in map(fold, known):
                    noted = column.key in composed and "(" in flat(heading)
                    return None if noted else column
    return None


def _columns(
    draft: Draft, grid: Grid, spec: SheetSpec, number: int
) -> tuple[dict[str, int], list[Heading]]:
    columns: dict[str, int] = {}
    others: list[Heading] = []
    for column in sorted(grid.values[number]):
        cell = grid.cell(number, column, spread=False)
        found = column_of(spec, shown(cell.value))
        if found is None:
            others.append(Heading(column, cell))
        elif found.key in columns:
            other = grid.cell(number, columns[found.key], spread=False).place
            draft.report(texts.DUPLICATE_HEADING, cell.place, other=other.cell)
        elif not found.shown_only:
            columns[found.key] = column
    return columns, others


def warn_of_near_headings(table: Table, headings: list[Heading]) -> None:
    """Headings that are almost one of the sheet's own are probably a slip of the pen."""
    free = [
        title
        for column in table.spec.columns
        if column.key not in table.columns and not column.shown_only
        for title in (column.title.zh, column.title.en)
    ]
    for heading in headings:
        near = nearest(plain_heading(heading.text), free, 1, 0.6)
        if near:
            table.draft.report(texts.UNKNOWN_HEADING, heading.cell.place, near=near)


def warn_of_values_without_heading(table: Table) -> None:
    """Below the headings, in a column that has none: the first of each such column."""
    grid, seen = table.grid, set[int]()
    for number in grid.rows:
        for column in sorted(grid.values[number]) if number > table.heading_row else ():
            if column not in seen and grid.cell(table.heading_row, column).blank:
                seen.add(column)
                cell = grid.cell(number, column, spread=False)
                table.draft.report(texts.NO_HEADING, cell.place)


def pairs_row(draft: Draft, grid: Grid, spec: SheetSpec) -> Row:
    """A sheet of items: each heading in one cell, its value in the next cell to the right."""
    cells: dict[str, Cell] = {}
    home = Place(grid.title, "A1")
    for number in grid.rows:
        for column in sorted(grid.values[number]):
            found = column_of(spec, shown(grid.values[number][column]))
            if found is None:
                continue
            right = column + 1
            while grid.merged.get((number, right)) == (number, column):
                right += 1
            if found.key in cells:
                label = grid.cell(number, column).place
                draft.report(texts.DUPLICATE_HEADING, label, other=cells[found.key].place.cell)
            else:
                cells[found.key] = grid.cell(number, right)
            break
    for item in spec.required_columns:
        if item.key not in cells:
            place = Place(grid.title, f"A{max(grid.rows, default=0) + 1}")
            title = item.title.text(draft.lang)
            draft.report(texts.MISSING_ITEM, place, column=title, note=item.note)
            draft.unsure.add(spec.key)
    return Row(draft, spec, cells, home)
