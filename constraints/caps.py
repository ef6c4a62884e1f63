"""The one shape of all caps on posts per period: what the solver is told, what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from instances.demand import Post

if TYPE_CHECKING:
    from constraints.model import Holding, Model


def places_on(post: Post, days: int) -> int:
    """How many segments a post takes on some days in all."""
    return sum(
        (mask & days).bit_count() * len(block.segments)
        for (mask, _), block in zip(post.units, post.blocks, strict=True)
    )


def _known(known: dict[tuple[Post, int], int], post: Post, days: int) -> int:
    """:func:`places_on`, worked out once for a school."""
    found = known.get((post, days))
    if found is None:
        found = known[post, days] = places_on(post, days)
    return found


def at_most_per_period(
    model: Model, holdings: Sequence[Holding], periods: Iterable[int], cap: int
) -> None:
    """Hold a person to ``cap`` posts in each period (sets of dates).

    Periods in which the same posts take as much or less than in another need no row.
    """
    known = model.context.memory.setdefault("places", {})
    rows = {tuple(_known(known, holding.post, days) for holding in holdings) for days in periods}
    kept: list[tuple[int, ...]] = []
    for row in sorted(rows, key=sum, reverse=True):
        if sum(row) > cap and not any(
            all(a <= b for a, b in zip(row, other, strict=True)) for other in kept
        ):
            kept.append(row)
    for row in kept:
        terms = [(h.literal, n) for h, n in zip(holdings, row, strict=True) if n]
        model.cp.add(sum(literal * n for literal, n in terms) <= cap)
