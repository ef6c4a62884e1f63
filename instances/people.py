"""What a person agreed to, when they are away, and when they are busy."""

from __future__ import annotations

from functools import cached_property

from instances.blocks import minutes
from instances.calendar import timing_on
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
        self._busy: dict[object, int] = {}
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
        key = (post.activity, post.blocks)
        if key not in self._levels:
            level = self._activities.get(post.activity, Level.PREFERS)
            for block in post.blocks:
                for weekday, segment in block.slots:
                    level = lower(level, self.slot_level(weekday, segment))
            self._levels[key] = level
        return self._levels[key]

    def consents(self, post: Post) -> bool:
        return self.level(post) is not Level.NO

    def qualified(self, post: Post) -> bool:
        """Holds every skill the post asks for, and is among those named for it, if any."""
        return post.skills <= set(self.staff.skills) and (
            not post.listed or self.key in post.listed or self.staff.name in post.listed
        )

    def busy_days(self, post: Post) -> int:
        """Dates of a post on which a fixed duty overlaps it by the clock."""
        key = (post.blocks, post.dates)
        if key not in self._busy:
            self._busy[key] = self._busy_days(post)
        return self._busy[key]

    def _busy_days(self, post: Post) -> int:
        calendar, instance = self.demand.calendar, self.demand.instance
        changeover = instance.term.changeover_minutes
        days = 0
        for duty in self.staff.busy:
            for block in post.blocks:
                if block.weekday != duty.weekday:
                    continue
                both = post.dates & calendar.of_weekday[duty.weekday]
                for day in calendar.dates(both & calendar.of_parity(duty.parity)):
                    for name in block.segments:
                        timing = timing_on(instance.segment_by_name[name], day.weekday, day.phase)
                        if (
                            timing is not None
                            and minutes(timing.start) < minutes(duty.end) + changeover
                            and minutes(duty.start) < minutes(timing.end) + changeover
                        ):
                            days |= 1 << calendar.index[day.date]
        return days


def people_of(demand: Demand, history: History | None = None) -> dict[str, Person]:
    """Everybody, by staff key."""
    return {staff.key: Person(demand, staff, history) for staff in demand.instance.staff}
