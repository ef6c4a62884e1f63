"""Who takes which class, once it is known who works when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from constraints.context import Context
from constraints.pools import Pool, single_pools
from scheduler.annealing.annealed import annealed
from scheduler.audit import audit
from scheduler.deal import deal_classes
from scheduler.improve import held_model
from scheduler.likely_weeks import LikelyWeeks
from scheduler.nearing import MOST_PEOPLE
from scheduler.progress import RESERVE_EACH, Control, Stage
from scheduler.proving import Proving
from scheduler.repair import made_coverable
from scheduler.rounds import keeps_made_musts
from scheduler.rounds_in_turn import Turns, improve_full
from scheduler.search import Effort, Settings, Task
from scheduler.weekly import Pattern, improve_quality

ASSIGN = Effort(deterministic=6, share=0.1)
PARTS = 3
"""How often classes are dealt out anew while the full model is improved."""
ANNEALING = 15.0
"""Seconds for annealing before any rounds are begun."""
ROUNDS_SHARE = 0.3
"""The part of the time left that is for rounds."""
REPAIRING, PEOPLE = 8.0, 350
"""Seconds kept for absences that nobody can cover, in a school of so many people."""
LITTLE = 0.4
"""The part of that which suffices where a repair looks at few people (0.8 s for 90)."""
ROUNDS = 10
"""Rounds of improvement between, where there is no time limit."""


def assign_classes(
    context: Context,
    pools: Sequence[Pool],
    pattern: Pattern,
    control: Control,
    settings: Settings,
) -> Pattern:
    """Deal out the posts of each pool among those who hold one.

    Where what is dealt breaks a rule that the school made a must, a full model of those who are
    on decides.
    """
    start = deal_classes(context, pools, pattern.timetable, settings.seed, exchange=False)
    if keeps_made_musts(context, start):
        quality = audit(context, start).quality
        control.tell(Stage.ASSIGN, quality, pattern.bound)
        return replace(pattern, timetable=start, quality=quality)
    members: dict[str, tuple[str, ...]] = {}
    holders = start.holders
    for pool in pools:
        here = tuple(holders[post.line] for post in pool.posts if post.line in holders)
        for post in pool.posts:
            members[post.line] = here
    model = held_model(
        context,
        single_pools(context.demand),
        start,
        pattern.coverage,
        lambda pool: members[pool.post.line],
    )
    task = Task(control, settings, ASSIGN, Stage.ASSIGN, pattern.bound)
    found = improve_quality(model, pattern.coverage, start, task)
    return replace(pattern, timetable=found.timetable, quality=found.quality)


def improve_dealt(
    weeks: LikelyWeeks,
    pools: Sequence[Pool],
    pattern: Pattern,
    control: Control,
    settings: Settings,
) -> Pattern:
    """Improvement of the full model, and classes dealt out anew whenever that is better.

    Rounds find who else should work when and who should take which class; exchanging everybody
    at once within their times finds what no round can.
    """
    kind = Turns(weeks, pools, settings.seed)
    for part in range(PARTS):
        left = control.left or 0.0
        until = left * (PARTS - 1 - part) / (PARTS - part)
        pattern = improve_full(kind, pattern, control, settings, rounds=ROUNDS, until=until)
        if control.over:
            break
        pattern = _dealt_anew(weeks.guide.context, pools, pattern, settings.seed + part)
    return pattern


def anneal_dealt(
    weeks: LikelyWeeks, pattern: Pattern, control: Control, settings: Settings, proof: Proving
) -> Pattern:
    """Annealing, which finds most of what there is to find, unless it leaves somebody away whom
    nobody can cover, though somebody could before. The bound of quality is raised beside it
    (``proof``), if not before."""
    context, left, until = weeks.guide.context, control.left, 0.0
    if left is not None:
        small = len(context.people) <= MOST_PEOPLE
        kept = REPAIRING * len(context.people) / PEOPLE * (LITTLE if small else 1.0)
        rounds = min(left * ROUNDS_SHARE, left - ANNEALING) if small else 0.0
        until = max(rounds, min(kept, left / 4))
    if not weeks.begun.is_set():
        weeks.provable.set()
    first = max(1, settings.cores - 1) if proof.goes_on else None
    found = annealed(context, pattern, control, settings, until=until, first=first)
    bound = max(found.bound, weeks.guide.at_least(found.coverage.value))
    if found is pattern:
        return replace(pattern, bound=bound)
    found = replace(found, bound=bound)
    enough = control.at_least(RESERVE_EACH * len(context.people))  # or all of it may be lost
    repaired, covered = made_coverable(context, found, enough, settings)
    if covered or not made_coverable(context, pattern, control, settings)[1]:
        return repaired
    return replace(pattern, bound=bound)


def _dealt_anew(context: Context, pools: Sequence[Pool], pattern: Pattern, seed: int) -> Pattern:
    """Classes dealt out anew if that is better: both as the rules' checks count it."""
    dealt = deal_classes(context, pools, pattern.timetable, seed)
    less = audit(context, pattern.timetable).quality - audit(context, dealt).quality
    if less > 0 and keeps_made_musts(context, dealt):
        return replace(pattern, timetable=dealt, quality=pattern.quality - less)
    return pattern
