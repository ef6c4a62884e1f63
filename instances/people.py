"""What a person agreed to, when they are away, and when they are busy."""

from __future__ import annotations

from functools import cached_property

from instances.blocks import Block, minutes
from instances.demand import Demand, Post
from instances.history import History
from instances.school import Staff
from instances.words import Level, Weekday

_RANK = {Level.PREFERS: 3, Level.WILLING: 2, Level.RATHER_NOT: 1, Level.NO: 0}


def lower(one: Level, other: Level) -> Level:
    """The less welcome of two levels."""
    return one if _RANK[one] <= _RANK[other] else other


class Person:
    """One member of staff, as seen by a demand: wishes looked up, absences as bit masks."""

    def __init__(self, demand: Demand, staff: Staff, history: History | None = None) -> None:
        self.demand = demand
        self.staff = staff
        self._history = history
        self.key = staff.key
        self._slots = {(wish.weekday, wish.band): wish.level for wish in staff.wishes}
        self._levels: dict[object, Level] = {}
        self._points: dict[object, int] = {}
        self._busy: dict[Block, int] = {}
        self._activities = {wish.activity: wish.level for wish in staff.activity_wishes}

    @cached_property
    def absent(self) -> int:
        """Dates (bit mask) on leave, before arriving or after leaving the school."""
        calendar = self.demand.calendar
        here = calendar.between(self.staff.start, self.staff.end)
        away = calendar.every & ~here
        for period in self.staff.leave:
            away |= calendar.between(period.start, period.end)
        return away

    @property
    def worked_load(self) -> int:
        """Hundredths of a unit worked before the dates that are planned."""
        return self._history.loads[self.key] if self._history else 0

    @property
    def worked(self) -> int:
        """Posts held before the dates that are planned."""
        return self._history.places[self.key] if self._history else 0

    def worked_in(self, week: int) -> int:
        """Posts held in a week before the dates that are planned."""
        return self._history.places_in_week[self.key, week] if self._history else 0

    def slot_level(self, weekday: Weekday, segment: str) -> Level:
        """The wish for a slot; blank is the person's default, and without one, no consent."""
        band = self.demand.instance.segment_by_name[segment].band_name
        level = self._slots.get((weekday, band), self.staff.default)
        return Level.NO if level is None else level

    def level(self, post: Post) -> Level:
        """The wish for a post: the lowest of its slots and of its activity."""
        known = self._levels.get(post.place)
        if known is None:
            level = self._activities.get(post.activity, Level.PREFERS)
            for block in post.blocks:
                for weekday, segment in block.slots:
                    level = lower(level, self.slot_level(weekday, segment))
            known = self._levels[post.place] = level
        return known

    def points(self, post: Post) -> int:
        """Half-points that holding a post is worth for the wish share, over all its slots."""
        known = self._points.get(post.place)
        if known is None:
            known = self._points[post.place] = post.slots * self.level(post).points
        return known

    def consents(self, post: Post) -> bool:
        return self.level(post) is not Level.NO

    def qualified(self, post: Post) -> bool:
        """Holds every skill the post asks for, and is among those named for it, if any."""
        return post.skills <= set(self.staff.skills) and (
            not post.listed or self.key in post.listed or self.staff.name in post.listed
        )

    def busy_days(self, post: Post) -> int:
        """Dates of a post on which a fixed duty overlaps it by the clock."""
        days = 0
        for block in post.blocks:
            known = self._busy.get(block)
            if known is None:
                known = self._busy[block] = self._busy_in(block)
            days |= known
        return days & post.dates

    def _busy_in(self, block: Block) -> int:
        """Dates on which a fixed duty overlaps a block by the clock."""
        changeover = self.demand.instance.term.changeover_minutes
        days = 0
        for duty in self.staff.busy:
            if duty.weekday == block.weekday:
                since, until = minutes(duty.start) - changeover, minutes(duty.end) + changeover
                mask = self.demand.calendar.of_parity(duty.parity)
                for slot in block.slots:
                    for start, end, dates in self.demand.clocks.get(slot, ()):
                        if start < until and since < end:
                            days |= dates & mask
        return days


def people_of(demand: Demand, history: History | None = None) -> dict[str, Person]:
    """Everybody, by staff key."""
    return {staff.key: Person(demand, staff, history) for staff in demand.instance.staff}
