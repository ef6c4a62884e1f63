"""The command explain: three answers, JSON, cells, costs."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints.catalogue import rulebook
from constraints.examples import Tiny, wish
from instances.words import ChangeKind, Level
from instances.workbook.spec_term import TERM
from instances.workbook.writer import write_workbook
from scheduler.explain import standing
from scheduler.explain.easing import COSTS
from scheduler.search import Found
from tests.cli.running import REPEATABLE, TINY, data, run


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes, and one of two people has not agreed to Tuesday."""
    path = tmp_path_factory.mktemp("explain") / "school.xlsx"
    school = Tiny().classes("三1", "三2").care("Tue").staff("王芳", default=Level.WILLING)
    school.staff("李明", default=Level.WILLING, wishes=(wish("Tue 作业", Level.NO),))
    write_workbook(school.done()[0], path, "zh", rulebook())
    return path


def test_a_school_that_can_be_staffed_is_told_so() -> None:
    found = data("explain", TINY, *REPEATABLE, code=0)
    assert (found["feasible"], found["answer"], found["fixes"]) == (True, "yes", [])


def test_what_is_short_who_is_to_be_asked_and_in_which_cell(short: Path) -> None:
    found = data("explain", short, *REPEATABLE, code=1)
    assert (found["feasible"], found["answer"]) == (False, "no")
    (deficit,) = found["deficits"]
    assert (deficit["needed"], deficit["available"]) == (2, 1)
    fix = found["fixes"][0]
    assert (fix["cost"], fix["verified"], fix["left_open"]) == (2, True, 0)
    (change,) = fix["changes"]
    assert (change["kind"], change["people"]) == ("consent", ["李明"])
    (fact,) = found["blame"][0]["facts"]
    assert fact["where"] == change["where"]
    (cell,) = change["where"]
    assert cell["sheet"] == "意愿"
    text = run("explain", short, *REPEATABLE, code=1).stdout
    assert f"征求李明同意：周二“作业”  ［意愿 {cell['cell']}］" in text
    assert "已证明" in text


def test_a_way_that_was_not_verified_is_said_to_be_none_to_rely_on(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.explain.explain.tried", lambda *_, **__: None)
    (fix,) = data("explain", short, *REPEATABLE, code=1)["fixes"]
    assert fix["verified"] is False
    chinese = run("explain", short, *REPEATABLE, code=1).stdout
    english = run("explain", short, *REPEATABLE, "--lang", "en", code=1).stdout
    for text, none, unsure, audited in (
        (chinese, "没有找到已验证的解决办法", "未能在时间内验证，照做之后", "通过审核"),
        (english, "No way out was found and verified", "it may not suffice", "solved and audited"),
    ):
        assert text.index(none) < text.index(unsure) < text.index("李明", text.index(unsure))
        assert audited not in text


def test_costs_are_hers(short: Path) -> None:
    found = data("explain", short, *REPEATABLE, "--cost", "consent=7", code=1)
    assert 7 in [fix["cost"] for fix in found["fixes"]]
    wrong = data("explain", short, "--cost", "kindness=1,cap=x", code=2)
    assert [problem["value"] for problem in wrong["errors"]] == ["kindness=1", "cap=x"]


def test_costs_stand_in_the_workbook(short: Path, tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    book = load_workbook(short)
    (row,) = (row for row in book["学期"].iter_rows() if row[0].value == "改动的代价")
    row[1].value = "同意=9、停开社团=20"
    book.save(path)
    found = data("explain", path, *REPEATABLE, code=1)
    assert [c["kind"] for f in found["fixes"] if f["cost"] == 9 for c in f["changes"]] == [
        "consent"
    ]
    # what the command is told counts more
    told = data("explain", path, *REPEATABLE, "--cost", "consent=1", code=1)
    assert told["fixes"][0]["cost"] == 1
    row[1].value = "善意=9"
    book.save(path)
    (problem,) = data("validate", path, code=2)["errors"]
    assert (problem["sheet"], problem["cell"]) == ("学期", row[1].coordinate)


def test_the_usual_costs_are_said_in_the_workbook() -> None:
    (column,) = (column for column in TERM.columns if column.key == "costs")
    for kind in ChangeKind:
        for lang in ("zh", "en"):
            assert f"{kind.text(lang)}={COSTS[kind.value]}" in column.note.text(lang)
    assert {kind.value for kind in ChangeKind} == set(COSTS)


def test_time_that_runs_out_is_not_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    found_nothing = Found("unknown", 0, 0, None)
    monkeypatch.setattr(standing, "search", lambda *_: found_nothing)
    found = data("explain", TINY, *REPEATABLE, code=1)
    assert (found["feasible"], found["answer"], found["deficits"]) == (None, "undecided", [])
    text = run("explain", TINY, *REPEATABLE, code=1).stdout
    assert "没有定论" in text
    assert "人手最紧的时段" in text


def test_the_timetable_with_gaps_stands_beside_the_explanation(short: Path, tmp_path: Path) -> None:
    path = tmp_path / "with-gaps.xlsx"
    found = data("explain", short, "-o", path, *REPEATABLE, code=1)
    assert found["path"] == str(path)
    book = load_workbook(path)
    page = [str(row[0]) for row in book["说明"].iter_rows(values_only=True) if row[0]]
    assert any(line.startswith("排不满：已证明") for line in page)
    assert any("征求李明同意：周二“作业”" in line for line in page)
    # the reason is a note at each open post, in the grid and in Sessions
    for sheet in ("总课表", "场次"):
        notes = [
            cell.comment.text for row in book[sheet].iter_rows() for cell in row if cell.comment
        ]
        assert any("另有岗位" in note for note in notes)
    # it is a timetable like any other: check reads it, and finds no must broken
    checked = data("check", short, path, code=0)
    assert not checked["hard"]
    refused = data("explain", short, "-o", path, *REPEATABLE, code=2)
    assert "path" not in refused or refused["path"] is None
