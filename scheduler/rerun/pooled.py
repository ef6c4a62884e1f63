"""The fewest changes on pools of interchangeable posts: quick where the full model is not.

Who takes which of several interchangeable posts is left open at first. What the pools find is
then dealt out so that whoever stays in a pool keeps the post that they had.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from constraints.model import Model, total
from constraints.pools import merged_pools
from instances.timetable import Timetable
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.rerun.bound import pooled_people
from scheduler.rerun.reference import Key, Matched
from scheduler.rerun.stability import meetings
from scheduler.search import Effort, Settings, search
from scheduler.weekly import Coverage, cover, hold_coverage, pinned_lines

CHANGES = Effort(deterministic=8, share=0.4)


def on_pools(
    matched: Matched,
    start: Timetable,
    kept: Collection[Key],
    locked: Collection[str],
    control: Control,
    settings: Settings,
) -> tuple[Timetable, Coverage, int] | None:
    """A timetable that leaves as few posts open as can be, with few changes, and their bound."""
    context = matched.context
    pools = merged_pools(context, pinned_lines(context))

    def options(activity: str) -> Iterable[int]:
        closed = activity in locked and activity not in start.placements
        return () if closed else range(len(context.demand.options[activity]))

    model = Model(context, pools, options=options)
    model.post_rules(musts_only=True)
    hint(model, start)
    coverage, found = cover(model, control, settings)
    if found is None:
        return None
    hold_coverage(model, coverage)
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    hint(model, read_out(model, found))
    cost = total([*pooled_people(model, matched, frozenset(kept)), *meetings(model, matched)])
    alone = replace(settings, workers=1)
    fewest = search(model.cp, cost, control, alone, CHANGES, Stage.CHANGES)
    best = read_out(model, found if fewest.solution is None else fewest)
    dealt = _dealt(model, start, best)
    emptied = set(locked) - start.holders.keys()
    holders = {line: key for line, key in dealt.holders.items() if line not in emptied}
    return dealt.model_copy(update={"holders": holders}), coverage, max(0, fewest.bound)


def _dealt(model: Model, start: Timetable, found: Timetable) -> Timetable:
    """The same people in each pool, those who were there before on the posts that they had."""
    holders: dict[str, str] = {}
    for pool in model.pools:
        lines = [post.line for post in pool.posts]
        wanted = [line for line in lines if line in found.holders]
        here = {found.holders[line] for line in wanted}
        mine = {line: start.holders[line] for line in wanted if start.holders.get(line) in here}
        holders |= mine
        rest = sorted(here - set(mine.values()))
        free = [line for line in wanted if line not in mine]
        holders |= dict(zip(free, rest, strict=False))
    return found.model_copy(update={"holders": holders, "history": start.history})
