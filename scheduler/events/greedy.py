"""Events placed one after the other, without a solver: a start, and what is kept without time."""

from __future__ import annotations

from collections import defaultdict

from scheduler.events.items import Column, Item, Items
from scheduler.events.together import compatible


def place_greedily(items: Items) -> dict[str, Column]:
    """Those with the fewest times first, each where it pushes out least among what is left; an
    event goes with all of its rehearsals or not at all."""
    chains: dict[str, list[Item]] = defaultdict(list)
    for item in items.items:
        chains[item.event.name].append(item)
    taken: list[tuple[Item, Column]] = []
    order = sorted(chains.values(), key=lambda chain: min(len(item.columns) for item in chain))
    for chain in order:
        taken += _chain(chain, taken)
    return {item.key: column for item, column in taken}


def _chain(chain: list[Item], taken: list[tuple[Item, Column]]) -> list[tuple[Item, Column]]:
    """The event at its best time that leaves room for its rehearsals, the last of them first."""
    *rehearsals, event = chain
    for column in sorted(event.columns, key=lambda one: (one.people, one.occasion.first)):
        here = [(event, column)]
        if not _fits(here[0], taken):
            continue
        for item in reversed(rehearsals):
            late = sorted(item.columns, key=lambda one: one.occasion.first, reverse=True)
            fitting = (one for one in late if _fits((item, one), [*taken, *here]))
            found = next(fitting, None)
            if found is None:
                break
            here.append((item, found))
        else:
            return here
    return []


def _fits(one: tuple[Item, Column], others: list[tuple[Item, Column]]) -> bool:
    return all(compatible(one, other) for other in others)
