"""Who is where in a knock-out, so that the best meet late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bracket(count: int) -> list[int]:
    """The seeds (from 0) from top to bottom: neighbours meet, 0 and 1 only in the final.

    The size is the next power of two; seeds from ``count`` on stand for byes, which so go to
    the best.
    """
    places = [0]
    while len(places) < count:
        size = 2 * len(places)
        places = [seed for place in places for seed in (place, size - 1 - place)]
    return places


def seeds_of_groups(groups: Sequence[str], advance: int) -> list[tuple[str, int]]:
    """Places in groups (group, rank) in the order of their seeds.

    Winners of groups before runners-up. Among those of one rank the order is the one that keeps
    teams of one group apart for longest: in the other half, where that can be.
    """
    seeded = [(name, 1) for name in groups]
    total = len(groups) * advance
    for rank in range(2, advance + 1):
        orders = list(_orders(groups))
        best = min(
            orders,
            key=lambda order: _early_meetings([*seeded, *((n, rank) for n in order)], total),
        )
        seeded += [(name, rank) for name in best]
    return seeded


def _orders(groups: Sequence[str]) -> Iterator[list[str]]:
    """The order turned round, each way, and with neighbours exchanged."""
    exchanged = [groups[n ^ 1] if n ^ 1 < len(groups) else groups[n] for n in range(len(groups))]
    for order in (list(reversed(groups)), list(groups), exchanged):
        for turn in range(len(groups)):
            yield order[turn:] + order[:turn]


def _early_meetings(seeded: Sequence[tuple[str, int]], total: int) -> list[int]:
    """How many pairs of one group could meet in the first round, the second, and so on."""
    places = bracket(total)
    position = {seed: n for n, seed in enumerate(places)}
    rounds = len(places).bit_length() - 1
    met = [0] * (rounds + 1)
    for one, (group, _) in enumerate(seeded):
        for other in range(one + 1, len(seeded)):
            if seeded[other][0] == group:
                met[(position[one] ^ position[other]).bit_length()] += 1
    return met[1:]
