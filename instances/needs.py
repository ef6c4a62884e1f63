"""Who remains in care: the children of a group, less those in other activities."""

from __future__ import annotations

from collections.abc import Iterable

from instances.blocks import Block, moments
from instances.calendar import Calendar, timing_on
from instances.demand import Group, Need, Option, Taker
from instances.headcount import adults, present
from instances.school import Activity, Instance

Firm = tuple[int, int]
"""Dates, and the children who are elsewhere on them whatever the timetable."""
Maybe = tuple[int, tuple[Taker, ...]]
"""Dates, and the activities that may take children on them."""


class BlockDays:
    """The dates on which all segments of a block take place, as bit masks."""

    def __init__(self, instance: Instance, calendar: Calendar) -> None:
        self.instance = instance
        self.calendar = calendar
        self._known: dict[Block, int] = {}

    def of(self, block: Block) -> int:
        """The dates of a block."""
        if block not in self._known:
            segments = [self.instance.segment_by_name[name] for name in block.segments]
            self._known[block] = self.calendar.of_weekday[block.weekday] & self.calendar.where(
                lambda day: all(
                    timing_on(segment, block.weekday, day.phase) is not None for segment in segments
                )
            )
        return self._known[block]


def group_present(instance: Instance, group: Group, block: Block) -> int:
    """Children of a group who stay at a block: the most of any of its segments."""
    return max(
        sum(present(instance.class_by_name[name], block.weekday, segment) for name in group.classes)
        for segment in block.segments
    )


class Takers:
    """Activities that take children out of care, entered as they are derived.

    ``whole``: (activity, block, group) of classes that attend as a whole. ``movable``:
    (activity, children per class, options).
    """

    def __init__(self, instance: Instance, calendar: Calendar, days: BlockDays) -> None:
        self.instance = instance
        self.calendar = calendar
        self.days = days
        self.whole: list[tuple[Activity, Block, Group]] = []
        self.movable: list[tuple[Activity, dict[str, int], tuple[Option, ...]]] = []
        self._moments = moments(instance, calendar, changeover=0)

    def needs(self, activity: Activity, group: Group, block: Block, days: int) -> list[Need]:
        """The needs of a group at a block: one for each set of dates with the same takers."""
        firm, maybe = self._firm(group, block), self._maybe(group, block)
        parts = _split(days, [mask for mask, _ in (*firm, *maybe)])
        needs = []
        for n, (key, part) in enumerate(sorted(parts.items(), key=lambda kv: -kv[1].bit_count())):
            base = group_present(self.instance, group, block)
            base = max(0, base - sum(c for i, (_, c) in enumerate(firm) if key >> i & 1))
            here = [t for i, (_, ts) in enumerate(maybe) if key >> (i + len(firm)) & 1 for t in ts]
            most = sum({taker.activity: taker.children for taker in here}.values())
            needs.append(
                Need(
                    key=f"{group.key}@{block.key}~{n}",
                    group=group,
                    block=block,
                    dates=part,
                    base=base,
                    takers=tuple(here),
                    ratio=activity.ratio,
                    low=adults(base - most, activity.ratio),
                    high=adults(base, activity.ratio),
                )
            )
        return needs

    def _firm(self, group: Group, block: Block) -> list[Firm]:
        """Classes of the group that are in another activity at this time anyway."""
        found: list[Firm] = []
        for activity, other, attending in self.whole:
            both = [name for name in group.classes if name in attending.classes]
            days = self.calendar.running(activity) & self._clash(block, [other])
            children = sum(
                present(self.instance.class_by_name[name], block.weekday, block.segments[0])
                for name in both
            )
            if days and children:
                found.append((days, children))
        return found

    def _maybe(self, group: Group, block: Block) -> list[Maybe]:
        """Activities that take children of the group if they are placed at this time."""
        found: list[Maybe] = []
        for activity, taken, options in self.movable:
            children = sum(taken.get(name, 0) for name in group.classes)
            if not children:
                continue
            running = self.calendar.running(activity)
            by_days: dict[int, list[Taker]] = {}
            for option in options:
                days = self._clash(block, option.blocks) & running
                if days:
                    taker = Taker(activity.name, option.index, children)
                    by_days.setdefault(days, []).append(taker)
            found += [(days, tuple(here)) for days, here in by_days.items()]
        return found

    def _clash(self, block: Block, others: Iterable[Block]) -> int:
        """Dates on which a block overlaps others by the clock."""
        names = {s for other in others if other.weekday == block.weekday for s in other.segments}
        days = 0
        for moment in self._moments:
            here = moment.weekday == block.weekday
            if here and moment.segments & set(block.segments) and moment.segments & names:
                days |= moment.days
        return days & self.days.of(block)


def _split(days: int, masks: list[int]) -> dict[int, int]:
    """Days by which of the masks they are in (bit n of the key: in mask n)."""
    parts = {0: days}
    for n, mask in enumerate(masks):
        split: dict[int, int] = {}
        for key, part in parts.items():
            if part & mask:
                split[key | 1 << n] = part & mask
            if part & ~mask:
                split[key] = part & ~mask
        parts = split
    return parts
