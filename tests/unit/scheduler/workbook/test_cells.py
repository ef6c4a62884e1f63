"""Quickly read rows are what the library reads, whoever wrote the file."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from scheduler.workbook.raw import opened
from scheduler.workbook.write import write_timetable
from tests.helpers.published import publish
from tests.helpers.wps import rewrite, saved_by_wps
from tests.unit.scheduler.test_diff import before


def ours(path: Path) -> Path:
    write_timetable(publish(before(), school="实验小学"), path, "zh")
    return path


def theirs(path: Path) -> Path:
    book = Workbook()
    page: Any = book.active
    page["B2"] = CellRichText("粗", TextBlock(InlineFont(b=True), "体"))
    page["D2"] = dt.datetime(2026, 9, 7)
    page["A4"], page["B4"], page["C4"] = dt.time(15, 30), 0.5, True
    page["D4"], page["E4"], page["F4"] = "=1+1", -3, dt.datetime(2026, 9, 7, 8, 5)
    page["G4"], page["H4"] = " <空> & 格 ", "#N/A"
    book.save(path)
    return path


def other_names(source: Path, target: Path) -> Path:
    """Elements with a prefix, which is as good."""

    def edit(name: str, text: str) -> str:
        if not name.startswith("xl/worksheets/sheet"):
            return text
        for tag in ("row", "c", "v", "worksheet", "sheetData", "is", "t"):
            text = text.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
            text = text.replace(f"</{tag}>", f"</x:{tag}>")
        return text.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=", 1)

    return rewrite(source, target, edit)


def slowly(path: Path, title: str) -> dict[tuple[int, int], object]:
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        page: Any = book[title]
        page.reset_dimensions()
        return {
            (row, column): value
            for row, values in enumerate(page.iter_rows(values_only=True), 1)
            for column, value in enumerate(values, 1)
            if value is not None
        }


@pytest.mark.parametrize("kind", ["ours", "wps", "theirs", "names"])
def test_every_cell_is_as_the_library_reads_it(kind: str, tmp_path: Path) -> None:
    path = theirs(tmp_path / "a.xlsx") if kind == "theirs" else ours(tmp_path / "a.xlsx")
    if kind == "wps":
        path = saved_by_wps(path, tmp_path / "b.xlsx")
    if kind == "names":
        path = other_names(theirs(path), tmp_path / "b.xlsx")
    with opened(path) as book:
        for title in book.titles:
            quick, slow = book.cells(title), slowly(path, title)
            assert slow
            assert quick == slow
            assert {where: type(value) for where, value in quick.items()} == {
                where: type(value) for where, value in slow.items()
            }
