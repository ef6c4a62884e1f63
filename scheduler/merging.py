"""Two improvements of one timetable, found at the same time, put together."""

from __future__ import annotations

from collections.abc import Sequence

from constraints.pools import Pool
from instances.timetable import Timetable


def merged(
    pools: Sequence[Pool], base: Timetable, other: Timetable, found: Timetable
) -> Timetable | None:
    """``other`` with what ``found`` changes in ``base``; ``None`` where the two collide.

    Both came from ``base``. Within a pool it does not matter who has which post. Two that both
    move activities or rooms are not put together: what they take from care may not add up. Nor
    are two that both give somebody a post or another time for one, which may clash.
    """
    places = base.placements, base.rooms
    if places not in ((other.placements, other.rooms), (found.placements, found.rooms)):
        return None
    moved = found if (other.placements, other.rooms) == places else other
    holders = dict(other.holders)
    theirs: set[str] = set()
    ours: set[str] = set()
    for pool in pools:
        lines = [post.line for post in pool.posts]
        before, now, here = (_people(t, lines) for t in (base, found, other))
        name = pool.post.activity
        if moved.placements.get(name) != base.placements.get(name):
            (ours if moved is found else theirs).update(now if moved is found else here)
        gone, new = before.keys() - now.keys(), now.keys() - before.keys()
        theirs |= here.keys() - before.keys()
        ours |= new
        if not gone and not new:
            continue
        if not gone <= here.keys() or new & here.keys():
            return None
        for key in gone:
            holders.pop(here[key], None)  # a club's post is in a pool for each of its times
        free = [line for line in (*now.values(), *lines) if line not in holders]
        if len(free) < len(new):
            return None
        for key, line in zip(sorted(new), dict.fromkeys(free), strict=False):
            holders[line] = key
    if theirs & ours:
        return None
    update = {"holders": holders, "placements": moved.placements, "rooms": moved.rooms}
    return other.model_copy(update=update)


def _people(timetable: Timetable, lines: Sequence[str]) -> dict[str, str]:
    """Who holds a post of a pool, and which."""
    return {timetable.holders[line]: line for line in lines if line in timetable.holders}
