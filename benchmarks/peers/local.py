"""Local search as a school would write it: give a post to somebody else, or exchange two.

A change is kept if what it makes is no dearer than what there is, or than what there was some
steps ago (late acceptance): a way out of dead ends with one number to set.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Collection, Sequence

from benchmarks.peers.greedy import by_hand, week_of
from benchmarks.peers.outcome import NotValid, Outcome, Point, improving
from benchmarks.peers.parts import MUST, Costs
from constraints.context import Context
from instances.demand import Post
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.diary import Diary
from scheduler.progress import Control
from scheduler.repair import settle_once
from scheduler.search import Settings

LATE = 60
"""Steps back to which a new cost is compared."""
LOOKS = 20
"""How often at most the best so far is settled for its dates and audited."""
PATIENCE = 4.0
"""After a look, so many times what it took is first spent on further steps."""

Change = tuple[Post, str]
Holding = tuple[str, str]
"""A line of posts and who holds it."""


def greedy(
    instance: Instance, limit: float | None, settings: Settings, steps: int = 3000
) -> Outcome:
    """A timetable by hand, then changes for the time there is; without a limit, ``steps``.

    Now and then the best so far is settled for its dates by the program and audited, within the
    time. Whoever is away on a date on which nobody could come instead gives up that post.
    """
    clock, context = Control(limit), Context(instance)
    start = by_hand(context, clock, settings.seed)
    looks = Looks(context, clock, settings, steps)
    search = Search(context, start, settings.seed)
    barred: set[Holding] = set()
    done = 0
    while not looks.last(done):
        search.step()
        done += 1
        if looks.due(search, done):
            new = looks.look(search, done) - barred
            if new:
                barred |= new
                search = Search(context, search.timetable, done, search.costs, barred)
    looks.look(search, done)
    if looks.best is None:
        raise NotValid("no timetable passed the audit")
    return Outcome(looks.best, tuple(improving(looks.points)))


class Looks:
    """The timetables that were settled and audited on the way."""

    def __init__(self, context: Context, clock: Control, settings: Settings, steps: int) -> None:
        self.context, self.clock, self.settings, self.steps = context, clock, settings, steps
        self.best: Timetable | None = None
        self.points: list[Point] = []
        self._next = 0.0
        self._took = 0.0 if clock.time_limit is None else clock.time_limit / LOOKS
        self._cost: float = math.inf

    def last(self, done: int) -> bool:
        """Whether there is only time for a last look."""
        left = self.clock.left
        return done >= self.steps if left is None else left <= 1.2 * self._took

    def due(self, search: Search, done: int) -> bool:
        """Whether the best is another one without an open post, and it is time to look at it."""
        now = float(done) if self.clock.left is None else self.clock.seconds
        return not search.best_open and search.best < self._cost and now >= self._next

    def look(self, search: Search, done: int) -> set[Holding]:
        """Settle and audit the best; the holdings for which nobody can come instead."""
        began = self.clock.seconds
        timetable = settle_once(self.context, search.timetable, self.clock, self.settings)
        found = audit(self.context, timetable)
        ended = self.clock.seconds
        point = Point(ended, sum(found.open_by_tier), found.quality)
        if not found.hard:
            if all(point.rank < other.rank for other in self.points):
                self.best = timetable
                self.points.append(point)
        holes = {
            (session.post.line, session.planned)
            for session in found.open_sessions
            if session.planned is not None
        }
        self._cost = math.inf if holes else search.best
        self._took = ended - began
        if self.clock.time_limit is None:
            self._next = done + self.steps / LOOKS
        else:
            pause = max(PATIENCE * self._took, self.clock.time_limit / LOOKS)
            self._next = ended + pause
        return holes


class Search:
    """Who holds what, what that costs, and the best so far."""

    def __init__(
        self,
        context: Context,
        start: Timetable,
        seed: int,
        costs: Costs | None = None,
        barred: Collection[Holding] = (),
    ) -> None:
        self.context = context
        self.start = start
        self.rng = random.Random(seed)
        everybody = {post: context.admitted(post) for post in week_of(context, start)}
        self.able = {
            post: [key for key in keys if (post.line, key) not in barred]
            for post, keys in everybody.items()
            if keys
        }
        self.posts = [post for post, keys in self.able.items() if keys]
        self.costs = costs or Costs(context, start, [post for post in everybody if everybody[post]])
        self.diary = Diary(context)
        self.holders: dict[str, str] = {}
        self.of_class: dict[str, list[Post]] = defaultdict(list)
        for post in self.posts:
            for name in post.classes:
                self.of_class[name].append(post)
            if start.holders.get(post.line) in self.able[post]:
                self._take(start.holders[post.line], post)
        self.open = [post for post in self.posts if post.line not in self.holders]
        self.of_person = {key: self._person(key) for key in context.people}
        self.of_class_cost = {name: self._class(name) for name in self.of_class}
        self.cost = sum(self.of_person.values()) + sum(self.of_class_cost.values())
        self.cost += MUST * len(self.open)
        self.best, self._best = self.cost, dict(self.holders)
        self.best_open = len(self.open)
        self.late = [self.cost] * LATE
        self.done = 0

    @property
    def timetable(self) -> Timetable:
        """The best so far."""
        return self.start.model_copy(update={"holders": dict(self._best)})

    def step(self) -> None:
        """Try one change."""
        changes = self._proposed()
        if changes:
            self._try(changes)
        self.late[self.done % LATE] = self.cost
        self.done += 1

    def _proposed(self) -> list[Change]:
        """Somebody else for a post; if they are not free, what they hold goes to its holder or
        to a third."""
        pick = self.open if self.open and self.rng.random() < 0.5 else self.posts
        post = self.rng.choice(pick)
        old, new = self.holders.get(post.line), self._candidate(post)
        if new == old:
            return []
        clashing = self.diary.clashing(new, post)
        if not clashing:
            return [(post, new)]
        if len(clashing) > 1:
            return []
        other = clashing[0]
        heirs = self.able[other]
        heir = old if old in heirs and self.rng.random() < 0.7 else self.rng.choice(heirs)
        return [(post, new), (other, heir)] if heir is not None and heir != new else []

    def _candidate(self, post: Post) -> str:
        """Anybody who may take a post; as often somebody whom its class knows."""
        anybody = self.able[post]
        if post.classes and self.rng.random() < 0.5:
            name = self.rng.choice(post.classes)
            here = {self.holders.get(other.line) for other in self.of_class[name]}
            here.add(self.context.instance.class_by_name[name].home_teacher)
            known = [key for key in anybody if key in here]
            return self.rng.choice(known or anybody)
        return self.rng.choice(anybody)

    def _try(self, changes: Sequence[Change]) -> None:
        before = [(post, self.holders.get(post.line)) for post, _ in changes]
        for post, old in before:
            if old is not None:
                self._give_up(old, post)
        taken: list[Change] = []
        for post, new in changes:
            if not self.diary.is_free(new, post):
                break
            self._take(new, post)
            taken.append((post, new))
        people = {key for _, key in (*changes, *before) if key is not None}
        classes = {name for post, _ in changes for name in post.classes}
        after: tuple[dict[str, int], dict[str, int]] | None = None
        if len(taken) == len(changes):
            after = (
                {key: self._person(key) for key in people},
                {name: self._class(name) for name in classes},
            )
        if after is None or not self._accepts(after, sum(old is None for _, old in before)):
            for post, new in taken:
                self._give_up(new, post)
            for post, old in before:
                if old is not None:
                    self._take(old, post)

    def _accepts(self, after: tuple[dict[str, int], dict[str, int]], filled: int) -> bool:
        cost = self.cost - MUST * filled
        for known, new in zip((self.of_person, self.of_class_cost), after, strict=True):
            cost += sum(value - known[key] for key, value in new.items())
        if cost > self.cost and cost > self.late[self.done % LATE]:
            return False
        self.cost = cost
        self.of_person.update(after[0])
        self.of_class_cost.update(after[1])
        if filled:
            self.open = [post for post in self.open if post.line not in self.holders]
        if cost < self.best:
            self.best, self._best = cost, dict(self.holders)
            self.best_open = len(self.open)
        return True

    def _take(self, key: str, post: Post) -> None:
        self.diary.take(key, post)
        self.holders[post.line] = key

    def _give_up(self, key: str, post: Post) -> None:
        self.diary.give_up(key, post)
        del self.holders[post.line]

    def _person(self, key: str) -> int:
        return self.costs.person(key, self.diary.taken[key].posts)

    def _class(self, name: str) -> int:
        held: dict[str, list[Post]] = defaultdict(list)
        for post in self.of_class[name]:
            if post.line in self.holders:
                held[self.holders[post.line]].append(post)
        return self.costs.school_class(name, held)
