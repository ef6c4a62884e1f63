"""Dealing out the classes of each slot: repeated linear assignment.

Given who is on in every pool, one pool at a time is dealt anew for the least new faces (and
for home teachers with their own class), all others held still, until a whole pass changes
nothing. A start for the exact model, found in milliseconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ortools.graph.python import linear_sum_assignment

from constraints.context import Context
from constraints.pools import Pool
from constraints.rules.class_changes_hands import ClassChangesHands, care_posts
from constraints.rules.home_teacher_absent import HomeTeacherAbsent
from instances.demand import Post
from instances.timetable import Timetable
from scheduler.swaps import Exchange, Weights

PASSES = 12


def deal_classes(
    context: Context,
    pools: Sequence[Pool],
    timetable: Timetable,
    seed: int = 0,
    *,
    exchange: bool = True,
) -> Timetable:
    """The same people in the same slots, with few different faces for each class.

    Without ``exchange`` it takes milliseconds, where exchanging people afterwards takes seconds.
    """
    return _Deal(context, pools, timetable, seed).run(exchange=exchange)


class _Deal:
    def __init__(
        self, context: Context, pools: Sequence[Pool], timetable: Timetable, seed: int
    ) -> None:
        self.context = context
        self.seed = seed
        self.timetable = timetable
        self.holders = dict(timetable.holders)
        self.pools = [
            [post for post in pool.posts if post.line in self.holders]
            for pool in pools
            if pool.count > 1 and care_posts(context.demand, pool.post)
        ]
        self.home = {c.name: c.home_teacher for c in context.instance.classes}
        self.allowed = 5
        self.new_face = self.home_bonus = 0
        for rule in context.rules:
            if isinstance(rule, ClassChangesHands):
                self.allowed, self.new_face = rule.people, 10 * (rule.weight or 0)
            elif isinstance(rule, HomeTeacherAbsent):
                self.home_bonus = 10 * (rule.weight or 0)
        self.faces: dict[str, Counter[str]] = defaultdict(Counter)
        for post in context.demand.posts:
            if post.line in self.holders and care_posts(context.demand, post):
                self._meet(post, self.holders[post.line], 1)

    def run(self, *, exchange: bool) -> Timetable:
        for _ in range(PASSES):
            before = dict(self.holders)
            for posts in self.pools:
                self._deal(posts)
            if before == self.holders:
                break
        holders = self.holders
        if exchange:
            weights = Weights(self.allowed, self.new_face, self.home_bonus)
            exchanged = Exchange(self.pools, holders, self.faces, self.home, weights)
            holders = exchanged.run(self.seed)
        return self.timetable.model_copy(update={"holders": holders})

    def _meet(self, post: Post, person: str, change: int) -> None:
        for name in post.classes:
            self.faces[name][person] += change
            if not self.faces[name][person]:
                del self.faces[name][person]

    def _deal(self, posts: list[Post]) -> None:
        people = [self.holders[post.line] for post in posts]
        for post, person in zip(posts, people, strict=True):
            self._meet(post, person, -1)
        problem = linear_sum_assignment.SimpleLinearSumAssignment()
        for row, person in enumerate(people):
            for column, post in enumerate(posts):
                problem.add_arc_with_cost(row, column, self._cost(post, person))
        solved = problem.solve() == problem.OPTIMAL  # type: ignore[no-untyped-call]
        for row, person in enumerate(people):
            post = posts[problem.right_mate(row) if solved else row]
            self.holders[post.line] = person
            self._meet(post, person, 1)

    def _cost(self, post: Post, person: str) -> int:
        """What this person with these classes adds, next to the other slots as they are."""
        cost = 0
        for name in post.classes:
            faces = self.faces[name]
            if person not in faces:
                cost += self.new_face if len(faces) >= self.allowed else self.new_face // 5
            else:
                cost -= min(faces[person], 3)
            if self.home[name] == person and person not in faces:
                cost -= self.home_bonus
        return cost
