"""Fairness in figures: loads against fair shares, and the share of wishes granted."""

from __future__ import annotations

from constraints.context import Context
from constraints.rules.unmet_wish import best_points, shares_of_wishes, weekly_posts
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
    figures = {}
    for key in context.people:
        sessions = view.held.get(key, ())
        share = context.shares.get(key)
        figures[key] = PersonFigures(
            load=view.loads[key] / UNIT,
            share=None if share is None else share / UNIT,
            posts=len(view.pattern.get(key, ())),
            sessions=len(sessions),
            covers=sum(session.status is Status.COVER for session in sessions),
            wish_share=wishes.get(key),
        )
    return figures


def fairness(people: dict[str, PersonFigures]) -> Fairness:
    """The summary that ``solve --json`` prints; loads in units over the term."""
    over = [p.load - p.share for p in people.values() if p.share is not None]
    wishes = [p.wish_share for p in people.values() if p.wish_share is not None]
    return Fairness(
        load_max_over=round(max(over, default=0.0), 2),
        load_mean_abs_dev=round(sum(map(abs, over)) / len(over), 3) if over else 0.0,
        wishes_worst=round(min(wishes), 3) if wishes else None,
        wishes_mean=round(sum(wishes) / len(wishes), 3) if wishes else None,
    )
