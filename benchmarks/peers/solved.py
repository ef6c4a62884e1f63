"""The program itself: in stages, or as one CP-SAT model with every rule (``direct``)."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.outcome import NotValid, Outcome, Point, improving
from constraints.context import Context
from instances.school import Instance
from scheduler.progress import Control, Progress, Stage
from scheduler.scope import is_small
from scheduler.search import Settings
from scheduler.solve import Method, solve

AFTER = (Stage.COVERS, Stage.EVENTS, Stage.AUDIT)
"""Stages that begin when the weekly pattern is settled."""


def solved(
    instance: Instance, limit: float | None, settings: Settings, method: Method = "staged"
) -> Outcome:
    """Solve a school and follow its progress."""
    told: list[Progress] = []
    published = solve(instance, Control(limit, told.append), settings, method)
    result = published.result
    coverage, quality = result.level("coverage"), result.level("quality")
    assert coverage is not None
    assert quality is not None
    if result.hard_findings or result.status == "infeasible":
        raise NotValid(f"{result.status}, {result.hard_findings} hard findings")
    whole = method == "direct" or is_small(Context(instance))
    end = Point(result.seconds, coverage.value, quality.value)
    return Outcome(
        timetable=published.timetable,
        trace=followed(told, end, whole=whole),
        open_bound=coverage.bound,
        bound=quality.bound if coverage.proved else None,
        first=first_whole(told, end, whole=whole),
    )


def followed(told: Sequence[Progress], end: Point, *, whole: bool) -> tuple[Point, ...]:
    """The values of complete weekly patterns on the way, and the audited end.

    ``whole``: the model in which quality is sought is the full one from the start; otherwise
    values before the stage of improvement leave open who takes which class, and do not count.
    Where the covers of dates made the end dearer than the last pattern, so were those before.
    """
    values = [one for one in told if one.best is not None and _counts(one, whole=whole)]
    dearer = max(0, end.quality - values[-1].best) if values and values[-1].best else 0
    points = [Point(one.seconds, end.open, (one.best or 0) + dearer) for one in values]
    before = [point for point in improving(points) if point.rank > end.rank]
    return (*before, end)


def first_whole(told: Sequence[Progress], end: Point, *, whole: bool) -> float | None:
    """Seconds to the first complete pattern without an open post, plus what followed at the end:
    the covers of dated absences and the audit."""
    if end.open:
        return None
    after = next((one.seconds for one in told if one.stage in AFTER), end.seconds)
    for one in told:
        covered = whole and one.stage is Stage.COVERAGE and one.best == 0
        if one.best is not None and (covered or _counts(one, whole=whole)):
            return one.seconds + end.seconds - after
    return end.seconds


def _counts(one: Progress, *, whole: bool) -> bool:
    return one.stage is Stage.IMPROVE or (whole and one.stage is Stage.QUALITY)
