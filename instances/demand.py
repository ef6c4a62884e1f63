"""From a school to everything that must be staffed: posts, options, groups and needs.

A *post* is one place that one person must fill on a set of dates: every week, in odd weeks,
when clubs pause, or in the weeks of a rota's turn. A movable activity has *options* (where
its meetings may sit) and its posts exist once per option; the posts of care exist according
to how many children remain, which is a *need*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from instances.blocks import Block, Moment, minutes
from instances.calendar import Calendar, timing_on
from instances.school import Activity, Instance, PostSpec
from instances.words import Kind, Role, Weekday

UNIT = 100
"""Loads are whole numbers of hundredths of a unit."""


@dataclass(frozen=True, slots=True)
class Group:
    """Classes that are together in an activity that meets at fixed slots."""

    activity: str
    classes: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.activity}@{'+'.join(self.classes)}"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to place a movable activity in the week."""

    activity: str
    index: int
    blocks: tuple[Block, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taker:
    """An activity that takes children out of care; ``option`` ``None`` where it always does."""

    activity: str
    option: int | None
    children: int


@dataclass(frozen=True, slots=True)
class Need:
    """Children of a group at a block on some dates, and how many adults they may need.

    ``base`` children are present; whoever is in a staffed activity of ``takers`` is not in
    care. Between ``low`` (all clubs meet here) and ``high`` (none does) adults are needed.
    """

    key: str
    group: Group
    block: Block
    dates: int
    base: int
    takers: tuple[Taker, ...]
    ratio: int
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Post:
    """One place that one person fills at ``blocks`` on ``dates``.

    ``line`` names it in a timetable; the copies of a movable activity's post, one per
    ``option``, share it. ``units``: (dates, hundredths of a unit on each) per block. A post
    with a ``need`` exists where that need asks for ``number`` adults or more (assistants: for
    any).
    """

    line: str
    activity: str
    kind: Kind
    classes: tuple[str, ...]
    group: str | None
    role: Role
    number: int
    skills: frozenset[str]
    blocks: tuple[Block, ...]
    dates: int
    units: tuple[tuple[int, int], ...]
    option: int | None = None
    need: str | None = None
    room: str | None = None
    listed: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.line if self.option is None else f"{self.line}#{self.option}"

    @property
    def is_care(self) -> bool:
        """Whether it looks after the children who are in nothing else at a fixed time."""
        return self.option is None and self.kind.is_remainder

    @cached_property
    def footprint(self) -> tuple[tuple[int, int], ...]:
        """(dates, segments on each) per block: posts that are alike in it take the same places."""
        return tuple(
            (mask, len(block.segments))
            for (mask, _), block in zip(self.units, self.blocks, strict=True)
        )

    @cached_property
    def place(self) -> tuple[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """Activity, weekdays and segments: what a wish is about, as a key quick to look up."""
        return self.activity, tuple((int(b.weekday), b.segments) for b in self.blocks)

    @cached_property
    def slots(self) -> int:
        """How many weekly slots the post takes."""
        return sum(len(block.segments) for block in self.blocks)

    @cached_property
    def size(self) -> int:
        """Number of dated places: dates times segments."""
        return sum(mask.bit_count() * segments for mask, segments in self.footprint)

    @cached_property
    def load(self) -> int:
        """Hundredths of a unit over the term."""
        return self.load_on(self.dates)

    def load_on(self, days: int) -> int:
        """Hundredths of a unit over those of ``days`` on which the post exists."""
        return sum((mask & days).bit_count() * units for mask, units in self.units)

    def on(self, days: int) -> Post:
        """The post as it is on some of its dates alone, as somebody sees it who comes instead."""
        parts = [
            (block, (mask & days, units))
            for block, (mask, units) in zip(self.blocks, self.units, strict=True)
            if mask & days
        ]
        blocks, units = zip(*parts, strict=True)
        return replace(self, dates=self.dates & days, blocks=blocks, units=units)


@dataclass(frozen=True)
class Demand:
    """All that must be staffed in a term, derived from an instance.

    ``over`` are posts whose dates have all been, where it is derived from a date on.
    ``moments`` are for people, who need minutes to change over; ``meeting_moments`` for
    children and rooms, by the clock alone.
    """

    instance: Instance
    calendar: Calendar
    moments: tuple[Moment, ...]
    meeting_moments: tuple[Moment, ...]
    groups: tuple[Group, ...]
    options: dict[str, tuple[Option, ...]]
    needs: dict[str, Need]
    posts: tuple[Post, ...]
    taken: dict[str, dict[str, int]]
    group_rooms: dict[str, tuple[str, ...]]
    over: tuple[Post, ...] = ()

    @cached_property
    def post_by_key(self) -> dict[str, Post]:
        return {post.key: post for post in self.posts}

    @cached_property
    def regular(self) -> frozenset[Post]:
        """Posts that are part of somebody's week: on a third of their weekdays' dates or more."""
        days = self.calendar.of_weekday
        return frozenset(
            post
            for post in self.posts
            if 3 * sum(mask.bit_count() for mask, _ in post.units)
            >= sum(days[block.weekday].bit_count() for block in post.blocks)
        )

    @cached_property
    def clocks(self) -> dict[tuple[Weekday, str], tuple[tuple[int, int, int], ...]]:
        """For each slot its clock times, as minutes after midnight, each with its dates."""
        found: dict[tuple[Weekday, str], dict[tuple[int, int], int]] = {}
        for segment in self.instance.segments:
            for n, day in enumerate(self.calendar.days):
                timing = timing_on(segment, day.weekday, day.phase)
                if timing is not None and self.calendar.every >> n & 1:
                    times = found.setdefault((day.weekday, segment.name), {})
                    clock = (minutes(timing.start), minutes(timing.end))
                    times[clock] = times.get(clock, 0) | 1 << n
        return {
            slot: tuple((start, end, days) for (start, end), days in times.items())
            for slot, times in found.items()
        }

    @cached_property
    def group_by_key(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def posts_of_line(self) -> dict[str, tuple[Post, ...]]:
        lines: dict[str, list[Post]] = {}
        for post in self.posts:
            lines.setdefault(post.line, []).append(post)
        return {line: tuple(posts) for line, posts in lines.items()}

    @cached_property
    def needs_at(self) -> dict[tuple[str, Weekday, str], tuple[Need, ...]]:
        """The needs by the key of their group, weekday and segment, each with dates of its own."""
        index: dict[tuple[str, Weekday, str], list[Need]] = {}
        for need in self.needs.values():
            for weekday, segment in need.block.slots:
                index.setdefault((need.group.key, weekday, segment), []).append(need)
        return {place: tuple(needs) for place, needs in index.items()}

    def needs_of(self, post: Post) -> tuple[Need, ...]:
        """The needs that a care post may answer, by the date."""
        block = post.blocks[0]
        return self.needs_at.get((post.group or "", block.weekday, block.segments[0]), ())

    @cached_property
    def posts_of_need(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            if post.need is not None:
                found.setdefault(post.need, []).append(post)
        return {key: tuple(posts) for key, posts in found.items()}

    @cached_property
    def posts_of_option(self) -> dict[tuple[str, int], tuple[Post, ...]]:
        found: dict[tuple[str, int], list[Post]] = {}
        for post in self.posts:
            if post.option is not None:
                found.setdefault((post.activity, post.option), []).append(post)
        return {key: tuple(posts) for key, posts in found.items()}


def is_movable(activity: Activity) -> bool:
    """Whether its place is chosen as a whole: clubs, tutoring, and whatever says how often."""
    return activity.movable or activity.kind in (Kind.CLUB, Kind.TUTORING)


def default_posts(activity: Activity) -> tuple[PostSpec, ...]:
    """The posts of an activity; the usual one of its kind where none is given."""
    if activity.posts:
        return activity.posts
    if activity.kind in (Kind.CLUB, Kind.TUTORING):
        return (PostSpec(role=Role.LEADER),)
    if activity.kind is Kind.DUTY:
        return (PostSpec(role=Role.DUTY_LEADER),)
    if activity.kind is Kind.STANDBY:
        return (PostSpec(role=Role.STANDBY),)
    return (PostSpec(role=Role.SUPERVISOR),)


def groups_at(instance: Instance, activity: Activity, block: Block) -> list[Group]:
    """The groups of an activity at a fixed block: classes of one grade that it serves."""
    segments = [instance.segment_by_name[name] for name in block.segments]
    by_grade: dict[int, list[str]] = {}
    for school_class in instance.attending(activity):
        if all(not s.grades or school_class.grade in s.grades for s in segments):
            by_grade.setdefault(school_class.grade, []).append(school_class.name)
    return [
        Group(activity.name, tuple(names[first : first + activity.merge]))
        for names in by_grade.values()
        for first in range(0, len(names), activity.merge)
    ]


def principal_role(activity: Activity) -> Role | None:
    """Without whom children of a club have nobody to go to: its leaders, else supervisors."""
    roles = {spec.role for spec in default_posts(activity)}
    return next((role for role in (Role.LEADER, Role.SUPERVISOR) if role in roles), None)
