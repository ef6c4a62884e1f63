"""Workbooks that WPS or LibreOffice saved hold the same school."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints.catalogue import rulebook
from instances.samples import rural_6
from instances.school import Instance
from instances.workbook.foreign import losses
from instances.workbook.reader import read_workbook
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.write import write_timetable
from scripts.build_samples import FOLDER
from tests.helpers import wps
from tests.helpers.books import Book
from tests.unit.scheduler.workbook.sample import published

SAMPLE = FOLDER / "rural-6.xlsx"
LIBREOFFICE = Path(__file__).parents[3] / "fixtures" / "libreoffice.xlsx"
"""``Book().save()`` opened in LibreOffice 7.4 and saved as .xlsx."""

PROGRAMS: dict[str, Callable[[Path, Path], Path]] = {
    "wps": wps.saved_by_wps,
    "from 1904": wps.counted_from_1904,
    "dates as text": wps.with_dates_as_text,
    "dates in Chinese": lambda a, b: wps.with_dates_as_text(a, b, "%Y年%m月%d日"),
}


def read(path: Path) -> Instance | None:
    reading = read_workbook(path, rulebook())
    assert reading.problems == ()
    return reading.instance


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_school(program: str, tmp_path: Path) -> None:
    saved = PROGRAMS[program](SAMPLE, tmp_path / "school.xlsx")
    assert parts(saved) != parts(SAMPLE)
    assert read(saved) == rural_6.build()


def test_the_marks_are_there(tmp_path: Path) -> None:
    """What the other tests read is marked as they say."""
    marked = parts(wps.saved_by_wps(SAMPLE, tmp_path / "a.xlsx"))
    assert "WPS 表格" in marked["docProps/app.xml"]
    assert wps.ETC in marked["xl/workbook.xml"]
    assert "<rPh " in marked["xl/sharedStrings.xml"]
    assert not re.search("<dimension", marked["xl/worksheets/sheet1.xml"])
    old = parts(wps.counted_from_1904(SAMPLE, tmp_path / "c.xlsx"))
    assert "date1904" in old["xl/workbook.xml"]


def test_a_picture_in_a_cell_is_listed_as_lost(tmp_path: Path) -> None:
    name = load_workbook(SAMPLE).worksheets[0].title
    saved = wps.with_cell_picture(SAMPLE, tmp_path / "a.xlsx", 1, "H300")
    assert read(saved) == rural_6.build()
    found = {loss.what.zh: loss.sheets for loss in losses(saved)}
    assert found == {
        "WPS 单元格图片": (),
        "公式的计算结果（用 Excel 或 WPS 打开后会重新计算）": (name,),
    }
    assert losses(wps.saved_by_wps(SAMPLE, tmp_path / "b.xlsx")) == []


def test_saved_by_libreoffice(tmp_path: Path) -> None:
    assert "LibreOffice" in parts(LIBREOFFICE)["docProps/app.xml"]
    original = read_workbook(Book().save(tmp_path), rulebook())
    saved = read_workbook(LIBREOFFICE, rulebook())
    assert saved.instance is not None
    assert saved.instance == original.instance
    assert [str(one) for one in saved.problems] == [str(one) for one in original.problems]
    assert losses(LIBREOFFICE) == []


@pytest.mark.parametrize("program", ["wps", "from 1904"])
def test_a_timetable_saved_elsewhere_is_not_edited(program: str, tmp_path: Path) -> None:
    path = tmp_path / "timetable.xlsx"
    write_timetable(published(), path, "zh")
    back = read_timetable(PROGRAMS[program](path, tmp_path / "saved.xlsx"))
    assert (back.problems, back.edits) == ((), ())
    assert back.timetable == published().timetable
