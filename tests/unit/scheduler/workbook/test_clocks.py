"""The clock times of a segment, as they stand in the first column of a weekly grid."""

from __future__ import annotations

import datetime as dt

import pytest

from instances.calendar import Calendar
from instances.messages import Lang
from instances.samples import primary_36
from scheduler.workbook.clocks import segment_clocks

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
