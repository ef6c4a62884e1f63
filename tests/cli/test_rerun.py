"""The command rerun, as an administrator meets it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import data, run

SCHOOL = Path(__file__).parents[2] / "instances" / "samples" / "rural-6.xlsx"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rerun") / "timetable.xlsx"
    data("solve", SCHOOL, "-o", path, "--workers", 1, "--time-limit", 12, code=0)
    return path


def leaving(folder: Path, row: int = 3) -> tuple[Path, str]:
    """The school's workbook with somebody gone from 12 October on."""
    book = openpyxl.load_workbook(SCHOOL)
    sheet = book["教师"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(row, titles.index("离岗") + 1).value = dt.date(2026, 10, 9)
    path = folder / "school.xlsx"
    book.save(path)
    return path, str(sheet.cell(row, titles.index("姓名") + 1).value)


def test_a_departure_is_read_solved_and_written(published: Path, tmp_path: Path) -> None:
    school, name = leaving(tmp_path)
    new = tmp_path / "new.xlsx"
    found = data("rerun", school, "--from", published, "--since", "2026-10-12", "-o", new, code=0)
    assert found["number"] == 2
    assert set(found["changes"]) >= {"posts", "people", "sessions", "cost", "bound"}
    assert found["changes"]["bound"] <= found["changes"]["cost"]
    assert [level["name"] for level in found["levels"]] == [
        "coverage",
        "displacement",
        "stability",
        "quality",
    ]
    assert any(name in one["message"] for one in found["read_as"])
    assert data("check", school, new, code=0)["hard"] == []
    changed = data("diff", published, new, code=0)
    assert changed["posts"] == found["changes"]["posts"]
    assert all(one["date"] >= "2026-10-12" for one in changed["changes"])


def test_nothing_changed_changes_nothing(published: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    found = data("rerun", SCHOOL, "--from", published, "--since", "10月12日", "-o", new, code=0)
    assert (found["changes"]["posts"], found["changes"]["cost"]) == (0, 0)


@pytest.mark.parametrize(
    ("since", "remedy"),
    [("someday", "2026-10-12"), ("2027-05-01", "学期内"), ("2025-09-01", "学期内")],
)
def test_a_date_that_cannot_be_is_refused(
    published: Path, since: str, remedy: str, tmp_path: Path
) -> None:
    new = tmp_path / "new.xlsx"
    ended = run("rerun", SCHOOL, "--from", published, "--since", since, "-o", new, code=2)
    assert remedy in ended.output
    assert not new.exists()


def test_a_timetable_of_another_school_is_refused(published: Path, tmp_path: Path) -> None:
    other, new = SCHOOL.with_name("rural-6-en.xlsx"), tmp_path / "new.xlsx"
    for given in (
        ("rerun", other, "--from", published, "--since", "2026-10-12", "-o", new),
        ("check", other, published),
    ):
        ended = run(*given, code=2)
        assert "Qingshan" in ended.output
        assert "not the same school" in ended.output
    assert not new.exists()


def test_history_cannot_be_changed(published: Path, tmp_path: Path) -> None:
    school, _ = leaving(tmp_path)
    second, third = tmp_path / "second.json", tmp_path / "third.json"
    data("rerun", school, "--from", published, "--since", "2026-10-12", "-o", second, code=0)
    ended = run("rerun", school, "--from", second, "--since", "2026-09-21", "-o", third, code=2)
    assert "2026-10-12" in ended.output
