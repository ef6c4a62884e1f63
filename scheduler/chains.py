"""Covers in two links: somebody who is busy hands their post of that date on, and comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from constraints.context import Context
from instances.timetable import Session
from scheduler.at_hand import AtHand, Gap, cap_left, gaps_of, periods


@dataclass(frozen=True)
class Chain:
    """``staff`` comes to a gap, and ``heir`` takes over what ``staff`` has to hand on for it."""

    staff: str
    passed: Gap
    heir: str


def chains(context: Context, at_hand: AtHand, gap: Gap, since: dt.date) -> Iterator[Chain]:
    """Who could come to a gap if they handed one post on, and to whom; by who could come.

    Handed on is what they have at that time; or, where their caps are reached, another post of
    that day, week or term, from ``since`` on, the nearest first. Whoever takes it over is the one
    of the least load.
    """
    for key in context.admitted(gap.once):
        if at_hand.is_there(key, gap):
            for passed in _in_the_way(context, at_hand, key, gap, since):
                if at_hand.within_caps(key, gap, without=passed):
                    heirs = [
                        heir
                        for heir in at_hand.candidates(passed)
                        if heir != gap.holder and at_hand.within_caps(heir, passed)
                    ]
                    if heirs:
                        heir = min(heirs, key=lambda one: (_load(context, at_hand, one), one))
                        yield Chain(key, passed, heir)
                        break


def _in_the_way(
    context: Context, at_hand: AtHand, key: str, gap: Gap, since: dt.date
) -> Iterator[Gap]:
    """The posts on dates of which somebody would have to hand on one to come."""
    held = at_hand.worked.get(key, ())
    clashing = {_post_on(one) for one in at_hand.clashing(key, gap)}
    if clashing:
        if len(clashing) == 1:
            yield from gaps_of(context, [one for one in held if _post_on(one) in clashing])
        return
    person, here = context.people[key], gap.sessions[0]
    full = {
        span
        for span in periods(key, here)
        if (cap := cap_left(person, span)) is not None
        and at_hand.used[span] + len(gap.sessions) > cap
    }
    if full:
        within = [one for one in held if one.date >= since and full <= {*periods(key, one)}]
        within.sort(key=lambda one: (abs((one.date - here.date).days), one.date, one.key))
        yield from gaps_of(context, within)


def _post_on(session: Session) -> tuple[str, dt.date, dt.date]:
    return session.post.line, session.date, session.origin


def _load(context: Context, at_hand: AtHand, key: str) -> float:
    """What somebody does in all, in shares."""
    held = sum(one.load for one in at_hand.worked.get(key, ()))
    share = max(1, context.shares.get(key, context.weekly_post))
    return (held + context.people[key].worked_load) / share
