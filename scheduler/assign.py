"""Who takes which class, once it is known who works when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from constraints.context import Context
from constraints.pools import Pool, single_pools
from scheduler.deal import deal_classes
from scheduler.improve import held_model
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Settings
from scheduler.weekly import Pattern, improve_quality

ASSIGN = Effort(deterministic=6, share=0.1)


def assign_classes(
    context: Context,
    pools: Sequence[Pool],
    pattern: Pattern,
    control: Control,
    settings: Settings,
) -> Pattern:
    """Deal out the posts of each pool among those who hold one, for the best full quality."""
    members: dict[str, tuple[str, ...]] = {}
    start = deal_classes(context, pools, pattern.timetable, settings.seed)
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
    found = improve_quality(
        model, pattern.coverage, start, control, settings, ASSIGN, Stage.ASSIGN, pattern.bound
    )
    return replace(pattern, timetable=found.timetable, quality=found.quality)
