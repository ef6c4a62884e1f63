"""Edits in a timetable workbook are found; sorting, filtering and hiding are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import Lang
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.workbook.sample import published

GRID, SESSIONS = "总课表", "场次"
ROOM, STAFF, UNITS, STATUS, KEY = 10, 12, 13, 14, 17


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "timetable.xlsx"
    write_timetable(published(), path, "zh")
    return path


@pytest.fixture
def edited(written: Path, tmp_path: Path) -> Callable[[Callable[[Workbook], object]], ReadBack]:
    """Applies an edit to a copy of the workbook and reads it back."""

    def apply(edit: Callable[[Workbook], object]) -> ReadBack:
        book = load_workbook(written)
        edit(book)
        path = tmp_path / "edited.xlsx"
        book.save(path)
        return read_timetable(path)

    return apply


Edited = Callable[[Callable[[Workbook], object]], ReadBack]


def session_row(book: Workbook, status: str = "正常", text: str = "作业看护") -> int:
    sheet = book[SESSIONS]
    return next(
        row
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, STATUS).value == status and sheet.cell(row, 7).value == text
    )


def name_cell(sheet: Worksheet, name: str | None = None) -> tuple[int, int]:
    """The first editable name of the grid's first class."""
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 2).value == "一(1)班":
            return row, 4
    raise AssertionError


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_written_comes_back(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "timetable.xlsx"
    write_timetable(published(lang), path, lang)
    back = read_timetable(path)
    assert back.problems == ()
    assert back.edits == ()
    assert back.published == published(lang)
    assert back.timetable == published(lang).timetable
    assert back.lang == lang


def test_json_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "timetable.json"
    write_timetable(published(), path, "zh")
    back = read_timetable(path)
    assert (back.published, back.timetable) == (published(), published().timetable)


def test_sorting_filtering_and_hiding_are_no_edits(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[SESSIONS]
        rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        rows.sort(key=lambda row: (str(row[STAFF - 1]), str(row[KEY - 1])))
        for n, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                sheet.cell(n, column).value = value
        sheet.auto_filter.add_filter_column(6, ["作业看护"])
        for n in range(2, 40):
            sheet.row_dimensions[n].hidden = True
        book[GRID].column_dimensions["F"].hidden = True

    back = edited(edit)
    assert back.problems == ()
    assert back.edits == ()


def test_rows_and_columns_put_into_the_grid_are_no_edits(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        book[GRID].insert_rows(5)
        book[GRID].insert_cols(4)
        book[GRID]["D5"] = "备注"

    back = edited(edit)
    assert back.problems == ()
    assert back.edits == ()


def test_another_name_in_the_grid_changes_the_pattern(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        book[GRID].cell(*name_cell(book[GRID])).value = " 林 教练 "

    back = edited(edit)
    assert back.problems == ()
    (found,) = back.edits
    assert (found.what, found.new, found.sheet) == ("holder", "林教练", GRID)
    assert back.timetable is not None
    assert back.timetable.holders[found.key] == "林教练"
    assert back.timetable.changes == published().timetable.changes


def test_an_emptied_name_is_an_open_post(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        book[GRID].cell(*name_cell(book[GRID])).value = None

    back = edited(edit)
    assert back.problems == ()
    assert back.timetable is not None
    assert back.edits[0].key not in back.timetable.holders


def test_a_cover_a_room_and_a_cancellation_on_one_date(edited: Edited) -> None:
    keys: list[str] = []

    def edit(book: Workbook) -> None:
        sheet = book[SESSIONS]
        row = session_row(book)
        keys.extend(str(sheet.cell(row + n, KEY).value) for n in range(4))
        sheet.cell(row, STAFF).value = "林教练"
        sheet.cell(row + 1, ROOM).value = "操场"
        sheet.cell(row + 2, STATUS).value = "取消"
        sheet.cell(row + 3, STAFF).value = None

    back = edited(edit)
    assert back.problems == ()
    assert back.timetable is not None
    changes = back.timetable.changes
    assert changes[keys[0]].staff == "林教练"
    assert changes[keys[1]].room == "操场"
    assert changes[keys[2]].cancelled
    assert changes[keys[3]].open
    assert len(changes) == len(published().timetable.changes) + 4
    assert back.timetable.holders == published().timetable.holders


def test_a_cover_taken_back(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[SESSIONS]
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, STATUS).value == "代课":
                sheet.cell(row, STAFF).value = sheet.cell(row, 15).value

    back = edited(edit)
    assert back.problems == ()
    assert back.timetable is not None
    assert len(back.timetable.changes) == len(published().timetable.changes) - 2


@pytest.mark.parametrize(
    ("column", "value", "remedy"),
    [
        (STAFF, "林教炼", "林教练"),
        (STAFF, "欧阳锋", "人员表"),
        (ROOM, "操厂", "操场"),
        (ROOM, None, "取消"),
        (STATUS, "代课", "人员"),
        (STATUS, "没来", "下拉"),
        (UNITS, 3, "恢复"),
        (KEY, "x", "场次号"),
    ],
)
def test_what_cannot_be_is_located(edited: Edited, column: int, value: object, remedy: str) -> None:
    where: list[str] = []

    def edit(book: Workbook) -> None:
        row = session_row(book)
        cell = book[SESSIONS].cell(row, column)
        cell.value = value  # type: ignore[assignment]
        where.append(cell.coordinate)

    back = edited(edit)
    problem = back.problems[0]
    assert back.timetable is None
    assert (problem.sheet, problem.cell) == (SESSIONS, where[0])
    assert problem.value == ("" if value is None else str(value))
    assert remedy in problem.remedy.text("zh")


def test_a_deleted_row_and_a_doubled_row(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[SESSIONS]
        for column in range(1, KEY + 1):
            sheet.cell(2, column).value = sheet.cell(3, column).value

    back = edited(edit)
    said = [problem.message.text("en") for problem in back.problems]
    assert "first at Q2" in said[0]
    assert "is missing" in said[1]


@pytest.mark.parametrize(("rows", "problems"), [(5, 5), (6, 1)])
def test_many_deleted_rows_are_one_problem(edited: Edited, rows: int, problems: int) -> None:
    back = edited(lambda book: book[SESSIONS].delete_rows(2, rows))
    said = [problem.message.text("zh") for problem in back.problems]
    assert "(1)班" in said[0], "which class it is"
    assert len(said) == problems
    assert ("缺少 6 个场次，第一个是" in said[0]) is (rows == 6)


def test_contradicting_edits(edited: Edited) -> None:
    def edit(book: Workbook, name: str = "孙浩") -> None:
        book[GRID].cell(*name_cell(book[GRID])).value = "林教练"
        sheet = book[SESSIONS]
        for row in range(2, 20):
            if "作业看护@一(1)班@1.作业辅导" in str(sheet.cell(row, KEY).value):
                sheet.cell(row, STAFF).value = name

    back = edited(edit)
    (problem,) = back.problems
    assert problem.sheet == SESSIONS
    assert "林教练" in problem.message.text("zh")
    back = edited(lambda book: edit(book, "林教练"))
    assert back.problems == ()
    assert back.timetable is not None
    assert back.timetable.changes == published().timetable.changes


def test_a_label_of_the_grid_may_not_change(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        row, _ = name_cell(book[GRID])
        book[GRID].cell(row, 2).value = "一(9)班"

    (problem,) = edited(edit).problems
    assert problem.sheet == GRID
    assert "一(1)班" in problem.message.text("en")


def test_a_row_of_the_grid_that_is_gone_or_doubled(edited: Edited) -> None:
    gone = edited(lambda book: book[GRID].delete_rows(name_cell(book[GRID])[0]))
    assert "一(1)班" in gone.problems[0].message.text("zh")

    def double(book: Workbook) -> None:
        sheet = book[GRID]
        row, _ = name_cell(sheet)
        for column in range(1, 20):
            sheet.cell(row + 1, column).value = sheet.cell(row, column).value

    assert any(problem.cell for problem in edited(double).problems)


def test_sheets_that_are_missing(edited: Edited) -> None:
    back = edited(lambda book: book.remove(book[SESSIONS]))
    assert SESSIONS in back.problems[0].message.text("zh")
    back = edited(lambda book: book.remove(book["_afterschool"]))
    assert back.published is None
    assert "隐藏" in back.problems[0].message.text("zh")


def test_damaged_data(edited: Edited) -> None:
    def edit(book: Workbook) -> None:
        book["_afterschool"]["A2"] = "eJx"

    back = edited(edit)
    assert back.published is None
    assert "damaged" in back.problems[0].message.text("en")


def test_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert read_timetable(path).problems
    path.write_bytes(b"no zip")
    assert read_timetable(path).problems
    assert read_timetable(tmp_path / "a.xls").problems
    other = tmp_path / "a.json"
    other.write_text("{}", encoding="utf-8")
    assert read_timetable(other).problems
