"""Running CP-SAT on a model: limits, hints, progress, interruption."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal as OneOf

from ortools.sat.python import cp_model, cp_model_helper

from constraints.model import Expr
from scheduler.progress import Control, Stage

Outcome = OneOf["optimal", "feasible", "infeasible", "unknown"]

_OUTCOMES: dict[cp_model.CpSolverStatus, Outcome] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
}


FEW_WORKERS = 4


@dataclass(frozen=True)
class Settings:
    """How to search: number of workers (``None``: as many as there are cores) and the seed.

    ``timed``: what runs beside others, so that it would not repeat anyhow, keeps to the seconds
    of its effort even where the solve has no time limit.
    """

    workers: int | None = None
    seed: int = 0
    timed: bool = False

    @property
    def cores(self) -> int:
        """The number of workers, counted."""
        return self.workers or available_cores()


@dataclass(frozen=True)
class Effort:
    """How long a search may take: seconds where there is a time limit, else deterministic time.

    ``share``: part of the seconds left that it may use. ``brief``: a small part of a model, of
    which no time should go into what pays off only in long searches. ``light``: the model is
    large and all but solved, so that simplifying it would take longer than the search.
    ``patience``: so many times the seconds where nothing better has been found by then; for branch
    and cut alone.
    """

    deterministic: float
    share: float = 1.0
    seconds: float = math.inf
    brief: bool = False
    light: bool = False
    patience: float = 1.0


@dataclass(frozen=True)
class Task:
    """How a model is searched: who may stop it, with how many workers, how long, at which stage.

    ``known_bound``: what is told as proved meanwhile, where the model is a part of the whole.
    """

    control: Control
    settings: Settings
    effort: Effort
    stage: Stage
    known_bound: int | None = None


@dataclass(frozen=True)
class Found:
    """What a search found: ``value`` and ``bound`` of its objective, and the variables."""

    outcome: Outcome
    value: int
    bound: int
    solution: cp_model.CpSolver | None

    @property
    def proved(self) -> bool:
        return self.outcome == "optimal"

    def true(self, literal: cp_model.IntVar) -> bool:
        assert self.solution is not None
        return self.solution.boolean_value(literal)


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _use_workers(parameters: cp_model_helper.SatParameters, workers: int) -> None:
    """A strong linear relaxation first (measured: it proves in seconds what others do not in
    minutes); with a second core a worker that restarts; with many, the usual portfolio.
    """
    parameters.num_workers = workers
    if workers == 1:
        parameters.linearization_level = 2
    elif workers < FEW_WORKERS:
        parameters.subsolvers.extend(["max_lp", "quick_restart", "default_lp"][:workers])


def complete_hint(cp: cp_model.CpModel) -> int | None:
    """Extend the hints of a model to all its variables; the objective there.

    ``None`` if the hints cannot be extended to a solution: then they stay as they are.
    """
    solver = cp_model.CpSolver()
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 2
    solver.parameters.catch_sigint_signal = False
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    hint_all(cp, solver)
    return round(solver.objective_value)


def hint_all(cp: cp_model.CpModel, solution: cp_model.CpSolver) -> None:
    """Hint every variable of a model as a solution has it, in place of what was hinted before."""
    values = list(solution.response_proto.solution)
    cp.clear_hints()  # type: ignore[no-untyped-call]
    cp.proto.solution_hint.vars.extend(range(len(values)))
    cp.proto.solution_hint.values.extend(values)


class _Reporter(cp_model.CpSolverSolutionCallback):
    def __init__(self, tell: Callable[[int, float], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(round(self.objective_value), self.best_objective_bound)


def search(
    cp: cp_model.CpModel,
    objective: Expr,
    control: Control,
    settings: Settings,
    effort: Effort,
    stage: Stage,
    known_bound: int | None = None,
    *,
    told: bool = True,
) -> Found:
    """Minimise ``objective``; whatever happens, the best found and a valid bound are returned.

    ``told``: whether its value means something to whoever follows the progress.

    ``known_bound`` is what is told as proved while the search runs, where the model is a
    part of the whole and its own bound proves nothing for it.
    """
    if isinstance(objective, int):
        cp.clear_objective()  # type: ignore[no-untyped-call]
    else:
        cp.minimize(objective)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = settings.seed
    parameters.catch_sigint_signal = False
    _use_workers(parameters, settings.cores)
    if effort.brief or effort.light:
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    if effort.light:
        parameters.max_presolve_iterations = 1
    if control.left is None:
        parameters.max_deterministic_time = effort.deterministic
    else:
        seconds = min(effort.seconds, control.left * effort.share)
        parameters.max_time_in_seconds = max(0.05, seconds)
    best: list[int | None] = [None]

    def tell(value: int | None, bound: float) -> None:
        if not told:
            control.tell(stage)
            return
        best[0] = best[0] if value is None else value
        proved = max(0, math.ceil(bound - 1e-6)) if known_bound is None else known_bound
        control.tell(stage, best[0], proved)

    solver.best_bound_callback = lambda bound: tell(None, bound)
    with control.running(solver.stop_search):
        status = solver.solve(cp, _Reporter(tell))
    outcome = _OUTCOMES.get(status, "unknown")
    if outcome in ("optimal", "feasible"):
        if isinstance(objective, int):
            return Found(outcome, objective, objective, solver)
        value = round(solver.objective_value)
        bound = value if outcome == "optimal" else math.ceil(solver.best_objective_bound - 1e-6)
        return Found(outcome, value, bound, solver)
    bound = 0 if outcome == "infeasible" else max(0, math.ceil(solver.best_objective_bound - 1e-6))
    return Found(outcome, 0, bound, None)
