"""Somebody who edits the workbook of a small school by hand, and has it rerun.

Tuesdays are 8, 15 and 22 September 2026, Thursdays the 10th, 17th and 24th. Clubs
meet at 16:30, when both classes are in care on both days; on Thursday the 24th they have an event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook

from constraints.context import Context
from constraints.examples import CLUBS, Tiny, september, wish
from instances.derivation import derive
from instances.timetable import Session
from instances.words import Level
from scheduler.audit import audit
from scheduler.rerun.by_hand.report import (
    Overridden,
    emptied_sessions,
    locked_lines,
    overridden,
    replaced_where_moved,
)
from scheduler.rerun.by_hand.rerun_edited import rerun_edited
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from scheduler.workbook.edits import Edit
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.view import View
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.workbook.sample import result_of

DATE, SEGMENT, CLASSES, ROOM, STAFF, STATUS = 1, 4, 9, 10, 12, 14
KEY = 17
GRID_WHEN, GRID_ROOM = 4, 8
GRID_TUESDAY, GRID_THURSDAY, DUTY_WEDNESDAY = 4, 6, 5
GRID, SESSIONS = "总课表", "场次"
SINCE = dt.date(2026, 9, 14)
TUESDAY, WEDNESDAY, THURSDAY = (dt.date(2026, 9, day) for day in (15, 16, 17))
LAST_TUESDAY, LAST_THURSDAY = dt.date(2026, 9, 22), dt.date(2026, 9, 24)
Cells = Mapping[tuple[str, int, int], object]
"""What is typed, by sheet, row and column."""


@cache
def published() -> Published:
    """Three weeks of two clubs and care, with an event of all on the last Thursday."""
    instance, timetable = (
        Tiny(end=dt.date(2026, 9, 25))
        .classes("三1", "三2")
        .room("音乐室")
        .room("体育馆")
        .room("操场", 400)
        .room("会议室", 5)
        .staff("王芳", wishes=(wish("Thu 社团", Level.NO),))
        .staff("李明", "赵静", "何平")
        .staff("陈红", leave=(september(15),))
        .care("Tue 社团", "Thu 社团")
        .club("合唱", "Tue", "Thu", rooms=("音乐室", "体育馆"), staff=("王芳", "何平"))
        .club("棋艺", "Thu", "Tue", capacity=5, staff=("何平", "陈红"))
        .duty("门岗", "Wed")
        .event("书画", start=LAST_THURSDAY, segments=(CLUBS,), classes=("三1", "三2"))
        .meets("合唱", "Tue", room="音乐室")
        .meets("棋艺", "Thu", room="操场")
        .holds("王芳", "合唱")
        .holds("何平", "棋艺")
        .holds("陈红", "门岗")
        .holds("李明", "看护", "Tue 社团", "Thu 社团", school_class="三1")
        .holds("赵静", "看护", "Tue 社团", "Thu 社团", school_class="三2")
        .done()
    )
    result = result_of(derive(instance), timetable)
    plain = Published(instance=instance, timetable=timetable, result=result)
    return rerun(Request(instance, plain, timetable, instance.term.start), settings=ONE)


@cache
def written() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "timetable.xlsx"
        write_timetable(published(), path, "zh")
        return path.read_bytes()


@cache
def rows() -> tuple[Session, ...]:
    """The sessions in the order of 场次."""
    return View(published(), "zh").whole_term


def key_of(row: int) -> str:
    """The session key of a row of 场次."""
    return rows()[row - 2].key


@cache
def row_of(date: dt.date, activity: str, classes: str = "") -> int:
    """The row of an activity (of some classes) on a date, in 场次."""
    for n, session in enumerate(rows(), 2):
        if session.date == date and session.post.activity == activity:
            if not classes or classes in session.classes:
                return n
    raise LookupError(activity)


@cache
def grid_row(text: str) -> int:
    """The first row of the master grid with such a cell."""
    grid: Any = load_workbook(BytesIO(written()), read_only=True)[GRID]
    rows = enumerate(grid.iter_rows(values_only=True), 1)
    return next(n for n, values in rows if text in [str(one) for one in values])


@dataclass(frozen=True)
class Edited:
    """What became of a workbook with some cells typed over."""

    back: ReadBack
    new: Published
    dropped: tuple[Overridden, ...]
    replaced: tuple[Overridden, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.back.edits

    @property
    def said(self) -> list[str]:
        """What is said of the edits that are not kept."""
        return [one.message.text("zh") for one in self.dropped]

    def rows(self, date: dt.date, activity: str) -> list[tuple[str | None, str | None, str]]:
        """Person, room and status of the rows of an activity on a date."""
        rows = (one for one in self.sessions if one.date == date)
        mine = (one for one in rows if one.post.activity == activity)
        return [(one.staff, one.room, one.status.text("zh")) for one in mine]

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return View(self.new, "zh").whole_term

    @cached_property
    def _book(self) -> Any:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "new.xlsx"
            write_timetable(self.new, path, "zh")
            return load_workbook(BytesIO(path.read_bytes()))

    def grid(self, row: int, column: int) -> object:
        """A cell of the new master grid."""
        value: object = self._book[GRID].cell(row, column).value
        return value

    @cached_property
    def written_rows(self) -> list[tuple[Any, ...]]:
        """The rows of the new 场次, with dates as such."""
        rows = list(self._book[SESSIONS].iter_rows(min_row=2, values_only=True))
        return [(row[0].date(), *row[1:]) for row in rows]


def read(cells: Cells) -> ReadBack:
    """Types into cells, and reads the workbook."""
    book = load_workbook(BytesIO(written()))
    for (sheet, row, column), value in cells.items():
        there: Any = book[sheet]
        there.cell(row, column).value = value
    with TemporaryDirectory() as folder:
        path = Path(folder) / "edited.xlsx"
        book.save(path)
        return read_timetable(path)


def typed(cells: Cells, since: dt.date = SINCE, **changes: Any) -> Edited:
    """Types into cells, reads the workbook, and reruns it; no must may be broken."""
    back = read(cells)
    assert [problem.text("zh") for problem in back.problems] == []
    assert back.timetable is not None
    instance = published().instance.model_copy(update=changes)
    request = Request(
        instance,
        published(),
        back.timetable,
        since,
        locked=locked_lines(back.edits),
        emptied=emptied_sessions(back.edits),
    )
    new = rerun_edited(request, settings=ONE)
    context = Context(instance, history=new.timetable.history)
    assert [one.message.text("zh") for one in audit(context, new.timetable).hard] == []
    edited = context, new.timetable, back.edits, back.timetable
    return Edited(back, new, overridden(*edited), replaced_where_moved(*edited))
