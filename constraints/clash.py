"""Which of several things with dates happen at the same moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import le
from typing import Any

from instances.blocks import Block, Moment
from instances.demand import Post


def days_at(post: Post, moment: Moment) -> int:
    """Dates on which a post is held at a moment of the week."""
    return blocks_at(post.blocks, post.dates, moment)


def blocks_at(blocks: Iterable[Block], dates: int, moment: Moment) -> int:
    """Dates on which any of ``blocks`` takes place at a moment of the week."""
    for block in blocks:
        if block.weekday == moment.weekday and not moment.segments.isdisjoint(block.segments):
            return dates & moment.days
    return 0


def together(masks: Sequence[int]) -> list[frozenset[int]]:
    """The maximal sets of indices whose dates share a day.

    >>> sorted(sorted(one) for one in together([0b011, 0b001, 0b010]))
    [[0, 1], [0, 2]]
    """
    sets = {
        frozenset(i for i, mask in enumerate(masks) if mask & part) for part in parts(set(masks))
    }
    sets.discard(frozenset())
    return [one for one in sets if not any(one < other for other in sets)]


def largest(rows: Iterable[tuple[frozenset[Any], ...]]) -> list[tuple[frozenset[Any], ...]]:
    """The rows of sets that are not contained, set by set, in another row."""
    kept: list[tuple[frozenset[Any], ...]] = []
    for row in sorted(rows, key=lambda row: (-sum(map(len, row)), list(map(sorted, row)))):
        if not any(all(map(le, row, other)) for other in kept):
            kept.append(row)
    return kept


def parts(masks: Collection[int]) -> list[int]:
    """The coarsest split of the days in ``masks`` such that each mask is a union of parts."""
    found: list[int] = []
    rest = 0
    for mask in masks:
        rest |= mask
    found.append(rest)
    for mask in masks:
        found = [piece for part in found for piece in (part & mask, part & ~mask) if piece]
    return [part for part in found if part]
