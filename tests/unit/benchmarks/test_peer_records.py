"""Records of the comparison: kept run by run, summed up in tables and a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks.child import Ran
from benchmarks.peers import running
from benchmarks.peers.__main__ import main, missing, parser
from benchmarks.peers.outcome import Point
from benchmarks.peers.picture import draw, moments
from benchmarks.peers.records import (
    COLUMNS,
    Record,
    append,
    at,
    best_known,
    first_of,
    read_records,
    within,
)
from benchmarks.peers.running import Slice, run_missing, shorter
from benchmarks.peers.table import figures, summary

SETTING = {"version": "1.0", "commit": "abc", "cores": 2}


def row(method: str, seed: int, trace: str, **more: Any) -> dict[str, Any]:
    """A record whose last value is that of its trace."""
    last = Point.read(trace.rsplit(maxsplit=1)[-1]) if trace else None
    values = dict.fromkeys(COLUMNS) | SETTING
    values |= {"date": "2026-09-14", "preset": "M", "seed": seed, "method": method}
    values |= {"limit": 60.0, "school": f"school {seed}", "trace": trace}
    if last is not None:
        values |= {"seconds": last.seconds, "coverage": last.open, "quality": last.quality}
    return values | more


def records(tmp_path: Path, *rows: dict[str, Any]) -> list[Record]:
    path = tmp_path / "some.csv"
    path.unlink(missing_ok=True)
    for one in rows:
        append(path, one)
    return read_records(path)


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    more = {"coverage_bound": 0, "bound": 80, "first": 2.5, "peak": 300.1, "took": 61.5}
    (one,) = records(tmp_path, row("engine", 1, "3.00:0:120 60.00:0:100", **more))
    assert one.case == ("abc", "M", 1, "engine", 60.0)
    assert one.trace == (Point(3.0, 0, 120), Point(60.0, 0, 100))
    assert (one.quality, one.bound, one.first, one.peak, one.failed) == (100, 80, 2.5, 300.1, "")
    assert one.gap == pytest.approx(0.2)  # (100 - 80) / 100


def test_peers_of_another_commit_fill_what_this_one_has_not(tmp_path: Path) -> None:
    """Of the other commit: not the program, nor what has been run here; so only greedy, 2."""
    here = records(tmp_path, row("engine", 1, "3.00:0:9"), row("greedy", 1, "3.00:0:30"))
    others = [
        row(method, seed, "3.00:0:50", commit="old")
        for method, seed in (("engine", 2), ("greedy", 1), ("greedy", 2))
    ]
    found = missing(here, records(tmp_path, *others))
    assert [(one.method, one.seed, one.commit) for one in found] == [("greedy", 2, "old")]


def test_a_gap_needs_proved_coverage(tmp_path: Path) -> None:
    (one,) = records(tmp_path, row("engine", 1, "9.00:2:100", coverage_bound=1, bound=80))
    assert one.gap is None


def test_times_to_values(tmp_path: Path) -> None:
    other, one = records(
        tmp_path,
        row("greedy", 1, "1.00:4:90 5.00:0:300 50.00:0:101"),
        row("engine", 1, "3.00:0:120 20.00:0:101 60.00:0:100"),
    )
    best = best_known([other, one])["school 1"]
    assert best == Point(60.0, 0, 100)
    # 1 % above 100 is 101, 0.3 % is 100.3
    assert (within(one, best, 0.01), within(one, best, 0.003)) == (20.0, 60.0)
    # four open posts are no timetable with as good a coverage, however few its points
    assert (within(other, best, 0.01), within(other, best, 0.003)) == (50.0, None)
    assert (first_of(other), first_of(one)) == (5.0, 3.0)
    assert at(other, 4.9) == Point(1.0, 4, 90)
    assert at(other, 0.5) is None


def test_table_tells_medians_and_of_how_many(tmp_path: Path) -> None:
    found = records(
        tmp_path,
        row("engine", 1, "4.00:0:100", coverage_bound=0, bound=90, peak=300, took=62),
        row("engine", 2, "8.00:0:300", coverage_bound=0, bound=150, peak=400, took=62),
        row("engine", 1, "1.00:0:150", coverage_bound=0, bound=90, limit=1.0),
        row("greedy", 1, "5.00:0:202"),
        row("greedy", 2, "", failed="killed"),
    )
    lines = summary(found, found).splitlines()
    # quality (100 + 300) / 2, bounds (90 + 150) / 2; gaps 10 % and 50 %: 30 %; first: 1 s in
    # the short run and 8 s; the best known are its own ends, after 4 and 8 s
    assert lines[2] == (
        "| M | Afterschool | 60 | 2 | 0 | 200 | 120 | 30.0% | 4.5 | 6 | 6 | 62 | 350 |"
    )
    assert lines[3] == (
        "| M | greedy + local search | 60 | 2 | 0 (1 of 2) | 202 (1 of 2) | – | – | 5 (1 of 2)"
        " | – | – | – | – |"
    )
    kept = {one.name: one.value for one in figures(found, found)}
    assert kept["peers M, 60 s, engine: quality"] == 200
    assert kept["peers M, 60 s, greedy: quality"] == 202


def test_shorter_limits_double_up_to_a_quarter() -> None:
    assert [*shorter(30)] == [1, 2, 4]
    assert [*shorter(120)] == [1, 2, 4, 8, 16]


def test_what_is_recorded_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, float]] = []

    def inside(_what: str, *, method: str, limit: float, **_: Any) -> tuple[dict[str, Any], Ran]:
        asked.append((method, limit))
        if method == "highs":
            raise RuntimeError("ended with -9:\nno memory")
        unfilled = 3 if limit == 1 else 0
        found = {"school": "s", "seconds": limit, "coverage": unfilled, "quality": 7}
        return found | {"trace": f"{limit}:{unfilled}:7"}, Ran(limit + 1, 100.0, "")

    monkeypatch.setattr(running, "inside", inside)
    path = tmp_path / "peers.csv"
    wanted = Slice(("engine", "highs"), ("S",), (1,), {"S": 30.0})
    for _ in range(2):
        found = list(run_missing(path, wanted, SETTING))
        # with one second some posts were open, with two none: 4 s need not be tried
        assert [(one.method, one.limit) for one in found] == asked
    assert asked == [("engine", 30.0), ("engine", 1.0), ("engine", 2.0), ("highs", 30.0)]
    assert [one.failed for one in found] == ["", "", "", "no memory"]
    # another slice adds to it
    list(run_missing(path, Slice(("direct",), ("S",), (1,), {"S": 30.0}), SETTING))
    assert len(read_records(path)) == 5


def test_picture_has_a_line_for_each_method(tmp_path: Path) -> None:
    found = records(
        tmp_path,
        row("engine", 1, "4.00:0:100", coverage_bound=0, bound=50),
        row("engine", 2, "30.00:0:300", coverage_bound=0, bound=150),
        row("greedy", 1, "5.00:3:900"),
    )
    root = ET.fromstring(draw(found))
    name = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in root.iter(f"{name}text")]
    assert {"M: 36 classes", "Afterschool", "10 s", "60 s", "best proven bound"} <= {*texts}
    # three open posts are no point of a line
    assert "greedy + local search" not in texts
    # one of two schools has its timetable after 10 s: an empty mark; both after 60 s. One more
    # mark is in the legend.
    fills = [circle.get("fill") for circle in root.iter(f"{name}circle")]
    assert sorted(map(str, fills)) == ["#0b6e4f", "#0b6e4f", "white"]


def test_moments_of_the_picture() -> None:
    assert moments(30) == (10, 30)
    assert moments(120) == (10, 60, 120)


def test_summary_of_what_is_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records(tmp_path, row("engine", 1, "4.00:0:100"))
    path, picture = tmp_path / "some.csv", tmp_path / "a" / "picture.svg"
    told = ["--summary", "--commit", "abc", "--into", str(path), "--picture", str(picture)]
    assert main(told) == 0
    assert "| M | Afterschool | 60 | 1 | 0 | 100 |" in capsys.readouterr().out
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_unknown_methods_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--only", "engine,magic"])
    assert "magic" in capsys.readouterr().err
