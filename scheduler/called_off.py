"""Clubs that do not meet on dates on which they have no room: no post is open then, so it is said.

What falls out on account of events is told elsewhere, and what the administrator calls off by
hand she knows.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from instances.derivation import derive
from instances.messages import Bilingual, Label, Message, Template
from instances.school import Instance
from instances.timetable import Expansion, Session, Timetable
from scheduler.result import Published

HEAD = Template(
    "有{count}个社团因没有场地而停课，其岗位不算空缺：",
    "{count} {count:club does|clubs do} not meet for want of a room; their posts do not count as "
    "open:",
)
SOME = Template(
    "“{activity}”：{first}至{last}停{count}次（共{every}次）{why}",
    "“{activity}”: on {count} of {every} dates, {first} to {last}{why}",
)
ONCE = Template(
    "“{activity}”：{dates}停课（共{every}次）{why}",
    "“{activity}”: on {dates}, of {every} {every:date|dates}{why}",
)
FROM_NOW = Template(
    "“{activity}”：自{first}起不再举行（{count}次）{why}",
    "“{activity}”: not at all from {first} on ({count} {count:date|dates}){why}",
)
CLOSED = Template("，{rooms}停用。", "; {rooms} is closed.")
FULL = Label("。", ".")
REMEDY = Label(
    "如仍要举行，请在“活动”表给这些社团填上别的场地，再排一次。",
    "If they are to meet, give them other rooms in the sheet Activities and run it again.",
)
FEW = 4


@dataclass(frozen=True)
class CalledOff:
    """A club, its dates without a room, and the rooms closed then; ``every``: how many dates it
    would have with one, events aside."""

    activity: str
    dates: tuple[dt.date, ...]
    rooms: tuple[str, ...]
    every: int

    @property
    def wholly(self) -> bool:
        """Whether it does not meet at all any more."""
        return len(self.dates) == self.every

    @property
    def message(self) -> Message:
        why: Bilingual = CLOSED(rooms=self.rooms) if self.rooms else FULL
        facts = {"activity": self.activity, "why": why}
        if self.wholly:
            return FROM_NOW(first=self.dates[0], count=self.every, **facts)
        if len(self.dates) <= FEW:
            return ONCE(dates=self.dates, every=self.every, **facts)
        first, last = self.dates[0], self.dates[-1]
        return SOME(first=first, last=last, count=len(self.dates), every=self.every, **facts)

    def to_json(self) -> dict[str, Any]:
        dates = [date.isoformat() for date in self.dates]
        return {"activity": self.activity, "dates": dates, "rooms": list(self.rooms)}


def called_off_in(published: Published) -> tuple[CalledOff, ...]:
    """The clubs of a published term that have no room on some dates."""
    instance, timetable = published.instance, published.timetable
    expansion = Expansion(derive(instance, timetable.since), timetable)
    return called_off(instance, timetable, expansion.sessions)


def called_off(
    instance: Instance, timetable: Timetable, sessions: Iterable[Session]
) -> tuple[CalledOff, ...]:
    """By club, in the order of the sessions."""
    meetings: dict[str, dict[dt.date, Session]] = defaultdict(dict)
    for session in sessions:
        if session.post.option is not None and session.moved_from is None:
            meetings[session.post.activity].setdefault(session.date, session)
    found = []
    for activity, by_date in meetings.items():
        off = [one for one in by_date.values() if _has_no_room(instance, timetable, one)]
        if off:
            rooms = dict.fromkeys(one.room or "" for one in off if _is_closed(instance, one))
            dates = tuple(sorted(one.date for one in off))
            every = len(off) + sum(one.takes_place for one in by_date.values())
            found.append(CalledOff(activity, dates, tuple(rooms), every))
    return tuple(found)


def _has_no_room(instance: Instance, timetable: Timetable, session: Session) -> bool:
    change = timetable.changes.get(session.key)
    if change is None or not change.cancelled or change.event is not None:
        return False
    return change.reason == session.room or _is_closed(instance, session)


def _is_closed(instance: Instance, session: Session) -> bool:
    room = instance.room_by_name.get(session.room or "")
    return room is not None and room.is_closed_on(session.date)


def called_off_lines(found: Sequence[CalledOff]) -> Iterator[Message | Label]:
    """What commands and the overview say: nothing where every club has a room."""
    if found:
        yield HEAD(count=len(found))
        yield from (one.message for one in found)
        yield REMEDY
