"""Planting a timetable, part two: who holds which post."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instances.demand import Post
from instances.generate.clockwork import Clockwork
from instances.generate.drafts import Person
from instances.generate.placing import NoPlan, options_chosen, takes_place
from instances.school import Pin
from instances.timetable import Placement
from instances.words import Kind, Role

MOST_CLUBS = 2
"""Clubs that one person leads at most."""


@dataclass
class Work:
    """What a person has been given so far."""

    person: Person
    closed: int
    taken: int = 0
    load: float = 0.0
    clubs: int = 0
    club_slots: int = 0


@dataclass(frozen=True)
class Timed:
    """A post with its bits."""

    post: Post
    time: int
    slots: int
    pins: list[Pin]


class Planting:
    """Gives every post that takes place to somebody; raises ``NoPlan`` if that fails."""

    def __init__(
        self,
        clockwork: Clockwork,
        placements: dict[str, Placement],
        people: Sequence[Person],
        rng: random.Random,
        *,
        grant: bool,
    ) -> None:
        self.clockwork = clockwork
        self.demand = clockwork.demand
        self.placements = placements
        self.rng = rng
        self.grant = grant
        demand = clockwork.demand
        chosen = options_chosen(demand, placements)
        self.posts = [post for post in demand.posts if takes_place(demand, post, chosen)]
        self.workers = [
            Work(person, self.clockwork.closed(person)) for person in people if not person.spare
        ]
        self.holders: dict[str, str] = {}

    def run(self) -> dict[str, str]:
        check_rooms(self.clockwork, self.posts, self.placements)
        posts = list(self.posts)
        self.rng.shuffle(posts)
        posts.sort(key=self._order)
        for post in posts:
            self._give(self._timed(post))
        return self.holders

    def _timed(self, post: Post) -> Timed:
        slots = [slot for block in post.blocks for slot in block.slots]
        return Timed(
            post,
            self.clockwork.time(slots, post.dates),
            self.clockwork.slots(slots),
            self._pins(post),
        )

    def _order(self, post: Post) -> tuple[int, int]:
        """Hard ones first: rotas, leaders on duty, clubs, other duties, care, extra care."""
        if self.demand.instance.activity_by_name[post.activity].rota or self._pins(post):
            return 0, -post.size
        if post.role is Role.DUTY_LEADER:
            return 1, -post.size
        if post.kind is Kind.CLUB:
            return 2, sum(post.skills <= set(w.person.skills) for w in self.workers)
        if not post.kind.has_children:
            return 3, -post.size
        return 4 if post.need is None else 5, -post.size

    def _give(self, timed: Timed) -> None:
        able = [work for work in self.workers if work.person.has(timed.post.skills)]
        fit = [work for work in able if self._can(work, timed)]
        if not fit and self.grant and timed.post.kind is Kind.CLUB:
            inside = [work for work in self.workers if not work.person.outside]
            fit = [work for work in inside if self._can(work, timed)]
        if not fit:
            raise NoPlan(f"nobody for {timed.post.key}")
        work = min(fit, key=lambda work: self._reluctance(work, timed))
        if not work.person.has(timed.post.skills):
            work.person.skills += sorted(timed.post.skills)
        self.holders[timed.post.line] = work.person.key
        work.taken |= timed.time
        work.load += timed.post.size / float(work.person.coefficient or 1)
        if timed.post.kind is Kind.CLUB:
            work.clubs += 1
            work.club_slots |= timed.slots

    def _can(self, work: Work, timed: Timed) -> bool:
        if work.closed & timed.slots or work.taken & timed.time:
            return False
        if timed.post.listed and work.person.key not in timed.post.listed:
            return False
        if timed.post.kind is Kind.CLUB and work.clubs >= MOST_CLUBS:
            return False
        if any((pin.staff == work.person.key) is pin.forbid for pin in timed.pins):
            return False
        return not work.person.refuses(timed.post.activity)

    def _pins(self, post: Post) -> list[Pin]:
        """The pins that say who holds a post, or who does not."""
        weekdays = {block.weekday for block in post.blocks}
        segments = {name for block in post.blocks for name in block.segments}
        return [
            pin
            for pin in self.demand.instance.pins
            if pin.staff is not None
            and pin.activity == post.activity
            and pin.role in (None, post.role)
            and (pin.school_class is None or pin.school_class in post.classes)
            and (pin.weekday is None or pin.weekday in weekdays)
            and (pin.segment is None or pin.segment in segments)
        ]

    def _reluctance(self, work: Work, timed: Timed) -> tuple[int, float]:
        """Who is asked first: club leaders while clubs pause, then whoever has least."""
        if timed.post.kind is Kind.CLUB:
            return work.clubs, work.load
        idle = timed.post.need is not None and work.club_slots & timed.slots
        return 0 if idle else 1, work.load


def check_rooms(
    clockwork: Clockwork, posts: Iterable[Post], placements: dict[str, Placement]
) -> None:
    """No room for one group holds two at once; several adults of a group count once."""
    rooms = clockwork.instance.room_by_name
    used: dict[str, dict[tuple[str, str | None], int]] = {}
    for post in posts:
        room = post.room
        if post.activity in placements:
            room = placements[post.activity].room
        if room is not None and rooms[room].groups == 1:
            there = used.setdefault(room, {})
            who, time = (post.activity, post.group), clockwork.of_post(post)
            if any(time & other for key, other in there.items() if key != who):
                raise NoPlan(f"{room} is taken twice")
            there[who] = there.get(who, 0) | time
