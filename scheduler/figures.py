"""Fairness in figures: loads against fair shares, wishes granted, unwelcome work."""

from __future__ import annotations

from collections.abc import Sequence

from constraints.context import Context
from constraints.rules.unmet_wish import best_points, shares_of_wishes, weekly_posts
from constraints.unwelcome import fair_unwelcome, late_fridays, unwelcome_slots
from constraints.view import View
from instances.demand import UNIT
from instances.words import Status
from scheduler.result import Fairness, PersonFigures


def wish_shares(context: Context, view: View) -> dict[str, float]:
    """Wish share of everybody who holds something and has a choice."""
    best = {
        key: best_points(person, weekly_posts(context.demand, context.possible[key]))
        for key, person in context.people.items()
    }
    return shares_of_wishes(view, best)


def people_figures(context: Context, view: View) -> dict[str, PersonFigures]:
    """One person's term, for everybody on the staff list."""
    wishes = wish_shares(context, view)
    late = late_fridays(context.demand)
    parts = fair_unwelcome(
        context.demand, context.people, context.shares, context.admits, context.demand.posts
    )
    past = context.history
    figures = {}
    for key, person in context.people.items():
        posts = view.pattern.get(key, ())
        sessions = view.held.get(key, ())
        share = context.shares.get(key)
        figures[key] = PersonFigures(
            load=view.loads[key] / UNIT,
            share=None if share is None else share / UNIT,
            posts=len(posts),
            sessions=len(sessions) + (past.places[key] if past else 0),
            covers=sum(session.status is Status.COVER for session in sessions)
            + (past.covers[key] if past else 0),
            wish_share=wishes.get(key),
            unwelcome=sum(
                unwelcome_slots(person, post, late) for post in weekly_posts(context.demand, posts)
            ),
            unwelcome_part=round(float(parts[key]), 3) if key in parts else None,
        )
    return figures


def fairness(people: dict[str, PersonFigures]) -> Fairness:
    """The summary that ``solve --json`` prints; loads in units over the term."""
    over = [p.load - p.share for p in people.values() if p.share is not None]
    wishes = [p.wish_share for p in people.values() if p.wish_share is not None]
    ratios = [p.load / p.share for p in people.values() if p.share]
    unwelcome = [
        (p.unwelcome, p.unwelcome_part) for p in people.values() if p.unwelcome_part is not None
    ]
    away = [abs(slots - part) for slots, part in unwelcome]
    return Fairness(
        load_max_over=round(max(over, default=0.0), 2),
        load_mean_abs_dev=round(sum(map(abs, over)) / len(over), 3) if over else 0.0,
        wishes_worst=round(min(wishes), 3) if wishes else None,
        wishes_mean=round(sum(wishes) / len(wishes), 3) if wishes else None,
        load_gini=round(gini(ratios), 3),
        load_jain=round(jain(ratios), 3),
        unwelcome_max=max((slots for slots, _ in unwelcome), default=0),
        unwelcome_mean_abs_dev=round(sum(away) / len(away), 3) if away else 0.0,
    )


def gini(values: Sequence[float]) -> float:
    """Mean difference between any two values, over twice their mean; 0 if all are alike.

    From 0 to 1 − 1/n, where one has all. 0 for none, and where all are 0.
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    ranked = sum((2 * n - len(ordered) - 1) * value for n, value in enumerate(ordered, 1))
    return ranked / (len(ordered) * total)


def jain(values: Sequence[float]) -> float:
    """Jain's index: 1 if all values are alike, 1/n where one has all.

    1 for none, and where all are 0.
    """
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 1.0
