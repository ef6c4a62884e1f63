"""People change places within a slot until their classes see fewer faces."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from constraints.context import Context
from constraints.examples import Tiny
from constraints.pools import merged_pools
from instances.demand import Post
from instances.generate import Preset, generate_with_plan
from scheduler.swaps import FAMILIAR, Exchange, Weights

CLASSES = ("三1", "三2")
DAYS = ("Mon", "Tue", "Wed", "Thu")


def crossed() -> tuple[list[list[Post]], dict[str, str], dict[str, Counter[str]]]:
    """Two people who change classes every day."""
    tiny = Tiny().classes(*CLASSES).staff("王芳", "李明").care(*DAYS)
    for n, day in enumerate(DAYS):
        tiny.holds("王芳", "看护", day, school_class=CLASSES[n % 2])
        tiny.holds("李明", "看护", day, school_class=CLASSES[1 - n % 2])
    instance, timetable = tiny.done()
    context = Context(instance)
    holders = dict(timetable.holders)
    pools = [list(pool.posts) for pool in merged_pools(context)]
    return pools, holders, faces_of(pools, holders)


def faces_of(pools: list[list[Post]], holders: dict[str, str]) -> dict[str, Counter[str]]:
    faces: dict[str, Counter[str]] = defaultdict(Counter)
    for posts in pools:
        for post in posts:
            for name in post.classes:
                faces[name][holders[post.line]] += 1
    return faces


def exchange(home: dict[str, str | None], weights: Weights) -> dict[str, set[str]]:
    pools, holders, faces = crossed()
    after = Exchange(pools, holders, faces, home, weights).run(seed=0)
    return {name: set(people) for name, people in faces_of(pools, after).items()}


def test_one_face_each_where_one_is_allowed() -> None:
    found = exchange(dict.fromkeys(CLASSES), Weights(allowed=1, face=10, home=0))
    assert sorted(map(len, found.values())) == [1, 1]


def test_home_teachers_come_to_their_own_class() -> None:
    home: dict[str, str | None] = {"三1": "李明", "三2": "王芳"}
    assert exchange(home, Weights(allowed=1, face=10, home=10)) == {
        "三1": {"李明"},
        "三2": {"王芳"},
    }


def test_what_nobody_minds_is_left_alone() -> None:
    pools, holders, faces = crossed()
    idle = Exchange(pools, holders, faces, dict.fromkeys(CLASSES), Weights(1, face=0, home=0))
    assert idle.run(seed=0) == holders


def test_the_change_of_cost_is_the_difference_of_two_counts() -> None:
    instance, plan = generate_with_plan(Preset.S, 1)
    context = Context(instance)
    pools = [
        [post for post in pool.posts if post.line in plan.holders and post.classes]
        for pool in merged_pools(context)
        if pool.post.option is None
    ]
    holders = {post.line: plan.holders[post.line] for posts in pools for post in posts}
    home = {one.name: one.home_teacher for one in instance.classes}
    weights = Weights(allowed=2, face=10.0, home=7.0)
    moving = Exchange(pools, holders, faces_of(pools, holders), home, weights)

    def cost() -> float:
        faces = faces_of(pools, moving.holders)
        return sum(
            10.0 * max(0, len(people) - 2)
            + FAMILIAR * 10.0 * len(people)
            + 7.0 * (home[name] not in people)
            for name, people in faces.items()
        )

    tried = 0
    for posts in moving.pools:
        for one, other in pairwise(posts):
            before = cost()
            change = moving._try(one, other)
            if change is not None:
                tried += 1
                assert abs(cost() - before - change) < 1e-6
    assert tried > 10


def test_the_same_seed_gives_the_same_classes() -> None:
    pools, holders, faces = crossed()
    weights = Weights(allowed=1, face=10, home=0)
    runs = [
        Exchange(pools, holders, faces, dict.fromkeys(CLASSES), weights).run(seed=3)
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
