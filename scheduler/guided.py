"""Search where the relaxation would go: rounds on models of what one of its optima takes.

Beside that, what the best timetable so far takes is kept, so no round ends worse than it
began. Measured on 36 classes: from 1144 points to 151 in the time in which rounds by groups
of people (``improve.py``) went from 2476 to 800.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from constraints.model import Model, weighted
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.branch import branch
from scheduler.guide import Advice, Guide
from scheduler.improve import Neighbourhood
from scheduler.incumbent import hint, options_of, read_out
from scheduler.progress import Control, Stage
from scheduler.rounds import Freed, Improvement
from scheduler.search import Effort, Settings, search
from scheduler.weekly import Coverage, Pattern, cover, hold_coverage

ROUND = Effort(deterministic=12, share=0.4, seconds=6, brief=True)
NEAREST = Effort(deterministic=3, share=0.05, seconds=3)
WHOLE = 100
"""What a whole post that an optimum takes counts in being near to it."""
BREADTH = 4
"""Of how many optima a round allows what they take, at most: of one more each time a round is
searched to its end and holds nothing better, and of one less if there was no time for that."""
SIZE = 45
"""How many people a round begins with in a school of more than twice as many: more as long as
rounds are searched to their end, and then everybody. Smaller schools begin with everybody."""


def advised_model(
    guide: Guide,
    timetable: Timetable,
    advices: Sequence[Advice],
    people: Collection[str],
    *,
    musts_only: bool = False,
) -> Model:
    """The model of what a timetable takes, and for some people any of some optima."""
    context, holders = guide.context, timetable.holders
    chosen = options_of(context.demand, timetable)

    def candidates(pool: Pool) -> Sequence[str]:
        here = {holders.get(post.line) for post in pool.posts}
        some = set[str]().union(*(advice.people.get(pool.post.key, {}) for advice in advices))
        return [
            key
            for key in context.admitted(pool.post)
            if key in here or (key in some and key in people)
        ]

    def options(activity: str) -> set[int]:
        wanted = {chosen[activity]} if activity in chosen else set()
        return wanted.union(*(advice.options.get(activity, ()) for advice in advices))

    model = Model(
        context, guide.pools, candidates=candidates, options=options, foresee_covers=False
    )
    model.post_rules(musts_only=musts_only)
    return model


def covered_as_advised(
    guide: Guide,
    best: Pattern,
    control: Control,
    settings: Settings,
) -> Pattern:
    """A pattern with fewer open posts, if what the relaxation takes allows one."""
    advice = guide.advice(0, control)
    if advice is None:
        return best
    everybody = guide.context.people
    model = advised_model(guide, best.timetable, [advice], everybody, musts_only=True)
    coverage, found = cover(model, control, settings)
    if found is None or coverage.tiers >= best.coverage.tiers:
        return best
    hold_coverage(model, coverage)
    near = _nearest(model, advice, read_out(model, found), control, settings)
    unproved = Coverage(coverage.tiers, (0,) * len(coverage.tiers))
    return Pattern(near, unproved, -1, 0)


def _nearest(
    model: Model, advice: Advice, start: Timetable, control: Control, settings: Settings
) -> Timetable:
    """Of the timetables a model allows, that which has most of what an optimum takes."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    hint(model, start)
    parts = [
        (literal, round(WHOLE * advice.people[pool.post.key].get(key, 0)))
        for pool, holders in zip(model.pools, model.holders, strict=True)
        for key, literal in holders.items()
    ]
    alone = replace(settings, workers=1)
    aim = -1 * weighted(parts)
    most = search(model.cp, aim, control, alone, NEAREST, Stage.COVERAGE, told=False)
    return start if most.solution is None else read_out(model, most)


def improve_as_advised(
    guide: Guide,
    best: Pattern,
    control: Control,
    settings: Settings,
    *,
    rounds: int,
    until: float = 0.0,
) -> Pattern:
    """Rounds on what optima of the relaxation take, until some in a row find nothing.

    Without a time limit, at most ``rounds``; with one, until ``until`` seconds are left.
    """
    kind = _AsAdvised(guide, control, settings.seed)
    pools = guide.pools
    stage = Stage.QUALITY
    return Improvement(guide.context, pools, best, control, settings, stage, kind).run(
        rounds, until
    )


class _AsAdvised:
    """Rounds in which a group of people may do what some optima would have them do."""

    effort = ROUND
    search = staticmethod(branch)

    def __init__(self, guide: Guide, control: Control, seed: int) -> None:
        self.guide = guide
        self.control = control
        self.number = 0
        self.breadth = 2
        people = len(guide.context.people)
        size = people if people <= 2 * SIZE else SIZE
        self.groups = Neighbourhood(guide.context, random.Random(seed), size)
        self._kept: dict[int, Advice] = {}
        self._one_at_a_time = threading.Lock()

    @property
    def done(self) -> bool:
        return self.breadth > BREADTH

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        numbers = range(max(0, self.number + 1 - self.breadth), self.number + 1)
        people = self.groups.choose(best.timetable)
        return lambda: self._model(best, numbers, people)

    def learn(self, *, proved: bool, better: bool) -> None:
        if proved and self.groups.size >= len(self.guide.context.people):
            self.number += 1
            self.breadth += not better
        else:
            self.groups.learn(proved=proved)

    def _model(self, best: Pattern, numbers: Iterable[int], people: set[str]) -> Model | None:
        with self._one_at_a_time:
            advice = [self._advice(number) for number in numbers]
            found = [one for one in advice if one is not None]
            if not found or self.control.over:
                return None
        model = advised_model(self.guide, best.timetable, found, people)
        hold_coverage(model, best.coverage)
        return model

    def _advice(self, number: int) -> Advice | None:
        if number not in self._kept:
            found = self.guide.advice(number, self.control)
            if found is None:
                return None
            self._kept[number] = found
        return self._kept[number]
