"""Whether two events can be where they are, and what several push out: said without a solver."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from instances.event_dates import overlap
from scheduler.events.items import Column, Item, Items


def compatible(one: tuple[Item, Column], other: tuple[Item, Column]) -> bool:
    """Whether two items leave one another alone."""
    (a, here), (b, there) = one, other
    if a.event is b.event:
        first, last = (one, other) if _number(a) < _number(b) else (other, one)
        days = (last[1].occasion.first - first[1].occasion.first).days
        fits = days >= a.event.rehearsal_gap * (_number(last[0]) - _number(first[0]))
        return fits and (bool(last[0].rehearsal) or days <= a.earliest)
    if a.needs_what(b):
        clocks = dict(there.clocks)
        if any(date in clocks and overlap(clock, clocks[date]) for date, clock in here.clocks):
            return False
        for item, column in ((a, there), (b, here)):
            reserve = None if item.rehearsal else item.event.reserve
            if any(date == reserve for date, _ in column.clocks):
                return False
    if a.rehearsal or b.rehearsal:
        return True
    early, late = sorted((here, there), key=lambda column: column.occasion.first)
    days = (late.occasion.first - early.occasion.last).days
    return days >= max(a.event.apart, b.event.apart)


def _number(item: Item) -> int:
    """The place in the order of rehearsals; the event comes last."""
    return item.rehearsal or item.event.rehearsals + 1


def pushed_out(items: Items, columns: Iterable[Column]) -> int:
    """People × sessions that fall out, each counted once."""
    lost: dict[int, int] = defaultdict(int)
    for column in columns:
        for meeting, people in column.pushed.items():
            lost[meeting] += people
    return sum(min(people, items.meetings[n].people) for n, people in lost.items())


@dataclass(frozen=True)
class Swap:
    """Another time for one item, and what all together would push out with it there."""

    column: Column
    total: int


def swaps(items: Items, item: Item, columns: dict[str, Column]) -> list[Swap]:
    """Other dates at which an item could be while all others stay: the best time of each, in
    order of what is pushed out and then of nearness."""
    here = columns[item.key].occasion.first
    others = [
        (one, columns[one.key]) for one in items.items if one.key in columns and one is not item
    ]
    rest = [column for _, column in others]
    best: dict[dt.date, Swap] = {}
    for column in item.columns:
        date = column.occasion.first
        if date != here and all(compatible((item, column), other) for other in others):
            swap = Swap(column, pushed_out(items, [column, *rest]))
            if date not in best or swap.total < best[date].total:
                best[date] = swap
    return sorted(best.values(), key=lambda s: (s.total, abs(s.column.occasion.first - here)))
