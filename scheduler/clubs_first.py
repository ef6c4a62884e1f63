"""Who works when: first with each club at one time, then with clubs that may move.

Once each club has its time (``settling.py``), whole weeks of all people are found within seconds,
and branch and cut finds the best that they and a timetable hold together. What can be reached so
depends on the times: of ten ways to choose them for one school of 36 classes the worst cost 60
points more than the best. The plain relaxation does not tell, whole weeks do, so they decide; and
then rounds around what is found have them tell which clubs should move.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit import open_by_tier
from scheduler.greedy import filled_as_advised
from scheduler.progress import Stage
from scheduler.rounds import Improvement
from scheduler.settling import around, settled
from scheduler.weekly import Coverage, Pattern

if TYPE_CHECKING:
    from scheduler.guide import Advice
    from scheduler.nearing import Nearing

LEFT = 0.5
"""The part of the time that is left for what follows, where there is a limit."""
SETTLED = 3
"""How often whole weeks are looked for while clubs stay, each time from what was found before."""
ROUNDS = 16
"""Where there is no time limit."""
FOR_ROUNDS, FOR_ONE = 5.0, 1.5
"""Seconds that are worth beginning rounds for, and one more while clubs stay: annealing needs what
comes after."""


def with_clubs_first(kind: Nearing, best: Pattern) -> Pattern:
    """A pattern near to the best whole weeks, with no more open posts; its quality is not known."""
    control, left = kind.control, kind.control.left
    until = (left or 0.0) * LEFT
    start = _with_settled_clubs(kind, best, until)
    kind.weeks.provable.set()
    if left is not None and (control.left or 0.0) < until + FOR_ROUNDS:
        return start
    return _with_clubs_that_move(kind, start, until)


def _with_settled_clubs(kind: Nearing, best: Pattern, until: float) -> Pattern:
    """What whole weeks come to with clubs at the times that the cheapest mixture of them has."""
    timetable, control, settings = best.timetable, kind.control, kind.settings
    price = kind.price(timetable)
    guide = settled(kind.guide, timetable, settings.seed, control, price, settings.cores)
    if guide is None or guide.weeks is None:
        return best
    rounds = kind.on(guide, until)
    found = follow(rounds, best, guide.advice(guide.weeks.taken()))
    alone = replace(settings, workers=1)
    for again in range(SETTLED if found is not best else 0):
        if again and control.left is not None and control.left < until + FOR_ONE:
            break
        advice = rounds.weeks.near(found.timetable, settings.seed + again)
        kind.weeks.provable.set()  # one core is idle from now on
        if advice is None or control.over:
            break
        better = rounds.best_of(found, [advice], rounds.effort, alone)
        if better.timetable is found.timetable:
            break
        found = _if_as_full(rounds, better, found)
    return found


def _with_clubs_that_move(kind: Nearing, start: Pattern, until: float) -> Pattern:
    """What rounds around a timetable come to."""
    timetable, control, settings = start.timetable, kind.control, kind.settings
    guide = around(kind.guide, timetable, settings.seed, control, kind.price(timetable))
    if guide is None or control.over:
        return start
    rounds = kind.on(guide, until)
    runner = Improvement(
        guide.context, guide.pools, start, control, settings, Stage.COVERAGE, rounds, tells=False
    )
    return _if_as_full(rounds, runner.run(ROUNDS, until), start)


def follow(kind: Nearing, best: Pattern, advice: Advice | None) -> Pattern:
    """What comes of following advice, if that leaves no more open; it may cost more."""
    guide = kind.guide
    if advice is None:
        return best
    found = filled_as_advised(
        guide.context, guide.pools, best.timetable, advice, kind.control, kind.settings
    )
    if found is None:
        return best
    return _if_as_full(kind, replace(best, timetable=found), best)


def _if_as_full(kind: Nearing, found: Pattern, start: Pattern) -> Pattern:
    """What was found, unless it leaves more open."""
    tiers = open_by_tier(kind.guide.context, found.timetable)
    if tiers > start.coverage.tiers:
        return start
    return Pattern(found.timetable, Coverage(tiers, (0,) * len(tiers)), -1, 0)
