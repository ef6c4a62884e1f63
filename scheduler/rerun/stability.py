"""What a new pattern costs in changes of what was published, as the solver is told it.

Linear and without new variables: a line of posts costs its dates, less those on which the
person who holds it is the one published. Dates that an exception keeps as published cost
nothing, whoever holds the line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from constraints.caps import places_on
from constraints.clash import days_at, parts
from constraints.model import Expr, Holding, Literal, Model, total, weighted
from constraints.pools import Pool
from instances.blocks import Moment
from instances.demand import Post
from scheduler.changes import Prices, base_line
from scheduler.rerun.event_days import NO_EVENTS, EventDays
from scheduler.rerun.reference import Key, Matched, Row


def stability(
    model: Model,
    matched: Matched,
    kept: Collection[Key],
    prices: Prices | None = None,
    cancelled: Collection[Key] | None = None,
    events: EventDays = NO_EVENTS,
    open_at_most: Sequence[int] | None = None,
) -> Expr:
    """The cost of the changes that a full model makes (or their number, by other prices).

    ``kept``: posts, by base line and date, that an exception keeps with the person published.
    With ``cancelled``, posts that need not take place any more, it is no more than what any
    covers of absences could make of it: these posts cost nothing at their old times, and where
    the holder of a line cannot come on a date, whoever was published may come after all;
    ``events``: on their dates whoever is sent there cannot come, or is free again. What was
    published as open may stay so, up to ``open_at_most`` places of each tier in all.
    """
    hopeful, cancelled = cancelled is not None, cancelled or ()
    prices = prices or Prices(matched.reference.since)
    told = (frozenset(kept), prices, frozenset(cancelled), events)
    cost = _Cost(model, matched, *told, hopeful=hopeful)
    terms = [*cost.people(), *times(model, matched, prices), *cost.rooms()]
    if open_at_most is not None:
        cost.keep_open(open_at_most)
    return total(terms)


def meetings(model: Model, matched: Matched) -> list[Expr]:
    """What other times and rooms cost, in a model of any grain."""
    prices = Prices(matched.reference.since)
    rooms = _Cost(model, matched, frozenset(), prices).rooms()
    return [*times(model, matched, prices), *rooms]


def times(model: Model, matched: Matched, prices: Prices) -> list[Expr]:
    """What movable activities cost that meet at other times, in a model of any grain."""
    return [
        model.placed[activity, option] * matched.moving_price(activity, option, prices)
        for activity, option in matched.moves
        if (activity, option) in model.placed
    ]


Coming = tuple[Literal, Post, int]
"""Whether somebody takes a post after all on some dates (bit mask) of those it is not theirs."""


class _Cost:
    def __init__(
        self,
        model: Model,
        matched: Matched,
        kept: frozenset[Key],
        prices: Prices,
        cancelled: frozenset[Key] = frozenset(),
        events: EventDays = NO_EVENTS,
        *,
        hopeful: bool = False,
    ) -> None:
        self.model = model
        self.cancelled = cancelled
        self.events = events
        self.hopeful = hopeful
        self._again: dict[str, list[Coming]] = defaultdict(list)
        self._left_open: dict[int, list[Expr]] = defaultdict(list)
        self._capped: set[tuple[object, ...]] = set()
        self._full: dict[str, int] = {}
        self._at_moment: dict[tuple[str, Moment], list[tuple[Literal, int]]] = {}
        self.matched = matched
        self.kept = kept
        self.prices = prices

    def _live(self, post: Post) -> list[Row]:
        base = base_line(post.line)
        return [
            row
            for row in self.matched.rows.get(post, ())
            if row.was.live and (base, row.date) not in self.cancelled
        ]

    def _after_moving(self) -> list[Expr]:
        """Other people and rooms where an activity meets at other times."""
        terms: list[Expr] = []
        where = {pool.post: pool.index for pool in self.model.pools}
        for meeting, posts in self.matched.moves.items():
            if meeting not in self.model.placed:
                continue
            for post, rows in posts.items():
                staffed = [row for row in rows if row.was.staff is not None]
                holders = self.model.holders[where[post]]
                terms.append(self.model.placed[meeting] * self._person(staffed))
                for key in {row.was.staff for row in staffed} & holders.keys():
                    back = self._person(row for row in staffed if row.was.staff == key)
                    terms.append(holders[key or ""] * -back)
            every = [row for rows in posts.values() for row in rows]
            for name, literal in self.model.rooms.of_option.get(meeting, {}).items():
                terms.append(literal * self._elsewhere(name, every))
        return terms

    def _person(self, rows: Iterable[Row]) -> int:
        return sum(self.prices.of(self.prices.person, row.date) for row in rows)

    def people(self) -> list[Expr]:
        """Dates on which somebody else holds a line, or nobody does."""
        terms: list[Expr] = self._after_moving()
        for pool in self.model.pools:
            assert pool.count == 1, "changes are counted where it is decided who takes what"
            rows = self._live(pool.post)
            if rows:
                terms += self._of_line(pool, rows)
        self._keep_caps()
        return terms

    def _of_line(self, pool: Pool, rows: list[Row]) -> list[Expr]:
        """A line costs its dates, less those on which the person published is there."""
        staffed = empty = moved = 0
        chosen = self._room_is_chosen(pool.post)
        back: Counter[Literal] = Counter()
        holders = self.model.holders[pool.index]
        for row in rows:
            price = self.prices.of(self.prices.person, row.date)
            coming = self._coming(pool, row)
            if not chosen and self.matched.room_lost(row):
                moved += self.prices.of(self.prices.room, row.date)
            if self._is_kept(row):
                away = self._away(pool, row.bit) if coming else ()
                for key in away:
                    back[holders[key]] -= price
            elif row.was.staff is None:
                empty += price
            else:
                staffed += price
                if row.was.staff in holders and not self._is_away(row.was.staff, row.bit):
                    back[holders[row.was.staff]] += price
            if row.was.staff in coming:
                back[coming[row.was.staff]] += price
        less = weighted((literal, -price) for literal, price in back.items())
        wanted = self.model.wanted(pool) * (staffed + moved)
        again = self._as_published(pool, [row for row in rows if not self._is_kept(row)])
        return [wanted, self.model.held(pool) * empty, less, *again]

    def _is_kept(self, row: Row) -> bool:
        return (base_line(row.post.line), row.date) in self.kept

    def _as_published(self, pool: Pool, rows: list[Row]) -> list[Expr]:
        """What dates need not cost if their line goes to somebody who cannot come on them:
        whoever was published may come, if free then, or the post stays open as published."""
        if not self.hopeful:
            return []
        prices: Counter[tuple[str | None, Literal, bool, int]] = Counter()
        days: dict[tuple[str | None, Literal, bool, int], int] = defaultdict(int)
        able = [
            one for one in rows if one.was.staff is None or self.matched.can(one, one.was.staff)
        ]
        every = sum({row.bit for row in able})
        for key, literal in self.model.holders[pool.index].items():
            gone = self.model.context.people[key].absent | self.events.at(key)
            if not (gone | self._excepted_days[key] | self._full_days(key)) & every:
                continue
            for row in able:
                was = row.was.staff
                away = (gone | self._full_days(key)) & row.bit or self._is_expected(key, row)
                if key != was and away and was not in self._coming(pool, row):
                    counted = was is None and not self._is_looked_at(pool, key, row.bit)
                    alone = row.bit if counted or (was, row.bit) in self._covering else 0
                    free = bool(row.bit & self.events.dates) or (was is None and not counted)
                    case = was, literal, free, alone
                    prices[case] += self.prices.of(self.prices.person, row.date)
                    days[case] |= row.bit
        return [
            -price * self._back(pool.post, *case[:2], days[case], free=case[2])
            for case, price in prices.items()
        ]

    def _coming(self, pool: Pool, row: Row) -> dict[str, Literal]:
        """Who may come to a line on a date instead of its holder, where the model decides that
        and no event can make it otherwise."""
        if row.bit & self.events.dates:
            return {}
        return self.coming.get((pool.index, row.bit), {})

    def _back(
        self, post: Post, was: str | None, holder: Literal, days: int, *, free: bool
    ) -> Literal:
        """Whether a line has a holder, and whoever was published is free at its times. ``free``:
        an event may make them so, or nobody was published and it is counted elsewhere."""
        if free:
            return holder
        found = self.model.cp.new_bool_var("")
        self.model.cp.add_implication(found, holder)
        if was is None:
            self._left_open[post.role.tier].append(found * places_on(post, days))
            return found
        self._again[was].append((found, post, days))
        for moment in self.model.demand.moments:
            if days_at(post, moment) & days == days:
                busy = [one for one, on in self._held_at(was, moment) if on & days == days]
                self.model.cp.add_at_most_one([found, *busy])
                for gap, one in self._covering.get((was, days), ()):
                    if days_at(gap, moment) & days:
                        self.model.cp.add_at_most_one([found, one])
                break
        return found

    def _is_looked_at(self, pool: Pool, key: str, bit: int) -> bool:
        """Whether the model itself counts what stays open on a date if somebody holds a line."""
        return self._is_away(key, bit) and (pool.index, bit) in self.model.dated.looked_at

    def keep_open(self, most: Sequence[int]) -> None:
        """No more places of each tier left open as published, and in the pattern, than so many."""
        for tier, terms in self._left_open.items():
            self.model.cp.add(total([self.model.open_by_tier[tier], *terms]) <= most[tier])

    @cached_property
    def _covering(self) -> dict[tuple[str | None, int], list[tuple[Post, Literal]]]:
        """Which posts somebody may cover on a date (bit mask), where the model decides that."""
        found: dict[tuple[str | None, int], list[tuple[Post, Literal]]] = defaultdict(list)
        for gap, key, literal in self.model.dated.coming:
            found[key, gap.date].append((gap.pool.post, literal))
        return found

    def _keep_caps(self) -> None:
        """Who comes after all works no more than a day and a week allow; those with an absence
        or an exception of theirs, which take something away, are left out."""
        of_week = self.model.demand.calendar.of_week
        for key, coming in self._again.items():
            person = self.model.context.people[key]
            gone = person.absent | self._excepted_days[key] | self.events.dates
            caps, held = person.staff, self.model.holdings[key]
            credited = 0
            for _, _, days in coming:
                credited |= days
            if caps.cap_week is not None:
                for week, mask in of_week.items():
                    if credited & mask and not gone & mask:
                        self._cap(coming, held, mask, caps.cap_week - person.worked_in(week))
            if caps.cap_day is not None:
                masks = {days for _, _, days in coming} | {one.post.dates for one in held}
                for piece in parts({mask & credited & ~gone for mask in masks}):
                    self._cap(coming, held, piece & -piece, caps.cap_day)

    def _cap(self, coming: list[Coming], held: Collection[Holding], mask: int, most: int) -> None:
        """No more places than so many on some days; a row that is there already is left out."""
        again = [(one, places_on(post, days & mask)) for one, post, days in coming]
        there = (one for one in held if one.post.dates & mask)
        mine = [(one.literal, places_on(one.post, mask)) for one in there]
        terms = [(one, places) for one, places in (*again, *mine) if places]
        row = (most, *((one.index, places) for one, places in terms))
        if row not in self._capped:
            self._capped.add(row)
            self.model.cp.add(weighted(terms) <= most)

    def _held_at(self, key: str, moment: Moment) -> list[tuple[Literal, int]]:
        """What somebody may hold at a moment of the week, with the dates."""
        known = self._at_moment.get((key, moment))
        if known is None:
            held = self.model.holdings.get(key, ())
            each = [(one.literal, days_at(one.post, moment)) for one in held]
            known = self._at_moment[key, moment] = [(one, on) for one, on in each if on]
        return known

    def _full_days(self, key: str) -> int:
        """The dates (bit mask) on which exceptions that are kept may fill one of somebody's caps,
        so that they cannot, though the pattern has room for them."""
        if key not in self._full:
            person, calendar = self.model.context.people[key], self.model.demand.calendar
            caps, beside = person.staff, self._excepted_places.get(key, {})
            spans = [(bit, caps.cap_day, 0) for bit in beside]
            for week, days in calendar.of_week.items():
                spans.append((days, caps.cap_week, person.worked_in(week)))
            spans.append((calendar.every, caps.cap_term, person.worked))
            self._full[key] = 0
            for days, cap, worked in spans:
                more = sum(places for bit, places in beside.items() if bit & days)
                held = sum(places_on(one.post, days) for one in self.model.holdings.get(key, ()))
                if more and cap is not None and worked + held + more > cap:
                    self._full[key] |= days
        return self._full[key]

    def _is_expected(self, key: str, row: Row) -> bool:
        """Whether an exception that is kept has somebody elsewhere on a date at that time."""
        moments = self._excepted.get((key, row.bit), ())
        return any(days_at(row.post, moment) & row.bit for moment in moments)

    @cached_property
    def _excepted_days(self) -> dict[str, int]:
        """The dates (bit mask) on which exceptions are kept that name somebody."""
        return defaultdict(int, {key: sum(at) for key, at in self._excepted_places.items()})

    @cached_property
    def _excepted_places(self) -> dict[str, dict[int, int]]:
        """How many places exceptions that are kept give to people, by date (bit mask)."""
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for post, rows in self.matched.rows.items() if self.kept else ():
            for row in rows:
                if row.was.staff and self._is_kept(row):
                    found[row.was.staff][row.bit] += places_on(post, row.bit)
        return found

    @cached_property
    def _excepted(self) -> dict[tuple[str, int], list[Moment]]:
        """The moments at which exceptions are kept that name somebody, by date."""
        found: dict[tuple[str, int], list[Moment]] = defaultdict(list)
        for post, rows in self.matched.rows.items() if self.kept else ():
            for row in rows:
                if row.was.staff and self._is_kept(row):
                    moments = self.model.demand.moments
                    here = [one for one in moments if days_at(post, one) & row.bit]
                    found[row.was.staff, row.bit] += here
        return found

    def _room_is_chosen(self, post: Post) -> bool:
        """Whether the model decides on the room of a post, so that :meth:`rooms` counts it."""
        rooms = self.model.rooms
        if post.option is not None:
            return (post.activity, post.option) in rooms.of_option
        return post.need is None and (post.group or "") in rooms.of_group

    def _is_away(self, key: str, bit: int) -> bool:
        return bool(self.model.context.people[key].absent & bit)

    def _away(self, pool: Pool, bit: int) -> list[str]:
        return [key for key in self.model.holders[pool.index] if self._is_away(key, bit)]

    @cached_property
    def coming(self) -> dict[tuple[int, int], dict[str, Literal]]:
        """Who may come instead, by pool and date, where that is decided in the model."""
        found: dict[tuple[int, int], dict[str, Literal]] = defaultdict(dict)
        for gap, key, literal in self.model.dated.coming:
            found[gap.pool.index, gap.date][key] = literal
        return found

    def rooms(self) -> list[Expr]:
        """Meetings in other rooms than published."""
        terms: list[Expr] = []
        for (activity, index), rooms in self.model.rooms.of_option.items():
            if self.matched.kept_option.get(activity) == index:
                posts = self.model.demand.posts_of_option.get((activity, index), ())
                rows = [row for post in posts for row in self._live(post)]
                terms += [literal * self._elsewhere(name, rows) for name, literal in rooms.items()]
        by_group: dict[str, list[Row]] = defaultdict(list)
        for post in self.model.demand.posts:
            if post.group in self.model.rooms.of_group and post.need is None:
                by_group[post.group or ""] += self._live(post)
        for group, rows in by_group.items():
            rooms = self.model.rooms.of_group[group]
            terms += [literal * self._elsewhere(name, rows) for name, literal in rooms.items()]
        return terms

    def _elsewhere(self, room: str, rows: list[Row]) -> int:
        prices = (
            self.prices.of(self.prices.room, row.date)
            for row in rows
            if row.was.room is not None and (row.was.room != room or self.matched.room_lost(row))
        )
        return sum(prices)
