"""Clubs that were called off for want of a room meet again on dates on which there is one now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from instances.following import Followed, by_date
from instances.timetable import DatedChange, Session, Timetable
from scheduler.events.undisturbed import is_void
from scheduler.free_rooms import free_room, group_of, meet, open_rooms
from scheduler.rerun.reference import Matched
from scheduler.rooms_by_date import at_home

Group = tuple[str, str | None]


def meeting_again(matched: Matched, carried: Timetable) -> Timetable:
    """A timetable that was carried over, with the clubs that have a room again.

    Where only the room was missing on a date, it is looked for anew, beside all that was
    published. Where the club's own is taken by a group that was sent there for want of its room,
    and may go home now, it does. What somebody called off by hand stays called off.
    """
    rooms = _Rooms(matched, carried)
    for meeting in rooms.called_off():
        rooms.place(meeting)
    return rooms.timetable


class _Rooms:
    """The rooms of all dates, while one club after another gets one."""

    def __init__(self, matched: Matched, carried: Timetable) -> None:
        self.context = matched.context
        self.names = matched.reference.instance.room_by_name
        self.timetable = carried
        self.expansion = self.context.expansion(carried)

    def called_off(self) -> Collection[Sequence[Session]]:
        """The meetings that do not take place for want of a room."""
        found: dict[tuple[dt.date, Group], list[Session]] = defaultdict(list)
        for session in self.expansion.sessions:
            change = self._change(session)
            by_hand = change.room is not None or change.reason not in self.names
            if change.cancelled and change.event is None and not by_hand:
                found[session.date, group_of(session)].append(session)
        return found.values()

    def place(self, meeting: Sequence[Session]) -> None:
        """Let a meeting take place, if there is a room for it when its children come."""
        at, date = self.expansion.at_events, meeting[0].date
        if not any(open_rooms(self.context, meeting, at)):
            return
        keys = {session.key for session in meeting}
        there = [
            session
            for session in self._taking_place(keys)
            if session.date == date and session.takes_place and session.key not in keys
        ]
        home = self.expansion.room_of(meeting[0].post)
        going: list[Session] = []
        name = free_room(self.context, meeting, there, at, home)
        if name is None:
            going = self._guests(meeting, there, home)
            name = home if going else None
        if name is not None:
            changes = {key: DatedChange(room=name, reason=self._reason(key)) for key in keys}
            changes = {} if name == home else changes
            changes |= {one.key: at_home(self._change(one), self.names) for one in going}
            self._settle(keys, changes)

    def _taking_place(self, keys: Collection[str]) -> tuple[Session, ...]:
        """All sessions if some that were called off take place."""
        kept = {key: one for key, one in self.timetable.changes.items() if key not in keys}
        trial = self.timetable.model_copy(update={"changes": kept})
        old = self.expansion
        return Followed(self.context.demand, old, by_date(old), trial).sessions

    def _guests(
        self, meeting: Sequence[Session], there: Sequence[Session], home: str | None
    ) -> list[Session]:
        """Who is in the room of a meeting and may go home, so that it is free; else nobody."""
        at = self.expansion.at_events
        groups: dict[Group, list[Session]] = defaultdict(list)
        for session in there:
            if session.room == home:
                groups[group_of(session)].append(session)
        guests = [
            some
            for some in groups.values()
            if any(meet(one, other) for one in some for other in meeting)
        ]
        going = [session for some in guests for session in some]
        if not all(self._is_guest(session) for session in going):
            return []
        rest = [session for session in there if session not in going]
        for some in guests:
            own = self.expansion.room_of(some[0].post)
            if own is None or free_room(self.context, some, rest, at, own) != own:
                return []
            rest += [replace(session, room=own) for session in some]
        free = free_room(self.context, meeting, rest, at, home) == home
        return going if free else []

    def _is_guest(self, session: Session) -> bool:
        """Whether a session is where it is for want of its own room."""
        change = self._change(session)
        return change.room is not None and change.event is None and change.reason in self.names

    def _change(self, session: Session) -> DatedChange:
        return self.timetable.changes.get(session.key, DatedChange())

    def _reason(self, key: str) -> str:
        return self.timetable.changes[key].reason

    def _settle(self, keys: Collection[str], changes: dict[str, DatedChange]) -> None:
        """Drop what was said of some sessions, and say what is so now."""
        kept = {key: one for key, one in self.timetable.changes.items() if key not in keys}
        new = {key: one for key, one in (kept | changes).items() if not is_void(one)}
        self.timetable = self.timetable.model_copy(update={"changes": new})
        self.expansion = self.context.expansion(self.timetable)
