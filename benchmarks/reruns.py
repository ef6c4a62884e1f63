"""What a rerun costs, in changes and in time, case by case: the records are kept.

Every case is one line of JSON in a file of its size and number of changes. A case that is
recorded is not run again, so a long measurement can be made in slices.

Example: python -m benchmarks.reruns M 10 --cases 50 --seconds 200 --folder build/reruns
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.changes import changed, middle
from constraints.context import Context
from instances.derivation import derive
from instances.generate import Preset, generate
from instances.timetable import expand
from scheduler.audit import audit
from scheduler.changes import changes_between, count
from scheduler.diff import all_sessions
from scheduler.progress import Control
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve

LIMITS = {"S": 20.0, "M": 40.0, "L": 60.0, "XL": 120.0}
"""Seconds for the timetable that is published first; for S only where it is solved anew."""
ANEW = 3
"""Of so many cases the changed school is also solved without looking back."""
ONE = Settings(workers=1, seed=0)
"""One worker: processor time is what a quiet computer would take, and a run repeats."""


def reruns(
    preset: str,
    number: int,
    cases: int,
    folder: str,
    seconds: float | None = None,
    anew: int = ANEW,
) -> list[dict[str, Any]]:
    """The records of the first cases, those that are missing made as far as time allows."""
    started, place = time.monotonic(), Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{preset}-{number}.jsonl"
    known = _recorded(path)
    missing = [case for case in range(cases) if case not in known]
    if missing:
        old = _published(preset, place)
        for case in missing:
            if seconds is not None and time.monotonic() - started > seconds:
                break
            known[case] = {"case": case} | _case(old, preset, case, number, anew)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(known[case]) + "\n")
    return [known[case] for case in range(cases) if case in known]


COLUMNS = (
    *("case", "posts", "people", "cost", "bound", "proved", "open", "open_proved", "broken", "cpu"),
    *("past", "nothing", "undo", "back", "anew"),
)


def as_table(folder: Path, path: Path) -> int:
    """Write all records of a folder to a CSV file, one row per case; how many there are."""
    found: list[tuple[list[str], dict[str, Any]]] = [
        (one.stem.split("-"), record)
        for one in sorted(folder.glob("*-*.jsonl"))
        for record in sorted(_recorded(one).values(), key=lambda record: int(record["case"]))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("size", "changes", *COLUMNS))
        for names, record in found:
            writer.writerow((*names, *(record.get(name, "") for name in COLUMNS)))
    return len(found)


def _recorded(path: Path) -> dict[int, dict[str, Any]]:
    if not path.exists():
        return {}
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {line["case"]: line for line in lines}


def _published(preset: str, folder: Path) -> Published:
    """The timetable that all the cases of a size start from, solved once."""
    path = folder / f"{preset}.json"
    if path.exists():
        return Published.model_validate_json(path.read_text(encoding="utf-8"))
    found = solve(generate(Preset(preset), 1), Control(LIMITS[preset]), Settings(seed=0))
    path.write_text(found.model_dump_json(), encoding="utf-8")
    return found


def _case(old: Published, preset: str, case: int, number: int, anew: int) -> dict[str, Any]:
    since = middle(old.instance)
    request = Request(changed(old.instance, case, number), old, old.timetable, since)
    started = time.process_time()
    new = rerun(request, settings=ONE)
    cpu = time.process_time() - started
    figures, level = new.result.changes, new.result.level("coverage")
    assert figures is not None, "a rerun counts its changes"
    assert level is not None
    found: dict[str, Any] = figures.model_dump() | {
        "seconds": new.result.seconds,
        "cpu": round(cpu, 2),
        "proved": figures.proved,
        "open": level.value,
        "open_proved": level.proved,
        "broken": new.result.hard_findings,
        "past": _past(old, new),
        "nothing": _cost(new, new.instance),
    }
    if number == 1:
        found["undo"] = _cost(new, old.instance)
        found["back"] = _cost(old, old.instance)
    if case < anew:
        found["anew"] = _anew(old, request, LIMITS[preset])
    return found


def _past(old: Published, new: Published) -> int:
    """How many posts differ before the date from which a timetable may change: none."""
    since = middle(old.instance)
    before, after = (
        [session for session in all_sessions(one.instance, one.timetable) if session.origin < since]
        for one in (old, new)
    )
    return len(changes_between(before, after))


def _anew(old: Published, request: Request, time_limit: float) -> int:
    """How many posts change if the changed school is solved without looking back."""
    again = solve(request.instance, Control(time_limit), Settings(seed=0))
    before = expand(derive(old.instance), old.timetable)
    after = expand(derive(again.instance), again.timetable)
    since = request.since
    return count(changes_between(before, after, since), since).posts


def _cost(old: Published, instance: Any) -> int:
    """What a rerun of a published timetable costs with an input, on the same date."""
    since = old.timetable.since or middle(old.instance)
    new = rerun(Request(instance, old, old.timetable, since), settings=ONE)
    assert new.result.changes is not None
    context = Context(new.instance, history=new.timetable.history)
    if not old.result.hard_findings:
        assert not audit(context, new.timetable).hard
    return new.result.changes.cost


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reruns", description=str(__doc__).split("\n")[0]
    )
    parser.add_argument("preset", choices=[preset.value for preset in Preset])
    parser.add_argument("number", type=int, help="changes at once; 1 is a departure")
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--seconds", type=float, help="begin no further case after so long")
    parser.add_argument("--anew", type=int, default=ANEW, help="cases also solved anew")
    parser.add_argument("--folder", default="build/reruns", help="where the records are kept")
    parser.add_argument("--table", type=Path, help="write all records of the folder to this CSV")
    asked = parser.parse_args(arguments)
    found = reruns(asked.preset, asked.number, asked.cases, asked.folder, asked.seconds, asked.anew)
    for record in found:
        print(json.dumps(record))
    if asked.table:
        as_table(Path(asked.folder), asked.table)
    proved = sum(record["proved"] for record in found)
    print(f"{len(found)} of {asked.cases} cases; cost proved minimal in {proved}")
    if broken := [record["case"] for record in found if record.get("broken")]:
        print(f"musts broken, since closed rooms leave no place: cases {broken}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
