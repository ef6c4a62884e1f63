"""Edits by hand that a rerun could not keep: which, and what there is instead."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from instances.timetable import session_key
from scheduler.rerun.edits import overridden
from scheduler.workbook.edits import Edit
from tests.unit.scheduler.test_diff import after, before

SCHOOL, KEPT = before().done()
MOVED = after().done()[1]
CONTEXT = Context(SCHOOL)
WEDNESDAY = MOVED.placements["合唱"].places
CHOIR = next(line for line in KEPT.holders if line.startswith("合唱"))
FIRST = session_key(dt.date(2026, 9, 8), "社团", CHOIR)
EDITS = {
    "when": Edit("总课表", "E9", "when", "合唱", "周二 社团", "周三 社团", places=WEDNESDAY),
    "club_room": Edit("总课表", "F9", "club_room", "合唱", "音乐室", "操场"),
    "room": Edit("场次", "J5", "room", FIRST, "音乐室", "操场"),
}


@pytest.mark.parametrize("what", EDITS)
def test_times_and_rooms_that_are_not_kept_are_said(what: str) -> None:
    """The choir stays on Tuesdays in the music room, whatever was written."""
    edit = EDITS[what]
    (found,) = overridden(CONTEXT, KEPT, (edit,))
    said = found.message.text("zh")
    assert edit.cell in said
    assert edit.new in said
    assert ("周二" if what == "when" else "音乐室") in said
    assert edit.cell in found.message.text("en")


@pytest.mark.parametrize("what", ["when", "club_room"])
def test_what_is_kept_is_not_mentioned(what: str) -> None:
    assert overridden(CONTEXT, MOVED, (EDITS[what],)) == ()


def test_the_must_that_stands_against_an_edit_is_named() -> None:
    """赵静 has class 2 at the same time."""
    line = next(line for line, staff in KEPT.holders.items() if staff == "王芳")
    (found,) = overridden(CONTEXT, KEPT, (Edit("总课表", "D7", "holder", line, "王芳", "赵静"),))
    assert found.message.text("zh") == (
        "“总课表”D7改成了赵静，但这样违反必须遵守的规则“同时两处”：赵静在9月8日、9月15日、9月22日等12天"
        " 15:30同时被安排到“看护（三（1）班）”和“看护（三（2）班）”。现为王芳。"
    )
    assert "It is 王芳 instead." in found.message.text("en")
