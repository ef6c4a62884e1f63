"""An event's line says its date once."""

from __future__ import annotations

import datetime as dt

import pytest

from instances.messages import Lang, localize
from scheduler.result import EventFigures
from scheduler.workbook.event_words import dates_text, why_here

MONDAY, TUESDAY = dt.date(2026, 9, 7), dt.date(2026, 9, 8)


@pytest.mark.parametrize(
    ("as_good", "lang", "said"),
    [
        (0, "zh", "停1次社团、影响30人次；其次是9月8日（周二）：停2次、45人次。"),
        (0, "en", "It pushes out 1 club meeting and 30 person-sessions; the next best, Tue 8 Sep,"),
        (2, "zh", "停1次社团、影响30人次；另有2天同样少"),
        (
            2,
            "en",
            "It pushes out 1 club meeting and 30 person-sessions; 2 other dates would push out",
        ),
    ],
)
def test_the_reason_does_not_repeat_the_date(as_good: int, lang: Lang, said: str) -> None:
    # the event alone makes the difference: 45 − 30 = 15
    event = EventFigures(
        event="跳绳",
        dates=(MONDAY,),
        displaced=30,
        clubs=1,
        as_good=as_good,
        next_date=TUESDAY,
        next_displaced=45,
        next_clubs=2,
        next_more=15,
    )
    why = why_here(event)
    assert why is not None
    text = localize(why, lang)
    assert text.startswith(said)
    assert dates_text((MONDAY,)).text(lang) not in text
