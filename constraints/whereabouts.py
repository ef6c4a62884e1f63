"""In which building people are at the end of one post and at the start of the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from instances.blocks import minutes
from instances.calendar import timing_on
from instances.demand import Post
from instances.school import Instance
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Holding, Literal, Model
    from constraints.pools import Pool

Timed = list[tuple["Holding", int]]
"""Holdings with the dates on which they begin or end at a slot."""
Presence = dict[tuple[str, int], list["Literal"]]
"""Literals that bring somebody to a building on some dates."""


def buildings_named(instance: Instance) -> set[str]:
    """The buildings of a school's rooms; blank is none."""
    return {room.building for room in instance.rooms if room.building}


class Ways:
    """Where the holders of posts are, in a model, and which slots follow one another."""

    def __init__(self, model: Model, most_minutes: int) -> None:
        self.model = model
        self._follow = list(self._following(most_minutes))
        self._known: dict[int, dict[str, Literal]] = {}
        self._of_pool: dict[int, tuple[str, ...]] = {}
        self._rooms = model.demand.instance.room_by_name

    def _following(self, most: int) -> Iterator[tuple[Weekday, str, str, int]]:
        """Segments that begin within minutes of another's end, with the dates on which they do."""
        instance, calendar = self.model.demand.instance, self.model.demand.calendar
        for weekday in Weekday:
            for one in instance.segments:
                for other in instance.segments:
                    days = 0
                    for day in calendar.dates(calendar.of_weekday[weekday]):
                        end = timing_on(one, weekday, day.phase)
                        start = timing_on(other, weekday, day.phase)
                        if end and start:
                            if 0 <= minutes(start.start) - minutes(end.end) <= most:
                                days |= 1 << calendar.index[day.date]
                    if days:
                        yield weekday, one.name, other.name, days

    def meeting(self, holdings: list[Holding]) -> Iterator[tuple[Presence, Presence]]:
        """For each pair of slots that follow: who is where before it ends and after it starts."""
        ends: dict[tuple[Weekday, str], Timed] = defaultdict(list)
        starts: dict[tuple[Weekday, str], Timed] = defaultdict(list)
        for holding in holdings:
            post = holding.post
            for block, (dates, _) in zip(post.blocks, post.units, strict=True):
                if dates:
                    ends[block.weekday, block.segments[-1]].append((holding, dates))
                    starts[block.weekday, block.segments[0]].append((holding, dates))
        for weekday, before, after, days in self._follow:
            if (weekday, before) in ends and (weekday, after) in starts:
                ending = self._presence(ends[weekday, before], days)
                starting = self._presence(starts[weekday, after], days)
                if ending and starting:
                    yield ending, starting

    def _presence(self, timed: Timed, days: int) -> Presence:
        found: Presence = defaultdict(list)
        for holding, dates in timed:
            if there := dates & days:
                for building, literal in self._buildings(holding).items():
                    if building:
                        found[building, there].append(literal)
        return found

    def _buildings(self, holding: Holding) -> Mapping[str, Literal]:
        """For each building, a literal that brings the holder there; at most one is true."""
        names = self._names(holding.pool)
        if len(names) == 1:
            return {names[0]: holding.literal}
        if not names or not self.model.resolves_classes:
            return {}
        key = holding.literal.index
        if key not in self._known:
            self._known[key] = self._find(holding, names)
        return self._known[key]

    def _names(self, pool: Pool) -> tuple[str, ...]:
        """The buildings in which posts of a pool may be; none if it is not known of them all."""
        if pool.index not in self._of_pool:
            choices = [self._choice(post) for post in pool.posts]
            names = {building: None for choice in choices for building in choice}
            self._of_pool[pool.index] = tuple(names) if all(choices) else ()
        return self._of_pool[pool.index]

    def _find(self, holding: Holding, names: tuple[str, ...]) -> dict[str, Literal]:
        from constraints.model import total  # not at the head: checks load no solver

        choice = self._choice(holding.post)
        there = {building: self.model.cp.new_bool_var("") for building in names}
        self.model.cp.add(total(there.values()) == holding.literal)
        for building, literal in there.items():
            self.model.cp.add(literal <= total(choice[building]))
        return there

    def _choice(self, post: Post) -> dict[str, list[Literal]]:
        """The buildings a post may be in, with the rooms of each that may be chosen."""
        if post.room is not None:
            return {self._rooms[post.room].building: []}
        rooms: Mapping[str, Literal] = {}
        if post.option is not None:
            rooms = self.model.rooms.of_option.get((post.activity, post.option), {})
        elif post.group is not None:
            rooms = self.model.rooms.of_group.get(post.group, {})
        found: dict[str, list[Literal]] = defaultdict(list)
        for name, literal in rooms.items():
            found[self._rooms[name].building].append(literal)
        return dict(found)
