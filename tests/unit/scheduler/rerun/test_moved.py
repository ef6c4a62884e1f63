"""A meeting that was moved to another date, and who may be there on that date."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.examples import Tiny, wish
from instances.timetable import DatedChange, Timetable, When, moved_key, session_key
from instances.words import Level
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from tests.helpers.published import publish
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_diff import OCTOBER_12, TERM

TUESDAY, THURSDAY = dt.date(2026, 10, 20), dt.date(2026, 10, 22)


def choir_moved(*others: str, staff: str | None = None) -> tuple[Published, str]:
    """The choir of Tuesday 20 October is on the Thursday, for which its leader has said no."""
    tiny = Tiny(**TERM).classes("五1").room("音乐室")
    tiny = tiny.staff("李明", "王芳", wishes=(wish("Thu 社团", Level.NO),)).staff(*others)
    old = publish(
        tiny.club("合唱", "Tue").meets("合唱", "Tue", room="音乐室").holds("李明", "合唱")
    )
    (line,) = old.timetable.holders
    key = session_key(TUESDAY, "社团", line)
    changes = {key: DatedChange(to=When(date=THURSDAY, segment="社团"))}
    if staff:
        changes[moved_key(key)] = DatedChange(staff=staff)
    timetable = Timetable.model_validate(old.timetable.model_dump() | {"changes": changes})
    return old.model_copy(update={"timetable": timetable}), moved_key(key)


@pytest.mark.parametrize("staff", [None, "王芳"])
def test_whoever_may_not_be_there_is_replaced_by_somebody_who_may(staff: str | None) -> None:
    """王芳 was sent there by hand, who said no as well."""
    old, key = choir_moved("赵静", staff=staff)
    new = rerun(Request(old.instance, old, old.timetable, OCTOBER_12), settings=ONE)
    assert not new.result.hard_findings
    assert new.timetable.changes[key].staff == "赵静"


def test_where_nobody_may_it_stays_open() -> None:
    old, key = choir_moved()
    new = rerun(Request(old.instance, old, old.timetable, OCTOBER_12), settings=ONE)
    assert not new.result.hard_findings
    assert new.timetable.changes[key].open
