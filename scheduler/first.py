"""The first pattern of a larger school: made in a moment, then covered by a small repair.

What a quick timetable leaves open is first settled with all else held still; where that does
not suffice, on pools of interchangeable posts, as near to the quick timetable as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from constraints.context import Context
from constraints.model import SCARCE, total
from constraints.pools import Pool
from instances.timetable import Timetable
from scheduler.annealing.ready import get_ready
from scheduler.audit import audit
from scheduler.greedy import quick_timetable
from scheduler.incumbent import hint, read_out
from scheduler.likely_weeks import LikelyWeeks
from scheduler.nearing import bring_near
from scheduler.progress import Control, Stage
from scheduler.scope import Scope, loose_ends, scoped_model
from scheduler.search import Effort, Settings, search
from scheduler.weekly import Coverage, Pattern, covered_on_pools

REPAIR = Effort(deterministic=6, share=0.15)
EASY = 120
"""In a school of more people, what is left open is looked for at once where a guide points: a
repair with all else held still takes longer there (60 classes: 9 s, and 99 places stay open)."""


def first_pattern(
    context: Context,
    pools: Sequence[Pool],
    control: Control,
    settings: Settings,
    *,
    weeks: LikelyWeeks | None = None,
    until: float = 0.0,
    proof: bool = True,
) -> Pattern | None:
    """A pattern with the fewest open posts that could be found, and a bound of these.

    With ``weeks``, it is near to what these would like best, what a small repair leaves open is
    looked for there until ``until`` seconds are left, and its quality is not known.

    Without ``proof``, what a small repair leaves open is not looked at again, and the bound is
    0. ``None`` if not even rooms for all groups were found in time.
    """
    start = quick_timetable(context, pools, control, settings)
    if start is None:
        return None
    tiers = audit(context, start).open_by_tier
    best = Pattern(start, Coverage(tiers, (0,) * len(tiers)), -1, 0)
    easy = weeks is None or len(context.people) <= EASY
    if easy and best.coverage.value and not control.over:
        scope = _with_scarce(context, loose_ends(context, start))
        best = _repaired(context, best, scope, control, settings)
    if weeks is not None and not control.over:
        get_ready()
        weeks.guide.look_around(best.timetable)
        best = bring_near(weeks, best, control, settings, until=until)
    if proof and best.coverage.value and not control.over:
        best = covered_on_pools(context, pools, best, control, settings)
    if weeks is not None:
        return best
    return replace(best, quality=audit(context, best.timetable).quality)


def _with_scarce(context: Context, scope: Scope) -> Scope:
    """A scope with the posts that few could hold: they decide who can cover absences."""
    scarce = {p.line for p in context.demand.posts if len(context.admitted(p)) <= SCARCE}
    return replace(scope, lines=scope.lines | scarce)


def _repaired(
    context: Context, best: Pattern, scope: Scope, control: Control, settings: Settings
) -> Pattern:
    """The fewest open posts within a scope."""
    start: Timetable = best.timetable
    model = scoped_model(context, start, scope)
    model.post_rules(musts_only=True)
    hint(model, start)
    tiers = model.open_by_tier
    alone = replace(settings, workers=1)
    found = search(model.cp, total(tiers), control, alone, REPAIR, Stage.COVERAGE)
    if found.solution is None:
        return best
    values = tuple(t if isinstance(t, int) else int(found.solution.value(t)) for t in tiers)
    if sum(values) > best.coverage.value:
        return best
    return Pattern(read_out(model, found), Coverage(values, (0,) * len(values)), -1, 0)
