"""Pins that provably cannot hold, alone or together. No solver.

A pin holds if, for each thing it speaks of, one of its ways is taken: a post at the time, in the
room, by the person that it names. Ways are counted as generously as can be (weakest reading of
consent, qualification and caps), so that a pin without any way cannot be kept at all, and pins
whose ways exclude each other cannot be kept together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations

from constraints.clash import days_at
from constraints.pins import PinText, kept_by, matches_post
from instances.demand import Demand, Post
from instances.messages import Label, Message, Template
from instances.school import Pin
from scheduler.deficit import Deficit
from scheduler.supply import Supply

ALONE = Template("固定项“{pin}”不可能满足：{why}", "The pin “{pin}” cannot hold: {why}")
TOGETHER = Template(
    "{count} 条固定项互相矛盾，不能同时满足：{pins}。",
    "{count} pins contradict each other and cannot all hold: {pins}.",
)
NOWHERE = Template(
    "“{activity}”的每个可选时段都被固定项禁止了，所以必然无法举行：{pins}。",
    "{activity}: pins forbid every time at which it may meet, so it cannot: {pins}.",
)
NO_TIME = Label(
    "这项活动没有这样的星期、时段、班级或岗位。",
    "the activity has no such weekday, segment, class or post.",
)
NO_ROOM = Template("{activity}不能用{room}。", "{activity} cannot use {room}.")
ALWAYS = Label("这项活动在这个时间总要进行。", "the activity always takes place at that time.")
UNQUALIFIED = Template(
    "{staff}不具备所需技能，或不在指定人员之中。",
    "{staff} lacks a skill it asks for, or is not among the people named.",
)
UNWILLING = Template(
    "{staff}没有同意这个时段或活动，或上限太低。",
    "{staff} has not agreed to the time or activity, or has caps that are too low.",
)

Ways = Mapping[Hashable, Sequence[Post]]
"""For each thing that a pin speaks of, the posts by which it could hold."""


def pin_deficits(demand: Demand, supply: Supply, able: Mapping[str, int]) -> Iterator[Deficit]:
    """Pins that cannot hold at all, then small sets that cannot hold together."""
    yield from _Pins(demand, supply, able).run()


class _Pins:
    def __init__(self, demand: Demand, supply: Supply, able: Mapping[str, int]) -> None:
        self.demand = demand
        self.able = able
        self.number = {person.key: n for n, person in enumerate(supply.people)}
        self.people = {person.key: person for person in supply.people}
        self.posts: dict[str, list[Post]] = defaultdict(list)
        for post in demand.posts:
            self.posts[post.activity].append(post)

    def run(self) -> Iterator[Deficit]:
        wanted: dict[int, Ways] = {}
        forbidden: list[int] = []
        pins = self.demand.instance.pins
        for n, pin in enumerate(pins):
            why = self._alone(pin)
            if why is not None:
                what = ALONE(pin=PinText(pin), why=why)
                yield Deficit(what, 1, 0, self._where([n]), of="pins")
            elif pin.forbid:
                forbidden.append(n)
            else:
                wanted[n] = self._ways(pin)
        yield from self._nowhere(forbidden)
        said: set[int] = set()
        for n, ways in wanted.items():
            against = self._ruled_out(pins[n], ways, forbidden)
            if against:
                said.add(n)
                yield self._together(sorted([n, *against]))
        for one, other in combinations([n for n in wanted if n not in said], 2):
            if self._exclude(one, wanted[one], other, wanted[other]):
                yield self._together([one, other])

    def _nowhere(self, forbidden: Sequence[int]) -> Iterator[Deficit]:
        """Movable activities for which every time of the week is forbidden."""
        for name in dict.fromkeys(self.demand.instance.pins[n].activity for n in forbidden):
            posts = [p for p in self.posts[name] if p.option is not None]
            anywhere = Pin(activity=name)
            against = self._ruled_out(anywhere, {None: posts}, forbidden) if posts else []
            if against:
                pins = [PinText(self.demand.instance.pins[n]) for n in against]
                yield Deficit(
                    NOWHERE(activity=name, pins=pins), 1, 0, self._where(against), of="pins"
                )

    def _where(self, numbers: Sequence[int]) -> dict[str, object]:
        pins = self.demand.instance.pins
        return {
            "pins": list(numbers),
            "activities": list(dict.fromkeys(pins[n].activity for n in numbers)),
        }

    def _together(self, numbers: Sequence[int]) -> Deficit:
        texts = [PinText(self.demand.instance.pins[n]) for n in numbers]
        what = TOGETHER(count=len(numbers), pins=texts)
        return Deficit(what, len(numbers), len(numbers) - 1, self._where(numbers), of="pins")

    def _alone(self, pin: Pin) -> Label | Message | None:
        """Why a pin cannot hold whatever else is chosen; ``None`` if it might."""
        matching = [p for p in self.posts[pin.activity] if matches_post(pin, p)]
        if pin.forbid:
            always = [p for p in matching if p.option is None and p.need is None and not pin.staff]
            here = (pin.room is None or self._rooms(p) == {pin.room} for p in always)
            return ALWAYS if any(here) else None
        if not matching:
            return NO_TIME
        if all(self._ways(pin).values()):
            return None
        if not all(any(self._in_room(pin, p) for p in some) for some in _by_key(pin, matching)):
            return NO_ROOM(activity=pin.activity, room=pin.room)
        person = self.people.get(pin.staff or "")
        if person is None or not any(person.qualified(post) for post in matching):
            return UNQUALIFIED(staff=pin.staff)
        return UNWILLING(staff=pin.staff)

    def _ways(self, pin: Pin) -> Ways:
        """By what could be kept, the posts that would do; only what exists in any case counts."""
        found: dict[Hashable, list[Post]] = {}
        sure: set[Hashable] = set()
        for post in self.posts[pin.activity]:
            if matches_post(pin, post):
                key = kept_by(pin, post)
                ways = found.setdefault(key, [])
                if post.need is None:
                    sure.add(key)
                if self._in_room(pin, post) and self._by_person(pin, post):
                    ways.append(post)
        certain = {key: ways for key, ways in found.items() if key in sure}
        # where all depends on how many children are left, any one place may be enough
        return certain or {None: [post for ways in found.values() for post in ways]}

    def _rooms(self, post: Post) -> set[str | None]:
        """Where a post could be, in its weekly pattern."""
        if post.option is not None:
            return set(self.demand.options[post.activity][post.option].rooms)
        if post.group in self.demand.group_rooms:
            return set(self.demand.group_rooms[post.group or ""])
        return {post.room}

    def _in_room(self, pin: Pin, post: Post) -> bool:
        rooms = self._rooms(post)
        return bool(rooms) if pin.room is None else pin.room in rooms

    def _by_person(self, pin: Pin, post: Post) -> bool:
        number = self.number.get(pin.staff or "")
        return pin.staff is None or (number is not None and bool(self.able[post.key] >> number & 1))

    def _ruled_out(self, pin: Pin, ways: Ways, forbidden: Sequence[int]) -> list[int]:
        """Forbidding pins, none of them needless, that leave a pin no way."""
        for posts in ways.values():
            if all(any(self._kills(f, pin, post) for f in forbidden) for post in posts):
                needed = list(forbidden)
                for f in forbidden:
                    rest = [other for other in needed if other != f]
                    if all(any(self._kills(o, pin, post) for o in rest) for post in posts):
                        needed = rest
                return needed
        return []

    def _kills(self, number: int, pin: Pin, post: Post) -> bool:
        """Whether a forbidding pin and a wanted one exclude each other at a post."""
        forbid = self.demand.instance.pins[number]
        if not matches_post(forbid, post) or forbid.staff not in (None, pin.staff):
            return False
        rooms = self._rooms(post) if pin.room is None else {pin.room}
        return forbid.room is None or rooms == {forbid.room}

    def _exclude(self, one: int, ways: Ways, other: int, others: Ways) -> bool:
        """Whether two wanted pins cannot both hold, for some of what they speak of."""
        pins = self.demand.instance.pins
        first, second = pins[one], pins[other]
        same = first.activity == second.activity
        if not same and (first.staff is None or first.staff != second.staff):
            return False
        return any(
            mine
            and theirs
            and not any(self._both(first, a, second, b) for a in mine for b in theirs)
            for mine in ways.values()
            for theirs in others.values()
        )

    def _both(self, first: Pin, one: Post, second: Pin, other: Post) -> bool:
        """Whether one pin could hold by one post, and the other by another."""
        if one.activity == other.activity and one.option != other.option:
            return False
        apart = None not in (first.room, second.room) and first.room != second.room
        if apart and self._meets_as_one(one) and one.activity == other.activity:
            if one.group == other.group:
                return False
        if first.staff is None or second.staff is None:
            return True
        if one.line == other.line:
            return first.staff == second.staff
        return first.staff != second.staff or not self._clash(one, other)

    def _meets_as_one(self, post: Post) -> bool:
        """Whether all who hold posts of its group are in one room."""
        return post.option is not None or post.group in self.demand.group_rooms

    def _clash(self, one: Post, other: Post) -> bool:
        return any(days_at(one, moment) & days_at(other, moment) for moment in self.demand.moments)


def _by_key(pin: Pin, posts: Sequence[Post]) -> list[list[Post]]:
    found: dict[Hashable, list[Post]] = defaultdict(list)
    for post in posts:
        found[kept_by(pin, post)].append(post)
    return list(found.values())
