"""Dates for events: as many as fit, what they push out as little as can be, then wishes.

One literal for each item and time (a column). Two items that need the same class, club, room
or person exclude one another at every moment of every date; what several events push out
together counts once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ortools.sat.python import cp_model

from constraints.model import Expr, Literal, over, total, weighted
from instances.checks.events import is_wished
from scheduler.events.greedy import place_greedily
from scheduler.events.items import Column, Item, Items
from scheduler.events.together import Swap, pushed_out, swaps
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

EFFORT = Effort(deterministic=8, share=0.3, seconds=8)
NEXT = Effort(deterministic=3, share=0.1, seconds=2)
UNWISHED, ROBBED, CROWDED, EARLY = 20, 6, 1, 1
"""What a date that was not wished for, a meeting that a club loses beyond its part, a second
event within a fortnight, and a week between a rehearsal and its event cost."""
PART = 10
"""A club may lose one in so many of its meetings before it counts as robbed."""


@dataclass(frozen=True)
class NextBest:
    """Another date for an event: the best there is, or the best that is worse than its own
    where as many others as ``ties`` are as good."""

    swap: Swap
    ties: int


@dataclass(frozen=True)
class Placed:
    """Where everything is, how good that is, and what the next best date of an event costs."""

    columns: dict[str, Column]
    unplaced: tuple[str, ...]
    displaced: int
    bound: int
    next_best: dict[str, NextBest] = field(default_factory=dict)


class PlacingModel:
    """The columns as literals, with everything that excludes one another.

    ``barred``: items that may not begin on a date.
    """

    def __init__(self, items: Items, barred: Mapping[str, dt.date] | None = None) -> None:
        self.items = items
        self.cp = cp_model.CpModel()
        self.at: dict[tuple[str, int], Literal] = {}
        self.placed: dict[str, Literal] = {}
        barred = barred or {}
        for item in items.items:
            self.placed[item.key] = self.cp.new_bool_var("")
            literals = []
            for n, column in enumerate(item.columns):
                literal = self.cp.new_bool_var("")
                self.at[item.key, n] = literal
                literals.append(literal)
                if barred.get(item.key) == column.occasion.first:
                    self.cp.add(literal == 0)
            self.cp.add(total(literals) == self.placed[item.key])
        self._clashes()
        self._reserves()
        self._apart()
        self._rehearsals()

    @property
    def not_placed(self) -> Expr:
        """Events left out count most; an event is not held without its rehearsals."""
        return total(1 - literal for literal in self.placed.values())

    def _clashes(self) -> None:
        used: dict[object, list[tuple[str, int, Column]]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                for date, _ in column.clocks:
                    for use in item.uses:
                        used[use, date].append((item.key, n, column))
        done: set[frozenset[tuple[str, int]]] = set()
        for (_, date), users in used.items():  # type: ignore[misc]
            if len({key for key, _, _ in users}) < 2:
                continue
            clocks = [(dict(c.clocks)[date], (key, n)) for key, n, c in users]
            for moment in {clock[0] for clock, _ in clocks}:
                here = frozenset(who for clock, who in clocks if clock[0] <= moment < clock[1])
                if len({key for key, _ in here}) > 1 and here not in done:
                    done.add(here)
                    self.cp.add_at_most_one(self.at[who] for who in here)

    def _reserves(self) -> None:
        """A reserve date is kept free of whatever needs the same classes, rooms or people."""
        for item in self.items.items:
            reserve = item.event.reserve
            if reserve is None or item.rehearsal:
                continue
            for other in self.items.items:
                if other.event is item.event or not other.uses & item.uses:
                    continue
                for n, column in enumerate(other.columns):
                    if any(date == reserve for date, _ in column.clocks):
                        self.cp.add_at_most_one(self.placed[item.key], self.at[other.key, n])

    def _apart(self) -> None:
        """Days between an event and any other."""
        events = [item for item in self.items.items if not item.rehearsal]
        dates = [day.date for day in self.items.calendar.days]
        for item in events:
            days = item.event.apart
            if not days:
                continue
            near: dict[dt.date, list[Literal]] = defaultdict(list)
            margin = dt.timedelta(days=days - 1)
            for n, column in enumerate(item.columns):
                first, last = column.occasion.first - margin, column.occasion.last + margin
                for date in dates:
                    if first <= date <= last:
                        near[date].append(self.at[item.key, n])
            for other in events:
                if other is not item:
                    self._exclude(near, other)

    def _exclude(self, near: Mapping[dt.date, list[Literal]], other: Item) -> None:
        on: dict[dt.date, list[Literal]] = defaultdict(list)
        for n, column in enumerate(other.columns):
            for date, _ in column.clocks:
                on[date].append(self.at[other.key, n])
        for date, literals in on.items():
            if near.get(date):
                self.cp.add(total(literals) + total(near[date]) <= 1)

    def _rehearsals(self) -> None:
        """In order, with the days between them that are asked for; none without its event."""
        by_event: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.items:
            by_event[item.event.name].append(item)
        for chain in by_event.values():
            gap = chain[0].event.rehearsal_gap
            for one, other in pairwise(chain):
                self.cp.add_implication(self.placed[other.key], self.placed[one.key])
                self.cp.add_implication(self.placed[one.key], self.placed[chain[-1].key])
                later = weighted(self._begins(other)) - weighted(self._begins(one))
                self.cp.add(later >= gap).only_enforce_if(self.placed[other.key])

    def _begins(self, item: Item) -> list[tuple[Expr, int]]:
        start = self.items.instance.term.start
        return [
            (self.at[item.key, n], (column.occasion.first - start).days)
            for n, column in enumerate(item.columns)
        ]

    def displacement(self) -> Expr:
        """People × sessions; what several items push out together counts once."""
        by_meeting: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                for meeting, people in column.pushed.items():
                    by_meeting[meeting].append((item.key, n, people))
        alone: dict[tuple[str, int], int] = defaultdict(int)
        shared: dict[frozenset[tuple[str, int]], int] = defaultdict(int)
        terms: list[tuple[Expr, int]] = []
        for number, users in by_meeting.items():
            everyone = self.items.meetings[number].people
            if len({key for key, _, _ in users}) == 1:
                for key, n, people in users:
                    alone[key, n] += people
            elif all(people >= everyone for _, _, people in users):
                shared[frozenset((key, n) for key, n, _ in users)] += everyone
            else:
                terms.append((self._mixed(users, everyone), 1))
        terms += [(self.at[who], people) for who, people in alone.items()]
        terms += [(self._any_of(some), people) for some, people in shared.items()]
        return weighted(terms)

    def _any_of(self, some: Iterable[tuple[str, int]]) -> Literal:
        """Whether any of some columns is chosen; of one item there is at most one."""
        out = self.cp.new_bool_var("")
        by_item: dict[str, list[Literal]] = defaultdict(list)
        for key, n in some:
            by_item[key].append(self.at[key, n])
        for literals in by_item.values():
            self.cp.add(total(literals) <= out)
        return out

    def _mixed(self, users: list[tuple[str, int, int]], everyone: int) -> Expr:
        """People of a meeting that one item would push out, and others take a part of."""
        lost = self.cp.new_int_var(0, everyone, "")
        whole = self._any_of((key, n) for key, n, people in users if people >= everyone)
        parts = [(self.at[key, n], people) for key, n, people in users if people < everyone]
        most = sum(people for _, people in parts)
        self.cp.add(lost >= weighted(parts) - most * whole)
        self.cp.add(lost >= everyone * whole)
        return lost

    def wishes(self) -> Expr:
        """Dates not wished for, clubs robbed, and events crowded together."""
        terms: list[tuple[Expr, int]] = []
        for item in self.items.items:
            if item.event.wished and not item.rehearsal:
                terms += [
                    (self.at[item.key, n], UNWISHED)
                    for n, column in enumerate(item.columns)
                    if not is_wished(item.event, column.occasion.first)
                ]
        return weighted([*terms, *self._robbed(), *self._crowded(), *self._early()])

    def _early(self) -> list[tuple[Expr, int]]:
        """Weeks from each rehearsal to its event, a week being the least that counts."""
        events = {item.event.name: item for item in self.items.items if not item.rehearsal}
        found: list[tuple[Expr, int]] = []
        for item in self.items.items:
            if item.rehearsal and item.columns:
                days = weighted(self._begins(events[item.event.name]))
                days -= weighted(self._begins(item))
                most = (self.items.instance.term.end - self.items.instance.term.start).days
                found.append((over(self.cp, days, 7, most, 7), EARLY))
        return found

    def _robbed(self) -> list[tuple[Expr, int]]:
        meetings: dict[str, int] = defaultdict(int)
        name_of: dict[int, str] = {}
        for meeting in self.items.meetings:
            if meeting.is_club:
                name = meeting.session.post.activity
                name_of[meeting.number] = name
                meetings[name] += 1
        lost: dict[str, list[tuple[Expr, int]]] = defaultdict(list)
        for item in self.items.items:
            for n, column in enumerate(item.columns):
                count: dict[str, int] = defaultdict(int)
                for number in column.clubs:
                    count[name_of[number]] += 1
                for name, many in count.items():
                    lost[name].append((self.at[item.key, n], many))
        found: list[tuple[Expr, int]] = []
        for name, terms in lost.items():
            most = sum(many for _, many in terms)
            found.append((over(self.cp, weighted(terms), part_of(meetings[name]), most, 1), ROBBED))
        return found

    def _crowded(self) -> list[tuple[Expr, int]]:
        """Events beyond the first within two weeks running."""
        of_week: dict[int, list[Literal]] = defaultdict(list)
        events = 0
        for item in self.items.items:
            events += not item.rehearsal
            for n, column in enumerate(item.columns):
                if not item.rehearsal:
                    of_week[column.occasion.days[0].week].append(self.at[item.key, n])
        found: list[tuple[Expr, int]] = []
        for week in sorted(of_week):
            both = total([*of_week[week], *of_week.get(week + 1, ())])
            found.append((over(self.cp, both, 1, events, 1), CROWDED))
        return found


def part_of(meetings: int) -> int:
    """How many of its meetings a club may lose to events."""
    return max(1, meetings // PART)


def place(items: Items, control: Control, settings: Settings, *, explain: bool = True) -> Placed:
    """The best dates; with ``explain`` also what each event's next best date would cost."""
    model = PlacingModel(items)
    start = place_greedily(items)
    _hint_columns(model, start)
    found = _search(model, model.not_placed, control, settings, EFFORT)
    if found.solution is None:
        unplaced = tuple(item.key for item in items.items if item.key not in start)
        return Placed(start, unplaced, pushed_out(items, start.values()), 0)
    model.cp.add(model.not_placed <= found.value)
    missing = found.value
    displacement = model.displacement()
    _hint(model, found)
    least = _search(model, displacement, control, settings, EFFORT)
    found = least if least.solution is not None else found
    assert found.solution is not None
    value = displacement if isinstance(displacement, int) else found.solution.value(displacement)
    model.cp.add(displacement <= value)
    wishes = model.wishes()
    _hint(model, found)
    best = _search(model, wishes, control, settings, EFFORT)
    found = best if best.solution is not None else found
    columns = _columns(model, found)
    unplaced = tuple(item.key for item in items.items if item.key not in columns)
    placed = Placed(columns, unplaced, int(value), min(int(value), least.bound))
    if not explain:
        return placed
    return replace(placed, next_best=_next_best(items, placed, missing, control, settings))


def _columns(model: PlacingModel, found: Found) -> dict[str, Column]:
    return {
        item.key: column
        for item in model.items.items
        for n, column in enumerate(item.columns)
        if found.true(model.at[item.key, n])
    }


def _search(
    model: PlacingModel, objective: Expr, control: Control, settings: Settings, effort: Effort
) -> Found:
    alone = Settings(workers=1, seed=settings.seed)
    return search(model.cp, objective, control, alone, effort, Stage.EVENTS)


def _hint_columns(model: PlacingModel, columns: Mapping[str, Column]) -> None:
    for item in model.items.items:
        for n, column in enumerate(item.columns):
            model.cp.add_hint(model.at[item.key, n], columns.get(item.key) is column)


def _hint(model: PlacingModel, found: Found) -> None:
    assert found.solution is not None
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for literal in model.at.values():
        model.cp.add_hint(literal, found.true(literal))


def _next_best(
    items: Items, placed: Placed, missing: int, control: Control, settings: Settings
) -> dict[str, NextBest]:
    """For each event that could be on another date: the best other one, all else free.

    Where moving it alone costs nothing, nothing can be better, and what is told is the best
    date of those that are worse; else the others may move too.
    """
    found = {}
    for item in items.items:
        here = placed.columns.get(item.key)
        dates = {column.occasion.first for column in item.columns}
        if item.rehearsal or here is None or len(dates) < 2 or control.over:
            continue
        moved = swaps(items, item, placed.columns)
        ties = [swap for swap in moved if swap.total <= placed.bound]
        if ties:
            worse = [swap for swap in moved if swap.total > placed.bound]
            found[item.key] = NextBest((worse or ties)[0], len(ties))
            continue
        other = _elsewhere(items, item, placed, missing, control, settings)
        if other is not None or moved:
            best = other or moved[0]
            found[item.key] = NextBest(best, int(best.total <= placed.displaced))
    return found


def _elsewhere(
    items: Items, item: Item, placed: Placed, missing: int, control: Control, settings: Settings
) -> Swap | None:
    """The best that can be with an item on any other date than its own."""
    model = PlacingModel(items, {item.key: placed.columns[item.key].occasion.first})
    model.cp.add(model.placed[item.key] == 1)
    model.cp.add(model.not_placed <= missing)
    displacement = model.displacement()
    model.cp.add(displacement >= placed.bound)
    found = _search(model, displacement, control, settings, NEXT)
    if found.solution is None:
        return None
    return Swap(_columns(model, found)[item.key], found.value)
