"""A weekly pattern that a rerun has found, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from instances.timetable import Timetable
from scheduler.rerun.returning import Hoped
from scheduler.weekly import Coverage


@dataclass(frozen=True)
class Fewest:
    """A pattern, what it leaves open, and what its changes cost.

    ``bound`` is one of the cost, ``coverage.bounds`` of what is open, of all patterns of the
    scope in which it was found; ``whole``: nothing was held still in it. ``hope``: who covers
    and who comes back, if the cost counts on that and the bound holds whoever does.
    """

    timetable: Timetable
    coverage: Coverage
    cost: int
    bound: int
    quality: int
    whole: bool
    hope: Hoped | None = None
