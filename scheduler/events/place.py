"""Dates for events: as many as fit, what they push out as little as can be, then wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from constraints.model import Expr
from scheduler.events.greedy import place_greedily
from scheduler.events.items import Column, Item, Items
from scheduler.events.model import PlacingModel
from scheduler.events.together import Swap, pushed_out, swaps
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

EFFORT = Effort(deterministic=8, share=0.3, seconds=8)
NEXT = Effort(deterministic=3, share=0.1, seconds=2)


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
