"""The tables and the history of the benchmarks; nothing is timed here."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import pytest

from benchmarks.__main__ import parts
from benchmarks.figures import COLUMNS, Figure, Setting, figures_table, number, record, runs_table
from benchmarks.inside import with_staff
from instances.generate import Preset, generate

HELP = Figure("--help: time", "s", (0.31, 0.124, 0.2))
SETTING = Setting("2026-09-14", "1.2.3", "abc1234", 4)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.1239, "0.124"), (3.456, "3.46"), (57.06, "57.1"), (100, "100"), (12345, "12345")],
)
def test_numbers_have_no_more_digits_than_they_deserve(value: float, text: str) -> None:
    assert number(value) == text


def test_table_of_figures() -> None:
    assert figures_table([HELP]).splitlines() == [
        "| figure | median | lowest | highest | runs |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| --help: time | 0.2 s | 0.124 | 0.31 | 3 |",
    ]


def test_table_of_runs_says_what_is_not_known() -> None:
    known = {"name": "solve S, seed 1", "status": "feasible", "seconds": 4.2, "first": None}
    levels = {"coverage": 2, "coverage_bound": 1, "quality": 310, "quality_bound": 300}
    row = runs_table([known | levels | {"gap": None, "peak": 250.4}]).splitlines()[-1]
    assert row == "| solve S, seed 1 | feasible | 4.2 | – | 2 / 1 | 310 / 300 | – | 250 |"


def test_history_grows_by_one_row_for_each_figure(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    record(history, [HELP], SETTING)
    record(history, [HELP, Figure("solve S: quality", "points", (310, 320))], SETTING)
    with history.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    first = ["2026-09-14", "1.2.3", "abc1234", "--help: time", "0.2", "s", "4"]
    # The median of 310 and 320 is 315.
    quality = [*first[:3], "solve S: quality", "315", "points", "4"]
    assert rows == [list(COLUMNS), first, first, quality]


def test_unknown_parts_are_refused() -> None:
    assert parts("S,help") == ["S", "help"]
    with pytest.raises(argparse.ArgumentTypeError, match="XXL"):
        parts("S,XXL")


def test_a_school_with_fewer_staff_names_nobody_else() -> None:
    school = with_staff(generate(Preset.S, 1), 8)
    kept = set(school.staff_by_key)
    assert len(kept) == 8
    assert {one.home_teacher for one in school.classes} <= kept
    assert all(kept.issuperset(activity.staff) for activity in school.activities)
