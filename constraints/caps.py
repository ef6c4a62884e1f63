"""The one shape of all caps on posts per period: what the solver is told, what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import le, mul
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


def most_in_one(post: Post, periods: Iterable[int]) -> int:
    """The most segments that a post takes in one of some periods (sets of dates)."""
    return _most(post.footprint, tuple(periods))


@lru_cache(maxsize=4096)
def _in_each(footprint: Footprint, periods: tuple[int, ...]) -> Row:
    return tuple([_places(footprint, days) for days in periods])


def longest_rows(holdings: Sequence[Holding], periods: Iterable[int]) -> Iterator[Row]:
    """For each period, the places that each holding takes, those that take most first.

    Periods in which each takes as much or less than in another are left out.
    """
    shapes: dict[Footprint, int] = {}
    of = [shapes.setdefault(h.post.footprint, len(shapes)) for h in holdings]
    times = Counter(of)
    for row in _longest(list(shapes), [times[n] for n in range(len(shapes))], tuple(periods)):
        yield tuple([row[n] for n in of])


def _longest(
    shapes: Sequence[Footprint], times: Sequence[int], periods: tuple[int, ...], above: int = -1
) -> list[Row]:
    """The places that each shape takes in the periods not outdone by others.

    ``times``: how many holdings have each shape. Only rows of more than ``above`` in all.
    """
    rows = set(zip(*[_in_each(shape, periods) for shape in shapes], strict=True))
    sums = sorted((-sum(map(mul, row, times)), row) for row in rows)
    kept: list[Row] = []
    for size, row in sums:
        if -size > above and not any(all(map(le, row, other)) for other in kept):
            kept.append(row)
    return kept


def at_most_per_period(
    model: Model, holdings: Iterable[Holding], periods: Iterable[int], cap: int
) -> None:
    """Hold a person to ``cap`` posts in each period (sets of dates).

    Periods in which the same posts take as much or less than in another need no row.
    """
    from constraints.model import at_most

    by_shape: dict[Footprint, list[int]] = {}
    for holding in holdings:
        by_shape.setdefault(holding.post.footprint, []).append(holding.index)
    times = list(map(len, by_shape.values()))
    for row in _longest(list(by_shape), times, tuple(periods), above=cap):
        columns: list[int] = []
        places: list[int] = []
        for n, some in zip(row, by_shape.values(), strict=True):
            if n:
                columns += some
                places += [n] * len(some)
        at_most(model.cp, columns, places, cap)
