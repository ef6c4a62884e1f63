"""Closed rooms: the term is Monday 7 to Friday 18 September, Tuesdays are the 8th and 15th."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from constraints.examples import Tiny, september
from instances.school import Closure, PostSpec
from instances.timetable import DatedChange, Timetable
from instances.words import TIERS, Role, Status, Weekday
from scheduler.audit import audit
from scheduler.progress import Control
from scheduler.repair import settle_dates
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.weekly import Coverage, Pattern
from tests.unit.scheduler.terms import ONE, Term

PLANNED, MOVED, CANCELLED = Status.PLANNED, Status.MOVED, Status.CANCELLED
LEADER = PostSpec(role=Role.LEADER, skills=("篮球",))


def closed(first: int, last: int | None = None, *weekdays: Weekday) -> dict[str, Any]:
    start, end = dt.date(2026, 9, first), dt.date(2026, 9, last or first)
    return {"closures": (Closure(start=start, end=end, weekdays=weekdays),)}


def where(
    term: Term, timetable: Timetable, day: int, activity: str
) -> list[tuple[Status, str | None]]:
    return [(s.status, s.room) for s in term.on(timetable, day, activity)]


def moved(term: Term) -> Timetable:
    timetable = move_out_of_closed_rooms(term.context, term.timetable)
    term.audited(timetable)
    return timetable


def care() -> Tiny:
    """Care of 30 children on Tuesdays in their own room, held by 王芳."""
    return Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护", "Tue")


def test_care_moves_to_another_room_for_the_date_and_back_afterwards() -> None:
    term = Term(care().room("三1", **closed(8)).room("小教室", capacity=29).room("阅览室"))
    timetable = moved(term)
    assert where(term, timetable, 8, "看护") == [(MOVED, "阅览室")]  # 29 places are too few
    assert where(term, timetable, 15, "看护") == [(PLANNED, "三1")]
    assert [s.reason for s in term.on(timetable, 8, "看护")] == ["三1"]
    assert timetable.holders == term.timetable.holders


def test_a_closure_on_weekdays_concerns_these_alone() -> None:
    tuesdays = closed(1, 30, Weekday.TUE)
    term = Term(
        Tiny()
        .classes("三1")
        .staff("王芳")
        .care("Tue", "Wed")
        .holds("王芳", "看护", "Tue", "Wed")
        .room("三1", **tuesdays)
        .room("阅览室")
    )
    timetable = moved(term)
    rooms = [where(term, timetable, day, "看护")[0][1] for day in (8, 9, 15, 16)]
    assert rooms == ["阅览室", "三1", "阅览室", "三1"]


def test_a_room_in_use_or_closed_itself_is_not_taken() -> None:
    term = Term(
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明")
        .care("Tue")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
        .room("三1", **closed(8))
        .room("三2")  # the other class is there
        .room("阅览室", **closed(7, 8))
        .room("图书馆")
    )
    timetable = moved(term)
    assert {s.post.classes: s.room for s in term.on(timetable, 8, "看护")} == {
        ("三1",): "图书馆",
        ("三2",): "三2",
    }


def test_two_groups_without_their_rooms_get_different_ones() -> None:
    term = Term(
        Tiny()
        .classes("三1", "三2")
        .care("Tue")
        .room("三1", **closed(8))
        .room("三2", **closed(8))
        .room("阅览室")
        .room("图书馆")
    )
    timetable = moved(term)
    assert {s.room for s in term.on(timetable, 8, "看护")} == {"阅览室", "图书馆"}


@pytest.mark.parametrize("staff", [None, "赵静"])
def test_whoever_must_leave_another_room_goes_home_where_that_is_free(staff: str | None) -> None:
    """Class 2 was sent to the room of class 1 on the 8th; its own is free, as is the playground,
    where it went before. Whoever comes instead still does."""
    term = Term(
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明", "赵静")
        .care("Tue")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
        .room("操场", 2000)
        .room("三1")
        .room("三2")
    )
    (second,) = (s for s in term.on(term.timetable, 8, "看护") if s.classes == ("三2",))
    there = {second.key: DatedChange(room="三1", staff=staff)}
    term.timetable = term.timetable.model_copy(update={"changes": there})
    timetable = moved(term)
    rooms = {s.classes: s.room for s in term.on(timetable, 8, "看护")}
    assert rooms == {("三1",): "三1", ("三2",): "三2"}
    kept = {second.key: DatedChange(staff=staff)} if staff else {}
    assert timetable.changes == kept


def test_a_club_that_must_leave_another_room_goes_where_it_is_every_week() -> None:
    """Of its two rooms the hall is named first, and is free, too."""
    term = Term(
        Tiny()
        .classes("三1")
        .staff("王芳")
        .room("礼堂")
        .room("操场")
        .room("球馆", **closed(8))
        .club("篮球", "Tue", rooms=("礼堂", "球馆", "操场"))
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
        .instead("篮球", 8, room="球馆", reason="操场")
    )
    timetable = moved(term)
    assert where(term, timetable, 8, "篮球") == [(PLANNED, "操场")]
    assert timetable.changes == {}


def club(room: str = "操场") -> Tiny:
    return (
        Tiny()
        .classes("三1")
        .staff("王芳")
        .club("篮球", "Tue", features=("球场",))
        .meets("篮球", "Tue", room=room)
        .holds("王芳", "篮球")
    )


def test_a_club_moves_only_to_a_room_with_its_features() -> None:
    term = Term(
        club()
        .room("操场", features=("球场",), **closed(8))
        .room("阅览室")
        .room("体育馆", features=("球场",))
    )
    timetable = moved(term)
    assert where(term, timetable, 8, "篮球") == [(MOVED, "体育馆")]
    assert where(term, timetable, 15, "篮球") == [(PLANNED, "操场")]


def test_a_club_without_another_room_does_not_take_place() -> None:
    term = Term(club().room("操场", features=("球场",), **closed(8)).room("阅览室"))
    timetable = moved(term)
    assert where(term, timetable, 8, "篮球") == [(CANCELLED, "操场")]
    assert [s.load for s in term.on(timetable, 8, "篮球")] == [0]
    assert where(term, timetable, 15, "篮球") == [(PLANNED, "操场")]
    # two dates of one unit, of which one is cancelled
    assert term.context.view(timetable).loads["王芳"] == 100


def test_children_of_a_cancelled_club_are_in_care_that_day() -> None:
    term = Term(
        Tiny()
        .classes("三1")
        .room("操场", **closed(8))
        .staff("王芳", "李明", "张伟")
        .club("篮球", "Tue", rooms=("操场",))
        .care("Tue 社团", ratio=20)
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
        .holds("李明", "看护", "Tue 社团")
    )
    timetable = settled(term)
    # 30 children, 20 for each adult: two of them; with 10 in the club, one
    assert [len(term.on(timetable, day, "看护")) for day in (8, 15)] == [2, 1]
    assert all(s.staff and s.children == 30 for s in term.on(timetable, 8, "看护"))


def settled(term: Term) -> Timetable:
    """Rooms and covers of a pattern, without a breach of any must."""
    nothing = (0,) * len(TIERS)
    pattern = Pattern(term.timetable, Coverage(nothing, nothing), 0, 0)
    found = settle_dates(term.context, pattern, Control(), ONE)
    term.audited(found.timetable)
    return found.timetable


@pytest.mark.parametrize(
    ("groups", "capacity", "room"),
    [
        (2, 20, "大厅"),  # the choir's 10 and basketball's 10
        (2, 19, None),  # 10 + 10 children are more than 19
        (1, 99, None),  # the choir has the hall for itself
    ],
)
def test_a_room_holds_no_more_groups_nor_children_than_it_may(
    groups: int, capacity: int, room: str | None
) -> None:
    term = Term(
        Tiny()
        .classes("三1")
        .room("操场", **closed(8))
        .room("大厅", capacity=capacity, groups=groups)
        .staff("王芳", "李明")
        .club("合唱", "Tue", rooms=("大厅",))
        .club("篮球", "Tue", rooms=("操场", "大厅"))
        .meets("合唱", "Tue", room="大厅")
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "合唱")
        .holds("李明", "篮球")
    )
    timetable = moved(term)
    assert where(term, timetable, 8, "篮球") == [(MOVED, room) if room else (CANCELLED, "操场")]
    assert where(term, timetable, 8, "合唱") == [(PLANNED, "大厅")]


def test_care_beside_another_group_counts_whole_classes() -> None:
    """Care may have 20 of 30 children while a club has 10; without the club all are there."""

    def school(capacity: int) -> Term:
        return Term(
            Tiny()
            .classes("三1")
            .classes("三2", size=20)
            .room("三1", **closed(8))
            .room("三2", 20)
            .room("球场", 10)
            .room("大厅", capacity=capacity, groups=2)
            .staff("王芳", "李明", "张伟")
            .club("篮球", "Tue", rooms=("球场",), classes=("三1",))
            .club("合唱", "Tue", rooms=("大厅",), classes=("三2",))
            .care("Tue 社团")
            .meets("篮球", "Tue", room="球场")
            .meets("合唱", "Tue", room="大厅")
            .holds("王芳", "篮球")
            .holds("李明", "合唱")
            .holds("张伟", "看护", school_class="三1")
        )

    # the choir's 10 and the class's 30 children
    term = school(40)
    timetable = moved(term)
    assert ("三1",) in {s.post.classes for s in term.on(timetable, 8, "看护") if s.room == "大厅"}
    # in 39 places there is none for both; but the choir's 10 and the other class's 20 are 30, and
    # whose room that is has one for the 20 who are really there
    term = school(39)
    timetable = moved(term)
    assert where(term, timetable, 8, "合唱") == [(PLANNED, "大厅")]
    in_care = {s.post.classes: (s.room, s.children) for s in term.on(timetable, 8, "看护")}
    assert in_care == {("三1",): ("三2", 20), ("三2",): ("大厅", 10)}


def test_minutes_between_two_segments_are_for_people_and_not_for_rooms() -> None:
    term = Term(
        Tiny(changeover_minutes=5)
        .classes("三1", "三2")
        .room("操场", **closed(8))
        .staff("王芳", "李明")
        .care("Tue", classes=("三1",))  # until 16:30
        .club("篮球", "Tue", rooms=("操场", "三1"), classes=("三2",))  # from 16:30
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "看护", "Tue")
        .holds("李明", "篮球")
    )
    assert where(term, moved(term), 8, "篮球") == [(MOVED, "三1")]


def test_care_in_two_segments_may_need_two_rooms() -> None:
    """The reading room is taken in the first segment, the library in the second."""
    term = Term(
        Tiny()
        .classes("三1", "三2")
        .room("三1", **closed(8))
        .room("三2", 10)
        .room("阅览室")
        .room("图书馆")
        .care("Tue 作业", "Tue 社团", classes=("三1",))
        .club("书法", "Tue 作业", rooms=("阅览室",), classes=("三2",))
        .club("阅读", "Tue", rooms=("图书馆",), classes=("三2",))
        .meets("书法", "Tue 作业", room="阅览室")
        .meets("阅读", "Tue", room="图书馆")
    )
    timetable = moved(term)
    assert [s.room for s in term.on(timetable, 8, "看护")] == ["图书馆", "阅览室"]


def test_of_a_merged_group_only_those_in_the_closed_room_move() -> None:
    term = Term(
        Tiny()
        .classes("三1", "三2")
        .room("三1", **closed(8))
        .room("三2")
        .room("阅览室")
        .care("Tue", merge=2, ratio=30)
    )
    timetable = moved(term)
    # 60 children, 30 for each adult: one adult in each home room
    assert [s.room for s in term.on(timetable, 15, "看护")] == ["三1", "三2"]
    assert [s.room for s in term.on(timetable, 8, "看护")] == ["阅览室", "三2"]


def test_care_with_rooms_of_its_own_moves_among_these() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .room("大教室", **closed(8))
        .room("阅览室")
        .room("小教室")
        .care("Tue", rooms=("大教室", "小教室"))
    )
    _, timetable = tiny.done()
    term = Term(tiny)
    [group] = term.context.demand.group_rooms
    term.timetable = timetable.model_copy(update={"rooms": {group: "大教室"}})
    assert where(term, moved(term), 8, "看护")[0][1] == "小教室"


def test_care_that_finds_no_room_is_left_for_the_audit_to_report() -> None:
    term = Term(care().room("三1", **closed(8)))
    timetable = move_out_of_closed_rooms(term.context, term.timetable)
    assert where(term, timetable, 8, "看护") == [(PLANNED, "三1")]
    assert [found.rule for found in audit(term.context, timetable).hard] == ["room-closed"]


def test_children_who_return_to_a_closed_room_get_another_one() -> None:
    """All 10 children are in basketball, whose leader and whose class room are away on the 8th."""
    term = Term(
        Tiny()
        .classes("三1", size=10)
        .room("三1", **closed(8))
        .room("操场", 10)
        .room("阅览室", 10)
        .staff("王芳", skills=("篮球",), leave=(september(8),))
        .staff("李明")
        .club("篮球", "Tue", rooms=("操场",), posts=(LEADER,))
        .care("Tue 社团")
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
    )
    timetable = settled(term)
    assert [(s.staff, s.room) for s in term.on(timetable, 8, "看护")] == [("李明", "阅览室")]
    assert term.on(timetable, 15, "看护") == []


def all_in_clubs(*rooms: str) -> Term:
    """Two clubs of 10 have all 20 children; on the 8th one hall is closed, and 王芳 is away."""
    tiny = (
        Tiny()
        .classes("三1", size=20)
        .room("三1", 20)
        .room("操场", 10)
        .room("大厅", 10, **closed(8))
        .staff("王芳", skills=("篮球",), leave=(september(8),))
        .staff("李明", "张伟")
        .club("篮球", "Tue", rooms=("操场",), posts=(LEADER,))
        .club("合唱", "Tue", rooms=("大厅", "三1"))
        .care("Tue 社团")
        .meets("篮球", "Tue", room="操场")
        .meets("合唱", "Tue", room="大厅")
        .holds("王芳", "篮球")
        .holds("李明", "合唱")
    )
    for room in rooms:
        tiny.room(room)
    return Term(tiny)


def test_children_who_return_while_a_club_is_in_their_room_go_elsewhere() -> None:
    term = all_in_clubs("阅览室")
    timetable = settled(term)
    assert where(term, timetable, 8, "合唱") == [(MOVED, "三1")]
    # basketball's ten are in care, with 张伟
    assert [(s.room, s.staff) for s in term.on(timetable, 8, "看护")] == [("阅览室", "张伟")]
    assert term.on(timetable, 15, "看护") == []


def test_a_club_makes_place_for_children_who_return_and_have_no_other_room() -> None:
    term = all_in_clubs()
    timetable = settled(term)
    assert [s.status for s in term.on(timetable, 8, "合唱")] == [CANCELLED]
    [care_of_all] = term.on(timetable, 8, "看护")
    assert (care_of_all.room, care_of_all.children) == ("三1", 20)
    assert care_of_all.staff in ("李明", "张伟")
    assert where(term, timetable, 15, "合唱") == [(PLANNED, "大厅")]


def test_two_classes_in_one_room_part_again_when_its_own_returns() -> None:
    """三2 is in 三1's room while all of 三1 are in basketball; on the 8th these return."""
    term = Term(
        Tiny()
        .classes("三1", size=10)
        .classes("三2", size=10)
        .room("三1", 10)
        .room("三2", 10, **closed(7, 18))
        .room("操场", 10)
        .room("图书馆", 10, closures=(*closed(15)["closures"],))
        .staff("王芳", skills=("篮球",), leave=(september(8),))
        .staff("李明", "张伟")
        .club("篮球", "Tue", rooms=("操场",), classes=("三1",), posts=(LEADER,))
        .care("Tue 社团")
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
        .holds("李明", "看护", school_class="三2")
    )
    timetable = settled(term)
    rooms = {s.post.classes: s.room for s in term.on(timetable, 8, "看护")}
    assert rooms == {("三1",): "三1", ("三2",): "图书馆"}
    assert [s.room for s in term.on(timetable, 15, "看护")] == ["三1"]


def test_a_club_gives_way_to_care_whose_room_is_closed() -> None:
    """Choir is in the only other room: it moves to the hall while that is open, or is cancelled."""

    def school(*hall: Any) -> Term:
        return Term(
            Tiny()
            .classes("三1", "三2")
            .room("三1", **closed(8))
            .room("三2")
            .room("音乐室")
            .room("大厅", 10, **(hall[0] if hall else {}))
            .staff("王芳", "李明", "张伟")
            .care("Tue 社团")
            .club("合唱", "Tue", rooms=("音乐室", "大厅"), classes=("三2",))
            .meets("合唱", "Tue", room="音乐室")
            .holds("王芳", "看护", school_class="三1")
            .holds("李明", "看护", school_class="三2")
            .holds("张伟", "合唱")
        )

    term = school()
    timetable = moved(term)
    assert where(term, timetable, 8, "合唱") == [(MOVED, "大厅")]
    care_rooms = {s.post.classes: s.room for s in term.on(timetable, 8, "看护")}
    assert care_rooms == {("三1",): "音乐室", ("三2",): "三2"}
    term = school(closed(8))
    timetable = moved(term)
    assert where(term, timetable, 8, "合唱") == [(CANCELLED, "音乐室")]
    assert where(term, timetable, 15, "合唱") == [(PLANNED, "音乐室")]


def test_children_who_return_take_their_room_from_a_club_that_meets_there_every_week() -> None:
    """All 10 of 三1 are in basketball, whose court is closed; calligraphy is in their room, with
    10 of the 20 children of 三2, and the others are in 三2's."""
    term = Term(
        Tiny()
        .classes("三1", size=10)
        .classes("三2", size=20)
        .room("三1", 10)
        .room("三2", 20)
        .room("操场", 10, **closed(8))
        .staff("王芳", "李明", "张伟")
        .club("篮球", "Tue", rooms=("操场",), classes=("三1",))
        .club("书法", "Tue", rooms=("三1",), classes=("三2",))
        .care("Tue 社团")
        .meets("篮球", "Tue", room="操场")
        .meets("书法", "Tue", room="三1")
        .holds("王芳", "篮球")
        .holds("李明", "书法")
        .holds("张伟", "看护", school_class="三2")
    )
    timetable = settled(term)
    assert where(term, timetable, 8, "篮球") == [(CANCELLED, "操场")]
    assert where(term, timetable, 8, "书法") == [(CANCELLED, "三1")]
    in_care = {s.post.classes: (s.room, s.children) for s in term.on(timetable, 8, "看护")}
    assert in_care == {("三1",): ("三1", 10), ("三2",): ("三2", 20)}
    assert where(term, timetable, 15, "书法") == [(PLANNED, "三1")]


def test_a_small_group_leaves_a_large_room_to_a_large_one() -> None:
    """Two rooms are closed, and of two others one is large: whoever comes first may not take it."""
    term = Term(
        Tiny()
        .classes("三1", size=10)
        .classes("三2", size=30)
        .room("三1", 10, **closed(8))
        .room("三2", 30, **closed(8))
        .room("会议室", 30)
        .room("资料室", 10)
        .staff("王芳", "李明")
        .care("Tue")
        .holds("王芳", "看护", school_class="三1")
        .holds("李明", "看护", school_class="三2")
    )
    timetable = moved(term)
    rooms = {s.post.classes: s.room for s in term.on(timetable, 8, "看护")}
    assert rooms == {("三1",): "资料室", ("三2",): "会议室"}
