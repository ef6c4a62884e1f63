"""Sessions moved to another time and groups merged on a date, with all that follows from it.

Of the two school weeks (Monday 7 to Friday 18 September 2026) Tuesdays are the 8th and 15th,
Thursdays the 10th and 17th; homework care is at 15:30, clubs are at 16:30.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import CLUBS, HOMEWORK, Tiny
from constraints.view import View
from instances.demand import UNIT
from instances.derivation import derive
from instances.school import PostSpec
from instances.timetable import (
    DatedChange,
    Place,
    Placement,
    Session,
    When,
    expand,
    moved_key,
)
from instances.words import Kind, Role, Status

CHOIR = f"20260908|{CLUBS}|合唱/"


def sessions(tiny: Tiny, changes: Mapping[str, DatedChange]) -> tuple[Session, ...]:
    """Every session, with changes by the beginning of a key."""
    instance, timetable = tiny.done()
    demand = derive(instance)
    known = [session.key for session in expand(demand, timetable)]
    full = {
        key: change
        for start, change in changes.items()
        for key in (*known, *map(moved_key, known))
        if key.startswith(start)
    }
    assert full, "the changes are about something"
    return expand(demand, timetable.model_copy(update={"changes": full}))


def on(found: tuple[Session, ...], day: int, activity: str, segment: str = CLUBS) -> list[Session]:
    """What a list has of an activity on a day of September."""
    return [
        session
        for session in found
        if (session.date.day, session.post.activity, session.segment) == (day, activity, segment)
    ]


def choir(**more: Any) -> Tiny:
    """A class of 30, ten of whom sing on Tuesdays; care then and on Thursdays."""
    return (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳", "李明", "赵静")
        .care("Tue 社团", "Thu 社团")
        .club("合唱", "Tue", **more)
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱")
        .holds("李明", "看护", "Tue 社团", "Thu 社团")
    )


def to(day: int, segment: str = CLUBS, **more: Any) -> DatedChange:
    return DatedChange(to=When(date=dt.date(2026, 9, day), segment=segment), **more)


def test_a_moved_session_leaves_a_row_and_gets_a_row() -> None:
    found = sessions(choir(), {CHOIR: to(10)})
    (old,), (new,) = on(found, 8, "合唱"), on(found, 10, "合唱")
    assert (old.status, old.load, old.takes_place) == (Status.MOVED, 0, False)
    assert (new.status, new.load, new.takes_place) == (Status.MOVED, UNIT, True)
    assert old.moved_to == When(date=dt.date(2026, 9, 10), segment=CLUBS)
    assert new.moved_from == When(date=dt.date(2026, 9, 8), segment=CLUBS)
    assert (new.staff, new.room, new.children) == ("王芳", "音乐室", 10)
    assert (new.start, new.day.week, new.origin) == (dt.time(16, 30), 1, dt.date(2026, 9, 8))
    assert new.key == moved_key(old.key)
    assert on(found, 15, "合唱")[0].status is Status.PLANNED


def test_the_key_of_a_moved_session_does_not_depend_on_where_it_went() -> None:
    one = on(sessions(choir(), {CHOIR: to(10)}), 10, "合唱")[0].key
    assert one == on(sessions(choir(), {CHOIR: to(17, HOMEWORK)}), 17, "合唱", HOMEWORK)[0].key


def test_children_of_a_moved_club_are_in_care_where_it_was() -> None:
    found = sessions(choir(), {CHOIR: to(10)})
    # 30 are there; ten sing on the 10th and the 15th, nobody on the 8th and the 17th
    heads = {day: on(found, day, "看护")[0].children for day in (8, 10, 15, 17)}
    assert heads == {8: 30, 10: 20, 15: 20, 17: 30}


def test_children_of_a_moved_club_that_nobody_leads_stay_in_care() -> None:
    found = sessions(choir(), {CHOIR: to(10)})
    key = on(found, 10, "合唱")[0].key
    instance, timetable = choir().done()
    old = key.removesuffix(">")
    changes = {old: to(10), key: DatedChange(open=True)}
    found = expand(derive(instance), timetable.model_copy(update={"changes": changes}))
    assert on(found, 10, "合唱")[0].status is Status.OPEN
    assert on(found, 10, "看护")[0].children == 30


def test_a_club_moved_within_the_day_takes_its_children_at_the_new_time() -> None:
    found = sessions(choir(), {CHOIR: to(8, HOMEWORK)})
    assert on(found, 8, "看护")[0].children == 30
    assert on(found, 8, "合唱", HOMEWORK)[0].start == dt.time(15, 30)


def test_care_posts_arise_where_a_club_has_left() -> None:
    # all thirty sing: no care on Tuesdays, but on the 8th; on the 10th none of the usual care
    tiny = choir(capacity=30)
    found = sessions(tiny, {CHOIR: to(10)})
    assert [len(on(found, day, "看护")) for day in (8, 10, 15, 17)] == [1, 0, 0, 1]
    assert on(found, 8, "看护")[0].children == 30


def test_half_of_a_long_meeting_moved() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .room("操场")
        .staff("王芳", "李明", "赵静")
        .care("Tue 作业", "Tue 社团", "Thu 社团")
        .club("足球", "Tue 作业", "Tue 社团", length=2)
    )
    instance, timetable = tiny.done()
    demand = derive(instance)
    (option,) = demand.options["足球"]
    places = tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks)
    line = next(post.line for post in demand.posts if post.activity == "足球")
    timetable = timetable.model_copy(
        update={
            "placements": {"足球": Placement(places=places, room="操场")},
            "holders": {line: "王芳"},
            "changes": {f"20260908|{CLUBS}|{line}": to(10)},
        }
    )
    found = expand(demand, timetable)
    # ten play: on the 8th in the first segment only, on the 10th instead of the second
    assert on(found, 8, "看护", HOMEWORK)[0].children == 20
    assert on(found, 8, "看护")[0].children == 30
    assert on(found, 10, "看护")[0].children == 20
    assert on(found, 15, "看护")[0].children == 20


def test_a_moved_session_may_have_changes_of_its_own() -> None:
    instance, timetable = choir().room("操场").done()
    demand = derive(instance)
    key = next(s.key for s in expand(demand, timetable) if s.key.startswith(CHOIR))
    changes = {key: to(10), moved_key(key): DatedChange(staff="赵静", room="操场")}
    found = expand(demand, timetable.model_copy(update={"changes": changes}))
    (old,), (new,) = on(found, 8, "合唱"), on(found, 10, "合唱")
    assert (old.staff, old.room, old.status) == ("王芳", "音乐室", Status.MOVED)
    assert (new.staff, new.planned, new.room, new.status) == (
        "赵静",
        "王芳",
        "操场",
        Status.MOVED,
    )
    changes[moved_key(key)] = DatedChange(cancelled=True)
    found = expand(demand, timetable.model_copy(update={"changes": changes}))
    assert [(s.status, s.load) for s in on(found, 10, "合唱")] == [(Status.CANCELLED, 0)]


@pytest.mark.parametrize(("day", "segment"), [(12, CLUBS), (30, CLUBS), (10, "晚托")])
def test_a_move_to_where_nothing_takes_place_has_no_effect(day: int, segment: str) -> None:
    found = sessions(choir(), {CHOIR: to(day, segment)})
    (old,) = on(found, 8, "合唱")
    assert (old.status, old.load, old.moved_to) == (Status.PLANNED, UNIT, None)
    assert len([s for s in found if s.post.activity == "合唱"]) == 2


def test_moved_care_counts_the_children_who_are_there_then() -> None:
    # on the 8th after ten have left for the club: 20; on the 10th there is no club: 30
    found = sessions(choir(), {f"20260908|{CLUBS}|看护@": to(10)})
    assert on(found, 8, "看护")[0].children == 20
    assert sorted(s.children for s in on(found, 10, "看护")) == [30, 30]


def test_loads_follow_the_segment_a_session_was_moved_to() -> None:
    instance, timetable = choir().done()
    key = next(s.key for s in expand(derive(instance), timetable) if s.key.startswith(CHOIR))
    moved = timetable.model_copy(update={"changes": {key: to(10)}})
    view = View(Context(instance), moved)
    # two Tuesdays, one of them on a Thursday instead
    assert view.loads["王芳"] == 2 * UNIT
    assert [s.date.day for s in view.held["王芳"]] == [10, 15]


def two_classes(**more: Any) -> Tiny:
    """Two classes of 30 in care on Tuesdays, each in its own room with its own adult."""
    return (
        Tiny()
        .room("301", 70)
        .room("302", 40)
        .classes("三1", home_room="301")
        .classes("三2", home_room="302")
        .staff("王芳", "李明")
        .care("Tue", **more)
        .holds("王芳", "看护", school_class="三1")
        .holds("李明", "看护", school_class="三2")
    )


def care_key(found: tuple[Session, ...], name: str, day: int = 8) -> str:
    return next(s.key for s in found if s.date.day == day and s.post.classes == (name,))


def test_merged_groups_are_one_row_with_all_classes() -> None:
    instance, timetable = two_classes().done()
    demand = derive(instance)
    plain = expand(demand, timetable)
    one, other = care_key(plain, "三1"), care_key(plain, "三2")
    changes = {other: DatedChange(into=one, reason="李明")}
    found = expand(demand, timetable.model_copy(update={"changes": changes}))
    host = next(s for s in found if s.key == one)
    gone = next(s for s in found if s.key == other)
    assert (host.status, host.classes, host.staff, host.room) == (
        Status.MERGED,
        ("三1", "三2"),
        "王芳",
        "301",
    )
    assert (host.children, host.load) == (30 + 30, UNIT)
    assert (gone.status, gone.staff, gone.planned, gone.load) == (Status.MERGED, None, "李明", 0)
    assert (gone.takes_place, gone.into, gone.reason) == (False, one, "李明")
    assert {s.status for s in found if s.date.day == 15} == {Status.PLANNED}


def test_what_cannot_be_merged_stays_as_it_was() -> None:
    instance, timetable = two_classes().club("合唱", "Tue").staff("赵静").done()
    demand = derive(instance)
    plain = expand(demand, timetable)
    one, other = care_key(plain, "三1"), care_key(plain, "三2")
    another_day = care_key(plain, "三1", 15)
    for into in (
        {other: another_day},
        {other: other},
        {other: "no such key"},
        {other: one, one: other},
    ):
        changes = {key: DatedChange(into=target) for key, target in into.items()}
        found = expand(demand, timetable.model_copy(update={"changes": changes}))
        assert {s.status for s in found} == {Status.PLANNED}
        assert sum(s.load for s in found) == 4 * UNIT


def test_a_group_with_two_adults_is_merged_as_a_whole() -> None:
    posts = (PostSpec(role=Role.SUPERVISOR), PostSpec(role=Role.ASSISTANT))
    instance, timetable = two_classes(posts=posts).done()
    demand = derive(instance)
    plain = expand(demand, timetable)
    group = [s.key for s in plain if s.date.day == 8 and s.post.classes == ("三2",)]
    host = [s.key for s in plain if s.date.day == 8 and s.post.classes == ("三1",)]
    assert (len(group), len(host)) == (2, 2)
    half = {group[0]: DatedChange(into=host[0])}
    found = expand(demand, timetable.model_copy(update={"changes": half}))
    assert Status.MERGED not in {s.status for s in found}
    whole = {key: DatedChange(into=host[0]) for key in group}
    found = expand(demand, timetable.model_copy(update={"changes": whole}))
    there = [s for s in found if s.key in host]
    assert [s.children for s in there] == [60, 60]
    assert {s.classes for s in there} == {("三1", "三2")}
    # the assistant's post is open: merging does not hide it
    assert [s.status for s in there] == [Status.MERGED, Status.OPEN]
    assert all(s.post.kind is Kind.CARE for s in there)
