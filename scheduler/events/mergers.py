"""Groups in care whose adult is at an event and is covered by nobody: put with another group."""

from __future__ import annotations

from collections import defaultdict

from constraints.context import Context
from instances.merging import Meeting, can_join, meeting_of
from instances.timetable import DatedChange, Expansion, Session, Timetable
from instances.words import Status
from scheduler.events.trial import Trial


def merge_open_groups(context: Context, timetable: Timetable) -> Timetable:
    """The timetable with groups that events leave alone merged into others where they fit."""
    groups: dict[Meeting, list[Session]] = defaultdict(list)
    for session in Expansion(context.demand, timetable).sessions:
        if session.takes_place and session.post.kind.is_remainder:
            groups[meeting_of(session)].append(session)
    for meeting, group in groups.items():
        event = _left_open_by(timetable, group)
        if event is None:
            continue
        look = Trial(context, (group[0].date,))
        hosts = sorted(
            (
                one
                for other, one in groups.items()
                if other != meeting and can_join(group[0], one[0])
            ),
            key=lambda one: one[0].children,
        )
        for host in hosts:
            if any(session.status is Status.OPEN for session in host):
                continue
            trial = _merged(timetable, group, host[0], event)
            if look.breaches(trial) <= look.breaches(timetable):
                if look.open_posts(trial) < look.open_posts(timetable):
                    timetable = trial
                    break
    return timetable


def _left_open_by(timetable: Timetable, group: list[Session]) -> DatedChange | None:
    for session in group:
        change = timetable.changes.get(session.key)
        if session.status is Status.OPEN and change is not None and change.event is not None:
            return change
    return None


def _merged(
    timetable: Timetable, group: list[Session], host: Session, event: DatedChange
) -> Timetable:
    changes = dict(timetable.changes)
    for session in group:
        changes[session.key] = DatedChange(into=host.key, event=event.event, reason=event.reason)
    return timetable.model_copy(update={"changes": changes})
