"""Planting a timetable, part one: where and when clubs meet."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable

from instances.demand import Demand, Option, Post
from instances.generate.clockwork import Clockwork, Slot
from instances.generate.matching import Seating
from instances.headcount import adults
from instances.school import Room
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
        self.children: Counter[tuple[Slot, int]] = Counter()
        self.chosen: dict[str, Option] = {}
        self.group_room: dict[str, str] = {}
        names = list(self.demand.options)
        rng.shuffle(names)
        self.names = sorted(names, key=lambda name: (len(self._days(name)) < 2, self._rooms(name)))

    def run(self) -> dict[str, Placement]:
        """Options first, as if no care needed a room; then rooms, with those of care left out."""
        rooms = self.demand.instance.room_by_name
        open_rooms = {
            day: {name: room.groups for name, room in rooms.items() if not _closes(room, day)}
            for day in Weekday
        }
        seats = Seats(open_rooms)
        for name in self.names:
            self._choose(name, seats)
        seats = Seats({day: self._without_care(day, places) for day, places in open_rooms.items()})
        self._seat_groups(seats)
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
        taken: Counter[int] = Counter()
        for school_class, children in self.demand.taken[name].items():
            taken[self.demand.instance.class_by_name[school_class].grade] += children

        def crowd(option: Option) -> int:
            slots = [slot for block in option.blocks for slot in block.slots]
            return max(self.children[slot, grade] for slot in slots for grade in taken)

        options = self.rng.sample(self.demand.options[name], len(self.demand.options[name]))
        for option in sorted(options, key=crowd, reverse=self.together):
            if self._keeps_pins(name, option) and seats.add(name, option):
                self.chosen[name] = option
                for slot in (slot for block in option.blocks for slot in block.slots):
                    for grade, children in taken.items():
                        self.children[slot, grade] += children
                return
        raise NoPlan(f"no room for {name}")

    def _seat_groups(self, seats: Seats) -> None:
        """Whole classes in special rooms: each group in the one with most room left."""
        for group in self.demand.groups:
            rooms = self.demand.group_rooms.get(group.key)
            if rooms is None:
                continue
            days = {
                block.weekday
                for post in self.demand.posts
                if post.group == group.key
                for block in post.blocks
            }
            room = seats.keep(days, sorted(rooms, key=lambda r: -seats.most(r, days)))
            if room is None:
                raise NoPlan(f"no room for {group.key}")
            self.group_room[group.key] = room

    def _keeps_pins(self, name: str, option: Option) -> bool:
        """Whether an option meets where pins want it to."""
        slots = [slot for block in option.blocks for slot in block.slots]
        return all(
            any(pin.weekday in (None, day) and pin.segment in (None, at) for day, at in slots)
            is not pin.forbid
            for pin in self.demand.instance.pins
            if pin.activity == name and (pin.weekday or pin.segment)
        )

    def _without_care(self, day: Weekday, places: dict[str, int]) -> dict[str, int]:
        """The places left on a weekday when clubs meet and what remains is in care."""
        index = {name: option.index for name, option in self.chosen.items()}
        wanted: Counter[str] = Counter()
        for option in self.chosen.values():
            post = self.demand.posts_of_option[option.activity, option.index][0]
            time = self.clockwork.of_post(post, day)
            for name in option.rooms if time else ():
                wanted[name] |= time
        left = dict(places)
        for post in self.demand.posts:
            room = post.room
            if room is not None and room in wanted and post.blocks[0].weekday == day:
                meets = wanted[room] & self.clockwork.of_post(post)
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
        room = self.keep(days, option.rooms)
        if room is not None:
            self.kept[name] = room
        return room is not None

    def keep(self, days: Collection[Weekday], rooms: Iterable[str]) -> str | None:
        """Give the first room that is free on all days, for good."""
        for room in rooms:
            if all(self.most(room, [day]) for day in days):
                for day in days:
                    self.left[day][room] -= 1
                return room
        return None

    def most(self, room: str, days: Collection[Weekday]) -> int:
        """How many more groups a room holds on each of some days."""
        return min(self.left[day].get(room, 0) for day in days)

    @property
    def room_of(self) -> dict[str, str]:
        rooms = dict(self.kept)
        for seating in self.seating.values():
            rooms.update(seating.place_of)
        return rooms


def _closes(room: Room, day: Weekday) -> bool:
    """Whether a room is closed on some date of a weekday; then clubs keep away from it."""
    return any(not closure.weekdays or day in closure.weekdays for closure in room.closures)


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
