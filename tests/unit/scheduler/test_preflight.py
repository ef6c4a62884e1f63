"""Pre-flight arithmetic: what is counted, and that no timetable does better than it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import CARE, CLUBS, HOMEWORK, Tiny, busy, september, wish
from constraints.view import View
from instances.school import PostSpec
from instances.timetable import Session
from instances.words import Level, Parity, Role, Status
from scheduler.deficit import Deficit
from scheduler.preflight import Preflight, preflight
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.solve import solve
from tests.helpers.random_schools import random_school

LEADER = PostSpec(role=Role.LEADER, skills=("足球",))


def counted(tiny: Tiny) -> Preflight:
    return preflight(tiny.done()[0])


def only(tiny: Tiny) -> Deficit:
    (deficit,) = counted(tiny).deficits
    return deficit


def numbers(deficit: Deficit) -> tuple[int, int]:
    return deficit.needed, deficit.available


def test_enough_people() -> None:
    found = counted(Tiny().classes("三1", "三2").staff("王芳", "李明").care("Tue"))
    assert found.deficits == ()
    (slot,) = found.slots
    assert (slot.needed, slot.most, slot.available, slot.spare) == (2, 2, 2, 0)


def test_one_person_too_few() -> None:
    # two classes on Tuesday, one teacher: 2 > 1, on both Tuesdays
    deficit = only(Tiny().classes("三1", "三2").staff("王芳").care("Tue"))
    assert numbers(deficit) == (2, 1)
    assert deficit.where["dates"] == ["2026-09-08", "2026-09-15"]
    assert deficit.where["activities"] == [CARE]
    assert "王芳" in deficit.what.text("zh")
    assert "周二" in deficit.what.text("zh")


def test_one_person_counts_once_at_the_same_time() -> None:
    # care and the gate at the same hour: 2 posts, 1 person; at another hour it would be enough
    both = Tiny().classes("三1").staff("王芳").care("Tue")
    assert numbers(only(both.duty("门岗", "Tue"))) == (2, 1)
    apart = Tiny().classes("三1").staff("王芳").care("Tue").duty("门岗", f"Tue {CLUBS}")
    assert counted(apart).deficits == ()


@pytest.mark.parametrize(
    "away",
    [
        {"wishes": (wish(f"Tue {HOMEWORK}", Level.NO),)},
        {"busy": (busy("Tue", "16:00", "17:00"),)},
        {"leave": (september(7, 18),)},
        {"default": None},
        {"cap_week": 0},
        {"end": dt.date(2026, 9, 7)},
    ],
    ids=lambda away: next(iter(away)),
)
def test_who_cannot_be_there_is_not_counted(away: dict[str, Any]) -> None:
    tiny = Tiny().classes("三1").staff("王芳", **away).care("Tue")
    assert (1, 0) in {numbers(deficit) for deficit in counted(tiny).deficits}


def test_leave_on_one_date_is_a_deficit_on_that_date() -> None:
    deficit = only(Tiny().classes("三1").staff("王芳", leave=(september(8),)).care("Tue"))
    assert deficit.where["dates"] == ["2026-09-08"]


def test_a_duty_in_odd_weeks_leaves_the_even_ones() -> None:
    duty = busy("Tue", "16:00", "17:00", parity=Parity.ODD)
    deficit = only(Tiny().classes("三1").staff("王芳", busy=(duty,)).care("Tue"))
    assert deficit.where["dates"] == ["2026-09-08"]  # the term's first week is the odd one


def test_skills_are_counted_by_who_has_them() -> None:
    # two posts for 足球 and one for anybody, three people, one of whom has it: 2 > 1
    tiny = Tiny().classes("三1").staff("王芳", "李明").staff("赵静", skills=("足球",)).care("Tue")
    post = PostSpec(role=Role.GATE, skills=("足球",))
    deficit = only(tiny.duty("甲", "Tue", posts=(post,)).duty("乙", "Tue", posts=(post,)))
    assert numbers(deficit) == (2, 1)
    assert deficit.where["activities"] == ["甲", "乙"]


def test_care_counts_as_if_the_club_took_its_children() -> None:
    # 30 children, one adult for 20: 2 adults, or 1 for the 20 left and 1 for the club of 10
    tiny = Tiny().classes("三1").staff("王芳").room("操场").care(f"Tue {CLUBS}", ratio=20)
    tiny.club("篮球", "Tue", "Wed")
    (tuesday, _) = counted(tiny).slots
    assert (tuesday.needed, tuesday.most) == (1, 3)


def test_a_club_that_can_meet_nowhere_else_is_counted_there() -> None:
    tiny = Tiny().classes("三1").staff("王芳").room("操场").care(f"Tue {CLUBS}")
    assert (2, 1) in {numbers(found) for found in counted(tiny.club("篮球", "Tue")).deficits}


def test_a_club_that_nobody_can_lead() -> None:
    tiny = Tiny().classes("三1").staff("王芳").room("操场")
    deficits = counted(tiny.club("足球", "Tue", "Wed", posts=(LEADER,))).deficits
    assert (1, 0) in {numbers(found) for found in deficits}
    assert any("足球" in found.what.text("en") for found in deficits)


def test_a_club_without_a_room() -> None:
    tiny = Tiny().classes("三1").staff("王芳").room("小屋", capacity=5)
    (deficit,) = counted(tiny.club("足球", "Tue", "Wed", rooms=("小屋",))).deficits
    assert "10" in deficit.what.text("zh")


def test_caps_of_a_week() -> None:
    # five afternoons a week, two people with two posts a week each: 5 > 2 × 2
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    deficit = only(Tiny().classes("三1").staff("王芳", "李明", cap_week=2).care(*days))
    assert numbers(deficit) == (5, 4)
    assert deficit.where["week"] in (1, 2)


def test_caps_of_a_day() -> None:
    # care and gate one after the other, one post a day: 2 > 1
    tiny = Tiny().classes("三1").staff("王芳", cap_day=1).care("Tue").duty("门岗", f"Tue {CLUBS}")
    assert numbers(only(tiny)) == (2, 1)


def test_caps_of_the_term() -> None:
    # two Tuesdays, one post in the whole term: 2 > 1, though every week alone would do
    assert numbers(only(Tiny().classes("三1").staff("王芳", cap_term=1).care("Tue"))) == (2, 1)


def test_limits_of_clubs() -> None:
    # three clubs at different times, two people with one club each: 3 > 2
    tiny = Tiny().classes("三1").staff("王芳", "李明", cap_clubs=1).room("操场", 200, groups=4)
    for name in ("甲", "乙", "丙"):
        tiny.club(name, "Mon", "Tue", "Wed", "Thu")
    deficit = only(tiny)
    assert numbers(deficit) == (3, 2)
    assert deficit.where["activities"] == ["丙", "乙", "甲"]


def test_facts_for_scripts() -> None:
    deficit = only(Tiny().classes("三1", "三2").staff("王芳").care("Tue"))
    for lang in ("zh", "en"):
        found = deficit.to_json(lang)
        assert set(found) == {"what", "needed", "available", "where"}
        assert "{" not in found["what"]


def _open(view: View, deficit: Deficit) -> int:
    """The fewest posts of a deficit that are open on one of its dates."""
    where = deficit.where
    unplaced = sum(len(view.unplaced_posts(name)) for name in view.unplaced)

    def concerns(session: Session, date: str) -> bool:
        return (
            session.status is Status.OPEN
            and session.date.isoformat() == date
            and session.segment in where["segments"]
            and session.post.activity in where["activities"]
        )

    return unplaced + min(
        sum(concerns(session, date) for session in view.sessions) for date in where["dates"]
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_timetable_does_better(seed: int) -> None:
    """What counting proves open is open in the best timetable found, date by date."""
    instance = random_school(seed).model_copy(update={"pins": ()})
    deficits = preflight(instance).deficits
    published = solve(instance, Control(), Settings(workers=1))
    view = Context(instance).view(published.timetable)
    for deficit in deficits:
        gap = deficit.needed - deficit.available
        if "dates" in deficit.where:
            assert _open(view, deficit) >= gap, deficit.what.text("zh")
        else:
            assert published.result.uncovered_sessions >= gap, deficit.what.text("zh")
