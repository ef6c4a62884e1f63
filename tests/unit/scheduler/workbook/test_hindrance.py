"""Why somebody who is not away does not come: where they are then, or which cap is reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.messages import Lang
from instances.school import Staff
from instances.timetable import Expansion, Session
from scheduler.workbook.hindrance import hindrance

TUESDAY_8, FRIDAY_11, TUESDAY_15 = 8, 11, 15


def gate(**caps: int) -> tuple[Staff, dict[int, Session], list[Session]]:
    """王芳 is at the gate on Tuesdays and Fridays; her sessions, by day of September."""
    tiny = Tiny().staff("王芳", **caps).duty("门岗", "Tue", "Fri")
    school, timetable = tiny.holds("王芳", "门岗", "Tue").holds("王芳", "门岗", "Fri").done()
    sessions = Expansion(Context(school).demand, timetable).sessions
    return school.staff[0], {one.date.day: one for one in sessions}, list(sessions)


def said(person: Staff, session: Session, held: list[Session], lang: Lang = "zh") -> str:
    return hindrance(person, session, held).text(lang)


def test_who_is_elsewhere_then() -> None:
    person, on, held = gate(cap_day=1)  # the clash is the nearer reason
    assert said(person, on[TUESDAY_8], held) == "届时在“门岗”"
    assert said(person, on[TUESDAY_8], held, "en") == "is at “门岗” then"


@pytest.mark.parametrize(
    ("caps", "day", "zh"),
    [
        # of the week of the 8th the Friday is left: one post; of the day none, of the term three
        ({"cap_week": 1}, TUESDAY_8, "该周已有1个岗位，是每周上限"),
        ({"cap_week": 2}, TUESDAY_8, "届时不能到场"),
        ({"cap_term": 3}, TUESDAY_8, "本学期已有3个岗位，是学期上限"),
        ({"cap_day": 1}, TUESDAY_8, "届时不能到场"),
    ],
)
def test_which_cap_is_reached(caps: dict[str, int], day: int, zh: str) -> None:
    person, on, held = gate(**caps)
    rest = [one for one in held if one is not on[day]]
    assert len(rest) == 3
    assert said(person, on[day], rest) == zh


def test_a_cap_of_the_day_that_is_reached_at_another_time() -> None:
    person, on, held = gate(cap_day=1)
    earlier = replace(on[TUESDAY_15], start=on[FRIDAY_11].end, end=on[FRIDAY_11].end)
    rest = [one for one in held if one.date.day != TUESDAY_15]
    assert said(person, on[TUESDAY_15], [*rest, earlier]) == "当天已有1个岗位，是每天上限"
    assert said(person, on[TUESDAY_15], rest) == "届时不能到场"
