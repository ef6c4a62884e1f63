"""Clubs that were called off for want of a room, and groups that were sent away, once it is open.

The choir is on Tuesdays, 8, 15 and 22 September 2026, in the music room, which is closed on the
15th in the second version of the school. Reruns are from the 14th on.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import Tiny, september
from instances.derivation import derive
from instances.school import Closure, Instance
from instances.timetable import DatedChange, Session, Timetable, expand
from instances.words import Status
from scheduler.audit import audit
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from tests.helpers.published import publish
from tests.unit.scheduler.terms import ONE

SINCE = dt.date(2026, 9, 14)
FIFTEENTH = Closure(**dict(september(15)))
TERM = {"end": dt.date(2026, 9, 25)}


def school(*rooms: str, closed: str = "", **choir: Any) -> Tiny:
    """One class in care; a choir in the music room, unless ``choir`` says something else."""
    tiny = Tiny(**TERM).classes("三1").staff("王芳", "李明", "赵静")
    for name in ("三1", "音乐室", *rooms):
        tiny = tiny.room(name, closures=(FIFTEENTH,) if name == closed else ())
    return tiny.care("Tue 社团").club("合唱", "Tue", **{"rooms": ("音乐室",), **choir})


def first(*rooms: str, **given: Any) -> Published:
    tiny = school(*rooms, **given).meets("合唱", "Tue", room="音乐室")
    return publish(tiny.holds("王芳", "看护", "Tue 社团").holds("李明", "合唱"))


def again(old: Published, instance: Instance, timetable: Timetable | None = None) -> Published:
    request = Request(instance, old, timetable or old.timetable, SINCE)
    new = rerun(request, settings=ONE)
    context = Context(instance, history=new.timetable.history)
    assert audit(context, new.timetable).hard == ()
    return new


@cache
def closed() -> Published:
    """The choir does not meet on the 15th."""
    new = again(first(), school(closed="音乐室").done()[0])
    assert told(new, 15) == [("合唱", Status.CANCELLED, None), ("看护", Status.PLANNED, "三1")]
    return new


def planned(published: Published) -> list[Session]:
    demand = derive(published.instance, published.timetable.since)
    return [s for s in expand(demand, published.timetable) if s.date >= SINCE]


def rows(published: Published) -> list[tuple[object, ...]]:
    """What the sheet of sessions says of them."""
    return [
        (s.key, s.date, s.room, s.staff, s.status, s.children, s.load, s.reason)
        for s in planned(published)
    ]


def told(published: Published, day: int) -> list[tuple[str, Status, str | None]]:
    """Activity, status and room of what is planned on a day, or that it does not take place."""
    return sorted(
        (s.post.activity, s.status, s.room if s.takes_place else None)
        for s in planned(published)
        if s.date.day == day
    )


def test_a_room_that_is_open_again_brings_the_first_timetable_back() -> None:
    """Ten of thirty children are in the choir: nothing that was published changes, and a post is
    new."""
    third = again(closed(), first().instance)
    was = [s for s in planned(first()) if s.date.day == 15]
    assert {s.post.activity: s.children for s in was} == {"看护": 20, "合唱": 10}
    assert rows(third) == rows(first())
    assert third.result.changes is not None
    assert (third.result.changes.posts, third.result.changes.bound) == (0, 0)


def test_a_room_more_in_the_activities_brings_the_club_back() -> None:
    other = school("操场", closed="音乐室", rooms=("音乐室", "操场")).done()[0]
    assert ("合唱", Status.MOVED, "操场") in told(again(closed(), other), 15)


def test_while_the_room_is_closed_the_club_does_not_meet() -> None:
    newcomer = school(closed="音乐室").staff("孙悦").done()[0]
    third = again(closed(), newcomer)
    assert rows(third) == rows(closed())


@pytest.mark.parametrize("closed", ["音乐室", "三1"])
def test_who_was_sent_away_goes_home_to_a_room_that_is_open_again(closed: str) -> None:
    """The choir or the class was on the playground: one post in another room at short notice,
    1 * 2, as on the way there."""
    both = {"rooms": ("音乐室", "操场")} if closed == "音乐室" else {}
    second = again(first("操场", **both), school("操场", closed=closed, **both).done()[0])
    assert [s.room for s in planned(second) if s.status is Status.MOVED] == ["操场"]
    third = again(second, first("操场", **both).instance)
    assert rows(third) == rows(first("操场", **both))
    for new in (second, third):
        assert new.result.changes is not None
        assert (new.result.changes.cost, new.result.changes.bound) == (2, 2)


def test_whoever_comes_there_still_does() -> None:
    second = again(first("操场"), school("操场", closed="三1").done()[0])
    (key,) = second.timetable.changes
    covered = {key: second.timetable.changes[key].model_copy(update={"staff": "赵静"})}
    timetable = second.timetable.model_copy(update={"changes": covered})
    third = again(second, first("操场").instance, timetable)
    assert [(s.room, s.staff) for s in planned(third) if s.key == key] == [("三1", "赵静")]


def test_who_was_sent_away_by_hand_stays_there() -> None:
    """No room was a reason, or none that was closed."""
    old = first("操场")
    key = next(s.key for s in planned(old) if s.date.day == 15 and s.post.activity == "看护")
    for reason in ("", "三1"):
        there = {key: DatedChange(room="操场", reason=reason)}
        timetable = old.timetable.model_copy(update={"changes": there})
        newcomer = school("操场").staff("孙悦").done()[0]
        new = again(old.model_copy(update={"timetable": timetable}), newcomer)
        assert new.timetable.changes == there


def test_while_somebody_is_in_the_open_room_they_stay_away() -> None:
    """Class 2 was put there by hand."""

    def two(closed: str = "") -> Tiny:
        tiny = Tiny(**TERM).classes("三1", "三2").staff("王芳", "李明")
        for name in ("三1", "三2", "操场"):
            tiny = tiny.room(name, closures=(FIFTEENTH,) if name == closed else ())
        return tiny.care("Tue").holds("王芳", "看护", "Tue").holds("李明", "看护", "Tue")

    second = again(publish(two()), two("三1").done()[0])
    by_class = {s.classes: s for s in planned(second) if s.date.day == 15}
    assert by_class["三1",].room == "操场"
    there = {by_class["三2",].key: DatedChange(room="三1")}
    changes = {**second.timetable.changes, **there}
    third = again(second, two().done()[0], second.timetable.model_copy(update={"changes": changes}))
    rooms = {s.classes: s.room for s in planned(third) if s.date.day == 15}
    assert rooms == {("三1",): "操场", ("三2",): "三1"}


def test_what_was_called_off_by_hand_stays_called_off() -> None:
    """Once it was called off in the open room; once in the other room where it had been sent."""
    both = {"rooms": ("音乐室", "操场")}
    shut = school("操场", closed="音乐室", **both).done()[0]
    elsewhere = again(first("操场", **both), shut)
    key = next(s.key for s in planned(elsewhere) if s.date.day == 15 and s.room == "操场")
    known = elsewhere.timetable.changes[key]
    assert (known.room, known.reason) == ("操场", "音乐室")
    for old, change in (
        (first("操场", **both), DatedChange(cancelled=True)),
        (elsewhere, known.model_copy(update={"cancelled": True})),
    ):
        changes = {**old.timetable.changes, key: change}
        timetable = old.timetable.model_copy(update={"changes": changes})
        second = again(old, shut, timetable)
        third = again(second, first("操场", **both).instance)
        for new in (second, third):
            assert ("合唱", Status.CANCELLED, None) in told(new, 15)


def test_a_room_that_somebody_else_has_now_is_left_to_them() -> None:
    """The choir was called off, and chess was put into its room by hand."""
    chess = {"rooms": ("阅览室", "音乐室")}

    def two(closed: str = "") -> Tiny:
        return school("阅览室", closed=closed).club("棋艺", "Tue", **chess)

    tiny = two().meets("合唱", "Tue", room="音乐室").meets("棋艺", "Tue", room="阅览室")
    tiny = tiny.holds("王芳", "看护", "Tue 社团").holds("李明", "合唱").holds("赵静", "棋艺")
    second = again(publish(tiny), two(closed="音乐室").done()[0])
    key = next(s.key for s in planned(second) if s.date.day == 15 and s.post.activity == "棋艺")
    changes = {**second.timetable.changes, key: DatedChange(room="音乐室")}
    third = again(second, two().done()[0], second.timetable.model_copy(update={"changes": changes}))
    assert ("棋艺", Status.MOVED, "音乐室") in told(third, 15)
    assert ("合唱", Status.CANCELLED, None) in told(third, 15)


def test_a_class_that_was_sent_into_the_room_of_a_club_goes_home_and_the_club_meets() -> None:
    """There was no other room for the class. One post in another room at short notice: 1 * 2, and
    the club meets with no less."""
    second = again(first(), school(closed="三1").done()[0])
    assert told(second, 15) == [("合唱", Status.CANCELLED, None), ("看护", Status.MOVED, "音乐室")]
    third = again(second, first().instance)
    assert rows(third) == rows(first())
    assert third.result.changes is not None
    assert (third.result.changes.cost, third.result.changes.bound) == (2, 2)


def test_a_club_in_the_room_of_the_class_that_it_takes_meets_again() -> None:
    """All ten children of the class are in the choir, and in their own room."""

    def tiny(closed: str = "") -> Tiny:
        shut = (FIFTEENTH,) if closed else ()
        tiny = Tiny(**TERM).classes("三1", size=10).staff("王芳", "李明").room("三1", closures=shut)
        return tiny.room("礼堂").care("Tue 社团").club("合唱", "Tue", rooms=("三1",))

    old = publish(tiny().meets("合唱", "Tue", room="三1").holds("李明", "合唱"))
    second = again(old, tiny(closed="三1").done()[0])
    assert ("合唱", Status.CANCELLED, None) in told(second, 15)
    assert told(again(second, old.instance), 15) == [("合唱", Status.PLANNED, "三1")]


def test_clubs_that_were_in_the_way_of_each_others_children_meet_again() -> None:
    """All twenty children are in two clubs. Without football, ten are in care in their own room,
    so that chess, which is in it, has none."""

    def tiny(closed: str = "") -> Tiny:
        tiny = Tiny(**TERM).classes("三1", size=20).staff("王芳", "李明").room("三1")
        tiny = tiny.room("操场", closures=(FIFTEENTH,) if closed else ()).care("Tue 社团")
        return tiny.club("棋艺", "Tue", rooms=("三1",)).club("足球", "Tue", rooms=("操场",))

    chess = tiny().meets("棋艺", "Tue", room="三1").holds("王芳", "棋艺")
    old = publish(chess.meets("足球", "Tue", room="操场").holds("李明", "足球"))
    second = again(old, tiny(closed="操场").done()[0])
    for club in ("棋艺", "足球"):
        assert (club, Status.CANCELLED, None) in told(second, 15)
    assert rows(again(second, old.instance)) == rows(old)


def test_a_leader_who_is_elsewhere_by_now_is_replaced() -> None:
    """李明, free on the 15th, was sent to the class then; others can lead the choir."""
    second = closed()
    key = next(s.key for s in planned(second) if s.date.day == 15 and s.post.activity == "看护")
    changes = {**second.timetable.changes, key: DatedChange(staff="李明")}
    timetable = second.timetable.model_copy(update={"changes": changes})
    third = again(second, first().instance, timetable)
    who = {s.post.activity: s.staff for s in planned(third) if s.date.day == 15}
    assert who["看护"] == "李明"
    assert who["合唱"] in ("赵静", "王芳")


def test_without_anything_new_it_is_looked_for_as_well() -> None:
    """A room that is said to be full is free; who covers whom is as it was."""
    old = first()
    line = {s.post.activity: s.key for s in planned(old) if s.date.day == 15}
    cover = {line["看护"]: DatedChange(staff="赵静")}
    off = {line["合唱"]: DatedChange(cancelled=True, reason="音乐室")}
    stale = old.timetable.model_copy(update={"changes": cover | off})
    new = again(old.model_copy(update={"timetable": stale}), old.instance)
    assert new.timetable.changes == cover
