"""What a few further changes would buy: improvement that may change no more than so much."""

from __future__ import annotations

import random
from collections.abc import Sequence

from instances.timetable import Timetable
from scheduler.changes import Prices
from scheduler.improve import Neighbourhood
from scheduler.progress import Control
from scheduler.rerun.best import Fewest
from scheduler.rerun.fewest import Search
from scheduler.result import Offer
from scheduler.scope import Scope
from scheduler.search import Effort, Settings

ROUNDS = 8
OFFERED = (5, 10, 20)
FEW = 2
ROUND = Effort(deterministic=1, seconds=2, share=0.2)


class Spending:
    """Improves a pattern with the fewest changes by changing a few posts more.

    Groups of people are freed in turn, as in the improvement of a new timetable; the number
    of posts that change, date by date, is limited.
    """

    def __init__(
        self, search: Search, fewest: Fewest, control: Control, settings: Settings
    ) -> None:
        self.search = search
        self.coverage = fewest.coverage
        self.timetable = fewest.timetable
        self.quality = fewest.quality
        self.least = search.posts_of(fewest.timetable)
        self.control = control
        self.groups = Neighbourhood(search.context, random.Random(settings.seed))

    def up_to(self, allow: int, rounds: int = ROUNDS) -> Timetable:
        """The best timetable found that changes at most so many posts more."""
        prices = Prices.one_each(self.search.matched.reference.since)
        self.groups.look_at(self.timetable)
        for _ in range(rounds):
            if self.control.over:
                break
            current = self.timetable
            people = self.groups.choose(current)
            mine = frozenset(line for line, key in current.holders.items() if key in people)
            scope = Scope(mine, frozenset())
            found, timetable = self.search.improved(
                lambda scope=scope, current=current: self.search.scoped(  # type: ignore[misc]
                    current, scope
                ),
                self.coverage,
                current,
                self.least + allow,
                ROUND,
                prices,
            )
            if 0 <= found < self.quality or self.quality < 0:
                update = {"history": current.history}
                self.timetable, self.quality = timetable.model_copy(update=update), found
                self.groups.look_at(self.timetable)
        return self.timetable


def offers(
    search: Search,
    fewest: Fewest,
    control: Control,
    settings: Settings,
    numbers: Sequence[int] = OFFERED,
) -> tuple[Offer, ...]:
    """What so many further changes would gain at least, in points of quality."""
    spending = Spending(search, fewest, control, settings)
    found = []
    for allow in numbers:
        spending.up_to(allow, FEW)
        gained = max(0, fewest.quality - spending.quality)
        found.append(Offer(allow=allow, points=gained))
    return tuple(found)
