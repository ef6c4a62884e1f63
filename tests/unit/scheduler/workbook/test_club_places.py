"""When and where clubs meet every week, edited in the master grid.

The choir may be on Tuesday or Thursday, chess on two days of three; Tuesdays are 8 and 15
September 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints.context import Context
from constraints.examples import CLUBS, Tiny
from instances.derivation import derive
from instances.timetable import DatedChange, Place, Placement, expand
from instances.words import Weekday
from scheduler.audit import audit
from scheduler.result import Published
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.workbook.sample import result_of

GRID, SESSIONS = "总课表", "场次"
WHEN, ROOM = 4, 8
TUESDAY, WEDNESDAY, THURSDAY = (
    Place(weekday=day, segments=(CLUBS,)) for day in (Weekday.TUE, Weekday.WED, Weekday.THU)
)


@cache
def published() -> Published:
    instance, timetable = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .room("储藏室", 5)
        .staff("王芳", "李明", "赵静")
        .care("Tue 社团", "Wed 社团", "Thu 社团")
        .club("合唱", "Tue", "Thu")
        .club("棋艺", "Tue", "Wed", "Thu", per_week=2)
        .club("篮球", "Tue")
        .meets("合唱", "Tue", room="音乐室")
        .meets("棋艺", "Tue", "Wed", room="三1")
        .holds("王芳", "合唱")
        .holds("李明", "棋艺")
        .holds("赵静", "看护", "Tue 社团", "Wed 社团", "Thu 社团")
        .done()
    )
    demand = derive(instance)
    key = next(s.key for s in expand(demand, timetable) if s.post.activity == "合唱")
    timetable = timetable.model_copy(update={"changes": {key: DatedChange(staff="赵静")}})
    return Published(instance=instance, timetable=timetable, result=result_of(demand, timetable))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "timetable.xlsx"
    write_timetable(published(), path, "zh")
    return path


def edited(written: Path, folder: Path, cells: Mapping[tuple[str, int], object]) -> ReadBack:
    """The timetable after edits of the grid, by club and column."""
    book = load_workbook(written)
    grid: Any = book[GRID]
    rows = {grid.cell(row, 2).value: row for row in range(1, grid.max_row + 1)}
    for (club, column), value in cells.items():
        grid.cell(rows[club], column).value = value
    path = folder / "edited.xlsx"
    book.save(path)
    return read_timetable(path)


def placements(back: ReadBack) -> dict[str, Placement]:
    assert [problem.text("zh") for problem in back.problems] == []
    assert back.timetable is not None
    return back.timetable.placements


def test_what_the_cells_say(written: Path) -> None:
    grid: Any = load_workbook(written)[GRID]
    said = {
        grid.cell(row, 2).value: (grid.cell(row, WHEN).value, grid.cell(row, ROOM).value)
        for row in range(1, grid.max_row + 1)
    }
    assert said["合唱"] == ("周二 社团", "音乐室")
    assert said["棋艺"] == ("周二 社团；周三 社团", "三1")
    assert said["篮球"] == ("未排入", None)


def test_the_lists_offer_every_option_and_room(written: Path) -> None:
    book = load_workbook(written)
    grid: Any = book[GRID]
    rows = {grid.cell(row, 2).value: row for row in range(1, grid.max_row + 1)}
    offered = {}
    for rule in grid.data_validations.dataValidation:
        for club in ("合唱", "棋艺"):
            for column in (WHEN, ROOM):
                if grid.cell(rows[club], column).coordinate in rule.sqref:
                    sheet, _, cells = rule.formula1.partition("!")
                    found = book[sheet.strip("'")][cells.replace("$", "")]
                    offered[club, column] = [cell.value for (cell,) in found]
    assert offered["合唱", WHEN] == ["周二 社团", "周四 社团"]
    assert "周二 社团；周四 社团" in offered["棋艺", WHEN]
    assert len(offered["棋艺", WHEN]) == 3  # two days of three
    assert set(offered["合唱", ROOM]) == {"音乐室", "储藏室", "三1"}


@pytest.mark.parametrize("text", ["周四 社团", "星期四社团", " 周四  社团；"])
def test_a_club_at_another_time_every_week(written: Path, tmp_path: Path, text: str) -> None:
    back = edited(written, tmp_path, {("合唱", WHEN): text})
    assert placements(back)["合唱"] == Placement(places=(THURSDAY,), room="音乐室")
    assert back.timetable is not None
    assert back.timetable.holders == published().timetable.holders
    assert back.timetable.changes == {}  # the cover was for a Tuesday


def test_several_meetings_a_week(written: Path, tmp_path: Path) -> None:
    back = edited(written, tmp_path, {("棋艺", WHEN): "周四 社团\n周二 社团"})
    assert placements(back)["棋艺"].places == (TUESDAY, THURSDAY)
    same = edited(written, tmp_path, {("棋艺", WHEN): "周三 社团；周二 社团"})
    assert placements(same)["棋艺"].places == (TUESDAY, WEDNESDAY)
    assert same.edits == ()


def test_a_room_that_does_not_fit_is_found_by_the_audit(written: Path, tmp_path: Path) -> None:
    back = edited(written, tmp_path, {("合唱", ROOM): "储藏室"})
    assert placements(back)["合唱"].room == "储藏室"
    assert back.timetable is not None
    judged = audit(Context(published().instance), back.timetable)
    assert "room-unsuitable" in {finding.rule for finding in judged.hard}


def test_a_club_taken_out_and_one_put_in(written: Path, tmp_path: Path) -> None:
    cells = {("合唱", WHEN): None, ("篮球", WHEN): "周二 社团", ("篮球", ROOM): "音乐室"}
    found = placements(edited(written, tmp_path, cells))
    assert set(found) == {"棋艺", "篮球"}
    assert found["篮球"] == Placement(places=(TUESDAY,), room="音乐室")


@pytest.mark.parametrize(
    ("club", "column", "value", "said"),
    [
        ("合唱", WHEN, "周三 社团", "周二 社团、周四 社团"),
        ("合唱", WHEN, "周四 晚托", "周二 社团、周四 社团"),
        ("合唱", WHEN, "随便", "周二 社团、周四 社团"),
        ("棋艺", WHEN, "周二 社团", "周二 社团；周三 社团"),
        ("合唱", ROOM, "音乐史", "没有名为“音乐史”的场地"),
        ("篮球", ROOM, "音乐室", "请同时在“时间”中"),
    ],
)
def test_what_cannot_be_is_located(
    written: Path, tmp_path: Path, club: str, column: int, value: str, said: str
) -> None:
    back = edited(written, tmp_path, {(club, column): value})
    (problem,) = back.problems
    assert back.timetable is None
    assert (problem.sheet, problem.value) == (GRID, value)
    assert problem.cell is not None
    assert problem.cell[0] == "_ABCDEFGH"[column]
    assert said in problem.text("zh")


def test_a_date_edited_of_a_club_that_meets_elsewhere_now(written: Path, tmp_path: Path) -> None:
    book = load_workbook(written)
    sheet: Any = book[SESSIONS]
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 7).value == "合唱")
    sheet.cell(row, 14).value = "取消"
    path = tmp_path / "both.xlsx"
    book.save(path)
    back = edited(path, tmp_path, {("合唱", WHEN): "周四 社团"})
    (problem,) = back.problems
    assert (problem.sheet, problem.cell) == (SESSIONS, f"N{row}")
    assert "总课表" in problem.text("zh")


def test_the_room_of_one_date_and_of_every_week(written: Path, tmp_path: Path) -> None:
    book = load_workbook(written)
    sheet: Any = book[SESSIONS]
    rows = [n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 7).value == "合唱"]
    sheet.cell(rows[1], 10).value = "三1"
    path = tmp_path / "both.xlsx"
    book.save(path)
    back = edited(path, tmp_path, {("合唱", ROOM): "储藏室"})
    assert placements(back)["合唱"].room == "储藏室"
    assert back.timetable is not None
    change = back.timetable.changes[sheet.cell(rows[1], 17).value]
    assert change == DatedChange(room="三1")
