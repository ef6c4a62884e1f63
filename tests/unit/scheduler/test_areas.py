"""Areas of classes: whole grades, and a price that is less the more often somebody is there."""

from __future__ import annotations

from collections import Counter
from functools import cache

from constraints.context import Context
from constraints.pools import merged_pools
from constraints.rules.class_changes_hands import care_posts
from instances.generate import Preset, generate, generate_with_plan
from scheduler.areas import Areas, price


@cache
def school() -> Context:
    return Context(generate(Preset.M, seed=1))


def test_areas_are_whole_grades_of_at_least_a_third_of_the_classes() -> None:
    """36 classes, 6 in each of 6 grades: two grades are 12 classes, a third of all."""
    context = school()
    areas = Areas(context.demand)
    assert Counter(areas.of_class.values()) == {0: 12, 1: 12, 2: 12}
    grades = {one.name: one.grade for one in context.instance.classes}
    of_grade: dict[int, set[int]] = {}
    for name, area in areas.of_class.items():
        of_grade.setdefault(grades[name], set()).add(area)
    assert [of_grade[grade] for grade in sorted(of_grade)] == [{0}, {0}, {1}, {1}, {2}, {2}]


def test_where_there_is_one_area_nobody_pays() -> None:
    instance, plan = generate_with_plan(Preset.S, seed=1)
    areas = Areas(Context(instance).demand)
    assert len(areas) == 1
    assert areas.held(plan) == {}


def test_only_care_of_classes_counts_and_pools_are_split_by_area() -> None:
    context = school()
    areas = Areas(context.demand)
    pools = merged_pools(context)
    split = areas.split(pools)
    assert sorted(p.key for pool in split for p in pool.posts) == sorted(
        p.key for pool in pools for p in pool.posts
    )
    assert len(pools) < len(split)
    for pool in split:
        found = {areas.area(post) for post in pool.posts}
        assert len(found) == 1
        cared = bool(pool.post.classes) and care_posts(context.demand, pool.post)
        assert (found != {None}) == cared


def test_who_is_often_in_an_area_pays_less_each_time() -> None:
    """36 twelfths, which is 3 points, once and twice and three times; 36 // 5 = 7."""
    assert [price(often) for often in (0, 1, 2, 3, 4, 5)] == [36, 36, 18, 12, 9, 7]


def test_holdings_count_by_person_and_area() -> None:
    context = school()
    areas = Areas(context.demand)
    care = [post for post in context.demand.posts if areas.area(post) == 1][:3]
    other = next(post for post in context.demand.posts if areas.area(post) is None)
    from instances.timetable import Timetable

    holders = {post.line: "A" for post in care} | {other.line: "A"}
    assert areas.held(Timetable(holders=holders)) == {("A", 1): 3}
