"""Two hours a day: what was cancelled or moved on a date, and what is nobody's fault.

Care is at 15:30–16:30, clubs at 16:30–17:30; Tuesdays are 8 and 15 September 2026.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from constraints.context import Context
from constraints.examples import CLUBS, Tiny
from constraints.model import Model
from constraints.pools import single_pools
from constraints.rules.service_too_short import ServiceTooShort
from instances.school import Participation, RuleSetting
from instances.timetable import When
from instances.words import Weekday


def short(tiny: Tiny, rule: ServiceTooShort | None = None) -> int:
    """Class-days with too little, as the audit sees them."""
    instance, timetable = tiny.done()
    view = Context(instance).view(timetable)
    return sum(one.amount for one in (rule or ServiceTooShort()).check(view))


def football(*care: str, **more: Any) -> Tiny:
    """An hour of care, and football for the whole class after it."""
    return (
        Tiny()
        .classes("三1", **more)
        .room("操场")
        .care(*(care or ("Tue",)))
        .club("足球", "Tue", capacity=None)
        .meets("足球", "Tue", room="操场")
    )


@pytest.mark.parametrize(
    ("change", "days"),
    [
        pytest.param({}, 0, id="as planned"),
        pytest.param({"cancelled": True}, 1, id="cancelled on the 8th, and nothing instead"),
        # the 10th is a Thursday, on which the school offers nothing else: 60 of 0 asked for
        pytest.param({"to": When(date=dt.date(2026, 9, 10), segment=CLUBS)}, 1, id="moved away"),
        pytest.param({"open": True}, 0, id="nobody leads it: an open post"),
    ],
)
def test_what_takes_place_on_the_date_counts(change: dict[str, Any], days: int) -> None:
    assert short(football().instead("足球", 8, **change)) == days


def test_children_of_a_cancelled_club_go_back_to_care() -> None:
    tiny = football("Tue", f"Tue {CLUBS}")
    assert short(tiny.instead("足球", 8, cancelled=True)) == 0


def test_a_merged_class_is_served_where_it_went() -> None:
    tiny = Tiny().classes("三1", "三2", size=20).care("Tue", f"Tue {CLUBS}").joins("三2", "三1", 8)
    assert short(tiny) == 0


def test_care_that_is_cancelled_is_missed() -> None:
    # 120 minutes were planned on each Tuesday; on the 8th the hour of homework is cancelled
    assert short(football().instead("看护", 8, cancelled=True)) == 1


def test_who_goes_home_is_owed_nothing() -> None:
    early = Participation(share=0, weekday=Weekday.TUE, segment=CLUBS)
    tiny = football(participation=(early,))
    assert short(tiny.instead("足球", 8, cancelled=True)) == 0


def test_an_activity_that_meets_nowhere_is_an_open_post_alone() -> None:
    tiny = (
        Tiny()
        .classes("三1")
        .room("操场")
        .care("Tue", "Thu")
        .club("足球", "Tue", "Thu", capacity=None)
    )
    assert short(tiny) == 0


def test_less_may_be_asked_for_and_of_some_grades_alone() -> None:
    tiny = football().instead("足球", 8, cancelled=True)
    assert short(tiny, ServiceTooShort(minutes=60)) == 0
    other = RuleSetting(rule="service-too-short", grades=(4,))
    assert short(tiny, ServiceTooShort(setting=other)) == 0
    mine = RuleSetting(rule="service-too-short", grades=(3,))
    assert short(tiny, ServiceTooShort(setting=mine)) == 1


def test_no_variable_where_care_alone_fills_the_time() -> None:
    instance, _ = football("Tue", f"Tue {CLUBS}").done()
    context = Context(instance)
    model = Model(context, single_pools(context.demand))
    before = len(model.cp.proto.variables)
    ServiceTooShort().post(model)
    assert len(model.cp.proto.variables) == before
    assert not model.costs


@pytest.mark.parametrize(("grade", "days"), [(3, 0), (4, 1)])
def test_hours_at_an_event_are_no_lack(grade: int, days: int) -> None:
    """The hour of care of 8 September falls out for a contest of the class's own grade, or not."""
    tiny = Tiny().classes("三1").care(f"Tue {CLUBS}").event("合唱比赛", grades=(grade,))
    assert short(tiny.held("合唱比赛", 8).instead("看护", 8, cancelled=True)) == days
