"""What a new pattern costs in changes of what was published, as the solver is told it.

Linear and without new variables: a line of posts costs its dates, less those on which the
person who holds it is the one published. Dates that an exception keeps as published cost
nothing, whoever holds the line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property

from constraints.model import Expr, Literal, Model, total, weighted
from constraints.pools import Pool
from instances.demand import Post
from scheduler.changes import Prices, base_line
from scheduler.rerun.reference import Key, Matched, Row


def stability(
    model: Model, matched: Matched, kept: Collection[Key], prices: Prices | None = None
) -> Expr:
    """The cost of the changes that a full model makes (or their number, by other prices).

    ``kept``: posts, by base line and date, that an exception keeps with the person published.
    """
    prices = prices or Prices(matched.reference.since)
    cost = _Cost(model, matched, frozenset(kept), prices)
    return total([*cost.people(), *times(model, matched, prices), *cost.rooms()])


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


class _Cost:
    def __init__(
        self, model: Model, matched: Matched, kept: frozenset[Key], prices: Prices
    ) -> None:
        self.model = model
        self.matched = matched
        self.kept = kept
        self.prices = prices

    def _live(self, post: Post) -> list[Row]:
        return [row for row in self.matched.rows.get(post, ()) if row.was.live]

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
        return terms

    def _of_line(self, pool: Pool, rows: list[Row]) -> list[Expr]:
        """A line costs its dates, less those on which the person published is there."""
        staffed = empty = moved = 0
        chosen = self._room_is_chosen(pool.post)
        back: Counter[Literal] = Counter()
        holders = self.model.holders[pool.index]
        for row in rows:
            price = self.prices.of(self.prices.person, row.date)
            coming = self.coming.get((pool.index, row.bit), {})
            if not chosen and self.matched.room_lost(row):
                moved += self.prices.of(self.prices.room, row.date)
            if (base_line(pool.post.line), row.date) in self.kept:
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
        return [wanted, self.model.held(pool) * empty, less]

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
