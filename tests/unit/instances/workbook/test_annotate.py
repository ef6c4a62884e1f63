"""The coloured copy: her file as it was, every problem at its cell, and a list of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from instances import problem_texts as texts
from instances.generate import Preset, generate
from instances.messages import LANGS, Lang
from instances.problems import Place, Problem
from instances.workbook.annotate import PROBLEMS, annotate
from instances.workbook.foreign import losses
from instances.workbook.reader import read_workbook
from instances.workbook.writer import write_workbook

ERROR = texts.NOT_A_NUMBER.at(Place("班级", "C3", "很多"))
SECOND = texts.OUT_OF_RANGE.at(Place("班级", "C3", "很多"), low=0, high=99)
WARNING = texts.UNKNOWN_HEADING.at(Place("班级", "A1", "班级"))
NOWHERE = texts.MISSING_SHEET.at(Place("规则", None), name="规则", purpose="")
RED, YELLOW = "00FFC7CE", "00FFEB9C"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "school.xlsx"
    write_workbook(generate(Preset.S, 1), path, "zh")
    return path


def annotated(
    path: Path, *problems: Problem, lang: Lang = "zh", name: str = "copy.xlsx"
) -> Workbook:
    copy = path.with_name(name)
    annotate(path, problems, copy, lang)
    return load_workbook(copy)


def listed(book: Workbook) -> list[list[object]]:
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_col=7)]


def contents(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_bad_cells_are_coloured_and_commented(path: Path) -> None:
    book = annotated(path, ERROR, SECOND, WARNING)
    sheet = book["班级"]
    assert sheet["C3"].fill.start_color.rgb == RED
    assert sheet["A1"].fill.start_color.rgb == YELLOW
    note = sheet["C3"].comment.text
    assert ERROR.message.text("zh") in note
    assert ERROR.remedy.text("zh") in note
    assert SECOND.message.text("zh") in note
    assert sheet["C4"].comment is None


@pytest.mark.parametrize("lang", LANGS)
def test_all_are_listed_first_with_links(path: Path, lang: Lang) -> None:
    book = annotated(path, ERROR, WARNING, NOWHERE, lang=lang)
    sheet = book.worksheets[0]
    assert sheet.title == PROBLEMS.text(lang)
    rows = listed(book)
    assert rows[3][2:] == [
        *("班级", "C3", "很多"),
        ERROR.message.text(lang),
        ERROR.remedy.text(lang),
    ]
    assert sheet["D4"].hyperlink.location == "'班级'!C3"
    assert sheet["D5"].hyperlink.location == "'班级'!A1"
    assert [row[0] for row in rows[3:6]] == [1, 2, 3]
    assert book.active is sheet
    assert not any(other.sheet_view.tabSelected for other in book.worksheets[1:])


def test_her_own_note_is_kept(path: Path) -> None:
    book = load_workbook(path)
    book["班级"]["C3"].comment = Comment("问过王老师", "陈")
    book.save(path)
    note = annotated(path, ERROR)["班级"]["C3"].comment.text
    assert note.startswith("问过王老师\n")
    assert ERROR.message.text("zh") in note


def test_her_file_stays_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    annotated(path, ERROR)
    assert path.read_bytes() == before
    with pytest.raises(ValueError, match="the workbook itself"):
        annotate(path, [ERROR], path, "zh")
    assert sorted(p.name for p in path.parent.iterdir()) == ["copy.xlsx", "school.xlsx"]


def test_nothing_else_changes_and_the_copy_can_be_read(path: Path) -> None:
    before, after = load_workbook(path), annotated(path, ERROR)
    assert after.sheetnames[1:] == before.sheetnames
    for sheet in before.worksheets:
        assert contents(after[sheet.title]) == contents(sheet)
    copy = read_workbook(path.with_name("copy.xlsx"))
    assert copy.instance == read_workbook(path).instance
    assert copy.problems == ()


def test_copy_of_a_copy_shows_only_what_is_still_wrong(path: Path) -> None:
    book = load_workbook(path)
    book["班级"]["C3"].comment = Comment("问过王老师", "陈")
    book["班级"]["C3"].fill = PatternFill("solid", start_color="00B0F0")
    book.save(path)
    annotated(path, ERROR, WARNING)
    again = annotated(path.with_name("copy.xlsx"), WARNING, name="again.xlsx")
    assert again.sheetnames.count("问题") == 1
    sheet = again["班级"]
    assert sheet["C3"].comment.text == "问过王老师"
    assert sheet["C3"].fill.start_color.rgb == "0000B0F0"
    assert sheet["A1"].fill.start_color.rgb == YELLOW
    clean = annotated(path.with_name("again.xlsx"), name="clean.xlsx")
    original = load_workbook(path)["班级"]["A1"]
    restored = clean["班级"]["A1"]
    assert restored.fill.start_color.rgb == original.fill.start_color.rgb
    assert restored.font.color.rgb == original.font.color.rgb
    assert restored.comment.text == original.comment.text
    assert clean["班级"]["C3"].comment.text == "问过王老师"


def test_a_sheet_of_hers_called_problems_is_kept(path: Path) -> None:
    book = load_workbook(path)
    book.create_sheet("问题")["A1"] = "要问校长的事"
    book.save(path)
    after = annotated(path, ERROR)
    assert "要问校长的事" in [sheet["A1"].value for sheet in after.worksheets]


def test_merged_cells_are_marked_where_they_show(path: Path) -> None:
    book = load_workbook(path)
    book["班级"].merge_cells("C2:C3")
    book.save(path)
    assert annotated(path, ERROR)["班级"]["C2"].fill.start_color.rgb == RED


def test_value_that_looks_like_a_formula_is_shown_as_text(path: Path) -> None:
    problem = texts.FORMULA_WITHOUT_VALUE.at(Place("班级", "C3", "=A1"))
    cell = annotated(path, problem).worksheets[0]["E4"]
    assert (cell.value, cell.data_type) == ("=A1", "s")


def test_file_that_cannot_be_opened_gives_the_list_alone(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    book = annotated(path, texts.NOT_A_WORKBOOK.at(Place(path.name, None, path.name)))
    assert book.sheetnames == ["问题"]


def test_without_problems_it_says_so(path: Path) -> None:
    assert "没有发现问题" in str(listed(annotated(path))[1][0])


def rezip(path: Path, changes: dict[str, bytes]) -> None:
    """Put parts into a workbook, in place of those of the same name."""
    old = path.with_suffix(".old")
    shutil.move(path, old)
    with ZipFile(old) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, content in changes.items():
            target.writestr(name, content)
    old.unlink()


def test_what_the_copy_lacks_is_listed(path: Path) -> None:
    with ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet5.xml").decode()
        relations = package.read("xl/worksheets/_rels/sheet5.xml.rels").decode()
    extension = '<extLst><ext><x14:dataValidations xmlns:x14="x"/></ext></extLst>'
    drawing = '<Relationship Id="d" Type="drawing" Target="../drawings/drawing9.xml"/>'
    rezip(
        path,
        {
            "xl/worksheets/sheet5.xml": sheet.replace(
                "</worksheet>", extension + "</worksheet>"
            ).encode(),
            "xl/worksheets/_rels/sheet5.xml.rels": relations.replace(
                "</Relationships>", drawing + "</Relationships>"
            ).encode(),
            "xl/drawings/drawing9.xml": b'<xdr:wsDr xmlns:xdr="y"><xdr:sp macro=""/></xdr:wsDr>',
            "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
            "xl/cellimages.xml": b"<etc:cellImages/>",
        },
    )
    found = {loss.what.en: loss.sheets for loss in losses(path)}
    assert found["drop-down lists that refer to other sheets"] == ("班级",)
    assert found["shapes, text boxes and connectors"] == ("班级",)
    assert found["WPS pictures in cells"] == ()
    assert any(what.startswith("threaded comments") for what in found)


def test_losses_are_told_in_the_list(path: Path) -> None:
    rezip(path, {"xl/cellimages.xml": b"<etc:cellImages/>"})
    told = [str(row[0]) for row in listed(annotated(path, ERROR))]
    assert "WPS 单元格图片" in told
    assert losses(path.with_name("copy.xlsx")) == []


def test_plain_workbook_loses_nothing(path: Path) -> None:
    assert losses(path) == []
    assert losses(path.with_name("absent.xlsx")) == []
