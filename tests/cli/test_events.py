"""Events from the school's workbook to the timetable and back, as a script sees it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from constraints.catalogue import rulebook
from constraints.examples import Tiny
from instances.school import PostSpec
from instances.words import Role
from instances.workbook.writer import write_workbook
from tests.cli.running import REPEATABLE, data, run

EIGHTH = dt.date(2026, 9, 8)


def school(folder: Path, *events: dict[str, Any]) -> Path:
    """Two classes in care every day, three people, and some events of class 三1."""
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .room("操场", capacity=200)
        .staff("王芳", "李明", "张伟")
        .care("Mon 社团", "Tue 社团", "Wed 社团", "Thu 社团", "Fri 社团")
    )
    for event in events:
        tiny.event(**event)
    path = folder / "school.xlsx"
    write_workbook(tiny.done()[0], path, "zh", rulebook())
    return path


@pytest.fixture
def contest() -> dict[str, Any]:
    referee = PostSpec(role=Role.REFEREE)
    return {
        "name": "跳绳",
        "start": EIGHTH,
        "classes": ("三1",),
        "segments": ("社团",),
        "venues": ("操场",),
        "posts": (referee,),
        "agreed": ("张伟", "李明"),
    }


def test_solve_check_rerun_and_diff_live_with_events(
    tmp_path: Path, contest: dict[str, Any]
) -> None:
    book = school(tmp_path, contest)
    path, new = tmp_path / "timetable.xlsx", tmp_path / "new.xlsx"
    found = data("solve", book, "-o", path, *REPEATABLE, code=0)
    # 30 children of 三1 in one segment; the date is given
    assert found["levels"][1] == {"name": "displacement", "value": 30, "bound": 30}
    (event,) = found["events"]
    assert (event["event"], event["dates"], event["open_posts"]) == ("跳绳", ["2026-09-08"], 0)
    assert found["gap"] is None
    assert found["before_events"]["gap"] is not None
    checked = data("check", book, path, code=0)
    assert (checked["hard"], checked["events_missing"]) == ([], [])
    again = data("rerun", book, "--from", path, "--since", "2026-09-08", "-o", new, code=0)
    assert again["changes"]["cost"] == 0
    assert again["levels"][1]["value"] == 30
    assert data("diff", path, new, code=0)["posts"] == 0
    assert "跳绳" in run("day", new, "2026-09-08", code=0).output


def test_check_says_what_goes_on_during_an_event_that_was_widened(
    tmp_path: Path, contest: dict[str, Any]
) -> None:
    """The timetable was made for class 三1; now the workbook says that 三2 takes part, too."""
    path = tmp_path / "timetable.xlsx"
    run("solve", school(tmp_path, contest), "-o", path, *REPEATABLE, code=0)
    book = school(tmp_path, contest | {"classes": ("三1", "三2")})
    found = data("check", book, path, code=1)
    more = school(tmp_path, contest, contest | {"name": "合唱", "start": dt.date(2026, 9, 10)})
    assert data("check", more, path, code=0)["events_missing"] == ["合唱"]
    assert {one["rule"] for one in found["hard"]} == {"session-during-event"}


def test_events_that_do_not_fit_are_said_and_end_with_one(
    tmp_path: Path, contest: dict[str, Any]
) -> None:
    book = school(tmp_path, contest, contest | {"name": "合唱"})
    found = data("solve", book, "-o", tmp_path / "timetable.xlsx", *REPEATABLE, code=1)
    without = [one for one in found["events"] if not one["dates"]]
    assert len(without) == 1
    assert "冲突" in without[0]["reason"]["zh"]
    assert found["hard_findings"] == 0
