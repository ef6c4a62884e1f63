"""How many adults care needs while clubs stay where they were, so that the relaxation knows it.

That a post of care exists is tied to the children who remain by a large factor, and a relaxation
lets it exist in part. While the clubs that meet in some timetable do so, it is there or not:
whoever wants it otherwise must have enough children come or go, club by club. Measured on 36
classes, schools 1, 4 and 5: who works when is found with 144, 285 and 262 points, classes dealt
out, where it was 160, 305 and 315, in less time (42 s of processor time in all, and 45 s).
"""

from __future__ import annotations

from collections.abc import Iterable

from constraints.model import Expr, Model, weighted
from instances.demand import Taker
from instances.timetable import Timetable
from scheduler.incumbent import places_of


def tie_needs(model: Model, start: Timetable) -> None:
    """Say for each post of care what must change before it comes or goes.

    With ``S`` the clubs that a timetable places, ``D`` the children too many for fewer adults
    and ``d`` what is left of them when all of ``S`` are away: a post is superfluous only if others
    take ``d`` children, of which each club counts at most ``d`` (cover inequality of a knapsack).
    The other way round it is needed only if clubs in ``S`` leave enough children behind.
    """
    for (key, number), active in model.active.items():
        need = model.demand.needs[key]
        takers = [
            one
            for one in need.takers
            if one.option is not None and (one.activity, one.option) in model.placed
        ]
        there = [one for one in takers if _meets(model, start, one)]
        left = need.base - sum(one.children for one in there) - need.ratio * (number - 1)
        if left > 0:
            others = [one for one in takers if one not in there]
            model.cp.add(left * active + _taken(model, others, left) >= left)
        else:
            lack = 1 - left
            staying = sum(min(one.children, lack) for one in there)
            model.cp.add(lack * active + _taken(model, there, lack) <= staying)


def _meets(model: Model, start: Timetable, taker: Taker) -> bool:
    """Whether a timetable has a club meet in the option of which a taker speaks."""
    placement = start.placements.get(taker.activity)
    options = model.demand.options[taker.activity]
    return placement is not None and any(
        option.index == taker.option and places_of(option.blocks) == placement.places
        for option in options
    )


def _taken(model: Model, takers: Iterable[Taker], most: int) -> Expr:
    return weighted(
        (model.attended(one.activity, one.option or 0), min(one.children, most)) for one in takers
    )
