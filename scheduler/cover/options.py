"""The ways to look after a session whose holder is absent, each checked before it is offered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from instances.merging import Meeting, can_join, meeting_of
from instances.timetable import DatedChange, Session, Timetable
from instances.words import Word
from scheduler.at_hand import Gap, gaps_of
from scheduler.chains import chains
from scheduler.cover.facts import Absence, Candidate

MOST_COVERS, MOST_OTHERS = 5, 2
"""How many covers, and how many swaps and mergers, are offered for one session."""
MOST_TRIED = 8
"""How many are tried for these at most."""
SWAP_DAYS = 14
"""How long after the absence the other half of a swap may be."""


class OptionKind(Word):
    """What becomes of a session."""

    COVER = ("cover", "代课", "cover")
    CHAIN = ("chain", "连环代课", "chain")
    SWAP = ("swap", "对调", "swap")
    MERGE = ("merge", "合班", "merge")


@dataclass(frozen=True)
class Option:
    """One way to look after a gap, and the exceptions that make it so.

    ``candidate`` comes (cover, chain, swap); ``back`` is the post that the absent person takes
    in exchange (swap), or that ``heir`` takes over from the candidate (chain); ``host`` the
    session whose adults look after the group (merge), then with ``children`` in all.
    """

    kind: OptionKind
    gap: Gap
    changes: Mapping[str, DatedChange]
    candidate: Candidate | None = None
    back: Gap | None = None
    heir: str | None = None
    host: Session | None = None
    children: int = 0

    @property
    def staff(self) -> str | None:
        """Who looks after the group then."""
        if self.candidate is not None:
            return self.candidate.staff
        return self.host.staff if self.host else None


def options(absence: Absence, gap: Gap, reason: str) -> list[Option]:
    """Covers, the best first, where there are none chains, then swaps and mergers."""
    found = [*_kept(absence, _covers(absence, gap, reason), MOST_COVERS)]
    if not found:
        found += _kept(absence, _chained(absence, gap, reason), MOST_OTHERS)
    found += _kept(absence, _swaps(absence, gap, reason), MOST_OTHERS)
    found += _kept(absence, _mergers(absence, gap, reason), MOST_OTHERS)
    return found


def _kept(absence: Absence, way: Iterator[Option], most: int) -> Iterator[Option]:
    tried = islice(way, MOST_TRIED)
    good = (o for o in tried if absence.keeps_weeks(applied(absence.timetable, [o])))
    return islice(good, most)


def applied(timetable: Timetable, chosen: Sequence[Option]) -> Timetable:
    """The timetable with some options taken."""
    changes = dict(timetable.changes)
    for option in chosen:
        for key, change in option.changes.items():
            update = change.model_dump(exclude_unset=True)
            changes[key] = changes.get(key, DatedChange()).model_copy(update=update)
    return timetable.model_copy(update={"changes": changes})


def _covers(absence: Absence, gap: Gap, reason: str) -> Iterator[Option]:
    for one in absence.candidates(gap):
        if absence.at_hand.within_caps(one.staff, gap):
            yield Option(OptionKind.COVER, gap, _by(one.staff, gap, reason), one)


def _by(staff: str, gap: Gap, reason: str) -> dict[str, DatedChange]:
    change = DatedChange(staff=staff, open=False, reason=reason)
    return {session.key: change for session in gap.sessions}


def _chained(absence: Absence, gap: Gap, reason: str) -> Iterator[Option]:
    """Somebody busy takes the gap, and somebody free what they have to hand on for it."""
    found = chains(absence.context, absence.at_hand, gap, absence.first)
    known = [(absence.candidate(one.staff, gap), one) for one in found]
    for candidate, one in sorted(known, key=lambda some: some[0].rank):
        passed = _by(one.heir, one.passed, one.staff)
        changes = _by(one.staff, gap, reason) | passed
        yield Option(OptionKind.CHAIN, gap, changes, candidate, one.passed, one.heir)


def _swaps(absence: Absence, gap: Gap, reason: str) -> Iterator[Option]:
    """Somebody takes the gap, and the absent person a post of theirs of equal load later."""
    at_hand, staff = absence.at_hand, absence.staff
    end = absence.last + dt.timedelta(days=SWAP_DAYS)
    for one in absence.candidates(gap):
        later = (
            session
            for session in at_hand.worked[one.staff]
            if absence.last < session.date <= end and session.planned == one.staff
        )
        for back in gaps_of(absence.context, later):
            if (
                back.load == gap.load
                and staff in absence.context.admitted(back.once)
                and at_hand.free(staff, back)
                and at_hand.within_caps(staff, back)
            ):
                changes = _by(one.staff, gap, reason) | _by(staff, back, reason)
                yield Option(OptionKind.SWAP, gap, changes, one, back)
                break


def _mergers(absence: Absence, gap: Gap, reason: str) -> Iterator[Option]:
    """The group goes to another one in care at the same time; the smallest first."""
    hosts: dict[Meeting, dict[str, Session]] = defaultdict(dict)
    for host in absence.sessions:
        if host.staff not in (None, absence.staff):
            for session in gap.sessions:
                if can_join(session, host) and not host.joined:
                    group = host.post.activity, host.post.group, host.origin
                    hosts[group].setdefault(session.segment, host)
    whole = [found for found in hosts.values() if len(found) == len(gap.sessions)]
    here = {meeting_of(session): session for session in gap.sessions}
    for found in sorted(whole, key=lambda some: max(host.children for host in some.values())):
        changes = {
            session.key: DatedChange(into=found[session.segment].key, reason=reason)
            for session in absence.sessions
            if meeting_of(session) in here
        }
        host = found[gap.sessions[0].segment]
        children = host.children + gap.sessions[0].children
        yield Option(OptionKind.MERGE, gap, changes, host=host, children=children)
