"""A timetable that holds from a date on: what lies before is shown, and cannot be edited."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from constraints.context import Context
from scheduler.day import day_sheet
from scheduler.figures import people_figures
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.view import View
from scheduler.workbook.write import write_timetable
from tests.helpers.published import publish, rerun
from tests.unit.scheduler.test_diff import OCTOBER_12, after, before

SESSIONS, DATE, STAFF, STATUS = "场次", 1, 12, 14
OLD = publish(before().instead("看护", 15, staff="李明"))
NEW = rerun(OLD, after(), OCTOBER_12)
PAST_FILL, EDIT_FILL, NEW_FILL = "00EEF1F3", "00FFFDF3", "00DDF0E3"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_timetable(NEW, tmp_path / "timetable.xlsx", "zh")
    return tmp_path / "timetable.xlsx"


def sessions(book: Workbook) -> Any:
    return book[SESSIONS]


def saved(book: Workbook, path: Path) -> Path:
    book.save(path.with_name("edited.xlsx"))
    return path.with_name("edited.xlsx")


def test_rows_of_the_past_come_first_and_look_like_it(path: Path) -> None:
    sheet = sessions(load_workbook(path))
    rows = list(sheet.iter_rows(min_row=2))
    # twelve weeks of two classes in care and one club; five weeks of them are past
    assert len(rows) == 36
    fills = [row[STAFF - 1].fill.fgColor.rgb for row in rows]
    assert set(fills[:15]) == {PAST_FILL}
    assert set(fills[15:]) == {EDIT_FILL, NEW_FILL}
    dates = [row[DATE - 1].value.date() for row in rows]
    assert dates == sorted(dates)
    assert dates[14] < OCTOBER_12 <= dates[15]
    choices = [rule for rule in sheet.data_validations.dataValidation if rule.formula1]
    assert {str(rule.sqref)[1:3] for rule in choices} == {"17"}  # heading, 15 rows, then these


def test_what_was_written_comes_back(path: Path) -> None:
    back = read_timetable(path)
    assert (back.problems, back.edits) == ((), ())
    assert back.published == NEW
    assert back.timetable == NEW.timetable


def test_an_edit_in_the_past_is_an_error_with_its_cell(path: Path) -> None:
    book = load_workbook(path)
    sessions(book).cell(3, STAFF).value = "李明"
    problems = read_timetable(saved(book, path)).problems
    assert [(p.sheet, p.cell, p.value) for p in problems] == [(SESSIONS, "L3", "李明")]
    assert "2026-10-12之前是历史" in problems[0].message.text("zh")
    assert "holds from 2026-10-12" in problems[0].remedy.text("en")


def test_rows_of_the_past_that_are_missing_are_one_problem(path: Path) -> None:
    book = load_workbook(path)
    sessions(book).delete_rows(2, 15)
    (problem,) = read_timetable(saved(book, path)).problems
    assert problem.is_error
    assert "缺少 15 行，第一行是 2026-09-08 作业 看护" in problem.message.text("zh")


def test_nothing_is_moved_into_the_past(path: Path) -> None:
    book = load_workbook(path)
    sessions(book).cell(17, DATE).value = dt.date(2026, 10, 6)
    (problem,) = [p for p in read_timetable(saved(book, path)).problems if p.is_error]
    assert (problem.cell, problem.sheet) == ("A17", SESSIONS)
    assert "不能把场次移到那时" in problem.message.text("zh")


def test_a_past_date_is_shown_as_it_was() -> None:
    then = day_sheet(NEW, dt.date(2026, 9, 15))
    assert [(s.staff, s.planned) for s in then.covers] == [("李明", "王芳"), ("李明", "赵静")]
    now = day_sheet(NEW, dt.date(2026, 10, 13))
    assert [s.staff for part in now.segments for s in part.sessions] == ["李明", "赵静"]
    assert day_sheet(NEW, dt.date(2026, 9, 8)).chat("zh") == day_sheet(
        OLD, dt.date(2026, 9, 8)
    ).chat("zh")


def test_sheets_count_the_whole_term() -> None:
    view = View(NEW, "zh")
    # 王芳: Tuesdays 8, 22, 29 September and 6 October; 李明 came on the 15th
    assert len(view.sessions_of_staff["王芳"]) == 4
    assert [s.date.day for s in view.past_changed] == [15, 15]
    assert view.header.endswith("课表第2号，自10月12日起")
    history = NEW.timetable.history
    context = Context(NEW.instance, history=history)
    figures = people_figures(context, context.view(NEW.timetable))
    assert (figures["王芳"].sessions, figures["王芳"].covers) == (4, 0)
    # 5 of the choir and 2 covers before; 7 in care and 7 of the choir from then on
    assert (figures["李明"].sessions, figures["李明"].covers) == (21, 2)
