"""Rounds that decide one day of the week anew, with all other days held still.

Everybody who may take a post of that day may, so a round finds who should come in, who should stay
away and who should have which class, all at once. With the rest of the week held still, that is
all but an assignment, and branch and cut proves the best: a day of 36 classes has some 100 posts,
for 60 people each.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scheduler.improve import held_model, resized
from scheduler.search import Effort

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from constraints.context import Context
    from constraints.model import Model
    from constraints.pools import Pool
    from instances.timetable import Timetable
    from instances.words import Weekday
    from scheduler.rounds import Freed
    from scheduler.weekly import Pattern

EFFORT = Effort(deterministic=20, share=0.3, seconds=15, brief=True)
LINES = 80
"""How many posts of a day a round begins with, at random where it has more."""
SMALLEST = 20


class OfDays:
    """One day after the other, or as much of each as rounds can search to their end."""

    effort = EFFORT

    def __init__(self, context: Context, pools: Sequence[Pool], chooser: random.Random) -> None:
        self.context = context
        self.pools = pools
        self.chooser = chooser
        self.size = LINES
        self.lines: dict[Weekday, list[str]] = {}
        for post in context.demand.posts:
            if post.option is None:
                for day in dict.fromkeys(block.weekday for block in post.blocks):
                    self.lines.setdefault(day, []).append(post.line)
        self.days = sorted(self.lines, key=lambda day: day.value)
        self.number = chooser.randrange(len(self.days) or 1)

    def look_at(self, timetable: Timetable) -> None:
        """Every day has its turn, whatever is bad about a timetable."""

    def choose(self, best: Pattern) -> Freed:
        if not self.days:
            return lambda: None
        self.number = (self.number + 1) % len(self.days)
        lines = self.lines[self.days[self.number]]
        some = self.chooser.sample(lines, min(self.size, len(lines)))
        return partial(self._model, best, frozenset(some))

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:  # noqa: ARG002 (a size suits whatever is found)
        longest = max(map(len, self.lines.values()), default=SMALLEST)
        self.size = max(SMALLEST, min(resized(self.size, proved=proved), longest))

    def _model(self, best: Pattern, lines: frozenset[str]) -> Model:
        holders = best.timetable.holders

        def candidates(pool: Pool) -> Sequence[str]:
            line, able = pool.post.line, self.context.admitted(pool.post)
            if line in lines or line not in holders:
                return able
            return [holders[line]] if holders[line] in able else []

        return held_model(self.context, self.pools, best.timetable, best.coverage, candidates)
