"""The reason of an open post stands at its cell as a note, in the grid and in Sessions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from constraints.examples import Tiny, wish
from instances.messages import Lang
from instances.words import Level
from scheduler.search import Settings
from scheduler.solve import solve
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.write import write_share, write_timetable

WHY: dict[Lang, str] = {
    "zh": "符合条件的1人中没有人同意这个时段或活动。",
    "en": "None of the 1 people who qualify has agreed to this time or activity.",
}


def written(tmp_path: Path, lang: Lang, *, share: bool = False) -> Path:
    """A school whose only adult has not agreed to Tuesday, which stays open in both weeks."""
    school = Tiny().classes("三1").care("Tue", "Wed").room("操场").club("篮球", "Tue")
    school.staff("王芳", wishes=(wish("Tue 作业", Level.NO), wish("Tue 社团", Level.NO)))
    path = tmp_path / "timetable.xlsx"
    write = write_share if share else write_timetable
    write(solve(school.done()[0], settings=Settings(1, 0)), path, lang)
    return path


def notes(book: Workbook, sheet: str) -> list[str]:
    rows = book[sheet].iter_rows()
    return [cell.comment.text for row in rows for cell in row if cell.comment is not None]


@pytest.mark.parametrize(
    ("lang", "grid", "sessions"), [("zh", "总课表", "场次"), ("en", "Master grid", "Sessions")]
)
def test_the_reason_is_at_every_open_cell(
    tmp_path: Path, lang: Lang, grid: str, sessions: str
) -> None:
    path = written(tmp_path, lang)
    book = load_workbook(path)
    # Tuesdays 8 and 15 September; care alone, since a club that nobody leads is not placed
    assert notes(book, sessions) == [WHY[lang]] * 2
    # the care post, and the club that has no place
    assert notes(book, grid) == [WHY[lang]] * 2
    assert not read_timetable(path).problems


def test_the_copy_sent_round_has_no_notes(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, "zh", share=True))
    assert not any(notes(book, title) for title in book.sheetnames)
