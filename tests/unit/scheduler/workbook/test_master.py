"""Every line of the pattern has one cell in the master grid, and copies are only copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from instances.generate.building import generate_with_plan
from instances.generate.presets import Preset
from instances.messages import Lang
from scheduler.result import Published
from scheduler.workbook import faults
from scheduler.workbook.master import master_grid
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.view import View
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.workbook.sample import published

HEAD = ("社团", "head")


def generated() -> Published:
    instance, plan = generate_with_plan(Preset("S"), 1)
    return Published(instance=instance, timetable=plan, result=published().result)


@pytest.mark.parametrize("term", [published(), generated()], ids=["by hand", "generated"])
def test_every_line_of_the_pattern_has_one_cell(term: Published) -> None:
    view = View(term, "zh")
    master = master_grid(view)
    lines = list(master.lines.values())
    assert sorted(lines) == sorted({item.post.line for item in view.items})
    for where, line in master.lines.items():
        assert master.sheet.cells[where][0] == term.timetable.holders.get(line)


def test_weeks_without_clubs_stand_in_a_block_of_their_own() -> None:
    sheet = master_grid(View(generated(), "zh")).sheet
    texts = [str(value) for (_, column), (value, _) in sheet.cells.items() if column == 2]
    block = next(n for n, text in enumerate(texts) if "其他周次" in text)
    assert block > texts.index("一(1)班")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_edit_on_a_copy_is_located(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "a.xlsx"
    write_timetable(published(lang), path, lang)
    book = load_workbook(path)
    page = book.worksheets[2]
    page["B5"] = "somebody else"
    page["H5"] = "a note of her own"
    book.save(path)
    (problem,) = read_timetable(path).problems
    assert (problem.sheet, problem.cell) == (page.title, "B5")
    assert problem.value == "somebody else"


def test_emptied_sheets_are_a_problem_each(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_timetable(published(), path, "zh")
    book = load_workbook(path)
    for title in ("总课表", "场次"):
        book[title].delete_rows(1, book[title].max_row)
    book.save(path)
    grid, sessions = read_timetable(path).problems
    assert (grid.sheet, grid.fault) == ("总课表", faults.GRID_ROWS_LOST)
    assert (sessions.sheet, sessions.fault) == ("场次", faults.NO_COLUMNS)


def test_a_sorted_copy_is_no_edit(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_timetable(published(), path, "zh")
    book: Workbook = load_workbook(path)
    page = book["空缺"]
    rows = [list(row) for row in page.iter_rows(min_row=5, values_only=True)]
    for number, row in enumerate(sorted(rows, key=str), 5):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value
    book.save(path)
    assert read_timetable(path).problems == ()


@pytest.mark.parametrize("room", [9, -1])
def test_clock_times_stand_in_the_head_or_above_if_they_are_many(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr("scheduler.workbook.canvas.CLOCKS", room)
    term = generated()
    cells = master_grid(View(term, "zh")).sheet.cells
    heads = {str(value) for (_, column), (value, style) in cells.items() if style == "clock"}
    above = {str(value) for (_, column), (value, style) in cells.items() if style == "note"}
    for segment in term.instance.segments:
        clock = f"{segment.timings[0].start:%H:%M}–{segment.timings[0].end:%H:%M}"
        assert any(clock in text for text in heads) is (room == 9)
        assert any(text.startswith(f"{segment.name}：{clock}") for text in above) is (room == -1)


def test_each_page_of_clubs_has_their_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 100 points holds a heading of 20 or more and no more than four rows of 19."""
    monkeypatch.setattr("scheduler.workbook.canvas.PAGE", (770.0, 100.0))
    sheet = master_grid(View(generated(), "zh")).sheet
    heads = {row for (row, _), (value, look) in sheet.cells.items() if (value, look) == HEAD}
    first, clubs = min(heads), len(View(generated(), "zh").clubs)
    pages = {row + 1 for row in sheet.breaks if first < row < first + clubs}
    assert pages
    assert pages <= heads
