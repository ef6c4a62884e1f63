"""Clubs that are settled, and around a timetable: what may move then, and what is known."""

from __future__ import annotations

from scheduler.audit import audit
from scheduler.guide import Guide
from scheduler.needs import NeedCuts
from scheduler.progress import Control
from scheduler.relaxation import Relaxation
from scheduler.settling import around, settled
from tests.unit.scheduler.test_advised import planted


def fresh() -> Guide:
    guide, _ = planted()
    return Guide(guide.context, guide.pools)


def test_settled_clubs_are_at_one_time_each() -> None:
    guide, (_, start) = fresh(), planted()
    found = settled(guide, start.timetable, 0, Control())
    assert found is not None
    assert found.weeks is not None
    advice = found.advice(found.weeks.taken())
    assert {len(options) for options in advice.options.values()} == {1}
    assert advice.options.keys() == guide.context.demand.options.keys()
    placed = {key: literal.index for key, literal in guide.model.placed.items()}
    chosen = {key for key, column in placed.items() if found.form.lower[column] == 1.0}
    assert {name: {option} for name, option in chosen} == advice.options
    assert all(found.form.upper[placed[key]] == 0.0 for key in placed.keys() - chosen)
    # the relaxation of all times is as it was but for cuts, and bounds what settled clubs can be
    loose, held = (Relaxation(guide.model.cp, one.form) for one in (guide, found))
    assert loose.solve(None)
    assert held.solve(None)
    assert loose.bound() <= held.bound()


def test_what_is_known_after_it_proves_a_bound_at_once() -> None:
    """The planted plan is a timetable, so no bound is above it; the same proof without what is
    known begins with the relaxation, whose bound whole weeks raise."""
    guide, (_, start) = fresh(), planted()
    assert settled(guide, start.timetable, 0, Control()) is not None
    assert guide.known is not None
    assert len(guide.known.plans) > len(guide.context.people)
    relaxed = Relaxation(guide.model.cp, guide.form)
    assert relaxed.solve(None)
    quality = audit(guide.context, start.timetable).quality
    assert relaxed.bound() <= guide.bound(0, Control()) <= quality


def test_adults_are_needed_for_the_children_whom_no_club_takes() -> None:
    """By hand: for each adult, more children than fewer adults may have stay."""
    guide, (_, start) = fresh(), planted()
    values = guide.solution(start.timetable)
    assert values is not None
    needed = NeedCuts(guide.model).needed(values)
    assert needed
    for (key, number), active in guide.model.active.items():
        need = guide.model.demand.needs[key]
        away = sum(
            one.children
            for one in need.takers
            if one.option is not None
            and values[guide.model.placed[one.activity, one.option].index] == 1.0
        )
        assert needed[active.index] == (need.base - away > need.ratio * (number - 1))
        assert needed[active.index] == values[active.index]  # every club has its leader here


def test_around_a_timetable_its_clubs_may_move() -> None:
    guide, (_, start) = fresh(), planted()
    found = around(guide, start.timetable, 0, Control())
    assert found is not None
    assert len(found.form.low) > len(guide.form.low)
    columns = [literal.index for literal in guide.model.placed.values()]
    assert (found.form.upper[columns] == guide.form.upper[columns]).all()


def test_without_time_there_is_none() -> None:
    guide, (_, start) = fresh(), planted()
    assert around(guide, start.timetable, 0, Control(0.0)) is None
    assert settled(guide, start.timetable, 0, Control(0.0)) is None
