"""The one shape of all caps on posts per period: what the solver is told, what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from instances.demand import Post

if TYPE_CHECKING:
    from constraints.model import Holding, Model

Footprint = tuple[tuple[int, int], ...]
Row = tuple[int, ...]


def places_on(post: Post, days: int) -> int:
    """How many segments a post takes on some days in all."""
    return _places(post.footprint, days)


def _places(footprint: Footprint, days: int) -> int:
    return sum([(mask & days).bit_count() * segments for mask, segments in footprint])


@lru_cache(maxsize=4096)
def _most(footprint: Footprint, periods: tuple[int, ...]) -> int:
    return max((_places(footprint, days) for days in periods), default=0)


@lru_cache(maxsize=4096)
def _row(footprint: Footprint, periods: tuple[int, ...]) -> Row:
    """The places taken in each period. Many people could hold posts of one footprint."""
    return tuple([_places(footprint, days) for days in periods])


def most_in_one(post: Post, periods: Iterable[int]) -> int:
    """The most segments that a post takes in one of some periods (sets of dates)."""
    return _most(post.footprint, tuple(periods))


def longest_rows(holdings: Sequence[Holding], periods: Iterable[int]) -> Iterator[Row]:
    """For each period, the places that each holding takes, those that take most first.

    Periods in which each takes as much or less than in another are left out.
    """
    shapes: dict[Footprint, int] = {}
    of = [shapes.setdefault(h.post.footprint, len(shapes)) for h in holdings]
    together = tuple(periods)
    short = dict.fromkeys(zip(*(_row(shape, together) for shape in shapes), strict=True))
    whole = {tuple(row[shape] for shape in of): row for row in short}
    kept: list[Row] = []
    for row in sorted(set(whole), key=sum, reverse=True):
        shape = whole[row]
        if not any(all(a <= b for a, b in zip(shape, other, strict=True)) for other in kept):
            kept.append(shape)
            yield row


def at_most_per_period(
    model: Model, holdings: Sequence[Holding], periods: Iterable[int], cap: int
) -> None:
    """Hold a person to ``cap`` posts in each period (sets of dates).

    Periods in which the same posts take as much or less than in another need no row.
    """
    for row in longest_rows(holdings, periods):
        if sum(row) > cap:
            terms = [(h.literal, n) for h, n in zip(holdings, row, strict=True) if n]
            model.cp.add(sum(literal * n for literal, n in terms) <= cap)
