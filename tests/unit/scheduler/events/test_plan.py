"""Events in tiny timetables: dates, what they push out, who works at them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from ortools.sat.python.cp_model import CpModel

from constraints.context import Context
from constraints.examples import CARE, Tiny, busy
from constraints.model import Expr
from instances.event_sessions import event_sessions
from instances.school import Closure, PostSpec
from instances.timetable import Session, expand
from instances.words import Displaces, Role, Status
from scheduler.audit import audit
from scheduler.events.gaps import event_gaps, with_gaps
from scheduler.events.greedy import place_greedily
from scheduler.events.items import Items
from scheduler.events.plan import Planned, plan_events
from scheduler.events.staff import Staffing
from scheduler.progress import Control
from scheduler.search import Found, Settings, search
from scheduler.tournaments.grounds import Taken

REFEREE = PostSpec(role=Role.REFEREE)


def september(day: int) -> dt.date:
    return dt.date(2026, 9, day)


def planned(tiny: Tiny) -> tuple[Context, Planned]:
    """The events of a school in its timetable, which passes its audit."""
    instance, timetable = tiny.done()
    context = Context(instance)
    found = plan_events(context, timetable, Control(), Settings(workers=1))
    assert [str(finding.message) for finding in audit(context, found.timetable).hard] == []
    return context, found


def dates_of(found: Planned) -> dict[str, list[int]]:
    return {held.key: [date.day for date in held.dates] for held in found.timetable.events}


def sessions(context: Context, found: Planned, day: int) -> list[Session]:
    rows = expand(context.demand, found.timetable)
    return [session for session in rows if session.date == september(day)]


def care_on_tuesdays(**event: object) -> Tiny:
    """Two classes of 30 in care in the clubs' segment on Tuesdays, and a contest for the third
    grade from Monday 7 to Wednesday 9 September."""
    return (
        Tiny()
        .classes("三1", "三2")
        .staff("王芳", "李明", "张伟")
        .care("Tue 社团")
        .holds("王芳", CARE, "Tue 社团", school_class="三1")
        .holds("李明", CARE, "Tue 社团", school_class="三2")
        .event(
            "合唱",
            **{"start": september(7), "end": september(9), "segments": ("社团",), **event},
        )
    )


def test_the_date_that_pushes_out_least_is_chosen_and_compared_with_the_next() -> None:
    """On Monday and Wednesday nothing falls out, on Tuesday 30 + 30 children."""
    _, found = planned(care_on_tuesdays())
    assert dates_of(found)["合唱"][0] in (7, 9)
    assert (found.displaced, found.bound) == (0, 0)
    (figures,) = found.figures
    assert figures.as_good == 1  # the other of Monday and Wednesday
    assert (figures.next_date, figures.next_displaced) == (september(8), 60)


def test_what_falls_out_is_cancelled_and_counts_no_load() -> None:
    """Fixed on Tuesday 8: both groups are at the contest; on Tuesday 15 they are in care."""
    context, found = planned(care_on_tuesdays(start=september(8), end=None))
    assert (found.displaced, found.bound) == (60, 60)
    gone = sessions(context, found, 8)
    assert [(s.status, s.reason, s.load) for s in gone] == [(Status.CANCELLED, "合唱", 0)] * 2
    assert all(change.event == "合唱" for change in found.timetable.changes.values())
    # of two Tuesdays of 1 unit, one is left
    assert context.view(found.timetable).loads == {"王芳": 100, "李明": 100, "张伟": 0}


def test_care_of_a_class_that_stays_goes_on() -> None:
    context, found = planned(care_on_tuesdays(start=september(8), end=None, classes=("三1",)))
    here = {s.post.classes: s.status for s in sessions(context, found, 8)}
    assert here == {("三1",): Status.CANCELLED, ("三2",): Status.PLANNED}


def test_a_merged_group_needs_fewer_adults_while_one_of_its_classes_is_away() -> None:
    """30 + 30 children need two adults at 50 for each; without 三1 there are 30: one."""
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .room("大教室", capacity=80)
        .staff("王芳", "李明")
        .care("Tue 社团", merge=2, ratio=50, rooms=("大教室",))
        .together("三1", "三2", room="大教室")
        .holds("王芳", CARE)
        .holds("李明", CARE)
        .event("合唱", start=september(8), segments=("社团",), classes=("三1",))
    )
    context, found = planned(tiny)
    statuses = sorted(str(s.status.value) for s in sessions(context, found, 8))
    assert statuses == ["cancelled", "planned"]
    assert found.displaced == 30  # of the 60 children those of 三1


def test_a_club_most_of_whose_children_are_there_does_not_meet() -> None:
    """Ten children, five from each class: half of them are at the contest of 三1."""
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .room("音乐室")
        .staff("王芳")
        .club("合唱社", "Tue")
        .meets("合唱社", "Tue", room="音乐室")
        .holds("王芳", "合唱社")
        .event("书法", start=september(8), segments=("社团",), classes=("三1",))
    )
    context, found = planned(tiny)
    assert [s.status for s in sessions(context, found, 8)] == [Status.CANCELLED]
    assert found.figures[0].clubs == 1


def test_who_is_in_the_venue_goes_to_another_room_or_does_not_meet() -> None:
    def school(*more: str) -> Tiny:
        tiny = Tiny().classes("三1").room("音乐室", features=("钢琴",))
        for name in more:
            tiny.room(name, features=("钢琴",))
        return (
            tiny.staff("王芳")
            .club("合唱社", "Tue", features=("钢琴",))
            .meets("合唱社", "Tue", room="音乐室")
            .holds("王芳", "合唱社")
            .event(
                "讲座",
                start=september(8),
                segments=("社团",),
                venues=("音乐室",),
                displaces=Displaces.ROOMS,
            )
        )

    context, found = planned(school("琴房"))
    assert [(s.status, s.room) for s in sessions(context, found, 8)] == [(Status.MOVED, "琴房")]
    context, found = planned(school())
    assert [s.status for s in sessions(context, found, 8)] == [Status.CANCELLED]


def test_events_that_need_the_same_class_are_at_other_times() -> None:
    """One day, two segments, two contests for the same class."""
    window = {"start": september(7), "end": september(7)}
    tiny = Tiny().classes("三1").staff("王芳").event("合唱", **window).event("书法", **window)
    _, found = planned(tiny)
    segments = {held.event: held.segments for held in found.timetable.events}
    assert sorted(segments.values()) == [("作业",), ("社团",)]


def test_what_does_not_fit_is_said_with_the_reason() -> None:
    """Three contests for the same class in the two segments of one day."""
    window = {"start": september(7), "end": september(7)}
    tiny = Tiny().classes("三1").staff("王芳")
    for name in ("合唱", "书法", "演讲"):
        tiny.event(name, **window)
    _, found = planned(tiny)
    (missing,) = [one for one in found.figures if not one.dates]
    assert missing.reason["zh"].startswith("可选的日子都与其他大型活动冲突")
    assert missing.reason["en"].startswith("All its dates clash with other events")


def test_events_are_as_far_apart_as_asked() -> None:
    """Of 7 to 11 September three days apart are only Monday and Thursday or later, and so on."""
    window = {"start": september(7), "end": september(11)}
    tiny = Tiny().classes("三1", "四1").staff("王芳").event("合唱", apart=3, **window)
    _, found = planned(tiny.event("书法", **window))
    one, other = (days[0] for days in dates_of(found).values())
    assert abs(one - other) >= 3


def test_rehearsals_come_before_in_order() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳")
        .event("合唱", end=september(14), rehearsals=2, rehearsal_gap=2)
    )
    _, found = planned(tiny)
    days = dates_of(found)
    assert days["合唱#2"][0] - days["合唱#1"][0] >= 2
    assert days["合唱"][0] - days["合唱#2"][0] >= 2


def test_a_reserve_date_is_kept_free() -> None:
    """合唱 may move from the 7th to the 8th in case of rain, so 书法 for the same class cannot be
    there; it has the 7th (another segment) and the 8th, in the same segments."""
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳")
        .event("合唱", start=september(7), reserve=september(8))
        .event("书法", start=september(8), end=september(9))
    )
    _, found = planned(tiny)
    assert dates_of(found)["书法"] == [9]


def test_posts_go_to_those_who_agreed_and_have_the_skill() -> None:
    """李明 has not agreed, 张伟 lacks the skill; the third post stays open."""
    tiny = (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明", "赵敏", skills=("体育",))
        .staff("张伟")
        .event(
            "跳绳",
            posts=(PostSpec(role=Role.REFEREE, skills=("体育",), count=3),),
            agreed=("王芳", "张伟", "赵敏"),
            units=Decimal("1.5"),
        )
    )
    context, found = planned(tiny)
    (held,) = found.timetable.events
    assert sorted(held.staff.values()) == sorted(["王芳", "赵敏"])
    assert (found.open_posts, found.open_bound) == (1, 1)
    (figures,) = found.figures
    assert (figures.open_posts, figures.undecided) == (1, 0)
    assert figures.open_reasons == {
        "referee.1": {
            "zh": "可以担任的有2人（王芳、赵敏），但那时都在这项或别的大型活动中另有岗位。",
            "en": "2 people could come (王芳, 赵敏), but at that time all have another post at this"
            " or another event.",
        }
    }
    assert context.view(found.timetable).loads["王芳"] == 150


def test_where_the_search_ends_early_it_is_not_said_that_there_is_nobody() -> None:
    """Three posts, two people who could have them, nothing found and nothing proved."""
    event = {"posts": (PostSpec(role=Role.REFEREE, count=3),), "agreed": ("张伟", "李明")}
    context, found = planned(care_on_tuesdays(**event))
    (gap,) = event_gaps(Staffing(context, found.timetable, ()), {}, decided=0)
    assert (gap.count, gap.undecided) == (3, 3)
    assert "求解结束时还没有看完" in gap.why.text("zh")
    figures = with_gaps(found.figures[0], {gap.kind: gap})
    assert figures.undecided == 3
    assert figures.open_reasons["referee.1"]["en"].startswith("2 people could come (张伟, 李明);")


def test_where_the_search_finds_nothing_those_who_are_free_have_the_posts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two contests on Tuesday 8 with two posts each. 王芳 is in care then, 李明 organizes one and
    is not free for the other, 张伟 and 赵敏 are free once each: two posts, and two that a search
    that had not ended could perhaps fill. Nobody is taken from care."""
    two = PostSpec(role=Role.REFEREE, count=2)
    day = {"start": september(8), "segments": ("社团",), "posts": (two,)}
    tiny = (
        Tiny()
        .classes("三1", "四1", "五1")
        .staff("王芳", "李明", "张伟", "赵敏")
        .care("Tue 社团", classes=("三1",))
        .holds("王芳", CARE)
        .event("合唱", classes=("四1",), agreed=("王芳", "张伟", "赵敏"), people=("李明",), **day)
        .event("书法", classes=("五1",), agreed=("王芳", "李明", "张伟"), **day)
    )

    def nothing(cp: CpModel, objective: Expr, *given: Any) -> Found:
        """Only where no post is asked for, as of the tiers before that of referees."""
        if isinstance(objective, int):
            return search(cp, objective, *given)
        return Found("unknown", 0, 0, None)

    monkeypatch.setattr("scheduler.events.staff.search", nothing)
    context, found = planned(tiny)
    staff = [key for held in found.timetable.events for key in held.staff.values()]
    assert sorted(staff) == sorted(["张伟", "赵敏"])
    assert (found.open_posts, found.open_bound) == (2, 0)
    assert [s.status for s in sessions(context, found, 8)] == [Status.PLANNED]
    again = plan_events(context, found.timetable, Control(), Settings(workers=1))
    assert again.timetable.events == found.timetable.events  # who has a post keeps it


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({}, "没有人同意参加这项活动。"),
        ({"agreed": ("李明",), "skills": ("体育",)}, "没有人具备所需技能：体育。"),
        ({"agreed": ("李明",), "people": ("李明",)}, "同意且符合条件的有1人（李明），但那时有课"),
    ],
)
def test_why_a_post_of_an_event_has_nobody(event: dict[str, Any], said: str) -> None:
    """Nobody agreed; who agreed has no skill; who agreed is the organizer already."""
    post = PostSpec(role=Role.REFEREE, skills=event.pop("skills", ()))
    _, found = planned(care_on_tuesdays(posts=(post,), **event))
    (figures,) = found.figures
    assert (figures.open_posts, figures.undecided) == (1, 0)
    assert said in figures.open_reasons["referee.1"]["zh"]


def test_who_has_no_session_then_is_asked_first_and_a_session_is_covered() -> None:
    """王芳 and 李明 are in care; 张伟 is free, and both posts are needed: one of the two goes,
    and 赵敏, who has not agreed to the contest, comes instead."""
    tiny = (
        Tiny()
        .classes("三1", "三2", "四1", grade=3)
        .staff("王芳", "李明", "张伟", "赵敏")
        .care("Tue 社团", classes=("三1", "三2"))
        .holds("王芳", CARE, "Tue 社团", school_class="三1")
        .holds("李明", CARE, "Tue 社团", school_class="三2")
        .event(
            "书法",
            start=september(8),
            segments=("社团",),
            classes=("四1",),
            posts=(REFEREE, REFEREE),
            agreed=("王芳", "李明", "张伟"),
        )
    )
    context, found = planned(tiny)
    (held,) = found.timetable.events
    assert "张伟" in held.staff.values()
    assert len(held.staff) == 2
    covers = [s for s in sessions(context, found, 8) if s.status is Status.COVER]
    assert [(s.staff, s.reason) for s in covers] == [("赵敏", "书法")]


def test_nobody_leaves_a_class_alone_for_an_event() -> None:
    """王芳 has agreed, and nobody could come instead: the post of the event stays open."""
    tiny = (
        Tiny()
        .classes("三1", "四1")
        .staff("王芳")
        .care("Tue 社团", classes=("三1",))
        .holds("王芳", CARE)
        .event(
            "书法",
            start=september(8),
            segments=("社团",),
            classes=("四1",),
            posts=(REFEREE,),
            agreed=("王芳",),
        )
    )
    context, found = planned(tiny)
    assert [s.status for s in sessions(context, found, 8)] == [Status.PLANNED]
    assert found.open_posts == 1
    assert "没有人替班" in found.figures[0].open_reasons["referee.1"]["zh"]


def test_planned_again_nothing_changes() -> None:
    context, found = planned(care_on_tuesdays(posts=(REFEREE,), agreed=("张伟", "李明")))
    again = plan_events(context, found.timetable, Control(), Settings(workers=1))
    assert again.timetable == found.timetable


def test_rows_of_an_event_carry_its_people_and_units() -> None:
    """Two segments on one date, 1 unit for the organizer: half in each row."""
    tiny = Tiny().classes("三1").staff("王芳").event("合唱", length=2, people=("王芳",))
    context, found = planned(tiny)
    rows = event_sessions(context.view(found.timetable).expansion)
    assert [(row.segment, row.staff, row.load) for row in rows] == [
        ("作业", "王芳", 50),
        ("社团", "王芳", 50),
    ]


def test_a_team_that_leaves_the_school_is_in_no_care_and_its_club_does_not_meet() -> None:
    """Of 30 children 10 play football. With the club away all day, 20 are in care at most."""
    tiny = (
        Tiny()
        .classes("三1")
        .room("操场", capacity=100)
        .staff("王芳", "李明")
        .care("Tue 社团")
        .club("足球社", "Tue")
        .meets("足球社", "Tue", room="操场")
        .holds("王芳", CARE, "Tue 社团")
        .holds("李明", "足球社")
        .event("县运动会", length=None, start=september(8), clubs=("足球社",), place="县体育场")
    )
    context, found = planned(tiny)
    here = {s.post.activity: s for s in sessions(context, found, 8)}
    assert here["足球社"].status is Status.CANCELLED
    assert (here[CARE].status, here[CARE].children) == (Status.PLANNED, 20)


def choir(*slots: str) -> Tiny:
    """A choir of ten of class 三1 that meets on Tuesdays, and a contest of the class then."""
    return (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳")
        .club("合唱社", *slots)
        .meets("合唱社", "Tue", room="音乐室")
        .holds("王芳", "合唱社")
        .event("书法", start=september(8), segments=("社团",), classes=("三1",))
    )


def test_a_club_meeting_moves_within_its_week_where_that_works() -> None:
    """The choir may meet on Wednesdays, too: on the 9th instead of the 8th."""
    context, found = planned(choir("Tue", "Wed"))
    (gone,) = sessions(context, found, 8)
    assert (gone.status, gone.takes_place) == (Status.MOVED, False)
    (there,) = sessions(context, found, 9)
    assert (there.status, there.staff, there.load) == (Status.MOVED, "王芳", 100)
    again = plan_events(context, found.timetable, Control(), Settings(workers=1))
    assert again.timetable == found.timetable


def test_a_club_meeting_that_cannot_move_is_cancelled() -> None:
    """On Wednesday its leader is at a staff meeting."""
    tiny = choir("Tue", "Wed")
    instance, timetable = tiny.done()
    meeting = busy("Wed", "16:00", "17:00")
    staff = tuple(one.model_copy(update={"busy": (meeting,)}) for one in instance.staff)
    context = Context(instance.model_copy(update={"staff": staff}))
    found = plan_events(context, timetable, Control(), Settings(workers=1))
    assert [s.status for s in sessions(context, found, 8)] == [Status.CANCELLED]
    assert sessions(context, found, 9) == []


def test_a_group_whose_adult_must_be_at_the_event_is_merged() -> None:
    """王芳 organizes; nobody is free, and 李明 may look after 20 + 20 children of 50."""
    tiny = (
        Tiny()
        .classes("三1", "三2", size=20)
        .classes("四1")
        .room("三1", capacity=50)
        .room("三2", capacity=50)
        .staff("王芳", "李明")
        .care("Tue 社团", classes=("三1", "三2"), ratio=50)
        .holds("王芳", CARE, "Tue 社团", school_class="三1")
        .holds("李明", CARE, "Tue 社团", school_class="三2")
        .event("书法", start=september(8), segments=("社团",), classes=("四1",), people=("王芳",))
    )
    context, found = planned(tiny)
    here = {s.post.classes: (s.status, s.staff) for s in sessions(context, found, 8)}
    assert here == {("三1",): (Status.MERGED, None), ("三2",): (Status.MERGED, "李明")}


def test_tournaments_see_the_venues_classes_and_people_of_events() -> None:
    """From 16:30 to 17:30 on the 8th both courts of the playground, 三1 and 王芳 are taken."""
    tiny = (
        Tiny()
        .classes("三1", "四1")
        .room("操场", capacity=100, groups=2)
        .staff("王芳")
        .event(
            "跳绳",
            start=september(8),
            segments=("社团",),
            classes=("三1",),
            venues=("操场",),
            people=("王芳",),
        )
    )
    context, found = planned(tiny)
    taken = Taken.of(context.view(found.timetable).expansion)
    span = (16 * 60 + 30, 17 * 60 + 30)
    assert taken.rooms == {("操场", september(8)): (span, span)}
    assert taken.people == {("王芳", september(8)): (span,)}
    assert taken.classes == {("三1", september(8)): (span,)}


def test_without_time_events_are_placed_one_after_the_other() -> None:
    """Three contests of one class in two segments of two days, one with a rehearsal before it."""
    window = {"start": september(7), "end": september(8)}
    tiny = Tiny().classes("三1").staff("王芳").event("合唱", **window).event("书法", **window)
    instance, timetable = tiny.event("演讲", rehearsals=1, **window).done()
    context = Context(instance)
    items = Items(context, timetable, {})
    columns = place_greedily(items)
    assert set(columns) == {"合唱", "书法", "演讲", "演讲#1"}
    assert columns["演讲#1"].occasion.first < columns["演讲"].occasion.first
    control = Control(time_limit=0.0)
    found = plan_events(context, timetable, control, Settings(workers=1))
    assert {held.key for held in found.timetable.events} == set(columns)
    assert audit(context, found.timetable).hard == ()


def test_a_team_rehearses_when_its_classes_are_not_at_another_event() -> None:
    """The choir has children of 三1, which is at the sports meet on the 8th and 9th; its own
    evening is on the 11th, so it rehearses on the 7th or the 10th."""
    tiny = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳")
        .club("合唱社", "Tue")
        .meets("合唱社", "Tue", room="音乐室")
        .holds("王芳", "合唱社")
        .event("运动会", length=None, days=2, start=september(8))
        .event("晚会", start=september(11), segments=("社团",), clubs=("合唱社",), rehearsals=1)
    )
    _, found = planned(tiny)
    assert dates_of(found)["晚会#1"][0] in (7, 10)


def test_rehearsals_are_not_months_ahead() -> None:
    tiny = Tiny(end=dt.date(2026, 12, 18)).classes("三1").staff("王芳")
    _, found = planned(tiny.event("合唱", start=dt.date(2026, 12, 14), rehearsals=1))
    held = {one.key: one.dates[0] for one in found.timetable.events}
    assert 1 <= (held["合唱"] - held["合唱#1"]).days <= 28


def in_the_classroom(**window: object) -> Tiny:
    """Care of 三1 on Tuesday, and a lecture that has its room to itself; there is no other."""
    return (
        Tiny()
        .classes("三1")
        .room("三1", capacity=40)
        .staff("王芳")
        .care("Tue 社团")
        .holds("王芳", CARE)
        .event("讲座", segments=("社团",), venues=("三1",), displaces=Displaces.ROOMS, **window)
    )


def test_a_date_on_which_a_group_has_nowhere_to_go_is_not_taken() -> None:
    """It is wished for, but only the day after leaves the class its room."""
    window = {"start": september(8), "end": september(9)}
    wished = Closure(start=september(8), end=september(8))
    _, found = planned(in_the_classroom(**window, wished=(wished,)))
    assert dates_of(found)["讲座"] == [9]


def test_where_there_is_no_other_date_the_group_is_told_to_have_nothing() -> None:
    context, found = planned(in_the_classroom(start=september(8)))
    (gone,) = sessions(context, found, 8)
    assert (gone.status, gone.reason) == (Status.CANCELLED, "讲座")
    judged = audit(context, found.timetable)
    # nothing takes place for the class that day, so it has less than its hours, too
    assert [finding.rule for finding, _ in judged.soft] == ["class-left-out", "service-too-short"]
