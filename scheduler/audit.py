"""The audit: every rule's check on a timetable, and what is open. No solver."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from constraints.rule import Finding
from constraints.view import View
from instances.demand import Post
from instances.following import Dates, by_date
from instances.timetable import Expansion, Session, Timetable
from instances.words import TIERS, Status


@dataclass(frozen=True)
class Audit:
    """What the checks say of a timetable.

    ``found`` are the findings of each active rule, in the order of the rules.
    """

    view: View
    found: tuple[tuple[Finding, ...], ...]

    @cached_property
    def hard(self) -> tuple[Finding, ...]:
        """What is broken of what must hold."""
        pairs = zip(self.view.context.rules, self.found, strict=True)
        return tuple(one for rule, found in pairs if rule.weight is None for one in found)

    @cached_property
    def soft(self) -> tuple[tuple[Finding, int], ...]:
        """What costs points, with the points of one unit of amount."""
        pairs = zip(self.view.context.rules, self.found, strict=True)
        return tuple(
            (one, rule.weight) for rule, found in pairs if rule.weight is not None for one in found
        )

    @cached_property
    def points(self) -> dict[str, int]:
        """Points per soft rule (only those that cost something)."""
        found: dict[str, int] = {}
        for finding, weight in self.soft:
            found[finding.rule] = found.get(finding.rule, 0) + finding.amount * weight
        return found

    @property
    def quality(self) -> int:
        """All soft points: 0 if every wish is met."""
        return sum(self.points.values())

    @cached_property
    def dates(self) -> Dates:
        """The sessions of each date."""
        return by_date(self.view.expansion)

    @cached_property
    def open_sessions(self) -> tuple[Session, ...]:
        return tuple(s for s in self.view.sessions if s.status is Status.OPEN)

    @cached_property
    def unplaced_posts(self) -> tuple[Post, ...]:
        """Posts of movable activities that meet nowhere, one per line."""
        return tuple(post for name in self.view.unplaced for post in self.view.unplaced_posts(name))

    @cached_property
    def open_lines(self) -> tuple[Post, ...]:
        """Open posts of the weekly pattern: nobody holds them at all."""
        holders = self.view.timetable.holders
        lines: dict[str, Post] = {}
        foreseen = {s.post.line for s in self.open_sessions if s.key not in self._changed}
        if self._changed:
            foreseen = self._in_ordinary_weeks(foreseen - holders.keys())
        for post in self.view.expansion.active_posts:
            if post.line in foreseen and post.line not in holders:
                lines[post.line] = post
        for post in self.unplaced_posts:
            lines[post.line] = post
        return tuple(lines.values())

    def _in_ordinary_weeks(self, lines: set[str]) -> set[str]:
        """Those of some lines that an ordinary week has: posts that only arise on a date, since
        a club was moved or cancelled, are not among them."""
        demand, dates = self.view.demand, 0
        for line in lines:
            for post in demand.posts_of_line[line]:
                dates |= post.dates
        bare = self.view.timetable.model_copy(update={"changes": {}})
        sessions = Expansion(demand, bare, dates).sessions if dates else ()
        return lines & {session.post.line for session in sessions}

    @property
    def _changed(self) -> set[str]:
        return set(self.view.timetable.changes)

    @cached_property
    def open_by_tier(self) -> tuple[int, ...]:
        """Dated open places per coverage tier, those of unplaced activities included."""
        tiers = [0] * len(TIERS)
        for session in self.open_sessions:
            tiers[session.post.role.tier] += 1
        for post in self.unplaced_posts:
            tiers[post.role.tier] += post.size
        return tuple(tiers)


def audit(context: Context, timetable: Timetable) -> Audit:
    """Check a timetable against every active rule."""
    view = context.view(timetable)
    return Audit(view, tuple(tuple(rule.check(view)) for rule in context.rules))


def open_by_tier(context: Context, timetable: Timetable) -> tuple[int, ...]:
    """Dated open places per coverage tier, without a look at any rule: in a third of the time."""
    return Audit(context.view(timetable), ()).open_by_tier


def broken(context: Context, timetable: Timetable, only: int | None = None) -> tuple[Finding, ...]:
    """What a timetable breaks of what must hold; rules with a weight are not looked at.

    ``only``: dates (bit mask) to which sessions are limited; caps of the term then say nothing.
    """
    view = context.view(timetable, only)
    musts = (rule for rule in context.rules if rule.weight is None)
    return tuple(finding for rule in musts for finding in rule.check(view))
