"""Dated posts that need somebody, and who is at hand to take them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from constraints.clash import days_at
from constraints.context import Context
from instances.at_events import AtEvents
from instances.demand import Post
from instances.people import Person
from instances.timetable import Session

Span = tuple[str, str, object]
"""A person (key), and a day, week or the term in which their posts are counted."""


@dataclass(frozen=True, eq=False)
class Gap:
    """A post on a date whose weekly holder is away (or that only exists on this date)."""

    post: Post
    sessions: tuple[Session, ...]
    holder: str | None
    bit: int

    @cached_property
    def load(self) -> int:
        return sum(session.load for session in self.sessions)

    @cached_property
    def once(self) -> Post:
        """The post as it is on this date alone: who comes need not be able to hold it weekly."""
        return once(self.sessions, self.bit)


def gaps_of(context: Context, sessions: Iterable[Session]) -> tuple[Gap, ...]:
    """The posts on dates that some sessions belong to, each with whoever comes to it."""
    found: dict[object, list[Session]] = defaultdict(list)
    for session in sessions:
        found[session.post.line, session.date, session.origin].append(session)
    index = context.demand.calendar.index
    return tuple(
        Gap(some[0].post, tuple(some), some[0].staff, 1 << index[some[0].date])
        for some in found.values()
    )


def once(sessions: Sequence[Session], bit: int) -> Post:
    """One post's sessions of one date as a post of that date alone."""
    post = sessions[0].post
    if sessions[0].moved_from is None:
        return post.on(bit)
    found = {block: (bit, session.load) for session in sessions for block in session.blocks}
    blocks, units = zip(*found.items(), strict=True)
    return replace(post, dates=bit, blocks=blocks, units=units)


def may_be_there(context: Context, session: Session, key: str) -> bool:
    """Whether somebody is not away on a session's date and, if it was moved there, could take it.

    Where a session stands in the pattern, its holder is known to be one who may have it.
    """
    bit = 1 << context.demand.calendar.index[session.date]
    if context.people[key].absent & bit:
        return False
    return session.moved_from is None or key in context.admitted(once((session,), bit))


class AtHand:
    """Who works when, apart from some gaps, and so who could fill these."""

    def __init__(
        self,
        context: Context,
        sessions: Iterable[Session],
        gaps: Iterable[Gap],
        at: AtEvents | None = None,
    ) -> None:
        self.context = context
        self.at = at
        gap_keys = {session.key for gap in gaps for session in gap.sessions}
        self.worked: dict[str, list[Session]] = defaultdict(list)
        for session in sessions:
            if session.staff and session.takes_place and session.key not in gap_keys:
                self.worked[session.staff].append(session)

    def candidates(self, gap: Gap) -> list[str]:
        """Those who may take a gap and are free at its time; caps are not looked at."""
        return [key for key in self.context.admitted(gap.once) if self.free(key, gap)]

    def free(self, key: str, gap: Gap) -> bool:
        """Whether somebody other than its holder is there, has no other post at the time, and is
        at no event."""
        return self.is_there(key, gap) and not self.clashing(key, gap)

    def is_there(self, key: str, gap: Gap) -> bool:
        """Whether somebody other than its holder is not away, nor at an event."""
        away = self.context.people[key].absent & gap.bit
        return key != gap.holder and not away and not self._at_event(key, gap)

    def clashing(self, key: str, gap: Gap) -> list[Session]:
        """What somebody has at the time of a gap."""
        return [other for other in self.on_day(key, gap) if self._clashes(gap, other)]

    def _at_event(self, key: str, gap: Gap) -> bool:
        return self.at is not None and any(
            self.at.with_person(key, one.date, one.start, one.end) for one in gap.sessions
        )

    def within_caps(self, key: str, gap: Gap, without: Gap | None = None) -> bool:
        """Whether the caps of a person leave room for a gap, if they hand on ``without``."""
        person, size = self.context.people[key], len(gap.sessions)
        less = (
            Counter(span for one in without.sessions for span in periods(key, one))
            if without
            else {}
        )
        return all(
            (cap := cap_left(person, span)) is None
            or self.used[span] - less.get(span, 0) + size <= cap
            for span in periods(key, gap.sessions[0])
        )

    def on_day(self, key: str, gap: Gap) -> list[Session]:
        """What else somebody has on the date of a gap."""
        return self._worked_on.get((key, gap.sessions[0].date), [])

    @cached_property
    def used(self) -> Counter[Span]:
        """Posts held in each span that a cap may be about."""
        return Counter(
            span
            for key, sessions in self.worked.items()
            for session in sessions
            for span in periods(key, session)
        )

    @cached_property
    def _worked_on(self) -> dict[tuple[str, object], list[Session]]:
        found: dict[tuple[str, object], list[Session]] = defaultdict(list)
        for key, sessions in self.worked.items():
            for session in sessions:
                found[key, session.date].append(session)
        return found

    def _clashes(self, gap: Gap, other: Session) -> bool:
        held = other.post if other.moved_from is None else once((other,), gap.bit)
        return any(
            days_at(gap.once, moment) & days_at(held, moment)
            for moment in self.context.demand.moments
        )


def cap_left(person: Person, period: Span) -> int | None:
    """A person's cap in a period, less what they worked before the dates that are planned."""
    _, kind, number = period
    staff = person.staff
    if kind == "day":
        return staff.cap_day
    if kind == "week":
        worked, cap = person.worked_in(int(str(number))), staff.cap_week
    else:
        worked, cap = person.worked, staff.cap_term
    return None if cap is None else cap - worked


def periods(key: str, session: Session) -> tuple[Span, ...]:
    """The day, the week and the term of a session, for one person."""
    return ((key, "day", session.date), (key, "week", session.day.week), (key, "term", None))
