"""How well broken schools are explained: the cause found, every way out true, in what time."""

from __future__ import annotations

from typing import Any

from benchmarks.broken import broken
from instances.school import Instance
from scheduler.explain.arranging import applied
from scheduler.explain.explain import explain
from scheduler.explain.fixes import Fix
from scheduler.explain.standing import Answer, standing
from scheduler.progress import Control
from scheduler.search import Settings

AGAIN = 60.0
"""Seconds for solving a changed school once more, from nothing."""


def explained(preset: str, cases: int) -> dict[str, Any]:
    """Explain so many broken schools; every way out is solved once more, by itself."""
    return {"cases": [_case(preset, case) for case in range(cases)]}


def _case(preset: str, case: int) -> dict[str, Any]:
    made = broken(preset, case)
    control = Control()
    found = explain(made.school, control, Settings(seed=0))
    seconds = control.seconds
    whole = [fix for fix in found.fixes if not fix.left]
    again = [_again(made.school, fix) for fix in whole]
    return {
        "case": case,
        "cause": made.cause,
        "planted": made.cost,
        "answer": found.answer.value,
        "cheapest": whole[0].cost if whole else None,
        "named": bool(whole) and whole[0].cost <= made.cost,
        "fixes": len(found.fixes),
        "true": sum(one is Answer.YES for one in again),
        "false": sum(one is Answer.NO for one in again),
        "clashes": len(found.blame),
        "seconds": round(seconds, 2),
    }


def _again(school: Instance, fix: Fix) -> Answer:
    easings = [easing for change in fix.changes for easing in change.easings]
    return standing(applied(school, easings), Control(AGAIN), Settings(seed=0)).answer
