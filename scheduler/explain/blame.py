"""Facts that clash, and from which none can be left out: found by leaving out one at a time.

A fact is what can be changed about one thing: the consents withheld for one slot, the weekly
caps, a skill, a pin. Each trial asks whether every post near the gaps could be filled if only
the other facts that are left held. Where a trial is not decided in its time, the fact stays,
and that is said.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from constraints.context import Context
from scheduler.explain.arranging import Drop, Merge, RaiseRatio
from scheduler.explain.asking import RaiseCap
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import Elastic
from scheduler.explain.offers import Trouble
from scheduler.progress import Control, Stage
from scheduler.scope import is_small
from scheduler.search import Effort, Outcome, Settings, search

TRIAL = Effort(deterministic=0.7, share=0.1, seconds=2, light=True)
MOST_CLASHES = 2
NO_CAP = 10_000


@dataclass(frozen=True)
class Fact:
    """What could be changed about one thing; ``decided``: that it cannot be left out is proved."""

    easings: tuple[Easing, ...]
    decided: bool = True


@dataclass(frozen=True)
class Clash:
    """Facts that cannot all hold if every post near the gaps is to be filled.

    ``beyond``: dated places that would stay open without any of the facts there are, too; the
    others are meant then.
    """

    facts: tuple[Fact, ...]
    beyond: int = 0

    @property
    def minimal(self) -> bool:
        return all(fact.decided for fact in self.facts)


def clashes(
    context: Context,
    offered: Iterable[Easing],
    trouble: Trouble,
    control: Control,
    settings: Settings,
    likely: Collection[Hashable] = (),
) -> tuple[Clash, ...]:
    """Some clashes with no fact in common; none where the clash was not proved in time.

    ``likely``: what the ways out are about. Each of them undoes every clash, so that it is
    tried first whether the facts about these are enough.
    """
    facts = facts_of(offered)
    whole = is_small(context) or trouble.everything
    elastic = Elastic(context, facts, trouble, only_near=not whole)
    return tuple(_Blame(elastic, control, settings, likely).run())


def facts_of(offered: Iterable[Easing]) -> list[Easing]:
    """The changes offered that undo a fact of the input, each undone altogether."""
    return [_as_fact(e) for e in offered if not isinstance(e, Drop | Merge | RaiseRatio)]


def _as_fact(easing: Easing) -> Easing:
    """A cap is left out altogether, not raised by one."""
    return replace(easing, to=NO_CAP) if isinstance(easing, RaiseCap) else easing


class _Blame:
    def __init__(
        self,
        elastic: Elastic,
        control: Control,
        settings: Settings,
        likely: Collection[Hashable] = (),
    ) -> None:
        self.elastic = elastic
        self.likely = likely
        self.control = control
        self.settings = Settings(1, settings.seed)
        self.floor = 0
        self.facts: dict[Hashable, list[Easing]] = {}
        for easing in elastic.literals:
            self.facts.setdefault(easing.theme, []).append(easing)

    def run(self) -> Iterator[Clash]:
        themes = list(self.facts)
        floor = self._floor()
        if floor is None:
            return
        self.floor = floor
        for _ in range(MOST_CLASHES):
            if self.control.over or self._without(themes) != "infeasible":
                return
            kept = self._shrunk(themes)
            if kept is None:
                return
            facts = (Fact(tuple(self.facts[theme]), sure) for theme, sure in kept.items())
            yield Clash(tuple(facts), self.floor)
            themes = [theme for theme in themes if theme not in kept]

    def _floor(self) -> int | None:
        """What stays open if no fact holds at all; ``None`` if that is not known in time."""
        cp = self.elastic.model.cp.clone()
        found = search(cp, self.elastic.open, self.control, self.settings, TRIAL, Stage.BLAME)
        return found.value if found.proved else None

    def _shrunk(self, themes: Sequence[Hashable]) -> dict[Hashable, bool] | None:
        """The facts that cannot be left out of a clash, and whether that is certain of each."""
        left = list(themes)
        few = [theme for theme in left if theme in self.likely]
        if 0 < len(few) < len(left) and self._without(few) == "infeasible":
            left = few
        for kind in dict.fromkeys(type(self.facts[theme][0]) for theme in left):
            fewer = [theme for theme in left if not isinstance(self.facts[theme][0], kind)]
            if len(fewer) < len(left) - 1 and self._without(fewer) == "infeasible":
                left = fewer
        sure: dict[Hashable, bool] = {}
        for theme in list(left):
            if self.control.over:
                return None
            outcome = self._without([other for other in left if other != theme])
            if outcome == "infeasible":
                left.remove(theme)
            else:
                sure[theme] = outcome != "unknown"
        return {theme: sure[theme] for theme in left}

    def _without(self, held: Iterable[Hashable]) -> Outcome:
        """Whether every post can be filled if only some facts are held to."""
        self.control.tell(Stage.BLAME)
        firm = set(held)
        cp = self.elastic.model.cp.clone()
        for easing, literal in self.elastic.literals.items():
            if easing.theme in firm:
                cp.add(literal == 0)
        if not isinstance(self.elastic.open, int):
            cp.add(self.elastic.open <= self.floor)
        return search(cp, 0, self.control, self.settings, TRIAL, Stage.BLAME).outcome
