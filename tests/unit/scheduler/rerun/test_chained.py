"""What is open on single dates is filled by covers in two links, unless it is to stay open.

王芳 leads the choir on Tuesdays and is away on 8 September; 李明 could come, but is at the gate
then, where 陈静 could stand in for him.
"""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from constraints.examples import Tiny, september
from instances.school import PostSpec
from instances.timetable import Expansion, Timetable, session_key
from instances.words import Role
from scheduler.audit import broken
from scheduler.progress import Control
from scheduler.rerun.chained import chained

TUESDAY = dt.date(2026, 9, 8)


def choir(*more: str) -> Tiny:
    leader = PostSpec(role=Role.LEADER, skills=("合唱",))
    return (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳", skills=("合唱",), leave=(september(8),))
        .staff("李明", skills=("合唱",))
        .staff(*more)
        .duty("门岗", "Tue 社团")
        .club("合唱", "Tue", posts=(leader,), rooms=("音乐室",))
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "门岗", "Tue 社团")
        .holds("王芳", "合唱")
        .instead("合唱", 8, open=True, reason="王芳")
    )


def who(context: Context, timetable: Timetable) -> dict[str, str | None]:
    sessions = Expansion(context.demand, timetable).sessions
    return {one.post.activity: one.staff for one in sessions if one.date == TUESDAY}


def test_somebody_busy_comes_and_hands_on_what_they_had() -> None:
    school, timetable = choir("陈静").done()
    context = Context(school)
    assert who(context, timetable) == {"合唱": None, "门岗": "李明"}
    found = chained(context, timetable, (), (), Control())
    assert who(context, found) == {"合唱": "李明", "门岗": "陈静"}
    assert not broken(context, found)
    assert found.holders == timetable.holders  # of every other week


def test_what_is_to_stay_open_stays_open() -> None:
    school, timetable = choir("陈静").done()
    context = Context(school)
    (asked,) = [
        one.key
        for one in Expansion(context.demand, timetable).sessions
        if one.date == TUESDAY and one.post.activity == "合唱"
    ]
    assert asked == session_key(TUESDAY, "社团", "合唱/leader1")
    assert chained(context, timetable, {asked}, (), Control()) == timetable


@pytest.mark.parametrize("by_line", [False, True])
def test_what_was_settled_by_hand_is_not_handed_on(*, by_line: bool) -> None:
    school, timetable = choir("陈静").done()
    context = Context(school)
    (gate,) = [
        one
        for one in Expansion(context.demand, timetable).sessions
        if one.date == TUESDAY and one.post.activity == "门岗"
    ]
    keys, lines = ([], [gate.post.line]) if by_line else ([gate.key], [])
    assert chained(context, timetable, keys, lines, Control()) == timetable


def test_nothing_changes_where_nobody_could_take_over() -> None:
    school, timetable = choir().done()
    assert chained(Context(school), timetable, (), (), Control()) == timetable
