"""Models of what a timetable and some advice take: small, and nearly integral."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from constraints.model import Model
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.guide import Advice, Guide
from scheduler.incumbent import options_of
from scheduler.needs import tie_needs


def advised_model(
    guide: Guide,
    timetable: Timetable | None,
    advices: Sequence[Advice],
    people: Collection[str],
    *,
    musts_only: bool = False,
) -> Model:
    """The model of what a timetable takes, and for some people any of some optima.

    Without a timetable, an activity to which no optimum gives a place may have any.
    """
    context = guide.context
    holders = {} if timetable is None else timetable.holders
    chosen = {} if timetable is None else options_of(context.demand, timetable)

    def candidates(pool: Pool) -> Sequence[str]:
        here = {holders.get(post.line) for post in pool.posts}
        some = set[str]().union(*(advice.people.get(pool.post.key, {}) for advice in advices))
        return [
            key
            for key in context.admitted(pool.post)
            if key in here or (key in some and key in people)
        ]

    def options(activity: str) -> set[int]:
        wanted = {chosen[activity]} if activity in chosen else set()
        wanted = wanted.union(*(advice.options.get(activity, ()) for advice in advices))
        return wanted or {option.index for option in context.demand.options[activity]}

    model = Model(
        context, guide.pools, candidates=candidates, options=options, foresee_covers=False
    )
    model.post_rules(musts_only=musts_only)
    if timetable is not None:
        tie_needs(model, timetable)
    return model


def taken(guide: Guide, timetable: Timetable) -> Advice:
    """A timetable as advice: what it takes."""
    holders = timetable.holders
    people: dict[str, dict[str, float]] = {}
    for pool in guide.pools:
        here = {holders[post.line]: 1.0 for post in pool.posts if post.line in holders}
        people.update((post.key, here) for post in pool.posts)
    chosen = options_of(guide.context.demand, timetable)
    return Advice(people, {activity: {option} for activity, option in chosen.items()})
