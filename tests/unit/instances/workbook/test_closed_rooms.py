"""A club whose rooms are all closed for part of the term falls out then: said while reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances import activity_texts as texts
from instances.problems import Problem
from instances.reading import read_instance
from tests.helpers.books import Book


def noticed(book: Book, folder: Path) -> list[Problem]:
    reading = read_instance(book.save(folder), {})
    assert reading.instance is not None
    return [problem for problem in reading.problems if problem.fault is texts.ROOMS_CLOSED]


def closed(dates: str) -> Book:
    """The football club may meet once a week, on Tuesday or Thursday, on the playground."""
    return Book().set("rooms", 0, "closures", dates)


def test_dates_without_a_room_are_counted(tmp_path: Path) -> None:
    """Of 20 Tuesdays from 8 September to 19 January, one is a holiday and one in the exam week:
    18, of which the 8th and 15th are lost. Thursdays: as many (10 and 17)."""
    book = closed("2026-09-07~2026-09-18")
    (problem,) = noticed(book, tmp_path)
    assert (problem.sheet, problem.cell) == ("活动", book.cell("activities", 1, "rooms"))
    assert problem.message.text("en") == (
        "The rooms that “足球社” may use (操场) are closed between 2026-09-08 and 2026-09-15: "
        "whenever it meets, at least 2 of its 18 dates in the term have no room and fall out."
    )
    assert "全学期18次中至少有2次" in problem.message.text("zh")


@pytest.mark.parametrize(
    "dates",
    [
        "2026-09-08",  # a Tuesday: it can meet on Thursdays
        "2026-09-07~2026-09-18 周一",  # it never meets on Mondays
        "2026-10-01~2026-10-07",  # nobody meets in the holidays
        "2026-09-01~2027-01-22",  # never open: no timetable has it, which counting says
    ],
)
def test_nothing_is_said_where_no_date_need_be_lost(dates: str, tmp_path: Path) -> None:
    assert noticed(closed(dates), tmp_path) == []


def test_another_room_suffices(tmp_path: Path) -> None:
    book = closed("2026-09-07~2026-09-18").set("activities", 1, "rooms", "操场、音乐室")
    assert noticed(book, tmp_path) == []


def test_of_two_days_the_one_that_loses_less_is_told(tmp_path: Path) -> None:
    """8, 10 and 15 September: two Tuesdays, one Thursday."""
    (problem,) = noticed(closed("2026-09-08、2026-09-10、2026-09-15"), tmp_path)
    said = "at least 1 of its 18 dates in the term has no room and falls out."
    assert said in problem.message.text("en")
    assert "are closed on 2026-09-10: " in problem.message.text("en")
    assert "在2026-09-10停用" in problem.message.text("zh")
