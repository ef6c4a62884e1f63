"""Somebody is absent: who could come, what else could be done, and the next version.

The term is Monday 7 to Friday 18 September; 王芳 is absent on Tuesday the 8th.
"""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from constraints.examples import Tiny, wish
from instances.generate.building import generate_with_plan
from instances.generate.presets import Preset
from instances.past_sessions import history_of
from instances.samples import rural_6
from instances.school import Instance, PostSpec, SlotWish
from instances.timetable import Expansion, Timetable
from instances.words import Level, Role, Status
from scheduler.audit import broken
from scheduler.chains import chains
from scheduler.cover.choose import best, choices, publish, together
from scheduler.cover.event_posts import event_gaps, filled
from scheduler.cover.facts import Absence
from scheduler.cover.options import Option, OptionKind, applied, options
from scheduler.progress import Control
from tests.helpers.published import publish as published

SEPTEMBER_8 = dt.date(2026, 9, 8)
COVER, CHAIN, SWAP, MERGE = OptionKind


def absence(tiny: Tiny, first: int = 8, last: int | None = None) -> Absence:
    school, timetable = tiny.done()
    dates = (dt.date(2026, 9, day) for day in (first, last or first))
    return Absence(Context(school), timetable, "王芳", *dates)


def offered(found: Absence, kind: OptionKind) -> list[Option]:
    (choice,) = choices(found, "病假")
    return [option for option in choice.options if option.kind is kind]


def names(found: Absence, kind: OptionKind = COVER) -> list[str | None]:
    return [option.staff for option in offered(found, kind)]


def alone() -> Tiny:
    """Care of one class on Tuesdays, held by 王芳."""
    return Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护", "Tue")


def test_only_those_who_agreed_and_are_free_are_offered() -> None:
    found = absence(
        alone()
        .staff("李明", wishes=(wish("Tue 作业", Level.NO),))
        .staff("刘洋")  # at the gate at that time
        .staff("孙丽", cap_week=1)  # at the gate on Thursday: no room for more that week
        .staff("陈静")
        .duty("门岗", "Tue", "Thu")
        .holds("刘洋", "门岗", "Tue")
        .holds("孙丽", "门岗", "Thu")
    )
    assert names(found) == ["陈静"]


def test_what_is_open_already_since_the_holder_does_not_come_can_be_covered() -> None:
    tiny = alone().staff("李明").instead("看护", 8, open=True)
    assert names(absence(tiny)) == ["李明"]  # and not 王芳, whose weekly post it is
    taken = best(absence(tiny), "病假")
    assert [option.staff for option in taken.chosen] == ["李明"]
    assert not absence(alone().instead("看护", 8, staff="李明").staff("李明")).gaps


def a_choir(*wishes: SlotWish) -> Tiny:
    """王芳 leads the choir on Tuesdays; 李明 could, but is at the gate then; 陈静 cannot."""
    leader = PostSpec(role=Role.LEADER, skills=("合唱",))
    return (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳", "李明", skills=("合唱",))
        .staff("陈静", wishes=wishes)
        .duty("门岗", "Tue 社团")
        .club("合唱", "Tue", posts=(leader,), rooms=("音乐室",))
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "门岗", "Tue 社团")
        .holds("王芳", "合唱")
    )


def test_somebody_busy_comes_if_their_post_can_be_handed_on() -> None:
    """Nobody able is free; 陈静, who is, may take what 李明 has at that time."""
    found = absence(a_choir())
    (way,) = offered(found, CHAIN)
    assert (way.staff, way.heir) == ("李明", "陈静")
    assert way.back is not None
    assert way.back.post.activity == "门岗"
    assert not names(found)
    assert not broken(found.context, applied(found.timetable, [way]))
    rows = Expansion(found.context.demand, best(found, "病假").timetable).sessions
    that_day = {row.post.activity: row.staff for row in rows if row.date == SEPTEMBER_8}
    assert that_day == {"合唱": "李明", "门岗": "陈静"}


def test_nothing_is_handed_on_to_somebody_without_consent_or_where_a_cover_is_free() -> None:
    unwilling = a_choir(wish("Tue 社团", Level.NO))
    assert not offered(absence(unwilling), CHAIN)
    free = a_choir().staff("刘洋", skills=("合唱",))
    assert names(absence(free)) == ["刘洋"]
    assert not offered(absence(free), CHAIN)


def test_who_has_reached_a_cap_hands_on_another_post_of_that_week() -> None:
    """李明 may have one post a week, and is at the gate on Thursday: 陈静 can be there for him."""
    tiny = (
        alone().staff("李明", cap_week=1).staff("陈静", wishes=(wish("Tue 作业", Level.NO),))
    ).duty("门岗", "Thu")
    (way,) = offered(absence(tiny.holds("李明", "门岗", "Thu")), CHAIN)
    assert (way.staff, way.heir) == ("李明", "陈静")
    assert way.back is not None
    assert [one.date for one in way.back.sessions] == [dt.date(2026, 9, 10)]


def test_whoever_is_free_within_their_caps_hands_nothing_on() -> None:
    """李明 could come as he is: handing on what he has on Thursday would help nobody."""
    tiny = alone().staff("李明", "陈静").duty("门岗", "Thu").holds("李明", "门岗", "Thu")
    found = absence(tiny)
    assert not list(chains(found.context, found.at_hand, found.gaps[0], SEPTEMBER_8))


def test_who_would_rather_not_comes_last_and_who_has_covered_before_later() -> None:
    """李明 has covered on the 15th already; 陈静 has not, but would rather not on Tuesdays."""
    found = absence(
        alone()
        .staff("陈静", wishes=(wish("Tue 作业", Level.RATHER_NOT),))
        .staff("李明", "赵敏")
        .instead("看护", 15, staff="李明")
    )
    assert names(found) == ["赵敏", "李明", "陈静"]
    assert [o.candidate.covers for o in offered(found, COVER) if o.candidate] == [0, 1, 0]


def test_covers_before_the_dates_planned_count_too() -> None:
    """On 8 September 李明 covered; the timetable now holds from the 14th."""
    school, old = alone().staff("李明", "赵敏").instead("看护", 8, staff="李明").done()
    before = Context(school)
    history = history_of(Expansion(before.demand, old), dt.date(2026, 9, 14))
    timetable = Timetable(holders=old.holders, history=history)
    day = dt.date(2026, 9, 15)
    found = Absence(Context(school, history=history), timetable, "王芳", day, day)
    assert names(found) == ["赵敏", "李明"]


def test_the_home_teacher_then_who_knows_the_class_then_who_is_in_school() -> None:
    found = absence(
        Tiny()
        .classes("三1", home_teacher="李明")
        .classes("三2")
        .staff("王芳", "张伟", "赵敏", "陈静", "李明")
        .care("Tue", "Wed")
        .duty("门岗", "Tue 社团")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("陈静", "看护", "Wed", school_class="三1")
        .holds("赵敏", "门岗", "Tue 社团")
    )
    assert names(found) == ["李明", "陈静", "赵敏", "张伟"]
    known = [
        (one.home_teacher, one.knows, one.in_school)
        for option in offered(found, COVER)
        if (one := option.candidate)
    ]
    assert known == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ]


def test_a_swap_gives_the_absent_person_a_post_of_the_other_after_the_absence() -> None:
    """李明 may have one post a week: he cannot come on the 8th, unless 王芳 has his of the 10th."""
    found = absence(
        alone().staff("李明", cap_week=1).duty("门岗", "Thu").holds("李明", "门岗", "Thu")
    )
    assert names(found) == []
    [swap] = offered(found, SWAP)
    assert swap.back is not None
    assert (swap.staff, swap.back.sessions[0].date) == ("李明", dt.date(2026, 9, 10))
    timetable = applied(found.timetable, [swap])
    held = {
        (session.date.day, session.staff, session.status)
        for session in Expansion(found.context.demand, timetable).sessions
        if session.date.day in (8, 10)
    }
    assert held == {(8, "李明", Status.COVER), (10, "王芳", Status.COVER)}


@pytest.mark.parametrize(
    ("size", "capacity", "ratio", "merges"),
    [
        (25, 50, 50, True),
        (25, 49, 50, False),  # 50 children, a room for 49
        (25, 50, 49, False),  # 50 children, one adult for 49
    ],
)
def test_groups_are_merged_within_ratio_and_room(
    size: int, capacity: int, ratio: int, merges: bool
) -> None:
    found = absence(
        Tiny()
        .classes("三1", "三2", size=size)
        .room("三2", capacity)
        .staff("王芳", "李明")
        .care("Tue", ratio=ratio)
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
    )
    assert names(found) == []
    assert names(found, MERGE) == (["李明"] if merges else [])
    assert [option.children for option in offered(found, MERGE)] == [2 * size] * merges


def test_the_best_for_each_post_never_sends_one_person_to_two_places() -> None:
    """王芳 has two posts on the 8th, one after the other; 李明 may have one a day, 赵敏 two."""
    found = absence(
        alone()
        .staff("李明", cap_day=1)
        .staff("赵敏")
        .duty("门岗", "Tue 社团")
        .holds("王芳", "门岗", "Tue 社团")
    )
    taken = best(found, "病假")
    assert [option.staff for option in taken.chosen] == ["李明", "赵敏"]
    assert not taken.left
    both = [choice.options[0] for choice in choices(found, "病假")]
    assert [option.staff for option in both] == ["李明", "李明"]
    assert together(found, both) is None
    assert together(found, both[:1]) is not None


def test_a_club_that_nobody_can_lead_sends_its_children_back_to_care() -> None:
    """The choir of ten on the 8th: nobody else can lead it, so the class needs 李明 in care."""
    post = PostSpec(role=Role.LEADER, skills=("合唱",))
    found = absence(
        Tiny()
        .classes("三1", size=10)
        .room("音乐室")
        .staff("王芳", skills=("合唱",))
        .staff("李明")
        .club("合唱", "Tue", posts=(post,), children=10)
        .care("Tue 社团")
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱", "Tue")
    )
    taken = best(found, "病假")
    assert not taken.chosen
    assert [gap.post.activity for gap in taken.left] == ["合唱"]
    assert [(gap.post.activity, gap.holder) for gap in taken.besides] == [("看护", "李明")]
    assert found.keeps_musts(taken.timetable)


def test_the_next_version_names_its_parent_and_what_changes() -> None:
    old = published(alone().staff("李明"))
    context = Context(old.instance)
    found = Absence(context, old.timetable, "王芳", SEPTEMBER_8, SEPTEMBER_8)
    new = publish(context, old, best(found, "病假").timetable, SEPTEMBER_8, Control())
    assert (new.number, new.parent and new.parent.number) == (2, 1)
    [change] = new.changes
    assert (change.date, change.old_staff, change.new_staff) == (SEPTEMBER_8, "王芳", "李明")
    assert new.result.changes is not None
    # one post with another person (3) in the week of the absence (twice): 6
    assert new.result.changes.cost == 6
    assert new.result.input_sha256 == old.result.input_sha256
    assert new.result.people["李明"].covers == 1
    [row] = [s for s in Expansion(context.demand, new.timetable).sessions if s.date == SEPTEMBER_8]
    assert (row.status, row.staff, row.planned, row.reason) == (
        Status.COVER,
        "李明",
        "王芳",
        "病假",
    )
    assert old.timetable.changes == {}


def planted(name: str) -> tuple[Instance, Timetable]:
    return generate_with_plan(Preset.S, 0) if name == "S" else rural_6.build_with_plan()


@pytest.mark.parametrize("name", ["S", "rural"])
def test_whatever_is_offered_or_applied_passes_the_audit(name: str) -> None:
    school, timetable = planted(name)
    context = Context(school)
    assert not broken(context, timetable)
    staff = max(timetable.holders.values(), key=list(timetable.holders.values()).count)
    day = next(
        session.date
        for session in Expansion(context.demand, timetable).sessions
        if session.staff == staff
    )
    found = Absence(context, timetable, staff, day, day)
    ways = [option for gap in found.gaps for option in options(found, gap, "病假")]
    assert COVER in {option.kind for option in ways}
    assert not [way for way in ways if broken(context, applied(timetable, [way]))]
    taken = best(found, "病假")
    assert not broken(context, taken.timetable)
    rows = Expansion(context.demand, taken.timetable).sessions
    assert not [row for row in rows if row.date == day and row.staff == staff]


def at_the_contest(*agreed: str, people: tuple[str, ...] = ()) -> Tiny:
    """On the 8th, 王芳 is referee of a contest in the clubs' segment, while 刘洋 is at the gate."""
    return (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明", "刘洋", "陈静")
        .duty("门岗", "Tue 社团")
        .holds("刘洋", "门岗", "Tue 社团")
        .event(
            "合唱", posts=(PostSpec(role=Role.REFEREE),), agreed=("王芳", *agreed), people=people
        )
        .held("合唱", 8, staff={"referee.1.1": "王芳"})
    )


def test_a_post_of_an_event_goes_to_somebody_who_agreed_and_is_free() -> None:
    found = absence(at_the_contest("刘洋", "李明"))
    (gap,) = event_gaps(found)
    assert gap.candidates == ("李明",)  # 刘洋 is at the gate, 陈静 has not agreed
    assert filled(found.timetable, [gap]).events[0].staff == {"referee.1.1": "李明"}
    assert gap.message.text("zh") == "9月8日 大型活动“合唱”裁判：可由李明担任（已同意、有空）。"


def test_a_post_of_an_event_that_nobody_can_take_stays_open() -> None:
    found = absence(at_the_contest("刘洋"))
    (gap,) = event_gaps(found)
    assert gap.candidates == ()
    assert filled(found.timetable, [gap]).events[0].staff == {}
    new = publish(
        found.context,
        published(at_the_contest("刘洋")),
        filled(found.timetable, [gap]),
        SEPTEMBER_8,
        Control(),
    )
    assert [(c.date, c.old_staff, c.new_staff) for c in new.changes] == [
        (SEPTEMBER_8, "王芳", None)
    ]


def test_an_organizer_is_replaced_in_the_workbook() -> None:
    found = absence(at_the_contest(people=("王芳",)).held("合唱", 15), first=15)
    (gap,) = event_gaps(found)
    assert gap.post is None
    assert "必到人员是王芳" in gap.message.text("zh")
