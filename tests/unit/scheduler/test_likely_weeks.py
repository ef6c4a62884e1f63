"""What whole weeks would have people do: possible, near, and with a bound that holds."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import numpy as np
import pytest

from constraints.context import Context
from constraints.model import total
from constraints.pools import merged_pools
from instances.generate import Preset, generate_with_plan
from instances.timetable import Timetable
from instances.words import TIERS
from scheduler.areas import POINT, PRICE, Areas
from scheduler.audit import audit
from scheduler.guide import OPEN, Guide
from scheduler.incumbent import hint
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.search import Effort, complete_hint, search
from scheduler.whole_weeks import WholeWeeks
from tests.helpers.random_schools import random_school
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import planted


def weeks_of(guide: Guide, areas: Areas, control: Control | None = None) -> LikelyWeeks:
    return LikelyWeeks(guide, areas, control or Control(), workers=1)


@cache
def two_areas() -> tuple[Guide, Areas, Timetable]:
    """A school whose classes are in two areas, with its planted timetable."""
    instance, plan = generate_with_plan(Preset.S, 2)
    context = Context(instance)
    areas = Areas(context.demand)
    grades = {one.name: one.grade for one in instance.classes}
    areas.of_class = {name: int(grade > 3) for name, grade in grades.items()}
    areas._cared = {
        post.line: area for post in context.demand.posts if (area := areas._area(post)) is not None
    }
    guide = Guide(context, areas.split(merged_pools(context)))
    timetable = plan.model_copy(update={"changes": {}})
    assert guide.near(timetable, 1, Control()) is not None
    return guide, areas, timetable


def test_it_names_people_who_may_and_knows_its_last_answer() -> None:
    guide, areas, timetable = two_areas()
    weeks = weeks_of(guide, areas)
    assert weeks.latest is None
    assert not weeks.begun.is_set()
    advice = weeks.near(timetable, 1)
    assert advice is not None
    assert weeks.begun.is_set()
    assert weeks.latest is advice
    assert weeks.near(timetable, 2) is advice
    other = timetable.model_copy()
    assert weeks.near(other, 2) is not advice
    for pool in guide.pools:
        assert set(advice.people[pool.post.key]) <= set(guide.context.admitted(pool.post))


def test_it_stays_near_to_a_timetable_that_is_good() -> None:
    """What it takes first is followed a little: most of it is taken again from there."""
    guide, areas, timetable = two_areas()
    weeks = weeks_of(guide, areas)
    advice = weeks.near(timetable, 1)
    assert advice is not None
    kept = held = 0
    for pool in guide.pools:
        here = {timetable.holders.get(post.line) for post in pool.posts} - {None}
        held += len(here)
        kept += len(here & set(advice.people[pool.post.key]))
    assert kept > held / 2


def test_whoever_cares_in_an_area_pays_for_it_once() -> None:
    guide, areas, timetable = two_areas()
    weeks = weeks_of(guide, areas)
    assert len({area for _, area in areas.held(timetable)}) == 2
    form = weeks._form
    cp = guide.model.cp
    cp.clear_hints()  # type: ignore[no-untyped-call]
    hint(guide.model, timetable)
    known = complete_hint(cp)
    assert known is not None
    values = np.array(list(cp.proto.solution_hint.values))
    cared = [int(values[group].max()) for group in weeks._cared]
    everything = np.append(values, cared)
    assert form.holds(everything)
    for n, one in enumerate(cared):
        if one:  # not without paying
            fewer = everything.copy()
            fewer[len(values) + n] = 0
            assert not form.holds(fewer)
    # one variable for each person and area held in the timetable, 3 points each
    assert sum(cared) == len(areas.held(timetable))
    assert form.value(everything) == known + PRICE // POINT * sum(cared)


def test_no_timetable_is_below_its_bound() -> None:
    """Nor is the relaxation above it, at the true costs; areas are not paid for there."""
    guide, areas, timetable = two_areas()
    weeks = weeks_of(guide, areas)
    assert weeks.bound(lambda: True) == 0  # nothing is known yet
    assert weeks.near(timetable, 1) is not None
    bound = weeks.bound(lambda: True)
    assert 0 < bound <= audit(guide.context, timetable).quality
    objective = guide.model.quality + OPEN * total(guide.model.open_by_tier)
    best = search(guide.model.cp, objective, Control(), ONE, Effort(20), Stage.QUALITY)
    assert best.solution is not None
    assert guide.bound(0, Control()) - 2 <= bound <= best.value
    assert weeks.bound(lambda: False) <= bound
    assert weeks.near(timetable.model_copy(), 2) is not None  # and it goes on from there


def test_random_schools_have_no_timetable_below_it() -> None:
    positive = 0
    for seed in range(6):
        school = random_school(seed).model_copy(update={"pins": (), "events": ()})
        context = Context(school)
        guide = Guide(context, merged_pools(context))
        weeks = weeks_of(guide, Areas(context.demand))
        nothing = Timetable()
        if guide.near(nothing, 1, Control()) is None or weeks.near(nothing, 1) is None:
            continue
        bound = weeks.bound(lambda: True)
        objective = guide.model.quality + OPEN * total(guide.model.open_by_tier)
        best = search(guide.model.cp, objective, Control(), ONE, Effort(20), Stage.QUALITY)
        if best.proved:
            assert bound <= best.value
            positive += bound > 0
    assert positive > 1


def test_without_time_or_a_relaxation_nothing_is_known() -> None:
    guide, _ = planted()
    _, start = planted()
    areas = Areas(guide.context.demand)
    assert weeks_of(guide, areas, Control(0.0)).near(start.timetable, 1) is None
    fresh = Guide(guide.context, guide.pools)
    assert weeks_of(fresh, areas).near(start.timetable, 1) is None


def test_whoever_stops_it_before_there_is_a_mixture_gets_nothing_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide, areas, timetable = two_areas()
    control = Control()
    weeks = weeks_of(guide, areas, control)
    price = WholeWeeks._at

    def stopped(self: WholeWeeks, prices: Any) -> float:
        found = price(self, prices)
        control.stop()
        return found

    monkeypatch.setattr(WholeWeeks, "_at", stopped)
    advice = weeks.near(timetable, 1)
    assert advice is not None
    assert not any(advice.people.values())
    assert weeks.near(timetable.model_copy(), 2) is None


def test_whoever_asks_at_the_same_time_for_the_same_gets_the_same() -> None:
    guide, areas, timetable = two_areas()
    weeks = LikelyWeeks(guide, areas, Control(), workers=2)
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda seed=seed: found.append(weeks.near(timetable, seed)))
        for seed in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] is found[1] is weeks.latest
    assert len(TIERS) == len(audit(guide.context, timetable).open_by_tier)
