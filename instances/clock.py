"""When the blocks of a school take place by date, and when two of them share a time."""

from __future__ import annotations

from instances.blocks import Block, Moment, moments
from instances.calendar import Calendar, timing_on
from instances.school import Instance


class Clock:
    """The blocks of a school on the dates of its calendar.

    ``moments`` are for people, who need minutes to change over; ``meeting_moments`` for
    children and rooms, by the clock alone.
    """

    def __init__(self, instance: Instance, calendar: Calendar) -> None:
        self.instance = instance
        self.calendar = calendar
        self.moments: tuple[Moment, ...] = moments(instance, calendar)
        self.meeting_moments: tuple[Moment, ...] = moments(instance, calendar, changeover=0)
        self._days: dict[Block, int] = {}
        self._shared: dict[tuple[Block, Block], int] = {}

    def days(self, block: Block) -> int:
        """Dates on which all segments of a block take place."""
        if block not in self._days:
            days = self.calendar.of_weekday[block.weekday]
            for name in block.segments:
                segment = self.instance.segment_by_name[name]
                days &= self.calendar.where(
                    lambda day, s=segment: (  # type: ignore[misc]
                        timing_on(s, block.weekday, day.phase) is not None
                    )
                )
            self._days[block] = days
        return self._days[block]

    def shared(self, one: Block, other: Block) -> int:
        """Dates on which two blocks share a time."""
        if one.weekday != other.weekday:
            return 0
        if (one, other) not in self._shared:
            days = 0
            for moment in self.meeting_moments:
                if moment.weekday == one.weekday:
                    if not (
                        moment.segments.isdisjoint(one.segments)
                        or moment.segments.isdisjoint(other.segments)
                    ):
                        days |= moment.days
            self._shared[one, other] = days & self.days(one) & self.days(other)
        return self._shared[one, other]
