"""Worst-off first: the lowest share of wishes as high as can be, then the next, before quality.

Shares are compared by value class of five percentage points. From the lowest class upwards,
the number of people who have less than the end of the class is made as small as possible and
kept: so the worst class comes first, then how many have it, then the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from constraints.context import Context
from constraints.model import Expr, Model, total, weighted
from constraints.shares import slots_of
from constraints.wishes import at_most_best, best_points, has_choice, weekly_posts
from instances.timetable import Timetable
from scheduler.figures import wish_shares
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.result import Level
from scheduler.search import Effort, Settings, complete_hint, search

STEP = 5
CLASSES = tuple(range(STEP, 101, STEP))
"""The upper ends of the value classes, in percent."""
CLASS = Effort(deterministic=20, share=0.15)


@dataclass(frozen=True)
class WorstOff:
    """How many people have less than the end of each class, from the lowest class upwards.

    The first ``proved`` numbers cannot be smaller, each given those before it. Classes beyond
    ``counts`` were not looked at.
    """

    counts: tuple[int, ...]
    proved: int

    @property
    def complete(self) -> bool:
        """Whether every class is proved."""
        return self.proved == len(CLASSES)

    @property
    def worst(self) -> int | None:
        """Percent that nobody falls short of; ``None`` if not known to be the best possible."""
        below = next((n for n, count in enumerate(self.counts) if count), None)
        if below is None:
            return 100 if self.complete else None
        return CLASSES[below] - STEP if below < self.proved else None


def count_classes(shares: Iterable[float]) -> tuple[int, ...]:
    """How many wish shares lie below the end of each class."""
    listed = list(shares)
    return tuple(sum(100 * one < end - 1e-9 for one in listed) for end in CLASSES)


def at_least(shares: Iterable[float]) -> int:
    """The lower end, in percent, of the class of the worst share; 100 where none is less."""
    counts = count_classes(shares)
    return next((end - STEP for end, n in zip(CLASSES, counts, strict=True) if n), 100)


def level_of(reached: WorstOff, shares: Iterable[float]) -> Level:
    """What the worst-off lacks, in percent, and a lower bound of it."""
    value = 100 - at_least(shares)
    bound = 0 if reached.worst is None else min(value, 100 - reached.worst)
    return Level(name="fairness", value=value, bound=bound)


def hold_worst_off(model: Model, reached: WorstOff) -> None:
    """Let no more people than reached have less than the end of each class."""
    for below, count in zip(_below(model), reached.counts, strict=False):
        if not isinstance(below, int):
            model.cp.add(below <= count)


def best_worst_off(
    model: Model, start: Timetable, control: Control, settings: Settings
) -> tuple[WorstOff, Timetable]:
    """Class by class from the lowest, in a model of the musts that holds the coverage.

    A class in which there is nobody needs no search. The first one that is not proved is the
    last: what is reached there is kept.
    """
    counts: list[int] = []
    proved, best = 0, start
    for n, below in enumerate(_below(model)):
        count = count_classes(wish_shares(model.context, model.context.view(best)).values())[n]
        if count and not isinstance(below, int):
            if control.over:
                break
            model.cp.clear_hints()  # type: ignore[no-untyped-call]
            hint(model, best)
            model.cp.minimize(below)
            complete_hint(model.cp)
            found = search(model.cp, below, control, settings, CLASS, Stage.FAIRNESS)
            if found.solution is None:
                break
            best = read_out(model, found)
            count = found.value
            if not found.proved:
                counts.append(count)
                break
        counts.append(count)
        proved += 1
        if not isinstance(below, int):
            model.cp.add(below <= count)
    return WorstOff(tuple(counts), proved), best


def _below(model: Model) -> list[Expr]:
    """For each class, the number of people who have less than its end."""
    found: list[list[Expr]] = [[] for _ in CLASSES]
    for key in model.context.people:
        best = _best(model.context, key)
        regular = model.regular(key)
        if not regular or not has_choice(best):
            continue
        person, count = model.context.people[key], model.slots(key)
        ideal = [at_most_best(best, n) for n in range(len(count.literals))]
        points = weighted(
            (h.literal, slots_of(h.post) * person.level(h.post).points) for h in regular
        )
        literals: dict[tuple[int, ...], Expr] = {}
        for n, end in enumerate(CLASSES):
            asked = tuple(-(-end * most // 100) for most in ideal)
            if any(asked) and asked not in literals:
                literals[asked] = model.cp.new_bool_var("")
                model.cp.add(points + max(asked) * literals[asked] >= count.of(asked))
            found[n].append(literals.get(asked, 0))
    return [total(terms) for terms in found]


def _best(context: Context, key: str) -> list[int]:
    memory = ("worst off", key)
    if memory not in context.memory:
        posts = weekly_posts(context.demand, context.possible[key])
        context.memory[memory] = best_points(context.people[key], posts)
    found: list[int] = context.memory[memory]
    return found
