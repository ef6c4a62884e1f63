"""Parts of a timetable that may change, with the rest held still."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from constraints.clash import days_at
from constraints.context import Context
from constraints.model import SCARCE, Model
from constraints.model_kept import ByDate
from constraints.pools import Pool, single_pools
from instances.timetable import Timetable

SMALL_SIZE = 1500


def is_small(context: Context) -> bool:
    """Whether the full model can be expected to be proved at once (measured: in seconds)."""
    return sum(len(posts) for posts in context.possible.values()) <= SMALL_SIZE


@dataclass(frozen=True)
class Scope:
    """What may change: lines that anybody may take, activities and groups that may move."""

    lines: frozenset[str]
    moving: frozenset[str]
    everything: bool = False


def loose_ends(context: Context, start: Timetable) -> Scope:
    """What a carried timetable leaves to be settled: lines, places and rooms without any."""
    demand = context.demand
    placed = {name for name in demand.options if start.placements.get(name)}
    lines = {
        post.line
        for post in demand.posts
        if post.line not in start.holders
        or (post.option is not None and post.activity not in placed)
    }
    moving = {name for name in demand.options if name not in placed}
    moving |= {group for group in demand.group_rooms if group not in start.rooms}
    return Scope(frozenset(lines), frozenset(moving))


def widened(context: Context, start: Timetable, scope: Scope) -> Scope:
    """The scope with every line at the times of those in it."""
    demand = context.demand
    blocks = {block for post in demand.posts if post.line in scope.lines for block in post.blocks}
    times = [
        moment
        for moment in demand.moments
        if any(
            block.weekday == moment.weekday and not moment.segments.isdisjoint(block.segments)
            for block in blocks
        )
    ]
    lines = {
        post.line
        for post in demand.posts
        if any(days_at(post, moment) for moment in times) and post.line in start.holders
    }
    return Scope(scope.lines | lines, scope.moving)


def everything(context: Context) -> Scope:
    """Nothing is held still."""
    demand = context.demand
    moving = frozenset(demand.options) | frozenset(demand.group_rooms)
    return Scope(frozenset(post.line for post in demand.posts), moving, everything=True)


def scoped_model(
    context: Context,
    start: Timetable,
    scope: Scope,
    locked: Collection[str] = (),
    settled: Mapping[str, int] | None = None,
    by_date: ByDate | None = None,
) -> Model:
    """The full model in which only what is in the scope may differ from a timetable.

    ``locked``: lines that keep their holder in any case, or stay without any, and activities that
    meet nowhere if they do not. ``settled``: lines with dates (bit mask)
    on which an exception says who comes. ``by_date``: what else of single dates is decided.
    """
    holders = start.holders
    chosen = {
        activity: option.index
        for activity, placement in start.placements.items()
        for option in context.demand.options.get(activity, ())
        if set(option.blocks) == set(placement.blocks)
    }

    def candidates(pool: Pool) -> Sequence[str]:
        line = pool.post.line
        own = holders.get(line)
        if own is not None and (line in locked or line not in scope.lines):
            return [own] if own in context.admitted(pool.post) else []
        if line in locked:
            return []
        return context.admitted(pool.post)

    def options(activity: str) -> Iterable[int]:
        if activity in locked and activity not in start.placements:
            return []
        if activity in scope.moving or activity not in chosen:
            return [option.index for option in context.demand.options[activity]]
        return [chosen[activity]]

    def rooms(key: str) -> Iterable[str]:
        if key in context.demand.options:
            every: Iterable[str] = context.demand.options[key][0].rooms
            placement = start.placements.get(key)
            room = placement.room if placement else None
        else:
            every, room = context.demand.group_rooms[key], start.rooms.get(key)
        return every if key in scope.moving or room is None else [room]

    return Model(
        context,
        single_pools(context.demand),
        candidates=candidates,
        options=options,
        rooms=rooms,
        foresee_covers=False,
        dated_limit=len(context.people) if is_small(context) else SCARCE,
        settled=settled,
        by_date=by_date,
    )
