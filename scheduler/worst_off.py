"""Worst-off first: the worst value as good as can be, then the next, before quality.

From the worst class upwards, the number of people who are in it, or in a worse one, is made
as small as possible and kept: so the worst value comes first, then how many have it, then the
next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from constraints.model import Expr, Model
from instances.timetable import Timetable
from instances.words import FairnessMode
from scheduler.incumbent import hint, read_out
from scheduler.measures import CLASSES, STEP, Loads, Measure, Wishes, at_most, greatest, units_above
from scheduler.progress import Control, Stage
from scheduler.result import Level
from scheduler.search import Effort, Found, Settings, complete_hint, search

CLASS = Effort(deterministic=20, share=0.15)
WORST = Effort(deterministic=20, share=0.3)
WISHES = Wishes()


@dataclass(frozen=True)
class WorstOff:
    """How many people are in each class or a worse one, from the worst class upwards.

    The first ``proved`` numbers cannot be smaller, each given those before it. Classes beyond
    ``counts`` were not looked at. ``least``: units above the share that somebody must have.
    """

    counts: tuple[int, ...]
    proved: int
    measure: Measure = WISHES
    least: int = 0

    @property
    def worst(self) -> int | None:
        """Percent that nobody falls short of; ``None`` if not known to be the best possible."""
        below = next((n for n, count in enumerate(self.counts) if count), None)
        if below is None:
            return 100 if self.proved == len(CLASSES) else None
        return CLASSES[below] - STEP if below < self.proved else None

    def classes_proved(self, values: Iterable[float]) -> int:
        """For how many classes a timetable is proved to have the fewest people.

        Covers of absences are found after the weekly pattern: they can make a load greater
        than what was reached.
        """
        listed = list(values)
        if isinstance(self.measure, Loads) and units_above(listed) > self.measure.top:
            return 0
        there = zip(self.measure.counts(listed), self.counts[: self.proved], strict=False)
        return next((n for n, (real, least) in enumerate(there) if real > least), self.proved)


def at_least(shares: Iterable[float]) -> int:
    """The lower end, in percent, of the class of the worst share; 100 where none is less."""
    counts = WISHES.counts(shares)
    return next((end - STEP for end, n in zip(CLASSES, counts, strict=True) if n), 100)


def level_of(reached: WorstOff, values: Iterable[float]) -> Level:
    """How badly off the worst-off is, and a lower bound of it.

    What is lacking of the wishes, in percent, or the units above the fair share.
    """
    if isinstance(reached.measure, Loads):
        value = units_above(values)
        return Level(name="fairness", value=value, bound=min(value, reached.least))
    value = 100 - at_least(values)
    bound = 0 if reached.worst is None else min(value, 100 - reached.worst)
    return Level(name="fairness", value=value, bound=bound)


def hold_worst_off(model: Model, reached: WorstOff) -> None:
    """Let no more people than reached be in each class or a worse one."""
    reached.measure.hold(model, reached.counts)


def best_worst_off(
    model: Model, start: Timetable, control: Control, settings: Settings
) -> tuple[WorstOff, Timetable]:
    """Class by class from the worst, in a model of the musts that holds the coverage.

    By wishes or by load, as the school has chosen. The first class that is not proved is the
    last: what is reached there is kept.
    """
    if model.context.instance.fairness is not FairnessMode.WORST_LOAD:
        return _by_classes(model, WorstOff((), 0), start, control, settings)
    most = greatest(model)
    top = model.cp.new_int_var(0, most, "")
    at_most(model, top)
    found = _from(model, top, start, control, settings, WORST)
    if found is None:
        return WorstOff((), 0, Loads(most)), start
    model.cp.add(top <= found.value)
    begun = WorstOff((), 0, Loads(found.value), found.bound)
    return _by_classes(model, begun, read_out(model, found), control, settings)


def _by_classes(
    model: Model, begun: WorstOff, best: Timetable, control: Control, settings: Settings
) -> tuple[WorstOff, Timetable]:
    """The numbers of people in the classes; one in which nobody is needs no search."""
    counts: list[int] = []
    proved = 0
    for n, worse in enumerate(begun.measure.worse(model)):
        known = begun.measure.known(model.context, best)
        if isinstance(worse, int) or (known and not known[n]):
            count = 0
        elif control.over:
            break
        else:
            found = _from(model, worse, best, control, settings, CLASS)
            if found is None:
                break
            best, count = read_out(model, found), found.value
            if not found.proved:
                counts.append(count)
                break
        counts.append(count)
        proved += 1
        if not isinstance(worse, int):
            model.cp.add(worse <= count)
    return WorstOff(tuple(counts), proved, begun.measure, begun.least), best


def _from(
    model: Model,
    objective: Expr,
    start: Timetable,
    control: Control,
    settings: Settings,
    effort: Effort,
) -> Found | None:
    """The least that a quantity can be, searched from a timetable; ``None`` for want of time."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    hint(model, start)
    model.cp.minimize(objective)
    complete_hint(model.cp)
    found = search(model.cp, objective, control, settings, effort, Stage.FAIRNESS)
    return found if found.solution is not None else None
