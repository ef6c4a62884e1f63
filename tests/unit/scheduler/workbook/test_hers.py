"""What somebody adds to a timetable workbook is found again in the one made from it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.workbook.hers.adopt import Adopted
from scheduler.workbook.hers.read import NOTHING, Hers, read_hers
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.write import write_share, write_timetable
from tests.helpers.published import publish, rerun
from tests.helpers.wps import rewrite, saved_by_wps
from tests.unit.scheduler.test_diff import OCTOBER_12, after, before

YELLOW = "FFFF00"
OLD = publish(before(), school="实验小学")
NEW = rerun(OLD, after(), OCTOBER_12)
Work = Callable[[Any], None]


def old_file(folder: Path, work: Work) -> Path:
    """The first timetable, worked in and saved."""
    path = folder / "old.xlsx"
    write_timetable(OLD, path, "zh")
    book = load_workbook(path)
    work(book)
    book.save(path)
    return path


def nothing(_book: Any) -> None:
    """She only looks at it."""


def hers_in(path: Path) -> Hers:
    return read_hers(path, read_timetable(path).payload)


def carried(folder: Path, work: Work) -> tuple[Workbook, Adopted]:
    """The second timetable, with what was added to the first."""
    new = folder / "new.xlsx"
    adopted = write_timetable(NEW, new, "zh", hers_in(old_file(folder, work)))
    return load_workbook(new), adopted


def cell_with(page: Any, text: str) -> Any:
    return next(cell for row in page.iter_rows() for cell in row if cell.value == text)


def paint(cell: Any, colour: str | Color = YELLOW) -> None:
    cell.fill = PatternFill("solid", fgColor=colour)


def ground(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:]


def test_an_untouched_workbook_has_nothing_of_hers(tmp_path: Path) -> None:
    assert hers_in(old_file(tmp_path, nothing)) == NOTHING


def test_a_json_file_has_nothing_of_hers(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    write_timetable(OLD, path, "zh")
    assert hers_in(path) == NOTHING


def test_a_colour_stays_with_its_post_whoever_has_it(tmp_path: Path) -> None:
    """Class 2 stays with 赵静: her cell stays yellow. Class 1 goes to 李明: green is stronger."""

    def work(book: Any) -> None:
        paint(cell_with(book["总课表"], "赵静"))
        paint(cell_with(book["总课表"], "王芳"))

    book, adopted = carried(tmp_path, work)
    assert ground(cell_with(book["总课表"], "赵静")) == YELLOW
    assert ground(cell_with(book["总课表"], "李明")) == "DDF0E3"
    assert adopted.colours == 1
    (left,) = adopted.left
    assert "总课表" in left.text("zh")
    assert "green" in left.text("en")


def test_a_colour_of_letters_and_one_of_the_theme_are_kept(tmp_path: Path) -> None:
    """The third colour of accents at 40 % lighter: 9BBB59 is lighter by 0.4 of what is missing."""

    def work(book: Any) -> None:
        cell = cell_with(book["总课表"], "赵静")
        cell.font = Font(color="FF0000", bold=True)
        paint(cell, Color(theme=6, tint=0.4))

    book, _ = carried(tmp_path, work)
    cell = cell_with(book["总课表"], "赵静")
    assert str(cell.font.color.rgb)[-6:] == "FF0000"
    # HLS light of 9BBB59: (187 + 89) / 2 / 255 = 0.541; lighter: 0.541 × 0.6 + 0.4 = 0.725
    assert ground(cell) == "C3D69B"


def test_a_session_is_known_by_its_key_wherever_it_is_sorted_to(tmp_path: Path) -> None:
    dates: list[Any] = []

    def work(book: Any) -> None:
        page = book["场次"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value
        number = next(n for n in range(2, page.max_row) if page[f"L{n}"].value == "赵静")
        paint(page[f"L{number}"])
        dates.append(page[f"Q{number}"].value)

    book, adopted = carried(tmp_path, work)
    page: Any = book["场次"]
    row = next(row for row in page.iter_rows() if row[16].value == dates[0])
    assert adopted.colours == 1
    assert ground(row[11]) == YELLOW


def test_notes_are_kept_with_their_author(tmp_path: Path) -> None:
    def work(book: Any) -> None:
        cell_with(book["总课表"], "赵静").comment = Comment("下周再谈", "陈主任")
        book["班级课表"]["A1"].comment = Comment("已打印", "陈主任")

    book, adopted = carried(tmp_path, work)
    note = cell_with(book["总课表"], "赵静").comment
    assert (note.text, note.author) == ("下周再谈", "陈主任")
    assert book["班级课表"]["A1"].comment.text == "已打印"
    assert (adopted.notes, adopted.left) == (2, ())


def test_a_note_on_ours_stays_once_however_often_it_is_carried(tmp_path: Path) -> None:
    """An open cell says by itself why it is open; her words stand before that, once."""
    why = {line: {"zh": "没有人", "en": "nobody"} for line in before().done()[1].holders}
    emptied = OLD.timetable.model_copy(update={"holders": {}})
    explained = OLD.result.model_copy(update={"open_reasons": why})
    open_posts = OLD.model_copy(update={"timetable": emptied, "result": explained})
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_timetable(open_posts, first, "zh")
    book = load_workbook(first)
    page: Any = book["总课表"]
    where = next(cell.coordinate for row in page.iter_rows() for cell in row if cell.comment)
    page[where].comment = Comment("问过了", "陈主任")
    book.save(first)
    for _ in range(2):
        write_timetable(open_posts, second, "zh", hers_in(first))
        first, second = second, first
    page = load_workbook(first)["总课表"]
    assert page[where].comment.text == "问过了\n――――――――\n没有人"


def test_a_note_that_has_no_place_any_more_is_said_in_full(tmp_path: Path) -> None:
    def work(book: Any) -> None:
        book["场次"]["L2"].comment = Comment("陪考", "陈主任")
        book["场次"]["Q2"].value = "gone"

    _, adopted = carried(tmp_path, work)
    (left,) = adopted.left
    assert "陪考" in left.text("zh")
    assert "L2" in left.text("en")


def test_a_column_added_to_sessions_follows_the_session(tmp_path: Path) -> None:
    """A remark on the first date of class 2, which stays; the heading comes along."""
    keys: list[Any] = []

    def work(book: Any) -> None:
        page = book["场次"]
        page["R1"] = "备注"
        number = next(n for n in range(2, page.max_row) if page[f"L{n}"].value == "赵静")
        page[f"R{number}"] = "带学生参赛"
        paint(page[f"R{number}"])
        keys.append(page[f"Q{number}"].value)

    book, adopted = carried(tmp_path, work)
    page: Any = book["场次"]
    assert page["R1"].value == "备注"
    row = next(row for row in page.iter_rows() if row[16].value == keys[0])
    assert (row[17].value, ground(row[17])) == ("带学生参赛", YELLOW)
    assert (adopted.columns, adopted.colours, adopted.left) == (("备注",), 1, ())
    again = read_timetable(tmp_path / "new.xlsx")
    assert (again.edits, again.problems) == ((), ())


def test_the_overview_says_what_was_carried(tmp_path: Path) -> None:
    book, adopted = carried(tmp_path, own_sheet)
    said = {cell.value for row in book["总览"].iter_rows() for cell in row}
    lines = list(adopted.lines("zh"))
    assert len(lines) == 3
    assert said.issuperset(line.strip() for line in lines)


def own_sheet(book: Any) -> None:
    page = book.create_sheet("值日提醒")
    page["A1"] = "交接本"
    page["A1"].font = Font(bold=True, size=18)
    paint(page["A1"], "00B050")
    page["A1"].comment = Comment("每周五", "陈主任")
    page["B2"] = "=COUNTA(总课表!D5:D9)"
    page["C3"] = dt.date(2026, 10, 12)
    page.merge_cells("A4:C4")
    page.column_dimensions["A"].width = 33
    page.row_dimensions[1].height = 40
    page.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("D1")
    page.add_data_validation(choice)


def test_her_own_sheet_comes_along_with_its_looks(tmp_path: Path) -> None:
    book, adopted = carried(tmp_path, own_sheet)
    page: Any = book["值日提醒"]
    assert page["A1"].value == "交接本"
    assert (page["A1"].font.sz, ground(page["A1"])) == (18, "00B050")
    assert page["A1"].comment.text == "每周五"
    assert page["B2"].value == "=COUNTA(总课表!D5:D9)"
    assert page["C3"].value == dt.datetime(2026, 10, 12)
    assert str(page.merged_cells.ranges.pop()) == "A4:C4"
    assert (page.column_dimensions["A"].width, page.row_dimensions[1].height) == (33, 40)
    assert page.freeze_panes == "A2"
    assert page.data_validations.dataValidation[0].formula1 == '"是,否"'
    assert adopted.titles == (("值日提醒", "值日提醒"),)
    # the results of her formula are computed again; ours are written with theirs
    assert [left.text("en") for left in adopted.left] == [
        "results of formulas (computed again when opened in Excel or WPS): sheet 值日提醒"
    ]
    assert read_timetable(tmp_path / "new.xlsx").edits == ()


def test_a_sheet_of_hers_that_is_called_like_a_new_one_of_ours_is_renamed(tmp_path: Path) -> None:
    """The first timetable has no 通知 of ours, the second has."""

    def work(book: Any) -> None:
        book.create_sheet("通知")["A1"] = "家长会"

    book, adopted = carried(tmp_path, work)
    page: Any = book["通知 (2)"]
    assert page["A1"].value == "家长会"
    assert "改名为通知 (2)" in next(adopted.lines("zh"))


def test_the_copy_sent_round_has_nothing_of_hers(tmp_path: Path) -> None:
    carried(tmp_path, own_sheet)
    write_share(NEW, tmp_path / "share.xlsx", "zh")
    assert "值日提醒" not in load_workbook(tmp_path / "share.xlsx").sheetnames


def test_what_no_copy_keeps_is_said(tmp_path: Path) -> None:
    """A shape on our grid, and a thread of comments whose words stay."""
    shape = '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
    shape += 'spreadsheetDrawing"><xdr:sp></xdr:sp></xdr:wsDr>'
    thread = "[Threaded comment]\n\nYour version of Excel …\n\nComment:\n    换到周三？"

    def work(book: Any) -> None:
        cell_with(book["总课表"], "赵静").comment = Comment(thread, "tc={0A1B}")

    path = old_file(tmp_path, work)
    with zipfile.ZipFile(path) as package:
        rels = {name: package.read(name).decode() for name in package.namelist()}
    part = next(name for name in rels if "comment" in rels[name] and name.endswith("xml.rels"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    link = f'<Relationship Id="rIdS" Type="{kind}" Target="/xl/drawings/drawing99.xml"/>'

    def edit(name: str, text: str) -> str:
        return text.replace("</Relationships>", f"{link}</Relationships>") if name == part else text

    drawn = tmp_path / "drawn.xlsx"
    rewrite(path, drawn, edit, **{"drawings/drawing99": lambda: shape})
    hers = read_hers(drawn, read_timetable(path).payload)
    adopted = write_timetable(NEW, tmp_path / "new.xlsx", "zh", hers)
    assert "形状、文本框、连接线：“总课表”表" in [left.text("zh") for left in adopted.left]
    note = cell_with(load_workbook(tmp_path / "new.xlsx")["总课表"], "赵静").comment
    assert note.text == "换到周三？"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_saved_by_wps_keeps_its_colours(tmp_path: Path, lang: Any) -> None:
    def work(book: Any) -> None:
        paint(cell_with(book["总课表"], "赵静"))

    path = saved_by_wps(old_file(tmp_path, work), tmp_path / "wps.xlsx")
    adopted = write_timetable(NEW, tmp_path / "new.xlsx", lang, hers_in(path))
    title = "总课表" if lang == "zh" else "Master grid"
    assert ground(cell_with(load_workbook(tmp_path / "new.xlsx")[title], "赵静")) == YELLOW
    assert adopted.colours == 1
