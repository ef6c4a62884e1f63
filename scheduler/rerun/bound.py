"""A bound of the cost of changes that holds for every timetable, dated exceptions included.

Who can no longer be where they were published on a date must be replaced there, or the post
moves: that is charged for every such post that exists in any case. Posts of care that only
exist while certain clubs meet at other times could vanish if these moved, which costs too:
the cheapest combination is found by a small exact model of places alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from ortools.sat.python import cp_model

from constraints.model import Expr, Literal, Model, total, weighted
from instances.demand import Need, Post
from scheduler.changes import Prices, base_line
from scheduler.progress import Control, Stage
from scheduler.rerun.reference import Key, Matched, Row
from scheduler.search import Effort, Settings, search

POOLED = Effort(deterministic=8, share=0.5)
PLACES = Effort(deterministic=5, share=0.2, seconds=5)


def unavoidable(
    matched: Matched,
    control: Control,
    settings: Settings,
    prices: Prices,
    *,
    all_placed: bool,
    cancelled: Collection[Key] = (),
    unled: Collection[str] = (),
) -> int:
    """What the changes of any timetable cost at least, by some prices.

    ``all_placed``: whether every movable activity that was published still meets, as is so
    in every timetable that leaves nothing open where none need be; but for those in ``unled``,
    which nobody could lead anyway. ``cancelled``: posts, by base line and date, that need not
    take place; all others must.
    """
    forced = {
        post: price for post in matched.rows if (price := _forced(matched, post, prices, cancelled))
    }
    sure = 0
    depending: dict[Post, int] = {}
    staying: Counter[str] = Counter()
    for post, price in forced.items():
        if post.need is not None:
            depending[post] = price
        elif post.option is None:
            sure += price
        else:
            staying[post.activity] += price
    if all_placed:
        moving = _least_moves(matched, prices, cancelled)
        for activity in {*staying, *moving} - {*unled}:
            stays = staying[activity] if activity in matched.kept_option else moving[activity]
            sure += min(stays, moving.get(activity, stays))
    places = _Places(matched, depending, prices, cancelled) if depending else None
    return sure + (0 if places is None else places.least(control, settings))


def pooled_people(model: Model, matched: Matched, kept: frozenset[Key]) -> Iterator[Expr]:
    """What a model of any grain is charged at least for posts that change hands."""
    prices = Prices(matched.reference.since)
    people = model.context.people
    for pool in model.pools:
        by_date: dict[int, list[Row]] = defaultdict(list)
        for post in pool.posts:
            for row in matched.rows.get(post, ()):
                published = row.was.live and row.was.staff is not None
                if published and (base_line(post.line), row.date) not in kept:
                    by_date[row.bit].append(row)
        holders = model.holders[pool.index]
        whole = 0
        back: Counter[str] = Counter()
        for bit, rows in by_date.items():
            if len(rows) < pool.count:
                continue
            price = prices.of(prices.person, rows[0].date)
            whole += price
            for key in {row.was.staff for row in rows} | {
                key for key in holders if people[key].absent & bit
            }:
                if key in holders:
                    back[key] += price
        if whole:
            yield model.wanted(pool) * whole
            yield weighted((holders[key], -price) for key, price in back.items())


def _forced(matched: Matched, post: Post, prices: Prices, cancelled: Collection[Key] = ()) -> int:
    """What must change about the dates of a post: who is there, the room, or both.

    What may move to another time can escape both at the price of that.
    """
    found = 0
    for row in matched.rows[post]:
        if not row.was.live or (base_line(post.line), row.date) in cancelled:
            continue
        staff = row.was.staff
        person = prices.person if staff is not None and not matched.can(row, staff) else 0
        room = prices.room if matched.room_lost(row) else 0
        price = prices.both(person, room)
        if post.option is not None:
            price = min(price, prices.time)
        found += prices.of(price, row.date)
    return found


def _least_moves(matched: Matched, prices: Prices, cancelled: Collection[Key]) -> dict[str, int]:
    """What it costs at least that an activity meets at other times than published."""
    least: dict[str, int] = {}
    for activity, option in matched.moves:
        price = matched.moving_price(activity, option, prices, cancelled)
        least[activity] = min(price, least.get(activity, price))
    return least


class _Places:
    """Where clubs meet, and which posts of care exist then; who holds them is left open."""

    def __init__(
        self,
        matched: Matched,
        depending: dict[Post, int],
        prices: Prices,
        cancelled: Collection[Key],
    ) -> None:
        self.matched = matched
        self.demand = matched.context.demand
        self.cp = cp_model.CpModel()
        self.placed: dict[tuple[str, int], Literal] = {}
        terms: list[Expr] = []
        needs = {post.need for post in depending if post.need is not None}
        movable = {t.activity for n in needs for t in self.demand.needs[n].takers}
        for activity in sorted(movable & set(self.demand.options)):
            options = self.demand.options[activity]
            literals = [self.cp.new_bool_var("") for _ in options]
            nowhere = self.cp.new_bool_var("")
            self.cp.add_exactly_one([*literals, nowhere])
            for option, literal in zip(options, literals, strict=True):
                self.placed[activity, option.index] = literal
            if activity in matched.kept_option:
                for option, literal in zip(options, literals, strict=True):
                    price = matched.moving_price(activity, option.index, prices, cancelled)
                    terms.append(price * literal)
        for post, price in depending.items():
            assert post.need is not None
            terms.append(price * self._exists(self.demand.needs[post.need], post.number))
        self.cost = total(terms)

    def least(self, control: Control, settings: Settings) -> int:
        """The least cost of posts that depend on where clubs meet, and of moving clubs."""
        found = search(self.cp, self.cost, control, settings, PLACES, Stage.CHANGES)
        return max(0, found.bound)

    def _exists(self, need: Need, number: int) -> Literal:
        """True if more children remain than fewer adults could look after."""
        gone = weighted(
            (self.placed[taker.activity, taker.option], taker.children)
            for taker in need.takers
            if taker.option is not None and (taker.activity, taker.option) in self.placed
        )
        exists = self.cp.new_bool_var("")
        enough = need.ratio * (number - 1)
        most = max(0, need.base - enough)
        self.cp.add(need.base - gone <= enough + most * exists)
        return exists
