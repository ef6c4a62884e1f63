"""Exchanging people between classes at one time: simulated annealing on the dealt classes.

Two who are on at the same time change places; what a class gains in familiar faces is counted
from tallies, so that an exchange is judged in microseconds. Dealing one slot at a time ends
where no single slot can be bettered; exchanges that make it a little worse for a while get
away from there. Measured on 36 classes: see ``benchmarks/README.md``.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from instances.demand import Post

MOVES = 600
"""Exchanges tried per post."""
HOT, COLD = 0.3, 0.02
"""Temperatures, in parts of what one face too many costs."""
FAMILIAR = 0.02
"""What a further face costs within the number allowed, in parts of one too many."""


@dataclass(frozen=True)
class Weights:
    """What a class pays: ``face`` for each face beyond ``allowed``, ``home`` without its own."""

    allowed: int
    face: float
    home: float


class Exchange:
    """Holders of posts that may change places within each pool."""

    def __init__(
        self,
        pools: Sequence[Sequence[Post]],
        holders: Mapping[str, str],
        faces: Mapping[str, Counter[str]],
        home: Mapping[str, str | None],
        weights: Weights,
    ) -> None:
        self.pools = [posts for posts in pools if len(posts) > 1]
        self.holders = dict(holders)
        self.faces = {name: dict(people) for name, people in faces.items()}
        self.home = home
        self.weights = weights
        unit = max(weights.face, weights.home, 1.0)
        most = 2 + max((len(people) for people in self.faces.values()), default=0)
        self._cost = [
            weights.face * max(0, n - weights.allowed) + FAMILIAR * unit * n
            for n in range(most + len(holders))
        ]
        self._unit = unit

    def run(self, seed: int) -> dict[str, str]:
        """The best holders met; the same for the same seed."""
        posts = sum(map(len, self.pools))
        if not posts or not (self.weights.face or self.weights.home):
            return self.holders
        chooser = random.Random(seed)
        best, value, least = dict(self.holders), 0.0, 0.0
        moves = MOVES * posts
        cooling = (COLD / HOT) ** (1 / moves)
        heat = HOT * self._unit
        for pool in chooser.choices(self.pools, [len(posts) for posts in self.pools], k=moves):
            heat *= cooling
            one, other = chooser.sample(pool, 2)
            change = self._try(one, other)
            if change is None:
                continue
            if change <= 0 or chooser.random() < math.exp(-change / heat):
                value += change
                if value < least - 1e-9:
                    best, least = dict(self.holders), value
            else:
                self._try(one, other)
        return best

    def _try(self, one: Post, other: Post) -> float | None:
        """Exchange the holders of two posts; by how much it costs more, or that it is idle."""
        first, second = self.holders[one.line], self.holders[other.line]
        if first == second or one.classes == other.classes:
            return None
        self.holders[one.line], self.holders[other.line] = second, first
        change = 0.0
        for post, leaves, enters in ((one, first, second), (other, second, first)):
            for name in post.classes:
                change += self._replace(name, leaves, enters)
        return change

    def _replace(self, name: str, leaves: str, enters: str) -> float:
        """One person instead of another for one meeting with a class; the change of cost."""
        people = self.faces[name]
        before, change = len(people), 0.0
        if people[leaves] == 1:
            del people[leaves]
            if self.home[name] == leaves:
                change += self.weights.home
        else:
            people[leaves] -= 1
        if enters in people:
            people[enters] += 1
        else:
            people[enters] = 1
            if self.home[name] == enters:
                change -= self.weights.home
        return change + self._cost[len(people)] - self._cost[before]
