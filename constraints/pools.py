"""Pools of interchangeable posts: the grain of a model.

With pools of one, a model decides everything; with merged pools it decides who works when and
leaves open who of a pool takes which class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from constraints.context import Context
from instances.demand import Demand, Post


@dataclass(frozen=True, eq=False)
class Pool:
    """Posts that differ in nothing but the class or number: any holder may take any."""

    index: int
    posts: tuple[Post, ...]

    @cached_property
    def post(self) -> Post:
        return self.posts[0]

    @cached_property
    def count(self) -> int:
        return len(self.posts)


def single_pools(demand: Demand) -> tuple[Pool, ...]:
    """Every post by itself: the full model."""
    return tuple(Pool(n, (post,)) for n, post in enumerate(demand.posts))


def merged_pools(context: Context, apart: Iterable[str] = ()) -> tuple[Pool, ...]:
    """Interchangeable posts of care and duties together; lines in ``apart`` by themselves.

    Posts of which a rule concerns one and not the other, by its grades, are not interchangeable.
    """
    alone = set(apart)
    by_class = [rule for rule in context.rules if rule.setting and rule.setting.grades]
    found: dict[object, list[Post]] = {}
    for post in context.demand.posts:
        key: object = post.key
        if post.option is None and post.line not in alone:
            same = (post.activity, post.role, post.blocks, post.dates, post.skills, post.listed)
            concerned = tuple(rule.concerns_post(post, context.instance) for rule in by_class)
            key = (same, post.need is None, context.admitted(post), concerned)
        found.setdefault(key, []).append(post)
    return tuple(Pool(n, tuple(posts)) for n, posts in enumerate(found.values()))
