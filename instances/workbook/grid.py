"""The cells of a workbook as plain values with their places: no formats, no styles.

A file that is no workbook, or cannot be opened, becomes a problem, never an exception.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from instances import problem_texts as texts
from instances.problems import Fault, Place, Problem
from instances.text import Misread, shown, tidy

_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""Begins both old .xls files and workbooks encrypted with a password."""
_OLD_SUFFIXES = {".xls", ".et", ".csv", ".ods", ".xlsb", ".ett", ".xlt", ".numbers", ".txt"}
_SUFFIXES = {".xlsx", ".xlsm"}


@dataclass(frozen=True)
class Unusable:
    """A cell without a value that could be read: a formula never computed, an error."""

    fault: Fault
    shown: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Cell:
    """A value and where it stands."""

    value: object
    place: Place

    @property
    def blank(self) -> bool:
        return self.value is None

    def usable(self) -> object:
        """The value; a formula without one and an Excel error are misread."""
        if isinstance(self.value, Unusable):
            raise Misread(self.value.fault)
        return self.value


@dataclass
class Grid:
    """One sheet: its values by row and column (from 1), merged cells, hidden state."""

    title: str
    values: dict[int, dict[int, object]] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        return sorted(self.values)

    def cell(self, row: int, column: int, *, spread: bool = True) -> Cell:
        """A cell; within merged cells the value of their first one, where ``spread``."""
        value = self.values.get(row, {}).get(column)
        if value is None and spread and (row, column) in self.merged:
            first = self.merged[row, column]
            value = self.values.get(first[0], {}).get(first[1])
        return Cell(value, Place(self.title, f"{get_column_letter(column)}{row}", shown(value)))


def open_book(path: Path) -> list[Grid] | Problem:
    """The sheets of a workbook, or why it cannot be read."""
    fault = _refused(path)
    if fault is not None:
        return fault.at(Place(path.name, None, path.name), suffix=path.suffix)
    not_a_workbook = texts.NOT_A_WORKBOOK.at(Place(path.name, None, path.name))
    try:
        with warnings.catch_warnings():  # about what is not carried over, such as drop-downs
            warnings.simplefilter("ignore")
            return _grids(path)
    except PermissionError:
        return texts.NOT_READABLE.at(Place(path.name, None, path.name))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError):
        return not_a_workbook
    except Exception as fault_inside:  # a damaged part: whichever error its parser raises
        if isinstance(fault_inside, MemoryError | RecursionError):
            raise
        return not_a_workbook


def _grids(path: Path) -> list[Grid]:
    book = load_workbook(path)
    grids = [_grid(sheet) for sheet in book.worksheets]
    if any(True for grid in grids for _ in _formulas(grid)):
        _put_values(grids, load_workbook(path, data_only=True).worksheets)
    return grids


def _refused(path: Path) -> Fault | None:
    """What can be said of a file without understanding it."""
    suffix = path.suffix.casefold()
    try:
        if not path.exists():
            return texts.NO_FILE
        if path.is_dir():
            return texts.IS_FOLDER
        with path.open("rb") as file:
            begin = file.read(4)
    except OSError:
        return texts.NOT_READABLE
    if suffix in _OLD_SUFFIXES:
        return texts.SAVE_AS_XLSX
    if suffix not in _SUFFIXES:
        return texts.UNKNOWN_FORMAT
    if not begin:
        return texts.EMPTY_FILE
    if begin == _OLD_EXCEL:
        return texts.ENCRYPTED
    if not zipfile.is_zipfile(path):
        return texts.NOT_A_WORKBOOK
    return None


def _grid(sheet: Worksheet) -> Grid:
    grid = Grid(sheet.title)
    for (row, column), cell in sheet._cells.items():
        value = _value(cell.value)
        if value is not None:
            grid.values.setdefault(row, {})[column] = value
    last = max(grid.values, default=0)
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, last) + 1):
            for column in range(area.min_col, area.max_col + 1):
                grid.merged[row, column] = first
    return grid


def _value(value: Any) -> object:
    if isinstance(value, ArrayFormula):
        return Unusable(texts.FORMULA_WITHOUT_VALUE, value.text or "=")
    if isinstance(value, DataTableFormula):
        return Unusable(texts.FORMULA_WITHOUT_VALUE, "=")
    if not isinstance(value, str):
        return value
    if value.startswith("=") and len(value) > 1:
        return Unusable(texts.FORMULA_WITHOUT_VALUE, value)
    if value.strip() in _ERRORS:
        return Unusable(texts.EXCEL_ERROR, value.strip())
    return value if tidy(value) else None


def _formulas(grid: Grid) -> Iterator[tuple[int, int]]:
    for row, values in grid.values.items():
        for column, value in values.items():
            if isinstance(value, Unusable) and value.fault is texts.FORMULA_WITHOUT_VALUE:
                yield row, column


def _put_values(grids: list[Grid], sheets: Iterable[Worksheet]) -> None:
    """Formulas become the values that were last computed for them."""
    computed: Mapping[str, Worksheet] = {sheet.title: sheet for sheet in sheets}
    for grid in grids:
        for row, column in list(_formulas(grid)):
            cell = computed[grid.title]._cells.get((row, column))
            value = _value(cell.value) if cell is not None else None
            if value is not None:
                grid.values[row][column] = value
