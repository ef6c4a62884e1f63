"""Who takes which class, and improvement around the best timetable so far.

Both are the full model with most of it held still: the first lets only those who are on in a
slot trade places, the second frees a few people at a time (large neighbourhood search).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from constraints.context import Context
from constraints.model import Model, Pool, single_pools
from instances.timetable import Timetable
from scheduler.incumbent import options_of
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Settings
from scheduler.weekly import Candidates, Coverage, Pattern, hold_coverage, improve_quality

ASSIGN = Effort(deterministic=20, share=0.35)
ROUND = Effort(deterministic=2, share=1.0, seconds=4)
ROUNDS = 40


def assign_classes(
    context: Context,
    pools: Sequence[Pool],
    pattern: Pattern,
    control: Control,
    settings: Settings,
) -> Pattern:
    """Deal out the posts of each pool among those who hold one, for the best full quality."""
    members: dict[str, tuple[str, ...]] = {}
    holders = pattern.timetable.holders
    for pool in pools:
        here = tuple(holders[post.line] for post in pool.posts if post.line in holders)
        for post in pool.posts:
            members[post.line] = here
    model = _restricted(
        context, pattern.timetable, pattern.coverage, lambda pool: members[pool.post.line]
    )
    found = improve_quality(
        model, pattern.coverage, pattern.timetable, control, settings, ASSIGN, Stage.ASSIGN
    )
    return Pattern(found.timetable, pattern.coverage, found.quality, pattern.bound)


def improve(context: Context, pattern: Pattern, control: Control, settings: Settings) -> Pattern:
    """Rounds of re-solving for a few people at a time, as long as there is time."""
    chooser = random.Random(settings.seed)
    best = pattern
    size = 8
    for _ in range(ROUNDS if control.left is None else 10_000):
        if control.over or best.quality <= best.bound:
            break
        control.tell(Stage.IMPROVE, best.quality, best.bound)
        found = _round(context, best, chooser, size, control, settings)
        if found.quality < 0:
            size = max(4, size - 2)
            continue
        size += 1 if found.quality >= best.quality else 0
        size = min(size, max(8, len(context.people) // 2))
        if found.quality <= best.quality:
            best = Pattern(found.timetable, best.coverage, found.quality, best.bound)
    return best


def _round(
    context: Context,
    best: Pattern,
    chooser: random.Random,
    size: int,
    control: Control,
    settings: Settings,
) -> Pattern:
    people = _neighbours(context, best.timetable, chooser, size)
    holders = best.timetable.holders

    def candidates(pool: Pool) -> Sequence[str]:
        holder = holders.get(pool.post.line)
        if holder is None:
            return [key for key in context.admitted(pool.post) if key in people]
        if holder not in people:
            return [holder] if holder in context.admitted(pool.post) else []
        return [key for key in context.admitted(pool.post) if key in people]

    clubs = {
        post.activity
        for post in context.demand.posts
        if post.option is not None and holders.get(post.line) in people
    }
    model = _restricted(context, best.timetable, best.coverage, candidates, clubs)
    return improve_quality(
        model, best.coverage, best.timetable, control, settings, ROUND, Stage.IMPROVE
    )


def _neighbours(
    context: Context, timetable: Timetable, chooser: random.Random, size: int
) -> set[str]:
    """Some people whose posts touch: they share classes or slots with a random one."""
    by_place: dict[object, list[str]] = defaultdict(list)
    places: dict[str, list[object]] = defaultdict(list)
    for post in context.demand.posts:
        holder = timetable.holders.get(post.line)
        if holder is not None:
            for place in (*post.classes, *post.blocks):
                by_place[place].append(holder)
                places[holder].append(place)
    if not places:
        return set()
    chosen = {chooser.choice(sorted(places))}
    while len(chosen) < min(size, len(places)):
        start = chooser.choice(sorted(chosen))
        near = by_place[chooser.choice(places[start])]
        chosen.add(
            chooser.choice(near) if chooser.random() < 0.8 else chooser.choice(sorted(places))
        )
    return chosen


def _restricted(
    context: Context,
    timetable: Timetable,
    coverage: Coverage,
    candidates: Candidates,
    free_clubs: set[str] | frozenset[str] = frozenset(),
) -> Model:
    chosen = options_of(context.demand, timetable)

    def options(activity: str) -> Sequence[int]:
        if activity in free_clubs:
            return [option.index for option in context.demand.options[activity]]
        return [chosen[activity]] if activity in chosen else []

    model = Model(context, single_pools(context.demand), candidates=candidates, options=options)
    model.post_rules()
    hold_coverage(model, coverage)
    return model
