"""What a timetable IS: a weekly pattern with dated exceptions, and its dated sessions.

The pattern says where movable activities meet (*placements*), in which rooms, and who holds
each line of posts (*holders*). Exceptions change single dates. :func:`expand` turns both
into the flat list of sessions that everything else (sheets, audit, loads) is read from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from instances.blocks import Block
from instances.calendar import ServiceDay, timing_on
from instances.demand import UNIT, Demand, Need, Post, principal_role
from instances.headcount import adults, present_at
from instances.school import Record
from instances.words import Role, Status, Weekday


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


class DatedChange(Record):
    """An exception for one session (by its key). ``None`` leaves the pattern's value.

    ``staff`` is who comes instead; ``open`` that nobody does. ``cancelled``: it does not
    take place.
    """

    staff: str | None = None
    open: bool = False
    room: str | None = None
    cancelled: bool = False
    reason: str = ""


class Timetable(Record):
    """A weekly pattern and its dated exceptions.

    ``placements`` by activity, ``rooms`` by group key, ``holders`` (staff keys) by line,
    ``changes`` by session key.
    """

    placements: dict[str, Placement] = Field(default_factory=dict)
    rooms: dict[str, str] = Field(default_factory=dict)
    holders: dict[str, str] = Field(default_factory=dict)
    changes: dict[str, DatedChange] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """One post on one date in one segment: a row of the Sessions sheet.

    ``planned`` is who the pattern names (``originally`` in the sheet where it differs).
    ``children`` is the head count of the whole meeting; ``load`` is in hundredths of a unit.
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

    @property
    def date(self) -> dt.date:
        return self.day.date

    @property
    def moved_room(self) -> bool:
        return self.status is Status.MOVED


def session_key(date: dt.date, segment: str, line: str) -> str:
    """The stable key of a session: date, segment and line of posts."""
    return f"{date:%Y%m%d}|{segment}|{line}"


def expand(demand: Demand, timetable: Timetable) -> tuple[Session, ...]:
    """Every session of the term, in order of date, start, activity and post."""
    return Expansion(demand, timetable).sessions


class Expansion:
    """The dated view of a timetable: its sessions and the head counts behind them."""

    def __init__(self, demand: Demand, timetable: Timetable) -> None:
        self.demand = demand
        self.timetable = timetable
        self.calendar = demand.calendar
        self._order = {a.name: n for n, a in enumerate(demand.instance.activities)}

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
            if post.kind.is_remainder and post.option is None:
                care.append(post)
            else:
                others.extend(self._of_post(post, post.dates, self._children_of(post)))
        self._attended = self._led(others)
        for post in care:
            for day in self.calendar.dates(post.dates):
                need = self.need_on(post, day)
                children = self.children_in_need(need, day) if need else 0
                if need is None or post.need is None or adults(children, need.ratio) >= post.number:
                    others.extend(self._on(post, day, children))
        return tuple(
            sorted(
                others,
                key=lambda s: (
                    s.date,
                    s.start,
                    self._order[s.post.activity],
                    s.post.group or "",
                    s.post.role.tier,
                    s.post.number,
                    s.key,
                ),
            )
        )

    @cached_property
    def _principal(self) -> dict[str, Role | None]:
        activities = self.demand.instance.activity_by_name
        return {name: principal_role(activities[name]) for name in self.demand.options}

    @cached_property
    def _need_index(self) -> dict[tuple[str, Weekday, str], list[Need]]:
        index: dict[tuple[str, Weekday, str], list[Need]] = {}
        for need in self.demand.needs.values():
            for weekday, segment in need.block.slots:
                index.setdefault((need.group.key, weekday, segment), []).append(need)
        return index

    def need_on(self, post: Post, day: ServiceDay) -> Need | None:
        """The need that a care post answers on a day."""
        bit = 1 << self.calendar.index[day.date]
        block = post.blocks[0]
        place = (post.group or "", block.weekday, block.segments[0])
        for need in self._need_index.get(place, ()):
            if need.dates & bit:
                return need
        return None

    def children_in_need(self, need: Need, day: ServiceDay) -> int:
        """Children really in care: those present, less those in a club that takes place."""
        gone = sum(
            taker.children
            for taker in need.takers
            if (taker.activity, taker.option, day.date) in self._attended or (taker.option is None)
        )
        return max(0, need.base - gone)

    def _led(self, sessions: Iterable[Session]) -> set[tuple[str, int | None, dt.date]]:
        """Meetings of movable activities that somebody leads: (activity, option, date)."""
        led: set[tuple[str, int | None, dt.date]] = set()
        failed: set[tuple[str, int | None, dt.date]] = set()
        for session in sessions:
            post = session.post
            if post.option is None:
                continue
            principal = self._principal[post.activity]
            missing = session.status is Status.CANCELLED
            if principal is not None:
                missing = missing or session.staff is None
            if principal in (None, post.role):
                meeting = (post.activity, post.option, session.date)
                (failed if missing else led).add(meeting)
        return led - failed

    def _children_of(self, post: Post) -> int:
        if post.group is not None:
            instance = self.demand.instance
            return max(present_at(instance, post.classes, block) for block in post.blocks)
        return sum(self.demand.taken.get(post.activity, {}).values())

    def _of_post(self, post: Post, days: int, children: int) -> Iterable[Session]:
        for day in self.calendar.dates(days):
            yield from self._on(post, day, children)

    def _on(self, post: Post, day: ServiceDay, children: int) -> Iterable[Session]:
        planned = self.timetable.holders.get(post.line)
        room = self.room_of(post)
        for block in post.blocks:
            if block.weekday != day.weekday:
                continue
            for name in block.segments:
                segment = self.demand.instance.segment_by_name[name]
                timing = timing_on(segment, day.weekday, day.phase)
                assert timing is not None, "a post exists only where its segment does"
                key = session_key(day.date, name, post.line)
                change = self.timetable.changes.get(key)
                staff, status, here = _applied(change, planned, room)
                load = 0 if status is Status.CANCELLED else int(segment.units * UNIT)
                yield Session(
                    key=key,
                    day=day,
                    segment=name,
                    start=timing.start,
                    end=timing.end,
                    post=post,
                    room=here,
                    staff=staff,
                    planned=planned,
                    status=status,
                    children=children,
                    load=load,
                    reason=change.reason if change else "",
                )

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


def _applied(
    change: DatedChange | None, planned: str | None, room: str | None
) -> tuple[str | None, Status, str | None]:
    if change is None:
        return planned, Status.OPEN if planned is None else Status.PLANNED, room
    if change.cancelled:
        return planned, Status.CANCELLED, room
    staff = None if change.open else (change.staff or planned)
    here = change.room or room
    if staff is None:
        return None, Status.OPEN, here
    if staff != planned:
        return staff, Status.COVER, here
    return staff, Status.MOVED if here != room else Status.PLANNED, here
