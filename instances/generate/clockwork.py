"""Time as a row of bits: one for each set of overlapping segments on each date.

Whoever holds a post is taken where its bits are, so that odd weeks, pauses of clubs and turns
of a rota need no special care.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from instances.blocks import minutes
from instances.calendar import timing_on
from instances.demand import Demand, Post
from instances.generate.drafts import Person
from instances.words import Weekday

Slot = tuple[Weekday, str]


class Clockwork:
    """Turns dates and segments into bits."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.instance = demand.instance
        self.segment_index = {s.name: n for n, s in enumerate(demand.instance.segments)}
        self._length = len(demand.calendar.days)
        self._moments: dict[Slot, list[tuple[int, int]]] = {}
        for n, moment in enumerate(demand.moments):
            for segment in moment.segments:
                rows = self._moments.setdefault((moment.weekday, segment), [])
                rows.append((n * self._length, moment.days))

    def time(self, slots: Iterable[Slot], dates: int) -> int:
        """The bits of slots of the week on ``dates``."""
        bits = 0
        for slot in slots:
            for shift, days in self._moments.get(slot, ()):
                bits |= (days & dates) << shift
        return bits

    def of_post(self, post: Post, weekday: Weekday | None = None) -> int:
        """The bits of a post, on all weekdays or on one."""
        blocks = (b for b in post.blocks if weekday in (None, b.weekday))
        return self.time((slot for block in blocks for slot in block.slots), post.dates)

    def slots(self, slots: Iterable[Slot]) -> int:
        """One bit for each slot of the week."""
        width = len(self.segment_index)
        mask = 0
        for weekday, segment in slots:
            mask |= 1 << (weekday * width + self.segment_index[segment])
        return mask

    @cached_property
    def all_slots(self) -> tuple[Slot, ...]:
        return tuple(sorted(self._moments, key=lambda slot: (slot[0], self.segment_index[slot[1]])))

    def closed(self, person: Person) -> int:
        """Slots that a person has not agreed to, or in which they are busy."""
        return self.slots(slot for slot in self.all_slots if self._is_closed(person, *slot))

    def _is_closed(self, person: Person, weekday: Weekday, name: str) -> bool:
        segment = self.instance.segment_by_name[name]
        if (weekday, segment.band_name) in person.closed:
            return True
        phases = {day.phase for day in self.demand.calendar.days}
        for timing in (timing_on(segment, weekday, phase) for phase in phases):
            for busy in person.busy if timing else ():
                if (
                    timing is not None
                    and busy.weekday == weekday
                    and minutes(busy.start) < minutes(timing.end)
                    and minutes(timing.start) < minutes(busy.end)
                ):
                    return True
        return False
