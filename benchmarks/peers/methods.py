"""The methods that are compared, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.local import greedy
from benchmarks.peers.mip import highs
from benchmarks.peers.outcome import Outcome, audited
from benchmarks.peers.solved import direct, solved
from constraints.context import Context
from instances.generate import Preset, generate
from instances.school import Instance
from scheduler.canonical import input_sha256
from scheduler.search import Settings


@dataclass(frozen=True)
class Method:
    """A way to make a timetable: what tables call it, and its function.

    ``stepwise``: it works in stages that depend on the time limit, so that how soon a first
    timetable is there is found with shorter limits.
    """

    title: str
    run: Callable[[Instance, float | None, Settings], Outcome]
    stepwise: bool = False


ENGINE = "engine"
METHODS: dict[str, Method] = {
    ENGINE: Method("Afterschool", solved, stepwise=True),
    "direct": Method("one CP-SAT model", direct),
    "highs": Method("the same model, HiGHS", highs),
    "greedy": Method("greedy + local search", greedy),
}


def peer(method: str, preset: str, seed: int, limit: float | None) -> dict[str, Any]:
    """Run a method on a generated school, in this process; what its record says."""
    instance = generate(Preset(preset), seed)
    return measured(METHODS[method], instance, limit, Settings(seed=0))


def measured(
    method: Method, instance: Instance, limit: float | None, settings: Settings
) -> dict[str, Any]:
    """The figures of a method on a school, its timetable audited once more by itself.

    Raises ``RuntimeError`` if the audit does not count what the method says.
    """
    outcome = method.run(instance, limit, settings)
    found = audited(Context(instance), outcome.timetable)
    last = outcome.last
    if (sum(found.open_by_tier), found.quality) != last.rank:
        raise RuntimeError(f"{method.title} says {last.rank}, the audit does not")
    return {
        "school": input_sha256(instance)[:12],
        "seconds": round(last.seconds, 2),
        "coverage": last.open,
        "coverage_bound": outcome.open_bound,
        "quality": last.quality,
        "bound": outcome.bound,
        "first": None if outcome.first is None else round(outcome.first, 2),
        "trace": " ".join(point.text() for point in outcome.trace),
    }
