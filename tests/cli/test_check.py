"""The command check: a timetable as it was written, and after somebody typed into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.running import REPEATABLE, TINY, VILLAGE, cell_of, data, edited, located, run

SHEET, MONDAY = "场次", "2026-09-07"


def _session(book: Path, wanted: dict[str, Any]) -> tuple[str, str]:
    """The staff cell of the first session on that Monday with these values."""

    def fits(row: dict[str, Any]) -> bool:
        return f"{row['日期']:%Y-%m-%d}" == MONDAY and wanted.items() <= row.items()

    return SHEET, cell_of(book, SHEET, "人员", fits)


def test_an_untouched_timetable_is_clean(village: Path) -> None:
    found = data("check", VILLAGE, village, code=0)
    assert (found["hard"], found["edits"], found["same_input"]) == ([], [], True)
    assert (found["uncovered"], found["uncovered_sessions"]) == (0, 0)
    for finding in found["soft"]:
        assert set(finding) >= {"rule", "amount", "message", "where"}
    assert "必须遵守的规则全部满足" in run("check", VILLAGE, village, code=0).stdout


def test_the_audit_agrees_with_the_solve(village: Path) -> None:
    solved = json.loads(village.with_name("result.json").read_text(encoding="utf-8"))
    found = data("check", VILLAGE, village, code=0)
    assert found["points"] == solved["soft"]
    assert found["quality"] == solved["levels"][-1]["value"]


def test_somebody_without_the_skill_breaks_a_rule_that_is_named(
    village: Path, tmp_path: Path
) -> None:
    place = _session(village, {"活动": "值班领导"})
    book = edited(village, tmp_path / "t.xlsx", {place: "吴强"})
    found = data("check", VILLAGE, book, code=1)
    assert "skill-missing" in {finding["rule"] for finding in found["hard"]}
    assert any("吴强" in finding["message"] for finding in found["hard"])
    assert [(edit["cell"], edit["new"]) for edit in found["edits"]] == [(place[1], "吴强")]


def test_somebody_in_two_places_breaks_a_rule_that_is_named(village: Path, tmp_path: Path) -> None:
    one = _session(village, {"时段": "作业辅导", "班级": "一年级"})
    two = _session(village, {"时段": "作业辅导", "班级": "二年级"})
    holder = str(load_workbook(village)[one[0]][one[1]].value)
    book = edited(village, tmp_path / "t.xlsx", {two: holder})
    found = data("check", VILLAGE, book, code=1)
    assert "teacher-overlap" in {finding["rule"] for finding in found["hard"]}
    english = run("check", VILLAGE, book, "--lang", "en", code=1).stdout
    assert "teacher-overlap" in english
    assert holder in english


def test_an_emptied_cell_is_an_open_post_and_no_breach(village: Path, tmp_path: Path) -> None:
    place = _session(village, {"活动": "放学护送"})
    book = edited(village, tmp_path / "t.xlsx", {place: None})
    found = data("check", VILLAGE, book, code=0)
    assert found["uncovered_sessions"] == 1


def test_a_name_that_nobody_has_is_located(village: Path, tmp_path: Path) -> None:
    place = _session(village, {"班级": "一年级"})
    book = edited(village, tmp_path / "t.xlsx", {place: "陈小方"})
    found = data("check", VILLAGE, book, code=2)
    assert [(one["sheet"], one["cell"], one["value"]) for one in found["errors"]] == [
        (*place, "陈小方")
    ]
    assert located(found["errors"])
    assert "陈小芳" in found["errors"][0]["remedy"]


def test_all_bad_cells_are_found_at_once(village: Path, tmp_path: Path) -> None:
    one = _session(village, {"时段": "作业辅导", "班级": "一年级"})
    two = _session(village, {"时段": "作业辅导", "班级": "二年级"})
    book = edited(village, tmp_path / "t.xlsx", {one: "某某", two: "谁谁"})
    found = data("check", VILLAGE, book, code=2)
    assert {one["cell"] for one in found["errors"]} == {one[1], two[1]}


def test_an_edit_of_a_copy_is_a_located_error(village: Path, tmp_path: Path) -> None:
    sheet = load_workbook(village)["班级课表"]
    cell = next(c for row in sheet.iter_rows(min_row=5, min_col=3) for c in row if c.value)
    book = edited(village, tmp_path / "t.xlsx", {("班级课表", str(cell.coordinate)): "吴强"})
    found = data("check", VILLAGE, book, code=2)
    assert [(one["sheet"], one["cell"]) for one in found["errors"]] == [
        ("班级课表", cell.coordinate)
    ]


def test_sorting_is_no_edit(solved: Path, tmp_path: Path) -> None:
    book = load_workbook(solved)
    sheet = book[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(tmp_path / "t.xlsx")
    found = data("check", TINY, tmp_path / "t.xlsx", code=0)
    assert (found["hard"], found["edits"]) == ([], [])


def test_a_changed_school_judges_anew(solved: Path, tmp_path: Path) -> None:
    school = edited(TINY, tmp_path / "school.xlsx", {("意愿", "C2"): "不行"})
    found = data("check", school, solved, code=1)
    assert not found["same_input"]
    assert {finding["rule"] for finding in found["hard"]} == {"consent-missing"}


def test_somebody_who_left_is_a_finding(solved: Path, tmp_path: Path) -> None:
    made, school = tmp_path / "t.json", tmp_path / "school.json"
    run("solve", TINY, "-o", made, *REPEATABLE, code=0)
    instance = json.loads(made.read_text(encoding="utf-8"))["instance"]
    text = json.dumps(instance, ensure_ascii=False).replace("韦德华", "韦德花")
    school.write_text(text, encoding="utf-8")
    found = data("check", school, solved, code=1)
    assert any("韦德华" in finding["message"] for finding in found["hard"])


@pytest.mark.parametrize("swapped", [False, True])
def test_the_wrong_kind_of_workbook_is_said_so(solved: Path, swapped: bool) -> None:
    files = (solved, TINY) if swapped else (TINY, TINY)
    assert located(data("check", *files, code=2)["errors"])


def test_missing_files_are_both_named(tmp_path: Path) -> None:
    found = data("check", tmp_path / "a.xlsx", tmp_path / "b.xlsx", code=2)
    assert located(found["errors"])
    assert len(found["errors"]) == 2


def test_the_shared_copy_is_no_timetable_to_check(tmp_path: Path) -> None:
    output, share = tmp_path / "t.json", tmp_path / "s.xlsx"
    run("solve", TINY, "-o", output, "--share", share, *REPEATABLE, code=0)
    assert located(data("check", TINY, share, code=2)["errors"])
