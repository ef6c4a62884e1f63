"""What runs in the fresh process: one measurement, told as one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.editing import edits_checked, one_cell_edited
from benchmarks.every_rule import with_every_rule
from benchmarks.explaining import explained
from benchmarks.reruns import reruns
from benchmarks.yearly import yearly
from constraints.catalogue import rulebook
from instances.generate import Preset, generate
from instances.school import Instance
from scheduler.progress import Control, Progress, Stage
from scheduler.search import Settings, available_cores
from scheduler.solve import solve
from scheduler.version import program_version

LATER = (Stage.IMPROVE, Stage.COVERS, Stage.AUDIT)
"""Stages that begin with a whole week: every post that can be filled has its holder."""


def machine() -> dict[str, Any]:
    return {"version": program_version(), "cores": available_cores()}


def solved(
    preset: str,
    seed: int,
    time_limit: float | None,
    workbook: str | None = None,
    *,
    every_rule: bool = False,
) -> dict[str, Any]:
    """Solve a generated school; on request write its timetable, timed alone.

    ``every_rule``: with the whole catalogue switched on.
    """
    instance = generate(Preset(preset), seed)
    if every_rule:
        instance = with_every_rule(instance)
    first: list[float] = []

    def listen(now: Progress) -> None:
        dealt = now.stage is Stage.ASSIGN and now.best is not None
        if not first and (dealt or now.stage in LATER):
            first.append(round(now.seconds, 2))

    published = solve(instance, Control(time_limit, listen), Settings())
    result = published.result
    if result.hard_findings:
        raise RuntimeError(f"{preset}, seed {seed}: the timetable did not pass its audit")
    found: dict[str, Any] = {"status": result.status, "seconds": result.seconds, "gap": result.gap}
    for name in ("coverage", "quality"):
        level = result.level(name)
        assert level is not None
        found |= {name: level.value, f"{name}_bound": level.bound}
    found["first"] = first[0] if first and result.status != "unknown" else None
    if workbook is not None:
        from scheduler.workbook.write import write_timetable

        started = time.perf_counter()
        write_timetable(published, Path(workbook), instance.lang)
        found["writing"] = time.perf_counter() - started
    return found


def written(path: str, staff: int) -> dict[str, Any]:
    """Write the workbook of an XL school left with so many staff."""
    from instances.workbook.writer import write_workbook

    school = with_staff(generate(Preset.XL, 1), staff)
    write_workbook(school, Path(path), school.lang, rulebook())
    return {"staff": len(school.staff), "classes": len(school.classes)}


def read(path: str) -> dict[str, Any]:
    """Read a workbook, with the libraries that this needs already loaded."""
    import instances.workbook.reader  # noqa: F401
    from instances.reading import read_instance

    rules = rulebook()
    started = time.perf_counter()
    reading = read_instance(Path(path), rules)
    seconds = time.perf_counter() - started
    if reading.instance is None:
        raise RuntimeError(f"{len(reading.errors)} errors in {path}")
    return {"seconds": seconds}


def with_staff(school: Instance, count: int) -> Instance:
    """The school with the first ``count`` of its staff, home teachers before the others."""
    homes = {one.home_teacher for one in school.classes}
    ranked = sorted(school.staff, key=lambda person: person.key not in homes)
    staff = tuple(ranked[:count])
    kept = {person.key for person in staff}
    activities = tuple(
        activity.model_copy(update={"staff": tuple(k for k in activity.staff if k in kept)})
        for activity in school.activities
    )
    pins = tuple(pin for pin in school.pins if pin.staff is None or pin.staff in kept)
    return school.model_copy(update={"staff": staff, "activities": activities, "pins": pins})


def peer_run(method: str, preset: str, seed: int, limit: float) -> dict[str, Any]:
    """One method on one school; its libraries are loaded by no other measurement."""
    from benchmarks.peers.methods import peer

    return peer(method, preset, seed, limit)


def first_valid(classes: int, seed: int, limit: float) -> dict[str, Any]:
    from benchmarks import scaling

    return scaling.first_valid(classes, seed, limit)


def pooled(classes: int, seed: int, limit: float) -> dict[str, Any]:
    from benchmarks import scaling

    return scaling.pooled(classes, seed, limit)


def rerun_cases(preset: str, number: int, cases: int, folder: str) -> dict[str, Any]:
    """The records of reruns; what is recorded already is not run again."""
    return {"cases": reruns(preset, number, cases, folder)}


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {
    "machine": machine,
    "solved": solved,
    "written": written,
    "read": read,
    "explained": explained,
    "edit": one_cell_edited,
    "edits": edits_checked,
    "reruns": rerun_cases,
    "yearly": yearly,
    "peer": peer_run,
    "first_valid": first_valid,
    "pooled": pooled,
}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](**json.loads(sys.argv[2]))))
