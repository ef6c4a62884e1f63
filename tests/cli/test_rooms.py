"""A school whose rooms do not suffice, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from constraints.examples import Tiny
from tests.cli.running import REPEATABLE, data, run


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """Three groups of children on a playground that holds two at a time."""
    tiny = Tiny().classes("三1", "三2", "三3").staff("王芳", "李明", "赵静")
    school = tiny.room("操场", 100, groups=2).care("Tue", rooms=("操场",)).done()[0]
    path = tmp_path / "school.json"
    path.write_text(school.model_dump_json(), encoding="utf-8")
    return path


def test_validate_proves_that_rooms_are_short(crowded: Path) -> None:
    found = data("validate", crowded, code=1)
    (deficit,) = found["deficits"]
    assert (deficit["needed"], deficit["available"]) == (3, 2)
    (warning,) = (one for one in found["warnings"] if one["value"] == "2 < 3")
    assert warning["sheet"] == "场地"
    assert "可用场地" in warning["remedy"]
    text = run("validate", crowded, "--lang", "en", code=1).stdout
    assert "name further rooms" in text
    assert "more people" not in text  # people there are enough


def test_solve_says_that_no_timetable_is_possible(crowded: Path, tmp_path: Path) -> None:
    output = tmp_path / "timetable.xlsx"
    found = data("solve", crowded, "-o", output, *REPEATABLE, code=1)
    assert (found["status"], found["hard_findings"]) == ("infeasible", 0)
    assert ["操场" in issue["zh"] for issue in found["room_issues"]] == [True]
    said = run("solve", crowded, "-o", output, *REPEATABLE, code=1).stderr
    assert "操场" in said
    assert "报告" not in said  # it is no fault of the program
    assert not output.exists()
