"""Classes are dealt out anew among those who are on, for few different faces."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from constraints.pools import merged_pools
from instances.generate import Preset, generate_with_plan
from instances.timetable import Timetable
from instances.words import Kind
from scheduler.audit import audit
from scheduler.deal import deal_classes

CLASSES = ("三1", "三2", "三3")
PEOPLE = ("王芳", "李明", "张伟")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def rotated(homes: tuple[str | None, ...] = (None, None, None)) -> Tiny:
    """Three people with three classes, each moving on by one class every day."""
    tiny = Tiny().staff(*PEOPLE).care(*DAYS)
    for name, home in zip(CLASSES, homes, strict=True):
        tiny.classes(name, home_teacher=home)
    for n, day in enumerate(DAYS):
        for m, person in enumerate(PEOPLE):
            tiny.holds(person, "看护", day, school_class=CLASSES[(n + m) % 3])
    return tiny


def faces(context: Context, timetable: Timetable) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for post in context.demand.posts:
        if post.kind is Kind.CARE and post.line in timetable.holders:
            for name in post.classes:
                found[name].add(timetable.holders[post.line])
    return found


def on(context: Context, timetable: Timetable) -> dict[object, Counter[str]]:
    """Who is on at each place of the week, whichever class they have."""
    found: dict[object, Counter[str]] = defaultdict(Counter)
    for post in context.demand.posts:
        if post.line in timetable.holders:
            found[post.activity, post.blocks, post.role][timetable.holders[post.line]] += 1
    return found


def dealt(tiny: Tiny) -> tuple[Context, Timetable, Timetable]:
    instance, timetable = tiny.done()
    context = Context(instance)
    return context, timetable, deal_classes(context, merged_pools(context), timetable)


def test_every_class_has_one_face_where_that_is_possible() -> None:
    context, before, after = dealt(rotated())
    # three classes, each with all three people: 9 faces; afterwards one each: 3
    assert sum(map(len, faces(context, before).values())) == 9
    assert sum(map(len, faces(context, after).values())) == 3
    assert on(context, after) == on(context, before)


def test_home_teachers_have_their_own_class() -> None:
    homes = ("张伟", "王芳", "李明")
    context, _, after = dealt(rotated(homes))
    assert faces(context, after) == {
        name: {home} for name, home in zip(CLASSES, homes, strict=True)
    }


def test_a_home_teacher_on_once_is_with_the_own_class_that_day() -> None:
    tiny = (
        Tiny()
        .classes("三1", home_teacher="张伟")
        .classes("三2")
        .staff(*PEOPLE)
        .care("Mon", "Tue")
        .holds("王芳", "看护", "Mon", "Tue", school_class="三1")
        .holds("李明", "看护", "Mon", school_class="三2")
        .holds("张伟", "看护", "Tue", school_class="三2")
    )
    context, before, after = dealt(tiny)
    assert after.holders["看护@三1@2.作业/supervisor1"] == "张伟"
    assert on(context, after) == on(context, before)


def test_open_posts_stay_open_and_clubs_and_duties_are_left_alone() -> None:
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明")
        .room("操场")
        .care("Mon")
        .club("篮球", "Mon")
        .duty("门岗", "Tue")
        .meets("篮球", "Mon", room="操场")
        .holds("王芳", "看护", "Mon", school_class="三2")
        .holds("李明", "篮球")
        .holds("王芳", "门岗", "Tue")
    )
    context, before, after = dealt(tiny)
    assert len(after.holders) == 3
    assert on(context, after) == on(context, before)
    assert after.placements == before.placements


def test_nothing_held_nothing_dealt() -> None:
    _, before, after = dealt(Tiny().classes("三1", "三2").staff("王芳").care("Mon"))
    assert after == before == Timetable()


@pytest.mark.parametrize("seed", [1, 2])
def test_generated_schools_break_no_must_and_see_no_more_faces(seed: int) -> None:
    instance, timetable = generate_with_plan(Preset.M, seed)
    context = Context(instance)
    after = deal_classes(context, merged_pools(context), timetable)
    assert on(context, after) == on(context, timetable)
    before, judged = audit(context, timetable), audit(context, after)
    assert not before.hard
    # the plan's covers are for its own holders, so musts are looked at without dates
    pattern = after.model_copy(update={"changes": {}})
    assert {found.rule for found in audit(context, pattern).hard} <= {"on-leave"}
    assert judged.points.get("class-changes-hands", 0) <= before.points["class-changes-hands"]
    assert _total(context, after) < _total(context, timetable)


def _total(context: Context, timetable: Timetable) -> int:
    return sum(map(len, faces(context, timetable).values()))


def test_without_exchanges_a_generated_school_is_dealt_out_less_well() -> None:
    instance, plan = generate_with_plan(Preset.S, seed=1)
    context = Context(instance)
    pools = merged_pools(context)
    before = plan.model_copy(update={"changes": {}})
    quick = deal_classes(context, pools, before, exchange=False)
    whole = deal_classes(context, pools, before)
    assert on(context, quick) == on(context, whole) == on(context, before)
    values = [audit(context, one).quality for one in (whole, quick, before)]
    assert values == sorted(values)
    assert values[0] < values[2]
