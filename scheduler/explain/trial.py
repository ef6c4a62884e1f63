"""Applying changes to a school, and solving it: only what holds then is said to be a way out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from constraints.context import Context
from constraints.model import Literal, total, weighted
from instances.blocks import Block
from instances.school import Instance
from instances.timetable import Timetable
from scheduler.audit import Audit
from scheduler.explain.arranging import applied
from scheduler.explain.easing import Easing
from scheduler.explain.elastic import Elastic
from scheduler.explain.standing import EVERYTHING, in_open_rooms, is_full, settled
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.scope import Scope, is_small, loose_ends, scoped_model, widened
from scheduler.search import Effort, Settings, search

NEAR = Effort(deterministic=3, share=0.3, seconds=4)
CUT = Effort(deterministic=1, share=0.2, seconds=2)
CUTS = 2
"""How often people who cannot be covered are taken off before a way out is given up."""
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
    failures: list[Audit] | None = None,
) -> Audit | None:
    """A timetable of the changed school that keeps every must and leaves so few open.

    First the pattern given, its dates settled; where nobody can cover an absence, others hold
    the post. Then, if it is to be ``thorough``, a search near what that leaves open, in a small
    school one over everything. ``None`` if none was found: that proves nothing; the first one
    tried is then added to the ``failures``.
    """
    control.tell(Stage.VERIFY)
    context = in_open_rooms(applied(school, easings))
    start = _fitting(context, pattern)
    first = judged = _coverable(context, start, control, settings)
    if is_full(judged, at_most):
        return judged
    for found in _patterns(context, start, control, settings) if thorough else ():
        if control.over:
            break
        judged = settled(context, found, control, settings)
        if is_full(judged, at_most):
            return judged
    if failures is not None:
        failures.append(first)
    return None


def _coverable(context: Context, pattern: Timetable, control: Control, settings: Settings) -> Audit:
    """The pattern with its dates settled; whoever cannot be covered is not on at that time."""
    best = judged = settled(context, pattern, control, settings)
    kept_off: set[tuple[str, Block]] = set()
    for _ in range(CUTS):
        open_sessions = [s for s in judged.open_sessions if s.planned is not None]
        new = {(str(s.planned), b) for s in open_sessions for b in s.post.blocks} - kept_off
        if not new or judged.hard or control.over:
            break
        kept_off |= new
        lines = frozenset(session.post.line for session in open_sessions)
        found = _instead(context, pattern, lines, kept_off, control, settings)
        if found is None:
            break
        pattern = found
        judged = settled(context, pattern, control, settings)
        if not judged.hard and sum(judged.open_by_tier) < sum(best.open_by_tier):
            best = judged
    return best


def _instead(
    context: Context,
    pattern: Timetable,
    lines: frozenset[str],
    kept_off: Collection[tuple[str, Block]],
    control: Control,
    settings: Settings,
) -> Timetable | None:
    """The pattern changed as little as can be, at the times of some lines, with people off."""
    scope = widened(context, pattern, Scope(lines, frozenset()))
    model = scoped_model(context, pattern, scope)
    model.post_rules(musts_only=True)
    kept: list[Literal] = []
    for pool, literals in zip(model.pools, model.holders, strict=True):
        for key, literal in literals.items():
            if any((key, block) in kept_off for block in pool.post.blocks):
                model.cp.add(literal == 0)
            elif pattern.holders.get(pool.post.line) == key:
                kept.append(literal)
    open_places = weighted([(total(model.open_by_tier), len(kept) + 1)])
    aim = total([open_places, weighted((literal, -1) for literal in kept)])
    hint(model, pattern)
    found = search(model.cp, aim, control, Settings(1, settings.seed), CUT, Stage.VERIFY, 0)
    return read_out(model, found) if found.solution is not None else None


def _patterns(
    context: Context, start: Timetable, control: Control, settings: Settings
) -> Iterator[Timetable]:
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
