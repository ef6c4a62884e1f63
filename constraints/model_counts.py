"""How many weekly slots each person has, as one literal per number.

Shared by the rules that speak of the number of slots: what one of them says of a number
(its best wishes, the least unfairness of load that it allows) then meets the others in the
linear relaxation, instead of each being averaged away on its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from constraints.caps import places_on
from constraints.model import Expr, Holding, Literal, Model, weighted
from constraints.shares import slots_of

Slot = tuple[int, str]


@dataclass(frozen=True, eq=False)
class SlotCount:
    """``literals[n]`` is true if the person has exactly ``n`` of the weekly slots counted.

    ``loads[n]``: the least and the most load, in hundredths of a unit, of n such slots.
    """

    literals: tuple[Literal, ...]
    loads: tuple[tuple[int, int], ...]

    def of(self, values: Sequence[int]) -> Expr:
        """The value that goes with the number of slots."""
        return weighted((lit, value) for lit, value in zip(self.literals, values, strict=True))


@dataclass(frozen=True)
class _Offer:
    """What some of a person's regular posts offer in one slot: loads and numbers of dates,
    each in ascending order, and how many of the posts can be held at the same time.
    """

    loads: tuple[int, ...]
    dates: tuple[int, ...]
    room: int


def count_slots(model: Model, key: str, regular: Sequence[Holding]) -> SlotCount:
    """Literals for the number of weekly slots among some holdings of a person."""
    offers = _offers(regular, model.context.people[key].absent)
    most = _most(model, key, regular, offers)
    literals = tuple(model.cp.new_bool_var("") for _ in range(most + 1))
    model.cp.add_exactly_one(literals)
    number = weighted((h.literal, slots_of(h.post)) for h in regular)
    model.cp.add(weighted((lit, n) for n, lit in enumerate(literals)) == number)
    return SlotCount(literals, _loads(offers, most))


def most_slots(model: Model, key: str, regular: Sequence[Holding]) -> int:
    """The most weekly slots a person could have: one per slot and set of dates, within caps."""
    return _most(model, key, regular, _offers(regular, 0))


def slots_with_room(regular: Sequence[Holding]) -> dict[Slot, int]:
    """How many posts a person could hold in each slot: several only on different dates."""
    dates: dict[Slot, set[int]] = defaultdict(set)
    for holding in regular:
        for block, (mask, _) in zip(holding.post.blocks, holding.post.units, strict=True):
            for weekday, segment in block.slots:
                dates[int(weekday), segment].add(mask)
    return {slot: _disjoint(masks) for slot, masks in dates.items()}


def _offers(regular: Sequence[Holding], away: int) -> dict[Slot, _Offer]:
    loads: dict[Slot, list[int]] = defaultdict(list)
    dates: dict[Slot, list[int]] = defaultdict(list)
    for holding in regular:
        post = holding.post
        load = post.load_on(~away) // slots_of(post)
        for block, (mask, _) in zip(post.blocks, post.units, strict=True):
            for weekday, segment in block.slots:
                loads[int(weekday), segment].append(load)
                dates[int(weekday), segment].append(mask.bit_count())
    return {
        slot: _Offer(tuple(sorted(loads[slot])), tuple(sorted(dates[slot])), room)
        for slot, room in slots_with_room(regular).items()
    }


def _loads(offers: Mapping[Slot, _Offer], most: int) -> tuple[tuple[int, int], ...]:
    """The range of load for each number of slots (loads are rounded down to whole slots)."""
    least = sorted(load for offer in offers.values() for load in offer.loads[: offer.room])
    greatest = sorted(
        (load + 1 for offer in offers.values() for load in offer.loads[-offer.room :]),
        reverse=True,
    )
    return tuple((sum(least[:n]), sum(greatest[:n])) for n in range(most + 1))


def _most(model: Model, key: str, regular: Sequence[Holding], offers: Mapping[Slot, _Offer]) -> int:
    """The most slots within caps: they allow so many dates a weekday, and so many in all."""
    staff, calendar = model.context.people[key].staff, model.demand.calendar
    per_weekday: dict[int, list[int]] = defaultdict(list)
    for (weekday, _), offer in offers.items():
        per_weekday[weekday] += offer.dates[: offer.room]
    days = Counter(int(day.weekday) for day in calendar.days)
    kept: list[int] = []
    for weekday, dates in per_weekday.items():
        kept += _within(dates, staff.cap_day, days[weekday])
    weeks = calendar.of_week.values()
    most = len(_within(kept, staff.cap_week, len(weeks)))
    if staff.cap_week is None or staff.cap_week >= most:
        return most
    alike = {(h.post.footprint, slots_of(h.post)): h.post for h in regular}
    posts = [(post, slots) for (_, slots), post in alike.items()]
    if any(all(places_on(post, week) >= slots for post, slots in posts) for week in weeks):
        return staff.cap_week
    return most


def _within(dates: Iterable[int], cap: int | None, periods: int) -> list[int]:
    """Of slots with so many dates, as many as fit under a cap on each of some periods."""
    ascending = sorted(dates)
    if cap is None:
        return ascending
    totals = accumulate(ascending)
    return [n for n, so_far in zip(ascending, totals, strict=True) if so_far <= cap * periods]


def _disjoint(masks: Collection[int]) -> int:
    """An upper bound on how many of some sets of dates are pairwise disjoint."""
    common, union = ~0, 0
    for mask in masks:
        common &= mask
        union |= mask
    if common:
        return 1
    totals = accumulate(sorted(mask.bit_count() for mask in masks))
    return max(1, sum(so_far <= union.bit_count() for so_far in totals))
