"""Two improvements of one timetable, put together where they do not collide."""

from __future__ import annotations

from constraints.context import Context
from constraints.examples import Tiny
from constraints.pools import Pool, merged_pools, single_pools
from instances.timetable import Place, Placement, Timetable
from instances.words import Weekday
from scheduler.merging import merged


def school() -> tuple[tuple[Pool, ...], list[str]]:
    instance, _ = Tiny().classes("三1", "三2").staff(*"甲乙丙丁").care("Tue", "Thu").done()
    context = Context(instance)
    lines = [post.line for post in context.demand.posts]
    return merged_pools(context), sorted(lines, key=lambda line: ("@4" in line, line))


POOLS, (TUE1, TUE2, THU1, THU2) = school()
BASE = Timetable(holders={TUE1: "甲", TUE2: "乙", THU1: "甲", THU2: "乙"})


def with_holders(**changed: str) -> Timetable:
    names = {"TUE1": TUE1, "TUE2": TUE2, "THU1": THU1, "THU2": THU2}
    update = {names[name]: person for name, person in changed.items()}
    return BASE.model_copy(update={"holders": {**BASE.holders, **update}})


def test_changes_of_different_posts_are_both_made() -> None:
    found = merged(POOLS, BASE, with_holders(TUE1="丙"), with_holders(THU2="丁"))
    assert found is not None
    assert found.holders == {TUE1: "丙", TUE2: "乙", THU1: "甲", THU2: "丁"}


def test_who_has_which_post_of_a_pool_does_not_matter() -> None:
    # the second swaps 甲 and 乙 on Tuesday, which changes nothing, and puts 丙 on Thursday
    other = with_holders(TUE1="丁")
    found = merged(POOLS, BASE, other, with_holders(TUE1="乙", TUE2="甲", THU1="丙"))
    assert found is not None
    assert {found.holders[TUE1], found.holders[TUE2]} == {"丁", "乙"}
    assert found.holders[THU1] == "丙"


def test_two_that_replace_the_same_person_collide() -> None:
    assert merged(POOLS, BASE, with_holders(TUE1="丙"), with_holders(TUE1="丁")) is None


def test_two_that_bring_the_same_person_collide() -> None:
    assert merged(POOLS, BASE, with_holders(TUE1="丙"), with_holders(TUE2="丙")) is None


def test_two_that_both_move_rooms_collide() -> None:
    one = BASE.model_copy(update={"rooms": {"a": "x"}})
    other = BASE.model_copy(update={"rooms": {"b": "y"}})
    assert merged(POOLS, BASE, one, other) is None
    alone = merged(POOLS, BASE, with_holders(TUE1="丙"), one)
    assert alone is not None
    assert alone.rooms == {"a": "x"}


def test_two_that_give_the_same_person_another_post_collide() -> None:
    # each alone is possible for 丙; both may be at one time, or more than a cap allows
    assert merged(POOLS, BASE, with_holders(TUE1="丙"), with_holders(THU1="丙")) is None


def test_who_gives_one_up_may_take_another() -> None:
    # 甲 gives up Tuesday in one and nothing in the other, in which 丙 comes on Thursday
    found = merged(POOLS, BASE, with_holders(TUE1="丁"), with_holders(THU1="丙"))
    assert found is not None
    assert found.holders == {TUE1: "丁", TUE2: "乙", THU1: "丙", THU2: "乙"}


def test_a_leader_whose_club_moves_has_another_time() -> None:
    """甲 leads football, moved to Thursday in one; in the other 甲 has a class on Thursday."""
    tiny = (
        Tiny().classes("三1").staff(*"甲乙").room("室").care("Thu 社团").club("足球", "Tue", "Thu")
    )
    context = Context(tiny.done()[0])
    pools = single_pools(context.demand)
    club, care = "足球/leader1", next(p.line for p in context.demand.posts if p.activity == "看护")
    places = {day: {"足球": placed(day)} for day in (Weekday.TUE, Weekday.THU)}
    base = Timetable(placements=places[Weekday.TUE], holders={club: "甲", care: "乙"})
    moved = base.model_copy(update={"placements": places[Weekday.THU]})
    other = base.model_copy(update={"holders": {club: "甲", care: "甲"}})
    assert merged(pools, base, other, moved) is None
    assert merged(pools, base, moved, other) is None


def placed(day: Weekday) -> Placement:
    return Placement(places=(Place(weekday=day, segments=("社团",)),), room="室")


def test_a_leader_may_leave_a_club_open_that_could_meet_at_several_times() -> None:
    """Its post is in a pool for each time, and is given up once."""
    tiny = (
        Tiny().classes("三1").staff(*"甲乙").room("室").care("Thu 社团").club("足球", "Tue", "Thu")
    )
    context = Context(tiny.done()[0])
    pools = single_pools(context.demand)
    leader = next(p.line for p in context.demand.posts if p.option is not None)
    care = next(p.line for p in context.demand.posts if p.option is None)
    assert sum(post.line == leader for pool in pools for post in pool.posts) == 2
    base = Timetable(holders={leader: "甲", care: "甲"})
    other = Timetable(holders={leader: "甲", care: "乙"})
    found = merged(pools, base, other, Timetable(holders={care: "甲"}))
    assert found is not None
    assert found.holders == {care: "乙"}
