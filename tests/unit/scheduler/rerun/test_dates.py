"""Dates of a rerun: what was left open on the way is tried again at the end."""

from __future__ import annotations

import datetime as dt

from constraints.context import Context
from constraints.examples import Tiny, september
from instances.timetable import DatedChange, Timetable, session_key
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
