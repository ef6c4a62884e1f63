"""How far a load is from limits, and what the number of weekly slots says of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from constraints.model import CpModel, Expr, Model, over, total, under, weighted
from constraints.model_counts import SlotCount
from constraints.shares import slots_of


@dataclass(frozen=True)
class Distance:
    """Steps (rounded up) by which a load is above a limit, or below it, and their cost."""

    amount: Expr
    slope: int
    limit: int
    step: int
    above: bool


def distances(
    cp: CpModel, load: Expr, most: int, step: int, limits: Iterable[tuple[int, int, bool]]
) -> list[Distance]:
    """The distances of a load of at most ``most`` from limits, each with its slope and side."""
    found = []
    for limit, slope, above in limits:
        far = over(cp, load, limit, most, step) if above else under(cp, load, limit, 0, step)
        if not isinstance(far, int):
            found.append(Distance(far, slope, limit, step, above))
    return found


def tie_to_slots(model: Model, key: str, parts: Sequence[Distance]) -> None:
    """What the number of weekly slots says of the load: no new fact, a tighter relaxation.

    Without it, two slots one week and eight the other would pass for five. What comes
    beside the weekly slots (turns of a rota, covers) can make up for a lack of them, and
    slots that weigh less than a usual one for their number.
    """
    if not parts or not model.tightens or not model.regular(key):
        return
    count, worked = model.slots(key), model.context.people[key].worked_load
    away = model.context.people[key].absent
    own = [(h, h.post.load_on(~away), slots_of(h.post)) for h in model.regular(key)]
    usual = int(median_low([load // slots for _, load, slots in own]))
    light = weighted((h.literal, max(0, slots * usual - load)) for h, load, slots in own)
    heavy = weighted((h.literal, max(0, load - slots * usual)) for h, load, slots in own)
    beside = total([model.load(key)[0], weighted((h.literal, -load) for h, load, _ in own)])
    alone = not model.loads.beside(key)
    for part in parts:
        if part.above:
            least = [low + worked - part.limit for low, _ in count.loads]
            _at_least(model, part.amount, count, [-(-one // part.step) for one in least])
            usually = [n * usual + worked - part.limit for n in range(len(least))]
            _at_least(model, total([part.amount * part.step, light]), count, usually)
            continue
        lack = [part.limit - high for _, high in count.loads]
        made_up = total([part.amount * part.step, beside])
        if alone:
            rounded = [-(-(one - worked) // part.step) for one in lack]
            _at_least(model, part.amount, count, rounded)
        else:
            _at_least(model, made_up, count, lack)
        usually = [part.limit - n * usual for n in range(len(lack))]
        _at_least(model, total([made_up, heavy]), count, usually)


def _at_least(model: Model, value: Expr, count: SlotCount, least: Sequence[int]) -> None:
    """Tell that a value is at least so much for each number of slots, and never negative."""
    if any(one > 0 for one in least):
        model.cp.add(value >= count.of([max(0, one) for one in least]))
