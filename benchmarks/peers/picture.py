"""The picture of the comparison: quality over time, for each size of school."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from benchmarks.peers.methods import METHODS
from benchmarks.peers.records import Record, at, grouped
from benchmarks.pictures import Line, Mark, Panel, chart

MOMENTS = (10.0, 60.0, 120.0)
TITLES = {
    "S": "S: 6 classes",
    "M": "M: 36 classes",
    "L": "L: 60 classes",
    "XL": "XL: 120 classes",
}


def draw(records: Sequence[Record]) -> str:
    """A panel for each size that is recorded; only timetables without open posts count."""
    presets = [preset for preset in TITLES if any(one.preset == preset for one in records)]
    panels = [
        _panel(preset, [one for one in records if one.preset == preset]) for preset in presets
    ]
    return chart(
        "Quality of the timetable over time",
        "penalty points, median of the schools, lower is better; an empty mark: not yet for all"
        " schools",
        panels,
    )


def moments(limit: float) -> tuple[float, ...]:
    """When quality is looked at in a run of so many seconds: its end among them."""
    return (*(moment for moment in MOMENTS if moment < limit), limit)


def _panel(preset: str, records: Sequence[Record]) -> Panel:
    times = moments(max(one.limit for one in records))
    lines = []
    for style, (method, known) in enumerate(METHODS.items()):
        schools = [runs for (_, name, _), runs in grouped(records) if name == method]
        marks = []
        for place, moment in enumerate(times):
            values = [value for runs in schools if (value := _quality(runs, moment)) is not None]
            if values:
                whole = len(values) == len(schools)
                marks.append(Mark(place, max(1, median(values)), whole))
        if marks:
            lines.append(Line(known.title, tuple(marks), style))
    if bounds := _bounds(records):
        ends = tuple(Mark(place, max(1, median(bounds))) for place in (0, len(times) - 1))
        lines.append(Line("best proven bound", ends, dashed=True))
    ticks = tuple((float(place), f"{moment:g} s") for place, moment in enumerate(times))
    return Panel(TITLES[preset], tuple(lines), ticks)


def _quality(runs: Sequence[Record], moment: float) -> int | None:
    """The best quality without an open post after so many seconds, or at the end of a run that
    had no more."""
    found = []
    for run in runs:
        point = at(run, math.inf if moment >= run.limit else moment)
        if point is not None and not point.open:
            found.append(point.quality)
    return min(found, default=None)


def _bounds(records: Sequence[Record]) -> list[int]:
    """The best bound of each school, where any is above zero."""
    found: dict[str, int] = {}
    for one in records:
        if one.gap is not None and one.bound is not None:
            found[one.school] = max(found.get(one.school, 0), one.bound)
    return [bound for bound in found.values() if bound]
