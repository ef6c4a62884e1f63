"""What a rerun of a large school proves to have to stay open."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from instances.school import Period
from scheduler.audit import audit
from scheduler.progress import Control
from scheduler.rerun.fewest import Search
from scheduler.rerun.reference import Matched, Reference
from scheduler.rerun.request import Request
from scheduler.rerun.rerun import rerun
from tests.helpers.published import publish
from tests.unit.scheduler.terms import ONE

SINCE = dt.date(2026, 9, 8)
AWAY = Period(start=dt.date(2026, 9, 15), end=dt.date(2026, 9, 15))


def few() -> Tiny:
    """Two classes in care on Tuesdays, the 8th and the 15th, and 王芳 alone, who is away on the
    15th: one place is open on the 8th, and two on the 15th."""
    tiny = Tiny().classes("三1", "三2").staff("王芳", leave=(AWAY,)).care("Tue")
    return tiny.holds("王芳", "看护", "Tue", school_class="三1")


def test_the_relaxation_says_how_many_places_any_pattern_leaves_open() -> None:
    instance, timetable = few().done()
    reference = Reference(instance, timetable, SINCE)
    context = Context(instance, history=reference.history)
    search = Search(Matched(context, reference), timetable, (), (), Control(), ONE)
    bounds = search.least_open()
    assert bounds is not None
    assert sum(bounds) == 3


def test_a_rerun_without_a_change_proves_what_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large school: not by a model of pools, which takes minutes there."""
    monkeypatch.setattr("scheduler.rerun.rerun.is_small", lambda _: False)
    monkeypatch.setattr("scheduler.rerun.rerun.coverage_bound", None)
    old = publish(few())
    new = rerun(Request(old.instance, old, old.timetable, SINCE), settings=ONE)
    level = new.result.level("coverage")
    assert level is not None
    context = Context(old.instance)
    assert level.value == sum(audit(context, new.timetable).open_by_tier)
    assert (level.value, level.bound) == (3, 3)
