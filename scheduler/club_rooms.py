"""Clubs that provably outnumber the rooms they may use, at all of their times. No solver.

Every club takes a room at each time it meets. Where all that only these rooms could take comes to
more than the rooms hold at all the times at which any of them may meet, some club has no place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from instances.demand import Demand, Option
from instances.messages import Template
from scheduler.deficit import Deficit
from scheduler.room_supply import ALL, FEW_ROOMS

TOO_MANY = Template(
    "{activities}这 {needed} 个活动只能用{rooms}；在它们可选的时段里，那里每周最多容得下"
    " {available} 个，所以至少 {gap} 个必然无法举行。",
    "{activities}: these {needed} can only be in {rooms}, which at the times they may meet have"
    " place for {available} in a week, so at least {gap} cannot meet.",
)
At = tuple[int, int]
"""A moment of the week, by its number, and a day."""


def club_room_deficits(demand: Demand) -> Iterator[Deficit]:
    """For each set of rooms, the clubs that can be nowhere else; smaller sets first."""
    yield from _Count(demand).run()


class _Count:
    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        weeks = demand.calendar.of_week.values()
        self.week = max(weeks, key=int.bit_count, default=0)
        self.clubs = {
            name: frozenset(room for option in options for room in option.rooms)
            for name, options in demand.options.items()
            if options and all(option.rooms for option in options)
        }
        self.times = {
            name: [self._times(option) for option in demand.options[name]] for name in self.clubs
        }

    def run(self) -> Iterator[Deficit]:
        said: set[str] = set()
        for rooms in sorted(set(self.clubs.values()), key=lambda some: (len(some), sorted(some))):
            clubs = [name for name, some in self.clubs.items() if some <= rooms]
            clubs = [name for name in clubs if all(self.times[name]) and name not in said]
            available = self._available(clubs, rooms) if clubs else 0
            if available < len(clubs):
                said.update(clubs)
                yield self._deficit(clubs, rooms, available)

    def _available(self, clubs: Collection[str], rooms: Collection[str]) -> int:
        """How many of the clubs the rooms could take, if each took as little as any."""
        every = {at for name in clubs for times in self.times[name] for at in times}
        groups = sum(self.demand.instance.room_by_name[name].groups for name in rooms)
        least = min(len(times) for name in clubs for times in self.times[name])
        return groups * len(every) // least

    def _times(self, option: Option) -> frozenset[At]:
        """When an option meets in a week with as many service days as there are."""
        dates = 0
        for post in self.demand.posts_of_option.get((option.activity, option.index), ()):
            dates |= post.dates
        return frozenset(
            (number, day)
            for number, moment in enumerate(self.demand.meeting_moments)
            for block in option.blocks
            if block.weekday is moment.weekday and not moment.segments.isdisjoint(block.segments)
            for day in [dates & moment.days & self.week]
            if day
        )

    def _deficit(self, clubs: list[str], rooms: frozenset[str], available: int) -> Deficit:
        names = sorted(rooms)
        what = TOO_MANY(
            activities=clubs,
            rooms=names if len(names) <= FEW_ROOMS else ALL(count=len(names)),
            needed=len(clubs),
            available=available,
            gap=len(clubs) - available,
        )
        where = {"activities": clubs, "rooms": names}
        return Deficit(what, len(clubs), available, where, of="rooms")
