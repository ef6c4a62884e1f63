"""Dates on which a room is closed: another room, or the session is cancelled."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from constraints.context import Context
from instances.at_events import AtEvents, Going
from instances.demand import is_movable
from instances.event_sessions import event_title
from instances.timetable import DatedChange, Session, Timetable
from scheduler.events.undisturbed import is_void
from scheduler.free_rooms import free_room, group_of, holds, meet
from scheduler.shared_rooms import share_rooms

ROUNDS = 5


def move_out_of_closed_rooms(context: Context, timetable: Timetable) -> Timetable:
    """Give every session in a closed room another one for that date.

    A suitable free room if there is one, that of every week first; else a club does not take
    place on that date, and care goes to any free room that is large enough. Children who return
    to care may find their room taken by another group on that date: so it is looked at again
    after each change.
    Where a group in care finds none in this way, the rooms of that date are shared out anew, and
    clubs give way to it. What finds none even so stays where it is, for the audit to report.
    """
    before, homeless = timetable, set[dt.date]()
    for _ in range(ROUNDS):
        one = _Round(context, timetable)
        settled, homeless = one.run(), one.homeless
        if settled == timetable:
            break
        timetable = settled
    return _shared_out(context, before, timetable, homeless) if homeless else timetable


def _shared_out(
    context: Context, before: Timetable, after: Timetable, dates: set[dt.date]
) -> Timetable:
    """A timetable with the rooms of some dates shared out anew, from what they were before."""
    days = {f"{date:%Y%m%d}" for date in dates}
    changes = {key: one for key, one in after.changes.items() if key[:8] not in days}
    changes |= {key: one for key, one in before.changes.items() if key[:8] in days}
    writing = _Round(context, after.model_copy(update={"changes": changes}))
    for session, room in share_rooms(context, writing.timetable, dates):
        writing.update(session, room=room, cancelled=room is None)
    return writing.written()


class _Round:
    """One look at all dates, one group after the other.

    ``homeless``: dates on which a group in care found no room.
    """

    def __init__(self, context: Context, timetable: Timetable) -> None:
        self.context = context
        self.timetable = timetable
        self.changes = dict(timetable.changes)
        self.rooms = context.instance.room_by_name
        self.expansion = context.expansion(timetable)
        self.at = self.expansion.at_events
        self.taken: dict[object, list[Session]] = defaultdict(list)
        self.stuck: dict[object, list[Session]] = defaultdict(list)
        self.homeless: set[dt.date] = set()

    def run(self) -> Timetable:
        self._sort()
        for meeting in sorted(self.stuck.values(), key=self._is_guest):
            there = self.taken[meeting[0].date]
            movable = is_movable(self.context.instance.activity_by_name[meeting[0].post.activity])
            home = self.expansion.room_of(meeting[0].post)
            for part in _parts(self.context, meeting, there, self.at, home):
                name = free_room(self.context, part, there, self.at, home)
                if name is not None:
                    self._move(part, name)
                elif movable:
                    self._cancel(part)
                else:
                    self._make_place(part, there)
        return self.written()

    def written(self) -> Timetable:
        """The timetable with what was changed."""
        return self.timetable.model_copy(update={"changes": self.changes})

    def _sort(self) -> None:
        """Who must leave a closed room, or a crowded one, and who may stay."""
        by_room: dict[object, list[Session]] = defaultdict(list)
        for session in self.expansion.sessions:
            if session.room in self.rooms and session.takes_place:
                by_room[session.date, session.room].append(session)
        for sessions in by_room.values():
            for session in sessions:
                room = self.rooms[session.room or ""]
                there = [other for other in sessions if group_of(other) != group_of(session)]
                crowded = session.post.kind.is_remainder and not holds(
                    self.context, room, session, there
                )
                closed = room.is_closed_on(session.date)
                if crowded or closed or self._event_in(session) is not None:
                    self.stuck[session.date, group_of(session), session.room].append(session)
                else:
                    self.taken[session.date].append(session)

    def _event_in(self, session: Session) -> Going | None:
        """The event that has the room of a session to itself."""
        room = session.room or ""
        return self.at.in_room(room, session.date, session.start, session.end)

    def _is_guest(self, meeting: list[Session]) -> bool:
        """Whether a meeting is in its room for that date only: others choose first."""
        return any(self._change(session).room is not None for session in meeting)

    def _change(self, session: Session) -> DatedChange:
        return self.changes.get(session.key, DatedChange())

    def _move(self, part: list[Session], name: str) -> None:
        for session in part:
            self.taken[session.date].append(replace(session, room=name))
            if name != session.room:
                self._go(session, name)

    def _go(self, session: Session, name: str) -> None:
        """Be in another room on a date: as every week, if it is that one."""
        if name != self.expansion.room_of(session.post):
            self.update(session, room=name)
            return
        change = at_home(self._change(session), self.rooms)
        if is_void(change):
            del self.changes[session.key]
        else:
            self.changes[session.key] = change

    def _cancel(self, part: list[Session]) -> None:
        for session in part:
            self.update(session, room=None, cancelled=True)

    def _make_place(self, part: list[Session], there: list[Session]) -> None:
        """Care stays where it is; a club that is there as a guest does not take place."""
        for session in part:
            guests = [s for s in there if s.room == session.room and self._change(s).room]
            movable = [s for s in guests if s.post.option is not None and meet(s, session)]
            self._cancel(movable)
        self.taken[part[0].date] += part
        self.homeless.add(part[0].date)

    def update(self, session: Session, **update: object) -> None:
        """Change a session on its date, for want of its room."""
        known = self._change(session)
        one = self._event_in(session)
        if one is not None:
            title = event_title(self.context.instance, one.held)
            update |= {"reason": known.reason or title, "event": one.key}
        else:
            update["reason"] = known.reason or str(session.room)
        self.changes[session.key] = known.model_copy(update=update)


def at_home(change: DatedChange, rooms: Collection[str]) -> DatedChange:
    """What is said of a session that is in its room of every week again, where ``rooms`` were a
    reason to be elsewhere."""
    reason = "" if change.reason in rooms else change.reason
    return change.model_copy(update={"room": None, "reason": reason})


def _parts(
    context: Context,
    meeting: list[Session],
    taken: list[Session],
    at: AtEvents,
    home: str | None,
) -> list[list[Session]]:
    """A meeting as a whole; care that finds no room for all its segments, each by itself."""
    activity = context.instance.activity_by_name[meeting[0].post.activity]
    if is_movable(activity) or free_room(context, meeting, taken, at, home) is not None:
        return [meeting]
    by_segment: dict[str, list[Session]] = defaultdict(list)
    for session in meeting:
        by_segment[session.segment].append(session)
    return list(by_segment.values())
