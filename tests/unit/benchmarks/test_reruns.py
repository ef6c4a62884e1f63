"""Reruns of villages after random changes: what always holds, and records that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.changes import KINDS, changed, middle
from benchmarks.reruns import as_table, reruns
from instances.generate import Preset, generate


def record(case: int, **given: Any) -> dict[str, Any]:
    return {"case": case, "posts": 1, "proved": True} | given


def test_what_is_recorded_is_not_run_again(tmp_path: Path) -> None:
    lines = [json.dumps(record(case)) for case in (1, 0)]
    (tmp_path / "S-1.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert reruns("S", 1, 2, str(tmp_path)) == [record(0), record(1)]
    assert not (tmp_path / "S.json").exists()


@pytest.mark.parametrize("case", range(6))
def test_random_changes_are_of_the_same_school_and_repeat(case: int) -> None:
    school = generate(Preset.S, 1)
    once, again = changed(school, case, 10), changed(school, case, 10)
    assert once == again
    assert once != school
    assert once.term == school.term
    assert len(KINDS) == 6
    assert school.term.start < middle(school) < school.term.end


def test_each_case_is_a_row_in_the_order_of_the_cases(tmp_path: Path) -> None:
    lines = [{"case": 10, "cost": 3, "proved": True}, {"case": 2, "cost": 9, "proved": False}]
    records = tmp_path / "S-1.jsonl"
    records.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert as_table(tmp_path, tmp_path / "table.csv") == 2
    head, first, second = (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("size,changes,case,posts,people,cost,bound,proved")
    assert first.startswith("S,1,2,,,9,,False")
    assert second.startswith("S,1,10,,,3,,True")
