"""A changed school and a published timetable: what changes, what does not, and what is proved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import Tiny, september, wish
from instances.derivation import derive
from instances.generate import Preset, generate
from instances.past_sessions import sessions_of
from instances.school import Closure, Instance, Pin, Room, Staff
from instances.timetable import DatedChange, Timetable, expand, session_key
from instances.words import Level, Weekday
from scheduler.audit import audit
from scheduler.changes import ChangeKind, changes_between
from scheduler.diff import all_sessions
from scheduler.rerun.best import Fewest
from scheduler.rerun.reference import Key, Matched
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.rerun.together import Together
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve

ONE = Settings(workers=1, seed=0)
SECOND_WEEK = dt.date(2026, 9, 14)


def published(built: tuple[Instance, Timetable]) -> Published:
    """A timetable as if it had been solved."""
    instance, timetable = built
    result = solve(instance, settings=ONE).result
    return Published(instance=instance, timetable=timetable, result=result)


def again(old: Published, **changes: Any) -> Published:
    since = changes.pop("since", SECOND_WEEK)
    timetable = changes.pop("timetable", old.timetable)
    allow, locked = changes.pop("allow", 0), changes.pop("locked", frozenset())
    instance = old.instance.model_copy(update=changes)
    return rerun(Request(instance, old, timetable, since, allow, locked), settings=ONE)


def with_staff(old: Published, name: str, **update: Any) -> tuple[Staff, ...]:
    return tuple(
        one.model_copy(update=update) if one.name == name else one for one in old.instance.staff
    )


def school(**term: Any) -> Tiny:
    return (
        Tiny(**term)
        .classes("三1")
        .staff("王芳", "李明", "张伟")
        .room("音乐室")
        .room("操场")
        .care("Tue", "Thu")
        .club("合唱", "Tue", rooms=("音乐室", "操场"))
        .holds("王芳", "看护", "Tue", "Thu")
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
    )


@cache
def old() -> Published:
    return published(school().done())


def test_nothing_changed_gives_the_same_timetable() -> None:
    new = again(old())
    assert new.changes == ()
    assert new.timetable.holders == old().timetable.holders
    assert new.timetable.placements == old().timetable.placements
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (0, 0)
    assert (new.number, new.parent and new.parent.number) == (2, 1)


def test_nothing_changed_gives_the_same_though_its_dates_could_be_settled_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who covers whom need not be what a rerun would arrange today."""
    line = next(line for line in old().timetable.holders if "看护@三1@2" in line)
    key = session_key(dt.date(2026, 9, 15), "作业", line)
    other = old().timetable.model_copy(update={"changes": {key: DatedChange(staff="张伟")}})
    monkeypatch.setattr("scheduler.rerun.rerun.settle", lambda *_, **__: other)
    new = again(old())
    assert new.changes == ()
    assert new.timetable.changes == old().timetable.changes == {}


def test_what_is_left_open_is_looked_for_once_more_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the dates of a new pattern are settled nobody is found for a date; of a timetable that
    is only looked at again, somebody is: a rerun without a change would find them then."""
    from scheduler.rerun.dates import settle

    line = next(line for line in old().timetable.holders if "看护@三1@2" in line)
    key = session_key(dt.date(2026, 9, 15), "作业", line)

    def forgetful(
        matched: Any, start: Timetable, pattern: Timetable, *given: Any, **named: Any
    ) -> Timetable:
        found = settle(matched, start, pattern, *given, **named)
        left = {} if start is pattern else {key: DatedChange(open=True)}
        return found.model_copy(update={"changes": left})

    monkeypatch.setattr("scheduler.rerun.rerun.settle", forgetful)
    new = again(old(), rooms=(*old().instance.rooms, Room(name="新教室", capacity=40)))
    assert new.result.uncovered_sessions == 0
    assert new.timetable.changes == {}


def test_what_lies_before_the_date_is_kept_as_it_was() -> None:
    gone = tuple(person for person in old().instance.staff if person.name != "王芳")
    new = again(old(), staff=gone)
    before = [s for s in expand(derive(old().instance), old().timetable) if s.date < SECOND_WEEK]
    kept = sessions_of(new.timetable.history)
    assert [(s.key, s.staff, s.room, s.load) for s in kept] == [
        (s.key, s.staff, s.room, s.load) for s in before
    ]


def test_a_departure_changes_what_the_person_held_and_no_more() -> None:
    # 王芳 held Tuesday and Thursday care in the second week: two posts, each 3 points and twice
    # that at short notice: 2 * 3 * 2 = 12
    new = again(old(), staff=with_staff(old(), "王芳", end=dt.date(2026, 9, 13)))
    assert {(c.date.day, c.old_staff) for c in new.changes} == {(15, "王芳"), (17, "王芳")}
    assert new.result.uncovered_sessions == 0
    assert new.result.changes is not None
    assert (new.result.changes.posts, new.result.changes.cost) == (2, 12)
    assert new.result.changes.bound == 12


def test_where_nobody_is_free_one_moves_up_and_another_fills() -> None:
    # The club needs music, which only 李明 and 张伟 have; 李明 leaves. 张伟 holds Tuesday's gate in
    # the club's time; 王芳 can stand at the gate. Two posts change on the 15th: 2 * 3 * 2 = 12.
    built = (
        Tiny()
        .classes("三1")
        .staff("王芳", cap_day=1)
        .staff("李明", "张伟", skills=("音乐",))
        .room("音乐室")
        .club("合唱", "Tue", rooms=("音乐室",), posts=(leader("音乐"),))
        .duty("门岗", "Tue 社团")
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
        .holds("张伟", "门岗")
    )
    before = published(built.done())
    new = again(before, staff=with_staff(before, "李明", end=dt.date(2026, 9, 13)))
    assert {(c.activity, c.old_staff, c.new_staff) for c in new.changes} == {
        ("合唱", "李明", "张伟"),
        ("门岗", "张伟", "王芳"),
    }
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (12, 12)


def leader(skill: str) -> Any:
    from instances.school import PostSpec
    from instances.words import Role

    return PostSpec(role=Role.LEADER, skills=(skill,))


def test_leave_gives_exceptions_for_its_dates_alone() -> None:
    before = published(school(end=dt.date(2026, 9, 25)).done())
    new = again(before, staff=with_staff(before, "王芳", leave=(september(17),)))
    assert [(c.date.day, c.old_staff) for c in new.changes] == [(17, "王芳")]
    assert new.timetable.holders == before.timetable.holders


def test_a_closed_room_moves_its_meetings_on_those_dates() -> None:
    # one club session in another room, at short notice: 1 * 2
    closed = Room(name="音乐室", capacity=30, closures=(Closure(**dict(september(14, 18))),))
    rooms = tuple(closed if room.name == "音乐室" else room for room in old().instance.rooms)
    new = again(old(), rooms=rooms)
    assert [(c.kinds, c.old_room, c.new_room) for c in new.changes] == [
        ((ChangeKind.ROOM,), "音乐室", "操场")
    ]
    assert new.result.changes is not None
    # nobody could stay in a closed room: one post, at least 1 * 2, and so proved
    assert (new.result.changes.cost, new.result.changes.bound) == (2, 2)
    assert (new.result.changes.posts, new.result.changes.posts_bound) == (1, 1)


def test_a_club_that_must_move_to_another_day_keeps_its_leader_if_it_can() -> None:
    """The choir may no longer meet on Tuesday; it is Thursday from now on, with 李明 as before.

    In the term of one week from 14 September one session moves: 3 * 2. 张伟 could lead, too, but
    another person would cost as much again.
    """
    slots = (*old().instance.activity_by_name["合唱"].slots,)
    moved = tuple(
        one.model_copy(update={"slots": tuple(_on(slot, Weekday.THU) for slot in slots)})
        if one.name == "合唱"
        else one
        for one in old().instance.activities
    )
    new = again(old(), activities=moved)
    assert [(c.kinds, c.old_staff, c.new_staff) for c in new.changes] == [
        ((ChangeKind.TIME,), "李明", "李明")
    ]
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (6, 6)


def _on(slot: Any, weekday: Weekday) -> Any:
    return slot.model_copy(update={"weekday": weekday})


def test_a_leader_who_cannot_come_on_the_new_day_counts_as_well() -> None:
    """As before, but 李明 has not agreed to Thursdays: another time and another person, 6 * 2.

    That the choir must move is proved: 3 * 2; and of the weekly timetables none does it with less
    than both, which only the whole model shows.
    """
    staff = with_staff(old(), "李明", wishes=(wish("Thu 社团", Level.NO),))
    slots = old().instance.activity_by_name["合唱"].slots
    moved = tuple(
        one.model_copy(update={"slots": tuple(_on(slot, Weekday.THU) for slot in slots)})
        if one.name == "合唱"
        else one
        for one in old().instance.activities
    )
    new = again(old(), activities=moved, staff=staff)
    assert [(c.kinds, c.old_staff) for c in new.changes] == [
        ((ChangeKind.PERSON, ChangeKind.TIME), "李明")
    ]
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (12, 12)


def test_a_club_that_folds_is_gone_and_its_children_come_back() -> None:
    activities = tuple(one for one in old().instance.activities if one.name != "合唱")
    new = again(old(), activities=activities)
    assert {(c.kinds, c.activity) for c in new.changes} == {((ChangeKind.GONE,), "合唱")}
    assert new.result.changes is not None
    assert new.result.changes.posts == 0


def test_edits_by_hand_are_the_measure_and_stay() -> None:
    line = next(line for line in old().timetable.holders if "看护@三1@2" in line)
    edited = old().timetable.model_copy(
        update={"holders": {**old().timetable.holders, line: "张伟"}}
    )
    new = again(old(), timetable=edited, locked=frozenset({line}))
    assert new.timetable.holders[line] == "张伟"
    assert new.changes == ()


def test_a_cover_that_was_arranged_stays() -> None:
    line = next(line for line in old().timetable.holders if "看护@三1@2" in line)
    key = session_key(dt.date(2026, 9, 15), "作业", line)
    covered = old().timetable.model_copy(update={"changes": {key: DatedChange(staff="张伟")}})
    new = again(old(), timetable=covered)
    assert new.timetable.changes[key].staff == "张伟"
    assert new.changes == ()


def test_whoever_was_arranged_to_cover_may_be_needed_elsewhere() -> None:
    # On the 15th 李明 is to stand at the gate for 王芳. 张伟 leaves, only 李明 can lead the club:
    # 陈静 stands at the gate. Two posts change: 2 * 3 * 2 = 12
    built = (
        Tiny()
        .classes("三1")
        .staff("王芳", leave=(september(15),))
        .staff("陈静")
        .staff("李明", "张伟", skills=("音乐",))
        .room("音乐室")
        .club("合唱", "Tue", rooms=("音乐室",), posts=(leader("音乐"),))
        .duty("门岗", "Tue 社团")
        .meets("合唱", "Tue", room="音乐室")
        .holds("张伟", "合唱")
        .holds("王芳", "门岗")
    )
    instance, timetable = built.done()
    line = next(line for line in timetable.holders if "门岗" in line)
    key = session_key(dt.date(2026, 9, 15), "社团", line)
    covered = timetable.model_copy(update={"changes": {key: DatedChange(staff="李明")}})
    before = published((instance, covered))
    new = again(before, staff=with_staff(before, "张伟", end=dt.date(2026, 9, 13)))
    assert {(c.activity, c.old_staff, c.new_staff) for c in new.changes} == {
        ("合唱", "张伟", "李明"),
        ("门岗", "李明", "陈静"),
    }
    assert new.result.uncovered_sessions == 0
    assert new.result.changes is not None
    assert (new.result.changes.cost, new.result.changes.bound) == (12, 12)


def test_withdrawn_consent_frees_that_day_and_no_other() -> None:
    new = again(old(), staff=with_staff(old(), "王芳", wishes=(wish("Tue 作业", Level.NO),)))
    assert [(c.date.day, c.old_staff) for c in new.changes] == [(15, "王芳")]


def test_undoing_a_change_costs_nothing_against_the_second_timetable() -> None:
    joined = (*old().instance.staff, Staff(name="陈静", default=Level.WILLING))
    second = again(old(), staff=joined)
    third = again(second, staff=old().instance.staff, since=dt.date(2026, 9, 14))
    assert third.result.changes is not None
    assert third.result.changes.cost == 0


@pytest.fixture(scope="module")
def solved() -> Published:
    return solve(generate(Preset.S, 3), settings=ONE)


@pytest.mark.parametrize("gone", [1, 4])
def test_departures_in_a_generated_school_pass_the_audit(solved: Published, gone: int) -> None:
    since = solved.instance.term.start + dt.timedelta(weeks=14)
    name = solved.instance.staff[gone].name
    staff = with_staff(solved, name, end=since - dt.timedelta(days=1))
    new = again(solved, staff=staff, since=since)
    context = Context(new.instance, history=new.timetable.history)
    assert audit(context, new.timetable).hard == ()
    assert new.result.changes is not None
    assert new.result.changes.bound <= new.result.changes.cost
    assert all(change.date >= since for change in new.changes)
    held = {s.staff for s in expand(derive(new.instance, since), new.timetable)}
    assert solved.instance.staff[gone].key not in held
    before, after = (
        [s for s in all_sessions(p.instance, p.timetable) if s.date < since] for p in (solved, new)
    )
    assert changes_between(before, after) == ()
    once_more = again(new, since=since)
    assert once_more.changes == ()
    assert once_more.timetable.holders == new.timetable.holders
    first = again(solved, since=since)
    assert first.changes == ()
    assert first.timetable.holders == solved.timetable.holders


def test_the_best_of_several_looks_at_rooms_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first look finds has nothing open; later ones, asked since other dates find no room
    each time, would leave everything open."""
    best, cancelled, looks = Together.best, Matched.cancelled_in, list[int]()

    def worse(joint: Together) -> Fewest | None:
        looks.append(len(looks))
        found = best(joint)
        if found is None or len(looks) == 1:
            return found
        nobody = found.timetable.model_copy(update={"holders": {}})
        return replace(found, timetable=nobody, hope=None)

    def other_each_time(matched: Matched, timetable: Timetable) -> frozenset[Key]:
        return cancelled(matched, timetable) | {(f"{len(looks)}", SECOND_WEEK)}

    monkeypatch.setattr(Together, "best", worse)
    monkeypatch.setattr(Together, "bettered", lambda _, found, __: found)
    monkeypatch.setattr(Matched, "cancelled_in", other_each_time)
    new = again(old(), rooms=(*old().instance.rooms, Room(name="新教室", capacity=40)))
    assert len(looks) > 1
    assert new.result.uncovered_sessions == 0


def test_of_equal_looks_at_rooms_the_last_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first proves nothing of what it finds, for it counts on what must not be."""
    best, cancelled, looks = Together.best, Matched.cancelled_in, list[int]()

    def vague(joint: Together) -> Fewest | None:
        looks.append(len(looks))
        found = best(joint)
        return found if found is None or len(looks) > 1 else replace(found, bound=0)

    def other_at_first(matched: Matched, timetable: Timetable) -> frozenset[Key]:
        more = {("nothing", SECOND_WEEK)} if len(looks) == 1 else set[Key]()
        return cancelled(matched, timetable) | more

    monkeypatch.setattr(Together, "best", vague)
    monkeypatch.setattr(Together, "bettered", lambda _, found, __: found)
    monkeypatch.setattr(Matched, "cancelled_in", other_at_first)
    monkeypatch.setattr("scheduler.rerun.rerun.unavoidable", lambda *_, **__: 0)
    last = SECOND_WEEK - dt.timedelta(days=1)
    new = again(old(), staff=with_staff(old(), "王芳", end=last))
    assert len(looks) > 1
    assert new.result.changes is not None
    assert new.result.changes.bound == new.result.changes.cost > 0


def test_a_pin_whose_time_has_been_is_not_said_to_clash() -> None:
    """王芳 is pinned to care on Tuesdays, the 8th and the 15th. From the 16th on care is on the
    17th alone, a Thursday, and from the 18th on there is none: the pin has nothing to keep.
    A pin to a Wednesday, on which there never was care, is still left out and said."""
    old = published(school().pin("看护", weekday=Weekday.TUE, staff="王芳").done())
    assert old.result.pin_issues == ()
    for day in (16, 18):
        since = dt.date(2026, 9, day)
        new = again(old, since=since)
        assert new.result.pin_issues == ()
        assert audit(Context(new.instance, history=new.timetable.history), new.timetable).hard == ()
        never = Pin(activity="看护", weekday=Weekday.WED, staff="王芳")
        (issue,) = again(old, since=since, pins=(*old.instance.pins, never)).result.pin_issues
        assert issue.pin == 1
