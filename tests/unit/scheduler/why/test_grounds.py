"""Grounds and obstacles: only what is true of a tiny timetable is said of it."""

from __future__ import annotations

import pytest

from constraints.examples import Tiny, busy, wish
from instances.school import ActivityWish
from instances.words import Level, Weekday
from scheduler.why.grounds import Ground, Obstacle, missed, unwelcome
from scheduler.why.situation import Aim, Situation, Slot

TUE, THU = Slot(Weekday.TUE, "作业"), Slot(Weekday.THU, "作业")
DEAR = wish("Tue 作业", Level.PREFERS)
ONLY_TUE = tuple(wish(f"{day} 作业", Level.NO) for day in ("Mon", "Wed", "Thu", "Fri"))


def situation(tiny: Tiny, by_hand: bool = False) -> Situation:
    instance, timetable = tiny.done()
    return Situation(instance, timetable, timetable.holders if by_hand else ())


def two(**other: object) -> Tiny:
    """王芳 would like Tuesday; 李明 has it, and she has Thursday."""
    return (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(DEAR,))
        .staff("李明", **other)
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Thu")
        .holds("李明", "看护", "Tue")
    )


def grounds(here: Situation) -> dict[Ground, tuple[str, ...]]:
    return {ground: keys.keys for ground, keys in missed(here, "王芳", Aim(TUE)).grounds}


def test_nothing_is_made_up() -> None:
    # 2 units each, shares of 2, 李明 is willing at any time: there is no ground at all
    assert grounds(situation(two())) == {Ground.NONE: ("李明",)}


def test_who_wished_for_it_too() -> None:
    found = missed(situation(two(wishes=(DEAR,))), "王芳", Aim(TUE))
    assert dict(found.grounds)[Ground.WISHED].keys == ("李明",)
    assert (found.wished.keys, found.willing.keys) == (("李明",), ())


def test_who_could_be_nowhere_else() -> None:
    assert Ground.ONLY_SLOT in grounds(situation(two(wishes=ONLY_TUE)))


def test_what_was_typed_in_by_hand() -> None:
    assert grounds(situation(two(), by_hand=True)) == {Ground.BY_HAND: ("李明",)}


def test_what_is_pinned() -> None:
    pinned = two().pin("看护", weekday=Weekday.TUE, staff="李明")
    assert grounds(situation(pinned)) == {Ground.PINNED: ("李明",)}
    elsewhere = two().pin("看护", weekday=Weekday.THU, staff="王芳")
    assert grounds(situation(elsewhere)) == {Ground.NONE: ("李明",)}


def test_the_home_teacher_with_the_own_class_who_stays_with_it() -> None:
    tiny = (
        Tiny()
        .classes("三1", home_teacher="李明")
        .staff("王芳", wishes=(DEAR,))
        .staff("李明")
        .care("Tue", "Wed", "Thu")
        .holds("王芳", "看护", "Thu")
        .holds("李明", "看护", "Tue", "Wed")
    )
    assert set(grounds(situation(tiny))) == {Ground.OWN_CLASS, Ground.SAME_CLASS}


def test_who_has_less_work_even_with_it() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(DEAR,))
        .staff("李明")
        .care("Mon", "Tue", "Thu")
        .holds("王芳", "看护", "Mon", "Thu")
        .holds("李明", "看护", "Tue")
    )
    # three posts of 2 units, 3 units each: she has 4 (1 more), he has 2 (1 less)
    assert grounds(situation(tiny)) == {Ground.BELOW: ("李明",)}


def test_whose_wishes_are_met_less() -> None:
    # 李明 prefers Thursday and holds Tuesday (½ of 1: 50 %), 王芳 holds Monday, willing, of which
    # Tuesday would be best: 50 % as well; preferring Monday, too, she has 100 %
    for also, expected in ((False, Ground.NONE), (True, Ground.LESS_WISHES)):
        mine = (DEAR, wish("Mon 作业", Level.PREFERS)) if also else (DEAR,)
        tiny = (
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=mine)
            .staff("李明", wishes=(wish("Thu 作业", Level.PREFERS),))
            .staff("张伟")
            .care("Mon", "Tue", "Thu")
            .holds("王芳", "看护", "Mon")
            .holds("李明", "看护", "Tue")
            .holds("张伟", "看护", "Thu")
        )
        assert grounds(situation(tiny)) == {expected: ("李明",)}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"activity_wishes": (ActivityWish(activity="看护", level=Level.NO),)}, Obstacle.CONSENT),
        ({"busy": (busy("Tue", "15:00", "16:00"),)}, Obstacle.BUSY),
        ({"cap_week": 0}, Obstacle.CAP),
    ],
)
def test_why_somebody_can_hold_nothing_there(more: dict[str, object], expected: Obstacle) -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(DEAR,), **more)
        .staff("李明")
        .care("Tue")
        .holds("李明", "看护", "Tue")
    )
    found = missed(situation(tiny), "王芳", Aim(TUE))
    assert (found.posts, found.possible, found.anywhere) == (1, 0, False)
    assert found.obstacles == ((expected, 1),)
    assert not found.grounds


def test_a_slot_without_any_post() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Thu").holds("王芳", "看护", "Thu")
    found = missed(situation(tiny), "王芳", Aim(TUE))
    assert (found.posts, found.anywhere, found.obstacles) == (0, False, ())


def test_an_open_post_is_counted_as_open() -> None:
    tiny = Tiny().classes("三1").staff("王芳", wishes=(DEAR,)).care("Tue", "Thu")
    found = missed(situation(tiny.holds("王芳", "看护", "Thu")), "王芳", Aim(TUE))
    assert (found.posts, found.possible, found.open, len(found.holders)) == (1, 1, 1, 0)


def test_an_activity_is_wished_for_only_where_it_is_written() -> None:
    dear = ActivityWish(activity="围棋", level=Level.PREFERS)
    tiny = (
        Tiny()
        .classes("三1")
        .room("室")
        .staff("王芳", activity_wishes=(dear,))
        .staff("李明", default=Level.PREFERS)
        .staff("张伟", default=Level.PREFERS, activity_wishes=(dear,))
        .care("Thu")
        .club("围棋", "Tue")
        .meets("围棋", "Tue", room="室")
        .holds("李明", "围棋")
    )
    found = missed(situation(tiny), "王芳", Aim("围棋"))
    assert (found.wished.keys, found.willing.keys) == (("张伟",), ("李明",))
    assert {ground for ground, _ in found.grounds} == {Ground.NONE}


def test_who_else_could_have_what_is_unwelcome() -> None:
    unloved = wish("Tue 作业", Level.RATHER_NOT)
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", wishes=(unloved,))
        .staff("李明")
        .staff("张伟", wishes=(unloved,))
        .staff("刘洋")
        .staff("陈静", wishes=(wish("Tue 作业", Level.NO),))
        .care("Tue", "Thu")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
        .holds("刘洋", "看护", "Thu", school_class="三1")
        .holds("刘洋", "看护", "Thu", school_class="三2")
    )
    found = unwelcome(situation(tiny), "王芳", Aim(TUE))
    assert found.able.keys == ("李明", "张伟", "刘洋")  # 陈静 has not agreed
    assert found.elsewhere.keys == ("李明",)
    assert found.unwilling.keys == ("张伟",)
    assert found.above.keys == ("刘洋",)  # four posts' units of two, 王芳 has one post
    assert len(found.posts) == 1
