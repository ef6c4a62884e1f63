"""The clock times of a segment, as they stand in the first column of a weekly grid."""

from __future__ import annotations

import datetime as dt

import pytest

from instances.calendar import Calendar
from instances.messages import Lang
from instances.samples import primary_36
from instances.school import Timing
from instances.words import Weekday
from scheduler.workbook.class_sheets import class_sheets
from scheduler.workbook.clocks import column_clocks, segment_clocks
from scheduler.workbook.view import View
from scheduler.workbook.weeks import WeekNames
from tests.unit.scheduler.workbook.sample import published

ZH = """15:20–16:20
（夏季作息、周一至周四）
15:00–16:00
（夏季作息、周五）
15:10–16:10
（冬季作息、周一至周四）
14:50–15:50
（冬季作息、周五）"""
EN = """15:20–16:20
(夏季作息, Mon-Thu)
15:00–16:00
(夏季作息, Fri)
15:10–16:10
(冬季作息, Mon-Thu)
14:50–15:50
(冬季作息, Fri)"""


def test_a_timetable_from_a_date_on_has_the_times_from_then_on() -> None:
    """The winter times begin on 12 October."""
    school = primary_36.build()
    calendar = Calendar(school.term, since=dt.date(2026, 10, 12))
    text = segment_clocks(calendar, school.segments[0], "zh")
    assert text == "15:10–16:10（周一至周四）\n14:50–15:50（周五）"


@pytest.mark.parametrize(("lang", "said"), [("zh", ZH), ("en", EN)])
def test_phases_and_weekdays_stand_below_the_time_they_are_of(lang: Lang, said: str) -> None:
    """One line of both is wider than the column and would be broken before a comma or bracket."""
    school = primary_36.build()
    assert segment_clocks(Calendar(school.term), school.segments[0], lang) == said


def test_the_clocks_of_a_column_say_which_phase_and_which_grades_they_are_of() -> None:
    school = primary_36.build()
    usual = school.segments[0]
    early = Timing(start=dt.time(14), end=dt.time(15))
    small = usual.model_copy(update={"name": "低年级", "timings": (early,)})
    calendar, both = Calendar(school.term), {usual: (3, 4), small: (1, 2)}
    assert column_clocks(calendar, Weekday.MON, both, "zh") == (
        "14:00–15:00\n（一、二年级）\n15:10–16:10\n（三、四年级、冬季作息）\n"
        "15:20–16:20\n（三、四年级、夏季作息）"
    )
    alone = column_clocks(calendar, Weekday.MON, {small: (1, 2)}, "en")
    assert alone == "14:00–15:00"
    english = column_clocks(calendar, Weekday.MON, {small: (1, 2), usual: (3,)}, "en")
    assert english.startswith("14:00–15:00\n(gr. 1, 2)\n15:10–16:10\n(gr. 3, 冬季作息)")


def test_only_the_weekdays_asked_for_count() -> None:
    """From Monday to Thursday there is one time in each phase."""
    school = primary_36.build()
    days = (Weekday.MON, Weekday.THU)
    text = segment_clocks(Calendar(school.term), school.segments[0], "zh", weekdays=days)
    assert text == "15:20–16:20（夏季作息）\n15:10–16:10（冬季作息）"


@pytest.mark.parametrize("room", [9, -1])
def test_clock_times_stand_beside_a_weekly_grid_or_above_if_they_are_many(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr("scheduler.workbook.weekly.CLOCKS", room)
    term = published()
    cells = class_sheets(View(term, "zh")).cells
    beside = {str(value) for (_, column), (value, look) in cells.items() if look == "clock"}
    above = {str(value) for (_, column), (value, look) in cells.items() if look == "plain"}
    assert ("作业辅导\n15:30–16:30（夏季作息）\n15:10–16:10（冬季作息）" in beside) is (room == 9)
    assert ("作业辅导" in beside) is (room == -1)
    line = "作业辅导：15:30–16:30（夏季作息）、15:10–16:10（冬季作息）"
    assert (line in above) is (room == -1)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ((5, 9, 13, 17), "第5、9、13、17周"),
        ((5, 7, 9, 11), "单周"),
        ((8, 10, 12, 14), "双周"),
        ((4, 8), "第4、8周"),
    ],
)
def test_every_other_week_is_said_only_of_all_of_them(weeks: tuple[int, ...], said: str) -> None:
    """A post in rotation that somebody has in weeks 5, 9, 13 and 17 is not theirs in week 7."""
    calendar = Calendar(primary_36.build().term)
    tuesdays = calendar.of_weekday[Weekday.TUE]
    mine = tuesdays & calendar.where(lambda day: day.week in weeks)
    assert WeekNames(calendar, "zh").of(mine, tuesdays) == said
