"""What dates need not cost on which the new holder of a line cannot come: whoever was published
comes after all, or the post stays open as published.

Who was published works on such a date what they hold in the new pattern, what they cover, and
what they come back to: never two posts at a moment, and no more than a day and a week allow.
Weeks that are alike for somebody share their variables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from constraints.caps import places_on
from constraints.clash import days_at
from constraints.model import Expr, Literal, Model, at_most, total, weighted
from constraints.pools import Pool
from instances.blocks import Moment
from instances.demand import Post
from scheduler.changes import Prices
from scheduler.rerun.event_days import EventDays
from scheduler.rerun.exceptions import Exceptions
from scheduler.rerun.reference import Matched, Row

TAKEN = 1e-6


@dataclass(frozen=True)
class Return:
    """Whether whoever was published comes to a post after all on some dates (bit mask)."""

    literal: Literal
    post: Post
    days: int


def coming_by_gap(model: Model) -> dict[tuple[int, int], dict[str, Literal]]:
    """Who may come instead, by pool (number) and date (bit mask), where a model decides that."""
    found: dict[tuple[int, int], dict[str, Literal]] = defaultdict(dict)
    for gap, key, literal in model.dated.coming:
        found[gap.pool.index, gap.date][key] = literal
    return found


@dataclass(frozen=True)
class _Way:
    """One date of a line on which somebody could come back, as far as it matters for a week:
    what it is worth, the holders (columns) who cannot come, and what would be in the way.

    ``clashes``: columns of what they have at each moment of it, for in two moments they may have
    two things; ``beside``: other ways, by number.
    """

    weekday: int
    pool: int
    price: int
    holders: tuple[int, ...]
    places: int
    clashes: tuple[tuple[int, ...], ...]
    beside: tuple[int, ...]


_Limit = tuple[tuple[int, ...], tuple[tuple[int, int], ...], int]
"""Ways (by number) and columns with their places, and how many places they may take in all."""
_Week = tuple[tuple[_Way, ...], tuple[_Limit, ...]]


class Credit:
    """What a model need not be charged, whatever the covers of absences.

    ``returns``: who comes back when, of those who were :meth:`told` of.
    """

    def __init__(
        self,
        model: Model,
        matched: Matched,
        prices: Prices,
        events: EventDays,
        exceptions: Exceptions,
    ) -> None:
        self.model = model
        self.matched = matched
        self.prices = prices
        self.events = events
        self.exceptions = exceptions
        self.returns: list[Return] = []
        self._free: list[Expr] = []
        self._back: dict[str, list[tuple[Pool, Row, tuple[int, ...]]]] = defaultdict(list)
        self._most: dict[str, Counter[int]] = defaultdict(Counter)
        self._open: dict[tuple[int, tuple[int, ...], int], int] = defaultdict(int)
        self._columns: dict[int, Literal] = {}
        self._held: dict[tuple[str, Moment], list[tuple[int, int]]] = {}

    def enter(self, pool: Pool, rows: Iterable[Row]) -> None:
        """Dates of a line that were published so, and are charged if somebody else holds it."""
        able = [row for row in rows if self._may_stay(row)]
        every = sum({row.bit for row in able})
        holders = self.model.holders[pool.index]
        gone = {key: self._gone_on[key] for key in holders if self._gone_on[key] & every}
        named = {key: days for key in holders if (days := self.exceptions.days[key]) & every}
        some = [key for key in holders if key in gone or key in named]
        for row in able:
            cannot = [
                key
                for key in some
                if key != row.was.staff
                and (gone.get(key, 0) & row.bit or self.exceptions.is_expected(key, row))
            ]
            if cannot:
                self._enter(pool, row, cannot)

    def _may_stay(self, row: Row) -> bool:
        return row.was.staff is None or self.matched.can(row, row.was.staff)

    @cached_property
    def _gone_on(self) -> dict[str, int]:
        """The dates (bit mask) on which somebody may be unable to do what they hold."""
        return {
            key: person.absent | self.events.at(key) | self.exceptions.full_days(key)
            for key, person in self.model.context.people.items()
        }

    def _enter(self, pool: Pool, row: Row, cannot: list[str]) -> None:
        holders, price = self.model.holders[pool.index], self._price(row)
        was = row.was.staff
        if row.bit & self.events.dates:
            self._free += [holders[key] * -price for key in cannot]
        elif was is not None:
            if was not in self.coming.get((pool.index, row.bit), {}):
                names = self._named(holders[key] for key in cannot)
                self._back[was].append((pool, row, names))
                for name in names:
                    self._most[was][name] += price
        else:
            seen = [key for key in cannot if self._is_looked_at(pool, key, row.bit)]
            self._free += [holders[key] * -price for key in seen]
            if rest := self._named(holders[key] for key in cannot if key not in seen):
                self._open[pool.index, rest, price] |= row.bit

    def _price(self, row: Row) -> int:
        return self.prices.of(self.prices.person, row.date)

    def _named(self, literals: Iterable[Literal]) -> tuple[int, ...]:
        found = {literal.index: literal for literal in literals}
        self._columns |= found
        return tuple(sorted(found))

    def _is_looked_at(self, pool: Pool, key: str, bit: int) -> bool:
        """Whether the model itself counts what stays open on a date if somebody holds a line."""
        away = self.model.context.people[key].absent & bit
        return bool(away) and (pool.index, bit) in self.model.dated.looked_at

    @cached_property
    def coming(self) -> dict[tuple[int, int], dict[str, Literal]]:
        return coming_by_gap(self.model)

    @cached_property
    def _covering(self) -> dict[str, list[tuple[Pool, int, Literal]]]:
        """What somebody may cover, where the model decides that: line, date, and whether so."""
        found: dict[str, list[tuple[Pool, int, Literal]]] = defaultdict(list)
        for gap, key, literal in self.model.dated.coming:
            if not gap.date & self.events.dates:
                found[key].append((gap.pool, gap.date, literal))
        return found

    def _left_open(self, most: Sequence[Expr] | None) -> Iterator[Expr]:
        """Dates that stay open as published: no more places of each tier than so many, those in
        the pattern included."""
        cp, tiers = self.model.cp, defaultdict[int, list[Expr]](list)
        for (pool, columns, price), days in self._open.items():
            post = self.model.pools[pool].post
            for size in {places_on(post, 1 << n) for n in _bits(days)}:
                dates = sum(1 for n in _bits(days) if places_on(post, 1 << n) == size)
                found = cp.new_int_var(0, dates, "")
                cp.add(found <= dates * total(self._columns[one] for one in columns))
                tiers[post.role.tier].append(found * size)
                yield found * -price
        if most is not None:
            for tier, terms in tiers.items():
                cp.add(total([self.model.open_by_tier[tier], *terms]) <= most[tier])

    def sure(self, open_at_most: Sequence[Expr] | None) -> list[Expr]:
        """What is taken off the cost without anybody coming back. ``open_at_most``: places of each
        tier left open in all."""
        return [*self._free, *self._left_open(open_at_most)]

    @property
    def untold(self) -> list[str]:
        """Who may come back and was not :meth:`told` of."""
        return list(self._back)

    @property
    def doubtful(self) -> dict[int, int]:
        """What those who are not :meth:`told` of could take off at most, by column: as if they
        were free whenever the holder of a line of theirs cannot come."""
        found = Counter[int]()
        for most in self._most.values():
            found.update(most)
        return found

    def at_best(self) -> Expr:
        """The same as a part of the cost."""
        return weighted((self._columns[n], -price) for n, price in self.doubtful.items())

    def relied_on(self, values: Sequence[float]) -> list[str]:
        """Who is counted on in a solution without having been told of."""
        return [key for key, most in self._most.items() if any(values[n] > TAKEN for n in most)]

    def told(self, keys: Iterable[str]) -> list[Expr]:
        """What some people take off the cost by coming back, in variables and rows of the model."""
        terms: list[Expr] = []
        for key in keys:
            back = self._back.pop(key)
            del self._most[key]
            weeks: dict[_Week, list[list[tuple[Pool, Row, tuple[int, ...]]]]] = defaultdict(list)
            for mask in self.model.demand.calendar.of_week.values():
                here = [one for one in back if one[1].bit & mask]
                if here:
                    here.sort(key=lambda one: (one[1].date, one[0].index))
                    weeks[self._week(key, here, mask)].append(here)
            for (ways, limits), alike in weeks.items():
                terms += self._come_back(ways, limits, alike)
        return terms

    def _come_back(
        self,
        ways: Sequence[_Way],
        limits: Iterable[_Limit],
        alike: Sequence[Sequence[tuple[Pool, Row, tuple[int, ...]]]],
    ) -> Iterator[Expr]:
        """The variables of one or more weeks that are alike, and what they take off."""
        cp = self.model.cp
        found = [cp.new_bool_var("") for _ in ways]
        for n, (way, literal) in enumerate(zip(ways, found, strict=True)):
            cp.add(total(self._columns[one] for one in way.holders) >= literal)
            for busy in way.clashes:
                cp.add_at_most_one([literal, *(self._columns[one] for one in busy)])
            for other in way.beside:
                cp.add_at_most_one([literal, found[other]])
            pool = alike[0][n][0]
            days = sum(week[n][1].bit for week in alike)
            self.returns.append(Return(literal, pool.post, days))
            yield literal * (-way.price * len(alike))
        for numbers, columns, most in limits:
            names = [*(found[n].index for n in numbers), *(column for column, _ in columns)]
            places = [*(ways[n].places for n in numbers), *(size for _, size in columns)]
            if sum(places) > most:
                at_most(cp, names, places, most)

    def _week(
        self, key: str, here: Sequence[tuple[Pool, Row, tuple[int, ...]]], mask: int
    ) -> _Week:
        """All that decides on who comes back in a week."""
        ways: list[_Way] = []
        moments: list[tuple[int, set[Moment]]] = []
        for pool, row, holders in here:
            at = {one for one in self.model.demand.moments if days_at(row.post, one) & row.bit}
            busy = {
                frozenset(n for n, days in self._held_at(key, moment) if days & row.bit)
                for moment in at
            }
            beside = tuple(
                n for n, (bit, other) in enumerate(moments) if bit == row.bit and at & other
            )
            moments.append((row.bit, at))
            places = places_on(row.post, row.bit)
            weekday = row.date.weekday()
            price = self._price(row)
            clashes = tuple(sorted(tuple(sorted(one)) for one in busy if one))
            ways.append(_Way(weekday, pool.index, price, holders, places, clashes, beside))
        return tuple(ways), tuple(self._limits(key, here, mask))

    def _limits(
        self, key: str, here: Sequence[tuple[Pool, Row, tuple[int, ...]]], mask: int
    ) -> Iterator[_Limit]:
        """What a day and a week allow in all; work that is not sure is left out."""
        person = self.model.context.people[key]
        caps, calendar = person.staff, self.model.demand.calendar
        if caps.cap_week is not None:
            day = calendar.days[(here[0][1].bit).bit_length() - 1]
            left = max(0, caps.cap_week - person.worked_in(day.week))
            yield tuple(range(len(here))), tuple(self._taken(key, mask)), left
        if caps.cap_day is not None:
            for bit in sorted({row.bit for _, row, _ in here}):
                numbers = tuple(n for n, (_, row, _) in enumerate(here) if row.bit == bit)
                yield numbers, tuple(self._taken(key, bit)), caps.cap_day

    def _taken(self, key: str, days: int) -> Iterator[tuple[int, int]]:
        """What takes up somebody's places on some days: columns, and how many places."""
        for column, post, on in self._holdings(key):
            if on & days and (places := places_on(post, on & days)):
                yield column, places

    def _holdings(self, key: str) -> list[tuple[int, Post, int]]:
        """What somebody may hold or cover: column, post, and the dates on which it is sure."""
        known = self._holdings_of.get(key)
        if known is None:
            gone = self.model.context.people[key].absent | self.events.dates
            known = self._holdings_of[key] = []
            for one in self.model.holdings.get(key, ()):
                self._columns[one.literal.index] = one.literal
                sure = self.exceptions.sure_days(key, one.post) & ~gone
                if sure:
                    known.append((one.literal.index, one.post, sure))
            for pool, date, literal in self._covering.get(key, ()):
                self._columns[literal.index] = literal
                known.append((literal.index, pool.post, date))
        return known

    @cached_property
    def _holdings_of(self) -> dict[str, list[tuple[int, Post, int]]]:
        return {}

    def _held_at(self, key: str, moment: Moment) -> list[tuple[int, int]]:
        """What somebody may have at a moment of the week: columns, with the dates."""
        known = self._held.get((key, moment))
        if known is None:
            each = [(one, days_at(post, moment) & on) for one, post, on in self._holdings(key)]
            known = self._held[key, moment] = [(one, on) for one, on in each if on]
        return known


def _bits(mask: int) -> list[int]:
    return [n for n in range(mask.bit_length()) if mask >> n & 1]
