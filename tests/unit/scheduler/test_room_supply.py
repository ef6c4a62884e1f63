"""Rooms that cannot hold everybody: counted before, said by solve, and no fault of the program."""

from __future__ import annotations

from typing import Any

import pytest

from constraints.examples import CARE, CLUBS, HOMEWORK, Tiny
from instances.derivation import derive
from instances.school import Activity, SlotChoice
from instances.words import Kind, Weekday
from scheduler.deficit import Deficit
from scheduler.preflight import preflight
from scheduler.room_supply import room_deficits
from scheduler.search import Settings
from scheduler.solve import solve

ONE = Settings(workers=1, seed=0)


def short(tiny: Tiny) -> tuple[Deficit, ...]:
    return room_deficits(derive(tiny.done()[0]))


def three_classes(**room: Any) -> Tiny:
    """Three classes of 30 that may only be on the playground on Tuesdays."""
    tiny = Tiny().classes("三1", "三2", "三3").staff("王芳", "李明", "赵静")
    return tiny.room("操场", **room).care("Tue", rooms=("操场",))


def test_more_groups_than_a_place_holds() -> None:
    # three groups on a playground for two at a time, on both Tuesdays
    (deficit,) = short(three_classes(capacity=100, groups=2))
    assert (deficit.needed, deficit.available, deficit.of) == (3, 2, "rooms")
    assert deficit.where["dates"] == ["2026-09-08", "2026-09-15"]
    assert deficit.where["activities"] == [CARE]
    assert deficit.what.text("zh").startswith(f"周二 {HOMEWORK}：{CARE}有 3 个组")


def test_more_children_than_a_place_holds() -> None:
    # 3 × 30 = 90 children on a playground for four groups, but 80 children
    (deficit,) = short(three_classes(capacity=80, groups=4))
    assert (deficit.needed, deficit.available) == (90, 80)
    assert short(three_classes(capacity=90, groups=3)) == ()


def test_a_further_room_is_enough() -> None:
    tiny = Tiny().classes("三1", "三2", "三3").room("操场", 60, groups=2).room("礼堂")
    assert short(tiny.care("Tue", rooms=("操场", "礼堂"))) == ()


def test_a_group_that_fits_nowhere() -> None:
    (deficit,) = short(Tiny().classes("三1").room("操场").care("Tue", features=("钢琴",)))
    assert (deficit.needed, deficit.available) == (1, 0)
    assert deficit.where == {"activities": [CARE], "classes": ["三1"]}


def test_classes_that_share_a_home_room() -> None:
    # two classes in one room, and no other room in the school: 2 > 1
    tiny = Tiny().classes("三1", "三2", home_room="301")
    (deficit,) = short(tiny.care("Tue"))
    assert (deficit.needed, deficit.available) == (2, 1)
    merged = Tiny().classes("三1", "三2", home_room="301")
    assert short(merged.care("Tue", merge=2)) == ()
    apart = Tiny().classes("三1", "三2", home_room="301")
    assert short(apart.care("Tue").room("礼堂")) == ()


def test_care_that_clubs_may_empty_is_not_counted() -> None:
    # every child may be in the club: whether the second group needs a room is not sure
    tiny = Tiny().classes("三1", "三2", size=10).room("操场", 60).room("礼堂")
    tiny.care(f"Tue {CLUBS}", rooms=("操场",)).club("篮球", "Tue", rooms=("礼堂",), children=20)
    assert short(tiny) == ()


@pytest.mark.parametrize("groups", [2, 4])
def test_solve_says_why_there_is_no_timetable(groups: int) -> None:
    school = three_classes(capacity=80, groups=groups).done()[0]
    published = solve(school, settings=ONE)
    result = published.result
    assert (result.status, result.hard_findings, result.gap) == ("infeasible", 0, None)
    assert published.timetable.holders == {}
    assert [issue.en for issue in result.room_issues] == [
        deficit.what.text("en") for deficit in preflight(school).deficits if deficit.of == "rooms"
    ]


def test_rooms_that_suffice_at_each_time_but_not_for_all() -> None:
    """Three groups meet in pairs on three days: each keeps one room, and there are only two."""
    days = {"甲": "Mon Tue", "乙": "Tue Wed", "丙": "Mon Wed"}
    tiny = Tiny().classes(*days).room("操场").room("礼堂").staff("王芳", "李明")
    school = tiny.done()[0]
    activities = tuple(
        Activity(
            name=f"锻炼{name}",
            kind=Kind.EXERCISE,
            classes=(name,),
            rooms=("操场", "礼堂"),
            slots=tuple(
                SlotChoice(weekday=Weekday[day.upper()], segment=HOMEWORK) for day in when.split()
            ),
        )
        for name, when in days.items()
    )
    school = school.model_copy(update={"activities": activities})
    assert room_deficits(derive(school)) == ()
    result = solve(school, settings=ONE).result
    assert result.status == "infeasible"
    (issue,) = result.room_issues
    assert "锻炼甲、锻炼乙、锻炼丙" in issue.zh
    assert "操场, 礼堂" in issue.en
