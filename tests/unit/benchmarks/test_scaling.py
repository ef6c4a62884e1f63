"""Exponents of growth, and the records they come from; nothing is timed here."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks import scaling
from benchmarks.scaling import COLUMNS, draw, exponent, figures, pooled, soonest, summary


def row(classes: int, seed: int, **values: float) -> dict[str, str]:
    known = {"commit": "abc", "classes": classes, "seed": seed} | values
    return {key: str(known.get(key, "")) for key in COLUMNS}


def test_exponent_of_a_power_law() -> None:
    # 3 * 10^2 = 300, 3 * 100^2 = 30000
    factor, power = exponent([(1, 3), (10, 300), (100, 30000)])
    assert factor == pytest.approx(3)
    assert power == pytest.approx(2)


def test_exponent_is_that_of_least_squares() -> None:
    # logarithms to base 2: (0, 0), (1, 2), (2, 1); means 1 and 1; sum of products of deviations
    # (-1)(-1) + 0 * 1 + 1 * 0 = 1, of squares 1 + 0 + 1 = 2: slope 1 / 2; at 0: 1 - 1 / 2
    factor, power = exponent([(1, 1), (2, 4), (4, 2)])
    assert factor == pytest.approx(math.sqrt(2))
    assert power == pytest.approx(0.5)


def test_soonest_doubles_and_then_halves() -> None:
    asked: list[float] = []

    def tried(limit: float) -> dict[str, Any] | None:
        asked.append(limit)
        return {"seconds": limit - 0.1, "quality": 9} if limit >= 6 else None

    found = soonest(tried)
    # too short are 1, 2, 4; 8 suffices; between, 4 * sqrt(2) = 5.66 does not; then
    # sqrt(5.66 * 8) = 6.73 does
    assert asked == [1, 2, 4, 8, pytest.approx(5.657, abs=1e-3), pytest.approx(6.727, abs=1e-3)]
    assert found == {"first": pytest.approx(6.627, abs=1e-3), "limit": 6.727, "quality": 9}


def test_a_school_without_any_timetable_in_time_has_no_figure() -> None:
    assert soonest(lambda _: None) == {"first": None, "limit": None, "quality": None}


def rows() -> list[dict[str, str]]:
    # medians 2 and 4 s from 6 to 24 classes: log 2 / log 4 = 0.5; building 1 and 16 s: power 2
    return [
        row(6, 1, first=1, building=1, staff=13, posts=95, bound=50, quality=60),
        row(6, 2, first=3, building=1, staff=13, posts=95, bound=70, quality=80),
        row(24, 1, first=4, building=16, staff=59, posts=300, bound=60, quality=90),
    ]


def test_table_and_figures() -> None:
    lines = summary(rows()).splitlines()
    assert lines[2] == "| 6 | 2 | 13 | 95 | – | 2 | 1 | – | – | 60 | 70 |"
    assert lines[4] == "| exponent |  |  |  |  | 0.50 | 2.00 | – | – |  |  |"
    kept = {one.name: one.value for one in figures(rows())}
    assert kept["scaling, 24 classes: building the pooled model"] == 16
    assert kept["scaling, 6–24 classes: building the pooled model"] == pytest.approx(2)


def test_picture_tells_the_exponents() -> None:
    root = ET.fromstring(draw(rows()))
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"grows with the power 0.50", "grows with the power 2.00", "classes", "24"} <= texts


def test_what_is_recorded_is_not_measured_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def measured(classes: int, seed: int) -> dict[str, Any]:
        asked.append((classes, seed))
        return {"classes": classes, "seed": seed, "first": 1.0}

    monkeypatch.setattr(scaling, "_measured", measured)
    path = tmp_path / "scaling.csv"
    for seeds in (range(1, 2), range(1, 3)):
        scaling.run_missing(path, (6, 12), seeds, {"commit": "abc"})
    assert asked == [(6, 1), (12, 1), (6, 2), (12, 2)]


def test_the_pooled_model_and_its_bound() -> None:
    found = pooled(6, 1, None)
    assert (found["staff"], found["posts"]) == (13, 95)
    assert found["variables"] > 0
    # the planted optimum of the school is 52
    assert 0 < found["bound"] <= 52
