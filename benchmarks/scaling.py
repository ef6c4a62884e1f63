"""How time and memory grow with the school: from 6 classes to 240.

Example: python -m benchmarks.scaling --classes 6,12,24 --seeds 1-3
         python -m benchmarks.scaling --summary --picture

Each school is appended to benchmarks/scaling.csv as soon as it is done, and is not run again at
the same commit of the program, so that a long measurement may be made in slices.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.child import ROOT, inside
from benchmarks.commits import measured
from benchmarks.explaining import span
from benchmarks.figures import Figure, Setting, markdown, number, record
from benchmarks.peers.records import append
from benchmarks.pictures import Line, Mark, Panel, chart

CLASSES = (6, 12, 24, 36, 60, 90, 120, 180, 240)
FIRST = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
"""Time limits that are tried until one suffices for a timetable without an open post."""
HALVINGS = 2
"""How often the span between too short and long enough is then halved (by ratio)."""
BOUND = 900.0
"""Seconds that the bound may take."""
MEASURES = {
    "first": ("first valid timetable", "s"),
    "building": ("building the pooled model", "s"),
    "bounding": ("the bound of quality", "s"),
    "peak": ("peak memory", "MB"),
}
COLUMNS = (
    *("date", "version", "commit", "cores", "classes", "seed", "staff", "posts"),
    *("first", "limit", "quality", "building", "variables", "constraints"),
    *("bounding", "bound", "peak"),
)
RECORDS = ROOT / "benchmarks" / "scaling.csv"
HISTORY = ROOT / "benchmarks" / "history.csv"
PICTURE = ROOT / "docs" / "pictures" / "scaling.svg"


def first_valid(classes: int, seed: int, limit: float) -> dict[str, Any]:
    """Solve a school within a time limit: the audited timetable's seconds and values."""
    from instances.generate import generate_sized
    from scheduler.progress import Control
    from scheduler.search import Settings
    from scheduler.solve import solve

    result = solve(generate_sized(classes, seed)[0], Control(limit), Settings()).result
    quality = result.level("quality")
    whole = not result.hard_findings and not result.uncovered_sessions
    return {"whole": whole, "seconds": result.seconds, "quality": quality and quality.value}


def pooled(classes: int, seed: int, limit: float | None) -> dict[str, Any]:
    """Build the pooled model with every rule, and prove the bound of a school fully staffed.

    Seconds are of the processor.
    """
    from constraints.context import Context
    from constraints.model import Model
    from constraints.pools import merged_pools
    from instances.generate import generate_sized
    from scheduler.guide import bound_of_quality
    from scheduler.progress import Control

    school = generate_sized(classes, seed)[0]
    began = time.process_time()
    context = Context(school)
    pools = merged_pools(context)
    model = Model(context, pools)
    model.post_rules()
    built = time.process_time()
    # it takes a part of the time left, however much that is
    bound = bound_of_quality(context, pools, 0, Control(limit))
    return {
        "staff": len(school.staff),
        "posts": len(context.demand.posts),
        "building": round(built - began, 3),
        "variables": len(model.cp.proto.variables),
        "constraints": len(model.cp.proto.constraints),
        "bounding": round(time.process_time() - built, 3),
        "bound": bound,
    }


def exponent(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The power law nearest to some points by least squares of logarithms: factor and exponent.

    >>> factor, power = exponent([(1, 3), (10, 300), (100, 30000)])
    >>> round(factor, 6), round(power, 6)
    (3.0, 2.0)
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle = [sum(values) / len(logs) for values in zip(*logs, strict=True)]
    spread = sum((x - middle[0]) ** 2 for x, _ in logs)
    slope = sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / spread
    return math.exp(middle[1] - slope * middle[0]), slope


def series(rows: Iterable[dict[str, str]], key: str) -> list[tuple[float, float]]:
    """Medians of a measure by number of classes."""
    values: dict[int, list[float]] = {}
    for row in rows:
        if row[key] and float(row[key]) > 0:
            values.setdefault(int(row["classes"]), []).append(float(row[key]))
    return [(classes, median(some)) for classes, some in sorted(values.items())]


def summary(rows: Sequence[dict[str, str]]) -> str:
    """A line for each size, and the exponents."""
    keys = ("staff", "posts", "variables", *MEASURES, "bound", "quality")
    heads = ("classes", "schools", "staff", "posts", "variables")
    names = (f"{what}, {unit}" for what, unit in MEASURES.values())
    by_key = {key: dict(series(rows, key)) for key in keys}
    lines = []
    for classes in sorted({int(row["classes"]) for row in rows}):
        some = (by_key[key].get(classes) for key in keys)
        told = ["–" if value is None else number(value) for value in some]
        schools = sum(int(row["classes"]) == classes for row in rows)
        lines.append((str(classes), str(schools), *told))
    fits = (_fit(series(rows, key)) for key in MEASURES)
    lines.append(("exponent", "", "", "", "", *fits, "", ""))
    return markdown((*heads, *names, "bound, points", "quality at that time"), lines)


def _fit(points: Sequence[tuple[float, float]]) -> str:
    return f"{exponent(points)[1]:.2f}" if len(points) > 1 else "–"


def draw(rows: Sequence[dict[str, str]]) -> str:
    """A panel for each measure on logarithmic axes, with the power law nearest to it."""
    panels = []
    for key, (what, unit) in MEASURES.items():
        points = series(rows, key)
        if not points:
            continue
        lines = [Line("measured", tuple(Mark(x, y) for x, y in points))]
        notes = []
        if len(points) > 1:
            factor, power = exponent(points)
            ends = (points[0][0], points[-1][0])
            fit = tuple(Mark(x, factor * x**power) for x in ends)
            lines.append(
                Line("nearest power of the number of classes", fit, dashed=True, labelled=False)
            )
            notes.append(f"grows with the power {power:.2f}")
        ticks = tuple((float(x), f"{x:g}") for x, _ in points)
        panels.append(
            Panel(
                f"{what[0].upper()}{what[1:]} ({unit})",
                tuple(lines),
                ticks,
                "classes",
                True,
                (*notes,),
            )
        )
    return chart(
        "How time and memory grow with the school",
        "median of the schools of each size; both axes logarithmic",
        panels,
    )


def figures(rows: Sequence[dict[str, str]]) -> Iterator[Figure]:
    """What the history keeps: every exponent, and the values of the largest school."""
    for key, (what, unit) in MEASURES.items():
        points = series(rows, key)
        if points:
            largest, value = points[-1]
            yield Figure(f"scaling, {largest:g} classes: {what}", unit, (value,))
        if len(points) > 1:
            span_of = f"{points[0][0]:g}–{points[-1][0]:g} classes"
            yield Figure(f"scaling, {span_of}: {what}", "exponent", (exponent(points)[1],))


def run_missing(
    path: Path, sizes: Iterable[int], seeds: Iterable[int], setting: dict[str, Any]
) -> None:
    """Measure and record what ``path`` does not have."""
    done = {(row["commit"], int(row["classes"]), int(row["seed"])) for row in read(path)}
    for classes in sizes:
        for seed in seeds:
            if (setting["commit"], classes, seed) not in done:
                row = setting | _measured(classes, seed)
                append(path, row, COLUMNS)
                print(" ".join(f"{k}={v}" for k, v in row.items()), file=sys.stderr, flush=True)


def _measured(classes: int, seed: int) -> dict[str, Any]:
    """The pooled model and its bound in one process, solves of the school in others."""
    row: dict[str, Any] = {"date": dt.date.today().isoformat(), "classes": classes, "seed": seed}
    found, ran = inside("pooled", classes=classes, seed=seed, limit=BOUND)
    peaks = [ran.peak or 0.0]

    def tried(limit: float) -> dict[str, Any] | None:
        solved, ran = inside("first_valid", classes=classes, seed=seed, limit=limit)
        peaks.append(ran.peak or 0.0)
        return solved if solved["whole"] else None

    row |= soonest(tried)
    return row | found | {"peak": round(max(peaks), 1) or None}


def soonest(tried: Callable[[float], dict[str, Any] | None]) -> dict[str, Any]:
    """The shortest time limit with which a whole timetable comes of it, and that timetable.

    Limits double until one suffices; then the span below it is halved a few times.
    """
    low = FIRST[0] / 2
    for limit in FIRST:
        best = tried(limit)
        if best is not None:
            break
        low = limit
    else:
        return dict.fromkeys(("first", "limit", "quality"))
    high = limit
    for _ in range(HALVINGS):
        middle = math.sqrt(low * high)
        found = tried(middle)
        if found is None:
            low = middle
        else:
            best, high = found, middle
    return {"first": best["seconds"], "limit": round(high, 3), "quality": best["quality"]}


def read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scaling", description=str(__doc__).split("\n")[0]
    )
    add = parser.add_argument
    add("--classes", default=",".join(map(str, CLASSES)), help="sizes [default: %(default)s]")
    add("--seeds", type=span, default=range(1, 4), metavar="A-B", help="schools [default: 1-3]")
    add("--summary", action="store_true", help="run nothing; tell what is recorded")
    add("--commit", help="sum up the records of another commit")
    add("--record", action="store_true", help="append the figures to benchmarks/history.csv")
    add("--picture", type=Path, nargs="?", const=PICTURE, help=f"draw it [{PICTURE.name}]")
    add("--into", type=Path, default=RECORDS, metavar="FILE", help="the file of the records")
    asked = parser.parse_args(arguments)
    machine, _ = inside("machine")
    commit = asked.commit or measured() or machine["version"]
    if not asked.summary:
        sizes = [int(text) for text in asked.classes.split(",")]
        run_missing(asked.into, sizes, asked.seeds, {**machine, "commit": commit})
    rows = [row for row in read(asked.into) if row["commit"] == commit]
    print(summary(rows))
    if asked.picture:
        asked.picture.parent.mkdir(parents=True, exist_ok=True)
        asked.picture.write_text(draw(rows), encoding="utf-8")
    if asked.record:
        today = dt.date.today().isoformat()
        record(HISTORY, figures(rows), Setting(today, machine["version"], commit, machine["cores"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
