"""What a rerun costs, in changes and in time, beside solving the changed school anew."""

from __future__ import annotations

from typing import Any

from benchmarks.changes import changed, middle
from constraints.context import Context
from instances.derivation import derive
from instances.generate import Preset, generate
from instances.timetable import expand
from scheduler.audit import audit
from scheduler.changes import changes_between, count
from scheduler.progress import Control
from scheduler.rerun.rerun import Request, rerun
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve


def reruns(
    preset: str, seed: int, time_limit: float | None, cases: int, number: int, anew: int
) -> dict[str, Any]:
    """Solve a school once; then so many reruns, each after ``number`` random changes.

    ``anew``: of how many of them the changed school is also solved without looking back.
    """
    old = solve(generate(Preset(preset), seed), Control(time_limit), Settings(seed=0))
    found = [_case(old, case, number, time_limit if case < anew else 0) for case in range(cases)]
    return {"cases": found, "undo": _undo(old), "nothing": _cost(old, old)}


def _request(old: Published, number: int, case: int) -> Request:
    instance = changed(old.instance, case, number)
    return Request(instance, old, old.timetable, middle(old.instance))


def _case(old: Published, case: int, number: int, anew: float | None) -> dict[str, Any]:
    request = _request(old, number, case)
    new = rerun(request, settings=Settings(seed=0))
    if new.result.hard_findings:
        raise RuntimeError(f"case {case}: the timetable did not pass its audit")
    figures = new.result.changes
    assert figures is not None, "a rerun counts its changes"
    level = new.result.level("coverage")
    assert level is not None
    found: dict[str, Any] = figures.model_dump() | {
        "seconds": new.result.seconds,
        "proved": figures.proved,
        "open": level.value,
        "open_proved": level.proved,
    }
    if anew != 0:
        found["anew"] = _anew(old, request, anew)
    return found


def _anew(old: Published, request: Request, time_limit: float | None) -> int:
    """How many posts change if the changed school is solved without looking back."""
    again = solve(request.instance, Control(time_limit), Settings(seed=0))
    before = expand(derive(old.instance), old.timetable)
    after = expand(derive(again.instance), again.timetable)
    since = request.since
    return count(changes_between(before, after, since), since).posts


def _undo(old: Published) -> int:
    """The cost of undoing a departure, against the second timetable, in its own input."""
    second = rerun(_request(old, 1, 0), settings=Settings(seed=0))
    return _cost(second, second)


def _cost(old: Published, again: Published) -> int:
    """What a rerun costs in which nothing was changed."""
    request = Request(again.instance, old, old.timetable, middle(old.instance))
    new = rerun(request, settings=Settings(seed=0))
    assert new.result.changes is not None
    context = Context(new.instance, history=new.timetable.history)
    assert not audit(context, new.timetable).hard
    return new.result.changes.cost
