"""Care on single dates: children of a club that nobody leads on a date are in care then.

The pattern has as many adults in care as its clubs leave children. On a date on which the leader
of a club is away and nobody comes instead, its children stay in care, which may need another
adult then: an open place more, or somebody who comes for that date.
"""

from __future__ import annotations

from collections.abc import Mapping

from constraints.model import Expr, Literal, Model, weighted
from constraints.pools import Pool
from instances.demand import Taker
from instances.words import Role


class CareByDate:
    """The posts of care that exist on a date, but not in the pattern.

    ``missing``: how many holders of a pool (number) are not replaced on a date (bit mask), as far
    as that is decided. ``cancelled``: whether what a pool belongs to does not take place on a date.
    """

    def __init__(
        self,
        model: Model,
        missing: Mapping[tuple[int, int], Literal],
        cancelled: Mapping[tuple[int, int], Literal],
    ) -> None:
        self.model = model
        self.missing = missing
        self.cancelled = cancelled
        self._leaders: dict[tuple[str, int], list[Pool]] = {}
        self._lost: dict[tuple[str, int, int], Literal | None] = {}
        for pool in model.pools:
            if pool.post.option is not None:
                place = pool.post.activity, pool.post.option
                self._leaders.setdefault(place, []).append(pool)
        for place, pools in self._leaders.items():
            self._leaders[place] = _principal(pools)

    def dates(self, pool: Pool) -> int:
        """The dates (bit mask) on which a post of care may exist without being in the pattern."""
        key = pool.post.need
        if key is None or pool.count > 1:
            return 0
        leaders = {leader.index for taker in self._takers(key) for leader in self._of(taker)}
        days = 0
        for index, bit in (*self.missing, *self.cancelled):
            days |= bit if index in leaders else 0
        return days & pool.post.dates

    def extra(self, pool: Pool, date: int) -> Literal | None:
        """Whether a post exists on a date and not in the pattern; ``None`` if that cannot be.

        With ``n`` adults, more than ``(n - 1) * ratio`` children ask for it: those of the pattern,
        and those whose club has no leader on that date.
        """
        key, number = pool.post.need, pool.post.number
        if key is None or not self.dates(pool) & date:
            return None
        model, need = self.model, self.model.demand.needs[key]
        active, extra = model.active[key, number], model.cp.new_bool_var("")
        enough = need.ratio * (number - 1)
        gone = weighted((self._attended(one, date), one.children) for one in self._takers(key))
        most = max(0, need.base - enough)
        model.cp.add(need.base - gone <= enough + most * active + most * extra)
        model.cp.add_at_most_one(active, extra)
        return extra

    def _takers(self, key: str) -> list[Taker]:
        placed = self.model.placed
        return [
            one
            for one in self.model.demand.needs[key].takers
            if one.option is not None and (one.activity, one.option) in placed
        ]

    def _of(self, taker: Taker) -> list[Pool]:
        return self._leaders.get((taker.activity, taker.option or 0), [])

    def _attended(self, taker: Taker, date: int) -> Expr:
        """1 if an activity takes its children on a date: it meets and all its leaders are there."""
        attended = self.model.attended(taker.activity, taker.option or 0)
        lost = self._none_lead(taker, date)
        return attended if lost is None else attended - lost

    def _none_lead(self, taker: Taker, date: int) -> Literal | None:
        """1 if an activity that is led in the pattern takes nobody on a date: a leader is missing,
        or it is cancelled; ``None`` if neither can be."""
        leaders = self._of(taker)
        places = [(pool.index, date) for pool in leaders]
        missing = [self.missing[place] for place in places if place in self.missing]
        cancelled = [self.cancelled[place] for place in places if place in self.cancelled][:1]
        if len(leaders) == 1 and leaders[0].count == 1 and not cancelled:
            return missing[0] if missing else None
        name = taker.activity, taker.option or 0, date
        if (missing or cancelled) and name not in self._lost:
            cp, attended = self.model.cp, self.model.attended(taker.activity, taker.option or 0)
            lost = self._lost[name] = cp.new_bool_var("")
            cp.add(lost <= attended)
            for one in (*missing, *cancelled):
                cp.add(one <= lost + 1 - attended)
        return self._lost.get(name)


def _principal(pools: list[Pool]) -> list[Pool]:
    leaders = [pool for pool in pools if pool.post.role is Role.LEADER]
    return leaders or [pool for pool in pools if pool.post.role is Role.SUPERVISOR]
