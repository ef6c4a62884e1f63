"""The command template: an empty workbook, and a filled one that is a good school."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import data, located, run


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "教师"), ("en", "Staff")])
def test_the_empty_workbook_is_in_the_language_asked_for(
    lang: str, sheet: str, tmp_path: Path
) -> None:
    path = tmp_path / "school.xlsx"
    found = data("template", "-o", path, "--lang", lang, code=0)
    assert (found["path"], found["preset"], found["seed"]) == (str(path), "empty", None)
    book = load_workbook(path)
    assert sheet in book.sheetnames
    assert book[sheet].data_validations.dataValidation


def test_the_empty_workbook_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    run("template", "-o", path, code=0)
    found = data("validate", path, code=2)
    assert located(found["errors"])
    assert {"学期", "班级", "教师", "活动"} <= {one["sheet"] for one in found["errors"]}


@pytest.mark.parametrize("name", ["school.xlsx", "school.json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filled_school_is_good(name: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / name
    run("template", "--preset", "S", "--lang", lang, "-o", path, code=0)
    found = data("validate", path, code=0)
    assert (found["errors"], found["deficits"]) == ([], [])


def test_the_same_seed_is_the_same_school(tmp_path: Path) -> None:
    one, same, other = (tmp_path / f"{name}.json" for name in "abc")
    for path, seed in ((one, 3), (same, 3), (other, 4)):
        found = data("template", "--preset", "S", "--seed", seed, "-o", path, code=0)
        assert found["seed"] == seed
    assert one.read_bytes() == same.read_bytes()
    assert one.read_bytes() != other.read_bytes()


def test_an_existing_file_is_refused_or_kept_as_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    path.write_bytes(b"mine")
    assert located(data("template", "-o", path, code=2)["errors"])
    assert path.read_bytes() == b"mine"
    found = data("template", "-o", path, "--overwrite", code=0)
    assert Path(found["backup"]).read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["school.json", "school.xls", "missing/school.xlsx"])
def test_what_cannot_be_written_is_refused(name: str, tmp_path: Path) -> None:
    assert located(data("template", "-o", tmp_path / name, code=2)["errors"])
    assert list(tmp_path.iterdir()) == []


def test_no_output_is_a_usage_error() -> None:
    assert "--output" in run("template", code=2).stderr
