"""When nobody can cover an absence: another pattern, in which somebody can.

A cut that goes back from the dated stage to the pattern: on these dates, absences from these lines
are looked at. Of the patterns in which most of them are covered, one that keeps most holdings is
taken, bettered by quality, and the covers are planned again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from constraints.clash import days_at
from constraints.context import Context
from constraints.model import total
from constraints.pools import single_pools
from instances.timetable import Timetable
from scheduler.audit import Audit, audit
from scheduler.covers import EFFORT as COVERS
from scheduler.covers import cover_absences
from scheduler.exchanges import exchanged
from scheduler.improve import restricted
from scheduler.incumbent import read_out
from scheduler.progress import RESERVE_EACH, Control, Stage
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.search import Effort, Settings, Task, search
from scheduler.watch import Watched, together, uncovered
from scheduler.weekly import Pattern, improve_quality

LEAST = 2.0
"""Seconds for the covers, however late it is, and in a large school what was held back for them:
of 120 classes on a slow machine, covers for 96 dated places were not found in two."""
REPAIRS = 6
ROUNDS = 3
REPAIR = Effort(deterministic=4, share=0.3, seconds=5)
MOST = 100
"""Of more people than this who could hold a line, only some are looked at: in a school of 120
classes all 260 who may be on patrol make a model of everything, and a minute is gone."""
WORTH = 1000
"""How many holdings that stay a dated place weighs that is not open."""


@dataclass(frozen=True)
class Dated:
    """A pattern with its dated stage."""

    pattern: Pattern
    judged: Audit

    @property
    def timetable(self) -> Timetable:
        return self.judged.view.timetable

    @property
    def rank(self) -> tuple[tuple[int, ...], int]:
        """What stays open by tier, and the penalty points."""
        return self.judged.open_by_tier, self.judged.quality


def settle_dates(context: Context, pattern: Pattern, control: Control, settings: Settings) -> Dated:
    """Rooms and covers for every date; repairs the pattern where nobody can cover.

    However late it is, some seconds are taken for the covers and for a first repair: a class
    without anybody is worse.
    """
    least = max(LEAST, RESERVE_EACH * len(context.people))
    best = current = _dated(context, pattern, control.at_least(least), settings)
    if not control.stopped:
        best = current = _exchanged(context, current, control.at_least(least), settings)
    watched: Watched = {}
    for number in range(REPAIRS):
        mine = control if number or _is_large(context) else control.at_least(LEAST)
        more = together([watched, uncovered(current.judged)])
        covered = sum(best.rank[0]) <= pattern.coverage.value
        if control.stopped or mine.over or covered or more == watched:
            break
        watched = more
        repaired = _repair(context, current.pattern, watched, mine, settings)
        if repaired is None:
            break
        current = _dated(context, repaired, mine, settings)
        if current.rank < best.rank:
            best = current
    return best


def made_coverable(
    context: Context, pattern: Pattern, control: Control, settings: Settings
) -> tuple[Pattern, bool]:
    """A pattern in which absences can be covered, changed as little as that takes, and whether all
    of them can be. How good it could be is not looked at."""
    for number in range(ROUNDS):
        dated = _dated(context, pattern, control, settings, best=False)
        if not number:
            dated = _exchanged(context, dated, control, settings, best=False)
            pattern = dated.pattern
        watched = uncovered(dated.judged)
        if not watched or control.over:
            return pattern, not watched
        repaired = _repair(context, pattern, watched, control, settings, better=False)
        if repaired is None:
            break
        pattern = repaired
    return pattern, False


def _is_large(context: Context) -> bool:
    """Whether a model of all who could come takes longer to make than there may be time."""
    return len(context.people) > MOST


def _exchanged(
    context: Context, current: Dated, control: Control, settings: Settings, *, best: bool = True
) -> Dated:
    """In a large school, what comes of exchanges as long as more absences are covered so."""
    if not _is_large(context):
        return current
    for _ in range(ROUNDS):
        if not any(one.planned is not None for one in current.judged.open_sessions):
            break
        timetable = exchanged(context, current.judged)
        if timetable.holders == current.pattern.timetable.holders:
            break
        quality = audit(context, timetable).quality
        pattern = replace(current.pattern, timetable=timetable, quality=quality)
        other = _dated(context, pattern, control, settings, best=best)
        if other.rank[0] >= current.rank[0]:
            break
        current = other
        if control.over:
            break
    return current


def _dated(
    context: Context, pattern: Pattern, control: Control, settings: Settings, *, best: bool = True
) -> Dated:
    timetable = settle_once(context, pattern.timetable, control, settings, best=best)
    return Dated(pattern, audit(context, timetable))


def settle_once(
    context: Context,
    timetable: Timetable,
    control: Control,
    settings: Settings,
    effort: Effort = COVERS,
    *,
    best: bool = True,
) -> Timetable:
    """Rooms and covers for every date of a timetable that has none yet, or not for all.

    Without ``best``, any covers will do that leave the fewest open.
    """
    timetable = move_out_of_closed_rooms(context, timetable)
    for _ in range(ROUNDS):
        covered = cover_absences(context, timetable, control, settings, effort, best=best)
        timetable = covered.timetable
        placed = move_out_of_closed_rooms(context, timetable)  # who is back in care needs a room
        if placed == timetable:
            break
        timetable = placed
    return timetable


def _repair(
    context: Context,
    pattern: Pattern,
    watched: Watched,
    control: Control,
    settings: Settings,
    *,
    better: bool = True,
) -> Pattern | None:
    """The pattern in which most watched absences can be covered, changed only around those
    concerned; ``better``: and then as good as can be."""
    start = pattern.timetable
    people: set[str] = set()
    for line in watched:
        for post in context.demand.posts_of_line[line]:
            able = context.admitted(post)
            people.update(able[:: -(-len(able) // MOST)] if able else ())
    beside = _beside(context, start, set(watched), people)
    pools = single_pools(context.demand)
    model = restricted(context, pools, start, None, people, beside, watched=watched)
    open_places = total(model.open_by_tier)
    kept = [
        literal
        for pool, literals in zip(model.pools, model.holders, strict=True)
        for key, literal in literals.items()
        if start.holders.get(pool.post.line) == key
    ]
    alone, effort = replace(settings, workers=1), replace(REPAIR, light=True)
    aim = WORTH * open_places - total(kept)
    found = search(model.cp, aim, control, alone, effort, Stage.COVERS, told=False)
    if found.solution is None:
        return None
    nearest = read_out(model, found)
    model.cp.add(open_places <= int(found.solution.value(open_places)))
    judged = audit(context, nearest)
    coverage = replace(pattern.coverage, tiers=judged.open_by_tier)
    if not better:
        return replace(pattern, timetable=nearest, coverage=coverage, quality=judged.quality)
    task = Task(control, settings, REPAIR, Stage.COVERS, pattern.bound)
    improved = improve_quality(model, coverage, nearest, task)
    return replace(improved, bound=pattern.bound)


def _beside(
    context: Context, timetable: Timetable, lines: set[str], people: set[str]
) -> frozenset[str]:
    """What these people hold at the times of some lines: others may take it over from them."""
    demand = context.demand
    wanted = [post for line in lines for post in demand.posts_of_line[line]]
    return frozenset(
        post.line
        for post in demand.posts
        if timetable.holders.get(post.line) in people
        and any(
            days_at(post, moment) & days_at(other, moment)
            for other in wanted
            for moment in demand.moments
        )
    )
