"""Dates of a rerun: what was left open on the way is tried again at the end."""

from __future__ import annotations

import datetime as dt

from constraints.context import Context
from constraints.examples import Tiny, september
from instances.school import PostSpec
from instances.timetable import DatedChange, Timetable, session_key
from instances.words import Role
from scheduler.audit import broken
from scheduler.progress import Control
from scheduler.rerun.dates import _tried_again as tried_again
from tests.unit.scheduler.terms import ONE


def school(*others: str) -> tuple[Context, Timetable, str]:
    """王芳 is away on the 15th, and her care of that Tuesday is marked as open."""
    tiny = Tiny().classes("三1").staff("王芳", leave=(september(15),)).staff(*others)
    instance, timetable = tiny.care("Tue").holds("王芳", "看护", "Tue").done()
    key = session_key(dt.date(2026, 9, 15), "作业", next(iter(timetable.holders)))
    changes = {key: DatedChange(open=True, reason="王芳")}
    return Context(instance), timetable.model_copy(update={"changes": changes}), key


def test_whoever_is_free_after_all_comes() -> None:
    context, timetable, key = school("李明")
    bare = timetable.model_copy(update={"changes": {}})
    found = tried_again(context, bare, timetable, Control(), ONE)
    assert found.changes[key].staff == "李明"


def test_what_nobody_can_take_stays_as_it_is() -> None:
    context, timetable, _ = school()
    bare = timetable.model_copy(update={"changes": {}})
    assert tried_again(context, bare, timetable, Control(), ONE) is timetable


def test_what_was_published_as_open_is_not_touched() -> None:
    context, timetable, _ = school("李明")
    assert tried_again(context, timetable, timetable, Control(), ONE) is timetable


def test_who_looks_after_the_children_of_an_open_club_is_not_sent_elsewhere_beyond_a_cap() -> None:
    """With 30 children and one adult for 27, care of Wednesdays needs a second one on the 16th,
    when nobody leads the club of ten: 李明, whose one post of that week it is. So he cannot come
    to the gate on the 17th, though a week in which the club meets would leave him free."""
    leads = PostSpec(role=Role.LEADER, skills=("象棋",))
    tiny = Tiny().classes("三1").staff("王芳", skills=("象棋",), leave=(september(16),))
    tiny = tiny.staff("李明", cap_week=1).staff("张伟").staff("赵敏", leave=(september(17),))
    tiny = (
        tiny.room("活动室")
        .care("Wed 社团", ratio=27)
        .club("象棋", "Wed", posts=(leads,), rooms=("活动室",))
        .duty("门岗", "Thu")
    )
    tiny = tiny.meets("象棋", "Wed", room="活动室").holds("王芳", "象棋").holds("赵敏", "门岗")
    instance, bare = tiny.holds("张伟", "看护", "Wed 社团").done()
    context = Context(instance)
    lines = {(post.activity, post.number): post.line for post in context.demand.posts}
    club = session_key(dt.date(2026, 9, 16), "社团", lines["象棋", 1])
    care = session_key(dt.date(2026, 9, 16), "社团", lines["看护", 2])
    gate = session_key(dt.date(2026, 9, 17), "作业", lines["门岗", 1])
    changes = {
        club: DatedChange(open=True, reason="王芳"),
        care: DatedChange(staff="李明"),
        gate: DatedChange(open=True, reason="赵敏"),
    }
    timetable = bare.model_copy(update={"changes": changes})
    assert not broken(context, timetable)
    found = tried_again(context, bare, timetable, Control(), ONE)
    assert not broken(context, found)
    assert found.changes[gate].open
