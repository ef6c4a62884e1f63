"""The weekdays of posts, and how many several activities could fill between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from instances.demand import Post
from instances.words import Weekday

Days = frozenset[Weekday]


def most_days(fixed: Collection[Weekday], movable: Iterable[Collection[Days]]) -> int:
    """The most different weekdays that are filled if each activity takes one of its options.

    There are at most 2**7 sets of weekdays, so all that can be reached are kept.

    >>> tue, thu = frozenset({Weekday.TUE}), frozenset({Weekday.THU})
    >>> most_days({Weekday.TUE}, [{tue, thu}])
    2
    """
    reached = {frozenset(fixed)}
    for options in movable:
        reached |= {days | option for days in reached for option in options}
    return max(len(days) for days in reached)


def weekdays_of(post: Post) -> frozenset[Weekday]:
    """The weekdays on which a post is held on any date."""
    parts = zip(post.blocks, post.units, strict=True)
    return frozenset(block.weekday for block, (days, _) in parts if days)
