"""What a new pattern costs in changes of what was published, as the solver is told it.

Linear and without new variables: a line of posts costs its dates, less those on which the
person who holds it is the one published. Dates that an exception keeps as published cost
nothing, whoever holds the line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from constraints.model import Expr, Literal, Model, total, weighted
from constraints.pools import Pool
from instances.demand import Post
from scheduler.changes import Prices, base_line
from scheduler.rerun.credit import Credit, Return, coming_by_gap
from scheduler.rerun.event_days import NO_EVENTS, EventDays
from scheduler.rerun.exceptions import Exceptions
from scheduler.rerun.reference import Key, Matched, Row


def stability(
    model: Model, matched: Matched, kept: Collection[Key], prices: Prices | None = None
) -> Expr:
    """The cost of the changes that a full model makes (or their number, by other prices).

    ``kept``: posts, by base line and date, that an exception keeps with the person published.
    """
    prices = prices or Prices(matched.reference.since)
    cost = _Cost(model, matched, Exceptions(model, matched, kept), prices)
    return total([*cost.people(), *times(model, matched, prices), *cost.rooms()])


class AnyCovers:
    """No more than what any covers of absences could make of the cost, told to the model person by
    person, as far as it is counted on.

    ``cancelled``: posts that need not take place any more cost nothing at their old times. Where
    the holder of a line cannot come on a date, whoever was published may come after all.
    ``events``: on their dates whoever is sent there cannot come, or is free again. What was
    published as open may stay so, up to ``open_at_most`` places of each tier in all.

    Whoever the model has not been told of comes back whenever that would be good, so that
    :attr:`cost` is never more than it should be. It suffices to tell of those on whom
    a solution counts: few in a large school.
    """

    def __init__(
        self,
        model: Model,
        matched: Matched,
        kept: Collection[Key],
        cancelled: Collection[Key] = (),
        events: EventDays = NO_EVENTS,
        open_at_most: Sequence[Expr] | None = None,
    ) -> None:
        prices = Prices(matched.reference.since)
        exceptions = Exceptions(model, matched, kept)
        self._credit = Credit(model, matched, prices, events, exceptions)
        cost = _Cost(model, matched, exceptions, prices, frozenset(cancelled), self._credit)
        moves = times(model, matched, prices, cancelled)
        self._terms = [*cost.people(), *moves, *cost.rooms()]
        self._terms += self._credit.sure(open_at_most)

    @property
    def returns(self) -> list[Return]:
        """Who comes back when, as far as the model has been told."""
        return self._credit.returns

    @property
    def cost(self) -> Expr:
        """No more than what any covers could make of the cost."""
        return total([*self._terms, self._credit.at_best()])

    def whole(self) -> Expr:
        """The cost once the model has been told of everybody."""
        self._terms += self._credit.told(self._credit.untold)
        return self.cost

    @property
    def doubtful(self) -> dict[int, int]:
        """The variables (numbers) that count on somebody of whom the model has not been told, and
        what they take off for it."""
        return self._credit.doubtful

    def refined(self, values: Sequence[float]) -> bool:
        """Tell the model of those on whom a solution counts; false if it knows them all."""
        keys = self._credit.relied_on(values)
        self._terms += self._credit.told(keys)
        return bool(keys)


def meetings(model: Model, matched: Matched) -> list[Expr]:
    """What other times and rooms cost, in a model of any grain."""
    prices = Prices(matched.reference.since)
    rooms = _Cost(model, matched, Exceptions(model, matched, ()), prices).rooms()
    return [*times(model, matched, prices), *rooms]


def times(
    model: Model, matched: Matched, prices: Prices, cancelled: Collection[Key] = ()
) -> list[Expr]:
    """What movable activities cost that meet at other times, in a model of any grain."""
    return [
        model.placed[activity, option] * matched.moving_price(activity, option, prices, cancelled)
        for activity, option in matched.moves
        if (activity, option) in model.placed
    ]


class _Cost:
    def __init__(
        self,
        model: Model,
        matched: Matched,
        exceptions: Exceptions,
        prices: Prices,
        cancelled: frozenset[Key] = frozenset(),
        credit: Credit | None = None,
    ) -> None:
        self.model = model
        self.matched = matched
        self.exceptions = exceptions
        self.prices = prices
        self.cancelled = cancelled
        self.credit = credit
        self.coming = coming_by_gap(model)

    def _live(self, post: Post) -> list[Row]:
        return self._taking_place(post, self.matched.rows.get(post, ()))

    def _taking_place(self, post: Post, rows: Iterable[Row]) -> list[Row]:
        """Dates of a post on which it was published and takes place, or moves to."""
        base = base_line(post.line)
        return [row for row in rows if row.was.live and (base, row.date) not in self.cancelled]

    def _after_moving(self) -> list[Expr]:
        """Other people and rooms where an activity meets at other times."""
        terms: list[Expr] = []
        where = {pool.post: pool.index for pool in self.model.pools}
        for meeting, every_row in self.matched.moves.items():
            if meeting not in self.model.placed:
                continue
            posts = {post: self._taking_place(post, rows) for post, rows in every_row.items()}
            for post, rows in posts.items():
                staffed = [row for row in rows if row.was.staff is not None]
                pool = self.model.pools[where[post]]
                holders = self.model.holders[pool.index]
                terms.append(self.model.placed[meeting] * self._person(staffed))
                for key in {row.was.staff for row in staffed} & holders.keys():
                    terms += self._still_there(meeting, holders[key or ""], key or "", staffed)
                terms += self._sent_elsewhere(meeting, pool, staffed)
                if self.credit is not None:
                    self.credit.enter(pool, staffed)
                    terms += self._coming_after_moving(pool, staffed)
            every = [row for rows in posts.values() for row in rows]
            for name, literal in self.model.rooms.of_option.get(meeting, {}).items():
                terms.append(literal * self._elsewhere(name, every))
        return terms

    def _still_there(
        self, meeting: tuple[str, int], holder: Literal, key: str, rows: Iterable[Row]
    ) -> Iterator[Expr]:
        """What is taken off where somebody moves with a meeting: not on days of absence, for then
        somebody else is there, or nobody, unless it is cancelled for an event or for its room."""
        sure = 0
        for row in rows:
            if row.was.staff != key:
                continue
            price = self.prices.of(self.prices.person, row.date)
            causes = self._cancelling(meeting, row) if self._is_away(key, row.bit) else None
            if causes is None:
                sure += price
            elif causes:
                off = self.model.cp.new_bool_var("")
                self.model.cp.add_implication(off, holder)
                self.model.cp.add(total(causes) >= off)
                yield off * -price
        yield holder * -sure

    def _sent_elsewhere(
        self, meeting: tuple[str, int], pool: Pool, rows: Iterable[Row]
    ) -> Iterator[Expr]:
        """What is added where somebody who moves with a meeting is at another post on a date, as an
        exception has it, so that somebody else is there; not where it may be cancelled."""
        expected = self.model.dated.expected if self.model.dated.decided else {}
        for row in rows:
            for key, literal in expected.get((pool.index, row.bit), ()):
                if key == row.was.staff and self._cancelling(meeting, row) == []:
                    yield literal * self.prices.of(self.prices.person, row.date)

    def _cancelling(self, meeting: tuple[str, int], row: Row) -> list[Literal] | None:
        """What can have a meeting cancelled on the date of a row: that it has one of the rooms that
        are closed then. ``None`` if that is not for the model to decide: for an event, or where no
        room is open, or which it has is left open."""
        if self.credit is not None and row.bit & self.credit.events.dates:
            return None
        activity, option = meeting
        rooms, known = self.model.rooms.of_option, self.matched.context.instance.room_by_name
        names = self.model.demand.options[activity][option].rooms
        closed = [name for name in names if known[name].is_closed_on(row.date)]
        if closed and (len(closed) == len(names) or meeting not in rooms):
            return None
        return [rooms[meeting][name] for name in closed if name in rooms[meeting]]

    def _coming_after_moving(self, pool: Pool, rows: Iterable[Row]) -> Iterator[Expr]:
        for row in rows:
            literal = self._coming(pool, row).get(row.was.staff or "")
            if literal is not None:
                yield literal * -self.prices.of(self.prices.person, row.date)

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
            if self.exceptions.is_kept(row):
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
            for literal, sign in self._on_date(pool, row):
                back[literal] += sign * price
        less = weighted((literal, -price) for literal, price in back.items())
        wanted = self.model.wanted(pool) * (staffed + moved)
        if self.credit is not None:
            self.credit.enter(pool, [row for row in rows if not self.exceptions.is_kept(row)])
        return [wanted, self.model.held(pool) * empty, less]

    def _on_date(self, pool: Pool, row: Row) -> Iterator[tuple[Literal, int]]:
        """What is decided of a date, with what it takes off the cost (1) or adds to it (-1):
        somebody comes to what was published as open, the post exists on that date only, or the
        holder is expected elsewhere. The last two are known where all of dates is decided."""
        dated, place = self.model.dated, (pool.index, row.bit)
        expected = dated.expected.get(place, ()) if dated.decided else ()
        if row.was.staff is None:
            yield from ((literal, 1) for _, literal in expected)
            yield from ((literal, -1) for literal in self._coming(pool, row).values())
            return
        if dated.decided and place in dated.extra:
            yield dated.extra[place], -1
        yield from ((literal, -1) for key, literal in expected if key == row.was.staff)

    def _coming(self, pool: Pool, row: Row) -> dict[str, Literal]:
        """Who may come to a line on a date instead of its holder, where the model decides that
        and no event can make it otherwise."""
        if self.credit is not None and row.bit & self.credit.events.dates:
            return {}
        return self.coming.get((pool.index, row.bit), {})

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
