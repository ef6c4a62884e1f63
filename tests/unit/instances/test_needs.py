"""How many children remain in care while others are in clubs or in exercise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from constraints.examples import CARE, CLUBS, HOMEWORK, Tiny
from instances.demand import Need
from instances.derivation import derive
from instances.school import Activity, Instance, Period, PostSpec, SlotChoice, Timing
from instances.timetable import Session, expand
from instances.words import Kind, Role, Weekday

TUESDAY = Weekday.TUE


def needs(instance: Instance) -> list[Need]:
    return list(derive(instance).needs.values())


def exercise(name: str, segment: str) -> Activity:
    """Exercise of whole classes on Tuesdays."""
    slots = (SlotChoice(weekday=TUESDAY, segment=segment),)
    return Activity(name=name, kind=Kind.EXERCISE, slots=slots)


def with_activities(instance: Instance, *more: Activity) -> Instance:
    return instance.model_copy(update={"activities": (*instance.activities, *more)})


def school(*, clubs_start: str = "16:30", clubs_grades: tuple[int, ...] = ()) -> Instance:
    """Two classes of 30, third grade, merged in care on Tuesdays from 15:30 to 16:30."""
    instance, _ = Tiny().classes("三1", "三2").care("Tue", merge=2).done()
    start = dt.time.fromisoformat(clubs_start)
    clubs = instance.segment_by_name[CLUBS].model_copy(
        update={"timings": (Timing(start=start, end=dt.time(17, 30)),), "grades": clubs_grades}
    )
    return instance.model_copy(update={"segments": (instance.segment_by_name[HOMEWORK], clubs)})


def test_exercise_takes_its_classes_out_of_care() -> None:
    instance = school(clubs_start="16:00")
    taken_out = with_activities(instance, exercise("跑步", CLUBS))
    assert [need.base for need in needs(instance)] == [60]
    assert [need.base for need in needs(taken_out)] == [0]


def test_segment_of_other_grades_takes_nobody_out_of_care() -> None:
    instance = school(clubs_start="16:00", clubs_grades=(4,))
    for_others = with_activities(instance, exercise("跑步", CLUBS))
    assert [need.base for need in needs(for_others)] == [60]


def test_nobody_is_taken_out_twice() -> None:
    instance = school(clubs_start="16:00")
    run, jump = exercise("跑步", CLUBS), exercise("跳绳", HOMEWORK)
    one = {"classes": ("三1",)}
    both = with_activities(instance, run.model_copy(update=one), jump.model_copy(update=one))
    assert [need.base for need in needs(both)] == [30]


def test_club_takes_nobody_who_is_in_exercise() -> None:
    """The ten of the club, five from each class: five of them are in exercise already."""
    slots = (SlotChoice(weekday=TUESDAY, segment=HOMEWORK),)
    club = Activity(name="合唱", kind=Kind.CLUB, per_week=1, capacity=10, slots=slots)
    run = exercise("跑步", HOMEWORK).model_copy(update={"classes": ("三1",)})
    (need,) = needs(with_activities(school(), club, run))
    assert need.base == 30
    assert [taker.children for taker in need.takers] == [5]


WINTER = Period(start=dt.date(2026, 9, 14), end=dt.date(2026, 9, 18), name="冬")


def test_club_that_overlaps_care_in_one_clock_takes_children_in_that_one() -> None:
    """Clubs begin at 16:30 and care ends then, but in the second week at 16:40."""
    instance, _ = (
        Tiny(phases=(WINTER,)).classes("三1").care("Tue", ratio=25).club("合唱", "Tue").done()
    )
    homework, clubs = instance.segments
    later = Timing(start=dt.time(15, 40), end=dt.time(16, 40), phase="冬")
    longer = homework.model_copy(update={"timings": (*homework.timings, later)})
    instance = instance.model_copy(update={"segments": (longer, clubs)})
    takers = {(need.dates, need.high, bool(need.takers)) for need in needs(instance)}
    first, second = 1 << 1, 1 << 6  # the Tuesdays among ten school days
    assert takers == {(first, 2, False), (second, 2, True)}


def test_club_of_two_segments_is_nowhere_where_one_of_them_is_missing() -> None:
    """In the second week there is no second segment, so the club does not take place."""
    instance, _ = (
        Tiny(phases=(WINTER,))
        .classes("三1")
        .care("Tue")
        .club("合唱", "Tue 作业", "Tue 社团", length=2)
        .done()
    )
    homework, clubs = instance.segments
    summer = Period(start=dt.date(2026, 9, 7), end=dt.date(2026, 9, 11), name="夏")
    timings = tuple(timing.model_copy(update={"phase": "夏"}) for timing in clubs.timings)
    instance = instance.model_copy(
        update={
            "term": instance.term.model_copy(update={"phases": (summer, WINTER)}),
            "segments": (homework, clubs.model_copy(update={"timings": timings})),
        }
    )
    takers = {(need.dates, bool(need.takers)) for need in needs(instance)}
    assert takers == {(1 << 1, True), (1 << 6, False)}


def test_assistants_are_there_only_where_children_are() -> None:
    """The choir takes all: where it meets, nobody is in care, and nobody helps there."""
    posts = (PostSpec(role=Role.SUPERVISOR), PostSpec(role=Role.ASSISTANT, count=2))
    demand = derive(
        Tiny()
        .classes("三1", size=10)
        .care("Tue", "Wed", posts=posts)
        .club("合唱", "Tue 作业")
        .done()[0]
    )
    assert [(post.line, post.number, post.need is not None) for post in demand.posts[1:]] == [
        ("看护@三1@2.作业/supervisor1~0", 1, True),
        ("看护@三1@2.作业/assistant1~0", 1, True),
        ("看护@三1@2.作业/assistant2~0", 1, True),
        ("看护@三1@3.作业/supervisor1", 1, False),
        ("看护@三1@3.作业/assistant1", 1, False),
        ("看护@三1@3.作业/assistant2", 2, False),
    ]


def test_club_with_assistants_alone_takes_place_wherever_it_meets() -> None:
    """Nobody is named as its leader, so none can be missing."""
    (need,), sessions = _care_beside_choir(posts=(PostSpec(role=Role.ASSISTANT),))
    assert need.high == 1
    assert not sessions


def test_club_whose_leader_is_missing_sends_its_children_back() -> None:
    _, sessions = _care_beside_choir()
    assert [session.children for session in sessions] == [10, 10]


def test_care_that_meets_once_a_week_is_no_care_of_whoever_remains() -> None:
    """It takes its children out of other care like a club, and meets whether or not any remain."""
    _, sessions = _care_beside_choir(kind=Kind.LATE, posts=(PostSpec(role=Role.ASSISTANT),))
    assert not sessions


def _care_beside_choir(kind: Kind = Kind.CLUB, **choir: Any) -> tuple[list[Need], list[Session]]:
    """A class of ten in care on two Tuesdays, and all ten in a choir that nobody holds."""
    tiny = Tiny().classes("三1", size=10).room("音乐室").care("Tue")
    tiny = tiny.club("合唱", "Tue 作业", **choir).meets("合唱", "Tue 作业", room="音乐室")
    instance, timetable = tiny.done()
    care, club = instance.activities
    activities = (care, club.model_copy(update={"kind": kind}))
    instance = instance.model_copy(update={"activities": activities})
    sessions = expand(derive(instance), timetable)
    return needs(instance), [s for s in sessions if s.post.activity == CARE]
