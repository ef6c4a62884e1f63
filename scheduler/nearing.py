"""Who works when: rounds towards the whole weeks that would be best.

The mixture of whole weeks that is near to a timetable (``likely_weeks.py``) has one week for half
of all people and two or three for the others, so a model of what both take is small, and branch
and cut finds in seconds the best that they hold together; then the next is nearest. Prices for
caring in many areas (``areas.py``) are paid beside, so that classes will change hands little when
they are dealt out. Posts may be open at a price, or little could change in a round; it rises while
some are.
In schools of up to ``MOST_PEOPLE``, or where there is much time, such rounds are what
``clubs_first.py`` is made of; larger ones have them only where posts are open.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from constraints.model import Expr, Model, total, weighted
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.advised import advised_model, taken
from scheduler.areas import POINT, PRICE, Areas, price
from scheduler.audit import open_by_tier
from scheduler.branch import branch, branch_by
from scheduler.clubs_first import follow, with_clubs_first
from scheduler.guide import Advice, Guide
from scheduler.improve import Neighbourhood
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.proving import proving
from scheduler.rounds import Freed, Improvement
from scheduler.search import Effort, Settings, Task
from scheduler.weekly import Coverage, Pattern, hold_coverage

PEOPLE, ROOM = 60, 25_000
"""How many people a round begins with: so many, or more if they times all people are not more than
``ROOM`` (60 classes: 131 of 190, 120 classes: 71 of 350); fewer after rounds that find nothing.
With all of them, rounds of 60 classes are not searched to their end in 8 s, nor with 140 those of
120 classes in 14 s."""
MOST_PEOPLE = 250
"""In larger schools clubs come first only where there is time, and none of this is begun else
unless posts are open: it takes too much of a minute, and annealing finds more in that time."""
TIMES = 9
"""How many times as long as all before it must be left for clubs first in a larger school. Of 120
classes, with 150 s on a slow machine, they lead to 762 points in place of 1118 (bound 659); with
90 s they leave annealing none."""
SECONDS = 6
EACH = 25
"""People for each second that a round may take, if it is more than ``SECONDS``."""
PATIENCE = 4
"""How many times as long the first rounds may take until something better is found: without it
the rest of the time is lost to rounds that find nothing, since on a slow machine (two and a half
times slower than the one on which seconds were chosen) each of them would have needed 7 to 9 s."""
GRACE = 4.0
"""Seconds by which a round may be late."""
JOIN = Effort(deterministic=12, share=0.3, seconds=12)
NEARLY = 0.01
"""How near to its bound a round need come, as a part of the cost: another goes on from there."""
ROUNDS = 8
"""Where there is no time limit."""
OPEN = 60
"""What a dated open place costs, in points, as long as none is left open; twice as much whenever
a round ends with more of them than there were."""
MET = 1
"""Of so many timetables met last, a round may take what it likes: rounds that ran at the same
time and did not go together are put together so."""
SLOW, WORTH = 2, 0.97
"""Rounds end when so many for each worker leave more than this part of the cost."""
LONGER = 4
"""So many times as many where a round takes a second."""


def bring_near(
    weeks: LikelyWeeks,
    best: Pattern,
    control: Control,
    settings: Settings,
    *,
    until: float = 0.0,
) -> Pattern:
    """A pattern near to the best whole weeks, with no more open posts, and a bound of its quality.

    With a time limit, until half of the time is left, or ``until`` seconds in large schools. Its
    quality is not known. Clubs get their times first (``clubs_first.py``). In a school too large
    for that in its time, what the nearest optimum has people do is followed, and rounds are begun
    only if posts are open: annealing finds the rest sooner.
    """
    guide = weeks.guide
    kind = Nearing(weeks, settings, until)
    _ = guide.form  # read once, not by two at a time
    if len(guide.context.people) <= MOST_PEOPLE or _has_time(control):
        return with_clubs_first(kind, best)
    best = follow(kind, best, kind.advice(best.timetable, 0))
    if not best.coverage.value:
        return replace(best, quality=-1, bound=guide.at_least(0))
    with proving(weeks, control, settings, until=until):
        start = replace(_followed(kind, best), quality=-1)
        runner = Improvement(
            guide.context,
            guide.pools,
            start,
            control,
            settings,
            Stage.COVERAGE,
            kind,
            tells=False,
        )
        found = runner.run(ROUNDS, until)
    timetable = found.timetable
    tiers = open_by_tier(guide.context, timetable)
    if tiers > start.coverage.tiers and kind.whole is not None:
        timetable = kind.whole
        tiers = open_by_tier(guide.context, timetable)
    if tiers > start.coverage.tiers:
        found = _joined(guide, start, timetable, control, settings)
    else:
        coverage = start.coverage
        if tiers < coverage.tiers:
            coverage = Coverage(tiers, (0,) * len(tiers))
        found = Pattern(timetable, coverage, -1, 0)
    return replace(found, bound=guide.at_least(found.coverage.value))


def _has_time(control: Control) -> bool:
    """Whether there is time for clubs first in a large school, by how long all before it took."""
    return control.left is None or control.left > TIMES * control.seconds


def _followed(kind: Nearing, best: Pattern) -> Pattern:
    """What comes of following the nearest optimum, then whole weeks near to that, as long as no
    more is left open.

    A round of all people finds better than that by itself; in a school too large for it, rounds
    begin much nearer to the best so.
    """
    if kind.frees_all:
        return best
    found = follow(kind, best, kind.weeks.near(best.timetable, 1))
    if found is best or kind.cost(found.timetable) > kind.cost(best.timetable):
        return best
    kind.weeks.go_on_from(found.timetable)
    return found


class Nearing:
    """Rounds in which people may do what they do, and what whole weeks would have them do.

    ``until``: seconds that are left when they end. ``whole``: what was found last that leaves no
    more open than what it was found from. ``frees_all``: whether the first rounds are of all
    people.
    """

    def __init__(self, weeks: LikelyWeeks, settings: Settings, until: float = 0.0) -> None:
        self.weeks = weeks
        self.settings = settings
        self.until = until
        self.guide = guide = weeks.guide
        self.areas = weeks.areas
        self.control = weeks.control
        people = len(guide.context.people)
        seconds = max(SECONDS, people / EACH)
        self._effort = Effort(deterministic=12, share=0.4, seconds=seconds, brief=True)
        size = min(people, max(PEOPLE, ROOM // people))
        self.frees_all = size == people
        self.groups = Neighbourhood(guide.context, random.Random(settings.seed), size)
        self.number = 0
        self.open_price = OPEN
        self._prices: WeakKeyDictionary[Model, Expr] = WeakKeyDictionary()
        self.whole: Timetable | None = None
        self.few = SLOW * settings.cores
        self._values: list[int] = []
        self._met: deque[Timetable] = deque(maxlen=MET)

    def on(self, guide: Guide, until: float) -> Nearing:
        """The same on another relaxation, with prices of areas by holding, until so many seconds
        are left."""
        weeks = LikelyWeeks(guide, self.areas, self.control, self.settings.cores, linear=True)
        found = Nearing(weeks, self.settings, until)
        found.few *= LONGER
        return found

    @property
    def done(self) -> bool:
        """Whether the last rounds brought little."""
        values = self._values
        return len(values) > self.few and values[-1] > WORTH * values[-1 - self.few]

    @property
    def effort(self) -> Effort:
        """What a round may take: more of it until one has found anything at all, but little of
        the time for what follows."""
        effort = self._effort if self._met else replace(self._effort, patience=PATIENCE)
        left = self.control.left
        if left is None:
            return effort
        most = max(GRACE, left - self.until + GRACE)
        seconds = min(effort.seconds, most)
        return replace(effort, seconds=seconds, patience=min(effort.patience, most / seconds))

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        if best.quality >= 0:
            self._values.append(best.quality)
        self.number += 1
        number = self.number
        people = self.groups.choose(best.timetable)
        return lambda: self._model(best, number, people)

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:  # noqa: ARG002 (all are alike)
        if proved or not gain:
            self.groups.learn(proved=proved)

    def search(self, model: Model, coverage: Coverage, start: Timetable, task: Task) -> Pattern:
        """Branch and cut by points, prices of areas and open places, in twelfths of points."""
        objective = self._objective(model)
        found = branch_by(model, objective, coverage, start, task, tells=False, gap=NEARLY)
        if found.timetable is not start:
            self._met.append(found.timetable)
            if len(found.timetable.holders) < len(start.holders):
                self.open_price *= 2
            else:
                self.whole = found.timetable
        return found

    def best_of(
        self, start: Pattern, advices: Sequence[Advice], effort: Effort, settings: Settings
    ) -> Pattern:
        """The best of what a pattern and some advice take."""
        guide, timetable = self.guide, start.timetable
        if self.control.over:
            return start
        model = advised_model(guide, timetable, advices, guide.context.people)
        self._prices[model] = _paid(self.areas, model, self.areas.held(timetable))
        task = Task(self.control, settings, effort, Stage.COVERAGE)
        objective = self._objective(model)
        return branch_by(model, objective, start.coverage, timetable, task, tells=False, gap=NEARLY)

    def _objective(self, model: Model) -> Expr:
        cost = model.quality + self.open_price * total(model.open_by_tier)
        return POINT * cost + self._prices[model]

    def advice(self, timetable: Timetable, number: int) -> Advice | None:
        """What the optimum nearest to a timetable takes, with the prices of areas."""
        return self.guide.near(timetable, number, self.control, self.price(timetable))

    def price(self, timetable: Timetable) -> Callable[[Pool, str], float]:
        """What caring in an area costs beside, by how often somebody does now."""
        held = self.areas.held(timetable)

        def cost(pool: Pool, key: str) -> float:
            area = self.areas.area(pool.post)
            return 0.0 if area is None else price(held[key, area]) / POINT

        return cost

    def cost(self, timetable: Timetable) -> float:
        """Points of who works when, prices of open places and of areas; infinite if it breaks a
        must."""
        cost = self.guide.cost(timetable)
        return math.inf if cost is None else cost + PRICE / POINT * len(self.areas.held(timetable))

    def _model(self, best: Pattern, number: int, people: set[str]) -> Model | None:
        advice = self.weeks.near(best.timetable, number)
        if advice is None or self.control.over:
            return None
        beside = [taken(self.guide, one) for one in tuple(self._met)]
        model = advised_model(self.guide, best.timetable, [advice, *beside], people)
        if best.coverage.worst_off is not None:
            hold_coverage(model, best.coverage)
        often = self._cared(advice) | self.areas.held(best.timetable)
        self._prices[model] = _paid(self.areas, model, often)
        return model

    def _cared(self, advice: Advice) -> Counter[tuple[str, int]]:
        """How often people care for classes of an area in whole weeks, by person and area."""
        often: dict[tuple[str, int], float] = defaultdict(float)
        for pool in self.guide.pools:
            area = self.areas.area(pool.post)
            if area is not None:
                for key, part in advice.people[pool.post.key].items():
                    often[key, area] += part
        return Counter({where: round(number) for where, number in often.items()})


def _paid(areas: Areas, model: Model, often: Mapping[tuple[str, int], int]) -> Expr:
    """What caring in many areas costs, by how often each does."""
    terms = []
    for pool, holders in zip(model.pools, model.holders, strict=True):
        area = areas.area(pool.post)
        if area is not None:
            terms += [(one, price(often.get((key, area), 0))) for key, one in holders.items()]
    return weighted(terms)


def _joined(
    guide: Guide, start: Pattern, other: Timetable, control: Control, settings: Settings
) -> Pattern:
    """The best of what two timetables hold, with no more open than in the first."""
    if control.over:
        return start
    model = advised_model(guide, start.timetable, [taken(guide, other)], guide.context.people)
    hold_coverage(model, start.coverage)
    task = Task(control, settings, JOIN, Stage.COVERAGE)
    found = branch(model, start.coverage, start.timetable, task)
    return replace(found, bound=0, began=None)
