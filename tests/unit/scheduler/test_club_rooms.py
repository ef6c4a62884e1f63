"""Clubs that outnumber their rooms; and that no timetable places more than is said."""

from __future__ import annotations

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.demand import Demand
from instances.derivation import derive
from scheduler.club_rooms import club_room_deficits
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.solve import solve
from tests.helpers.random_schools import random_school


def demand(tiny: Tiny) -> Demand:
    return derive(tiny.done()[0])


def four(*slots: str, groups: int = 1) -> Tiny:
    """Four clubs that may use one of two rooms."""
    tiny = Tiny().classes("三1", size=45).staff("王芳", "李明", "赵静", "周敏")
    tiny.room("操场", groups=groups, capacity=60).room("舞蹈室").room("小屋", capacity=5)
    for name in ("甲", "乙", "丙", "丁"):
        tiny.club(name, *slots, rooms=("操场", "舞蹈室"))
    return tiny


def test_four_clubs_in_two_rooms_on_one_day() -> None:
    # one afternoon with two rooms: 2 of 4
    (deficit,) = club_room_deficits(demand(four("Tue")))
    assert (deficit.needed, deficit.available) == (4, 2)
    assert deficit.where["rooms"] == ["操场", "舞蹈室"]
    assert "至少 2 个" in deficit.what.text("zh")


@pytest.mark.parametrize(
    "tiny", [four("Tue", "Thu"), four("Tue", groups=3)], ids=["days", "groups"]
)
def test_enough_places(tiny: Tiny) -> None:
    # two afternoons with two rooms, or one with 3 + 1 places: 4 of 4
    assert not [*club_room_deficits(demand(tiny))]


def test_the_pupils_of_a_class_do_not_matter_here_but_the_meetings_of_a_week_do() -> None:
    tiny = (
        Tiny().classes("三1", size=45).staff("王芳", "李明").room("操场").room("小屋", capacity=5)
    )
    for name in ("甲", "乙"):
        tiny.club(name, "Mon", "Tue", "Wed", rooms=("操场",), per_week=2)
    # 2 clubs × 2 meetings, one room on 3 afternoons: 3 // 2 = 1 of 2
    (deficit,) = club_room_deficits(demand(tiny))
    assert (deficit.needed, deficit.available) == (2, 1)


@pytest.mark.parametrize("seed", range(10))
def test_no_timetable_places_more(seed: int) -> None:
    instance = random_school(seed).model_copy(update={"pins": ()})
    deficits = [*club_room_deficits(derive(instance))]
    if deficits:
        view = Context(instance).view(solve(instance, Control(), Settings(1, 0)).timetable)
        for deficit in deficits:
            nowhere = set(view.unplaced) & set(deficit.where["activities"])
            assert len(nowhere) >= deficit.needed - deficit.available
