"""Pins that counting proves impossible, alone or together; and that no timetable keeps them."""

from __future__ import annotations

import pytest

from constraints.context import Context
from constraints.examples import Tiny, wish
from constraints.pools import single_pools
from instances.words import Level, Weekday
from scheduler.preflight import preflight
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.weekly import impossible_pins
from tests.helpers.random_schools import random_school

TUE, THU = Weekday.TUE, Weekday.THU


def school() -> Tiny:
    """A class, a room, two people, and a club on Tuesday or Thursday."""
    tiny = Tiny().classes("三1").room("操场").room("舞蹈室").staff("王芳", "李明")
    return tiny.club("篮球", "Tue", "Thu").club("足球", "Tue", "Thu")


def clashes(tiny: Tiny) -> list[list[int]]:
    found = preflight(tiny.done()[0]).deficits
    return [deficit.where["pins"] for deficit in found if deficit.of == "pins"]


def test_pins_that_hold_together() -> None:
    tiny = school().pin("篮球", weekday=TUE, staff="王芳").pin("足球", weekday=TUE, staff="李明")
    assert clashes(tiny.pin("篮球", weekday=THU, forbid=True)) == []


def test_pinned_and_forbidden() -> None:
    pinned = school().pin("足球", weekday=TUE).pin("篮球", weekday=TUE)
    assert clashes(pinned.pin("篮球", weekday=TUE, forbid=True)) == [[1, 2]]


def test_forbidden_for_one_person_is_not_forbidden_for_all() -> None:
    tiny = school().pin("篮球", weekday=TUE).pin("篮球", staff="王芳", forbid=True)
    assert clashes(tiny) == []
    assert clashes(tiny.pin("篮球", staff="王芳")) == [[1, 2]]


def test_two_days_for_one_meeting() -> None:
    assert clashes(school().pin("篮球", weekday=TUE).pin("篮球", weekday=THU)) == [[0, 1]]


def test_two_rooms_for_one_meeting() -> None:
    assert clashes(school().pin("篮球", room="操场").pin("篮球", room="舞蹈室")) == [[0, 1]]


def test_one_person_pinned_to_two_places() -> None:
    tiny = school().pin("篮球", weekday=TUE, staff="王芳").pin("足球", weekday=TUE, staff="王芳")
    assert clashes(tiny) == [[0, 1]]


def test_two_people_pinned_to_one_post() -> None:
    assert clashes(school().pin("篮球", staff="王芳").pin("篮球", staff="李明")) == [[0, 1]]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"weekday": Weekday.MON}, "没有这样的星期"),
        ({"room": "小屋"}, "不能用小屋"),
        ({"staff": "赵静"}, "没有同意"),
    ],
    ids=("time", "room", "consent"),
)
def test_why_a_pin_cannot_hold_by_itself(given: dict[str, object], word: str) -> None:
    no = (wish("Tue 社团", Level.NO), wish("Thu 社团", Level.NO))
    tiny = school().room("小屋", capacity=5).staff("赵静", wishes=no).pin("篮球", **given)
    (deficit,) = preflight(tiny.done()[0]).deficits
    assert (deficit.needed, deficit.available) == (1, 0)
    assert word in deficit.what.text("zh")
    assert "篮球" in deficit.what.text("en")


def test_care_takes_place_whatever_is_forbidden() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").pin("看护", weekday=TUE, forbid=True)
    assert clashes(tiny) == [[0]]


def test_a_club_all_of_whose_times_are_forbidden() -> None:
    tiny = school().pin("篮球", weekday=TUE, forbid=True).pin("篮球", weekday=THU, forbid=True)
    (deficit,) = preflight(tiny.done()[0]).deficits
    assert deficit.where == {"pins": [0, 1], "activities": ["篮球"]}


@pytest.mark.parametrize("seed", range(20))
def test_what_is_said_to_clash_cannot_be_kept(seed: int) -> None:
    """With the pins of each set alone, a solver leaves at least one out, too."""
    instance = random_school(seed)
    movable = Context(instance).demand.options
    for deficit in preflight(instance).deficits:
        pins = tuple(instance.pins[n] for n in deficit.where.get("pins", ()))
        if not pins or all(pin.forbid and pin.activity in movable for pin in pins):
            continue  # forbidding pins can hold, but then the activity has no place
        context = Context(instance.model_copy(update={"pins": pins}))
        left_out, proved = impossible_pins(
            context, single_pools(context.demand), Control(), Settings(1, 0)
        )
        assert left_out or not proved, deficit.what.text("en")
