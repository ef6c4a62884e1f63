"""Areas of classes: who stays within one takes few classes, whoever takes which.

Which class somebody takes is decided last, but how often classes change hands is all but decided by
who works when: measured on 36 classes, patterns in which 65 of 80 people cared for classes of lower
and of upper grades were dealt out for 500 points of changing hands, those in which 35 did for
60. So whoever cares for an area pays for it beforehand, the less the more often: a price for each
holding, made anew from each timetable. Minimising such prices again and again comes down to few
areas for each person (Candès, Wakin and Boyd, 2008), and the relaxation stays nearly integral,
which it does not with a variable for each person and area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from constraints.pools import Pool
from constraints.rules.class_changes_hands import care_posts
from instances.demand import Demand, Post
from instances.timetable import Timetable

SMALLEST, MOST = 10, 3
"""Of how many classes an area is at least, whole grades one after the other, and how many areas
there are at most: with as many as grades, rounds are not searched to their end."""
POINT = 12
"""Prices are in twelfths of points, so that a half, a third and a quarter are whole."""
PRICE = 3 * POINT
"""What caring once for classes of an area costs beforehand."""


class Areas:
    """The areas of a school, each with a number; where there is but one, nobody cares for it."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.of_class = _areas(demand)
        several = len(self) > 1
        cared = {post.line: self._area(post) for post in demand.posts if several}
        self._cared = {line: area for line, area in cared.items() if area is not None}

    def __len__(self) -> int:
        return len(set(self.of_class.values()))

    def area(self, post: Post) -> int | None:
        """The area that whoever holds a post cares for; ``None``: that of no class."""
        return self._cared.get(post.line)

    def held(self, timetable: Timetable) -> Counter[tuple[str, int]]:
        """How often people care for classes of an area, by person and area."""
        return Counter(
            (who, self._cared[line])
            for line, who in timetable.holders.items()
            if line in self._cared
        )

    def split(self, pools: Iterable[Pool]) -> tuple[Pool, ...]:
        """Pools in which no two posts are of different areas."""
        parts: dict[tuple[int, int | None], list[Post]] = {}
        for pool in pools:
            for post in pool.posts:
                parts.setdefault((pool.index, self.area(post)), []).append(post)
        return tuple(Pool(n, tuple(posts)) for n, posts in enumerate(parts.values()))

    def _area(self, post: Post) -> int | None:
        if not post.classes or not care_posts(self.demand, post):
            return None
        return self.of_class[post.classes[0]]


def price(often: int) -> int:
    """What caring once for an area costs those who do it so often, in twelfths of a point."""
    return PRICE // max(1, often)


def _areas(demand: Demand) -> dict[str, int]:
    """The number of the area of each class."""
    found: dict[str, int] = {}
    classes = demand.instance.classes
    area, size, smallest = 0, 0, max(SMALLEST, len(classes) // MOST)
    for grade in sorted({one.grade for one in classes}):
        here = [one.name for one in classes if one.grade == grade]
        left = sum(one.grade >= grade for one in classes)
        if size >= smallest and left >= smallest:
            area, size = area + 1, 0
        found.update(dict.fromkeys(here, area))
        size += len(here)
    return found
