"""The empty template: readable, complete, and of use to somebody who fills it in by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import LANGS, Label, Lang
from instances.rulebook import ParameterInfo, Rulebook, RuleInfo
from instances.words import Kind, Level
from instances.workbook.guide import FIRST_FIVE, GUIDE
from instances.workbook.looks import lines
from instances.workbook.reader import read_workbook
from instances.workbook.sheet import CellKind, SheetSpec
from instances.workbook.spec import SHEET_BY_KEY, SHEETS
from instances.workbook.template import write_template

RULEBOOK: Rulebook = {
    "teacher-overlap": RuleInfo(
        "teacher-overlap", Label("同时两处", "In two places"), Label("一人一处。", "One."), None
    ),
    "class-churn": RuleInfo(
        "class-churn",
        Label("班级频繁换人", "Many faces"),
        Label("每班一周不超过3人。", "At most 3."),
        10,
        (ParameterInfo("limit", Label("允许人数", "People allowed"), 3, 1, 9),),
    ),
}


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return "zh" if request.param == "zh" else "en"


@pytest.fixture(scope="module")
def path(lang: Lang, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "school.xlsx"
    write_template(path, lang, RULEBOOK)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def sheet_of(book: Workbook, key: str, lang: Lang) -> Worksheet:
    sheet = book[SHEET_BY_KEY[key].title.text(lang)]
    assert isinstance(sheet, Worksheet)
    return sheet


def tables(book: Workbook, lang: Lang) -> Iterator[tuple[SheetSpec, Worksheet]]:
    for spec in SHEETS:
        if spec.layout == "table":
            yield spec, sheet_of(book, spec.key, lang)


def offered(sheet: Worksheet, letter: str) -> str | None:
    """The list that a cell below a heading offers."""
    for found in sheet.data_validations.dataValidation:
        if f"{letter}3" in found.sqref:
            return str(found.formula1)
    return None


def letter(heading: Cell | MergedCell) -> str:
    return heading.coordinate.removesuffix("1")


def letter_of(sheet: Worksheet, heading: str) -> str:
    return next(letter(cell) for cell in sheet[1] if cell.value == heading)


def test_guide_comes_first_and_then_every_sheet(book: Workbook, lang: Lang) -> None:
    assert book.sheetnames == [GUIDE.text(lang), *(spec.title.text(lang) for spec in SHEETS)]
    assert book.active is book.worksheets[0]


def test_five_sheets_are_the_ones_marked(book: Workbook, lang: Lang) -> None:
    assert {spec.key for spec in SHEETS if spec.required} == set(FIRST_FIVE)
    colors = {
        spec.key: str(sheet_of(book, spec.key, lang).sheet_properties.tabColor) for spec in SHEETS
    }
    required = {colors[key] for key in FIRST_FIVE}
    assert len(required) == 1
    assert required.isdisjoint(colors[spec.key] for spec in SHEETS if not spec.required)


def test_guide_names_commands_levels_and_sheets(book: Workbook, lang: Lang) -> None:
    text = "\n".join(str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value)
    for command in ("cli.py validate", "cli.py solve"):
        assert command in text
    for level in Level:
        assert level.text(lang) in text
    links = {
        cell.hyperlink.location
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {f"'{spec.title.text(lang)}'!A1" for spec in SHEETS}


def test_headings_are_those_of_the_description(book: Workbook, lang: Lang) -> None:
    for spec, sheet in tables(book, lang):
        headings = [cell.value for cell in sheet[1]]
        assert headings[: len(spec.columns)] == [c.title.text(lang) for c in spec.columns]
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$1:$1"


def test_wishes_have_the_default_slots(book: Workbook, lang: Lang) -> None:
    headings = [cell.value for cell in sheet_of(book, "wishes", lang)[1]]
    assert len(headings) == 2 + 5 * 2
    assert headings[2] == ("周一 第一段" if lang == "zh" else "Mon Segment 1")


def test_every_heading_has_a_note_that_fits(book: Workbook, lang: Lang) -> None:
    for spec, sheet in tables(book, lang):
        for cell, column in zip(sheet[1], spec.columns, strict=False):
            assert cell.comment is not None, f"{sheet.title} {cell.coordinate}"
            assert column.note.text(lang) in cell.comment.text


def test_notes_are_drawn_large_enough(path: Path) -> None:
    """Sizes are lost in reading, so look at the drawing itself."""
    from zipfile import ZipFile

    with ZipFile(path) as package:
        drawings = [package.read(n).decode() for n in package.namelist() if n.endswith(".vml")]
        notes = [
            package.read(n).decode()
            for n in package.namelist()
            if re.fullmatch(r"xl/comments/comment\d+\.xml", n)
        ]
    heights = [int(h) for d in drawings for h in re.findall(r"height:(\d+)px", d)]
    texts = [t for n in notes for t in re.findall(r"<t[^>]*>([^<]*)</t>", n)]
    assert len(heights) == len(texts)
    assert all(h >= 20 * lines(t, 40) for h, t in zip(heights, texts, strict=True))


def test_required_headings_stand_out(book: Workbook, lang: Lang) -> None:
    for spec, sheet in tables(book, lang):
        colors = {
            column.required: cell.fill.start_color.rgb
            for cell, column in zip(sheet[1], spec.columns, strict=False)
            if not column.shown_only
        }
        assert colors.get(True) != colors.get(False)


def test_words_are_offered(book: Workbook, lang: Lang) -> None:
    sheet = sheet_of(book, "activities", lang)
    column = SHEET_BY_KEY["activities"].column("kind")
    words = ",".join(kind.text(lang) for kind in Kind)
    assert offered(sheet, letter_of(sheet, column.title.text(lang))) == f'"{words}"'
    wishes = sheet_of(book, "wishes", lang)
    assert offered(wishes, "C") == '"' + ",".join(level.text(lang) for level in Level) + '"'


def test_names_of_other_sheets_are_offered(book: Workbook, lang: Lang) -> None:
    sheet = sheet_of(book, "classes", lang)
    column = SHEET_BY_KEY["classes"].column("home_teacher")
    assert offered(sheet, letter_of(sheet, column.title.text(lang))) == "list_staff"
    assert SHEET_BY_KEY["staff"].title.text(lang) in book.defined_names["list_staff"].attr_text


def test_cells_with_several_things_accept_what_is_not_offered(book: Workbook, lang: Lang) -> None:
    for spec, sheet in tables(book, lang):
        for cell, column in zip(sheet[1], spec.columns, strict=False):
            for found in sheet.data_validations.dataValidation:
                if column.kind.is_list and f"{letter(cell)}3" in found.sqref:
                    assert not found.showErrorMessage, f"{sheet.title} {cell.coordinate}"


def test_drop_downs_survive_excel(book: Workbook) -> None:
    """Lists that name another sheet directly, or are too long, do not."""
    for sheet in book.worksheets:
        for found in sheet.data_validations.dataValidation:
            formula = str(found.formula1)
            assert "!" not in formula
            assert len(formula) <= 257


def test_text_columns_stay_text(book: Workbook, lang: Lang) -> None:
    """Otherwise Excel makes a date of class 3-1."""
    for spec, sheet in tables(book, lang):
        for cell, column in zip(sheet[1], spec.columns, strict=False):
            if column.kind in (CellKind.NAME, CellKind.REFERENCE, CellKind.GRADES, CellKind.TEXT):
                dimension = sheet.column_dimensions[letter(cell)]
                assert dimension.number_format == "@", f"{sheet.title} {cell.coordinate}"


def test_rules_are_listed_with_their_defaults(book: Workbook, lang: Lang) -> None:
    sheet = sheet_of(book, "rules", lang)
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)]
    titles = [rule.title.text(lang) for rule in RULEBOOK.values()]
    assert [row[0] for row in rows] == titles
    assert rows[1][2] == ("权重 10、允许人数=3" if lang == "zh" else "weight 10, People allowed=3")


def test_empty_template_says_what_is_missing_and_nothing_else(path: Path, lang: Lang) -> None:
    reading = read_workbook(path, RULEBOOK)
    assert reading.lang == lang
    assert reading.instance is None
    titles = {SHEET_BY_KEY[key].title.text(lang) for key in FIRST_FIVE}
    assert {problem.sheet for problem in reading.problems} <= titles
    assert reading.errors


def test_columns_are_wide_enough_for_their_headings(book: Workbook, lang: Lang) -> None:
    for _, sheet in tables(book, lang):
        rows_high = (sheet.row_dimensions[1].height or 15) // 16
        for cell in sheet[1]:
            wide = sheet.column_dimensions[letter(cell)].width
            assert lines(str(cell.value), wide) <= rows_high


def test_validations_cover_the_rows_people_fill(book: Workbook, lang: Lang) -> None:
    for _, sheet in tables(book, lang):
        for found in sheet.data_validations.dataValidation:
            for cells in str(found.sqref).split():
                _, first, _, last = range_boundaries(cells)
                assert first == 2
                assert last is not None
                assert last > 400
