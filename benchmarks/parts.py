"""The parts of a benchmark, each yielding its figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks import scaling
from benchmarks.child import ROOT, Ran, cli, inside
from benchmarks.commits import measured
from benchmarks.figures import KINDS, Figure
from benchmarks.peers.records import read_records
from benchmarks.peers.running import LIMITS, Slice, run_missing
from benchmarks.peers.table import figures as peer_figures

STAFF = 200
"""Staff of the workbook whose reading is measured; it has the 120 classes of XL."""

QUANTITIES = {
    "seconds": ("to the audited timetable", "s"),
    "first": ("first whole week", "s"),
    "coverage": ("coverage", "open sessions"),
    "coverage_bound": ("coverage, bound", "open sessions"),
    "quality": ("quality", "points"),
    "quality_bound": ("quality, bound", "points"),
    "gap": ("gap", "of quality"),
    "writing": ("writing the timetable", "s"),
    "peak": ("peak memory", "MB"),
}
"""What a solve is asked, with its name and unit."""


@dataclass
class Plan:
    """What to measure, and how often. ``runs`` collects every solve on the way."""

    folder: Path
    quick: bool = False
    seeds: int | None = None
    time_limit: float | None = None
    runs: list[dict[str, Any]] = field(default_factory=list)

    def times(self, usual: int) -> range:
        """Numbers from 1 for that many runs, or for one."""
        return range(1, 1 + (1 if self.quick else usual))


def help_page(plan: Plan) -> Iterator[Figure]:
    ran = [cli("--help") for _ in plan.times(7)]
    yield from _processes("--help", ran)
    yield Figure(f"--help: best of {len(ran)}", "s", (min(one.seconds for one in ran),))


def validate(plan: Plan) -> Iterator[Figure]:
    school = str(plan.folder / "XL.xlsx")
    cli("template", "--preset", "XL", "--seed", "1", "-o", school)
    # 1 would mean a proved deficit: an answer, too.
    ran = [cli("validate", school, accepted=(0, 1)) for _ in plan.times(3)]
    yield from _processes("validate XL", ran)


def read(plan: Plan) -> Iterator[Figure]:
    path = str(plan.folder / "read.xlsx")
    made, _ = inside("written", path=path, staff=STAFF)
    name = f"read {made['staff']} staff × {made['classes']} classes"
    done = [inside("read", path=path) for _ in plan.times(3)]
    yield from _processes(name, [ran for _, ran in done], [found["seconds"] for found, _ in done])


def solves(
    plan: Plan, preset: str, usual: int, limit: float | None = None, *, every_rule: bool = False
) -> Iterator[Figure]:
    """``usual``: the number of schools; of L the timetable is written as well."""
    if limit is not None:
        limit = plan.time_limit or (limit / 4 if plan.quick else limit)
    name = f"solve {preset}" if limit is None else f"solve {preset}, {limit:g} s"
    name += ", every rule" if every_rule else ""
    runs = []
    for seed in range(1, plan.seeds + 1) if plan.seeds else plan.times(usual):
        print(f"{name}, seed {seed} …", file=sys.stderr)
        book = str(plan.folder / f"{preset}-{seed}-timetable.xlsx") if preset == "L" else None
        options: dict[str, Any] = {"time_limit": limit, "workbook": book, "every_rule": every_rule}
        found, ran = inside("solved", preset=preset, seed=seed, **options)
        runs.append(found | {"name": f"{name}, seed {seed}", "peak": ran.peak})
    plan.runs += runs
    optimal = sum(run["status"] == "optimal" for run in runs)
    yield Figure(f"{name}: proved optimal", f"of {len(runs)}", (optimal,))
    for key, (what, unit) in QUANTITIES.items():
        values = tuple(run[key] for run in runs if run.get(key) is not None)
        if values:
            yield Figure(f"{name}: {what}", unit, values)


def reruns(plan: Plan, preset: str, number: int, cases: int) -> Iterator[Figure]:
    """Reruns after one departure, or after so many changes at once; its records are kept."""
    cases = max(2, cases // 10) if plan.quick else cases
    what = "one departure" if number == 1 else f"{number} changes"
    name = f"rerun {preset}, {what}"
    print(f"{name}, {cases} cases …", file=sys.stderr)
    folder = str(ROOT / "build" / "reruns")
    found, _ = inside("reruns", preset=preset, number=number, cases=cases, folder=folder)
    runs = found["cases"]
    yield Figure(f"{name}: to the audited timetable", "s", tuple(run["seconds"] for run in runs))
    yield Figure(f"{name}: posts that change", "posts", tuple(run["posts"] for run in runs))
    for what, key in (("cost proved minimal", "proved"), ("coverage proved", "open_proved")):
        yield Figure(f"{name}: {what}", f"of {len(runs)}", (sum(run[key] for run in runs),))
    ratios = tuple(run["anew"] / max(1, run["posts"]) for run in runs if "anew" in run)
    yield Figure(f"{name}: posts that change when solved anew", "times as many", ratios)
    for what, key in (
        ("before the date, different", "past"),
        ("nothing changed, then rerun", "nothing"),
        ("the change undone, then rerun", "undo"),
        ("the first again", "back"),
    ):
        values = tuple(run[key] for run in runs if key in run)
        if values:
            yield Figure(f"{name}: {what}", "posts" if key == "past" else "cost", values)


def explains(plan: Plan, preset: str, cases: int) -> Iterator[Figure]:
    """Schools made impossible, and how well it is said why and what to do."""
    cases = min(5, cases) if plan.quick else cases
    name = f"explain {preset}"
    runs = []
    for case in range(cases):
        print(f"{name}, case {case} of {cases} …", file=sys.stderr)
        found, _ = inside("explained", preset=preset, cases=[case])
        runs += found["cases"]
    named = sum(run["named"] for run in runs)
    yield Figure(f"{name}: the cause, or something cheaper, named", f"of {cases}", (named,))
    for what, kinds in (("ways out", KINDS[:1]), ("other sentences", KINDS[1:])):
        for word, verdict in (("confirmed", "true"), ("refuted", "false")):
            count = sum(run[f"{kind} {verdict}"] for run in runs for kind in kinds)
            yield Figure(f"{name}: {what} {word}", "", (count,))
    yield Figure(f"{name}: time", "s", tuple(run["seconds"] for run in runs))
    yield Figure(f"{name}: processor time", "s", tuple(run["processor"] for run in runs))


def edit(plan: Plan) -> Iterator[Figure]:
    """The check after a hand edit: the command on L, and the audit in memory."""
    school, timetable = (str(plan.folder / name) for name in ("L.xlsx", "L-edited.xlsx"))
    inside("edit", preset="L", school=school, timetable=timetable)
    ran = [cli("check", school, timetable, accepted=(0, 1)) for _ in plan.times(5)]
    times = tuple(one.processor for one in ran if one.processor is not None)
    yield Figure("check L, one cell edited: processor time", "s", times)
    for preset in ("M", "L", "XL"):
        found, _ = inside("edits", preset=preset)
        kinds = {"after": "after the one before", "whole": "all rules", "musts": "musts alone"}
        for key, what in kinds.items():
            name = f"audit of one edit {preset}, {what}: processor time"
            yield Figure(name, "ms", tuple(found[key]))


def events(plan: Plan, preset: str, limit: float) -> Iterator[Figure]:
    """Eight events and two tournaments of eight classes, in the planted timetables of schools."""
    name = f"events {preset}"
    print(f"{name} …", file=sys.stderr)
    found = [inside("yearly", preset=preset, seed=seed, limit=limit)[0] for seed in plan.times(3)]
    yield Figure(f"{name}: placed, staffed, fixtures", "s", tuple(f["seconds"] for f in found))
    yield Figure(f"{name}: the same, processor time", "s", tuple(f["cpu"] for f in found))
    gaps = tuple((f["displaced"] - f["bound"]) / max(1, f["displaced"]) for f in found)
    yield Figure(f"{name}: displacement, gap", "of displacement", gaps)
    for key, what in (("unplaced", "events not placed"), ("fixtures_unplaced", "matches not")):
        yield Figure(f"{name}: {what}", "", tuple(f[key] for f in found))
    yield Figure(f"{name}: posts of events open", "posts", tuple(f["open_posts"] for f in found))
    yield Figure(f"{name}: open because of events", "posts", tuple(f["more_open"] for f in found))


def peers(plan: Plan) -> Iterator[Figure]:
    """The program and three other ways on the same schools; what is recorded is not run again."""
    path = plan.folder / "peers.csv" if plan.quick else ROOT / "benchmarks" / "peers.csv"
    limits = {name: seconds / 4 if plan.quick else seconds for name, seconds in LIMITS.items()}
    presets = list(LIMITS)[:2] if plan.quick else list(LIMITS)
    seeds = range(1, plan.seeds + 1) if plan.seeds else plan.times(5)
    setting = _setting()
    records = list(run_missing(path, Slice(presets=presets, seeds=seeds, limits=limits), setting))
    yield from peer_figures(records, read_records(path))


def grown(plan: Plan) -> Iterator[Figure]:
    """Schools of 6 to 240 classes; what is recorded is not measured again."""
    path = plan.folder / "scaling.csv" if plan.quick else scaling.RECORDS
    sizes = scaling.CLASSES[:3] if plan.quick else scaling.CLASSES
    seeds = range(1, plan.seeds + 1) if plan.seeds else plan.times(3)
    setting = _setting()
    scaling.run_missing(path, sizes, seeds, setting)
    rows = [row for row in scaling.read(path) if row["commit"] == setting["commit"]]
    yield from scaling.figures(rows)


def _setting() -> dict[str, Any]:
    """Version, commit of the program, and cores."""
    machine, _ = inside("machine")
    return {**machine, "commit": measured() or machine["version"]}


def _processes(name: str, ran: Sequence[Ran], seconds: Sequence[float] = ()) -> Iterator[Figure]:
    """Time and memory of whole processes, or of what took these ``seconds`` in them."""
    yield Figure(f"{name}: time", "s", tuple(seconds or (one.seconds for one in ran)))
    peaks = tuple(one.peak for one in ran if one.peak is not None)
    if peaks:
        yield Figure(f"{name}: peak memory", "MB", peaks)


def _both(plan: Plan, preset: str, cases: int) -> Iterator[Figure]:
    yield from reruns(plan, preset, 1, cases)
    yield from reruns(plan, preset, 10, cases)


PARTS: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "help": help_page,
    "validate": validate,
    "read": read,
    "edit": edit,
    "S": lambda plan: solves(plan, "S", 5),
    "M": lambda plan: solves(plan, "M", 3, limit=60),
    "M-rules": lambda plan: solves(plan, "M", 3, limit=60, every_rule=True),
    "L": lambda plan: solves(plan, "L", 1, limit=30),
    "events": lambda plan: events(plan, "M", 30),
    "peers": peers,
    "scaling": grown,
    "explain": lambda plan: chain(
        explains(plan, "S", 30), explains(plan, "M", 30), explains(plan, "L", 5)
    ),
    "rerun-S": lambda plan: _both(plan, "S", 50),
    "rerun-M": lambda plan: _both(plan, "M", 50),
    "rerun-L": lambda plan: _both(plan, "L", 20),
    "rerun-XL": lambda plan: _both(plan, "XL", 20),
}
