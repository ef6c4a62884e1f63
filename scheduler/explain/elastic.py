"""The elastic model: every post filled, at the least cost of changes to the school.

It is the pooled model of the school with all the changes offered; a literal for each change
lets what needs it happen. Where a timetable with gaps is given, what is not near the gaps is
held still, so that the model is small; its solution is then a way out, if not surely the
cheapest. With ``held`` false, it is only where the search starts. With ``only_near``, posts
elsewhere stay empty and are not counted, and musts that a school has made of wishes are left
out: what cannot be filled even then cannot be filled at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from constraints.caps import longest_rows, places_on
from constraints.clash import days_at
from constraints.context import Context
from constraints.model import SCARCE, Expr, Holding, Literal, Model, total, weighted
from constraints.model_dates import Gap
from constraints.pins import matches_post
from constraints.pools import Pool, merged_pools
from instances.demand import Post
from instances.timetable import Timetable
from instances.words import Kind
from scheduler.audit import Audit
from scheduler.explain.arranging import (
    AllowRoom,
    AllowSlot,
    Drop,
    DropPin,
    Merge,
    OpenRoom,
    RaiseRatio,
    applied,
)
from scheduler.explain.asking import RaiseCap
from scheduler.explain.easing import Easing
from scheduler.explain.offers import Trouble, lacking, spare_by
from scheduler.incumbent import options_of
from scheduler.room_supply import closed_uses
from scheduler.scope import is_small
from scheduler.watch import Watched, together, uncovered
from scheduler.weekly import pinned_lines

KEPT_IN_SCHOOL = (DropPin, Drop, RaiseRatio, Merge, OpenRoom)
"""Changes that the model itself makes: the school it is built from is without them."""


class Elastic:
    """A model in which ``literals`` say which changes are made.

    ``open``: dated places that stay open in spite of them.
    """

    def __init__(
        self,
        context: Context,
        offered: Sequence[Easing],
        trouble: Trouble,
        start: Timetable | None = None,
        *,
        held: bool = True,
        only_near: bool = False,
        watched: Watched | None = None,
    ) -> None:
        self.base = context
        self.offered = dict.fromkeys(offered)
        self.trouble = trouble
        self.start = start
        self._held = start if held else None
        self._only_near = only_near
        self._watched = dict(watched or {})
        easy = applied(context.instance, [e for e in offered if not isinstance(e, KEPT_IN_SCHOOL)])
        rules = [r for r in context.rules if not only_near or r.default_weight is None]
        self.context = Context(easy, tuple(rules))
        self.literals: dict[Easing, Literal] = {}
        pools = merged_pools(self.context, pinned_lines(self.context))
        self._chosen = options_of(self.context.demand, start) if start and held else {}
        self._moving = self._may_move()
        self.model = Model(
            self.context,
            pools,
            candidates=self._candidates,
            options=self._options,
            rooms=self._rooms,
            elastic_pins=True,
            foresee_covers=False,
            dated_limit=len(context.people) if is_small(context) else SCARCE,
            watched=watched,
        )
        self.model.post_rules(musts_only=True)
        self.open = self._open()
        self._people()
        self._caps()
        self._places()
        self._pins()

    def literal(self, easing: Easing) -> Literal:
        """Whether a change is made; only those that something asks for have a literal."""
        if easing not in self.literals:
            self.literals[easing] = self.model.cp.new_bool_var(str(easing))
        return self.literals[easing]

    def cost(self, costs: dict[str, int]) -> Expr:
        return weighted((lit, costs[easing.kind]) for easing, lit in self.literals.items())

    def watching(self, judged: Audit) -> Elastic | None:
        """The same model that looks at the absences, too, that a timetable leaves uncovered.

        ``None`` if it does already, or there are none.
        """
        watched = together((self._watched, uncovered(judged)))
        if watched == self._watched:
            return None
        held = self._held is not None
        return Elastic(
            self.base, [*self.offered], self.trouble, self.start, held=held, watched=watched
        )

    def _may_move(self) -> set[str]:
        if self._held is None:
            return set(self.context.demand.options)
        near = {post.activity for post in self.context.demand.posts if self.trouble.is_near(post)}
        return near | set(self.trouble.roomless)

    def _options(self, activity: str) -> Iterable[int]:
        if activity in self._moving or activity not in self._chosen:
            return [option.index for option in self.context.demand.options[activity]]
        return [self._chosen[activity]]

    def _rooms(self, key: str) -> Iterable[str]:
        demand, start = self.context.demand, self._held
        every = demand.options[key][0].rooms if key in demand.options else demand.group_rooms[key]
        if start is None or key in self._moving:
            return every
        placement = start.placements.get(key)
        name = placement.room if placement else start.rooms.get(key)
        return every if name is None else [name]

    def _candidates(self, pool: Pool) -> Sequence[str]:
        """Whoever may hold the posts, as things are or with what is offered."""
        if self._only_near and not self.trouble.is_near(pool.post):
            return []
        able = [
            key
            for key in self.context.admitted(pool.post)
            if all(e in self.offered for e in lacking(self.base.people[key], pool.post))
        ]
        if self._held is None or self._is_free(pool, self._held):
            return able
        holders = {self._held.holders.get(post.line) for post in pool.posts}
        return [key for key in able if key in holders]

    def _is_free(self, pool: Pool, held: Timetable) -> bool:
        """Whether posts may change hands: near the gaps, or without a holder as yet."""
        return any(
            self.trouble.is_near(post) or post.line not in held.holders for post in pool.posts
        )

    def _open(self) -> Expr:
        """Dated places left open, less those of clubs left out and of care made smaller."""
        model = self.model
        terms: list[Expr] = []
        spare = {
            easing: spare_by(self.context.demand, easing)
            for easing in self.offered
            if isinstance(easing, RaiseRatio | Merge)
        }
        for pool in model.pools:
            if self._only_near and not self.trouble.is_near(pool.post):
                continue
            gap = model.wanted(pool) - model.held(pool)
            freed: list[tuple[Expr, int]] = [
                (self.literal(easing), count)
                for easing, lines in spare.items()
                if (count := sum(post.line in lines for post in pool.posts))
            ]
            missing = model.cp.new_int_var(0, pool.count, "")
            model.cp.add(missing >= gap - weighted(freed))
            terms.append(missing * pool.post.size)
        terms += [places for some in model.dated.open.values() for places in some]
        for activity, nowhere in model.unplaced.items():
            lost: Expr = nowhere
            if Drop(activity) in self.offered:
                dropped = self.literal(Drop(activity))
                model.cp.add_implication(dropped, nowhere)
                lost = nowhere - dropped
            posts = self.context.demand.posts_of_option.get((activity, 0), ())
            size = max(1, sum(post.size for post in posts))
            if not self._only_near or any(self.trouble.is_near(post) for post in posts):
                terms.append(lost * size)
        return total(terms)

    def _people(self) -> None:
        """Who could not hold a post as things are needs the changes that let them."""
        model = self.model
        for key, holdings in model.holdings.items():
            for holding in holdings:
                for easing in lacking(self.base.people[key], holding.post):
                    model.cp.add_implication(holding.literal, self.literal(easing))
        for gap, key, comes in model.dated.coming:
            needed = lacking(self.base.people[key], gap.pool.post.on(gap.date))
            if any(easing not in self.offered for easing in needed):
                model.cp.add(comes == 0)
                continue
            for easing in needed:
                model.cp.add_implication(comes, self.literal(easing))

    def _caps(self) -> None:
        """Each cap as it is, plus what it is raised by; covers that are foreseen count, too."""
        calendar = self.context.demand.calendar
        periods = {
            "cap_day": [1 << n for n in range(len(calendar.days)) if calendar.every >> n & 1],
            "cap_week": list(calendar.of_week.values()),
            "cap_term": [calendar.every],
        }
        covers: dict[str, list[tuple[Gap, Literal]]] = defaultdict(list)
        for gap, key, comes in self.model.dated.coming:
            covers[key].append((gap, comes))
        for easing in self.offered:
            if not isinstance(easing, RaiseCap) or not self.model.holdings[easing.staff]:
                continue
            holdings, coming = self.model.holdings[easing.staff], covers[easing.staff]
            if easing.cap == "cap_clubs":
                self._cap(easing, self._club_row(holdings))
                continue
            for row in longest_rows(holdings, periods[easing.cap]):
                self._cap(easing, [(h.literal, n) for h, n in zip(holdings, row, strict=True) if n])
            here = ~self.context.people[easing.staff].absent
            for days in periods[easing.cap]:
                some = [(gap, comes) for gap, comes in coming if gap.date & days]
                if some:
                    held = [(h.literal, places_on(h.post, days & here)) for h in holdings]
                    held += [(lit, places_on(gap.pool.post, gap.date)) for gap, lit in some]
                    self._cap(easing, held)

    def _cap(self, easing: RaiseCap, row: Sequence[tuple[Expr, int]]) -> None:
        cap = getattr(self.base.people[easing.staff].staff, easing.cap)
        if sum(n for _, n in row) > cap:
            more = (easing.to - cap) * self.literal(easing)
            self.model.cp.add(weighted(row) <= cap + more)

    def _club_row(self, holdings: Sequence[Holding]) -> list[tuple[Expr, int]]:
        clubs: dict[str, list[Literal]] = defaultdict(list)
        for holding in holdings:
            if holding.post.kind is Kind.CLUB:
                clubs[holding.post.activity].append(holding.literal)
        return [(self.model.either(some), 1) for some in clubs.values()]

    def _places(self) -> None:
        """Times and rooms that are only there with a change."""
        model, demand = self.model, self.context.demand
        slots: dict[str, list[AllowSlot]] = defaultdict(list)
        for easing in self.offered:
            if isinstance(easing, AllowSlot):
                slots[easing.activity].append(easing)
        for (activity, index), placed in model.placed.items():
            blocks = demand.options[activity][index].blocks
            here = {slot for block in blocks for slot in block.slots}
            for easing in slots[activity]:
                if (easing.weekday, easing.segment) in here:
                    model.cp.add_implication(placed, self.literal(easing))
        closed = closed_uses(demand)
        for at, rooms in model.rooms.of_option.items():
            self._rooms_of(at[0], rooms)
            for room in closed.get(at, ()):
                if room in rooms:
                    self._only_with(rooms[room], OpenRoom(room))
        for key, rooms in model.rooms.of_group.items():
            self._rooms_of(demand.group_by_key[key].activity, rooms)

    def _rooms_of(self, activity: str, rooms: dict[str, Literal]) -> None:
        for easing in self.offered:
            if isinstance(easing, AllowRoom) and easing.activity == activity:
                if easing.room in rooms:
                    model_literal = rooms[easing.room]
                    self.model.cp.add_implication(model_literal, self.literal(easing))

    def _only_with(self, literal: Literal, easing: Easing) -> None:
        if easing in self.offered:
            self.model.cp.add_implication(literal, self.literal(easing))
        else:
            self.model.cp.add(literal == 0)

    def _speaks_of_near(self, number: int) -> bool:
        pin = self.context.instance.pins[number]
        posts = [post for post in self.context.demand.posts if matches_post(pin, post)]
        return bool(posts) and all(self.trouble.is_near(post) for post in posts)

    def _pins(self) -> None:
        pins = {e.number: e for e in self.offered if isinstance(e, DropPin)}
        for number, kept in self.model.pins.items():
            if self._only_near and not self._speaks_of_near(number):
                continue
            if number in pins:
                self.model.cp.add_bool_or([kept, self.literal(pins[number])])
            else:
                self.model.cp.add(kept == 1)


def trouble_of(context: Context, lines: Collection[str], roomless: Collection[str] = ()) -> Trouble:
    """The open lines with all that is at the same times; movable ones at all their times."""
    demand = context.demand
    wanted = set(lines)
    for name in roomless:
        wanted |= {post.line for post in demand.posts if name in (post.activity, post.group)}
    blocks = {b for post in demand.posts if post.line in wanted for b in post.blocks}
    moments = [
        moment
        for moment in demand.moments
        if any(
            block.weekday is moment.weekday and not moment.segments.isdisjoint(block.segments)
            for block in blocks
        )
    ]
    near = {post.line for post in demand.posts if _at(post, moments)}
    return Trouble(frozenset(wanted), frozenset(near | wanted), frozenset(roomless))


def _at(post: Post, moments: Sequence[object]) -> bool:
    return any(days_at(post, moment) for moment in moments)  # type: ignore[arg-type]
