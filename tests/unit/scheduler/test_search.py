"""Searches end when they are told to, with the best they have and a bound that holds."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.model import Expr
from instances.generate import Preset, generate
from scheduler.audit import audit
from scheduler.progress import Control, Progress, Stage
from scheduler.result import Published
from scheduler.search import (
    FEW_WORKERS,
    Effort,
    Found,
    Settings,
    _use_workers,
    available_cores,
    complete_hint,
    search,
)
from scheduler.solve import solve
from tests.unit.scheduler.terms import ONE

ENOUGH = Effort(deterministic=5)


def ruler(marks: int) -> tuple[cp_model.CpModel, Expr]:
    """A Golomb ruler: marks with all distances different; easy to draw, hard to prove shortest."""
    cp = cp_model.CpModel()
    longest = marks * marks
    places = [cp.new_int_var(0, longest, "") for _ in range(marks)]
    cp.add(places[0] == 0)
    distances = []
    for n, place in enumerate(places):
        for other in places[:n]:
            distance = cp.new_int_var(1, longest, "")
            cp.add(distance == place - other)
            distances.append(distance)
    cp.add_all_different(distances)
    return cp, places[-1] + 0


def run(
    marks: int, control: Control | None = None, effort: Effort = ENOUGH, known: int | None = None
) -> Found:
    cp, length = ruler(marks)
    return search(cp, length, control or Control(), ONE, effort, Stage.QUALITY, known)


def test_what_is_proved_has_equal_value_and_bound() -> None:
    found = run(5)
    # the shortest ruler of five marks is 0 1 4 9 11
    assert (found.outcome, found.value, found.bound, found.proved) == ("optimal", 11, 11, True)


def test_effort_without_a_time_limit_is_deterministic() -> None:
    short = Effort(deterministic=0.3)
    one, same = run(12, effort=short), run(12, effort=short)
    assert one.outcome == "feasible"
    assert not one.proved
    # the shortest ruler of twelve marks is 85 long
    assert one.bound <= 85 <= one.value
    assert (one.value, one.bound) == (same.value, same.bound)


def test_nothing_found_in_no_time_is_unknown() -> None:
    found = run(12, effort=Effort(deterministic=1e-9))
    assert (found.outcome, found.value, found.solution) == ("unknown", 0, None)
    assert 0 <= found.bound <= 85


def test_what_cannot_be_is_infeasible() -> None:
    cp, length = ruler(4)
    cp.add(length <= 5)  # the shortest is 0 1 4 6
    found = search(cp, length, Control(), ONE, ENOUGH, Stage.QUALITY)
    assert (found.outcome, found.bound, found.solution) == ("infeasible", 0, None)


def test_an_objective_without_variables_asks_for_any_solution() -> None:
    cp, _ = ruler(4)
    found = search(cp, 7, Control(), ONE, ENOUGH, Stage.COVERAGE)
    assert (found.outcome, found.value, found.bound) == ("optimal", 7, 7)
    assert found.solution is not None


def test_values_and_bounds_are_told() -> None:
    told: list[Progress] = []
    run(6, Control(listener=told.append))
    assert {one.stage for one in told} == {Stage.QUALITY}
    values = [one.best for one in told if one.best is not None]
    assert values == sorted(values, reverse=True)
    assert values[-1] == 17  # 0 1 4 10 12 17
    assert all(one.bound is not None and 0 <= one.bound <= 17 for one in told)


def test_only_the_known_bound_is_told_of_a_part() -> None:
    told: list[Progress] = []
    run(6, Control(listener=told.append), known=3)
    assert {one.bound for one in told} == {3}


def stopping(when: Callable[[Progress], bool]) -> Control:
    """A control that another thread stops as soon as something is told."""
    seen, stopped = threading.Event(), threading.Event()

    def listen(progress: Progress) -> None:
        if when(progress) and not seen.is_set():
            seen.set()
            stopped.wait()

    control = Control(listener=listen)

    def watch() -> None:
        seen.wait()
        control.stop()
        stopped.set()

    threading.Thread(target=watch, daemon=True).start()
    return control


def test_another_thread_ends_a_search_with_the_best_so_far() -> None:
    control = stopping(lambda progress: progress.best is not None)
    found = run(14, control, Effort(deterministic=1e6))
    assert control.stopped
    assert found.outcome == "feasible"
    # the shortest ruler of fourteen marks is 127 long
    assert found.bound <= 127 <= found.value


def honest(published: Published) -> None:
    """Audited, with bounds that do not exceed values, and no claim beyond them."""
    result = published.result
    judged = audit(Context(published.instance), published.timetable)
    assert judged.hard == ()
    assert result.hard_findings == 0
    assert judged.points == result.soft
    assert judged.open_by_tier == result.tiers
    assert all(0 <= level.bound <= level.value for level in result.levels)
    proved = all(level.proved for level in result.levels)
    assert (result.status == "optimal") <= proved
    coverage = result.level("coverage")
    assert coverage is not None
    if result.gap is not None:
        assert coverage.proved


def test_a_solve_stopped_at_its_first_pattern_returns_it_audited() -> None:
    control = stopping(lambda one: one.stage is Stage.QUALITY and one.best is not None)
    published = solve(generate(Preset.S, 1), control, ONE)
    honest(published)
    assert published.result.interrupted
    assert published.result.status == "feasible"
    assert published.result.uncovered_sessions == 0  # coverage was found before


def test_a_solve_stopped_while_it_prepares_returns_a_timetable() -> None:
    control = stopping(lambda one: one.stage is Stage.PREPARE)
    published = solve(generate(Preset.S, 1), control, ONE)
    honest(published)
    assert published.result.interrupted


@pytest.mark.parametrize("method", ["staged", "direct"])
def test_half_a_second_gives_an_audited_timetable_and_an_honest_status(method: str) -> None:
    assert method in ("staged", "direct")
    published = solve(
        generate(Preset.S, 1),
        Control(time_limit=0.5),
        ONE,
        method="direct" if method == "direct" else "staged",
    )
    honest(published)
    assert not published.result.interrupted
    if not published.timetable.holders:
        assert published.result.status != "optimal"
        assert published.result.gap is None


def test_no_time_at_all_gives_an_audited_timetable_too() -> None:
    published = solve(generate(Preset.S, 1), Control(time_limit=0.0), ONE)
    honest(published)


def test_a_hint_is_completed_with_the_value_of_its_objective() -> None:
    cp = cp_model.CpModel()
    x, y = cp.new_int_var(0, 9, "x"), cp.new_int_var(0, 9, "y")
    cp.add(x + y == 7)
    cp.minimize(2 * x + y)
    cp.add_hint(x, 4)
    assert complete_hint(cp) == 11  # 2 * 4 + 3
    assert dict(zip(cp.proto.solution_hint.vars, cp.proto.solution_hint.values, strict=True)) == {
        x.index: 4,
        y.index: 3,
    }


def test_a_hint_that_leads_nowhere_is_left_as_it_is() -> None:
    cp = cp_model.CpModel()
    x, y = cp.new_int_var(0, 9, "x"), cp.new_int_var(0, 3, "y")
    cp.add(x + y == 7)
    cp.minimize(x)
    cp.add_hint(x, 1)  # y would be 6
    assert complete_hint(cp) is None
    assert list(cp.proto.solution_hint.values) == [1]


@pytest.mark.parametrize(
    ("workers", "subsolvers"), [(1, 0), (2, 2), (3, 3), (FEW_WORKERS, 0), (8, 0)]
)
def test_few_workers_are_chosen_by_name(workers: int, subsolvers: int) -> None:
    parameters = cp_model.CpSolver().parameters
    _use_workers(parameters, workers)
    assert parameters.num_workers == workers
    assert len(parameters.subsolvers) == subsolvers
    assert (parameters.linearization_level == 2) is (workers == 1)


def test_workers_are_as_many_as_cores_unless_said() -> None:
    assert available_cores() >= 1
    assert Settings().workers is None
    assert Settings().cores == available_cores()
    assert Settings(workers=3).cores == 3
