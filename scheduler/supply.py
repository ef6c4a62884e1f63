"""Who could be in which post on which date: facts alone, as bit masks over the staff list.

This is the weakest reading of the musts about one person and one date, so that whatever cannot
be staffed by it cannot be staffed at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from instances.blocks import minutes
from instances.calendar import timing_on
from instances.demand import Demand, Post
from instances.people import people_of
from instances.school import Busy
from instances.words import Kind, Level, Weekday


class Supply:
    """The people of a demand; a set of them is an ``int`` with a bit for each."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.people = list(people_of(demand).values())
        self.everybody = (1 << len(self.people)) - 1
        self._qualified: dict[object, int] = {}
        self._refusing: dict[tuple[Weekday, str], int] = {}
        self._busy: dict[tuple[Weekday, str], dict[int, int]] = {}
        self._overlaps: dict[object, int] = {}
        self._absent: dict[int, int] = {}
        self._capped: dict[int, int] = {}

    def names(self, mask: int) -> list[str]:
        return [self.people[n].key for n in bits(mask)]

    def able(self, post: Post) -> int:
        """Who qualifies for a post, agrees to its times and activity, and has caps above it."""
        found = self.qualified(post) & ~self._refusing_activity.get(post.activity, 0)
        for block in post.blocks:
            for weekday, segment in block.slots:
                found &= ~self.refusing(weekday, segment)
        longest = max(len(block.segments) for block in post.blocks)
        found &= ~self._capped_below(longest)
        return found & ~self._without_clubs if post.kind is Kind.CLUB else found

    def qualified(self, post: Post) -> int:
        """Who has the skills, and is among those named, if any."""
        key = post.skills, post.listed
        if key not in self._qualified:
            self._qualified[key] = self._who(person.qualified(post) for person in self.people)
        return self._qualified[key]

    def refusing(self, weekday: Weekday, segment: str) -> int:
        """Who withholds consent from a slot."""
        if (weekday, segment) not in self._refusing:
            self._refusing[weekday, segment] = self._who(
                person.slot_level(weekday, segment) is Level.NO for person in self.people
            )
        return self._refusing[weekday, segment]

    def free(self, slots: Iterable[tuple[Weekday, str]], day: int) -> int:
        """Who is at school on a day (by its index), with no fixed duty at these slots."""
        found = self.everybody & ~self.absent(day)
        for weekday, segment in slots:
            found &= ~self._busy_at(weekday, segment).get(day, 0)
        return found

    def absent(self, day: int) -> int:
        if day not in self._absent:
            self._absent[day] = self._who(person.absent >> day & 1 for person in self.people)
        return self._absent[day]

    @cached_property
    def _refusing_activity(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for n, person in enumerate(self.people):
            for wish in person.staff.activity_wishes:
                if wish.level is Level.NO:
                    found[wish.activity] = found.get(wish.activity, 0) | 1 << n
        return found

    @cached_property
    def _without_clubs(self) -> int:
        return self._who(person.staff.cap_clubs == 0 for person in self.people)

    def _capped_below(self, places: int) -> int:
        """Who may not hold so many places on a day, in a week, or in the term."""
        if places not in self._capped:
            self._capped[places] = self._who(
                any(
                    cap is not None and cap < places
                    for cap in (p.staff.cap_day, p.staff.cap_week, p.staff.cap_term)
                )
                for p in self.people
            )
        return self._capped[places]

    def _who(self, holds: Iterable[object]) -> int:
        return sum(1 << n for n, yes in enumerate(holds) if yes)

    def _busy_at(self, weekday: Weekday, segment: str) -> dict[int, int]:
        """For the days of a slot, who has a fixed duty that overlaps it by the clock."""
        if (weekday, segment) not in self._busy:
            found: dict[int, int] = {}
            for n, person in enumerate(self.people):
                for duty in person.staff.busy:
                    if duty.weekday is weekday:
                        for day in bits(self._overlap(segment, duty)):
                            found[day] = found.get(day, 0) | 1 << n
            self._busy[weekday, segment] = found
        return self._busy[weekday, segment]

    def _overlap(self, name: str, duty: Busy) -> int:
        """The days on which a duty overlaps a segment, the changeover included."""
        key = name, duty.weekday, duty.start, duty.end, duty.parity
        if key not in self._overlaps:
            calendar = self.demand.calendar
            segment = self.demand.instance.segment_by_name[name]
            gap = self.demand.instance.term.changeover_minutes
            days = 0
            possible = calendar.of_weekday[duty.weekday] & calendar.of_parity(duty.parity)
            for day in calendar.dates(possible):
                timing = timing_on(segment, day.weekday, day.phase)
                if timing is not None and (
                    minutes(timing.start) < minutes(duty.end) + gap
                    and minutes(duty.start) < minutes(timing.end) + gap
                ):
                    days |= 1 << calendar.index[day.date]
            self._overlaps[key] = days
        return self._overlaps[key]


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, in order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Matching:
    """Kinds of places (each with how many, and who could fill them) matched with people.

    ``missing`` is how many places of each kind nobody is left for, in a matching that fills as
    many as can be filled. Kinds are numbers in the order given.
    """

    def __init__(self, kinds: list[tuple[int, int]]) -> None:
        self.who = [who for _, who in kinds]
        self.count = [count for count, _ in kinds]
        self.held = [0] * len(kinds)
        self.missing = [0] * len(kinds)
        self._free = 0
        for who in self.who:
            self._free |= who
        for kind in sorted(range(len(kinds)), key=lambda k: self.who[k].bit_count()):
            for n in range(self.count[kind]):
                if not self._place(kind):
                    self.missing[kind] = self.count[kind] - n
                    break

    def short(self) -> list[tuple[list[int], int]]:
        """Sets of kinds that are short of people, each with everybody who could fill them.

        All of these people are needed within the set, so that what is missing is proved.
        """
        found: list[tuple[set[int], int]] = []
        for kind in range(len(self.who)):
            if self.missing[kind]:
                kinds = set(self._reached(kind))
                for other in [one for one in found if one[0] & kinds]:
                    found.remove(other)
                    kinds |= other[0]
                people = 0
                for one in kinds:
                    people |= self.who[one]
                found.append((kinds, people))
        return [(sorted(kinds), people) for kinds, people in found]

    def _place(self, kind: int) -> bool:
        """Fill one more place of a kind, moving others aside where that helps."""
        came_from = self._reached(kind)
        target = next((one for one in came_from if self.who[one] & self._free), None)
        if target is None:
            return False
        person = _lowest(self.who[target] & self._free)
        self._free &= ~person
        while True:
            self.held[target] |= person
            before = came_from[target]
            if before is None:
                return True
            person = _lowest(self.who[before] & self.held[target] & ~person)
            self.held[target] &= ~person
            target = before

    def _reached(self, kind: int) -> dict[int, int | None]:
        """Kinds whose people could move over, and for whom; stops where somebody is free."""
        came_from: dict[int, int | None] = {kind: None}
        queue = [kind]
        for one in queue:
            if self.who[one] & self._free:
                break
            for other in range(len(self.who)):
                if other not in came_from and self.who[one] & self.held[other]:
                    came_from[other] = one
                    queue.append(other)
        return came_from


def _lowest(mask: int) -> int:
    return mask & -mask
