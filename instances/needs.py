"""How many children remain in care: those present, less those in anything else at the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from instances.blocks import Block
from instances.clock import Clock
from instances.demand import Group, Need, Post, Taker
from instances.headcount import adults, present_at
from instances.school import Activity, Instance

Held = list[tuple[Block, int]]
"""Blocks, each with the dates on which something takes place there."""
ByDays = tuple[tuple[int, tuple[int, ...]], ...]
"""Dates, with the options of a club that share a time with care on them."""


class Needs:
    """The needs of groups in care, from the posts of all other activities.

    ``taken`` says how many children of each class a group activity takes.
    """

    def __init__(
        self,
        instance: Instance,
        clock: Clock,
        posts: Iterable[Post],
        taken: Mapping[str, Mapping[str, int]],
    ) -> None:
        self.instance = instance
        self.clock = clock
        self.taken = taken
        self._whole: dict[str, Held] = defaultdict(list)
        self._clubs: dict[str, dict[int, Held]] = {name: {} for name in taken}
        self._clubs_of: dict[str, list[str]] = defaultdict(list)
        for club, children in taken.items():
            for name in (name for name, count in children.items() if count):
                self._clubs_of[name].append(club)
        for post in posts:
            held = [(block, mask) for block, (mask, _) in zip(post.blocks, post.units, strict=True)]
            if post.option is None:
                for name in post.classes:
                    self._whole[name] += held
            elif post.activity in taken:
                self._clubs[post.activity].setdefault(post.option, []).extend(held)
        self._known: dict[tuple[str, Block], ByDays] = {}

    def of(self, activity: Activity, group: Group, block: Block, days: int) -> list[Need]:
        """The needs of a group at a block: one for each set of dates with the same takers."""
        away = {name: self._shared(block, self._whole[name]) for name in group.classes}
        near = {club for name in group.classes for club in self._clubs_of.get(name, ())}
        clubs = {club: self._by_days(club, block) for club in self._clubs if club in near}
        masks = [*away.values(), *(mask for found in clubs.values() for mask, _ in found)]
        needs = []
        for n, dates in enumerate(_parts(days, masks)):
            names = tuple(name for name in group.classes if not away[name] & dates)
            base = present_at(self.instance, names, block)
            takers = tuple(
                Taker(club, option, children)
                for club, found in clubs.items()
                for option in sorted(o for mask, options in found if mask & dates for o in options)
                if (children := sum(self.taken[club].get(name, 0) for name in names))
            )
            most = sum({taker.activity: taker.children for taker in takers}.values())
            need = Need(
                key=f"{group.key}@{block.key}~{n}",
                group=group,
                block=block,
                dates=dates,
                base=base,
                takers=takers,
                ratio=activity.ratio,
                low=adults(base - most, activity.ratio),
                high=adults(base, activity.ratio),
            )
            needs.append(need)
        return needs

    def _by_days(self, club: str, block: Block) -> ByDays:
        """The options of a club that share a time with a block, by the dates on which they do."""
        if (club, block) not in self._known:
            options: dict[int, list[int]] = defaultdict(list)
            for option, held in self._clubs[club].items():
                if days := self._shared(block, held):
                    options[days].append(option)
            self._known[club, block] = tuple((d, tuple(found)) for d, found in options.items())
        return self._known[club, block]

    def _shared(self, block: Block, held: Held) -> int:
        days = 0
        for other, mask in held:
            days |= mask & self.clock.shared(block, other)
        return days


def _parts(days: int, masks: Iterable[int]) -> list[int]:
    """The coarsest split of days such that each mask has all or none of a part; longest first."""
    parts = [days] if days else []
    for mask in set(masks):
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return sorted(parts, key=lambda part: (-part.bit_count(), part & -part))
