"""A timetable by hand, as a school would set about it: clubs first, then post by post.

Clubs are placed one after the other, those with the fewest places first, each where a room and
a leader are free; where one finds nothing, it turns others out, which are then placed anew. Every
other post goes to whoever may take it, is free, and has the least of their share so far.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.peers.outcome import NotValid
from constraints.clash import blocks_at
from constraints.context import Context
from instances.blocks import Block
from instances.demand import Option, Post
from instances.timetable import Expansion, Placement, Timetable
from instances.words import Level
from scheduler.audit import audit
from scheduler.diary import Diary
from scheduler.incumbent import places_of
from scheduler.progress import Control

STARTS = 40
"""How often clubs are placed from nothing before it is given up."""
TURNS = 30
"""So many times as many clubs as there are may be placed in one start."""
DATED = {"on-leave", "room-closed", "plan-incomplete", "cap-day-exceeded", "cap-week-exceeded"}
"""Musts that may be broken before dates are settled."""


def by_hand(context: Context, clock: Control, seed: int) -> Timetable:
    """A weekly pattern that keeps the musts; what nobody can take stays open.

    Raises ``NotValid`` if no way was found to give every club a place and a room.
    """
    if context.instance.pins:
        raise ValueError("schools with pins are not made by hand here")
    rng = random.Random(seed)
    for _ in range(STARTS):
        clubs = Clubs(context, rng)
        if clubs.place():
            timetable = _filled(context, clubs)
            if not any(one.rule not in DATED for one in audit(context, timetable).hard):
                return timetable
        if clock.over:
            break
    raise NotValid("no way was found to place all clubs")


Use = tuple[str, tuple[Block, ...], int, int]
"""Whose children are in a room, at which blocks, on which dates, and how many."""


@dataclass
class Rooms:
    """What is in each room when."""

    context: Context
    uses: dict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))

    def beside(self, room: str, use: Use) -> set[str]:
        """Owners of whatever is too much in a room if ``use`` comes to it."""
        limits = self.context.instance.room_by_name[room]
        _, blocks, dates, children = use
        found: set[str] = set()
        for moment in self.context.demand.meeting_moments:
            days = blocks_at(blocks, dates, moment)
            if days:
                here = [one for one in self.uses[room] if blocks_at(one[1], one[2], moment) & days]
                total = sum(one[3] for one in here) + children
                if len(here) >= limits.groups or (limits.groups > 1 and total > limits.capacity):
                    found |= {one[0] for one in here}
        return found

    def leave(self, room: str, owner: str) -> None:
        self.uses[room] = [one for one in self.uses[room] if one[0] != owner]


@dataclass(frozen=True)
class Place:
    """Where a club meets, and who holds its posts."""

    option: Option
    room: str
    leaders: tuple[tuple[str, Post], ...]


class Clubs:
    """Places for all movable activities, with rooms and leaders."""

    def __init__(self, context: Context, rng: random.Random) -> None:
        self.context = context
        self.demand = context.demand
        self.rng = rng
        self.rooms = Rooms(context)
        self.diary = Diary(context)
        self.chosen: dict[str, Place] = {}
        self.group_rooms: dict[str, str] = {}
        self.children: Counter[tuple[object, str]] = Counter()
        self.together = rng.random() < 0.5
        """Whether clubs like to meet when others do: then no class stays behind."""

    def place(self) -> bool:
        """Place everything; whether that succeeded."""
        self._groups()
        queue = sorted(self.demand.options, key=lambda name: (self._ways(name), self.rng.random()))
        for _ in range(TURNS * len(queue)):
            if not queue:
                queue = self._in_the_way()
                if not queue:
                    return True
            name = queue.pop(0)
            found = self._free_place(name) or self._by_force(name, queue)
            if found is None:
                return False
            self._take(name, found)
        return False

    def _in_the_way(self) -> list[str]:
        """Clubs in a room that a class needs after all are turned out: those children remain."""
        queue: list[str] = []
        for post in week_of(self.context, self.timetable):
            if post.group is not None and post.room is not None:
                use = (post.group, post.blocks, post.dates, self._size(post))
                others = self.rooms.beside(post.room, use) & self.chosen.keys()
                for name in others:
                    self._turn_out(name, queue)
                if others:
                    self.rooms.uses[post.room].append(use)
        return queue

    def _ways(self, name: str) -> int:
        return sum(len(option.rooms) for option in self.demand.options[name])

    def _groups(self) -> None:
        """Rooms of whole classes, as far as they need them wherever clubs meet."""
        seen = set()
        for post in self.demand.posts:
            need = self.demand.needs[post.need] if post.need else None
            place = (post.group, post.blocks, post.dates, post.room)
            sure = need is None or post.number <= need.low
            if post.group is None or place in seen or not sure:
                continue
            seen.add(place)
            use = (post.group, post.blocks, post.dates, self._size(post))
            room = post.room
            if room is None and (names := self.demand.group_rooms.get(post.group)):
                free = (name for name in names if not self.rooms.beside(name, use))
                room = self.group_rooms.get(post.group) or next(free, names[0])
                self.group_rooms[post.group] = room
            if room is not None:
                self.rooms.uses[room].append(use)

    def _size(self, post: Post) -> int:
        return sum(self.context.instance.class_by_name[name].size for name in post.classes)

    def _free_place(self, name: str) -> Place | None:
        """Where a room and leaders are free: where fewest children of a class are in clubs, or
        most."""
        options = list(self.demand.options[name])
        self.rng.shuffle(options)
        taken = self.demand.taken.get(name, {})

        def crowd(option: Option) -> int:
            slots = [slot for block in option.blocks for slot in block.slots]
            return max((self.children[s, c] for s in slots for c in taken), default=0)

        for option in sorted(options, key=crowd, reverse=self.together):
            use = self._use(name, option)
            room = next((one for one in option.rooms if not self.rooms.beside(one, use)), None)
            leaders = None if room is None else self._leaders(option)
            if room is not None and leaders is not None:
                return Place(option, room, leaders)
        return None

    def _by_force(self, name: str, queue: list[str]) -> Place | None:
        """A place by chance; clubs that are in its way go back to the queue."""
        options = list(self.demand.options[name])
        self.rng.shuffle(options)
        for option in options:
            use = self._use(name, option)
            for room in self.rng.sample(option.rooms, len(option.rooms)):
                others = self.rooms.beside(room, use)
                if not others <= self.chosen.keys():
                    continue  # a class is there
                for other in others:
                    self._turn_out(other, queue)
                leaders = self._leaders(option) or self._called(option, queue)
                if leaders is not None:
                    return Place(option, room, leaders)
        return None

    def _called(self, option: Option, queue: list[str]) -> tuple[tuple[str, Post], ...] | None:
        """Somebody who could lead it gives up the clubs that they lead at the time."""
        for post in self.demand.posts_of_option.get((option.activity, option.index), ()):
            for key in self.rng.sample(
                self.context.admitted(post), len(self.context.admitted(post))
            ):
                if not self.diary.is_free(key, post):
                    for other in self.diary.clashing(key, post) or self.diary.taken[key].posts[:1]:
                        self._turn_out(other.activity, queue)
                if self.diary.is_free(key, post):
                    break
        return self._leaders(option)

    def _use(self, name: str, option: Option) -> Use:
        dates = 0
        for post in self.demand.posts_of_option.get((name, option.index), ()):
            dates |= post.dates
        return name, option.blocks, dates, sum(self.demand.taken.get(name, {}).values())

    def _leaders(self, option: Option) -> tuple[tuple[str, Post], ...] | None:
        """Whoever is free for all posts of a club."""
        found: list[tuple[str, Post]] = []
        for post in self.demand.posts_of_option.get((option.activity, option.index), ()):
            key = least_loaded(self.context, self.diary, post)
            if key is not None:
                self.diary.take(key, post)
            found.append((key or "", post))
        for key, post in found:
            if key:
                self.diary.give_up(key, post)
        return tuple(found) if all(key for key, _ in found) else None

    def _take(self, name: str, place: Place) -> None:
        self.chosen[name] = place
        self.rooms.uses[place.room].append(self._use(name, place.option))
        for key, post in place.leaders:
            self.diary.take(key, post)
        self._count(name, place, 1)

    def _turn_out(self, name: str, queue: list[str]) -> None:
        place = self.chosen.pop(name)
        self.rooms.leave(place.room, name)
        for key, post in place.leaders:
            self.diary.give_up(key, post)
        self._count(name, place, -1)
        queue.append(name)

    def _count(self, name: str, place: Place, sign: int) -> None:
        for slot in (slot for block in place.option.blocks for slot in block.slots):
            for school_class, children in self.demand.taken.get(name, {}).items():
                self.children[slot, school_class] += sign * children

    @property
    def timetable(self) -> Timetable:
        return Timetable(
            placements={
                name: Placement(places=places_of(place.option.blocks), room=place.room)
                for name, place in self.chosen.items()
            },
            rooms=self.group_rooms,
            holders={
                post.line: key for place in self.chosen.values() for key, post in place.leaders
            },
        )


def least_loaded(context: Context, diary: Diary, post: Post) -> str | None:
    """Of those who may take a post and are free, whoever has the least of their share so far."""

    def cost(key: str) -> tuple[bool, float, str]:
        share = max(1, context.shares.get(key, context.weekly_post))
        unwelcome = context.people[key].level(post) is Level.RATHER_NOT
        return unwelcome, (diary.taken[key].load + post.load) / share, key

    free = [key for key in context.admitted(post) if diary.is_free(key, post)]
    return min(free, key=cost, default=None)


def _filled(context: Context, clubs: Clubs) -> Timetable:
    """The other posts, those with the fewest candidates first."""
    places = clubs.timetable
    holders, diary = dict(places.holders), clubs.diary
    posts = list(week_of(context, places))
    posts.sort(key=lambda p: (p.role.tier, len(context.admitted(p)), p.line))
    left = []
    for post in posts:
        if post.line in holders:
            continue
        key = least_loaded(context, diary, post)
        if key is None:
            left.append(post)
        else:
            diary.take(key, post)
            holders[post.line] = key
    for post in left:
        _make_room(context, diary, holders, post)
    return places.model_copy(update={"holders": holders})


def _make_room(context: Context, diary: Diary, holders: dict[str, str], post: Post) -> None:
    """Somebody hands over what they hold at the time, if somebody else can take that."""
    for key in context.admitted(post):
        clashing = diary.clashing(key, post)
        if len(clashing) != 1 or not diary.within_caps(key, post, without=clashing[0]):
            continue
        heir = least_loaded(context, diary, clashing[0])
        if heir is not None:
            diary.give_up(key, clashing[0])
            for one, other in ((heir, clashing[0]), (key, post)):
                diary.take(one, other)
                holders[other.line] = one
            return


def week_of(context: Context, places: Timetable) -> Iterator[Post]:
    """The posts that exist where clubs meet as they do."""
    sessions = Expansion(context.demand, places).sessions
    yield from dict.fromkeys(session.post for session in sessions)
