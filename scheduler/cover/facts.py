"""What there is to cover when somebody is absent, and what speaks for each who could come."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from constraints.context import Context
from constraints.rule import Finding
from instances.timetable import Expansion, Session, Timetable
from instances.words import Level
from scheduler.at_hand import AtHand, Gap, gaps_of
from scheduler.audit import broken


@dataclass(frozen=True)
class Candidate:
    """Somebody who could come, with all that speaks for or against it.

    ``load`` and ``share`` are hundredths of a unit over the term; ``share`` is ``None`` for
    outside instructors. ``covers``: sessions already covered for others in the term.
    """

    staff: str
    level: Level
    home_teacher: bool
    knows: bool
    in_school: bool
    load: int
    share: int | None
    covers: int

    @property
    def below_share(self) -> bool:
        return self.share is not None and self.load < self.share

    @property
    def rank(self) -> tuple[object, ...]:
        """First who does not mind, then who has covered least, then who knows the children."""
        return (
            self.level is Level.RATHER_NOT,
            self.covers,
            not self.home_teacher,
            not self.knows,
            not self.in_school,
            self.load - self.share if self.share is not None else 0,
        )


class Absence:
    """One person's sessions on some dates, in a timetable of which the rest stays as it is.

    Those that are open already since the weekly holder does not come are among them.
    """

    def __init__(
        self, context: Context, timetable: Timetable, staff: str, first: dt.date, last: dt.date
    ) -> None:
        self.context = context
        self.timetable = timetable
        self.staff = staff
        self.first, self.last = first, last
        expansion = Expansion(context.demand, timetable)
        self.sessions = expansion.sessions
        self.at_events = expansion.at_events
        hers = (
            session
            for session in self.sessions
            if first <= session.date <= last and session.takes_place and _of(session) == staff
        )
        self.gaps = tuple(replace(gap, holder=staff) for gap in gaps_of(context, hers))

    @cached_property
    def at_hand(self) -> AtHand:
        return AtHand(self.context, self.sessions, self.gaps, self.at_events)

    def candidates(self, gap: Gap) -> list[Candidate]:
        """Everybody who may take a gap and is free, caps aside; the best first."""
        found = [self.candidate(key, gap) for key in self.at_hand.candidates(gap)]
        return sorted(found, key=lambda one: one.rank)

    def candidate(self, key: str, gap: Gap) -> Candidate:
        """What speaks for and against somebody."""
        person = self.context.people[key]
        worked = self.at_hand.worked[key]
        return Candidate(
            staff=key,
            level=person.level(gap.once),
            home_teacher=any(
                self.context.instance.class_by_name[name].home_teacher == key
                for name in gap.post.classes
                if gap.post.option is None
            ),
            knows=any(_same_children(gap, session) for session in worked),
            in_school=bool(self.at_hand.on_day(key, gap)),
            load=person.worked_load + sum(session.load for session in worked),
            share=self.context.shares.get(key),
            covers=self._covers[key],
        )

    def keeps_musts(self, timetable: Timetable) -> bool:
        """Whether the audit finds nothing broken that is not broken already."""
        return all(_said(finding) in self._known for finding in broken(self.context, timetable))

    def keeps_weeks(self, timetable: Timetable) -> bool:
        """The same of the weeks in which it differs: all musts but the caps of the term."""
        old, new = self.timetable.changes, timetable.changes
        keys = {key for key in (*old, *new) if old.get(key) != new.get(key)}
        found = broken(self.context, timetable, self._weeks_of(keys))
        return all(_said(finding) in self._known for finding in found)

    def _weeks_of(self, keys: Iterable[str]) -> int:
        """The weeks of some sessions, with the dates from and to which others were moved."""
        calendar = self.context.demand.calendar
        dates = {dt.datetime.strptime(key[:8], "%Y%m%d").date() for key in keys}
        weeks = {calendar.days[calendar.index[date]].week for date in dates}
        moved = {session.origin for session in self.sessions if session.moved_from}
        mask = 0
        for day in calendar.days:
            if day.week in weeks or day.date in moved:
                mask |= 1 << calendar.index[day.date]
        return mask

    @cached_property
    def _known(self) -> set[tuple[str, str]]:
        return {_said(finding) for finding in broken(self.context, self.timetable)}

    @cached_property
    def _covers(self) -> Counter[str]:
        """Sessions that each has covered for others, those before the dates planned included."""
        history = self.timetable.history
        past = ((s.staff, s.planned) for s in history.sessions if s.takes_place) if history else ()
        now = ((s.staff, s.planned) for s in self.sessions if s.takes_place)
        return Counter(
            staff for staff, planned in (*past, *now) if staff and planned not in (None, staff)
        )


def _of(session: Session) -> str | None:
    """Whose session it is: of whoever comes, and where nobody does, of the weekly holder."""
    return session.staff or session.planned


def _said(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message.text("zh")


def _same_children(gap: Gap, session: Session) -> bool:
    """Whether a session is with the children of a gap: its class, or its club."""
    post = session.post
    if gap.post.option is not None or not gap.post.classes:
        return post.activity == gap.post.activity
    return post.option is None and bool(set(post.classes) & set(gap.post.classes))
