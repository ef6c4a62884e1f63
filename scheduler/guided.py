"""Search where the relaxation would go: rounds on models of what one of its optima takes.

Beside that, what the best timetable so far takes is kept, so no round ends worse than it
began. Measured on 36 classes: from 1144 points to 151 in the time in which rounds by groups
of people (``improve.py``) went from 2476 to 800.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from constraints.model import Model, total
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.branch import branch, dive
from scheduler.guide import OPEN, Advice, Guide
from scheduler.improve import Neighbourhood
from scheduler.incumbent import options_of, read_out
from scheduler.progress import Control, Stage
from scheduler.rounds import Freed, Improvement
from scheduler.search import Effort, Settings
from scheduler.weekly import Coverage, Pattern, cover, hold_coverage

ROUND = Effort(deterministic=12, share=0.4, seconds=6, brief=True)
DIVE = Effort(deterministic=12, share=0.2, seconds=12)
NEARLY = 0.25
"""How near to its bound what is dived for need be: rounds go on from there."""
JOIN = Effort(deterministic=12, share=0.25, seconds=12)
DIVES = 2
"""Optima that are dived for where there is a core for each."""
BREADTH = 4
"""Of how many optima a round allows what they take, at most: of one more each time a round is
searched to its end and holds nothing better, and of one less if there was no time for that."""
SLOW, WORTH = 3, 0.97
"""Rounds end when so many leave more than this part of the points."""
ENOUGH = 12
"""Or when no more points are left for each class: to deal the classes out then costs more than
that, and rounds that choose them too (``familiar.py``) bring down both."""
SIZE = 45
"""How many people a round begins with in a school of more than twice as many: more as long as
rounds are searched to their end, and then everybody. Smaller schools begin with everybody."""


def advised_model(
    guide: Guide,
    timetable: Timetable | None,
    advices: Sequence[Advice],
    people: Collection[str],
    *,
    musts_only: bool = False,
) -> Model:
    """The model of what a timetable takes, and for some people any of some optima.

    Without a timetable, an activity to which no optimum gives a place may have any.
    """
    context = guide.context
    holders = {} if timetable is None else timetable.holders
    chosen = {} if timetable is None else options_of(context.demand, timetable)

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
        wanted = wanted.union(*(advice.options.get(activity, ()) for advice in advices))
        return wanted or {option.index for option in context.demand.options[activity]}

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
    """A pattern of what optima of the relaxation take, with fewer open posts if they allow it.

    What an optimum takes is dived for, where posts may stay open at a price: what is found is
    all but covered, and near the bound. It is joined with a covered timetable; with a second
    core, two optima are, at the same time, and then what came of them. Measured on 36 classes:
    1920 points of the quick timetable become 186 with one optimum and 100 with two; on 60
    classes, 4306 become 792 with one.
    """
    if guide.advice(0, control) is None:
        return best
    beside = settings.cores > 1
    timed = replace(settings, timed=beside)
    with ThreadPoolExecutor(DIVES) as threads:
        covered = threads.submit(_covered, guide, best, control, settings)
        if not beside:
            covered.result()
        found = [
            threads.submit(_dived_and_joined, guide, number, covered, control, timed)
            for number in range(DIVES if beside else 1)
        ]
        patterns = [one.result() for one in found]
    first, *rest = sorted(patterns, key=_rank)
    for other in rest:
        first = _joined(guide, first, other.timetable, control, timed)
    return first


def _rank(pattern: Pattern) -> tuple[object, ...]:
    """The fewest open, then the best that is known."""
    return pattern.coverage.tiers, pattern.quality < 0, pattern.quality


def _covered(guide: Guide, best: Pattern, control: Control, settings: Settings) -> Pattern:
    """A pattern with fewer open posts, if what one optimum takes allows it."""
    advice = guide.advice(0, control)
    if advice is None or not best.coverage.value:
        return best
    everybody = guide.context.people
    model = advised_model(guide, best.timetable, [advice], everybody, musts_only=True)
    coverage, found = cover(model, control, settings)
    if found is None or coverage.tiers >= best.coverage.tiers:
        return best
    tiers = coverage.tiers
    return Pattern(read_out(model, found), Coverage(tiers, (0,) * len(tiers)), -1, 0)


def _dived_and_joined(
    guide: Guide, number: int, covered: Future[Pattern], control: Control, settings: Settings
) -> Pattern:
    """The best of what a covered timetable and one dived for hold."""
    near = _dived(guide, number, control, settings)
    start = covered.result()
    if near is None:
        return start
    timetable, quality = near
    there = audit(guide.context, timetable).open_by_tier
    if there > start.coverage.tiers:
        return _joined(guide, start, timetable, control, settings)
    unproved = Coverage(there, (0,) * len(there))
    return _joined(
        guide, Pattern(timetable, unproved, quality, 0), start.timetable, control, settings
    )


def _dived(
    guide: Guide, number: int, control: Control, settings: Settings
) -> tuple[Timetable, int] | None:
    """A timetable of what one optimum of the relaxation takes, and its quality; open posts only
    cost something, so that the relaxation of its model stays good.
    """
    advice = guide.advice(number, control)
    if advice is None:
        return None
    model = advised_model(guide, None, [advice], guide.context.people)
    model.cp.minimize(model.quality + OPEN * total(model.open_by_tier))
    return dive(model, control, settings, DIVE, NEARLY)


def _joined(
    guide: Guide, start: Pattern, other: Timetable, control: Control, settings: Settings
) -> Pattern:
    """The best of what two timetables hold, with no more open than in the first."""
    if control.over:
        return start
    model = advised_model(guide, start.timetable, [_taken(guide, other)], guide.context.people)
    hold_coverage(model, start.coverage)
    found = branch(model, start.coverage, start.timetable, control, settings, JOIN, Stage.COVERAGE)
    return replace(found, bound=0, began=None)


def _taken(guide: Guide, timetable: Timetable) -> Advice:
    """A timetable as advice: what it takes."""
    holders = timetable.holders
    people = {
        pool.post.key: {holders[post.line]: 1.0 for post in pool.posts if post.line in holders}
        for pool in guide.pools
    }
    chosen = options_of(guide.context.demand, timetable)
    return Advice(people, {activity: {option} for activity, option in chosen.items()})


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
    kind = _AsAdvised(guide, control, settings.seed, best.quality)
    pools = guide.pools
    stage = Stage.QUALITY
    return Improvement(guide.context, pools, best, control, settings, stage, kind).run(
        rounds, until
    )


class _AsAdvised:
    """Rounds in which a group of people may do what some optima would have them do.

    ``start``: what is known of the quality of the first timetable (negative: nothing).
    """

    effort = ROUND
    search = staticmethod(branch)

    def __init__(self, guide: Guide, control: Control, seed: int, start: int = -1) -> None:
        self.guide = guide
        self.control = control
        self.number = 0
        self.breadth = 2
        people = len(guide.context.people)
        size = people if people <= 2 * SIZE else SIZE
        self.groups = Neighbourhood(guide.context, random.Random(seed), size)
        self._start = start
        self._values: list[int] = []

    @property
    def done(self) -> bool:
        """Whether what further rounds would find is found sooner where classes are chosen too."""
        now = self._values[-1] if self._values else self._start
        slow = len(self._values) > SLOW and now > WORTH * self._values[-1 - SLOW]
        enough = ENOUGH * len(self.guide.context.instance.classes)
        few = 0 <= now <= enough
        return few or slow or self.breadth > BREADTH

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        if best.quality >= 0:
            self._values.append(best.quality)
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
        advice = [self.guide.advice(number, self.control) for number in numbers]
        found = [one for one in advice if one is not None]
        if not found or self.control.over:
            return None
        model = advised_model(self.guide, best.timetable, found, people)
        hold_coverage(model, best.coverage)
        return model
