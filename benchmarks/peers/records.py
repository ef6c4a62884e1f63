"""The records of runs: one row each, added to a file as soon as the run ends."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.outcome import Point

COLUMNS = (
    *("date", "version", "commit", "cores", "preset", "seed", "method", "limit", "school"),
    *("seconds", "coverage", "coverage_bound", "quality", "bound", "first", "peak", "took"),
    "failed",
    "trace",
)
Case = tuple[str, str, int, str, float]
"""Commit, preset, seed, method and time limit: what is run once."""


@dataclass(frozen=True)
class Record:
    """A run; ``took``: seconds of its whole process; ``failed`` says why it has no figures."""

    commit: str
    preset: str
    seed: int
    method: str
    limit: float
    school: str
    seconds: float | None
    coverage: int | None
    coverage_bound: int | None
    quality: int | None
    bound: int | None
    first: float | None
    peak: float | None
    took: float | None
    failed: str
    trace: tuple[Point, ...]

    @property
    def case(self) -> Case:
        return self.commit, self.preset, self.seed, self.method, self.limit

    @property
    def gap(self) -> float | None:
        """Of quality, where coverage is proved."""
        if self.bound is None or self.quality is None or self.coverage != self.coverage_bound:
            return None
        return (self.quality - self.bound) / max(1, self.quality)

    @classmethod
    def of(cls, row: dict[str, str]) -> Record:
        return cls(
            **{key: row[key] for key in ("commit", "preset", "method", "school", "failed")},
            seed=int(row["seed"]),
            limit=float(row["limit"]),
            seconds=_number(row["seconds"]),
            coverage=_whole(row["coverage"]),
            coverage_bound=_whole(row["coverage_bound"]),
            quality=_whole(row["quality"]),
            bound=_whole(row["bound"]),
            first=_number(row["first"]),
            peak=_number(row["peak"]),
            took=_number(row["took"]),
            trace=tuple(map(Point.read, row["trace"].split())),
        )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of records; none if there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_records(path: Path) -> list[Record]:
    return [Record.of(row) for row in read_rows(path)]


def append(path: Path, row: dict[str, Any], columns: Sequence[str] = COLUMNS) -> None:
    """Add a row; a new file begins with its columns."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


def best_known(records: Iterable[Record]) -> dict[str, Point]:
    """For each school the best that any method ever reached on it."""
    best: dict[str, Point] = {}
    for record in records:
        for point in record.trace[-1:]:
            known = best.get(record.school)
            if known is None or point.rank < known.rank:
                best[record.school] = point
    return best


def within(record: Record, best: Point, part: float) -> float | None:
    """Seconds to a quality at most ``part`` above the best, with coverage as good."""
    most = best.quality * (1 + part)
    return next(
        (p.seconds for p in record.trace if p.open <= best.open and p.quality <= most), None
    )


def first_of(record: Record) -> float | None:
    """Seconds to the first timetable without an open post that passes the audit."""
    told = (point.seconds for point in record.trace if not point.open)
    known = [one for one in (record.first, next(told, None)) if one is not None]
    return min(known, default=None)


def at(record: Record, seconds: float) -> Point | None:
    """The best of a run after so many seconds."""
    before = [point for point in record.trace if point.seconds <= seconds]
    return min(before, key=lambda point: point.rank, default=None)


def grouped(records: Iterable[Record]) -> Iterator[tuple[tuple[str, str, int], list[Record]]]:
    """The runs of a method on a school (preset, method, seed) with all their limits, shortest
    first."""
    found: dict[tuple[str, str, int], list[Record]] = {}
    for record in sorted(records, key=lambda one: one.limit):
        found.setdefault((record.preset, record.method, record.seed), []).append(record)
    yield from found.items()
