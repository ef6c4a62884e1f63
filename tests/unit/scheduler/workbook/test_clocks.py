"""The clock times of a segment, as they stand in the first column of a weekly grid."""

from __future__ import annotations

import datetime as dt

import pytest

from instances.calendar import Calendar
from instances.messages import Lang
from instances.samples import primary_36
from instances.school import Timing
from instances.words import Weekday
from scheduler.workbook.clocks import column_clocks, segment_clocks

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
