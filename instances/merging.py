"""Groups in care that are put together on a date because somebody is missing (合班)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from instances.words import Status

if TYPE_CHECKING:
    from instances.timetable import Session

Meeting = tuple[object, ...]


def meeting_of(session: Session) -> Meeting:
    """What sessions share that are posts of one group on one date in one segment."""
    post = session.post
    return session.date, session.segment, post.activity, post.group, session.origin


def can_join(one: Session, other: Session) -> bool:
    """Whether the children of one session can be looked after in another."""
    return (
        one.takes_place
        and other.takes_place
        and one.post.kind.is_remainder
        and other.post.kind is one.post.kind
        and (one.date, one.segment) == (other.date, other.segment)
        and meeting_of(one) != meeting_of(other)
    )


def merged(sessions: Sequence[Session], into: Mapping[str, str]) -> list[Session]:
    """The sessions with those of ``into`` merged into the sessions named there (by keys).

    A group goes as a whole or not at all: what cannot be joined stays as it was.
    """
    by_key = {session.key: session for session in sessions}
    groups: dict[Meeting, list[Session]] = defaultdict(list)
    places = {meeting_of(by_key[key]) for key in into if key in by_key}
    for session in sessions:
        if meeting_of(session) in places:
            groups[meeting_of(session)].append(session)
    goes: dict[Meeting, Session] = {}
    for meeting, group in groups.items():
        hosts = [by_key.get(into.get(session.key, "")) for session in group]
        host = hosts[0]
        if host is None or host.key in into:
            continue
        if all(other and meeting_of(other) == meeting_of(host) for other in hosts):
            if can_join(group[0], host):
                goes[meeting] = host
    comes: dict[Meeting, list[Session]] = defaultdict(list)
    for meeting, host in goes.items():
        comes[meeting_of(host)].append(groups[meeting][0])
    return [_after(session, goes, comes) for session in sessions]


def _after(
    session: Session, goes: Mapping[Meeting, Session], comes: Mapping[Meeting, list[Session]]
) -> Session:
    meeting = meeting_of(session)
    if meeting in goes:
        return replace(
            session,
            status=Status.MERGED,
            staff=None,
            load=0,
            takes_place=False,
            into=goes[meeting].key,
        )
    if meeting not in comes or not session.takes_place:
        return session
    return replace(
        session,
        status=session.status if session.staff is None else Status.MERGED,
        children=session.children + sum(one.children for one in comes[meeting]),
        joined=tuple(name for one in comes[meeting] for name in one.post.classes),
    )
