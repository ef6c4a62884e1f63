"""The cheapest set of changes with which every post can be filled, then others unlike it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from constraints.model import Expr, Literal, total, weighted
from instances.timetable import Timetable
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import Elastic
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search

CHEAPEST = Effort(deterministic=5, share=0.4)
ANOTHER = Effort(deterministic=2, share=0.2, seconds=4)
NEAREST = Effort(deterministic=0.5, share=0.1, seconds=2)
MOST_WAYS = 5
DEAR = 10
"""How much dearer than the cheapest another way may be, if it is not twice as dear."""


@dataclass(frozen=True)
class Way:
    """Changes, what they cost, and a weekly timetable that the model found with them.

    ``left``: dated places that stay open all the same. ``cheapest``: proved so within what
    the model may move.
    """

    easings: tuple[Easing, ...]
    cost: int
    timetable: Timetable
    left: int
    cheapest: bool = False

    @property
    def themes(self) -> frozenset[Hashable]:
        return frozenset(easing.theme for easing in self.easings)


def ways(
    elastic: Elastic, costs: dict[str, int], control: Control, settings: Settings
) -> Iterator[Way]:
    """The cheapest way, then others, each different in at least one theme from all before."""
    search_for = _Search(elastic, costs, control, settings)
    first = search_for.first()
    if first is None or not first.easings:
        return
    yield first
    found = [first]
    while len(found) < MOST_WAYS and not control.over:
        other = search_for.another(found)
        if other is None or other.cost > first.cost + max(first.cost, DEAR):
            return
        if any(_alike(other, way) for way in found):
            return
        found.append(other)
        yield other


def _alike(one: Way, other: Way) -> bool:
    """Whether two ways are mostly about the same: variations, not alternatives."""
    both = len(one.themes & other.themes)
    return both * 2 > len(one.themes | other.themes)


class _Search:
    def __init__(
        self, elastic: Elastic, costs: dict[str, int], control: Control, settings: Settings
    ) -> None:
        self.elastic = elastic
        self.cost = elastic.cost(costs)
        self.costs = costs
        self.control = control
        self.settings = Settings(1, settings.seed)
        self.themes: dict[Hashable, list[Literal]] = {}
        for easing, literal in elastic.literals.items():
            self.themes.setdefault(easing.theme, []).append(literal)
        self._used: dict[Hashable, Literal] = {}

    def first(self) -> Way | None:
        """The cheapest way to fill everything; else to leave the fewest open."""
        elastic, cp = self.elastic, self.elastic.model.cp
        if elastic.start is not None:
            hint(elastic.model, elastic.start)
        if isinstance(elastic.open, int):
            return None
        short = cp.new_bool_var("short")
        cp.add(elastic.open == 0).only_enforce_if(~short)
        most = 1 + sum(self.costs[easing.kind] for easing in elastic.literals)
        found = self._find(total([self.cost, short * most]), CHEAPEST)
        if found is None or found.solution is None:
            return None
        if found.true(short):
            fewest = self._find(elastic.open, CHEAPEST)
            if fewest is None or fewest.solution is None:
                return None
            cp.add(elastic.open <= fewest.value)
            cheapest = self._find(self.cost, CHEAPEST)
            found = cheapest if cheapest and cheapest.solution else fewest
        else:
            cp.add(short == 0)
        return self._way(found)

    def another(self, found: list[Way]) -> Way | None:
        """The cheapest way that does without some theme of each, and reuses few of them."""
        cp = self.elastic.model.cp
        cp.add_bool_or([~self._use(t) for t in self.themes if t in found[-1].themes])
        reused = {theme for way in found for theme in way.themes}
        dear = max(1, found[0].cost)
        again = weighted((self._use(theme), dear) for theme in self.themes if theme in reused)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(self.elastic.model, found[-1].timetable)
        best = self._find(total([self.cost, again]), ANOTHER)
        return None if best is None or best.solution is None else self._way(best)

    def _use(self, theme: Hashable) -> Literal:
        if theme not in self._used:
            self._used[theme] = self.elastic.model.either(self.themes[theme])
        return self._used[theme]

    def _find(self, objective: Expr, effort: Effort) -> Found | None:
        cp, control = self.elastic.model.cp, self.control
        return search(cp, objective, control, self.settings, effort, Stage.WAYS_OUT, 0)

    def _way(self, found: Found) -> Way:
        """The changes that are needed; literals set for nothing cost, so there are none."""
        made = tuple(e for e, literal in self.elastic.literals.items() if found.true(literal))
        assert found.solution is not None
        left = int(found.solution.value(self.elastic.open))
        near = self._nearest(set(made), left)
        pattern = read_out(self.elastic.model, near if near.solution else found)
        cost = sum(self.costs[easing.kind] for easing in made)
        return Way(made, cost, pattern, left, found.proved)

    def _nearest(self, made: set[Easing], left: int) -> Found:
        """With these changes, the timetable that differs least from the one there is."""
        model, start = self.elastic.model, self.elastic.start
        cp = model.cp.clone()
        for easing, literal in self.elastic.literals.items():
            cp.add(literal == (easing in made))
        cp.add(self.elastic.open <= left)
        kept: list[Literal] = []
        for pool, literals in zip(model.pools, model.holders, strict=True):
            now = {start.holders.get(post.line) for post in pool.posts} if start else set()
            kept += [literal for key, literal in literals.items() if key in now]
        changes = weighted((literal, -1) for literal in kept)
        return search(cp, changes, self.control, self.settings, NEAREST, Stage.WAYS_OUT, 0)
