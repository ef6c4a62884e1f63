"""What the rules say of sessions moved to another time, and of groups merged on a date.

Tuesdays are 8 and 15 September 2026, Thursdays the 10th and 17th.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import CLUBS, Tiny, busy, september, wish
from instances.school import Closure
from instances.timetable import When
from instances.words import Level
from scheduler.audit import audit

THURSDAY = When(date=dt.date(2026, 9, 10), segment=CLUBS)


def broken(tiny: Tiny) -> dict[str, int]:
    """The hard rules that a timetable breaks, each with its amount."""
    instance, timetable = tiny.done()
    found: dict[str, int] = {}
    for finding in audit(Context(instance), timetable).hard:
        found[finding.rule] = found.get(finding.rule, 0) + finding.amount
    return found


def choir(*, closed: int | None = None, **person: Any) -> Tiny:
    """王芳 leads the choir on Tuesdays; on 8 September it is moved to Thursday the 10th."""
    days = () if closed is None else (dt.date(2026, 9, closed),)
    closures = tuple(Closure(start=day, end=day) for day in days)
    return (
        Tiny()
        .classes("三1")
        .room("音乐室", closures=closures)
        .staff("王芳", **person)
        .club("合唱", "Tue")
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱")
        .instead("合唱", 8, to=THURSDAY)
    )


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        ({}, None),
        ({"wishes": (wish(f"Thu {CLUBS}", Level.NO),)}, "consent-missing"),
        ({"busy": (busy("Thu", "17:00", "18:00"),)}, "busy-clash"),
        ({"leave": (september(10),)}, "on-leave"),
        ({"leave": (september(8),)}, None),
    ],
)
def test_a_moved_session_is_judged_where_it_takes_place(
    person: dict[str, Any], rule: str | None
) -> None:
    assert broken(choir(**person)) == ({} if rule is None else {rule: 1})


@pytest.mark.parametrize(("closed", "expected"), [(8, {}), (10, {"room-closed": 1})])
def test_a_room_must_be_open_where_a_session_was_moved_to(
    closed: int, expected: dict[str, int]
) -> None:
    assert broken(choir(closed=closed)) == expected


def test_two_posts_at_the_time_a_session_was_moved_to() -> None:
    tiny = choir().duty("门岗", f"Thu {CLUBS}").holds("王芳", "门岗", f"Thu {CLUBS}")
    assert broken(tiny) == {"teacher-overlap": 1}


def test_two_meetings_of_one_club_at_one_time() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳")
        .club("合唱", "Tue", "Thu", per_week=2)
        .meets("合唱", "Tue", "Thu", room="音乐室")
        .holds("王芳", "合唱")
        .instead("合唱", 8, to=THURSDAY)
    )
    assert broken(tiny) == {"teacher-overlap": 1, "room-overlap": 1}


def test_posts_that_arise_on_a_date_are_no_open_posts_of_the_week() -> None:
    # all thirty sing on Tuesdays; on the 8th, when the choir is moved, they are in care
    tiny = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳")
        .care(f"Tue {CLUBS}")
        .club("合唱", "Tue", capacity=30)
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱")
        .instead("合唱", 8, to=THURSDAY)
    )
    instance, timetable = tiny.done()
    judged = audit(Context(instance), timetable)
    assert [session.date.day for session in judged.open_sessions] == [8]
    assert judged.open_lines == ()


def test_merged_classes_must_fit_the_room() -> None:
    # 30 + 30 children: the home room of a class of 30 is too small, one for 60 is not
    merged = Tiny().classes("三1", "三2").care("Tue", ratio=60).joins("三2", "三1", 8)
    assert broken(merged) == {"room-unsuitable": 1}
    assert broken(merged.room("三1", 60)) == {}
