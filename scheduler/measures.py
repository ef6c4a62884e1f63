"""By what people are compared where the worst-off come first, in classes from the worst.

Wishes: the share that was granted, in classes of five percentage points from 0. Load: what
somebody has above the fair share, in classes of one unit from the greatest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal, Protocol

from constraints.context import Context
from constraints.model import Expr, Model, total, weighted
from constraints.shares import slots_of
from constraints.wishes import at_most_best, best_points, has_choice, weekly_posts
from instances.demand import UNIT
from instances.timetable import Timetable
from scheduler.figures import wish_shares
from scheduler.result import PersonFigures

STEP = 5
CLASSES = tuple(range(STEP, 101, STEP))
"""The upper ends of the value classes of wishes, in percent."""
EXACT = 1e-9


class Measure(Protocol):
    """What is compared: a value for each person, and how many are in the classes so far."""

    @property
    def name(self) -> Literal["wishes", "load"]: ...

    @property
    def size(self) -> int:
        """The number of classes."""

    def values(self, people: Iterable[PersonFigures]) -> list[float]:
        """What is compared, of everybody who counts."""

    def counts(self, values: Iterable[float]) -> tuple[int, ...]:
        """How many are in each class or a worse one, from the worst class upwards."""

    def known(self, context: Context, timetable: Timetable) -> tuple[int, ...] | None:
        """The same of a weekly pattern, where its covers do not matter."""

    def worse(self, model: Model) -> Iterator[Expr]:
        """The same in a model, class by class."""

    def hold(self, model: Model, counts: tuple[int, ...]) -> None:
        """Let no more people be so badly off."""


@dataclass(frozen=True)
class Wishes:
    """The share of one's wishes."""

    name: Literal["wishes", "load"] = "wishes"

    @property
    def size(self) -> int:
        return len(CLASSES)

    def values(self, people: Iterable[PersonFigures]) -> list[float]:
        return [one.wish_share for one in people if one.wish_share is not None]

    def counts(self, values: Iterable[float]) -> tuple[int, ...]:
        listed = list(values)
        return tuple(sum(100 * one < end - EXACT for one in listed) for end in CLASSES)

    def known(self, context: Context, timetable: Timetable) -> tuple[int, ...] | None:
        return self.counts(wish_shares(context, context.view(timetable)).values())

    def hold(self, model: Model, counts: tuple[int, ...]) -> None:
        for below, count in zip(self.worse(model), counts, strict=False):
            if not isinstance(below, int):
                model.cp.add(below <= count)

    def worse(self, model: Model) -> Iterator[Expr]:
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
        return iter([total(terms) for terms in found])


@dataclass(frozen=True)
class Loads:
    """Units above the fair share; nobody has more than ``top``. Nobody below it counts."""

    top: int
    name: Literal["wishes", "load"] = "load"

    @property
    def size(self) -> int:
        return self.top

    def values(self, people: Iterable[PersonFigures]) -> list[float]:
        return [round(one.load - one.share, 2) for one in people if one.share is not None]

    def counts(self, values: Iterable[float]) -> tuple[int, ...]:
        listed = list(values)
        return tuple(sum(one > end + EXACT for one in listed) for end in self._ends)

    def known(self, context: Context, timetable: Timetable) -> tuple[int, ...] | None:  # noqa: ARG002
        return None

    def worse(self, model: Model) -> Iterator[Expr]:
        for end in self._ends:
            above: list[Expr] = []
            for load, most, share in _loads(model):
                if most > share + end * UNIT:
                    literal = model.cp.new_bool_var("")
                    most_above = most - share - end * UNIT
                    model.cp.add(load <= share + end * UNIT + most_above * literal)
                    above.append(literal)
            yield total(above)

    def hold(self, model: Model, counts: tuple[int, ...]) -> None:
        nobody = next((n for n, count in enumerate(counts) if count), len(counts))
        at_most(model, self.top - nobody)
        kept = Loads(self.top - nobody)
        for above, count in zip(kept.worse(model), counts[nobody:], strict=False):
            if not isinstance(above, int):
                model.cp.add(above <= count)

    @property
    def _ends(self) -> range:
        return range(self.top - 1, -1, -1)


def units_above(values: Iterable[float]) -> int:
    """The most units above the fair share, rounded up; 0 where nobody is above it."""
    return max(0, ceil(max(values, default=0.0) - EXACT))


def at_most(model: Model, units: Expr) -> None:
    """Let nobody have more than so many units above the fair share."""
    for load, most, share in _loads(model):
        if not isinstance(units, int) or most > share + units * UNIT:
            model.cp.add(load <= share + units * UNIT)


def greatest(model: Model) -> int:
    """The most units that anybody could have above the fair share, rounded up."""
    return units_above((most - share) / UNIT for _, most, share in _loads(model))


def _loads(model: Model) -> Iterator[tuple[Expr, int, int]]:
    """Load, its upper bound and share of everybody with a share whose load is not fixed."""
    for key, share in model.context.shares.items():
        load, most = model.load(key)
        if not isinstance(load, int):
            yield load, most, share


def _best(context: Context, key: str) -> list[int]:
    memory = ("worst off", key)
    if memory not in context.memory:
        posts = weekly_posts(context.demand, context.possible[key])
        context.memory[memory] = best_points(context.people[key], posts)
    found: list[int] = context.memory[memory]
    return found
