"""How many adults care needs, said twice: by the model's variables and by the dated sessions."""

from __future__ import annotations

import random

from constraints.context import Context
from instances.demand import Demand
from instances.timetable import Timetable, expand
from tests.helpers.fixed import FixedModel
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import wild

SCHOOLS = 80
TIMETABLES = 4


def in_sessions(demand: Demand, timetable: Timetable) -> set[str]:
    """The lines of posts that depend on clubs and have sessions: on all their dates or on none."""
    found: dict[str, set[object]] = {}
    for session in expand(demand, timetable):
        if session.post.need is not None:
            found.setdefault(session.post.line, set()).add(session.date)
    for line, dates in found.items():
        assert len(dates) == demand.post_by_key[line].dates.bit_count(), line
    return set(found)


def test_model_and_sessions_need_the_same_adults() -> None:
    seen = [0, 0]
    for seed in range(SCHOOLS):
        context = Context(random_school(seed), ())
        fixed = FixedModel(context, ())
        for attempt in range(TIMETABLES):
            timetable = wild(random.Random(f"{seed} {attempt}"), context)
            there = in_sessions(context.demand, timetable)
            assert fixed.cost(timetable) == 0, f"school {seed}: {timetable!r}"
            needed = fixed.needed()
            for post in context.demand.posts:
                if post.need is not None:
                    said = needed[post.need, post.number]
                    assert said == (post.line in there), (
                        f"school {seed}, {post.line}: {timetable!r}"
                    )
                    seen[said] += 1
    assert min(seen) > 50
