"""The cheapest set of changes with which every post can be filled, then others unlike it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model_helper import BoundedLinearExpression

from constraints.model import CpModel, Expr, Literal, total, weighted
from instances.timetable import Timetable
from scheduler.audit import Audit
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import Elastic
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

QUICK = Effort(deterministic=2, share=0.2, seconds=5)
CHEAPEST = Effort(deterministic=3, share=0.4)
CHEAPER = Effort(deterministic=1.5, share=0.2)
ANOTHER = Effort(deterministic=1, share=0.2, seconds=4)
NEAREST = Effort(deterministic=0.5, share=0.1, seconds=2, light=True)
Condition = BoundedLinearExpression | bool
MOST_WAYS = 4
MORE_OFTEN = 2
"""How often a cheapest way that leaves dates open is looked for again in view of them."""
DEAR = 10
"""How much dearer than the cheapest another way may be, if it is not twice as dear."""


@dataclass(frozen=True)
class Way:
    """Changes, what they cost, and a weekly timetable that the model found with them.

    ``left``: dated places that stay open all the same.
    """

    easings: tuple[Easing, ...]
    cost: int
    timetable: Timetable
    left: int

    @property
    def themes(self) -> frozenset[Hashable]:
        return frozenset(easing.theme for easing in self.easings)


def ways(
    elastic: Elastic,
    costs: dict[str, int],
    control: Control,
    settings: Settings,
    failures: Sequence[Audit] = (),
) -> Iterator[Way]:
    """The cheapest way, then others, each with at most half of its themes in common with it.

    ``failures``: whoever tries the ways adds a timetable for each that leaves something open.
    Where the cheapest does on some dates on which somebody is away, it is looked for again in
    view of these.
    """
    search_for = _Search(elastic, costs, control, settings)
    first = search_for.first()
    if first is None or not first.easings:
        return
    yield first
    for known in range(MORE_OFTEN):
        if len(failures) == known or control.over:
            break
        seeing = elastic.watching(failures[-1])
        if seeing is None:
            break
        elastic = seeing
        search_for = _Search(elastic, costs, control, settings, search_for.floor)
        another = search_for.first()
        if another is None or not another.easings:
            return
        first = another
        yield first
    found = [first]
    while len(found) < MOST_WAYS and not control.over:
        other = search_for.another(found)
        if other is None:
            return
        found.append(other)
        yield other


class _Search:
    """``floor``: no way that the model allows is cheaper, nor one that it is narrowed to later."""

    def __init__(
        self,
        elastic: Elastic,
        costs: dict[str, int],
        control: Control,
        settings: Settings,
        floor: int = 0,
    ) -> None:
        self.elastic = elastic
        self.cost = elastic.cost(costs)
        self.costs = costs
        self.floor = floor
        self.control = control
        self.settings = Settings(1, settings.seed)
        self.themes: dict[Hashable, list[Literal]] = {}
        for easing, literal in elastic.literals.items():
            self.themes.setdefault(easing.theme, []).append(literal)
        self._used: dict[Hashable, Literal] = {}

    def first(self) -> Way | None:
        """The cheapest way to fill everything; else to leave the fewest open."""
        elastic, cp = self.elastic, self.elastic.model.cp
        cp.clear_hints()  # type: ignore[no-untyped-call]
        if elastic.start is not None:
            hint(elastic.model, elastic.start)
        if isinstance(elastic.open, int):
            return None
        quick = self._narrow(elastic.open == 0)
        if quick is not None:
            cp.add(elastic.open == 0)
            return self._cheaper(self._way(quick))
        fewest = self._find(elastic.open, CHEAPEST)
        if fewest is None or fewest.solution is None:
            return None
        cp.add(elastic.open <= fewest.value)
        self._hint(fewest)
        cheapest = self._find(self.cost, CHEAPEST)
        return self._way(cheapest if cheapest and cheapest.solution else fewest)

    def another(self, found: list[Way]) -> Way | None:
        """The cheapest way that shares at most half of its themes with each, and reuses few."""
        cp, first, last = self.elastic.model.cp, found[0], found[-1]
        used = [self._use(theme) for theme in self.themes if theme in last.themes]
        cp.add(total(used) <= len(used) // 2)
        people = {easing.person for easing in last.easings}
        if len(last.easings) > 1 and len(people) == 1:
            mine = [n for e, n in self.elastic.literals.items() if e.person in people - {None}]
            cp.add(total(mine) == 0)
        reused = {theme for way in found for theme in way.themes}
        dear = max(1, first.cost)
        again = weighted((self._use(theme), dear) for theme in self.themes if theme in reused)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(self.elastic.model, last.timetable)
        most = self.cost <= first.cost + max(first.cost, DEAR)
        if self.elastic.start is not None:
            best = self._narrow(most, again)
        else:
            cp.add(most)
            best = self._find(total([self.cost, again]), ANOTHER)
        return None if best is None or best.solution is None else self._way(best)

    def _cheaper(self, way: Way) -> Way:
        """A way cheaper than one found with most things held still; that one if there is none."""
        least = min((self.costs[easing.kind] for easing in self.elastic.literals), default=0)
        if way.cost <= max(least, self.floor):
            return way
        model = self.elastic.model.cp.clone()
        model.add(self.cost <= way.cost - 1)
        found = self._search(model, self.cost, CHEAPER)
        if found.solution is None:
            self.floor = way.cost if found.outcome == "infeasible" else self.floor
            return way
        self.floor = max(self.floor, found.bound)
        return self._way(found)

    def _narrow(self, condition: Condition, also: Expr = 0) -> Found | None:
        """The cheapest way in which whoever holds a post elsewhere keeps it or gives it up."""
        start = self.elastic.start
        if start is None or isinstance(condition, bool):
            return None
        cp, model = self.elastic.model.cp.clone(), self.elastic.model
        cp.add(condition)
        lines = self.elastic.trouble.lines
        for pool, literals in zip(model.pools, model.holders, strict=True):
            held = {start.holders.get(post.line) for post in pool.posts}
            if None not in held and not any(post.line in lines for post in pool.posts):
                for key, literal in literals.items():
                    if key not in held:
                        cp.add(literal == 0)
        found = self._search(cp, total([self.cost, also]), QUICK)
        return found if found.solution is not None else None

    def _cost_of(self, found: Found) -> int:
        made = (e for e, literal in self.elastic.literals.items() if found.true(literal))
        return sum(self.costs[easing.kind] for easing in made)

    def _hint(self, found: Found) -> None:
        """Let the next search begin with a solution that there is."""
        assert found.solution is not None
        cp, values = self.elastic.model.cp, found.solution.response_proto.solution
        cp.clear_hints()  # type: ignore[no-untyped-call]
        cp.proto.solution_hint.vars.extend(range(len(values)))
        cp.proto.solution_hint.values.extend(values)

    def _use(self, theme: Hashable) -> Literal:
        if theme not in self._used:
            self._used[theme] = self.elastic.model.either(self.themes[theme])
        return self._used[theme]

    def _find(self, objective: Expr, effort: Effort) -> Found | None:
        return self._search(self.elastic.model.cp, objective, effort)

    def _search(self, cp: CpModel, objective: Expr, effort: Effort) -> Found:
        return search(cp, objective, self.control, self.settings, effort, Stage.WAYS_OUT, 0)

    def _way(self, found: Found) -> Way:
        """The changes that are needed, with the timetable nearest to the one there is."""
        made = {e for e, literal in self.elastic.literals.items() if found.true(literal)}
        assert found.solution is not None
        left = int(found.solution.value(self.elastic.open))
        near = self._nearest(made, left)
        if near.solution is not None:
            found = near
            made = {e for e in made if found.true(self.elastic.literals[e])}
        easings = tuple(e for e in self.elastic.literals if e in made)
        pattern = read_out(self.elastic.model, found)
        return Way(easings, self._cost_of(found), pattern, left)

    def _nearest(self, made: set[Easing], left: int) -> Found:
        """With no other changes, and none of these for nothing, what differs least."""
        model, start = self.elastic.model, self.elastic.start
        cp = model.cp.clone()
        for easing, literal in self.elastic.literals.items():
            if easing not in made:
                cp.add(literal == 0)
        cp.add(self.elastic.open <= left)
        kept: list[Literal] = []
        for pool, literals in zip(model.pools, model.holders, strict=True):
            now = {start.holders.get(post.line) for post in pool.posts} if start else set()
            kept += [literal for key, literal in literals.items() if key in now]
        changes = weighted((literal, -1) for literal in kept)
        dear = weighted([(self.cost, len(kept) + 1)])
        return self._search(cp, total([dear, changes]), NEAREST)
