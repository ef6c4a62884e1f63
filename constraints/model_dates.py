"""Covers that the pattern foresees date by date.

Where many people could hold a post, somebody will be found for a date on which its holder is
away; the dated stage decides. Where few could (a leader on duty, a special skill), the
pattern itself must leave one of them free: so for such posts it is decided here, for each
date, who could come instead, within their caps. With every post looked at so, the loads of
covers are exact, and pattern and covers are optimal together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from constraints.caps import places_on
from constraints.clash import days_at
from constraints.model import Expr, Literal, Model, total, weighted
from constraints.model_care import CareByDate
from constraints.model_kept import ByDate, Kept
from constraints.pools import Pool
from instances.demand import Post


@dataclass(frozen=True)
class Gap:
    """A date of a pool on which some of the people who could hold it are away."""

    pool: Pool
    date: int
    away: frozenset[str]


class DatedCovers:
    """Who comes instead on dates of absence, for posts that at most ``limit`` could hold.

    On dates ``watched`` those of other lines are looked at, too; on dates that are settled by an
    exception nobody needs to come instead, and the holder is not there.

    Whoever can come on that date may: somebody who could not hold the post every week, too.

    ``coming``: whether a person covers a gap. ``open``: dated places per tier that nobody
    covers. ``loads``: for each person, what coming weighs, in hundredths of a unit, and
    ``most`` at most in all. ``looked_at``: the pools (numbers) and dates (bits)
    decided on. ``complete``: whether every absence that matters is looked at.

    ``by_date``: what else of single dates is ``decided``, if all absences are. Then ``extra`` says
    whether a post of care exists on a date and not in the pattern, ``expected`` who is elsewhere
    by an exception on a date though they hold a post, ``missing`` whether nobody comes, each by
    pool and date.
    """

    def __init__(
        self,
        model: Model,
        limit: int,
        watched: Mapping[str, int],
        by_date: ByDate | None = None,
    ) -> None:
        self.model = model
        self.open: dict[int, list[Expr]] = defaultdict(list)
        self.loads: dict[str, list[tuple[Expr, int]]] = defaultdict(list)
        self.most: dict[str, int] = defaultdict(int)
        self.coming: list[tuple[Gap, str, Literal]] = []
        self.looked_at: set[tuple[int, int]] = set()
        self.decided = by_date is not None
        self.extra: dict[tuple[int, int], Literal] = {}
        self.complete = True
        self.missing: dict[tuple[int, int], Literal] = {}
        self._at: dict[object, list[Literal]] = defaultdict(list)
        self._kept = Kept(model, by_date or ByDate())
        self.expected = self._kept.expected
        self._care = CareByDate(model, self.missing, self._kept.cancelled) if by_date else None
        for pool in model.pools if by_date is None else _care_last(model.pools):
            gaps = self._gaps(pool)
            if len(model.context.admitted(pool.post)) <= limit:
                for gap in gaps:
                    self._enter(gap)
            elif gaps:
                self.complete = False
                days = reduce(or_, (watched.get(post.line, 0) for post in pool.posts), 0)
                for gap in gaps:
                    if gap.date & days:
                        self._enter(gap)
        self._once()
        self._caps()

    def _gaps(self, pool: Pool) -> list[Gap]:
        care = 0 if self._care is None else self._care.dates(pool)
        return _gaps(self.model, pool, care | self._kept.dates(pool))

    def _enter(self, gap: Gap) -> None:
        model, pool = self.model, gap.pool
        place = pool.index, gap.date
        self.looked_at.add(place)
        holders = model.holders[pool.index]
        lacking: list[Expr] = [holders[key] for key in gap.away if key in holders]
        lacking += [literal for _, literal in self.expected.get(place, ())]
        if self._care is not None and (extra := self._care.extra(pool, gap.date)) is not None:
            self.extra[place] = extra
            lacking.append(extra)
        substitutes: dict[str, Literal] = {}
        load = pool.post.load_on(gap.date)
        for key in model.context.admitted(pool.post.on(gap.date)):
            if not model.context.people[key].absent & gap.date:
                stays = self._kept.stays(key, place)
                comes = model.cp.new_bool_var("") if stays is None else stays
                substitutes[key] = comes
                self.coming.append((gap, key, comes))
                self.loads[key].append((comes, load))
                self.most[key] += load
                self._free(gap, key, comes)
        most = max(len(gap.away), len(lacking))
        missing = model.cp.new_int_var(0, min(pool.count, most), "")
        self.missing[place] = missing
        self._filled(gap, total(lacking), missing, substitutes)

    def _filled(
        self, gap: Gap, lacking: Expr, missing: Literal, substitutes: dict[str, Literal]
    ) -> None:
        """Who is lacking is replaced, or missing. Whoever an exception names may come anyhow, also
        where nobody holds the line, and nobody need come to what is cancelled."""
        cp, pool, place = self.model.cp, gap.pool, (gap.pool.index, gap.date)
        places = places_on(pool.post, gap.date)
        opened = self.open[pool.post.role.tier]
        opened.append(missing * places)
        stays = substitutes.pop(self._kept.named.get(place, ""), None)
        settled = self._kept.cancelled.get(place) if stays is None else stays
        others = missing + total(substitutes.values())
        if settled is None:
            cp.add(others == lacking)
            return
        cp.add(others <= lacking)
        cp.add(others + settled >= lacking)
        cp.add(others + settled <= 1)
        wanted = self.model.wanted(pool)
        if stays is not None:
            cp.add(stays <= wanted + self.extra.get(place, 0))
        fills = cp.new_bool_var("")
        cp.add(fills <= settled)
        cp.add(fills <= wanted - self.model.held(pool))
        opened.append(fills * -places)

    def _free(self, gap: Gap, key: str, comes: Literal) -> None:
        """Who comes is in no other post at that time."""
        model = self.model
        for number, moment in enumerate(model.demand.moments):
            if not days_at(gap.pool.post, moment) & gap.date:
                continue
            here = [
                h
                for h in model.holdings[key]
                if days_at(h.post, moment) & gap.date & ~self._settled(h.post)
            ]
            away = [u for h in here for u in self._kept.away(key, h.pool.index, gap.date)]
            if away:
                model.cp.add(comes + total(h.literal for h in here) <= 1 + total(away))
            elif here:
                model.cp.add_at_most_one(comes, *(h.literal for h in here))
            self._at[key, number, gap.date].append(comes)

    def _once(self) -> None:
        """Nobody covers two posts at one moment."""
        done: set[frozenset[int]] = set()
        for literals in self._at.values():
            names = frozenset(literal.index for literal in literals)
            if len(names) > 1 and names not in done:
                done.add(names)
                self.model.cp.add_at_most_one(literals)

    def _caps(self) -> None:
        """What caps leave of a day, a week and the term, absences not worked."""
        by_person: dict[str, list[tuple[Gap, Literal]]] = defaultdict(list)
        for gap, key, comes in self.coming:
            by_person[key].append((gap, comes))
        calendar = self.model.demand.calendar
        for key, coming in by_person.items():
            person = self.model.context.people[key]
            staff = person.staff
            bits = {gap.date for gap, _ in coming}
            self._cap(key, coming, bits, staff.cap_day)
            for week, days in calendar.of_week.items():
                if any(days & bit for bit in bits):
                    self._cap(key, coming, [days], _left(staff.cap_week, person.worked_in(week)))
            self._cap(key, coming, [calendar.every], _left(staff.cap_term, person.worked))

    def _cap(
        self,
        key: str,
        coming: list[tuple[Gap, Literal]],
        periods: Iterable[int],
        cap: int | None,
    ) -> None:
        if cap is None:
            return
        here = ~self.model.context.people[key].absent
        for days in periods:
            terms: list[tuple[Expr, int]] = [
                (h.literal, places_on(h.post, days & here & ~self._settled(h.post)))
                for h in self.model.holdings[key]
            ]
            terms += [
                (literal, -places_on(self.model.pools[pool].post, date))
                for pool, date, literal in self._kept.elsewhere(key)
                if date & days & here
            ]
            terms += [
                (comes, places_on(gap.pool.post, gap.date))
                for gap, comes in coming
                if gap.date & days
            ]
            self.model.cp.add(weighted(terms) <= cap)

    def _settled(self, post: Post) -> int:
        return self.model.settled.get(post.line, 0)


def _left(cap: int | None, worked: int) -> int | None:
    """What a cap leaves after what was worked before the dates that are planned."""
    return None if cap is None else max(0, cap - worked)


def _care_last(pools: Iterable[Pool]) -> list[Pool]:
    """Pools with those last that exist as others leave children to them."""
    return sorted(pools, key=lambda pool: pool.post.need is not None)


def _gaps(model: Model, pool: Pool, more: int = 0) -> list[Gap]:
    """The dates of a pool on which somebody may be away; ``more``: others to look at (bit mask)."""
    admitted = model.context.admitted(pool.post)
    people = model.context.people
    absent = {key: people[key].absent & pool.post.dates for key in admitted}
    if not more and not any(absent.values()):
        return []
    found = []
    for day in model.demand.calendar.dates(pool.post.dates):
        bit = 1 << model.demand.calendar.index[day.date]
        if all(model.settled.get(post.line, 0) & bit for post in pool.posts):
            continue
        away = frozenset(key for key, days in absent.items() if days & bit)
        if away or more & bit:
            found.append(Gap(pool, bit, away))
    return found
