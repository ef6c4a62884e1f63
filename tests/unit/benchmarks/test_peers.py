"""The methods that are compared: each ends with an audited timetable of a tiny school."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.peers.greedy import by_hand
from benchmarks.peers.local import Search
from benchmarks.peers.methods import METHODS, Method, measured
from benchmarks.peers.mip import highs
from benchmarks.peers.outcome import NotValid, Point, State, improving, judged
from benchmarks.peers.solved import first_whole, followed
from constraints.context import Context
from constraints.examples import Tiny
from instances.generate import Preset, generate
from instances.school import Instance, Pin
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.progress import Control, Progress, Stage
from scheduler.search import Settings

ALONE = Settings(workers=1, seed=0)


def tiny() -> Instance:
    """Two classes in care on three days, four people; a club on one of two days."""
    instance, _ = (
        Tiny()
        .classes("三1", "三2")
        .room("音乐室")
        .staff("王芳", "李明", "张伟", "刘洋")
        .care("Mon", "Tue", "Wed")
        .club("合唱", "Tue", "Thu")
        .done()
    )
    return instance


@pytest.mark.parametrize("name", METHODS)
def test_every_method_ends_with_an_audited_timetable(name: str) -> None:
    found = measured(METHODS[name], tiny(), None, ALONE)
    best = measured(METHODS["engine"], tiny(), None, ALONE)
    assert found["coverage"] == best["coverage"] == 0
    assert found["quality"] >= best["bound"] == best["quality"]
    assert Point.read(found["trace"].split()[-1]).rank == (0, found["quality"])
    if name != "greedy":  # these prove what they find
        assert (found["bound"], found["quality"]) == (best["bound"], best["bound"])
    else:
        assert found["bound"] is None


def test_a_post_that_nobody_can_take_stays_open_and_is_proved_so() -> None:
    instance, _ = Tiny().classes("三1", "三2").staff("王芳").care("Mon", "Tue").done()
    # two classes at once and one person: one of two places open, on 2 days of 2 weeks: 4
    outcome = highs(instance, None, ALONE)
    assert (outcome.last.open, outcome.open_bound) == (4, 4)
    assert outcome.bound is not None


def test_schools_with_pins_are_refused_by_hand() -> None:
    pinned = tiny().model_copy(update={"pins": (Pin(activity="合唱"),)})
    with pytest.raises(ValueError, match="pins"):
        by_hand(Context(pinned), Control(), 0)


def village() -> Context:
    """A village school in which nobody is on leave: no date differs from its week."""
    school = generate(Preset.S, 2)
    staff = tuple(person.model_copy(update={"leave": ()}) for person in school.staff)
    return Context(school.model_copy(update={"staff": staff}))


def test_changes_cost_what_the_audit_counts() -> None:
    context = village()
    search = Search(context, by_hand(context, Control(), 0), 0)
    for _ in range(300):
        search.step()
    still_open = len(search.open)
    before = search.best - audit(context, search.timetable).quality
    for _ in range(300):
        search.step()
    assert len(search.open) == still_open
    after = search.best - audit(context, search.timetable).quality
    assert before == after


def test_local_search_repeats_and_keeps_the_best() -> None:
    context = village()
    start = by_hand(context, Control(), 0)
    found = []
    for _ in range(2):
        search = Search(context, start, 7)
        for _ in range(200):
            search.step()
        assert search.best <= search.cost
        found.append((search.best, search.timetable))
    assert found[0] == found[1]


def test_states_are_judged_in_their_order_and_only_better_ones_count() -> None:
    context = Context(tiny())
    empty, whole = Timetable(), measured_timetable(context)
    timetable, points = judged(
        context, [State(1.0, empty), State(2.0, whole), State(3.0, empty)], ALONE
    )
    assert [point.open == 0 for point in points] == [False, True]
    assert 1 <= points[0].seconds < points[1].seconds
    assert timetable.holders == whole.holders
    with pytest.raises(NotValid):
        judged(context, [], ALONE)


def measured_timetable(context: Context) -> Timetable:
    return METHODS["engine"].run(context.instance, None, ALONE).timetable


def test_only_better_points_stay() -> None:
    points = [Point(2, 0, 50), Point(1, 3, 10), Point(3, 0, 60), Point(4, 0, 40)]
    # three open at first, none with 50 points; 60 is worse, 40 better
    assert [p.seconds for p in improving(points)] == [1, 2, 4]


TOLD: list[tuple[Stage, float, int | None]] = [
    (Stage.COVERAGE, 1.0, 3),
    (Stage.COVERAGE, 2.0, 0),
    (Stage.QUALITY, 3.0, 90),
    (Stage.IMPROVE, 5.0, None),
    (Stage.IMPROVE, 6.0, 80),
    (Stage.IMPROVE, 8.0, 70),
    (Stage.COVERS, 9.0, 0),
    (Stage.AUDIT, 9.5, None),
]


def told() -> list[Progress]:
    return [Progress(stage, seconds, best) for stage, seconds, best in TOLD]


def test_values_of_pools_do_not_count_as_timetables() -> None:
    # the end has 75 points, the last pattern 70: covers cost 5, and so they do at 6 s (80 + 5);
    # at 8 s that is the end's own value, which the audit saw only at 10 s
    trace = followed(told(), Point(10.0, 0, 75), whole=False)
    assert trace == (Point(6.0, 0, 85), Point(10.0, 0, 75))
    # in one model the value of 3 s was of a whole timetable: 90 + 5
    assert followed(told(), Point(10.0, 0, 75), whole=True)[0] == Point(3.0, 0, 95)


def test_the_first_whole_timetable_and_what_follows_it() -> None:
    # covers and audit took 10 - 9 = 1 s
    assert first_whole(told(), Point(10.0, 0, 75), whole=False) == 6 + 1
    assert first_whole(told(), Point(10.0, 0, 75), whole=True) == 2 + 1
    assert first_whole(told(), Point(10.0, 2, 75), whole=True) is None
    assert first_whole([], Point(10.0, 0, 75), whole=False) == 10


def test_what_a_method_says_is_audited_again() -> None:
    wrong = METHODS["engine"].run(tiny(), None, ALONE)

    def boasting(*_: Any) -> Any:
        return replace(wrong, trace=(Point(1.0, 0, -1),))

    with pytest.raises(RuntimeError, match="the audit does not"):
        measured(Method("boasting", boasting), tiny(), None, ALONE)
