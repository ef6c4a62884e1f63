"""The weekly pattern: coverage tier by tier, pins, places. Two weeks from Monday 7 September."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from constraints.examples import CARE, CLUBS, HOMEWORK, Tiny, busy, september, wish
from constraints.pools import merged_pools, single_pools
from instances.school import PostSpec
from instances.timetable import Session
from instances.words import Level, Parity, Role, Rota, Status, Weekday
from scheduler.audit import Audit, audit
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.solve import SMALL, solve
from scheduler.weekly import Coverage, find_pattern, impossible_pins, pinned_lines
from tests.unit.scheduler.terms import ONE


def solved(tiny: Tiny) -> tuple[Published, Audit]:
    """The best timetable of a tiny school, proved and without a breach of any must."""
    instance, _ = tiny.done()
    published = solve(instance, settings=ONE)
    assert published.result.status == "optimal"
    judged = audit(Context(instance), published.timetable)
    assert published.result.pin_issues or judged.hard == ()
    return published, judged


def sessions(judged: Audit, activity: str) -> list[Session]:
    return [s for s in judged.view.sessions if s.post.activity == activity]


def places(published: Published, activity: str) -> list[Weekday]:
    return [place.weekday for place in published.timetable.placements[activity].places]


def levels(published: Published) -> dict[str, tuple[int, int]]:
    return {level.name: (level.value, level.bound) for level in published.result.levels}


# coverage


def test_a_class_comes_before_an_assistant() -> None:
    tiny = Tiny().classes("三1").staff("王芳").duty("助教", "Tue", role=Role.ASSISTANT).care("Tue")
    published, _ = solved(tiny)
    assert published.timetable.holders == {"看护@三1@2.作业/supervisor1": "王芳"}
    assert published.result.tiers == (0, 0, 0, 0, 2)  # two Tuesdays without assistant


def test_one_date_of_a_class_outweighs_many_of_an_assistant() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳")
        .duty("助教", "Tue", role=Role.ASSISTANT)
        .care("Tue", weeks=(1,))
    )
    published, _ = solved(tiny)
    # as assistant 王芳 would leave one place open, with the class she leaves two
    assert published.result.tiers == (0, 0, 0, 0, 2)
    assert levels(published)["coverage"] == (2, 2)


def test_tiers_are_filled_in_their_order() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .room("操场")
        .staff("王芳", "李明")
        .duty("助教", "Tue 社团", role=Role.ASSISTANT)
        .duty("门岗", "Tue 社团", role=Role.GATE)
        .duty("值班", "Tue 社团", role=Role.DUTY_LEADER)
        .club("篮球", "Tue")
        .care("Tue 社团")
    )
    published, judged = solved(tiny)
    # two people for five posts: the class and the club; two dates of every other tier are open
    assert published.result.tiers == (0, 0, 2, 2, 2)
    assert published.result.uncovered == 3
    assert {s.staff for s in sessions(judged, CARE) + sessions(judged, "篮球")} == {"王芳", "李明"}


@pytest.mark.parametrize(
    ("tiers", "bounds", "bound"),
    [
        ((0, 0), (0, 0), 0),
        ((2, 3, 4), (2, 3, 4), 9),
        ((2, 3, 4), (2, 1, 4), 3),  # the third tier's bound holds only for 3 open in the second
        ((2, 3, 4), (0, 3, 4), 0),
    ],
)
def test_bounds_of_tiers_add_up_to_the_first_that_is_not_proved(
    tiers: tuple[int, ...], bounds: tuple[int, ...], bound: int
) -> None:
    coverage = Coverage(tiers, bounds)
    assert coverage.value == sum(tiers)
    assert coverage.bound == bound <= coverage.value


def test_pooled_and_single_posts_are_covered_alike() -> None:
    tiny = Tiny().classes("三1", "三2", "三3").staff("王芳", "李明").care("Mon", "Tue")
    instance, _ = tiny.done()
    context = Context(instance)
    for pools in (merged_pools(context), single_pools(context.demand)):
        found = find_pattern(context, pools, Control(), ONE, SMALL)
        assert found is not None
        # three classes, two people, two days, two weeks: (3 - 2) * 2 * 2 = 4
        assert found.coverage == Coverage((4, 0, 0, 0, 0), (4, 0, 0, 0, 0))


def test_who_is_busy_every_other_week_may_still_cover_one_date() -> None:
    tiny = Tiny().classes("三1").staff("王芳", leave=(september(15),)).care("Tue")
    tiny.staff("李明", busy=(busy("Tue", "15:00", "17:00", parity=Parity.ODD),))
    context = Context(tiny.done()[0])
    found = find_pattern(context, single_pools(context.demand), Control(), ONE, SMALL)
    assert found is not None
    # 王芳 on 8 September; on the 15th, in week 2, 李明 is free: nothing need be open
    assert found.coverage == Coverage((0, 0, 0, 0, 0), (0, 0, 0, 0, 0))


# pins


def test_of_two_contradicting_pins_one_is_left_out() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳").club("篮球", "Tue", "Thu")
    tiny.pin("篮球", weekday=Weekday.TUE).pin("篮球", weekday=Weekday.THU)
    instance, _ = tiny.done()
    context = Context(instance)
    pools = merged_pools(context, pinned_lines(context))
    [left_out], proved = impossible_pins(context, pools, Control(), ONE)
    assert proved
    published, judged = solved(tiny)
    [issue] = published.result.pin_issues
    assert issue.pin == left_out
    kept = (Weekday.TUE, Weekday.THU)[1 - left_out]
    assert places(published, "篮球") == [kept]
    assert [found.where["pin"] for found in judged.hard] == [left_out]
    assert published.result.hard_findings == 0  # judged without the pin that is reported


def test_the_fewest_pins_are_left_out() -> None:
    """One pin contradicts two others, which can hold together."""
    tiny = Tiny().classes("三1").room("操场").staff("王芳", "李明").club("篮球", "Tue", "Thu")
    tiny.pin("篮球", weekday=Weekday.TUE).pin("篮球", weekday=Weekday.THU)
    tiny.pin("篮球", weekday=Weekday.THU, staff="李明")
    published, judged = solved(tiny)
    assert [issue.pin for issue in published.result.pin_issues] == [0]
    assert places(published, "篮球") == [Weekday.THU]
    assert {s.staff for s in sessions(judged, "篮球")} == {"李明"}


def test_no_pins_no_search() -> None:
    instance, _ = Tiny().classes("三1").staff("王芳").care("Tue").done()
    context = Context(instance)
    assert impossible_pins(context, single_pools(context.demand), Control(), ONE) == ([], True)


def test_pins_of_a_class_take_it_out_of_its_pool() -> None:
    tiny = Tiny().classes("三1", "三2", "三3").staff("王芳", "李明", "张伟").care("Tue")
    tiny.pin(CARE, school_class="三2", staff="张伟")
    instance, _ = tiny.done()
    context = Context(instance)
    lines = pinned_lines(context)
    assert lines == ["看护@三2@2.作业/supervisor1"]
    assert sorted(pool.count for pool in merged_pools(context, lines)) == [1, 2]
    published, _ = solved(tiny)
    assert published.timetable.holders[lines[0]] == "张伟"


def test_forbidding_pin_holds() -> None:
    tiny = Tiny().classes("三1").staff("王芳").care("Tue", "Thu")
    tiny.pin(CARE, weekday=Weekday.TUE, staff="王芳", forbid=True)
    published, judged = solved(tiny)
    assert published.result.tiers == (2, 0, 0, 0, 0)  # both Tuesdays
    assert {s.day.weekday for s in judged.view.held["王芳"]} == {Weekday.THU}


# clubs


def test_odd_and_even_clubs_share_leader_room_and_slot() -> None:
    tiny = Tiny().classes("三1", size=10).room("操场").staff("王芳")
    tiny.club("篮球", "Tue", parity=Parity.ODD).club("足球", "Tue", parity=Parity.EVEN)
    published, judged = solved(tiny)
    assert published.result.uncovered_sessions == 0
    # the 8th is in week 1, the 15th in week 2
    dates = {a: [(s.date.day, s.staff) for s in sessions(judged, a)] for a in ("篮球", "足球")}
    assert dates == {"篮球": [(8, "王芳")], "足球": [(15, "王芳")]}


def test_a_club_of_two_meetings_has_one_leader_and_a_day_between() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳", "李明", "张伟")
    tiny.club("篮球", "Mon", "Tue", "Thu", per_week=2)
    published, judged = solved(tiny)
    monday, thursday = places(published, "篮球")
    assert thursday - monday > 1
    assert len({s.staff for s in sessions(judged, "篮球")}) == 1
    assert levels(published)["quality"] == (0, 0)


def test_adjacent_days_cost_what_their_rule_says_where_there_are_no_others() -> None:
    tiny = Tiny().classes("三1").room("操场").staff("王芳").club("篮球", "Mon", "Tue", per_week=2)
    published, _ = solved(tiny)
    assert published.result.soft == {"club-days-adjacent": 20}  # one pair of 20 points
    assert levels(published)["quality"] == (20, 20)


def test_who_agrees_to_one_of_two_meetings_does_not_lead() -> None:
    tiny = Tiny().classes("三1").room("操场")
    tiny.staff("王芳", wishes=(wish("Mon 社团", Level.NO),))
    tiny.staff("李明", wishes=(wish("Thu 社团", Level.NO),))
    tiny.club("篮球", "Mon", "Thu", per_week=2)
    published, _ = solved(tiny)
    assert published.result.tiers == (0, 4, 0, 0, 0)  # two meetings in two weeks
    assert published.result.uncovered == 1


@pytest.mark.parametrize("features", [(), ("球场",)], ids=["one room", "no room"])
def test_a_club_without_room_is_not_placed(features: tuple[str, ...]) -> None:
    tiny = Tiny().classes("三1").room("三1", 9).room("操场", 10).staff("王芳", "李明")
    tiny.club("合唱", "Tue").club("篮球", "Tue", features=features)
    if not features:
        tiny.pin("合唱", weekday=Weekday.TUE)
    published, judged = solved(tiny)
    assert judged.view.unplaced == ("篮球",)
    assert published.result.tiers == (0, 2, 0, 0, 0)  # two Tuesdays without leader
    assert levels(published)["coverage"] == (2, 2)
    assert list(published.result.open_reasons) == ["篮球/leader1"]


def test_before_a_club_begins_its_children_are_in_care() -> None:
    tiny = (
        Tiny()
        .classes("三1", size=10)
        .room("操场")
        .staff("王芳", "李明")
        .club("篮球", "Tue", start=dt.date(2026, 9, 14))
        .care("Tue 社团")
    )
    published, judged = solved(tiny)
    assert published.result.uncovered_sessions == 0
    # all ten are in care on the 8th; on the 15th all are in basketball, and nobody is in care
    assert [(s.date.day, s.children) for s in sessions(judged, CARE)] == [(8, 10)]
    assert [s.date.day for s in sessions(judged, "篮球")] == [15]


def test_a_club_that_nobody_leads_leaves_its_children_in_care() -> None:
    coach = (PostSpec(role=Role.LEADER, skills=("篮球",)),)
    tiny = Tiny().classes("三1", size=10).room("操场").staff("王芳").care(f"Tue {CLUBS}")
    published, judged = solved(tiny.club("篮球", "Tue", posts=coach))
    assert published.result.tiers == (0, 2, 0, 0, 0)
    assert [(s.date.day, s.children, s.staff) for s in sessions(judged, CARE)] == [
        (8, 10, "王芳"),
        (15, 10, "王芳"),
    ]


# turns


def test_turns_by_week_are_of_one_person_each() -> None:
    # ten dates, and nobody may have more than five in the term
    tiny = Tiny().staff("王芳", "李明", cap_term=5)
    tiny.duty("门岗", "Mon", "Tue", "Wed", "Thu", "Fri", rota=Rota.WEEK, rota_people=2)
    _, judged = solved(tiny)
    by_week = {
        week: {s.staff for s in sessions(judged, "门岗") if s.day.week == week} for week in (1, 2)
    }
    assert sorted(by_week.values(), key=str) == sorted([{"王芳"}, {"李明"}], key=str)


def test_turns_by_day_alternate() -> None:
    tiny = Tiny().staff("王芳", "李明", cap_term=5)
    tiny.duty("门岗", "Mon", "Tue", "Wed", "Thu", "Fri", rota=Rota.DAY, rota_people=2)
    _, judged = solved(tiny)
    staff = [s.staff for s in sessions(judged, "门岗")]
    assert set(staff[0::2]) | set(staff[1::2]) == {"王芳", "李明"}
    assert [len(set(part)) for part in (staff[0::2], staff[1::2])] == [1, 1]


def test_wishes_decide_between_equal_patterns() -> None:
    tiny = Tiny().classes("三1").care("Tue", "Thu")
    tiny.staff("王芳", cap_week=1, wishes=(wish(f"Thu {HOMEWORK}", Level.PREFERS),))
    tiny.staff("李明", cap_week=1, wishes=(wish(f"Tue {HOMEWORK}", Level.PREFERS),))
    published, judged = solved(tiny)
    assert [(s.day.weekday, s.staff) for s in sessions(judged, CARE)][:2] == [
        (Weekday.TUE, "李明"),
        (Weekday.THU, "王芳"),
    ]
    assert levels(published)["quality"] == (0, 0)
    assert all(s.status is Status.PLANNED for s in sessions(judged, CARE))
