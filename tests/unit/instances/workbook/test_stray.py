"""What would be passed over in silence: rows that stand twice, values without a heading, dates of
an event that are outside the term."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from instances import check_texts, event_texts, problem_texts
from instances.problems import Problem
from instances.reading import read_instance
from tests.helpers.books import EVENTS, GOOD, Book


def noticed(book: Book, folder: Path) -> list[Problem]:
    """The warnings of a workbook that can be used."""
    reading = read_instance(book.save(folder), {})
    assert reading.instance is not None
    assert all(
        problem.message.text("en") and problem.remedy.text("en") for problem in reading.problems
    )
    return list(reading.problems)


def test_leave_that_stands_twice(tmp_path: Path) -> None:
    book = Book()
    book.rows["leave"].append(dict(book.rows["leave"][0]))
    (problem,) = noticed(book, tmp_path)
    assert (problem.fault, problem.cell) == (check_texts.LEAVE_TWICE, "B3")
    assert problem.message.text("zh") == "李明的这段请假在请假 B2已经填过。"
    book.rows["leave"][1]["end"] = "2026-11-07"
    assert noticed(book, tmp_path) == []


def test_wishes_that_stand_twice(tmp_path: Path) -> None:
    book = Book()
    book.rows["wishes"].append(dict(book.rows["wishes"][0]))
    (problem,) = noticed(book, tmp_path)
    row = len(book.rows["wishes"]) + 1
    assert (problem.fault, problem.cell) == (check_texts.WISHES_TWICE, f"A{row}")
    assert "意愿 A2已经填过意愿" in problem.message.text("zh")


def test_wishes_that_contradict_are_one_problem_and_no_more(tmp_path: Path) -> None:
    """Of one cell that differs; that the row stands twice goes without saying."""
    book = Book()
    book.rows["wishes"].append(book.rows["wishes"][0] | {"周一 第一段": "愿意"})
    (problem,) = read_instance(book.save(tmp_path), {}).problems
    assert problem.fault is check_texts.WISH_CONTRADICTS


def test_a_value_without_a_heading_is_told_once_for_its_column(tmp_path: Path) -> None:
    path = Book().save(tmp_path)
    workbook = load_workbook(path)
    sheet = workbook["请假"]
    sheet["G2"], sheet["G3"], sheet["H1"], sheet["H2"] = "不确定", "待查", "我的", "自己看的"
    workbook.save(path)
    (problem,) = read_instance(path, {}).problems
    assert (problem.fault, problem.cell, problem.value) == (
        problem_texts.NO_HEADING,
        "G2",
        "不确定",
    )


@pytest.mark.parametrize(("column", "date"), [("start", "2026-08-01"), ("end", "2027-03-01")])
def test_a_date_of_an_event_outside_the_term(column: str, date: str, tmp_path: Path) -> None:
    """The rest of its dates are within, so that it can be held."""
    book = Book({**GOOD, "events": [dict(event) for event in EVENTS]})
    assert noticed(book, tmp_path) == []
    (problem,) = noticed(book.set("events", 0, column, date), tmp_path)
    assert problem.fault is event_texts.EVENT_PARTLY_OUTSIDE
    assert problem.cell == book.cell("events", 0, column)
    assert date in problem.message.text("zh")
