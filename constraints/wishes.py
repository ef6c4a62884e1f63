"""What people's wishes are worth: the best that a number of weekly slots could give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from constraints.shares import is_regular, slots_of
from instances.demand import Demand, Post
from instances.people import Person

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.rule import Rule
    from constraints.view import View

FULL = 12
"""What one person's wishes weigh in total."""


def best_points(person: Person, posts: Iterable[Post]) -> list[int]:
    """Half-points of the best n slots, for n from 0, among the posts a person could hold."""
    slots: dict[tuple[int, str], int] = {}
    alike = {(post.activity, post.blocks): post for post in posts}  # of a class each, often
    for post in alike.values():
        points = person.level(post).points
        for block in post.blocks:
            for weekday, segment in block.slots:
                slot = (int(weekday), person.demand.instance.segment_by_name[segment].band_name)
                slots[slot] = max(points, slots.get(slot, 0))
    best = [0]
    for points in sorted(slots.values(), reverse=True):
        best.append(best[-1] + points)
    return best


def best_among(rule: Rule, context: Context, person: Person) -> list[int]:
    """:func:`best_points` of a person among the posts that a rule concerns, worked out once."""
    key = (best_among, id(rule), person.key)
    if key not in context.memory:
        posts = context.possible[person.key]
        mine = [post for post in posts if rule.concerns_post(post, context.instance)]
        best = best_points(person, weekly_posts(context.demand, mine))
        context.memory[key] = (rule, best)  # holding the rule keeps its id its own
    found: list[int] = context.memory[key][1]
    return found


def at_most_best(best: list[int], count: int) -> int:
    """The best points of ``count`` slots; beyond the last slot nothing is gained."""
    return best[min(count, len(best) - 1)]


def factor(best: list[int], share: int, weekly: int) -> int:
    """The weight of one missed half-point, so that everybody's wishes weigh ``FULL``."""
    expected = max(1, round(share / weekly)) if weekly else 1
    return max(1, round(FULL / max(1, at_most_best(best, expected))))


def weekly_posts(demand: Demand, posts: Iterable[Post]) -> list[Post]:
    """Those posts that are weekly slots; rota turns and pauses of clubs are not."""
    return [post for post in posts if is_regular(demand, post)]


def has_choice(best: list[int]) -> bool:
    """Whether some slots are worth more to a person than others."""
    return len({after - before for before, after in pairwise(best)}) > 1


def shares_of_wishes(view: View, best: Mapping[str, list[int]]) -> dict[str, float]:
    """Wish share per person: points held over the points of the best equally many slots."""
    found: dict[str, float] = {}
    for key, posts in view.pattern.items():
        regular = weekly_posts(view.demand, posts)
        count = sum(slots_of(post) for post in regular)
        ideal = at_most_best(best[key], count)
        if count and ideal and has_choice(best[key]):
            person = view.people[key]
            points = sum(slots_of(post) * person.level(post).points for post in regular)
            found[key] = min(1.0, points / ideal)
    return found
