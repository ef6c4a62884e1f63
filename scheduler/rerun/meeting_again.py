"""Clubs that were called off for want of a room meet again on dates on which there is one now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from constraints.context import Context
from instances.following import Followed, by_date
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.changes import base_line
from scheduler.events.undisturbed import is_void
from scheduler.free_rooms import free_room, group_of, meet, open_rooms
from scheduler.rerun.reference import Matched
from scheduler.rooms_by_date import at_home

Group = tuple[str, str | None]
Meeting = Sequence[Session]


def meeting_again(matched: Matched, carried: Timetable) -> Timetable:
    """A timetable that was carried over, with the clubs that have a room again.

    Where only the room was missing on a date, it is looked for anew, beside all that was
    published. Where the club's own is taken by a group that was sent there for want of its room,
    and may go home now, it does. What somebody called off by hand stays called off.
    """
    context, names = matched.context, matched.reference.instance.room_by_name.keys()
    expansion, changes = context.expansion(carried), dict(carried.changes)
    dates: dict[dt.date, dict[Group, list[Session]]] = defaultdict(lambda: defaultdict(list))
    for session in expansion.sessions:
        change = changes.get(session.key, DatedChange())
        by_hand = change.room is not None or change.reason not in names
        if change.cancelled and change.event is None and not by_hand:
            dates[session.date][group_of(session)].append(session)
    for groups in dates.values():
        at = expansion.at_events
        hopeful = [some for some in groups.values() if any(open_rooms(context, some, at))]
        rooms = _found(context, expansion, hopeful, names)
        if rooms is not None:
            changes |= rooms.changes
            matched.leaving |= {(base_line(one.post.line), one.origin) for one in rooms.gone_home}
    kept = {key: change for key, change in changes.items() if not is_void(change)}
    return carried.model_copy(update={"changes": kept})


def _found(
    context: Context, expansion: Expansion, meetings: Sequence[Meeting], names: Collection[str]
) -> _Rooms | None:
    """The rooms of a date with those of its meetings that find one, if any do.

    A club that does not meet has its children in care, perhaps in the room of another: so all
    are tried together, and then without those that find none, until each of them does.
    """
    while meetings:
        rooms = _Rooms(context, expansion, meetings, names)
        found = rooms.placed()
        if len(found) == len(meetings):
            return rooms
        meetings = found
    return None


class _Rooms:
    """The rooms of a date on which some meetings take place again.

    ``changes``: what is said of them then, and of others, by session key; ``gone_home``: these
    others, who have been in the room of one.
    """

    def __init__(
        self,
        context: Context,
        expansion: Expansion,
        meetings: Sequence[Meeting],
        names: Collection[str],
    ) -> None:
        self.context = context
        self.meetings = meetings
        self.names = names
        self.known = expansion.timetable.changes
        self.at = expansion.at_events
        self.room_of = expansion.room_of
        self.changes: dict[str, DatedChange] = {}
        self.gone_home: list[Session] = []
        date = meetings[0][0].date
        keys = {session.key for meeting in meetings for session in meeting}
        kept = {key: change for key, change in self.known.items() if key not in keys}
        trial = expansion.timetable.model_copy(update={"changes": kept})
        now = Followed(context.demand, expansion, by_date(expansion), trial).dates[date]
        self.there = [one for one in now if one.takes_place and one.key not in keys]

    def placed(self) -> list[Meeting]:
        """The meetings that find a room: their own, another, or their own when others go home."""
        found: list[int] = []
        for way in (self._at_home, self._elsewhere, self._for_guests):
            for n, meeting in enumerate(self.meetings):
                if n not in found and way(meeting):
                    found.append(n)
        return [self.meetings[n] for n in sorted(found)]

    def _at_home(self, meeting: Meeting) -> bool:
        home = self.room_of(meeting[0].post)
        return home is not None and self._free(meeting) == home and self._take(meeting, home)

    def _elsewhere(self, meeting: Meeting) -> bool:
        name = self._free(meeting)
        return name is not None and self._take(meeting, name)

    def _for_guests(self, meeting: Meeting) -> bool:
        """In the room of every week, if all who are there may go home."""
        home = self.room_of(meeting[0].post)
        here: dict[Group, list[Session]] = defaultdict(list)
        for session in self.there:
            if session.room == home:
                here[group_of(session)].append(session)
        guests = [some for some in here.values() if any(meet(s, o) for s in some for o in meeting)]
        going = [session for some in guests for session in some]
        if not all(self._is_guest(session) for session in going):
            return False
        before = list(self.there)
        self.there = [session for session in before if session not in going]
        if all(self._at_home(some) for some in (*guests, meeting)):
            self.gone_home += going
            return True
        self.there = before
        for session in going:
            self.changes.pop(session.key, None)
        return False

    def _free(self, meeting: Meeting) -> str | None:
        home = self.room_of(meeting[0].post)
        return free_room(self.context, meeting, self.there, self.at, home)

    def _take(self, meeting: Meeting, name: str) -> bool:
        """Be in a room from now on."""
        for session in meeting:
            known = self.known[session.key]
            change = at_home(known, self.names)
            if name != self.room_of(session.post):
                change = known.model_copy(update={"room": name})
            self.changes[session.key] = change.model_copy(update={"cancelled": False})
        self.there += [replace(session, room=name) for session in meeting]
        return True

    def _is_guest(self, session: Session) -> bool:
        """Whether a session is where it is for want of its own room."""
        change = self.known.get(session.key, DatedChange())
        is_sent = change.room is not None and change.event is None
        return is_sent and change.reason in self.names and session.key not in self.changes
