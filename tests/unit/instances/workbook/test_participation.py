"""The share of a class that stays: of all days, of a weekday, of a segment, or of both."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from instances.reading import read_instance
from instances.school import Instance, Participation
from instances.words import Weekday
from tests.helpers.books import Book

FRI = Weekday.FRI


def school(book: Book, folder: Path) -> Instance:
    reading = read_instance(book.save(folder))
    assert reading.problems == (), [problem.text("zh") for problem in reading.problems]
    assert reading.instance is not None
    return reading.instance


@pytest.mark.parametrize("value", [0.9, "90%", "90％", 90, "0.9", " 90 % "])
def test_participation(value: object, tmp_path: Path) -> None:
    read = school(Book().set("classes", 0, "participation", value), tmp_path)
    assert read.classes[0].participation == (Participation(share=Decimal("0.9")),)


@pytest.mark.parametrize(
    ("heading", "weekday", "segment"),
    [
        ("参加率 周五", FRI, None),
        ("参加率（周五）", FRI, None),
        ("参加率第二段", None, "第二段"),
        ("参加率 周五 第二段", FRI, "第二段"),
        ("Participation Fri 第二段", FRI, "第二段"),
        ("参加率（%）", None, None),
    ],
)
def test_participation_of_a_day_or_segment(
    heading: str, weekday: Weekday | None, segment: str | None, tmp_path: Path
) -> None:
    read = school(Book().set("classes", 1, heading, "70%"), tmp_path)
    entry = Participation(share=Decimal("0.7"), weekday=weekday, segment=segment)
    assert read.classes[1].participation == (entry,)
    assert read.classes[0].participation == ()


@pytest.mark.parametrize(
    ("heading", "weekday"),
    [
        ("参加率 周五 作业辅导(1–2年级)", FRI),
        ("参加率（周五 作业辅导（1–2年级））", FRI),
        ("参加率 作业辅导（1–2年级）", None),
        ("参加率（作业辅导(1–2年级)）", None),
    ],
)
def test_participation_of_a_segment_with_brackets(
    heading: str, weekday: Weekday | None, tmp_path: Path
) -> None:
    name = "作业辅导(1–2年级)"
    book = (
        Book()
        .drop("pins")
        .set("staff", 2, "default", "可以")
        .set("activities", 1, "segments", name)
    )
    book.rows["wishes"] = [{"staff": "王芳"}, {"staff": "李明"}, {"staff": "赵静"}]
    book.rows["segments"] = [{"name": name, "start": "15:30", "end": "17:30"}]
    book.set("classes", 1, heading, "70%")
    entry = Participation(share=Decimal("0.7"), weekday=weekday, segment=name)
    assert school(book, tmp_path).classes[1].participation == (entry,)
