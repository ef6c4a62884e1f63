"""On which dates an event could be, and whom it may ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from instances import event_texts
from instances.calendar import Calendar
from instances.event_consent import agreed_to
from instances.event_dates import clock_on, occasions
from instances.events import event_posts
from instances.school import (
    ActivityWish,
    Closure,
    Event,
    FrozenPeriod,
    Instance,
    Period,
    PostSpec,
    Room,
    SchoolClass,
    Segment,
    Staff,
    Term,
    Timing,
)
from instances.validate import validate
from instances.words import Level, Role, Weekday


def october(day: int) -> dt.date:
    return dt.date(2026, 10, day)


def school(**event: Any) -> Instance:
    """Service from 8 to 23 October 2026; holiday on the 14th, exams from the 21st to the 23rd."""
    return Instance(
        term=Term(
            start=october(1),
            end=october(23),
            service_start=october(8),
            holidays=(Period(start=october(14), end=october(14)),),
            frozen=(FrozenPeriod(start=october(21), end=october(23), clubs=True),),
        ),
        segments=(
            Segment(name="低段", timings=(_timing(15, 30, 16, 10),), grades=(1,)),
            Segment(name="一段", timings=(_timing(15, 30, 16, 30),), grades=(2,)),
            Segment(name="二段", timings=(_timing(16, 30, 17, 30),)),
        ),
        classes=(
            SchoolClass(name="一1", grade=1, size=30),
            SchoolClass(name="二1", grade=2, size=30),
        ),
        staff=(Staff(name="王芳", default=Level.WILLING),),
        events=(Event(name="运动会", **event),),
    )


def _timing(a: int, b: int, c: int, d: int) -> Timing:
    return Timing(start=dt.time(a, b), end=dt.time(c, d))


def found(instance: Instance, rehearsal: bool = False) -> list[tuple[int, tuple[str, ...]]]:
    calendar = Calendar(instance.term)
    some = occasions(instance, calendar, instance.events[0], rehearsal)
    return [(one.first.day, one.segments) for one in some]


def test_whole_days_are_service_days_without_exams() -> None:
    """8 and 9 (Thu, Fri), 12, 13, 15, 16, 19, 20: not the holiday, nor the exams."""
    days = [day for day, _ in found(school())]
    assert days == [8, 9, 12, 13, 15, 16, 19, 20]


def test_days_running_do_not_span_a_weekend_or_holiday() -> None:
    assert [day for day, _ in found(school(days=2))] == [8, 12, 15, 19]


def test_a_start_alone_fixes_the_date() -> None:
    assert found(school(start=october(13))) == [(13, ("低段", "一段", "二段"))]


def test_a_window_holds_all_days() -> None:
    assert [day for day, _ in found(school(start=october(12), end=october(16), days=2))] == [12, 15]


def test_weekdays() -> None:
    assert [day for day, _ in found(school(weekdays=(Weekday.TUE,)))] == [13, 20]


def test_one_segment_takes_the_longest_of_those_that_begin_together() -> None:
    assert found(school(start=october(13), length=1)) == [(13, ("一段",)), (13, ("二段",))]


def test_two_segments_follow_one_another() -> None:
    instance = school(start=october(13), length=2)
    assert found(instance) == [(13, ("一段", "二段"))]
    calendar = Calendar(instance.term)
    one = occasions(instance, calendar, instance.events[0])[0]
    assert clock_on(instance, one, one.days[0]) == (dt.time(15, 30), dt.time(17, 30))


def test_segments_named_and_those_of_the_grades() -> None:
    assert found(school(start=october(13), length=1, segments=("低段",))) == [(13, ("低段",))]
    assert found(school(start=october(13), length=1, grades=(1,))) == [
        (13, ("低段",)),
        (13, ("二段",)),
    ]


def test_rehearsals_are_short_and_on_any_day() -> None:
    """Sixteen: 一段 and 二段 on each of the eight days."""
    assert len(found(school(start=october(20)), rehearsal=True)) == 16


def test_days_that_do_not_fit_into_their_dates() -> None:
    instance = school(start=october(12), end=october(13), days=3)
    faults = [flaw.fault for flaw in validate(instance)]
    assert event_texts.END_WITHOUT_DAYS in faults


@pytest.mark.parametrize(
    ("said", "agreed", "waived", "may"),
    [
        (None, False, False, False),
        (None, True, False, True),
        (Level.RATHER_NOT, False, False, True),
        (Level.NO, True, False, False),
        (None, False, True, True),
        (Level.NO, False, True, False),
    ],
)
def test_consent_is_the_events_own(
    said: Level | None, agreed: bool, waived: bool, may: bool
) -> None:
    wishes = () if said is None else (ActivityWish(activity="运动会", level=said),)
    person = Staff(name="王芳", default=Level.PREFERS, activity_wishes=wishes)
    event = Event(name="运动会", agreed=("王芳",) if agreed else (), waived=waived)
    assert agreed_to(person, event) is may


def test_posts_are_one_for_each_person() -> None:
    posts = (PostSpec(role=Role.REFEREE, skills=("体育",), count=2), PostSpec(role=Role.ASSISTANT))
    keys = [post.key for post in event_posts(Event(name="运动会", posts=posts))]
    assert keys == ["referee.1.1", "referee.1.2", "assistant.2.1"]


def said(instance: Instance) -> set[object]:
    return {flaw.fault for flaw in validate(instance)}


def test_two_events_at_one_time_for_the_same_classes_are_noticed() -> None:
    """The one segment of grade 1 on the 13th; in the afternoon of the 13th there are two."""
    one = {"start": october(13), "length": 1, "segments": ("低段",), "classes": ("一1",)}
    first = school(**one)
    second = first.events[0].model_copy(update={"name": "合唱"})
    both = first.model_copy(update={"events": (*first.events, second)})
    assert event_texts.COLLIDE in said(both)
    wider = second.model_copy(update={"segments": ()})
    assert event_texts.COLLIDE not in said(first.model_copy(update={"events": (wider, second)}))
    elsewhere = second.model_copy(update={"classes": ("二1",)})
    beside = first.model_copy(update={"events": (*first.events, elsewhere)})
    assert event_texts.COLLIDE not in said(beside)


def test_venues_closed_and_organizers_away_on_every_date_are_noticed() -> None:
    window = {"start": october(12), "end": october(13), "venues": ("操场",), "people": ("王芳",)}
    instance = school(**window)
    shut = Closure(start=october(12), end=october(13))
    room = Room(name="操场", capacity=300, closures=(shut,))
    away = Period(start=october(12), end=october(13))
    person = instance.staff[0].model_copy(update={"leave": (away,)})
    bad = instance.model_copy(update={"rooms": (room,), "staff": (person,)})
    assert {event_texts.VENUE_CLOSED, event_texts.ORGANIZER_AWAY} <= said(bad)
    half = Closure(start=october(12), end=october(12))
    room = room.model_copy(update={"closures": (half,)})
    good = instance.model_copy(update={"rooms": (room,)})
    assert not {event_texts.VENUE_CLOSED, event_texts.ORGANIZER_AWAY} & said(good)


def test_rehearsals_without_room_before_the_event_are_noticed() -> None:
    """Before the 13th there are the 8th, 9th and 12th: with a gap of 3 days, 12 is too near to
    the 13th, and of 8 and 9 one is left."""
    one = {"start": october(13), "length": 1, "rehearsal_gap": 3}
    assert event_texts.NOT_REHEARSED in said(school(**one, rehearsals=2))
    assert event_texts.NOT_REHEARSED not in said(school(**one, rehearsals=1))


def test_who_agreed_and_says_no_is_noticed() -> None:
    instance = school(agreed=("王芳",))
    wish = ActivityWish(activity="运动会", level=Level.NO)
    person = instance.staff[0].model_copy(update={"activity_wishes": (wish,)})
    assert event_texts.AGREED_AND_NOT not in said(instance)
    assert event_texts.AGREED_AND_NOT in said(instance.model_copy(update={"staff": (person,)}))
