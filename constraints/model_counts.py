"""How many weekly slots each person has, as one literal per number.

Shared by the rules that speak of the number of slots: what one of them says of a number
(its best wishes, the least unfairness of load that it allows) then meets the others in the
linear relaxation, instead of each being averaged away on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from constraints.caps import places_on
from constraints.model import Expr, Holding, Literal, Model, weighted
from constraints.shares import slots_of


@dataclass(frozen=True, eq=False)
class SlotCount:
    """``literals[n]`` is true if the person has exactly ``n`` of the weekly slots counted.

    ``loads[n]``: the least and the most load, in hundredths of a unit, that goes with n.
    """

    literals: tuple[Literal, ...]
    loads: tuple[tuple[int, int], ...]

    def of(self, values: Sequence[int]) -> Expr:
        """The value that goes with the number of slots."""
        return weighted((lit, value) for lit, value in zip(self.literals, values, strict=True))


def count_slots(model: Model, key: str, regular: Sequence[Holding]) -> SlotCount:
    """Literals for the number of weekly slots among some holdings of a person."""
    most = most_slots(model, key, regular)
    literals = tuple(model.cp.new_bool_var("") for _ in range(most + 1))
    model.cp.add_exactly_one(literals)
    number = weighted((h.literal, slots_of(h.post)) for h in regular)
    model.cp.add(weighted((lit, n) for n, lit in enumerate(literals)) == number)
    return SlotCount(literals, _loads(model, key, regular, most))


def _loads(
    model: Model, key: str, regular: Sequence[Holding], most: int
) -> tuple[tuple[int, int], ...]:
    """The range of load for each number of slots; other posts and covers may come on top."""
    away = model.context.people[key].absent
    least: list[int] = []
    greatest: list[int] = []
    for holding in regular:
        load = holding.post.load_on(~away)
        slots = slots_of(holding.post)
        least += [load // slots] * slots
        greatest += [-(-load // slots)] * slots
    least.sort()
    greatest.sort(reverse=True)
    counted = set(map(id, regular))
    other = sum(h.post.load for h in model.holdings[key] if id(h) not in counted)
    if model.loads.covers_possible():
        other += sum(h.post.load for h in model.holdings[key])
    worked = model.context.people[key].worked_load
    return tuple(
        (worked + sum(least[:n]), worked + sum(greatest[:n]) + other) for n in range(most + 1)
    )


def most_slots(model: Model, key: str, regular: Sequence[Holding]) -> int:
    """The most weekly slots a person could have: one per slot and set of dates, within caps."""
    most = sum(slots_with_room(regular).values())
    cap = model.context.people[key].staff.cap_week
    if cap is not None and cap < most:
        shapes = {h.post.footprint: h.post for h in regular}.values()
        weeks = model.demand.calendar.of_week.values()
        if any(all(places_on(p, week) >= p.slots for p in shapes) for week in weeks):
            return cap
    return most


def slots_with_room(regular: Sequence[Holding]) -> dict[tuple[int, str], int]:
    """How many posts a person could hold in each slot: several only on different dates."""
    dates_of: dict[tuple[int, str], set[int]] = defaultdict(set)
    for holding in regular:
        dates = holding.post.dates
        for weekday, segments in holding.post.place[1]:
            for segment in segments:
                dates_of[weekday, segment].add(dates)
    return {slot: _disjoint(dates) for slot, dates in dates_of.items()}


def _disjoint(dates: set[int]) -> int:
    """An upper bound on how many posts of one slot a person can hold on different dates."""
    common = ~0
    for mask in dates:
        common &= mask
    return 1 if common else len(dates)
