"""Whoever was published comes after all, where the new holder of a line cannot on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.school import Period
from instances.timetable import DatedChange
from scheduler.rerun.reference import Matched, Reference
from scheduler.rerun.returning import Hoped, with_returning

SINCE = dt.date(2026, 9, 8)
SECOND = dt.date(2026, 9, 15)
AWAY = Period(start=SECOND, end=SECOND)


def covers(hope: Hoped, *, busy: str | None = None) -> dict[tuple[str, dt.date], str | None]:
    """Who comes instead, by line and date, if 王芳's Tuesdays of care are given to 李明, who is
    away on the 15th, and 王芳 is hoped for then. ``busy``: who comes to the gate on that date,
    where 张伟 is away as well."""
    tiny = Tiny().classes("三1").staff("王芳").staff("李明", leave=(AWAY,))
    tiny = tiny.staff("张伟", leave=(AWAY,)).staff("赵敏").care("Tue").duty("门岗", "Tue")
    instance, old = tiny.holds("王芳", "看护", "Tue").holds("张伟", "门岗").done()
    context = Context(instance)
    sessions = {s.key: s for s in context.view(old).sessions if s.date == SECOND}
    gate = next(key for key, s in sessions.items() if s.post.activity == "门岗")
    changes = {gate: DatedChange(staff=busy)} if busy else {}
    holders = {line: "李明" if key == "王芳" else key for line, key in old.holders.items()}
    new = old.model_copy(update={"holders": holders, "changes": changes})
    lines = {post.line for post in context.demand.posts if post.activity == "看护"}
    hope = replace(hope, returns=frozenset((line, SECOND) for line in lines))
    matched = Matched(context, Reference(instance, old, SINCE))
    found = with_returning(matched, new, hope)
    return {
        (session.post.activity, session.date): found.changes[session.key].staff
        for session in context.view(found).sessions
        if session.key in found.changes
    }


def test_whoever_was_published_comes_where_the_holder_is_away() -> None:
    assert covers(Hoped(0)) == {("看护", SECOND): "王芳"}


@pytest.mark.parametrize(("busy", "also"), [("赵敏", "王芳"), ("王芳", None)])
def test_not_who_is_expected_elsewhere(busy: str, also: str | None) -> None:
    came = covers(Hoped(0), busy=busy)
    assert (came[("门岗", SECOND)], came.get(("看护", SECOND))) == (busy, also)


def test_covers_hoped_for_go_first() -> None:
    instance, _ = Tiny().classes("三1").staff("王芳").duty("门岗", "Tue").done()
    line = Context(instance).demand.posts[0].line
    came = covers(Hoped(0, covers={(line, SECOND): "王芳"}))
    assert came == {("门岗", SECOND): "王芳"}
