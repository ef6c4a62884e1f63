"""When nobody can cover an absence: another weekly holder for that post.

A cut that goes back from the dated stage to the pattern: this person does not hold this
line. The pattern is then repaired around those concerned, and the covers planned again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constraints.clash import days_at
from constraints.context import Context
from constraints.pools import Pool, single_pools
from instances.timetable import Timetable
from instances.words import Status
from scheduler.audit import audit
from scheduler.covers import EFFORT as COVERS
from scheduler.covers import cover_absences
from scheduler.improve import restricted
from scheduler.progress import Control, Stage
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.search import Effort, Settings
from scheduler.weekly import Pattern, improve_quality

LEAST = 3.0
REPAIRS = 6
ROUNDS = 3
REPAIR = Effort(deterministic=4, share=0.3, seconds=5)
Cut = tuple[str, str]


@dataclass(frozen=True)
class Dated:
    """A pattern with its dated stage."""

    pattern: Pattern
    timetable: Timetable
    rank: tuple[tuple[int, ...], int]


def settle_dates(context: Context, pattern: Pattern, control: Control, settings: Settings) -> Dated:
    """Rooms and covers for every date; repairs the pattern where nobody can cover.

    However late it is, some seconds are taken for the covers: a class without anybody is worse.
    """
    best = _dated(context, pattern, control.at_least(LEAST), settings)
    cuts: set[Cut] = set()
    current = best
    for _ in range(REPAIRS):
        new = _uncoverable(context, current.timetable) - cuts
        if not new or control.over or sum(best.rank[0]) <= pattern.coverage.value:
            break
        cuts |= new
        repaired = _repair(context, current.pattern, cuts, control, settings)
        if repaired is None:
            break
        current = _dated(context, repaired, control, settings)
        if current.rank < best.rank:
            best = current
    return best


def _dated(context: Context, pattern: Pattern, control: Control, settings: Settings) -> Dated:
    timetable = settle_once(context, pattern.timetable, control, settings)
    judged = audit(context, timetable)
    return Dated(pattern, timetable, (judged.open_by_tier, judged.quality))


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


def _uncoverable(context: Context, timetable: Timetable) -> set[Cut]:
    """Lines, with their holders, that stay open on a date of absence."""
    return {
        (session.post.line, session.planned)
        for session in context.expansion(timetable).sessions
        if session.status is Status.OPEN and session.planned is not None
    }


def _repair(
    context: Context, pattern: Pattern, cuts: set[Cut], control: Control, settings: Settings
) -> Pattern | None:
    """The pattern with none of the cut holdings, changed only around those concerned."""
    lines = {line for line, _ in cuts}
    people = {person for _, person in cuts}
    for post in context.demand.posts:
        if post.line in lines:
            people.update(context.admitted(post))
    pools: Sequence[Pool] = single_pools(context.demand)
    beside = _beside(context, pattern.timetable, lines, people)
    model = restricted(context, pools, pattern.timetable, pattern.coverage, people, beside)
    for pool, literals in zip(model.pools, model.holders, strict=True):
        for person, literal in literals.items():
            if (pool.post.line, person) in cuts:
                model.cp.add(literal == 0)
    found = improve_quality(
        model,
        pattern.coverage,
        pattern.timetable,
        control,
        settings,
        REPAIR,
        Stage.COVERS,
        pattern.bound,
    )
    if found.quality < 0 or found.timetable == pattern.timetable:
        return None
    return Pattern(found.timetable, pattern.coverage, found.quality, pattern.bound)


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
