"""Posts that nobody could take, whatever else is arranged."""

from __future__ import annotations

from collections import defaultdict

from constraints.context import Context
from instances.demand import Post
from instances.words import TIERS
from scheduler.weekly import Coverage


def unable(context: Context) -> frozenset[str]:
    """Lines of posts that nobody could take."""
    able: dict[str, bool] = defaultdict(bool)
    for post in context.demand.posts:
        able[post.line] |= bool(context.admitted(post))
    return frozenset(line for line, some in able.items() if not some)


def places_lost(context: Context, lines: frozenset[str]) -> Coverage:
    """Places of lines that are open in any case, of those that exist in any case."""
    least: dict[str, Post] = {}
    for post in context.demand.posts:
        if post.need is None and post.size <= least.get(post.line, post).size:
            least[post.line] = post
    tiers = [0] * len(TIERS)
    for line, post in least.items():
        tiers[post.role.tier] += post.size if line in lines else 0
    return Coverage(tuple(tiers), tuple(tiers))
