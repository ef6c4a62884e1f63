"""Measure the figures of the README on this machine.

Example: python -m benchmarks --only S,help
         python -m benchmarks --record        also appends to benchmarks/history.csv
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.child import ROOT, inside
from benchmarks.figures import Figure, Setting, figures_table, record, runs_table
from benchmarks.parts import PARTS, Plan

HISTORY = ROOT / "benchmarks" / "history.csv"


def parts(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {unknown}. Maybe: {','.join(PARTS)}")
    return names


def commit() -> str:
    """The short hash of what is measured, marked where files differ; empty without git."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=str(__doc__).split("\n")[0]
    )
    add = parser.add_argument
    add("--only", type=parts, default=list(PARTS), help=f"some of {','.join(PARTS)}")
    add("--seeds", type=int, help="solve schools 1 to SEEDS [default: 5 of S, 3 of M, 1 of L]")
    add("--time-limit", type=float, help="seconds for M and L [default: M 60, L 30]")
    either = parser.add_mutually_exclusive_group().add_argument
    either(
        "--quick", action="store_true", help="one school each, a quarter of the time, fewer runs"
    )
    either("--record", action="store_true", help="append the figures to benchmarks/history.csv")
    asked = parser.parse_args(arguments)
    machine, _ = inside("machine")
    setting = Setting(dt.date.today().isoformat(), machine["version"], commit(), machine["cores"])
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(Path(folder), asked.quick, asked.seeds, asked.time_limit)
        for name in asked.only:
            print(f"{name} …", file=sys.stderr)
            figures += PARTS[name](plan)
    print(f"{setting.version} {setting.commit}, {setting.cores} cores, {setting.date}\n")
    print(figures_table(figures), *([runs_table(plan.runs)] if plan.runs else []), sep="\n\n")
    if asked.record:
        record(HISTORY, figures, setting)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
