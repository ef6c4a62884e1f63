"""What lies before the date of a rerun is what was published, with what was recorded of single
dates; edits of the master grid count from that date on.

The choir is on Tuesdays, 8 and 15 September 2026; on the 8th 赵静 leads it. 王芳 has class 三1 on
Tuesdays and Thursdays.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints.examples import Tiny, september
from instances.derivation import derive
from instances.history import PastSession
from instances.timetable import DatedChange, Session, expand
from scheduler.diff import compare
from scheduler.rerun.by_hand.report import locked_lines
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.workbook.sample import result_of

GRID, SESSIONS = "总课表", "场次"
WHEN, DATE, ACTIVITY, ROOM, STAFF = 4, 1, 7, 10, 12
SECOND_WEEK = september(14).start


@cache
def published() -> Published:
    instance, timetable = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .room("操场", 200)
        .staff("王芳", "李明", "赵静", "何平")
        .care("Tue", "Thu")
        .club("合唱", "Tue", "Thu", rooms=("音乐室", "操场"))
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
        .holds("王芳", "看护", "Tue", "Thu")
        .done()
    )
    demand = derive(instance)
    choir = next(s.key for s in expand(demand, timetable) if s.post.activity == "合唱")
    timetable = timetable.model_copy(update={"changes": {choir: DatedChange(staff="赵静")}})
    return Published(instance=instance, timetable=timetable, result=result_of(demand, timetable))


def edited(
    folder: Path, *, grid: dict[str, object], dates: dict[tuple[int, str, int], object]
) -> ReadBack:
    """The timetable after edits: names of care and times of clubs in the grid, by what stands in
    the row; single cells of Sessions by day, activity and column."""
    path = folder / "timetable.xlsx"
    write_timetable(published(), path, "zh")
    book = load_workbook(path)
    sheet: Any = book[GRID]
    rows = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    for text, value in grid.items():
        sheet.cell(rows[text], WHEN).value = value
    sheet = book[SESSIONS]
    for (day, activity, column), value in dates.items():
        row = next(
            n
            for n in range(2, sheet.max_row + 1)
            if sheet.cell(n, DATE).value.day == day and sheet.cell(n, ACTIVITY).value == activity
        )
        sheet.cell(row, column).value = value
    book.save(path)
    back = read_timetable(path)
    assert [problem.text("zh") for problem in back.problems] == []
    return back


def again(back: ReadBack) -> Published:
    assert back.published is not None
    assert back.timetable is not None
    return rerun(
        Request(
            instance=back.published.instance,
            published=back.published,
            timetable=back.timetable,
            since=SECOND_WEEK,
            locked=locked_lines(back.edits),
            recorded=back.recorded,
        ),
        settings=ONE,
    )


def told(sessions: tuple[Session, ...] | tuple[PastSession, ...]) -> list[tuple[Any, ...]]:
    return [
        (s.date.day, s.activity if isinstance(s, PastSession) else s.post.activity, s.staff, s.room)
        for s in sessions
        if s.date < SECOND_WEEK
    ]


def before() -> list[tuple[Any, ...]]:
    return told(expand(derive(published().instance), published().timetable))


def test_edits_of_the_grid_do_not_change_what_lies_before(tmp_path: Path) -> None:
    """何平 gets the class and the choir Thursdays, from the 14th on; that 赵静 led it on the 8th
    stays, too."""
    back = edited(tmp_path, grid={"三1": "何平", "合唱": "周四 社团"}, dates={})
    new = again(back)
    history = new.timetable.history
    assert history is not None
    assert told(history.sessions) == before()
    assert (8, "合唱", "赵静", "音乐室") in before()
    # two Tuesdays and two Thursdays of one unit: 王芳 has one of each so far
    assert (history.places["王芳"], history.places["何平"]) == (2, 0)
    assert back.timetable is not None
    edited_by_hand = published().model_copy(update={"timetable": back.timetable})
    assert compare(edited_by_hand, new, back.recorded).past == ()
    # without what is recorded: the class of the 8th, and the choir of the 8th on the 10th
    assert len(compare(edited_by_hand, new).past) == 2
    planned = expand(derive(new.instance, SECOND_WEEK), new.timetable)
    there = {(s.date.day, s.post.activity, s.staff) for s in planned}
    assert (15, "看护", "何平") in there
    assert (17, "合唱", "李明") in there


def test_a_club_that_has_no_time_from_now_on_has_met(tmp_path: Path) -> None:
    history = again(edited(tmp_path, grid={"合唱": None}, dates={})).timetable.history
    assert history is not None
    assert told(history.sessions) == before()


@pytest.mark.parametrize(
    ("column", "value", "now"),
    [(STAFF, "何平", ("何平", "三1")), (ROOM, "操场", ("王芳", "操场"))],
)
def test_what_is_recorded_of_a_single_date_stays_beside_edits_of_the_grid(
    tmp_path: Path, column: int, value: str, now: tuple[str, str]
) -> None:
    """On the 8th it was so, though the grid names 何平 for all Tuesdays."""
    back = edited(tmp_path, grid={"三1": "何平"}, dates={(8, "看护", column): value})
    history = again(back).timetable.history
    assert history is not None
    there = {(8, "看护"): (8, "看护", *now)}
    assert told(history.sessions) == [there.get(one[:2], one) for one in before()]


def test_without_edits_of_the_grid_what_is_recorded_is_the_timetable(tmp_path: Path) -> None:
    dates: dict[tuple[int, str, int], object] = {(8, "看护", STAFF): "何平"}
    back = edited(tmp_path, grid={}, dates=dates)
    assert back.recorded == back.timetable
