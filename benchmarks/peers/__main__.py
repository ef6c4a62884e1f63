"""Compare the program with a single CP-SAT model, HiGHS, and a local search, on the same schools.

Example: python -m benchmarks.peers --only engine,greedy --presets L --seeds 1-2
         python -m benchmarks.peers --summary              what is recorded, as a table
         python -m benchmarks.peers --summary --record     also into benchmarks/history.csv

Each run is appended to benchmarks/peers.csv as soon as it ends, and is not run again at the same
commit of the program, so that a long comparison may be made in slices.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from benchmarks.child import ROOT, inside
from benchmarks.commits import measured
from benchmarks.explaining import span
from benchmarks.figures import Setting, record
from benchmarks.peers.methods import ENGINE, METHODS
from benchmarks.peers.picture import draw
from benchmarks.peers.records import Record, read_records
from benchmarks.peers.running import LIMITS, Slice, run_missing
from benchmarks.peers.table import figures, summary

RECORDS = ROOT / "benchmarks" / "peers.csv"
HISTORY = ROOT / "benchmarks" / "history.csv"
PICTURE = ROOT / "docs" / "pictures" / "peers.svg"


def some_of(names: str, known: list[str]) -> list[str]:
    """A list of names separated by commas, all of them known."""
    found = names.split(",")
    if unknown := [name for name in found if name not in known]:
        raise argparse.ArgumentTypeError(f"no {unknown}. Maybe: {','.join(known)}")
    return found


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=str(__doc__).split("\n")[0]
    )
    add = made.add_argument
    sizes = list(LIMITS)
    add("--only", type=lambda t: some_of(t, list(METHODS)), default=list(METHODS), metavar="NAMES")
    add("--presets", type=lambda t: some_of(t, sizes), default=sizes, metavar="SIZES")
    add("--seeds", type=span, default=range(1, 6), metavar="A-B", help="schools [default: 1-5]")
    add("--limit", type=float, help="seconds for each run [default: S 30, M 60, L and XL 120]")
    add("--summary", action="store_true", help="run nothing; tell what is recorded")
    add("--commit", help="sum up the records of another commit")
    add("--beside", metavar="COMMITS", help="fill what is not run here with peers of other commits")
    add("--record", action="store_true", help="append the figures to benchmarks/history.csv")
    add("--picture", type=Path, nargs="?", const=PICTURE, help=f"draw it [{PICTURE.name}]")
    add("--into", type=Path, default=RECORDS, metavar="FILE", help="the file of the records")
    return made


def missing(records: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """What peers reached on the same schools, of others, where the records have nothing.

    The program itself is never taken from another commit.
    """
    have = {(one.preset, one.seed, one.method) for one in records}
    return [
        one
        for one in others
        if one.method != ENGINE and (one.preset, one.seed, one.method) not in have
    ]


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    machine, _ = inside("machine")
    commit = asked.commit or measured() or machine["version"]
    if not asked.summary:
        limits = dict.fromkeys(LIMITS, asked.limit) if asked.limit else dict(LIMITS)
        wanted = Slice(asked.only, asked.presets, asked.seeds, limits)
        setting = {**machine, "commit": commit}
        for _ in run_missing(asked.into, wanted, setting):
            pass  # each is told as it ends
    known = read_records(asked.into)
    records = [one for one in known if one.commit == commit]
    for other in (asked.beside or "").split(","):
        records += missing(records, [one for one in known if one.commit == other])
    print(summary(records, known))
    if asked.picture:
        asked.picture.parent.mkdir(parents=True, exist_ok=True)
        asked.picture.write_text(draw(records), encoding="utf-8")
    if asked.record:
        today = dt.date.today().isoformat()
        setting_of = Setting(today, machine["version"], commit, machine["cores"])
        record(HISTORY, figures(records, known), setting_of)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
