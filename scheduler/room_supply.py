"""Rooms that provably cannot hold all groups that must be in them at one time. No solver.

Groups whose place in the week is fixed need a room whatever else is chosen. Where all rooms that
some of them may use hold fewer groups, or fewer children, no timetable has a place for everybody.
Groups in their home rooms could be moved anywhere, so that for them every room counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from constraints.rooms import children_of
from instances.blocks import Block, Moment
from instances.demand import Demand
from instances.messages import Template
from scheduler.deficit import Deficit
from scheduler.supply import bits
from scheduler.times import in_order, segments_of, when

NO_ROOM = Template(
    "“{activity}”（{classes}，{children}人）：没有容得下全组且具备所需设施的场地，因此排不出课表。",
    "{activity} ({classes}, {children} children): no room holds the whole group and has what it"
    " needs, so no timetable is possible.",
)
TOO_MANY = Template(
    "{when}：{activities}有 {needed} 个组（{classes}）只能用{rooms}，那里同时最多容 {available}"
    " 个组，因此排不出课表。",
    "{when}: {activities}: {needed} groups ({classes}) can only be in {rooms}, which hold"
    " {available} at a time, so no timetable is possible.",
)
TOO_FULL = Template(
    "{when}：{activities}的各组（{classes}）共 {needed} 人，只能用{rooms}，那里最多容 {available}"
    " 人，因此排不出课表。",
    "{when}: {activities}: {needed} children ({classes}) can only be in {rooms}, which hold"
    " {available}, so no timetable is possible.",
)
ALL = Template("全部 {count} 个场地", "all {count} rooms")
FEW_ROOMS = 8


@dataclass(frozen=True)
class _Use:
    """A group that needs one of some rooms."""

    activity: str
    group: str
    classes: tuple[str, ...]
    rooms: frozenset[str]
    children: int


def room_deficits(demand: Demand) -> tuple[Deficit, ...]:
    """Groups without any room, then rooms that are too few or too small, time by time."""
    return _Count(demand).run()


def closed_uses(demand: Demand) -> dict[tuple[str, int], frozenset[str]]:
    """By activity and option, the rooms that are closed on all of its dates."""
    closed = {room.name: room for room in demand.instance.rooms if room.closures}
    found: dict[tuple[str, int], frozenset[str]] = {}
    for (activity, option), posts in demand.posts_of_option.items():
        rooms = [r for r in demand.options[activity][option].rooms if r in closed]
        if not rooms:
            continue
        dates = 0
        for post in posts:
            dates |= post.dates
        days = list(demand.calendar.dates(dates))
        shut = {r for r in rooms if all(closed[r].is_closed_on(day.date) for day in days)}
        if shut:
            found[activity, option] = frozenset(shut)
    return found


class _Count:
    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.rooms = demand.instance.room_by_name

    def run(self) -> tuple[Deficit, ...]:
        found = list(self._without_room())
        for moment in in_order(self.demand, self.demand.meeting_moments):
            found += self._moment(moment)
        return tuple(found)

    def _without_room(self) -> Iterator[Deficit]:
        for key, names in self.demand.group_rooms.items():
            if not names:
                group = self.demand.group_by_key[key]
                where = {"activities": [group.activity], "classes": list(group.classes)}
                children = children_of(self.demand.instance, group)
                what = NO_ROOM(activity=group.activity, classes=group.classes, children=children)
                yield Deficit(what, 1, 0, where, of="rooms")

    def _moment(self, moment: Moment) -> Iterator[Deficit]:
        """Every set of groups that is too large for its rooms, with its dates."""
        seen: dict[frozenset[_Use], list[int]] = defaultdict(list)
        by_day = self._uses(moment)
        for day in bits(moment.days):
            seen[frozenset(by_day[day])].append(day)
        found: dict[frozenset[_Use], list[int]] = defaultdict(list)
        for uses, days in seen.items():
            for rooms in {use.rooms for use in uses}:
                here = frozenset(use for use in uses if use.rooms <= rooms)
                if self._groups(rooms) < len(here) or self._is_full(rooms, here):
                    found[here] += days
        for here, days in found.items():
            yield self._deficit(moment, here, sorted(days))

    def _uses(self, moment: Moment) -> dict[int, set[_Use]]:
        """Who surely needs a room at a time, for each of its days."""
        by_day: dict[int, set[_Use]] = defaultdict(set)
        for post in self.demand.posts:
            if post.group is None or post.need is not None:
                continue
            for block, (days, _) in zip(post.blocks, post.units, strict=True):
                if block.weekday is moment.weekday and moment.segments & set(block.segments):
                    use = self._use(post.group, block)
                    for day in bits(days & moment.days if use.rooms else 0):
                        by_day[day].add(use)
        return by_day

    def _use(self, key: str, block: Block) -> _Use:
        group = self.demand.group_by_key[key]
        rooms = frozenset(self.demand.group_rooms.get(key, self.rooms))
        children = children_of(self.demand.instance, group, [block])
        return _Use(group.activity, key, group.classes, rooms, children)

    def _groups(self, rooms: Iterable[str]) -> int:
        return sum(self.rooms[name].groups for name in rooms)

    def _places(self, rooms: Iterable[str]) -> int:
        return sum(self.rooms[name].capacity for name in rooms)

    def _is_full(self, rooms: frozenset[str], uses: frozenset[_Use]) -> bool:
        """Whether children outnumber places; a room for one group is judged by that alone."""
        shared = all(self.rooms[name].groups > 1 for name in rooms) and len(uses) > 1
        return shared and self._places(rooms) < sum(use.children for use in uses)

    def _deficit(self, moment: Moment, uses: frozenset[_Use], days: list[int]) -> Deficit:
        rooms = sorted({name for use in uses for name in use.rooms})
        needed, available, what = len(uses), self._groups(rooms), TOO_MANY
        if needed <= available:
            needed, available = sum(use.children for use in uses), self._places(rooms)
            what = TOO_FULL
        dates = [self.demand.calendar.days[day].date for day in days]
        where = {
            "weekday": int(moment.weekday),
            "segments": list(segments_of(self.demand, moment)),
            "dates": [date.isoformat() for date in dates],
            "activities": sorted({use.activity for use in uses}),
            "classes": sorted({name for use in uses for name in use.classes}),
            "rooms": rooms,
        }
        message = what(
            when=when(self.demand, moment, dates),
            activities=where["activities"],
            classes=where["classes"],
            rooms=rooms if len(rooms) <= FEW_ROOMS else ALL(count=len(rooms)),
            needed=needed,
            available=available,
        )
        return Deficit(message, needed, available, where, of="rooms")
