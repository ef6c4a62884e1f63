"""Exceptions beside absences: who came to a line on a date by a published timetable still may, and
what finds no room on a date need not take place.

Whoever an exception names may come whoever holds the line, who is not needed then. If they hold
other posts that this keeps them from, at the same time or by their caps, these need somebody else
on those dates. Nobody is needed for what is cancelled, and who holds it is free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from constraints.caps import places_on
from constraints.clash import days_at
from constraints.model import Holding, Literal, Model, total, weighted
from constraints.pools import Pool

Place = tuple[int, int]
"""A pool (number) and a date (bit mask)."""
AT_ONCE = 2
"""From so many posts each segment of an exception keeps somebody at most: by time and by a cap."""


@dataclass(frozen=True)
class ByDate:
    """What a model may decide of single dates beside absences.

    ``named``: by line and date (bit mask), whom an exception names that may stay; ``fixed``: those
    that must. ``roomless``: by activity, the dates (bit mask) on which it need not take place, for
    want of a room; ``never``: those on which it cannot.
    """

    named: Mapping[tuple[str, int], str] = field(default_factory=dict)
    fixed: Collection[tuple[str, int]] = ()
    roomless: Mapping[str, int] = field(default_factory=dict)
    never: Mapping[str, int] = field(default_factory=dict)


class Kept:
    """Whether exceptions stay, and what those whom they name cannot do for it.

    ``named``: whom an exception names, by pool and date. ``expected``: who holds a post and is
    elsewhere on a date. ``cancelled``: whether what a post belongs to is cancelled on a date.
    """

    def __init__(self, model: Model, by_date: ByDate) -> None:
        self.model = model
        self.named: dict[Place, str] = {}
        self.expected: dict[Place, list[tuple[str, Literal]]] = defaultdict(list)
        self.cancelled: dict[Place, Literal] = {}
        self._free: dict[Place, list[tuple[str, Literal]]] = defaultdict(list)
        self._stays: dict[Place, Literal] = {}
        self._cancel(by_date)
        lines = {line for line, _ in by_date.named}
        for pool in model.pools:
            if pool.post.line in lines and pool.count == 1:
                self._enter(pool, by_date)
        for key in sorted(set(self.named.values())):
            self._expect(key)

    def stays(self, key: str, place: Place) -> Literal | None:
        """Whether whom an exception names comes; ``None`` if it names somebody else, or nobody."""
        return self._stays[place] if self.named.get(place) == key else None

    def dates(self, pool: Pool) -> int:
        """The dates (bit mask) on which it matters for a pool what exceptions stay."""
        return self._dates_by_pool.get(pool.index, 0)

    def away(self, key: str, pool: int, date: int) -> list[Literal]:
        """Whether somebody who holds a post is not there on a date, where that may be."""
        some = *self.expected.get((pool, date), ()), *self._free.get((pool, date), ())
        return [literal for who, literal in some if who == key]

    def elsewhere(self, key: str) -> Iterator[tuple[int, int, Literal]]:
        """All dates of pools on which somebody who holds a post may not be there."""
        for (pool, date), some in (*self.expected.items(), *self._free.items()):
            for who, literal in some:
                if who == key:
                    yield pool, date, literal

    @cached_property
    def _dates_by_pool(self) -> dict[int, int]:
        return _masks([*self.named, *self.expected, *self.cancelled])

    def _cancel(self, by_date: ByDate) -> None:
        model, cp = self.model, self.model.cp
        found: dict[tuple[str, int, int], Literal] = {}
        for pool in model.pools:
            post = pool.post
            if post.option is None or pool.count > 1:
                continue
            meets = model.placed[post.activity, post.option]
            never = by_date.never.get(post.activity, 0)
            days = (by_date.roomless.get(post.activity, 0) | never) & post.dates
            for bit in _bits(days):
                one = found.get((post.activity, post.option, bit))
                if one is None:
                    one = found[post.activity, post.option, bit] = cp.new_bool_var("")
                    cp.add_implication(one, meets)
                    if never & bit:
                        cp.add_implication(meets, one)
                self.cancelled[pool.index, bit] = one
                self._relieve(pool, bit, one)

    def _enter(self, pool: Pool, by_date: ByDate) -> None:
        context, post, fixed = self.model.context, pool.post, by_date.fixed
        for (line, bit), key in by_date.named.items():
            possible = post.dates & bit & ~context.people[key].absent
            if line != post.line or not possible or (pool.index, bit) in self.cancelled:
                continue
            if key in context.admitted(post.on(bit)):
                self.named[pool.index, bit] = key
                stays = self._stays[pool.index, bit] = self.model.cp.new_bool_var("")
                self._relieve(pool, bit, stays, key)
                if (line, bit) in fixed:
                    self.model.cp.add(stays >= self.model.wanted(pool))

    def _relieve(self, pool: Pool, bit: int, why: Literal, other: str = "") -> None:
        """Whoever holds a pool, if not ``other``, is free on a date if something is so."""
        cp = self.model.cp
        for key, holds in self.model.holders[pool.index].items():
            if key != other:
                free = cp.new_bool_var("")
                cp.add_implication(free, holds)
                cp.add_implication(free, why)
                self._free[pool.index, bit].append((key, free))

    def _expect(self, key: str) -> None:
        """What somebody cannot do for the exceptions that name them."""
        model, person = self.model, self.model.context.people[key]
        mine = {place: self._stays[place] for place, who in self.named.items() if who == key}
        literals: list[Literal] = []
        for holding in model.holdings[key]:
            for bit in _bits(self._kept_from(holding, list(mine)) & ~person.absent):
                if (holding.pool.index, bit) in mine:
                    continue
                literal = model.cp.new_bool_var("")
                model.cp.add_implication(literal, holding.literal)
                for free in self.away(key, holding.pool.index, bit):
                    model.cp.add_at_most_one(literal, free)  # they are not there only once
                self.expected[holding.pool.index, bit].append((key, literal))
                literals.append(literal)
        pools = model.pools
        size = [(one, AT_ONCE * places_on(pools[n].post, bit)) for (n, bit), one in mine.items()]
        if literals:
            model.cp.add(total(literals) <= weighted(size))

    def _kept_from(self, holding: Holding, places: list[Place]) -> int:
        """The dates (bit mask) of a post on which any of some exceptions may be in its way."""
        model, key = self.model, self.named[places[0]]
        caps, calendar = model.context.people[key].staff, model.demand.calendar
        days = 0
        for pool, bit in places:
            post = model.pools[pool].post
            if caps.cap_day is not None or any(
                days_at(post, one) & days_at(holding.post, one) & bit
                for one in model.demand.moments
            ):
                days |= bit
            if caps.cap_week is not None:
                days |= next(week for week in calendar.of_week.values() if week & bit)
            if caps.cap_term is not None:
                days |= calendar.every
        return days & holding.post.dates


def _bits(mask: int) -> list[int]:
    return [1 << n for n in range(mask.bit_length()) if mask >> n & 1]


def _masks(places: Iterable[Place]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for pool, bit in places:
        found[pool] |= bit
    return found
