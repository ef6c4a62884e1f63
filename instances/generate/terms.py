"""The autumn term of 2026 with its public holidays and the weekend days worked for them."""

from __future__ import annotations

import datetime as dt
import random

from instances.messages import Label, Lang
from instances.school import FrozenPeriod, MakeUpDay, Period, Term
from instances.words import Weekday

CLUBS_START = dt.date(2026, 9, 14)
"""Monday of the third teaching week."""

_NATIONAL_DAY = Label("国庆节", "National Day")
_MID_AUTUMN = Label("中秋节", "Mid-Autumn Festival")
_NEW_YEAR = Label("元旦", "New Year")
_EXAMS = Label("期末复习考试", "final review and exams")
_NAME = Label("2026—2027学年第一学期", "Autumn 2026")

HOLIDAYS = (
    (dt.date(2026, 9, 25), dt.date(2026, 9, 27), _MID_AUTUMN),
    (dt.date(2026, 10, 1), dt.date(2026, 10, 7), _NATIONAL_DAY),
    (dt.date(2027, 1, 1), dt.date(2027, 1, 3), _NEW_YEAR),
)
MAKE_UP_SUNDAY = dt.date(2026, 9, 20)
MAKE_UP_SATURDAY = dt.date(2026, 10, 10)


def autumn_2026(rng: random.Random, lang: Lang) -> Term:
    """The term, with the weekdays that the two make-up days follow chosen at random."""
    return autumn_term(
        MakeUpDay(
            date=MAKE_UP_SUNDAY,
            follows=rng.choice([Weekday.WED, Weekday.THU, Weekday.FRI]),
            service=rng.random() < 0.35,
        ),
        MakeUpDay(
            date=MAKE_UP_SATURDAY,
            follows=rng.choice([Weekday.MON, Weekday.TUE, Weekday.WED]),
            service=rng.random() < 0.35,
        ),
        lang=lang,
    )


def autumn_term(*make_up_days: MakeUpDay, lang: Lang) -> Term:
    """Teaching from 1 September; service from the second week to the end of the exams."""
    return Term(
        name=_NAME.text(lang),
        start=dt.date(2026, 9, 1),
        end=dt.date(2027, 1, 22),
        service_start=dt.date(2026, 9, 7),
        service_end=dt.date(2027, 1, 15),
        holidays=tuple(
            Period(start=start, end=end, name=name.text(lang)) for start, end, name in HOLIDAYS
        ),
        make_up_days=make_up_days,
        frozen=(
            FrozenPeriod(
                start=dt.date(2027, 1, 4), end=dt.date(2027, 1, 22), name=_EXAMS.text(lang)
            ),
        ),
    )
