"""Dates, clock times, weekdays and grades, as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances import problem_texts as texts
from instances.problems import Fault
from instances.school import DAYS
from instances.text import Misread
from instances.when import (
    read_date,
    read_grade,
    read_grades,
    read_time,
    read_weekday,
    read_weekdays,
    weekday_and_rest,
)
from instances.words import Weekday, grade_text

TERM = (dt.date(2026, 9, 1), dt.date(2027, 1, 22))


def fault_of(reader: object, value: object) -> Fault:
    with pytest.raises(Misread) as caught:
        reader(value)  # type: ignore[operator]
    return caught.value.fault


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_date_comes_back(date: dt.date) -> None:
    serial = (date - dt.date(1899, 12, 30)).days
    for typed in (
        date,
        dt.datetime.combine(date, dt.time()),
        serial,
        f"{date:%Y-%m-%d}",
        f"{date:%Y/%m/%d}",
        f"{date:%Y%m%d}",
        f"{date.year}年{date.month}月{date.day}日",
        f"{date.year}.{date.month}.{date.day}",
    ):
        assert read_date(typed) == date


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("9月1日", dt.date(2026, 9, 1)),
        ("1月4号", dt.date(2027, 1, 4)),
        ("8月30日", dt.date(2026, 8, 30)),
        ("2月1日（周一）", dt.date(2027, 2, 1)),
        ("18 Nov", dt.date(2026, 11, 18)),
        ("Wed 18 Nov", dt.date(2026, 11, 18)),
        ("Nov 18", dt.date(2026, 11, 18)),
        ("Wednesday, November 18", dt.date(2026, 11, 18)),
        ("4 January", dt.date(2027, 1, 4)),
        ("18 Nov 2025", dt.date(2025, 11, 18)),
        ("Nov 18, 2025", dt.date(2025, 11, 18)),
    ],
)
def test_date_without_a_year(typed: str, date: dt.date) -> None:
    assert read_date(typed, TERM) == date


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("9月1日", texts.NO_YEAR),
        ("9/1", texts.NO_YEAR),
        ("26-9-1", texts.NOT_A_DATE),
        ("2026-02-30", texts.NO_SUCH_DATE),
        ("1926-09-01", texts.NO_SUCH_DATE),
        (dt.datetime(1905, 7, 18), texts.NO_SUCH_DATE),
        ("下周一", texts.NOT_A_DATE),
        ("18 Nov", texts.NO_YEAR),
        ("31 Nov 2026", texts.NO_SUCH_DATE),
        ("18 Nof", texts.NOT_A_DATE),
        ("next Wed", texts.NOT_A_DATE),
        (7, texts.NOT_A_DATE),
        (True, texts.NOT_A_DATE),
    ],
)
def test_no_date(typed: object, fault: Fault) -> None:
    assert fault_of(read_date, typed) is fault


def test_day_that_no_year_has() -> None:
    with pytest.raises(Misread) as caught:
        read_date("2月30日", TERM)
    assert caught.value.fault is texts.NO_SUCH_DATE


@given(st.times(dt.time(6, 0), dt.time(23, 59)))
def test_every_time_comes_back(clock: dt.time) -> None:
    clock = clock.replace(second=0, microsecond=0)
    minutes = clock.hour * 60 + clock.minute
    for typed in (
        clock,
        dt.timedelta(minutes=minutes),
        minutes / 1440,
        f"{clock:%H:%M}",
        f"{clock:%H：%M}",
        f"{clock:%H.%M}",
        f"{clock.hour}点{clock:%M}分",
        f"{clock:%I:%M %p}",
    ):
        assert read_time(typed) == clock


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("3:30", texts.TIME_AT_NIGHT),
        (15.3, texts.TIME_UNCLEAR),
        ("15.3", texts.TIME_UNCLEAR),
        ("1530", texts.TIME_UNCLEAR),
        (0, texts.TIME_UNCLEAR),
        ("25:00", texts.NOT_A_TIME),
        ("放学后", texts.NOT_A_TIME),
        (dt.datetime(2026, 9, 1, 15, 30), texts.NOT_A_TIME),
        (True, texts.NOT_A_TIME),
    ],
)
def test_no_time(typed: object, fault: Fault) -> None:
    assert fault_of(read_time, typed) is fault


def test_afternoon_and_noon() -> None:
    assert read_time("下午3:30") == dt.time(15, 30)
    assert read_time("中午12点") == dt.time(12)
    assert read_time("中午1点半") == dt.time(13, 30)


@given(st.sampled_from(Weekday))
def test_every_weekday_comes_back(day: Weekday) -> None:
    name = "一二三四五六日"[day - 1]
    for typed in (f"周{name}", f"星期{name}", f"礼拜{name}", name, int(day), str(int(day))):
        assert read_weekday(typed) is day
    assert read_weekday(day.text("en")) is day
    assert weekday_and_rest(f"周{name} 第一段") == (day, "第一段")
    assert weekday_and_rest(f"{day.text('en')} Segment 1") == (day, "Segment 1")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("每天", DAYS),
        ("工作日", DAYS),
        ("周一到周五", DAYS),
        ("周一—周五", DAYS),
        ("周六、周日", (Weekday.SAT, Weekday.SUN)),
        ("星期二星期四", (Weekday.TUE, Weekday.THU)),
        ("Mon to Wed", (Weekday.MON, Weekday.TUE, Weekday.WED)),
        ("星期天", (Weekday.SUN,)),
    ],
)
def test_weekdays(typed: str, days: tuple[Weekday, ...]) -> None:
    assert read_weekdays(typed) == days


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("周八", texts.NOT_A_WEEKDAY),
        ("周末", texts.NOT_A_WEEKDAY),
        ("0", texts.NOT_A_WEEKDAY),
        (8, texts.NOT_A_WEEKDAY),
        ("周五至周二", texts.RANGE_BACKWARDS),
        (dt.datetime(2026, 1, 5), texts.TURNED_INTO_DATE),
    ],
)
def test_no_weekdays(typed: object, fault: Fault) -> None:
    assert fault_of(read_weekdays, typed) is fault


@pytest.mark.parametrize("heading", ["姓名", "Monday's child", "Money", "一班", ""])
def test_headings_that_begin_with_no_weekday(heading: str) -> None:
    found = weekday_and_rest(heading)
    assert found is None or heading.startswith("Monday")


@given(st.integers(1, 9))
def test_every_grade_comes_back(grade: int) -> None:
    for typed in (grade, str(grade), grade_text(grade, "zh"), grade_text(grade, "en"), f"G{grade}"):
        assert read_grade(typed) == grade
    if grade > 6:
        assert read_grade(f"初{'一二三'[grade - 7]}") == grade


@pytest.mark.parametrize(
    ("typed", "grades"),
    [
        ("一至三年级", (1, 2, 3)),
        ("1-3", (1, 2, 3)),
        ("一、二年级", (1, 2)),
        ("一二年级", (1, 2)),
        ("七年级至九年级", (7, 8, 9)),
        ("Grade 1, Grade 2", (1, 2)),
        ("全校", ()),
        ("all", ()),
    ],
)
def test_grades(typed: str, grades: tuple[int, ...]) -> None:
    assert read_grades(typed) == grades


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("低年级", texts.NOT_A_GRADE),
        ("高一", texts.GRADE_OUT_OF_RANGE),
        ("0", texts.GRADE_OUT_OF_RANGE),
        ("三至一年级", texts.RANGE_BACKWARDS),
        (dt.datetime(2026, 1, 3), texts.TURNED_INTO_DATE),
    ],
)
def test_no_grades(typed: object, fault: Fault) -> None:
    assert fault_of(read_grades, typed) is fault
