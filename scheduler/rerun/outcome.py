"""What a rerun has found, and which of two is better."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.audit import Audit
from scheduler.changes import Change
from scheduler.events.plan import Planned
from scheduler.rerun.best import Fewest
from scheduler.result import Offer


@dataclass(frozen=True)
class Dated:
    """A pattern with its dates, audited, and what it changes: ``posts`` of them, at a cost.

    ``asked``: sessions, by key, to which nobody is to come.
    """

    planned: Planned
    judged: Audit
    changes: tuple[Change, ...]
    cost: int
    posts: int
    asked: frozenset[str] = frozenset()

    @property
    def open_by_tier(self) -> tuple[int, ...]:
        """Dated places by tier that are open and were not to be."""
        tiers = list(self.judged.open_by_tier)
        for session in self.judged.open_sessions if self.asked else ():
            tiers[session.post.role.tier] -= session.key in self.asked
        return tuple(tiers)

    @property
    def rank(self) -> tuple[object, ...]:
        """What is broken, open and changed, the worst first."""
        pushed = self.planned.open_posts, self.planned.displaced
        return len(self.judged.hard), self.judged.open_by_tier, *pushed, self.cost


@dataclass(frozen=True)
class Settled:
    """A timetable, with bounds of what it leaves open, of its cost and of the posts changed.

    ``bought``: what of the cost was spent on quality.
    """

    dated: Dated
    coverage: int
    bound: int
    posts: int
    offers: tuple[Offer, ...] = ()
    bought: int = 0


def falls_short(done: Dated, fewest: Fewest) -> bool:
    """Whether covers that were counted on could not be had."""
    dearer = done.cost > fewest.cost
    return fewest.hope is not None and (done.open_by_tier > fewest.coverage.tiers or dearer)


def rank_of(found: Fewest) -> tuple[object, ...]:
    """What a pattern leaves open and changes, the worst first."""
    return (found.coverage.tiers, found.cost)
