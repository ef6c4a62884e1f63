"""A timetable in a moment: every must kept, and nearly everything filled."""

from __future__ import annotations

import pytest

from constraints.context import Context
from constraints.examples import Tiny
from constraints.pools import merged_pools
from instances.generate import Preset, generate
from instances.timetable import Timetable
from instances.words import Role, Weekday
from scheduler.audit import Audit, audit
from scheduler.greedy import quick_timetable
from scheduler.progress import Control
from scheduler.search import Effort
from scheduler.weekly import pinned_lines
from tests.helpers.random_schools import random_school
from tests.unit.scheduler.terms import ONE

DATED = {"on-leave", "room-closed", "cap-day-exceeded"}


def quick(context: Context) -> tuple[Timetable, Audit]:
    pools = merged_pools(context, pinned_lines(context))
    timetable = quick_timetable(context, pools, Control(), ONE)
    assert timetable is not None
    return timetable, audit(context, timetable)


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_generated_school_is_nearly_covered(seed: int) -> None:
    context = Context(generate(Preset.S, seed))
    timetable, judged = quick(context)
    assert {finding.rule for finding in judged.hard} <= DATED
    wanted = len(timetable.holders) + len(judged.open_lines)
    assert len(judged.open_lines) <= wanted * 0.15  # the schools have 10-20 % of slack


def test_places_are_looked_for_again_where_a_short_search_finds_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scheduler.greedy.PLACES", Effort(deterministic=0.0))
    context = Context(generate(Preset.S, 1))
    timetable, judged = quick(context)
    assert timetable.placements
    assert {finding.rule for finding in judged.hard} <= DATED


@pytest.mark.parametrize("seed", range(25))
def test_musts_hold_in_awkward_schools(seed: int) -> None:
    context = Context(random_school(seed).model_copy(update={"pins": ()}))
    pools = merged_pools(context, pinned_lines(context))
    timetable = quick_timetable(context, pools, Control(), ONE)
    if timetable is not None:
        assert {finding.rule for finding in audit(context, timetable).hard} <= DATED


def test_a_forbidding_pin_is_kept() -> None:
    instance, _ = (
        Tiny()
        .staff("王芳", "李明")
        .duty("门岗", "Tue", "Fri")
        .pin("门岗", weekday=Weekday.FRI, staff="王芳", forbid=True)
        .done()
    )
    timetable, judged = quick(Context(instance))
    assert judged.hard == ()
    assert timetable.holders == {"门岗@2.作业/gate1": "王芳", "门岗@5.作业/gate1": "李明"}


@pytest.mark.parametrize("seed", [1, 4])
def test_nothing_is_left_open_where_many_could_take_each_post(seed: int) -> None:
    """Gate duty takes five times of the week, and last, nobody was free at all of them."""
    _, judged = quick(Context(generate(Preset.M, seed)))
    assert [post.line for post in judged.open_lines] == []


def test_who_has_reached_a_cap_hands_on_another_post() -> None:
    """王芳 may work once a week. As home teacher she is given the care of Monday first; only she
    can patrol on Tuesday, so 李明 takes her class on Monday."""
    instance, _ = (
        Tiny()
        .classes("三1", home_teacher="王芳")
        .staff("王芳", cap_week=1)
        .staff("李明")
        .care("Mon")
        .duty("巡查", "Tue", role=Role.PATROL, staff=("王芳",))
        .done()
    )
    timetable, judged = quick(Context(instance))
    assert judged.open_lines == ()
    assert sorted(timetable.holders.values()) == ["李明", "王芳"]


def test_one_hands_a_post_on_to_make_room() -> None:
    # Only 王芳 and 李明 can lead the duty; the gate is open to all. Wherever they begin, the
    # duty and both gate posts of Tuesday are filled by the three of them.
    instance, _ = (
        Tiny()
        .staff("王芳", "李明", "张伟", skills=())
        .duty("门岗", "Tue", posts=())
        .duty("值班", "Tue", role=Role.DUTY_LEADER, staff=("王芳", "李明"))
        .duty("巡查", "Tue", role=Role.PATROL, staff=("王芳", "李明"))
        .done()
    )
    timetable, judged = quick(Context(instance))
    assert judged.open_lines == ()
    assert len(timetable.holders) == 3
