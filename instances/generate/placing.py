"""Planting a timetable, part one: where and when clubs meet."""

from __future__ import annotations

import random
from collections import Counter

from instances.blocks import Block
from instances.demand import Demand, Option, Post
from instances.generate.clockwork import Clockwork
from instances.generate.matching import Seating
from instances.headcount import adults
from instances.timetable import Place, Placement
from instances.words import Weekday


class NoPlan(Exception):
    """These random choices lead to no complete timetable; others may."""


class Placing:
    """Chooses an option and a room for every movable activity.

    ``together``: clubs of the same grades all meet on one day, so that nobody remains in
    care; otherwise they spread evenly over their days.
    """

    def __init__(self, clockwork: Clockwork, rng: random.Random, *, together: bool) -> None:
        self.clockwork = clockwork
        self.demand = clockwork.demand
        self.rng = rng
        self.together = together
        self.children: Counter[tuple[Block, tuple[int, ...]]] = Counter()
        self.chosen: dict[str, Option] = {}
        names = list(self.demand.options)
        rng.shuffle(names)
        self.names = sorted(names, key=lambda name: (len(self._days(name)) < 2, self._rooms(name)))

    def run(self) -> dict[str, Placement]:
        """Options first, as if no care needed a room; then rooms, with those of care left out."""
        rooms = self.demand.instance.room_by_name
        places = {name: room.groups for name, room in rooms.items()}
        seats = Seats(dict.fromkeys(Weekday, places))
        for name in self.names:
            self._choose(name, seats)
        seats = Seats({day: self._without_care(day, places) for day in Weekday})
        for name in self.names:
            if not seats.add(name, self.chosen[name]):
                raise NoPlan(f"no room for {name}")
        room_of = seats.room_of
        return {
            name: Placement(
                places=tuple(Place(weekday=b.weekday, segments=b.segments) for b in option.blocks),
                room=room_of[name],
            )
            for name, option in self.chosen.items()
        }

    def _days(self, name: str) -> set[Weekday]:
        return {block.weekday for block in self.demand.options[name][0].blocks}

    def _rooms(self, name: str) -> int:
        return len(self.demand.options[name][0].rooms)

    def _choose(self, name: str, seats: Seats) -> None:
        grades = self.demand.instance.activity_by_name[name].grades
        taken = sum(self.demand.taken[name].values())

        def crowd(option: Option) -> int:
            return sum(self.children[block, grades] for block in option.blocks)

        options = self.rng.sample(self.demand.options[name], len(self.demand.options[name]))
        for option in sorted(options, key=crowd, reverse=self.together):
            if seats.add(name, option):
                self.chosen[name] = option
                for block in option.blocks:
                    self.children[block, grades] += taken
                return
        raise NoPlan(f"no room for {name}")

    def _without_care(self, day: Weekday, places: dict[str, int]) -> dict[str, int]:
        """The places left on a weekday when clubs meet and what remains is in care."""
        index = {name: option.index for name, option in self.chosen.items()}
        clubs = 0
        for post in self.demand.posts:
            if post.option is not None and index[post.activity] == post.option:
                clubs |= self.clockwork.of_post(post, day)
        left = dict(places)
        for post in self.demand.posts:
            room = post.room
            if room is not None and post.blocks[0].weekday == day:
                meets = clubs & self.clockwork.of_post(post, day)
                if meets and takes_place(self.demand, post, index):
                    left[room] = 0
        return left


class Seats:
    """Rooms given to clubs, weekday by weekday; clubs on several days keep one room."""

    def __init__(self, places: dict[Weekday, dict[str, int]]) -> None:
        self.left = {day: dict(rooms) for day, rooms in places.items()}
        self.seating = {day: Seating(rooms) for day, rooms in self.left.items()}
        self.kept: dict[str, str] = {}

    def add(self, name: str, option: Option) -> bool:
        days = {block.weekday for block in option.blocks}
        if len(days) == 1:
            return self.seating[days.pop()].add(name, option.rooms)
        for room in option.rooms:
            if all(self.left[day].get(room, 0) for day in days):
                for day in days:
                    self.left[day][room] -= 1
                self.kept[name] = room
                return True
        return False

    @property
    def room_of(self) -> dict[str, str]:
        rooms = dict(self.kept)
        for seating in self.seating.values():
            rooms.update(seating.place_of)
        return rooms


def takes_place(demand: Demand, post: Post, chosen: dict[str, int]) -> bool:
    """Whether a post exists when movable activities have the options ``chosen``."""
    if post.option is not None:
        return chosen[post.activity] == post.option
    if post.need is None:
        return True
    need = demand.needs[post.need]
    gone = sum(t.children for t in need.takers if t.option in (None, chosen.get(t.activity)))
    return adults(need.base - gone, need.ratio) >= post.number


def options_chosen(demand: Demand, placements: dict[str, Placement]) -> dict[str, int]:
    """The index of the option that each placement is."""
    return {
        name: option.index
        for name, placement in placements.items()
        for option in demand.options[name]
        if set(option.blocks) == set(placement.blocks)
    }
