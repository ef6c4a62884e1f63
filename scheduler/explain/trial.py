"""Applying changes to a school, and solving it: only what holds then is said to be a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from constraints.context import Context
from constraints.model import total
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.audit import Audit
from scheduler.explain.arranging import applied
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import Elastic
from scheduler.explain.standing import EVERYTHING, in_open_rooms, is_full, settled
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.scope import is_small, loose_ends, scoped_model, widened
from scheduler.search import Effort, Settings, search

NEAR = Effort(deterministic=3, share=0.3, seconds=4)
WHOLE = Effort(deterministic=6, share=0.3, seconds=8)


def tried(
    school: Instance,
    easings: Iterable[Easing],
    pattern: Timetable,
    control: Control,
    settings: Settings,
    at_most: int = 0,
    *,
    thorough: bool = True,
) -> Audit | None:
    """A timetable of the changed school that keeps every must and leaves so few open.

    First the pattern given, its dates settled; then, if it is to be ``thorough``, a search near
    what that leaves open, in a small school one over everything. ``None`` if none was found:
    that proves nothing.
    """
    control.tell(Stage.VERIFY)
    context = in_open_rooms(applied(school, easings))
    for found in _patterns(context, _fitting(context, pattern), control, settings):
        judged = settled(context, found, control, settings)
        if is_full(judged, at_most):
            return judged
        if control.over or not thorough:
            break
    return None


def _patterns(
    context: Context, start: Timetable, control: Control, settings: Settings
) -> Iterator[Timetable]:
    yield start
    alone = Settings(1, settings.seed)
    near = scoped_model(context, start, widened(context, start, loose_ends(context, start)))
    near.post_rules(musts_only=True)
    hint(near, start)
    found = search(near.cp, total(near.open_by_tier), control, alone, NEAR, Stage.VERIFY, 0)
    if found.solution is not None:
        yield read_out(near, found)
    if is_small(context):
        whole = Elastic(context, [], EVERYTHING)
        hint(whole.model, start)
        found = search(whole.model.cp, whole.open, control, alone, WHOLE, Stage.VERIFY, 0)
        if found.solution is not None:
            yield read_out(whole.model, found)


def _fitting(context: Context, pattern: Timetable) -> Timetable:
    """What of a pattern there is in a changed school."""
    lines, demand = context.demand.posts_of_line, context.demand
    return pattern.model_copy(
        update={
            "holders": {n: who for n, who in pattern.holders.items() if n in lines},
            "placements": {n: p for n, p in pattern.placements.items() if n in demand.options},
            "rooms": {n: room for n, room in pattern.rooms.items() if n in demand.group_rooms},
        }
    )
