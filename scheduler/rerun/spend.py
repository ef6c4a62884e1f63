"""What a few further changes would buy: improvement that may change no more than so much."""

from __future__ import annotations

import random

from instances.timetable import Timetable
from scheduler.changes import PERSON
from scheduler.improve import Neighbourhood
from scheduler.progress import Control
from scheduler.rerun.fewest import Fewest, Search
from scheduler.scope import Scope, scoped_model
from scheduler.search import Effort, Settings

ROUNDS = 8
ROUND = Effort(deterministic=1.5, seconds=3, share=0.2)


def spend(
    search: Search, fewest: Fewest, allow: int, control: Control, settings: Settings
) -> Timetable:
    """A better timetable that costs at most ``allow`` changes of person more.

    Groups of people are freed in turn, as in the improvement of a new timetable.
    """
    context = search.context
    limit = fewest.cost + PERSON * allow
    groups = Neighbourhood(context, random.Random(settings.seed))
    best, quality = fewest.timetable, fewest.quality
    groups.look_at(best)
    for _ in range(ROUNDS):
        if control.over:
            break
        people = groups.choose(best)
        lines = frozenset(line for line, holder in best.holders.items() if holder in people)
        scope = Scope(lines, frozenset())
        current = best
        found, timetable = search.improved(
            lambda scope=scope, current=current: scoped_model(  # type: ignore[misc]
                context, current, scope, search.locked
            ),
            fewest.coverage,
            best,
            limit,
            ROUND,
        )
        groups.learn(proved=True)
        if 0 <= found < quality or quality < 0:
            best, quality = timetable.model_copy(update={"history": best.history}), found
            groups.look_at(best)
    return best
