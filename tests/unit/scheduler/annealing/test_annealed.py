"""Annealing: what it counts is what the model and the checks count, and no must is broken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.every_rule import with_every_rule
from constraints.context import Context
from constraints.examples import Tiny
from constraints.model import Model
from constraints.pools import single_pools
from instances.generate import Preset, generate_with_plan
from instances.school import PostSpec
from instances.timetable import Timetable
from instances.words import Role
from scheduler.annealing import annealed as module
from scheduler.annealing import kernel
from scheduler.annealing.annealed import annealed
from scheduler.annealing.arrays import Program, State
from scheduler.annealing.program import program, state
from scheduler.annealing.reading import Unsuited, read
from scheduler.audit import audit
from scheduler.branch import Values
from scheduler.improve import held_model
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Progress, Stage
from scheduler.relaxation import LinearForm
from scheduler.search import Settings, complete_hint
from scheduler.weekly import Pattern
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import COVERED, planted

DATED = {"on-leave", "room-closed"}
"""Musts that the dated stage sees to."""


@pytest.fixture(autouse=True)
def few_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOVES", 10)
    monkeypatch.setattr(module, "SLICE", 2000)


def every_rule() -> tuple[Context, Pattern]:
    """The planted school with all optional rules on."""
    instance, plan = generate_with_plan(Preset.S, seed=2)
    context = Context(with_every_rule(instance))
    timetable = plan.model_copy(update={"changes": {}})
    return context, Pattern(timetable, COVERED, audit(context, timetable).quality, 0)


def whole(context: Context, start: Timetable) -> Model:
    """The model of everybody who may have each post."""
    model = held_model(
        context,
        single_pools(context.demand),
        start,
        None,
        lambda pool: context.admitted(pool.post),
        tightens=False,
    )
    model.cp.minimize(model.quality)
    return model


def arrays(context: Context, pattern: Pattern) -> tuple[LinearForm, np.ndarray, Program]:
    """What annealing works on, and the solution that a pattern is."""
    model = whole(context, pattern.timetable)
    hint(model, pattern.timetable)
    assert complete_hint(model.cp) is not None
    form = LinearForm(model.cp)
    values = np.array(list(model.cp.proto.solution_hint.values), dtype=np.int64)
    return form, values, program(model, form, read(model, form, values))


def taken(form: LinearForm, values: np.ndarray, made: Program, holders: np.ndarray) -> State:
    """All that follows from some holders, worked out from nothing."""
    other = values.copy()
    other[made.group_columns] = 0
    other[holders] = 1
    found = state(made, form, other, 0)
    assert kernel.begin(made, found) == 0
    return found


@pytest.mark.parametrize("school", ["default", "every rule"])
def test_annealing_betters_a_pattern_and_breaks_nothing(school: str) -> None:
    context, start = (
        every_rule() if school == "every rule" else (planted()[0].context, planted()[1])
    )
    told: list[Progress] = []
    found = annealed(context, start, Control(listener=told.append), ONE)
    judged = audit(context, found.timetable)
    assert found.quality < start.quality
    assert judged.quality <= found.quality  # the model knows of no covers, and is told so
    assert {one.rule for one in judged.hard} <= DATED
    assert judged.open_by_tier == COVERED.tiers
    assert found.timetable.placements == start.timetable.placements
    assert found.timetable.holders.keys() == start.timetable.holders.keys()
    values = [one.best for one in told if one.best is not None]
    assert {one.stage for one in told} == {Stage.IMPROVE}
    assert min(values) == found.quality


def test_a_run_repeats() -> None:
    context, start = planted()[0].context, planted()[1]
    first, again = (annealed(context, start, Control(), ONE) for _ in range(2))
    other = annealed(context, start, Control(), replace(ONE, seed=1))
    assert first == again
    assert first.timetable != other.timetable


def test_several_runs_are_at_least_as_good_as_the_first_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "RUNS", (1.0,))
    context, start = planted()[0].context, planted()[1]
    alone = annealed(context, start, Control(), ONE)
    both = annealed(context, start, Control(), Settings(workers=2, seed=0))
    assert both.quality <= alone.quality


@pytest.mark.parametrize(("workers", "runs"), [(1, 1 + 1), (2, 1 + 2), (3, 2 + 3)])
def test_at_first_there_are_as_many_runs_as_said(
    workers: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two rounds of runs the first has one less."""
    begun, run = list[int](), module._Runs._run

    def counted(self: Any, values: Any, seed: int, *given: Any) -> Any:
        begun.append(seed)
        return run(self, values, seed, *given)

    monkeypatch.setattr(module._Runs, "_run", counted)
    context, start = planted()[0].context, planted()[1]
    first = max(1, workers - 1)
    found = annealed(context, start, Control(), Settings(workers=workers, seed=0), first=first)
    assert found.quality < start.quality
    assert len(begun) == len(set(begun)) == runs


def test_with_few_candidates_those_who_know_the_class_are_among_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "HOLDINGS", 0)
    monkeypatch.setattr(module, "FEWEST", 2)
    context, start = planted()[0].context, planted()[1]
    pools = single_pools(context.demand)
    found = module._candidates(context, pools, start.timetable, 0, 0)
    homes = {one.name: one.home_teacher for one in context.instance.classes}
    for pool in pools:
        able, some = context.admitted(pool.post), found[pool.post.key]
        assert set(some) <= set(able)
        assert len(some) >= min(2, len(able))
        near = {homes[name] for name in pool.post.classes}
        near.add(start.timetable.holders.get(pool.post.line))
        assert near & set(able) <= set(some)
    assert annealed(context, start, Control(), ONE).quality < start.quality


def test_then_those_who_are_there_at_the_same_time_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for a few: nobody who is elsewhere is a candidate while somebody who is there is not."""
    monkeypatch.setattr(module, "FEWEST", 5)
    context, start = planted()[0].context, planted()[1]
    pools, holders = single_pools(context.demand), start.timetable.holders
    found = module._candidates(context, pools, start.timetable, 0, 0)
    there = defaultdict[tuple[int, str], set[str]](set)
    known = defaultdict[str, set[str]](set)
    for one in context.instance.classes:
        known[one.name].add(one.home_teacher or "")
    for post in context.demand.posts:
        for place in module._places(post):
            there[place] |= {holders[post.line]} if post.line in holders else set()
        for name in post.classes:
            known[name] |= {holders[post.line]} if post.line in holders else set()
    seen = set[bool]()
    for pool in pools:
        here = set[str]().union(*(there[place] for place in module._places(pool.post)))
        near = {holders.get(pool.post.line)}.union(*(known[name] for name in pool.post.classes))
        others = set(found[pool.post.key]) - near
        missing = (here - near) & set(context.admitted(pool.post)) - others
        assert not missing or others <= here
        seen.add(bool(missing))
    assert seen == {False, True}


def paying(run: State) -> set[int]:
    """What costs something now; each knows where it is in the list."""
    listed = run.paying[: run.number_paying[0]].tolist()
    assert [int(run.paying_at[column]) for column in listed] == [*range(len(listed))]
    assert int((run.paying_at >= 0).sum()) == len(listed)
    return set(listed)


def test_what_costs_points_is_known_with_the_holdings_it_depends_on() -> None:
    """Giving one of these to somebody else may change the column; nothing else does."""
    context, start = every_rule()
    form, values, made = arrays(context, start)
    run = state(made, form, values, seed=0)
    assert kernel.begin(made, run) == 0
    listed = paying(run)
    assert listed
    for column in listed:
        about = made.about[made.about_starts[column] : made.about_starts[column + 1]]
        assert form.cost[column] > 0
        assert run.values[column] > made.lower[column]
        assert set(about.tolist()) <= set(made.group_columns.tolist())
    others = set(np.nonzero(np.diff(made.about_starts))[0].tolist()) - listed
    assert others
    assert all(run.values[column] == made.lower[column] for column in others)


@pytest.mark.parametrize("change", ["handed on", "weeks"])
def test_what_is_taken_back_leaves_everything_as_it_was(change: str) -> None:
    """Moves of each kind, tried with every post: those that break a must change nothing, the
    others exchange what the two of them hold, as far as each may hold it."""
    context, start = every_rule()
    form, values, made = arrays(context, start)
    run = state(made, form, values, seed=1)
    kernel.begin(made, run)
    before = run.holders.copy()
    gone, come = (np.zeros(kernel.LONGEST, dtype=np.int32) for _ in range(2))
    move = kernel._handed_on if change == "handed on" else kernel._weeks_exchanged
    done = broken = 0
    for group in range(len(before)):
        first, last = made.group_starts[group], made.group_starts[group + 1]
        for column in made.group_columns[first:last].tolist():
            if column == run.holders[group]:
                continue
            two = {int(made.person_of[column]), int(made.person_of[run.holders[group]])}
            length = move(made, run, gone, come, group, column)
            if not length:
                broken += 1
                assert np.array_equal(run.holders, before)
                continue
            done += 1
            people = {int(made.person_of[one]) for one in (*gone[:length], *come[:length])}
            assert two <= people
            assert change == "handed on" or two == people
            for n in range(length - 1, -1, -1):
                kernel._move(made, run, int(made.group_of[gone[n]]), come[n], gone[n])
            assert np.array_equal(run.holders, before)
    assert done > 20
    assert broken > 20


@pytest.mark.parametrize("school", ["default", "every rule"])
@pytest.mark.parametrize("heat", [0.5, 5.0, 1000.0])
def test_what_is_counted_on_the_way_is_what_the_model_counts(school: str, heat: float) -> None:
    """After some thousand moves, hot enough to keep all or too cold for nearly any, every sum,
    column and cost is what it would be if worked out from the holders alone."""
    context, start = (
        every_rule() if school == "every rule" else (planted()[0].context, planted()[1])
    )
    form, values, made = arrays(context, start)
    run = state(made, form, values, seed=3)
    assert kernel.begin(made, run) == 0
    assert int(run.score[0]) == form.value(values)
    kept = kernel.anneal(made, run, 3000, heat)
    assert kept > 0
    again = taken(form, values, made, run.holders)
    assert int(again.score[0]) == int(run.score[0])
    for name in ("values", "used", "sums", "chosen"):
        assert np.array_equal(getattr(again, name), getattr(run, name)), name
    assert paying(again) == paying(run)
    assert not run.waits.any()
    found = again.values.astype(np.int64)
    assert form.holds(found)
    assert form.value(found) == int(run.score[0])
    best = taken(form, values, made, run.best)
    assert int(best.score[0]) == int(run.score[1]) <= form.value(values)


def test_a_run_begins_where_a_limit_does_not_hold_until_somebody_is_there_bug() -> None:
    """That somebody pinned leads a club, and that no newcomer is alone: the runs counted limits
    that hold only with the holders as broken by less than nothing, and were not begun."""
    school, timetable = (
        Tiny()
        .classes("三1")
        .room("音乐室")
        .staff("王芳", "李明")
        .staff("陈静", newcomer=True)
        .care("Tue 作业")
        .exercise("阳光体育", "Thu 社团", posts=(PostSpec(role=Role.SUPERVISOR, count=2),))
        .club("合唱", "Tue", rooms=("音乐室",))
        .pin("合唱", staff="王芳")
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱")
        .holds("李明", "看护", "Tue 作业")
        .done()
    )
    form, values, made = arrays(Context(school), Pattern(timetable, COVERED, 0, 0))
    run = state(made, form, values, seed=0)
    assert (run.sums > made.most).any()
    assert kernel.begin(made, run) == 0


def test_columns_that_follow_are_as_small_as_the_solver_makes_them() -> None:
    """The cost of random holders is the least that the model allows with them."""
    context, start = every_rule()
    form, values, made = arrays(context, start)
    run = state(made, form, values, seed=4)
    kernel.begin(made, run)
    kernel.anneal(made, run, 2000, 1000.0)
    model = whole(context, start.timetable)
    hint(model, read_out(model, Values(run.values.astype(np.int64))))
    assert complete_hint(model.cp) == int(run.score[0])


def test_the_compiled_loop_does_what_its_python_says(monkeypatch: pytest.MonkeyPatch) -> None:
    context, start = every_rule()
    form, values, made = arrays(context, start)
    compiled = state(made, form, values, seed=5)
    kernel.begin(made, compiled)
    kernel.anneal(made, compiled, 300, 4.0)
    for name, function in vars(kernel).copy().items():
        if hasattr(function, "py_func"):
            monkeypatch.setattr(kernel, name, function.py_func)
    plain = state(made, form, values, seed=5)
    kernel.begin(made, plain)
    kernel.anneal(made, plain, 300, 4.0)
    for name in State._fields:
        assert np.array_equal(getattr(compiled, name), getattr(plain, name)), name


def test_a_model_that_is_not_understood_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsuited(*_: object) -> None:
        raise Unsuited("something new")

    context, start = planted()[0].context, planted()[1]
    monkeypatch.setattr(module, "read", unsuited)
    assert annealed(context, start, Control(), ONE) is start


def test_a_solution_that_is_counted_otherwise_is_not_gone_on_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Should a row be misread, its cost shows at once, and nothing is changed."""
    context, start = planted()[0].context, planted()[1]

    def dearer(*given: object) -> Program:
        found = program(*given)  # type: ignore[arg-type]
        return found._replace(cost=found.cost + 1)

    monkeypatch.setattr(module, "program", dearer)
    assert annealed(context, start, Control(), ONE) is start


def test_nothing_is_begun_when_it_is_over() -> None:
    context, start = planted()[0].context, planted()[1]
    stopped = Control()
    stopped.stop()
    assert annealed(context, start, stopped, ONE) is start
    assert annealed(context, start, Control(0.0), ONE) is start
    assert annealed(context, start, Control(5.0), ONE, until=5.0) is start


def test_a_pattern_at_its_bound_is_not_annealed() -> None:
    context, start = planted()[0].context, planted()[1]
    told: list[Progress] = []
    known = replace(start, bound=start.quality)
    assert annealed(context, known, Control(listener=told.append), ONE) is known
    assert told == []
