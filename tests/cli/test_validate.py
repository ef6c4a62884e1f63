"""The command validate: all problems at once, located; and what can never be staffed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import SAMPLES, TINY, VILLAGE, Cells, data, edited, located, run

BAD: Cells = {
    ("学期", "B3"): "someday",
    ("班级", "C3"): "twenty",
    ("班级", "E4"): "王二麻",
    ("教师", "E6"): "也许",
    ("教师", "F7"): -2,
    ("意愿", "D5"): "随便",
    ("活动", "P8"): "大操场",
}
NOBODY: Cells = {("意愿", f"C{row}"): "不行" for row in range(2, 15)}
"""The village's Mondays in the first segment: a No of each of its thirteen people."""


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_samples_are_good(sample: Path) -> None:
    found = data("validate", sample, code=0)
    assert (found["errors"], found["warnings"]) == ([], [])


def test_good_in_words() -> None:
    assert "没有发现问题" in run("validate", TINY, code=0).stdout
    assert "No problems were found" in run("validate", TINY, "--lang", "en", code=0).stdout


def test_all_problems_are_found_at_once(tmp_path: Path) -> None:
    school = edited(VILLAGE, tmp_path / "school.xlsx", BAD)
    found = data("validate", school, code=2)
    assert located(found["errors"])
    assert {(one["sheet"], one["cell"]) for one in found["errors"]} == set(BAD)
    values = {(one["sheet"], one["cell"]): one["value"] for one in found["errors"]}
    assert values == {place: str(value) for place, value in BAD.items()}


def test_problems_in_words_name_sheet_cell_and_value(tmp_path: Path) -> None:
    school = edited(VILLAGE, tmp_path / "school.xlsx", BAD)
    for lang in ("zh", "en"):
        text = run("validate", school, "--lang", lang, code=2).stdout
        assert all(cell in text and str(value) in text for (_, cell), value in BAD.items())


def test_a_typo_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    school = edited(VILLAGE, tmp_path / "school.xlsx", {("意愿", "A5"): "陈小方"})
    found = data("validate", school, code=2)
    (problem,) = (one for one in found["errors"] if one["cell"] == "A5")
    assert "陈小芳" in problem["remedy"]


@pytest.mark.parametrize("name", ["gone.xlsx", "gone.json", "old.xls", "wps.et", "folder", "x.txt"])
def test_what_is_no_school_is_said_so(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif not name.startswith("gone"):
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100)
    found = data("validate", path, code=2)
    assert len(found["errors"]) == 1
    assert located(found["errors"])


def test_bad_json_is_located(tmp_path: Path) -> None:
    school = tmp_path / "school.json"
    school.write_text(json.dumps({"schema_version": 1, "clases": []}), encoding="utf-8")
    assert located(data("validate", school, code=2)["errors"])
    school.write_text("{", encoding="utf-8")
    assert located(data("validate", school, code=2)["errors"])


def test_a_proved_deficit_ends_with_one(tmp_path: Path) -> None:
    school = edited(VILLAGE, tmp_path / "school.xlsx", NOBODY)
    found = data("validate", school, code=1)
    assert found["errors"] == []
    assert located(found["warnings"])
    assert found["deficits"]
    for deficit in found["deficits"]:
        assert set(deficit) >= {"what", "needed", "available", "where"}
        assert deficit["available"] < deficit["needed"]
    text = run("validate", school, code=1).stdout
    assert "已证明的缺口" in text


def test_errors_weigh_more_than_deficits(tmp_path: Path) -> None:
    school = edited(VILLAGE, tmp_path / "school.xlsx", {**NOBODY, ("班级", "C3"): "twenty"})
    assert "C3" in run("validate", school, code=2).stdout
    assert [one["cell"] for one in data("validate", school, code=2)["errors"]] == ["C3"]


def test_annotating_writes_a_coloured_copy(tmp_path: Path) -> None:
    school, copy = tmp_path / "school.xlsx", tmp_path / "problems.xlsx"
    edited(VILLAGE, school, BAD)
    before = school.read_bytes()
    data("validate", school, "--annotate", copy, code=2)
    assert school.read_bytes() == before
    plain, marked = load_workbook(school), load_workbook(copy)
    for sheet, cell in BAD:
        there = marked[sheet][cell]
        assert there.fill.fgColor.rgb != plain[sheet][cell].fill.fgColor.rgb
        assert there.value == plain[sheet][cell].value
        assert there.comment is not None


def test_annotating_never_touches_an_existing_file_unasked(tmp_path: Path) -> None:
    school, copy = tmp_path / "school.xlsx", tmp_path / "problems.xlsx"
    edited(VILLAGE, school, BAD)
    before = school.read_bytes()
    for extra in ((), ("--overwrite",)):
        run("validate", school, "--annotate", school, *extra, code=2)
        assert school.read_bytes() == before
    copy.write_bytes(b"mine")
    run("validate", school, "--annotate", copy, code=2)
    assert copy.read_bytes() == b"mine"
    run("validate", school, "--annotate", copy, "--overwrite", code=2)
    (backup,) = set(tmp_path.iterdir()) - {school, copy}
    assert backup.read_bytes() == b"mine"
    load_workbook(copy)
