"""Where a room is open again: clubs that were called off for want of it meet, groups go home."""

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
    """A timetable that was carried over, where rooms are open again.

    Clubs of which only the room was missing on a date meet, if there is one beside all that was
    published; where their own is taken by a group that was sent there for want of its room, and
    may go home now, it does. Whoever was sent away because a room was closed that is not closed
    any more goes home as well, if it is free. What somebody called off by hand stays called off.
    """
    expansion, changes = matched.context.expansion(carried), dict(carried.changes)
    dates: dict[dt.date, _Reopened] = {}
    for session in expansion.sessions:
        here = dates.setdefault(session.date, _Reopened(matched, expansion))
        here.enter(session)
    for here in dates.values():
        rooms = here.rooms()
        if rooms is not None:
            changes |= rooms.changes
            matched.leaving |= {(base_line(one.post.line), one.origin) for one in rooms.gone_home}
    kept = {key: change for key, change in changes.items() if not is_void(change)}
    return carried.model_copy(update={"changes": kept})


class _Reopened:
    """The meetings of a date that were called off, or sent away, for want of a room."""

    def __init__(self, matched: Matched, expansion: Expansion) -> None:
        self.context = matched.context
        self.before = matched.reference.instance.room_by_name
        self.expansion = expansion
        self.off: dict[Group, list[Session]] = defaultdict(list)
        self.away: dict[Group, list[Session]] = defaultdict(list)

    def enter(self, session: Session) -> None:
        """Enter a session if it is such a one."""
        change = self.expansion.timetable.changes.get(session.key)
        if change is None or change.event is not None or change.reason not in self.before:
            return
        if change.cancelled and change.room is None:
            self.off[group_of(session)].append(session)
        elif session.takes_place and change.room is not None and self._is_open_again(session):
            self.away[group_of(session)].append(session)

    def _is_open_again(self, session: Session) -> bool:
        """Whether the room of every week was closed on that date, and is not any more."""
        name = self.expansion.room_of(session.post) or ""
        room, was = self.context.instance.room_by_name.get(name), self.before.get(name)
        reopened = was is not None and was.is_closed_on(session.date)
        return reopened and room is not None and not room.is_closed_on(session.date)

    def rooms(self) -> _Rooms | None:
        """The rooms of the date with those meetings that find one, if any do.

        A club that does not meet has its children in care, perhaps in the room of another: so all
        are tried together, and then without those that find none, until each of them does.
        """
        at = self.expansion.at_events
        off: list[Meeting] = [s for s in self.off.values() if any(open_rooms(self.context, s, at))]
        away: list[Meeting] = list(self.away.values())
        while off or away:
            rooms = _Rooms(self.context, self.expansion, off, away, self.before)
            found = rooms.placed()
            if len(found[0]) == len(off) and len(found[1]) == len(away):
                return rooms
            off, away = found
        return None


class _Rooms:
    """The rooms of a date on which some meetings take place again, and others go home.

    ``changes``: what is said of them then, by session key; ``gone_home``: the others.
    """

    def __init__(
        self,
        context: Context,
        expansion: Expansion,
        off: Sequence[Meeting],
        away: Sequence[Meeting],
        names: Collection[str],
    ) -> None:
        self.context = context
        self.off, self.away = off, away
        self.names = names
        self.known = expansion.timetable.changes
        self.at = expansion.at_events
        self.room_of = expansion.room_of
        self.changes: dict[str, DatedChange] = {}
        self.gone_home: list[Session] = []
        date = (*off, *away)[0][0].date
        lifted, going = ({one.key for some in part for one in some} for part in (off, away))
        kept = {key: change for key, change in self.known.items() if key not in lifted}
        trial = expansion.timetable.model_copy(update={"changes": kept})
        dates = by_date(expansion)
        now = Followed(context.demand, expansion, dates, trial).dates if lifted else dates
        keys = lifted | going
        self.there = [one for one in now[date] if one.takes_place and one.key not in keys]

    def placed(self) -> tuple[list[Meeting], list[Meeting]]:
        """The meetings that find a room: their own, another, or their own when others go home; and
        the groups that can go home."""
        home = [some for some in self.away if self._at_home(some)]
        self.gone_home += [session for some in home for session in some]
        found: list[int] = []
        for way in (self._at_home, self._elsewhere, self._for_guests):
            for n, meeting in enumerate(self.off):
                if n not in found and way(meeting):
                    found.append(n)
        return [self.off[n] for n in sorted(found)], home

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
