"""What follows for children from the data alone: who is in an activity, and never twice."""

from __future__ import annotations

from hypothesis import given

from constraints.examples import Tiny
from instances.activity_texts import CLASS_TWICE
from instances.derivation import derive
from instances.problems import Fault
from instances.school import Instance
from instances.validate import validate
from instances.words import Parity
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
