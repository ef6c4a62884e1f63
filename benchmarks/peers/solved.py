"""The program itself in its stages, and one CP-SAT model with every rule (``direct``)."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.outcome import NotValid, Outcome, Point, audited, improving
from constraints.context import Context
from constraints.model import SCARCE
from constraints.pools import single_pools
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.progress import Control, Progress, Stage
from scheduler.repair import settle_dates
from scheduler.scope import is_small
from scheduler.search import Settings
from scheduler.solve import DIRECT, solve
from scheduler.weekly import find_pattern

AFTER = (Stage.COVERS, Stage.EVENTS, Stage.AUDIT)
"""Stages that begin when the weekly pattern is settled."""


def solved(instance: Instance, limit: float | None, settings: Settings) -> Outcome:
    """Solve a school and follow its progress."""
    told: list[Progress] = []
    published = solve(instance, Control(limit, told.append), settings)
    result = published.result
    coverage, quality = result.level("coverage"), result.level("quality")
    assert coverage is not None
    assert quality is not None
    if result.hard_findings or result.status == "infeasible":
        raise NotValid(f"{result.status}, {result.hard_findings} hard findings")
    end = Point(result.seconds, coverage.value, quality.value)
    bounds = coverage.bound, quality.bound
    whole = is_small(Context(instance))
    return _outcome(published.timetable, told, end, bounds, whole=whole)


def direct(instance: Instance, limit: float | None, settings: Settings) -> Outcome:
    """One CP-SAT model with every rule and every post by itself, then the dates as in ``solve``.

    ``solve`` has this as a method, too; there absences are covered date by date in the model
    whatever the size of the school, and that of 36 classes is not built in minutes.
    """
    told: list[Progress] = []
    control, context = Control(limit, told.append), Context(instance)
    control.hold_back(len(context.people))
    pools, most = single_pools(context.demand), dated_limit(context)
    pattern = find_pattern(context, pools, control, settings, DIRECT, most)
    control.release()
    if pattern is None:
        raise NotValid("no pattern was found in time")
    dated = settle_dates(context, pattern, control, settings)
    control.tell(Stage.AUDIT)
    found = audited(context, dated.timetable)
    end = Point(control.seconds, sum(found.open_by_tier), found.quality)
    bounds = pattern.coverage.bound, max(0, pattern.bound)
    return _outcome(dated.timetable, told, end, bounds, whole=True)


def dated_limit(context: Context) -> int:
    """Absences from which posts a full model looks at date by date: from all in a small school,
    else where few could come, as the program does."""
    return len(context.people) if is_small(context) else SCARCE


def _outcome(
    timetable: Timetable,
    told: Sequence[Progress],
    end: Point,
    bounds: tuple[int, int],
    *,
    whole: bool,
) -> Outcome:
    proved = end.open <= bounds[0]
    return Outcome(
        timetable=timetable,
        trace=followed(told, end, whole=whole),
        open_bound=bounds[0],
        bound=bounds[1] if proved else None,
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
