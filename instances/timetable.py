"""What a timetable IS: a weekly pattern with dated exceptions, and its dated sessions.

The pattern says where movable activities meet (*placements*), in which rooms, and who holds
each line of posts (*holders*). Exceptions change single dates. :func:`expand` turns both
into the flat list of sessions that everything else (sheets, audit, loads) is read from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from instances.arrivals import arrivals
from instances.at_events import AtEvents
from instances.attendance import Attendance
from instances.blocks import Block
from instances.calendar import ServiceDay, timing_on
from instances.dated import applied
from instances.demand import UNIT, Demand, Need, Post
from instances.events import HeldEvent
from instances.headcount import adults, present_at
from instances.history import History
from instances.merging import merged
from instances.school import Record, Segment, Timing
from instances.words import EventKind, Role, Status, Weekday


class Place(Record):
    """A block in a file: a weekday and consecutive segments."""

    weekday: Weekday
    segments: tuple[str, ...]

    @property
    def block(self) -> Block:
        return Block(self.weekday, self.segments)


class Placement(Record):
    """Where a movable activity meets every week. Without a room it has none yet."""

    places: tuple[Place, ...]
    room: str | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(place.block for place in self.places)


class When(Record):
    """A date and a segment of it."""

    date: dt.date
    segment: str


class DatedChange(Record):
    """An exception for one session (by its key). ``None`` leaves the pattern's value.

    ``staff`` is who comes instead; ``open`` that nobody does. ``cancelled``: it does not
    take place. ``to``: it takes place then instead, as a session of its own
    (:func:`moved_key`) that may have changes of its own. ``into``: its group is looked after
    in the session of that key. ``event`` is the event (its key) on whose account it is so.
    """

    staff: str | None = None
    open: bool = False
    room: str | None = None
    cancelled: bool = False
    to: When | None = None
    into: str | None = None
    reason: str = ""
    event: str | None = None


class Timetable(Record):
    """A weekly pattern and its dated exceptions.

    ``placements`` by activity, ``rooms`` by group key, ``holders`` (staff keys) by line,
    ``changes`` by session key; ``events`` on their dates. With a ``history`` it holds from
    that date on.
    """

    placements: dict[str, Placement] = Field(default_factory=dict)
    rooms: dict[str, str] = Field(default_factory=dict)
    holders: dict[str, str] = Field(default_factory=dict)
    changes: dict[str, DatedChange] = Field(default_factory=dict)
    events: tuple[HeldEvent, ...] = ()
    history: History | None = None

    @property
    def since(self) -> dt.date | None:
        """The first date that it plans; ``None`` for the whole term."""
        return self.history.since if self.history else None


@dataclass(frozen=True, slots=True)
class Session:
    """One post on one date in one segment: a row of the Sessions sheet.

    ``planned`` is who the pattern names (``originally`` in the sheet where it differs).
    ``children`` is the head count of the whole meeting; ``load`` is in hundredths of a unit.
    A session that was cancelled, moved to another time (``moved_to``) or merged into another
    (``into``) stays in the list, with no load, but no longer ``takes_place``. ``joined`` are
    the classes that others brought. ``event``: it is a post of an event of that kind.
    """

    key: str
    day: ServiceDay
    segment: str
    start: dt.time
    end: dt.time
    post: Post
    room: str | None
    staff: str | None
    planned: str | None
    status: Status
    children: int
    load: int
    reason: str = ""
    takes_place: bool = True
    moved_to: When | None = None
    moved_from: When | None = None
    into: str | None = None
    joined: tuple[str, ...] = ()
    event: EventKind | None = None

    @property
    def date(self) -> dt.date:
        return self.day.date

    @property
    def origin(self) -> dt.date:
        """The date that the pattern has it on."""
        return self.day.date if self.moved_from is None else self.moved_from.date

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes it is for, with those merged into it."""
        return self.post.classes + self.joined

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The places in the week that its post has, or the one it was moved to."""
        if self.moved_from is None:
            return self.post.blocks
        return (Block(self.day.weekday, (self.segment,)),)


def session_key(date: dt.date, segment: str, line: str) -> str:
    """The stable key of a session: date, segment and line of posts."""
    return f"{date:%Y%m%d}|{segment}|{line}"


def moved_key(key: str) -> str:
    """The stable key of a session where it was moved to, wherever that is."""
    return f"{key}>"


def expand(demand: Demand, timetable: Timetable) -> tuple[Session, ...]:
    """Every session of the term, in order of date, start, activity and post."""
    return Expansion(demand, timetable).sessions


class Expansion:
    """The dated view of a timetable: its sessions and the head counts behind them.

    ``only``: dates (bit mask) to which it is limited; what was moved counts where it was.
    """

    def __init__(self, demand: Demand, timetable: Timetable, only: int | None = None) -> None:
        self.demand = demand
        self.timetable = timetable
        self.calendar = demand.calendar
        self.only = self.calendar.every if only is None else only
        self._order = {a.name: n for n, a in enumerate(demand.instance.activities)}

    @cached_property
    def at_events(self) -> AtEvents:
        """Who and what is at events when."""
        return AtEvents(self.demand, self.timetable.events)

    @cached_property
    def option_of(self) -> dict[str, int]:
        """The option that each placed movable activity has."""
        chosen = {}
        for activity, placement in self.timetable.placements.items():
            for option in self.demand.options.get(activity, ()):
                if set(option.blocks) == set(placement.blocks):
                    chosen[activity] = option.index
        return chosen

    @cached_property
    def active_posts(self) -> tuple[Post, ...]:
        """Posts of the pattern: fixed ones, and those of the options chosen."""
        return tuple(
            post
            for post in self.demand.posts
            if post.option is None or self.option_of.get(post.activity) == post.option
        )

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        others: list[Session] = []
        care: list[Post] = []
        for post in self.active_posts:
            if post.is_care:
                care.append(post)
            else:
                others.extend(self._of_post(post, post.dates & self.only, self._children_of(post)))
        others.extend(arrivals(self))
        self._attendance = Attendance(self.demand, others, self.timetable.since)
        for post in care:
            for day in self.calendar.dates(post.dates & self.only):
                others.extend(self._in_care(post, day))
        into = {key: change.into for key, change in self.timetable.changes.items() if change.into}
        return self._in_order(merged(others, into) if into else others)

    def _in_order(self, sessions: Iterable[Session]) -> tuple[Session, ...]:
        def place(one: Session) -> tuple[object, ...]:
            post = one.post
            there = (self._order[post.activity], post.group or "", post.role.tier, post.number)
            return (one.date, one.start, *there, one.key)

        return tuple(sorted(sessions, key=place))

    def _in_care(self, post: Post, day: ServiceDay) -> Iterator[Session]:
        """The sessions of a care post on a date, if there are children for it."""
        need = self.need_on(post, day)
        children = self.children_in_need(need, day) if need else 0
        wanted = need is None or self._wanted(post, need, children)
        if wanted or self._pushed_out(post, day):
            yield from self._on(post, day, children)

    def _wanted(self, post: Post, need: Need, children: int) -> bool:
        """Whether a care post exists for so many children."""
        if post.need is None and not self._attendance.visits:
            return True
        if post.need is None and post.role is not Role.SUPERVISOR:
            return children > 0
        return adults(children, need.ratio) >= post.number

    def _pushed_out(self, post: Post, day: ServiceDay) -> bool:
        """Whether a care post would exist but for an event to which its children went."""
        if not self.timetable.events:
            return False
        keys = (session_key(day.date, name, post.line) for name in post.blocks[0].segments)
        changes = map(self.timetable.changes.get, keys)
        return any(change is not None and change.event is not None for change in changes)

    def need_on(self, post: Post, day: ServiceDay) -> Need | None:
        """The need that a care post answers on a day."""
        bit = 1 << self.calendar.index[day.date]
        return next((need for need in self.demand.needs_of(post) if need.dates & bit), None)

    def children_in_need(self, need: Need, day: ServiceDay) -> int:
        """Children really in care: those present who are in no club that meets, nor at an event."""
        attendance = self._attendance
        if not self.timetable.events and not attendance.visits:
            return max(0, need.base - attendance.away_from(need, day.date))
        timings = [self._timing(day, name) for name in need.block.segments]
        clock = (timings[0].start, timings[-1].end)
        events = self.at_events.during(day.date, *clock)
        gone = attendance.away_from(need, day.date, events)
        away = frozenset[str]().union(*(one.classes for one in events))
        left = [name for name in need.group.classes if name not in away]
        gone += attendance.visiting(left, need.block, day.date, clock)
        return max(0, need.base - gone)

    def _children_of(self, post: Post) -> int:
        if post.group is not None:
            instance = self.demand.instance
            return max(present_at(instance, post.classes, block) for block in post.blocks)
        return sum(self.demand.taken.get(post.activity, {}).values())

    def _of_post(self, post: Post, days: int, children: int) -> Iterable[Session]:
        for day in self.calendar.dates(days):
            yield from self._on(post, day, children)

    def _on(self, post: Post, day: ServiceDay, children: int) -> Iterator[Session]:
        for block in post.blocks:
            if block.weekday == day.weekday:
                for name in block.segments:
                    key = session_key(day.date, name, post.line)
                    change = self.timetable.changes.get(key)
                    place = self.place_of(change.to) if change and change.to else None
                    moved_to = change.to if change and place else None
                    session = self._session(key, post, day, name, children, moved_to=moved_to)
                    yield session
                    if place is not None and self.calendar.plans(place[0]):
                        yield self._moved(session, *place)

    def moved_here(
        self, post: Post, day: ServiceDay, name: str, place: tuple[ServiceDay, str]
    ) -> Iterator[Session]:
        """What was moved from a date that is not planned any more."""
        key = session_key(day.date, name, post.line)
        to = When(date=place[0].date, segment=place[1])
        session = self._session(key, post, day, name, self._children_of(post), moved_to=to)
        yield self._moved(session, *place)

    def _moved(self, session: Session, day: ServiceDay, segment: str) -> Session:
        """A session where it was moved to."""
        post, children = session.post, session.children
        if post.group is not None:
            block = Block(day.weekday, (segment,))
            children = present_at(self.demand.instance, post.classes, block)
            if post.kind.is_remainder:
                timing = self._timing(day, segment)
                clock = (timing.start, timing.end)
                children -= self._attendance.away(post.classes, day.date, clock)
        came = When(date=session.date, segment=session.segment)
        key = moved_key(session.key)
        return self._session(key, post, day, segment, max(0, children), moved_from=came)

    def _session(
        self,
        key: str,
        post: Post,
        day: ServiceDay,
        name: str,
        children: int,
        *,
        moved_to: When | None = None,
        moved_from: When | None = None,
    ) -> Session:
        planned = self.timetable.holders.get(post.line)
        change = self.timetable.changes.get(key)
        staff, status, room = applied(change, planned, self.room_of(post))
        if moved_to is not None:
            staff, status = planned, Status.MOVED
        elif moved_from is not None and status in (Status.PLANNED, Status.COVER):
            status = Status.MOVED
        timing = self._timing(day, name)
        takes_place = moved_to is None and status is not Status.CANCELLED
        units = self.demand.instance.segment_by_name[name].units
        return Session(
            key=key,
            day=day,
            segment=name,
            start=timing.start,
            end=timing.end,
            post=post,
            room=room,
            staff=staff,
            planned=planned,
            status=status,
            children=children,
            load=int(units * UNIT) if takes_place else 0,
            reason=change.reason if change else "",
            takes_place=takes_place,
            moved_to=moved_to,
            moved_from=moved_from,
        )

    def place_of(self, when: When) -> tuple[ServiceDay, str] | None:
        """The service day of a date, if the segment takes place on it."""
        index = self.calendar.index.get(when.date)
        segment = self.demand.instance.segment_by_name.get(when.segment)
        if index is None or segment is None:
            return None
        day = self.calendar.days[index]
        return (day, segment.name) if timing_on(segment, day.weekday, day.phase) else None

    def _timing(self, day: ServiceDay, name: str) -> Timing:
        segment: Segment = self.demand.instance.segment_by_name[name]
        timing = timing_on(segment, day.weekday, day.phase)
        assert timing is not None, "a post exists only where its segment does"
        return timing

    def room_of(self, post: Post) -> str | None:
        """The room of a post in the pattern; duties have none."""
        if post.room is not None:
            return post.room
        if post.option is not None:
            placement = self.timetable.placements.get(post.activity)
            return placement.room if placement else None
        if post.group is not None:
            return self.timetable.rooms.get(post.group)
        return None
