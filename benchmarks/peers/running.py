"""Running what is not recorded yet, one process at a time."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.child import inside
from benchmarks.peers.methods import METHODS
from benchmarks.peers.records import Case, Record, append, first_of, read_records

LIMITS = {"S": 30.0, "M": 60.0, "L": 120.0, "XL": 120.0}
"""Seconds that a method has on a school of each size."""
PATIENCE = 4.0, 300.0
"""A process is killed after so many times its limit and so many seconds more."""
SHORTEST, LONGEST = 1.0, 0.25
"""Shorter runs begin with so many seconds and double, up to this part of the limit."""


@dataclass(frozen=True)
class Slice:
    """Which runs are wanted; ``limits`` by size of school."""

    methods: Sequence[str] = tuple(METHODS)
    presets: Sequence[str] = tuple(LIMITS)
    seeds: Sequence[int] = range(1, 6)
    limits: dict[str, float] = field(default_factory=lambda: dict(LIMITS))


def run_missing(path: Path, wanted: Slice, setting: dict[str, Any]) -> Iterator[Record]:
    """Run and record what ``path`` does not have; all records of the slice, old and new.

    ``setting``: version, commit and cores. What ends in any other way than with an audited
    timetable is recorded as failed, with what it said last.
    """
    known = {record.case: record for record in read_records(path)}
    for preset in wanted.presets:
        for seed in wanted.seeds:
            for method in wanted.methods:
                limit = wanted.limits[preset]
                yield _one(path, known, setting, (setting["commit"], preset, seed, method, limit))
                if METHODS[method].stepwise:
                    cases = ((setting["commit"], preset, seed, method, n) for n in shorter(limit))
                    yield from _until_whole(path, known, setting, cases)


def shorter(limit: float) -> Iterator[float]:
    """The limits with which it is found how soon a first timetable is there."""
    seconds = SHORTEST
    while seconds <= LONGEST * limit:
        yield seconds
        seconds *= 2


def _until_whole(
    path: Path, known: dict[Case, Record], setting: dict[str, Any], cases: Iterable[Case]
) -> Iterator[Record]:
    for case in cases:
        record = _one(path, known, setting, case)
        yield record
        if first_of(record) is not None:
            return


def _one(path: Path, known: dict[Case, Record], setting: dict[str, Any], case: Case) -> Record:
    if case not in known:
        row = setting | _measured(case)
        append(path, row)
        told = {key: "" if value is None else str(value) for key, value in row.items()}
        known[case] = Record.of(told)
        print(" ".join(f"{k}={v}" for k, v in told.items() if v and k != "trace"), file=sys.stderr)
    return known[case]


def _measured(case: Case) -> dict[str, Any]:
    _, preset, seed, method, limit = case
    row: dict[str, Any] = dict.fromkeys(
        ("school", "seconds", "coverage", "coverage_bound", "quality", "bound", "first")
    )
    row |= {"date": dt.date.today().isoformat(), "preset": preset, "seed": seed}
    row |= {"method": method, "limit": limit, "peak": None, "took": None}
    row |= {"failed": None, "trace": None}
    patience = PATIENCE[0] * limit + PATIENCE[1]
    try:
        found, ran = inside(
            "peer", patience=patience, method=method, preset=preset, seed=seed, limit=limit
        )
    except RuntimeError as error:
        return row | {"failed": str(error).strip().splitlines()[-1][:200]}
    peak = None if ran.peak is None else round(ran.peak, 1)
    return row | found | {"peak": peak, "took": round(ran.seconds, 1)}
