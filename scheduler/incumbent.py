"""Between models and timetables: reading a solution out, and hinting one in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from constraints.model import Literal, Model
from instances.blocks import Block
from instances.demand import Demand
from instances.timetable import Place, Placement, Timetable


class Solution(Protocol):
    """Anything that knows which literals are true."""

    def true(self, literal: Literal) -> bool: ...


def read_out(model: Model, found: Solution) -> Timetable:
    """The timetable of a solution; within a pool, posts are dealt out in order."""
    holders: dict[str, str] = {}
    for pool, literals in zip(model.pools, model.holders, strict=True):
        people = [key for key, literal in literals.items() if found.true(literal)]
        wanted = [
            post
            for post in pool.posts
            if post.need is None or found.true(model.active[post.need, post.number])
        ]
        for post, key in zip(wanted, people, strict=False):
            holders[post.line] = key
    placements = {}
    for (activity, index), literal in model.placed.items():
        if found.true(literal):
            rooms = model.rooms.of_option[activity, index]
            room = next((name for name, lit in rooms.items() if found.true(lit)), None)
            blocks = model.demand.options[activity][index].blocks
            placements[activity] = Placement(places=places_of(blocks), room=room)
    groups = {
        group: name
        for group, rooms in model.rooms.of_group.items()
        for name, literal in rooms.items()
        if found.true(literal)
    }
    return Timetable(placements=placements, rooms=groups, holders=holders)


def places_of(blocks: tuple[Block, ...]) -> tuple[Place, ...]:
    """Blocks as they are stored in a timetable."""
    return tuple(Place(weekday=block.weekday, segments=block.segments) for block in blocks)


def options_of(demand: Demand, timetable: Timetable) -> dict[str, int]:
    """The index of the option in which each placed activity meets."""
    chosen: dict[str, int] = {}
    for activity, placement in timetable.placements.items():
        blocks = set(placement.blocks)
        for option in demand.options.get(activity, ()):
            if set(option.blocks) == blocks:
                chosen[activity] = option.index
    return chosen


def hint(model: Model, timetable: Timetable) -> None:
    """Start the search of a model from a timetable."""
    chosen = options_of(model.demand, timetable)
    for (activity, index), literal in model.placed.items():
        model.cp.add_hint(literal, chosen.get(activity) == index)
    for activity, literal in model.unplaced.items():
        model.cp.add_hint(literal, activity not in chosen)
    for (activity, index), rooms in model.rooms.of_option.items():
        placement = timetable.placements.get(activity)
        room = placement.room if placement and chosen.get(activity) == index else None
        _hint_names(model, rooms, room)
    for group, rooms in model.rooms.of_group.items():
        _hint_names(model, rooms, timetable.rooms.get(group))
    for pool, literals in zip(model.pools, model.holders, strict=True):
        post = pool.post
        here = post.option is None or chosen.get(post.activity) == post.option
        people = {timetable.holders.get(p.line) for p in pool.posts} if here else set()
        for key, literal in literals.items():
            model.cp.add_hint(literal, key in people)


def _hint_names(model: Model, literals: Mapping[str, Literal], name: str | None) -> None:
    for key, literal in literals.items():
        model.cp.add_hint(literal, key == name)
