"""Edits by hand that a rerun could not keep: which, and what there is instead."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from instances.timetable import DatedChange, Placement, Timetable, session_key
from scheduler.rerun.by_hand.report import overridden
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
OUTSIDE = KEPT.model_copy(update={"changes": {FIRST: DatedChange(room="操场")}})
EDITED = {"when": MOVED, "club_room": MOVED, "room": OUTSIDE}


@pytest.mark.parametrize("what", EDITS)
def test_times_and_rooms_that_are_not_kept_are_said(what: str) -> None:
    """The choir stays on Tuesdays in the music room, whatever was written."""
    edit = EDITS[what]
    (found,) = overridden(CONTEXT, KEPT, (edit,), EDITED[what])
    said = found.message.text("zh")
    assert edit.cell in said
    assert edit.new in said
    assert ("周二" if what == "when" else "音乐室") in said
    assert edit.cell in found.message.text("en")


@pytest.mark.parametrize("what", EDITS)
def test_what_is_kept_is_not_mentioned(what: str) -> None:
    assert overridden(CONTEXT, EDITED[what], (EDITS[what],), EDITED[what]) == ()


def test_the_must_that_stands_against_an_edit_is_named() -> None:
    """赵静 has class 2 at the same time."""
    line = next(line for line, staff in KEPT.holders.items() if staff == "王芳")
    edit = Edit("总课表", "D7", "holder", line, "王芳", "赵静")
    edited = KEPT.model_copy(update={"holders": KEPT.holders | {line: "赵静"}})
    (found,) = overridden(CONTEXT, KEPT, (edit,), edited)
    assert found.message.text("zh") == (
        "“总课表”D7改成了赵静，但这样违反必须遵守的规则“同时两处”：赵静在9月8日、9月15日、9月22日等12天"
        " 15:30同时被安排到“看护（三（1）班）”和“看护（三（2）班）”。现为王芳。"
    )
    assert "It is 王芳 instead." in found.message.text("en")


def told(edit: Edit, timetable: Timetable, edited: Timetable = KEPT) -> str:
    (found,) = overridden(CONTEXT, timetable, (edit,), edited)
    assert edit.cell in found.message.text("en")
    return found.message.text("zh")


def test_an_edit_that_would_leave_more_open_says_so() -> None:
    """Without anybody the choir is open on its twelve Tuesdays."""
    edit = Edit("场次", "L5", "staff", FIRST, "李明", "")
    assert told(edit, KEPT) == (
        "“场次”L5改成了（空缺），但这样会多空缺1个岗位（每天一岗计一个），而岗位有人优先。现为李明。"
    )
    nowhere = Edit("总课表", "E9", "when", "合唱", "周二 社团", "")
    assert "改成了（未安排），但这样会多空缺12个岗位" in told(nowhere, KEPT)


def test_what_was_emptied_and_filled_again_says_so() -> None:
    edit = Edit("总课表", "D7", "holder", CHOIR, "李明", "")
    assert told(edit, KEPT) == "“总课表”D7清空了，但能排的都会排上，现为李明。"


def test_what_is_not_there_any_more_is_said() -> None:
    edit = Edit("场次", "L5", "staff", session_key(dt.date(2026, 9, 9), "社团", CHOIR), "", "李明")
    assert told(edit, KEPT) == "“场次”L5改成了李明，但这个岗位或场次已不存在。"
    gone = Edit("总课表", "D7", "holder", "围棋/leader1", "李明", "王芳")
    assert told(gone, KEPT) == "“总课表”D7改成了王芳，但这个岗位或场次已不存在。"


def test_a_room_taken_out_of_the_grid_is_found_again() -> None:
    edit = Edit("总课表", "F9", "club_room", "合唱", "音乐室", "")
    places = KEPT.placements["合唱"].places
    edited = KEPT.model_copy(update={"placements": {"合唱": Placement(places=places)}})
    said = told(edit, KEPT, edited)
    assert said.startswith("“总课表”F9改成了（未安排），但这样违反必须遵守的规则“五定不全”")
    assert said.endswith("现为音乐室。")
    assert overridden(CONTEXT, edited, (edit,), edited) == ()
