"""When by the clock the posts of a week are held, from one phase of the term to the next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from instances.blocks import Block, minutes
from instances.calendar import ONE_DAY, Calendar, ServiceDay, timing_on
from instances.demand import Demand, Post
from instances.words import Weekday


@dataclass(frozen=True, slots=True)
class Stint:
    """One block of a post on those of its dates on which its clock times are the same.

    ``start`` and ``end`` are minutes after midnight.
    """

    weekday: Weekday
    days: int
    start: int
    end: int


class Hours:
    """The stints of posts, each worked out once."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self._of_post: dict[Post, tuple[Stint, ...]] = {}
        self._of_block: dict[Block, dict[tuple[int, int], int]] = {}

    def of(self, post: Post) -> tuple[Stint, ...]:
        if post not in self._of_post:
            self._of_post[post] = tuple(
                Stint(block.weekday, mask & days, *clock)
                for block, (mask, _) in zip(post.blocks, post.units, strict=True)
                for clock, days in self._clocks(block).items()
                if mask & days
            )
        return self._of_post[post]

    def _clocks(self, block: Block) -> dict[tuple[int, int], int]:
        """The clock times of a block, with the dates on which each is in force."""
        if block not in self._of_block:
            calendar, segments = self.demand.calendar, self.demand.instance.segment_by_name
            found: dict[tuple[int, int], int] = defaultdict(int)
            for day in calendar.dates(calendar.of_weekday[block.weekday]):
                first = timing_on(segments[block.segments[0]], block.weekday, day.phase)
                last = timing_on(segments[block.segments[-1]], block.weekday, day.phase)
                if first is not None and last is not None:
                    clock = (minutes(first.start), minutes(last.end))
                    found[clock] |= 1 << calendar.index[day.date]
            self._of_block[block] = dict(found)
        return self._of_block[block]


def mornings(calendar: Calendar) -> int:
    """Days whose day before, in the week and by date, is a service day too."""
    days = calendar.days
    return sum(
        1 << n
        for n in range(1, len(days))
        if days[n].date - days[n - 1].date == ONE_DAY and days[n].weekday - days[n - 1].weekday == 1
    )


def times_of(demand: Demand, post: Post) -> Iterator[tuple[ServiceDay, dt.time, dt.time]]:
    """Each date of a post with its clock times, block by block."""
    segments = demand.instance.segment_by_name
    for block, (mask, _) in zip(post.blocks, post.units, strict=True):
        for day in demand.calendar.dates(mask):
            first = timing_on(segments[block.segments[0]], day.weekday, day.phase)
            last = timing_on(segments[block.segments[-1]], day.weekday, day.phase)
            assert first is not None is not last, "a post exists only where its segments do"
            yield day, first.start, last.end
