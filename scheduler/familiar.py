"""Who works when and who takes which class, together: rounds among people a class knows.

A class is taken by few people, so of all who could take it a round allows those whom it knows
already, its home teacher and some strangers, at the times they have now or, for a group of
people, an optimum of the relaxation would give them (``guide.py``). What is left has but a few
holdings for each post, and branch and cut searches it to its end in a second or two. Measured on
36 classes, one worker: from 559 points to 264 in 40 s, where groups of people with CP-SAT go to
550.
"""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from constraints.model import Model
from constraints.pools import Pool, single_pools
from constraints.rules.class_changes_hands import care_posts
from instances.timetable import Timetable
from scheduler.branch import branch
from scheduler.guide import Advice
from scheduler.improve import Neighbourhood
from scheduler.incumbent import options_of
from scheduler.likely_weeks import LikelyWeeks
from scheduler.rounds import Freed
from scheduler.search import Effort, Task
from scheduler.weekly import Coverage, Pattern, hold_coverage

ROUND = Effort(deterministic=12, share=0.4, seconds=4, brief=True)
PEOPLE = 60
"""How many people a round begins with whom it gives other times."""
EVERYBODY = 120
"""In a school of no more people, all the others may change places within their times."""
STRANGERS = 5
"""How many may come to a class that does not know them, at the beginning: more as rounds are
searched to their end."""
MET = 2
"""Of so many timetables met last, a round may take what it likes: rounds that ran at the same
time and did not go together are put together so."""


class Familiar:
    """Rounds in which people may be with classes that know them, at advised times."""

    effort = ROUND
    done = False

    def __init__(self, weeks: LikelyWeeks, pools: Sequence[Pool], seed: int) -> None:
        self.weeks = weeks
        self.guide = guide = weeks.guide
        self.context = guide.context
        self.pools = pools
        self.control = weeks.control
        self.singles = single_pools(guide.context.demand)
        self.chooser = random.Random(seed)
        self.number = 0
        self.strangers = STRANGERS
        everybody = len(guide.context.people)
        self.groups = Neighbourhood(guide.context, self.chooser, min(PEOPLE, everybody))
        self.others = set(guide.context.people) if everybody <= EVERYBODY else set[str]()
        self.pool_of = {post.line: pool for pool in pools for post in pool.posts}
        self.classes = self._classes(pools)
        self._met: deque[Timetable] = deque(maxlen=MET)

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def search(self, model: Model, coverage: Coverage, start: Timetable, task: Task) -> Pattern:
        """Branch and cut; what it finds is remembered."""
        found = branch(model, coverage, start, task)
        if found.timetable is not start:
            self._met.append(found.timetable)
        return found

    def choose(self, best: Pattern) -> Freed:
        self.number += 1
        number = self.number
        people = self.groups.choose(best.timetable)
        strangers = self._strangers(people)
        return lambda: self._model(best, number, people, strangers)

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:  # noqa: ARG002 (a size suits whatever is found)
        everybody = len(self.guide.context.people)
        if proved and self.groups.size < everybody:
            self.groups.learn(proved=True)
        elif proved:
            self.strangers += 2 + self.strangers // 4
        elif self.strangers > everybody // 4:
            self.strangers -= self.strangers // 4
        else:
            self.groups.learn(proved=False)

    def _classes(self, pools: Sequence[Pool]) -> dict[str, list[str]]:
        """The classes that somebody could take in care, by person."""
        context = self.guide.context
        found: dict[str, set[str]] = defaultdict(set)
        for pool in pools:
            if care_posts(context.demand, pool.post):
                names = {name for post in pool.posts for name in post.classes}
                for key in context.admitted(pool.post):
                    found[key] |= names
        return {key: sorted(names) for key, names in found.items()}

    def _strangers(self, people: set[str]) -> Mapping[str, set[str]]:
        """Classes that some people may come to though they may not know them, by person."""
        able = [key for key in sorted(people) if key in self.classes]
        found: dict[str, set[str]] = defaultdict(set)
        if able:
            for key in self.chooser.choices(able, k=self.strangers):
                found[key].add(self.chooser.choice(self.classes[key]))
        return found

    def _model(
        self, best: Pattern, number: int, people: set[str], strangers: Mapping[str, set[str]]
    ) -> Model | None:
        advice = self._advice(best.timetable, number)
        if advice is None or self.control.over:
            return None
        model = self._familiar_model(best.timetable, advice, people, strangers)
        hold_coverage(model, best.coverage)
        return model

    def _advice(self, timetable: Timetable, number: int) -> Advice | None:
        """Other times: those of the nearest optimum, or in a large school of whole weeks as they
        are known, since the optimum takes seconds there."""
        if len(self.guide.context.people) > EVERYBODY and self.weeks.latest is not None:
            return self.weeks.latest
        return self.guide.near(timetable, number, self.control)

    def _familiar_model(
        self,
        timetable: Timetable,
        advice: Advice,
        people: set[str],
        strangers: Mapping[str, set[str]],
    ) -> Model:
        """Where ``people`` may have advised times, and others change places within theirs."""
        context = self.guide.context
        demand, holders = context.demand, timetable.holders
        met = tuple(self._met)
        chosen = [options_of(demand, one) for one in (timetable, *met)]
        movers = self.others | people
        known = self._known(timetable)
        advised = {
            pool.index: set[str]().union(*(advice.people.get(p.key, ()) for p in pool.posts))
            for pool in self.pools
        }
        for key, names in strangers.items():
            for name in names:
                known[name].add(key)

        def candidates(pool: Pool) -> Sequence[str]:
            post = pool.post
            alike = self.pool_of[post.line]
            here = {holders.get(other.line) for other in alike.posts}
            some = (here & movers) | (advised[alike.index] & people)
            if alike.count > 1 and care_posts(demand, post):
                some &= set[str]().union(*(known[name] for name in post.classes))
            some |= {one.holders.get(post.line) for one in (timetable, *met)}
            return [key for key in context.admitted(post) if key in some]

        def options(activity: str) -> set[int]:
            now = {places[activity] for places in chosen if activity in places}
            return now | advice.options.get(activity, set())

        model = Model(
            context, self.singles, candidates=candidates, options=options, foresee_covers=False
        )
        model.post_rules()
        return model

    def _known(self, timetable: Timetable) -> dict[str, set[str]]:
        """Whom a class has in care, and its home teacher."""
        demand = self.guide.context.demand
        found: dict[str, set[str]] = defaultdict(set)
        for post in demand.posts:
            if post.line in timetable.holders and care_posts(demand, post):
                for name in post.classes:
                    found[name].add(timetable.holders[post.line])
        for school_class in demand.instance.classes:
            if school_class.home_teacher is not None:
                found[school_class.name].add(school_class.home_teacher)
        return found
