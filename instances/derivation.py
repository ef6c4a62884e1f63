"""Deriving the demand of a school: one pass over its activities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from instances.blocks import Block, fixed_blocks, options_of
from instances.calendar import Calendar
from instances.clock import Clock
from instances.demand import (
    UNIT,
    Demand,
    Group,
    Need,
    Option,
    Post,
    default_posts,
    groups_at,
    is_movable,
)
from instances.headcount import adults, present_at, taken
from instances.needs import Needs
from instances.school import Activity, Instance, PostSpec
from instances.suitable_rooms import rooms_for
from instances.words import Role, Rota

DEFAULT_ROTA_PEOPLE = 4


def derive(instance: Instance, since: dt.date | None = None) -> Demand:
    """Everything that must be staffed, from a date on or in the whole term.

    The lines of posts have the same names in both.
    """
    demand = Derivation(instance).run()
    return demand if since is None else _cut(demand, Calendar(instance.term, since))


def _cut(demand: Demand, calendar: Calendar) -> Demand:
    """A demand on the days that a calendar plans."""
    posts = (
        replace(
            post,
            dates=post.dates & calendar.every,
            units=tuple((mask & calendar.every, units) for mask, units in post.units),
        )
        for post in demand.posts
        if post.dates & calendar.every
    )
    needs = {
        key: replace(need, dates=need.dates & calendar.every)
        for key, need in demand.needs.items()
        if need.dates & calendar.every
    }
    over = tuple(post for post in demand.posts if not post.dates & calendar.every)
    return replace(demand, calendar=calendar, posts=tuple(posts), needs=needs, over=over)


class Derivation:
    """Works through the activities of an instance once; ``run`` gives the demand."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.calendar = Calendar(instance.term)
        self.clock = Clock(instance, self.calendar)
        self.posts: list[Post] = []
        self.options: dict[str, tuple[Option, ...]] = {}
        self.needs: dict[str, Need] = {}
        self.taken: dict[str, dict[str, int]] = {}
        self.largest: dict[Group, int] = {}

    def run(self) -> Demand:
        later = []
        for activity in self.instance.activities:
            if is_movable(activity):
                self._movable(activity)
            elif activity.rota is not None:
                self._rota(activity)
            elif not activity.kind.has_children:
                self._duty(activity)
            elif activity.kind.is_remainder:
                later.append(activity)
            else:
                self._whole_classes(activity)
        needs = Needs(self.instance, self.clock, self.posts, self.taken)
        for activity in later:
            self._care(activity, needs)
        return Demand(
            self.instance,
            self.calendar,
            self.clock.moments,
            self.clock.meeting_moments,
            tuple(self.largest),
            self.options,
            self.needs,
            tuple(self.posts),
            self.taken,
            self._group_rooms(),
        )

    def _movable(self, activity: Activity) -> None:
        children = taken(self.instance, activity) if activity.kind.has_children else {}
        if activity.kind.has_children and not sum(children.values()):
            return
        self.taken[activity.name] = children
        total = sum(children.values())
        rooms = rooms_for(self.instance, activity, total)
        options = options_of(self.instance, activity)
        self.options[activity.name] = tuple(
            Option(activity.name, index, blocks, rooms) for index, blocks in enumerate(options)
        )
        each = adults(total, activity.ratio) if activity.attendance is None else 1
        for index, blocks in enumerate(options):
            self._add(activity, blocks, tuple(children), each=each, option=index)

    def _rota(self, activity: Activity) -> None:
        people = activity.rota_people or len(activity.staff) or DEFAULT_ROTA_PEOPLE
        running = self.calendar.running(activity)
        blocks = fixed_blocks(self.instance, activity)
        weeks = self.calendar.weeks
        turns = [0] * people
        for n, day in enumerate(self.calendar.days):
            place = weeks.index(day.week) if activity.rota is Rota.WEEK else n
            turns[place % people] |= running & (1 << n)
        for spec, before, of_role in _numbered(activity):
            for turn, days in enumerate(turns):
                for number in range(1, spec.count + 1):
                    place = turn * of_role + before + number
                    self._post(activity, spec, place, blocks, (), days=days)

    def _duty(self, activity: Activity) -> None:
        for block in fixed_blocks(self.instance, activity):
            self._add(activity, (block,), ())

    def _whole_classes(self, activity: Activity) -> None:
        for block in fixed_blocks(self.instance, activity):
            for group in self._groups_at(activity, block):
                children = present_at(self.instance, group.classes, block)
                if children:
                    each = adults(children, activity.ratio)
                    self._add(activity, (block,), group.classes, each=each, group=group)

    def _groups_at(self, activity: Activity, block: Block) -> list[Group]:
        groups = groups_at(self.instance, activity, block)
        for group in groups:
            children = present_at(self.instance, group.classes, block)
            self.largest[group] = max(children, self.largest.get(group, 0))
        return groups

    def _care(self, activity: Activity, needs: Needs) -> None:
        running = self.calendar.running(activity)
        for block in fixed_blocks(self.instance, activity):
            days = running & self.clock.days(block)
            for group in self._groups_at(activity, block):
                found = needs.of(activity, group, block, days)
                self.needs |= {need.key: need for need in found}
                self._care_posts(activity, group, block, found)

    def _care_posts(
        self, activity: Activity, group: Group, block: Block, needs: list[Need]
    ) -> None:
        """Posts for as many supervisors as are needed; others are there if any children are."""
        rooms = self._home_rooms(activity, group)
        most = max((need.high for need in needs), default=0)
        for spec, before, of_role in _numbered(activity):
            supervises = spec.role is Role.SUPERVISOR
            for number in range(1, (most if supervises else min(1, most)) + 1):
                room = rooms[number - 1 if number <= len(rooms) else 0] if rooms else None
                parts: list[tuple[int, Need | None]] = [(_always(needs, number), None)]
                parts += [(need.dates, need) for need in needs if need.low < number <= need.high]
                for copy in range(1, spec.count + 1):
                    index = (number - 1) * of_role + before + copy
                    for days, need in parts:
                        self._post(
                            activity,
                            spec,
                            index,
                            (block,),
                            group.classes,
                            days=days,
                            group=group,
                            need=need,
                            number=number if need or supervises else index,
                            room=room,
                        )

    def _home_rooms(self, activity: Activity, group: Group) -> tuple[str, ...]:
        if activity.rooms or activity.features:
            return ()
        rooms = self.instance.room_by_name
        names = [self.instance.class_by_name[name].room for name in group.classes]
        return tuple(sorted(dict.fromkeys(names), key=lambda name: -rooms[name].capacity))

    def _group_rooms(self) -> dict[str, tuple[str, ...]]:
        """For groups that are not in their home rooms: rooms that hold all of the group."""
        activities = self.instance.activity_by_name
        return {
            group.key: rooms_for(self.instance, activities[group.activity], children)
            for group, children in self.largest.items()
            if activities[group.activity].rooms or activities[group.activity].features
        }

    def _add(
        self,
        activity: Activity,
        blocks: tuple[Block, ...],
        classes: tuple[str, ...],
        *,
        each: int = 1,
        group: Group | None = None,
        option: int | None = None,
    ) -> None:
        """Enter all posts of an activity, ``each`` times as many for supervisors."""
        days = self.calendar.running(activity)
        rooms = self._home_rooms(activity, group) if group else ()
        for spec, before, _ in _numbered(activity):
            times = each if spec.role is Role.SUPERVISOR else 1
            for number in range(1, spec.count * times + 1):
                self._post(
                    activity,
                    spec,
                    before * times + number,
                    blocks,
                    classes,
                    days=days,
                    group=group,
                    option=option,
                    room=rooms[min(number, len(rooms)) - 1] if rooms else None,
                )

    def _post(
        self,
        activity: Activity,
        spec: PostSpec,
        index: int,
        blocks: tuple[Block, ...],
        classes: tuple[str, ...],
        *,
        days: int,
        group: Group | None = None,
        option: int | None = None,
        need: Need | None = None,
        number: int | None = None,
        room: str | None = None,
    ) -> None:
        """Enter one post, or one for each segment where nobody need hold them all.

        Posts of which no date takes place are left out.
        """
        where = group.key if group else activity.name
        tail = f"~{need.key.rsplit('~', 1)[1]}" if need else ""
        for suffix, part in _held_apart(activity, blocks):
            units = tuple((days & self.clock.days(b), self._units(b)) for b in part)
            dates = 0
            for mask, _ in units:
                dates |= mask
            if not dates:
                continue
            slot = f"@{part[0].key}" if option is None and activity.rota is None else ""
            self.posts.append(
                Post(
                    line=f"{where}{slot}/{spec.role.value}{index}{suffix}{tail}",
                    activity=activity.name,
                    kind=activity.kind,
                    classes=classes,
                    group=group.key if group else None,
                    role=spec.role,
                    number=index if number is None else number,
                    skills=frozenset(spec.skills),
                    blocks=part,
                    dates=dates,
                    units=units,
                    option=option,
                    need=need.key if need else None,
                    room=room,
                    listed=activity.staff if spec == default_posts(activity)[0] else (),
                )
            )

    def _units(self, block: Block) -> int:
        segments = (self.instance.segment_by_name[name] for name in block.segments)
        return int(sum(segment.units for segment in segments) * UNIT)


def _numbered(activity: Activity) -> list[tuple[PostSpec, int, int]]:
    """The posts of an activity, with how many of their role come before and are in all."""
    count: Counter[Role] = Counter()
    found = []
    for spec in default_posts(activity):
        found.append((spec, count[spec.role]))
        count[spec.role] += spec.count
    return [(spec, before, count[spec.role]) for spec, before in found]


def _always(needs: list[Need], number: int) -> int:
    """Dates on which so many adults are needed, wherever the clubs are."""
    days = 0
    for need in needs:
        if need.low >= number:
            days |= need.dates
    return days


def _held_apart(
    activity: Activity, blocks: tuple[Block, ...]
) -> list[tuple[str, tuple[Block, ...]]]:
    """What each holder takes: all of it, or one segment where nobody need hold them all."""
    if activity.length == 1 or activity.one_person:
        return [("", blocks)]
    return [
        (f".{n + 1}", tuple(Block(b.weekday, (b.segments[n],)) for b in blocks))
        for n in range(activity.length)
    ]
