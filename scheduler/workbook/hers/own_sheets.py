"""Her own sheets, from one workbook into another."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from copy import copy

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

PAGE = (
    *("page_setup", "page_margins", "print_options", "oddHeader", "oddFooter"),
    *("sheet_format", "sheet_properties", "protection", "auto_filter", "views"),
    *("row_breaks", "col_breaks"),
)
"""What a sheet has beside its cells and can be given as it is."""


LOOK = ("font", "fill", "border", "alignment", "protection")


class Unreadable(Exception):
    """Her sheets cannot be read, whatever the reason."""


class OwnSheets:
    """The sheets of ``book``, opened when they are asked for."""

    def __init__(self, book: bytes) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what is not carried over is listed
                self.book = load_workbook(io.BytesIO(book), rich_text=True)
        except Exception as error:  # a damaged part: whichever error its parser raises
            raise Unreadable from error

    def copy_to(self, target: Workbook, titles: Mapping[str, str]) -> None:
        """Put sheets at the end of another workbook; ``titles``: what each is called there."""
        for title, new in titles.items():
            _copy(self.book[title], target.create_sheet(new))
        for name, defined in self.book.defined_names.items():
            if name not in target.defined_names:
                target.defined_names[name] = copy(defined)

    def has(self, title: str) -> bool:
        """Whether it is a sheet of cells; one that is a chart and nothing else is not."""
        return title in self.book.sheetnames and isinstance(self.book[title], Worksheet)


def _copy(old: Worksheet, new: Worksheet) -> None:
    for row in old.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.value is None and not cell.has_style and cell.comment is None:
                continue
            here = new.cell(cell.row, cell.column, cell.value)
            if cell.has_style:
                here.number_format = cell.number_format
                for name in LOOK:
                    setattr(here, name, copy(getattr(cell, name)))
            if cell.comment is not None:
                here.comment = copy(cell.comment)
            if cell.hyperlink is not None:
                here.hyperlink = copy(cell.hyperlink)
    for area in old.merged_cells.ranges:
        new.merge_cells(area.coord)
    for letter, column in old.column_dimensions.items():
        here_column = new.column_dimensions[letter]
        for name in ("min", "max", "width", "hidden", "outlineLevel", "collapsed"):
            setattr(here_column, name, getattr(column, name))
    for number, line in old.row_dimensions.items():
        here_line = new.row_dimensions[number]
        here_line.height, here_line.hidden = line.height, line.hidden
    _rest(old, new)


def _rest(old: Worksheet, new: Worksheet) -> None:
    for name in PAGE:
        setattr(new, name, copy(getattr(old, name)))
    for view in new.views.sheetView:
        view.tabSelected = False
    for area in old.conditional_formatting:
        for rule in area.rules:
            new.conditional_formatting.add(str(area.sqref), copy(rule))
    for choice in old.data_validations.dataValidation:
        new.add_data_validation(copy(choice))
    for table in old.tables.values():
        new.add_table(copy(table))
    for chart in getattr(old, "_charts", ()):
        new.add_chart(chart)
    new.sheet_state = old.sheet_state
    if old.print_title_rows:
        new.print_title_rows = old.print_title_rows
    if old.print_title_cols:
        new.print_title_cols = old.print_title_cols
    if old.print_area:
        new.print_area = old.print_area
