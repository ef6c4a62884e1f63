"""What a method comes to: its audited timetable, and what it was worth at every moment before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from constraints.context import Context
from instances.timetable import Timetable
from scheduler.audit import Audit, audit
from scheduler.progress import Control
from scheduler.repair import settle_once
from scheduler.search import Settings


@dataclass(frozen=True)
class Point:
    """From so many seconds on there is a complete timetable with these values.

    ``open``: dated open posts; ``quality``: points of the soft rules.
    """

    seconds: float
    open: int
    quality: int

    @property
    def rank(self) -> tuple[int, int]:
        """Coverage decides before quality."""
        return self.open, self.quality

    def text(self) -> str:
        return f"{self.seconds:.2f}:{self.open}:{self.quality}"

    @classmethod
    def read(cls, text: str) -> Point:
        seconds, unfilled, quality = text.split(":")
        return cls(float(seconds), int(unfilled), int(quality))


@dataclass(frozen=True)
class Outcome:
    """An audited timetable, the last of ``trace``.

    ``bound``: proven bounds of coverage and quality; ``None`` for a method that proves nothing.
    ``first``: seconds to a timetable without hard findings and without an open post, where it is
    known earlier than ``trace`` says.
    """

    timetable: Timetable
    trace: tuple[Point, ...]
    open_bound: int | None = None
    bound: int | None = None
    first: float | None = None

    @property
    def last(self) -> Point:
        return self.trace[-1]


@dataclass(frozen=True)
class State:
    """A weekly pattern that a method had after so many seconds."""

    seconds: float
    pattern: Timetable


class NotValid(RuntimeError):
    """The end of a method did not pass the audit, or it had no timetable at all."""


def judged(
    context: Context, states: Iterable[State], settings: Settings
) -> tuple[Timetable, tuple[Point, ...]]:
    """The best of some states, and the values of all that pass, each better than those before.

    Rooms and covers for dated absences are settled by the program itself, and the time that this
    and the audit take is added to the time of each state. What does not pass is left out.
    """
    best: Timetable | None = None
    points: list[Point] = []
    for state in states:
        clock = Control()
        timetable = settle_once(context, state.pattern, clock, settings)
        found = audit(context, timetable)
        seconds = state.seconds + clock.seconds
        if found.hard:
            continue
        point = Point(seconds, sum(found.open_by_tier), found.quality)
        if not points or point.rank < min(points, key=lambda one: one.rank).rank:
            best = timetable
            points.append(point)
    if best is None:
        raise NotValid("no state passed the audit")
    return best, tuple(improving(points))


def improving(points: Iterable[Point]) -> Iterator[Point]:
    """In order of time, each better than all before."""
    best: Point | None = None
    for point in sorted(points, key=lambda one: (one.seconds, one.rank)):
        if best is None or point.rank < best.rank:
            best = point
            yield point


def audited(context: Context, timetable: Timetable) -> Audit:
    """The audit of an outcome.

    Raises ``NotValid`` if it has hard findings: there is no figure for such a timetable.
    """
    found = audit(context, timetable)
    if found.hard:
        raise NotValid(f"{len(found.hard)} hard findings, the first of {found.hard[0].rule}")
    return found
