"""Every rule is written twice, for the solver and for the audit: do the writings agree?

Random small schools, random fixed timetables. A soft rule must cost the solver what the check
counts; a must must be impossible exactly where the check finds a breach.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from constraints.catalogue import catalogue
from constraints.context import Context
from constraints.rule import Rule
from instances.school import RuleSetting
from instances.timetable import Timetable
from tests.helpers.comparing import Comparison
from tests.helpers.random_schools import random_school
from tests.helpers.random_timetables import in_other_rooms, orderly, wild, without_rooms

SCHOOLS = 50
TIMETABLES = 5

MEDDLE = {"room-unsuitable": in_other_rooms, "plan-incomplete": without_rooms}
"""What these rules forbid is never offered to the solver: their timetables are tampered with."""


@cache
def school(seed: int) -> Context:
    """A random school under the default rules, which say who could hold what."""
    return Context(random_school(seed))


def drawn(rule_id: str, rng: random.Random, context: Context) -> Rule:
    """A rule as a school might set it: sometimes with other parameters, weight and scope."""
    rule = catalogue()[rule_id]
    if rule.default_weight is None or rng.random() < 0.4:
        return rule()
    values = {}
    for name, info in rule.model_fields.items():
        if name != "setting":
            low, high = (
                next(getattr(m, b) for m in info.metadata if hasattr(m, b)) for b in ("ge", "le")
            )
            values[name] = rng.randint(low, min(high, low + 3))
    names = tuple(staff for staff in context.people if rng.random() < 0.7)
    scope = {
        "staff": names if rng.random() < 0.3 else (),
        "grades": (1,) if rng.random() < 0.3 else (),
        "activities": ("care", "club/1") if rng.random() < 0.3 else (),
        "segments": ("S2",) if rng.random() < 0.3 else (),
    }
    setting = RuleSetting(rule=rule_id, weight=rng.randint(1, 9), **scope)
    return rule(setting=setting, **values)


def timetables(rule: Rule, rng: random.Random, context: Context) -> Iterator[Timetable]:
    for _ in range(TIMETABLES):
        timetable = (orderly if rule.weight is not None else wild)(rng, context)
        meddle = MEDDLE.get(rule.rule_id())
        yield meddle(rng, context, timetable) if meddle else timetable


@pytest.mark.parametrize("rule_id", catalogue())
def test_solver_and_check_agree(rule_id: str) -> None:
    seen: Counter[bool] = Counter()
    for seed in range(SCHOOLS):
        rng = random.Random(f"{rule_id} {seed}")
        context = school(seed)
        comparison = Comparison(context, drawn(rule_id, rng, context))
        for timetable in timetables(comparison.rule, rng, context):
            verdict = comparison.of(timetable)
            assert verdict.agree, f"school {seed}: {verdict}\n{timetable!r}"
            seen[verdict.check > 0] += 1
    assert seen.total() >= 200
    assert min(seen[True], seen[False]) >= 10, f"too much of a kind: {seen}"
