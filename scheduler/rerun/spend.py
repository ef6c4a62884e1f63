"""What a few further changes would buy: improvement that may change no more than so much."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from instances.timetable import Timetable
from scheduler.changes import Prices
from scheduler.improve import Neighbourhood
from scheduler.progress import Control
from scheduler.rerun.carry import kept_in
from scheduler.rerun.fewest import Search
from scheduler.rerun.outcome import Dated
from scheduler.rerun.reference import Matched
from scheduler.result import Offer
from scheduler.scope import Scope
from scheduler.search import Effort, Settings
from scheduler.weekly import Coverage

ROUNDS = 8
OFFERED = (5, 10, 20)
FEW = 2
"""Rounds for each of these numbers."""
ROUND = Effort(deterministic=3, seconds=4, share=0.2, light=True)
"""For each round. Simplified at length, a model of 36 classes had no answer in that time; lightly,
it is searched to its end in two seconds."""

DateIt = Callable[[Timetable, Timetable], Dated]
"""From a timetable and another pattern, this pattern with its dates, exceptions kept."""


class Spending:
    """Improves a timetable with the fewest changes by changing a few posts more.

    Groups of people are freed in turn, as in the improvement of a new timetable; the number
    of posts that change, date by date, is limited. What is found counts with its covers and
    rooms on every date, and only if it leaves no more open.
    """

    def __init__(
        self,
        matched: Matched,
        done: Dated,
        locked: Collection[str],
        control: Control,
        settings: Settings,
        date_it: DateIt,
    ) -> None:
        self.done = self.best = done
        start = done.planned.timetable
        kept = kept_in(matched, start)
        self._search = Search(matched, start, kept, locked, control, settings)
        self._pattern, self._points = start, -1
        tiers = done.judged.open_by_tier
        self._coverage = Coverage(tiers, tiers)
        self._control = control
        self._date_it = date_it
        self._groups = Neighbourhood(matched.context, random.Random(settings.seed))
        self._groups.look_at(start)
        self._least = self._search.posts_of(start)

    def offers(self, numbers: Sequence[int] = OFFERED) -> tuple[Offer, ...]:
        """What so many further changes gain, in points of quality, each with what those before
        it found."""
        return tuple(Offer(allow=allow, points=self._gained(allow, FEW)) for allow in numbers)

    def up_to(self, allow: int) -> Dated:
        """The best timetable found that changes at most so many posts more.

        What is offered for as many or fewer is found on the way.
        """
        for number in OFFERED:
            if number < allow:
                self._gained(number, FEW)
        self._gained(allow, ROUNDS)
        return self.best

    def _gained(self, allow: int, rounds: int) -> int:
        """By how many points the best found so far is better than the timetable itself."""
        for pattern in self._patterns(allow, rounds):
            found = self._date_it(self.done.planned.timetable, pattern)
            if self._is_better(found, allow):
                self.best = found
        return self.done.judged.quality - self.best.judged.quality

    def _patterns(self, allow: int, rounds: int) -> Iterator[Timetable]:
        """The last of the patterns that are better and better, if there is any."""
        prices = Prices.one_each(self._search.matched.reference.since)
        before = self._pattern
        for _ in range(rounds):
            if self._control.over:
                break
            current = self._pattern
            people = self._groups.choose(current)
            mine = frozenset(line for line, key in current.holders.items() if key in people)
            scope = Scope(mine, frozenset())
            found, timetable = self._search.improved(
                lambda scope=scope, current=current: self._search.scoped(  # type: ignore[misc]
                    current, scope
                ),
                self._coverage,
                current,
                self._least + allow,
                ROUND,
                prices,
            )
            if found >= 0 and (found < self._points or self._points < 0):
                update = {"history": current.history}
                self._pattern = timetable.model_copy(update=update)
                self._points = found
                self._groups.look_at(self._pattern)
        if self._pattern != before:
            yield self._pattern

    def _is_better(self, found: Dated, allow: int) -> bool:
        """Whether there are fewer points, and no more broken, open or changed than may be."""
        no_more = replace(found, cost=0).rank <= replace(self.done, cost=0).rank
        few = found.posts <= self.done.posts + allow
        return no_more and few and found.judged.quality < self.best.judged.quality
