"""The bundled schools: complete, sane, and the same as their workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from constraints.catalogue import rulebook
from instances.samples import one_adult, primary_36, rural_6
from instances.school import Instance
from instances.timetable import Place, Placement, Timetable
from instances.validate import validate
from instances.words import Kind, Weekday
from instances.workbook.reader import read_workbook
from scripts.build_samples import FOLDER, SAMPLES
from tests.helpers.plans import Plan


@pytest.mark.parametrize("build", [primary_36.build_with_plan, rural_6.build_with_plan])
def test_planted_timetable_is_complete(build: Callable[[], tuple[Instance, Timetable]]) -> None:
    plan = Plan(*build())
    assert not plan.faults()
    assert 1.1 <= plan.slack() <= 1.25


def test_one_adult_can_do_it_alone() -> None:
    """Garden on Wednesdays, care at all other times: two posts on each of the 89 days."""
    instance = one_adult.build()
    plan = Plan(instance, Timetable())
    (teacher,) = instance.staff
    garden = Placement(places=(Place(weekday=Weekday.WED, segments=("课外活动",)),), room="菜园")
    alone = Timetable(
        placements={"小菜园": garden},
        holders={post.line: teacher.key for post in plan.demand.posts},
    )
    plan = Plan(instance, alone)
    assert not plan.faults()
    assert len(plan.held[teacher.key]) == 2 * 89


@pytest.mark.parametrize("name", SAMPLES)
def test_school_fits_together(name: str) -> None:
    assert not list(validate(SAMPLES[name](), rulebook()))


@pytest.mark.parametrize("name", SAMPLES)
def test_workbook_holds_the_school(name: str) -> None:
    path: Path = FOLDER / name
    reading = read_workbook(path, rulebook())
    assert not reading.problems
    assert reading.instance == SAMPLES[name]()


def test_primary_school_shows_what_a_school_may_say() -> None:
    instance = primary_36.build()
    assert (len(instance.classes), len(instance.staff)) == (36, 90)
    assert [person.number for person in instance.staff if person.name == "王芳"] == [
        "G047",
        "G063",
    ]
    assert [day.date for day in instance.term.make_up_days] == [
        dt.date(2026, 9, 20),
        dt.date(2026, 10, 10),
    ]
    assert {a.kind for a in instance.activities} >= {Kind.CARE, Kind.CLUB, Kind.EXERCISE, Kind.DUTY}
    assert any(activity.rota for activity in instance.activities)
    assert instance.pins
