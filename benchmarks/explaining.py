"""How well broken schools are explained: the cause found, every sentence true, in what time.

Example: python -m benchmarks.explaining S M --cases 0-29
         python -m benchmarks.explaining M --cases 10-14     a slice of it

Each case is appended to benchmarks/explained.csv as soon as it is done, and is not run again at
the same commit, so that a long run may be made in slices; at the end what is known is summed up.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.broken import broken
from benchmarks.figures import KINDS, markdown, number
from benchmarks.recheck import rechecked
from scheduler.explain.explain import explain
from scheduler.progress import Control
from scheduler.search import Settings

COLUMNS = (
    *("commit", "preset", "case", "cause", "planted", "answer", "cheapest", "named", "fixes"),
    *(f"{kind} {verdict}" for kind in KINDS for verdict in ("true", "false", "unknown")),
    *("seconds", "processor"),
)
HEADS = (
    *("size", "cases", "cause or cheaper named", "ways out confirmed", "refuted"),
    *("other sentences confirmed", "refuted", "not decided", "median s", "most s"),
)


def explained(preset: str, cases: Sequence[int], *, recheck: bool = True) -> dict[str, Any]:
    """Explain some broken schools; every sentence is checked once more, by other means."""
    return {"cases": [explained_case(preset, case, recheck=recheck) for case in cases]}


def explained_case(preset: str, case: int, *, recheck: bool = True) -> dict[str, Any]:
    made = broken(preset, case)
    control, began = Control(), time.process_time()
    found = explain(made.school, control, Settings(seed=0))
    seconds, processor = control.seconds, time.process_time() - began
    whole = [fix for fix in found.fixes if fix.verified and not fix.left]
    again = rechecked(found) if recheck else {}
    return {
        "preset": preset,
        "case": case,
        "cause": made.cause,
        "planted": made.cost,
        "answer": found.answer.value,
        "cheapest": whole[0].cost if whole else None,
        "named": int(bool(whole) and whole[0].cost <= made.cost),
        "fixes": sum(fix.verified for fix in found.fixes),
        **{
            f"{kind} {verdict}": counts[verdict]
            for kind, counts in again.items()
            for verdict in ("true", "false", "unknown")
        },
        "seconds": round(seconds, 2),
        "processor": round(processor, 2),
    }


def summary(rows: Sequence[dict[str, Any]]) -> str:
    """A line for each size."""
    lines = []
    for preset in dict.fromkeys(row["preset"] for row in rows):
        some = [row for row in rows if row["preset"] == preset]

        def count(*keys: str, some: Sequence[dict[str, Any]] = some) -> int:
            return sum(int(row[key] or 0) for row in some for key in keys)

        rest = {v: [f"{k} {v}" for k in KINDS[1:]] for v in ("true", "false", "unknown")}
        seconds = [float(row["seconds"]) for row in some]
        stated = f"{count('ways true')} of {count('fixes')}"
        other = [str(count(*rest[verdict])) for verdict in ("true", "false")]
        unknown = str(count("ways unknown", *rest["unknown"]))
        times = (number(median(seconds)), number(max(seconds)))
        named, refuted = f"{count('named')} of {len(some)}", str(count("ways false"))
        lines.append((preset, str(len(some)), named, stated, refuted, *other, unknown, *times))
    return markdown(HEADS, lines)


def span(text: str) -> range:
    """A slice of cases, as in ``0-29`` or ``7``."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _known(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _run(path: Path, presets: Sequence[str], cases: range, commit: str) -> Iterator[dict[str, Any]]:
    """Run the cases that are not known at this commit, each noted at once."""
    done = {(row["commit"], row["preset"], int(row["case"])) for row in _known(path)}
    for preset in presets:
        for case in (n for n in cases if (commit, preset, n) not in done):
            row = {"commit": commit, **explained_case(preset, case)}
            new = not path.exists()
            with path.open("a", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                if new:
                    writer.writeheader()
                writer.writerow(row)
            yield row


def main(arguments: list[str] | None = None) -> int:
    from benchmarks.__main__ import commit  # it knows this module

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.explaining", description=str(__doc__).split("\n")[0]
    )
    add = parser.add_argument
    add("presets", nargs="+", choices=("S", "M", "L", "XL"))
    add("--cases", type=span, default=range(30), metavar="A-B", help="a slice [default: 0-29]")
    add("--into", type=Path, default=Path(__file__).with_name("explained.csv"))
    asked = parser.parse_args(arguments)
    here = commit()
    for row in _run(asked.into, asked.presets, asked.cases, here):
        told = (f"{key}={value}" for key, value in row.items() if value not in (0, None))
        print(" ".join(told), file=sys.stderr, flush=True)
    print(summary([row for row in _known(asked.into) if row["commit"] == here]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
