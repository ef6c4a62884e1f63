"""What follows for children from the data alone: who is in an activity, and never twice."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from constraints.examples import Tiny
from instances.activity_texts import CLASS_TWICE, EXERCISE_NOT_OFFERED, SERVICE_TOO_SHORT
from instances.derivation import derive
from instances.problems import Fault
from instances.school import Instance, Participation
from instances.validate import validate
from instances.words import Family, Parity, Weekday
from tests.helpers.any_schools import schools


def faults(tiny: Tiny) -> list[Fault]:
    return [flaw.fault for flaw in validate(tiny.done()[0])]


@given(schools())
def test_nobody_is_in_an_activity_that_is_not_for_their_class(school: Instance) -> None:
    """So no rule needs to look for a grade outside a club's range."""
    demand = derive(school)
    for post in demand.posts:
        attending = school.attending(school.activity_by_name[post.activity])
        assert set(post.classes) <= {one.name for one in attending}
    for name, children in demand.taken.items():
        attending = school.attending(school.activity_by_name[name])
        assert set(children) <= {one.name for one in attending}


@given(schools())
def test_no_activity_takes_more_children_of_a_class_than_it_has(school: Instance) -> None:
    sizes = {one.name: one.size for one in school.classes}
    for children in derive(school).taken.values():
        assert all(0 <= count <= sizes[name] for name, count in children.items())


def test_class_in_two_activities_at_fixed_slots() -> None:
    exercise = Tiny().classes("三1").exercise("体育锻炼", "Tue", "Thu")
    assert CLASS_TWICE in faults(exercise.exercise("武术", "Tue"))


def test_whole_class_activities_in_alternate_weeks_or_beside_care() -> None:
    exercise = Tiny().classes("三1").exercise("体育锻炼", "Tue", parity=Parity.ODD)
    exercise = exercise.exercise("武术", "Tue", parity=Parity.EVEN).care("Tue 社团")
    assert CLASS_TWICE not in faults(exercise)


def said(tiny: Tiny, fault: Fault) -> list[str]:
    flaws = validate(tiny.done()[0])
    return [fault.message(**flaw.facts).text("en") for flaw in flaws if flaw.fault is fault]


def test_less_than_two_hours_of_service() -> None:
    """Care from 15:30 to 16:30 on both days, on Tuesday a club until 17:30: 60 and 120 minutes."""
    school = Tiny().classes("一1", "一2", grade=1).care("Tue", "Wed").club("合唱", "Tue")
    assert said(school, SERVICE_TOO_SHORT) == [
        "On Wed, 一1, 一2 have 60 minutes of service, less than 120."
    ]


def test_a_school_that_asks_for_an_hour_is_content_with_an_hour() -> None:
    school = Tiny().classes("一1", grade=1).care("Tue", "Wed")
    hour = school.setting("service-too-short", parameters={"minutes": 60})
    assert said(hour, SERVICE_TOO_SHORT) == []


def test_a_class_that_does_not_stay_needs_no_service() -> None:
    nobody = (Participation(share=Decimal(0), weekday=Weekday.WED),)
    school = Tiny().classes("一1", participation=nobody).care("Tue", "Tue 社团", "Wed")
    assert said(school, SERVICE_TOO_SHORT) == []


def test_exercise_every_day_is_asked_for_and_not_offered() -> None:
    school = Tiny().classes("三1").care("Tue", "Wed", "Thu").exercise("体育锻炼", "Tue")
    school = school.club("班级足球", "Wed", capacity=None, family=Family.SPORTS)
    school = school.club("篮球", "Thu", family=Family.SPORTS)
    assert said(school, EXERCISE_NOT_OFFERED) == []
    school = school.setting("exercise-missing")
    assert said(school, EXERCISE_NOT_OFFERED) == [
        "Exercise is asked for every day, but 三1 have none to take part in on Thu."
    ]
