"""The CP-SAT model that rules post to: who holds what, what meets where, in which room.

Posts are held in *pools* of interchangeable ones. With pools of one, this is the full model;
with larger pools it is the first stage (who works when, and which club when), in which it is
still open who of a pool takes which class. Rules post in terms of holdings, placements and
loads, so that the same words serve every stage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.pools import Pool
from constraints.rule import Rule
from constraints.shares import is_regular
from instances.demand import Demand, Need, Post
from instances.words import TIERS, Role

if TYPE_CHECKING:
    from constraints.model_counts import SlotCount
    from constraints.model_dates import DatedCovers
    from constraints.model_kept import ByDate
    from constraints.model_loads import Loads
    from constraints.model_rooms import RoomChoices

Expr = cp_model.LinearExpr | int
Literal = cp_model.IntVar
CpModel = cp_model.CpModel

SCARCE = 8
"""Absences from posts that at most so many people could hold are foreseen date by date."""


def total(terms: Iterable[Expr]) -> Expr:
    """The sum of expressions; 0 for none."""
    listed = [term for term in terms if not isinstance(term, int) or term]
    return cp_model.LinearExpr.sum(listed) if listed else 0


def weighted(terms: Iterable[tuple[Expr, int]]) -> Expr:
    """The sum of expressions times whole numbers; 0 for none."""
    listed = [(term, factor) for term, factor in terms if factor]
    if not listed:
        return 0
    return cp_model.LinearExpr.weighted_sum([t for t, _ in listed], [f for _, f in listed])


def at_most(cp: CpModel, columns: Sequence[int], factors: Sequence[int], limit: int) -> None:
    """``sum factors * columns <= limit``, by the numbers of variables: quick for long rows."""
    row = cp.proto.constraints.add().linear
    row.vars.extend(columns)
    row.coeffs.extend(factors)
    row.domain.extend([cp_model.INT_MIN, limit])


def over(cp: cp_model.CpModel, value: Expr, limit: int, most: int, step: int) -> Expr:
    """A variable that is at least the steps by which ``value`` exceeds ``limit``."""
    if most <= limit:
        return 0
    excess = cp.new_int_var(0, -(-(most - limit) // step), "")
    cp.add(excess * step >= value - limit)
    return excess


def under(cp: cp_model.CpModel, value: Expr, limit: int, least: int, step: int) -> Expr:
    """A variable that is at least the steps by which ``value`` falls short of ``limit``."""
    if least >= limit:
        return 0
    lack = cp.new_int_var(0, -(-(limit - least) // step), "")
    cp.add(lack * step >= limit - value)
    return lack


class Holding:
    """One person's possible place in a pool; ``literal`` is true if it is taken."""

    __slots__ = ("index", "literal", "pool", "post")

    def __init__(self, pool: Pool, literal: Literal) -> None:
        self.pool = pool
        self.literal = literal
        self.post = pool.post
        self.index = literal.index


class Model:
    """Variables and core constraints; rules are posted by :meth:`post_rules`.

    Parameters
    ----------
    pools
        A partition of the posts.
    candidates
        Who may be given a variable in a pool (default: everybody the rules admit).
    options, rooms
        For each movable activity (rooms: or group, by its key) those to consider (default: all).
    foresee_covers
        Whether loads may take in covers of absent people (needed for a valid bound).
    dated_limit
        Absences are looked at date by date for posts that at most so many could hold.
    watched, settled
        Lines with dates (bit mask) on which absences are looked at, too; or on which an exception
        says who comes, whoever holds them.
    by_date
        What else of single dates is decided, where all absences are.
    tightens
        Whether rows that say nothing new are posted for the sake of the linear relaxation.
    elastic_pins
        Whether pins may be left out (each has a literal in ``pins``) or must all hold.
    """

    def __init__(
        self,
        context: Context,
        pools: Sequence[Pool],
        *,
        candidates: Callable[[Pool], Iterable[str]] | None = None,
        options: Callable[[str], Iterable[int]] | None = None,
        rooms: Callable[[str], Iterable[str]] | None = None,
        elastic_pins: bool = False,
        foresee_covers: bool = True,
        dated_limit: int = SCARCE,
        watched: Mapping[str, int] | None = None,
        settled: Mapping[str, int] | None = None,
        by_date: ByDate | None = None,
        tightens: bool = True,
    ) -> None:
        self.context, self.tightens = context, tightens
        self.demand: Demand = context.demand
        self.cp = cp_model.CpModel()
        self.costs: dict[str, list[Expr]] = defaultdict(list)
        self.holdings: dict[str, list[Holding]] = {key: [] for key in context.people}
        self.holders: list[dict[str, Literal]] = []
        self._options = options
        self.allowed_rooms = rooms
        self._elastic_pins = elastic_pins
        self._foresee_covers = foresee_covers
        self._dated_limit = dated_limit
        self._watched = watched or {}
        self.settled = settled or {}
        self._by_date = by_date
        self.pins: dict[int, Literal] = {}
        self._regular: dict[str, list[Holding]] = {}
        self._slots: dict[str, SlotCount] = {}
        self.placed: dict[tuple[str, int], Literal] = {}
        self.unplaced: dict[str, Literal] = {}
        self._place()
        self.pools = tuple(pool for pool in pools if self._considered(pool.post))
        self._hold(candidates or (lambda pool: context.admitted(pool.post)))
        self.active: dict[tuple[str, int], Literal] = {}
        self.attended_literals: dict[tuple[str, int], Literal] = {}
        self._needs()
        self._cover()

    @cached_property
    def resolves_classes(self) -> bool:
        """Whether it is decided here who takes which class."""
        return all(pool.count == 1 for pool in self.pools)

    def post_rules(self, *, musts_only: bool = False) -> None:
        """Let every active rule say its part, or only those that must hold."""
        for rule in self.context.rules:
            if rule.weight is None or not musts_only:
                rule.post(self)

    def charge(self, rule: Rule, amount: Expr) -> None:
        """Let a soft rule cost its weight times an amount; as a must, forbid any amount."""
        if rule.weight is None:
            self.cp.add(amount <= 0)
            return
        self.costs[rule.rule_id()].append(amount * rule.weight)

    def over(self, value: Expr, limit: int, most: int, step: int = 1) -> Expr:
        """By how many steps (rounded up) ``value`` exceeds ``limit``; ``most``: its maximum."""
        return over(self.cp, value, limit, most, step)

    def under(self, value: Expr, limit: int, least: int, step: int = 1) -> Expr:
        """By how many steps (rounded up) ``value`` falls short of ``limit``."""
        return under(self.cp, value, limit, least, step)

    def either(self, literals: Sequence[Literal]) -> Literal:
        """A literal that is true if any of ``literals`` is (and may be false otherwise)."""
        if len(literals) == 1:
            return literals[0]
        either = self.cp.new_bool_var("")
        if not self.tightens:  # one row for many
            columns = [one.index for one in (*literals, either)]
            at_most(self.cp, columns, [1] * len(literals) + [-len(literals)], 0)
        for literal in literals if self.tightens else ():
            self.cp.add_implication(literal, either)
        return either

    def both(self, one: Literal, other: Literal) -> Literal:
        """A literal that is true if both are (and may be true otherwise: let it cost)."""
        both = self.cp.new_bool_var("")
        self.cp.add_bool_or(~one, ~other, both)
        return both

    def keep(self, pin: int) -> Literal:
        """Whether a pin is kept: a free literal if pins are elastic, else always true."""
        if pin not in self.pins:
            literal = self.cp.new_bool_var(f"pin {pin}")
            if not self._elastic_pins:
                self.cp.add(literal == 1)
            self.pins[pin] = literal
        return self.pins[pin]

    def regular(self, key: str) -> list[Holding]:
        """Those of a person's holdings that are weekly slots."""
        if key not in self._regular:
            self._regular[key] = [h for h in self.holdings[key] if is_regular(self.demand, h.post)]
        return self._regular[key]

    def slots(self, key: str) -> SlotCount:
        """The number of a person's weekly slots, made on first use."""
        from constraints.model_counts import count_slots

        if key not in self._slots:
            self._slots[key] = count_slots(self, key, self.regular(key))
        return self._slots[key]

    @property
    def counted(self) -> Mapping[str, SlotCount]:
        """The people whose weekly slots some rule has counted."""
        return self._slots

    def slots_among(self, key: str, regular: Sequence[Holding]) -> SlotCount:
        """The number of weekly slots among some of a person's regular holdings."""
        from constraints.model_counts import count_slots

        whole = len(regular) == len(self.regular(key))
        return self.slots(key) if whole else count_slots(self, key, regular)

    def load(self, key: str) -> tuple[Expr, int]:
        """A person's load in hundredths of a unit, covers included, and an upper bound."""
        return self.loads.of(key)

    @cached_property
    def loads(self) -> Loads:
        """The loads of people, made on first use."""
        from constraints.model_loads import Loads

        return Loads(self, foresee_covers=self._foresee_covers)

    @cached_property
    def dated(self) -> DatedCovers:
        """Who comes instead of absent holders, where that is decided here."""
        from constraints.model_dates import DatedCovers

        return DatedCovers(self, self._dated_limit, self._watched, self._by_date)

    def held(self, pool: Pool) -> Expr:
        """How many of a pool's posts have a holder."""
        return total(self.holders[pool.index].values())

    def wanted(self, pool: Pool) -> Expr:
        """How many of a pool's posts exist: all, unless an option or a need decides."""
        post = pool.post
        if post.option is not None:
            return pool.count * self.placed[post.activity, post.option]
        if post.need is not None:
            return total(self.active[p.need, p.number] for p in pool.posts if p.need is not None)
        return pool.count

    @cached_property
    def open_by_tier(self) -> list[Expr]:
        """Dated open places per coverage tier, those of unplaced activities included."""
        tiers: list[list[Expr]] = [[] for _ in TIERS]
        for pool in self.pools:
            post = pool.post
            tiers[post.role.tier].append(post.size * (self.wanted(pool) - self.held(pool)))
        for tier, places in self.dated.open.items():
            tiers[tier] += places
        for activity, literal in self.unplaced.items():
            lines: dict[str, Post] = {}
            for post in self.demand.posts:
                if post.activity == activity:
                    known = lines.get(post.line)
                    if known is None or post.size > known.size:
                        lines[post.line] = post
            for post in lines.values():
                tiers[post.role.tier].append(post.size * literal)
        return [total(terms) for terms in tiers]

    @cached_property
    def rooms(self) -> RoomChoices:
        """The room literals, made on first use."""
        from constraints.model_rooms import RoomChoices  # it needs Model

        return RoomChoices(self)

    @property
    def quality(self) -> Expr:
        """The sum of all soft costs, in points."""
        return total(cost for costs in self.costs.values() for cost in costs)

    def _considered(self, post: Post) -> bool:
        return post.option is None or (post.activity, post.option) in self.placed

    def _place(self) -> None:
        for activity, options in self.demand.options.items():
            allowed = None if self._options is None else set(self._options(activity))
            literals = []
            for option in options:
                if (allowed is None or option.index in allowed) and option.rooms:
                    literal = self.cp.new_bool_var(f"{activity}#{option.index}")
                    self.placed[activity, option.index] = literal
                    literals.append(literal)
            self.unplaced[activity] = self.cp.new_bool_var(f"{activity} nowhere")
            self.cp.add_exactly_one([*literals, self.unplaced[activity]])

    def _hold(self, candidates: Callable[[Pool], Iterable[str]]) -> None:
        pools = []
        for index, pool in enumerate(self.pools):
            here = Pool(index, pool.posts)
            pools.append(here)
            holders = {key: self.cp.new_bool_var("") for key in candidates(pool)}
            self.holders.append(holders)
            for key, literal in holders.items():
                self.holdings[key].append(Holding(here, literal))
        self.pools = tuple(pools)

    def _needs(self) -> None:
        """Care posts exist as children remain: exactly ``ceil(children / ratio)`` of them."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for pool in self.pools:
            for post in pool.posts:
                if post.need is not None:
                    wanted[post.need].add(post.number)
        for key, numbers in wanted.items():
            need = self.demand.needs[key]
            children = need.base - self._gone(need)
            previous: Literal | None = None
            for number in sorted(numbers):
                active = self.cp.new_bool_var("")
                self.active[key, number] = active
                enough = need.ratio * (number - 1)
                self.cp.add(children <= enough + max(0, need.base - enough) * active)
                least = need.base - _most_gone(need)
                self.cp.add(children >= enough + 1 - max(0, enough + 1 - least) * ~active)
                if previous is not None:
                    self.cp.add_implication(active, previous)
                previous = active

    def _gone(self, need: Need) -> Expr:
        return weighted(
            (self.attended(taker.activity, taker.option), taker.children)
            for taker in need.takers
            if taker.option is not None and (taker.activity, taker.option) in self.placed
        )

    def attended(self, activity: str, option: int) -> Expr:
        """1 if an activity meets in an option and has its leader: else children stay in care."""
        pools = self._pools_of_option[activity, option]
        principal = [pool for pool in pools if pool.post.role is Role.LEADER] or [
            pool for pool in pools if pool.post.role is Role.SUPERVISOR
        ]
        if len(principal) == 1 and principal[0].count == 1:
            return self.held(principal[0])
        if (activity, option) not in self.attended_literals:
            literal = self.cp.new_bool_var("")
            held = total(self.held(pool) for pool in principal)
            posts = sum(pool.count for pool in principal)
            self.cp.add(held >= posts * literal)
            self.cp.add(held <= posts - 1 + literal)
            if not principal:
                self.cp.add(literal == self.placed[activity, option])
            self.attended_literals[activity, option] = literal
        return self.attended_literals[activity, option]

    @cached_property
    def _pools_of_option(self) -> dict[tuple[str, int], list[Pool]]:
        found: dict[tuple[str, int], list[Pool]] = defaultdict(list)
        for pool in self.pools:
            if pool.post.option is not None:
                found[pool.post.activity, pool.post.option].append(pool)
        return found

    def _cover(self) -> None:
        for pool in self.pools:
            literals = list(self.holders[pool.index].values())
            if pool.post.option is None and pool.post.need is None:
                if len(literals) > pool.count:
                    self.cp.add(total(literals) <= pool.count)
            elif literals:
                self.cp.add(total(literals) <= self.wanted(pool))
                if pool.post.option is not None and pool.count > 1:
                    placed = self.placed[pool.post.activity, pool.post.option]
                    for literal in literals:
                        self.cp.add_implication(literal, placed)


def _most_gone(need: Need) -> int:
    return sum({taker.activity: taker.children for taker in need.takers}.values())
