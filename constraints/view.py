"""What a check sees: a timetable with everything derived from it, and no solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from instances.demand import Post
from instances.event_sessions import event_sessions
from instances.headcount import adults
from instances.people import Person
from instances.school import Instance
from instances.timetable import Expansion, Session, Timetable
from instances.words import Role

if TYPE_CHECKING:
    from constraints.context import Context

Gathering = tuple[str, str | None]
"""An activity, and the key of a group of it where it has groups."""


class View:
    """A timetable of an instance, expanded to dates.

    ``context`` gives the facts of the school: who could hold what, and thus fair shares.
    ``only``: dates (bit mask) to which the sessions are limited.
    """

    def __init__(self, context: Context, timetable: Timetable, only: int | None = None) -> None:
        self.context = context
        self.demand = context.demand
        self.timetable = timetable
        if only is None:
            self.expansion = context.expansion(timetable)
        else:
            self.expansion = Expansion(context.demand, timetable, only)

    @property
    def instance(self) -> Instance:
        return self.demand.instance

    @property
    def people(self) -> dict[str, Person]:
        return self.context.people

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return self.expansion.sessions

    def limited_to(self, sessions: tuple[Session, ...]) -> View:
        """The same timetable to a check that reads nothing but sessions, with these alone."""
        part = copy(self)
        part.sessions = sessions
        return part

    def limited_to_people(self, keys: Set[str]) -> View:
        """The same timetable to a check that reads nothing but what each person holds."""
        part = copy(self)
        part.held = {key: self.held[key] for key in keys & self.held.keys()}
        part.pattern = {key: self.pattern[key] for key in keys & self.pattern.keys()}
        return part

    def limited_to_classes(self, names: Set[str], sessions: tuple[Session, ...]) -> View:
        """The same timetable to a check of some classes that reads nothing but their sessions."""
        part = self.limited_to(sessions)
        part.classes = frozenset(names)
        return part

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes that a check of classes one by one looks at."""
        return frozenset(self.instance.class_by_name)

    @cached_property
    def held(self) -> dict[str, tuple[Session, ...]]:
        """The sessions that each person really works."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            if session.staff is not None and session.takes_place:
                found[session.staff].append(session)
        return {key: tuple(sessions) for key, sessions in found.items()}

    @cached_property
    def by_group(self) -> dict[Gathering, tuple[Session, ...]]:
        """The sessions of each activity's groups."""
        found: dict[Gathering, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.post.activity, session.post.group].append(session)
        return {key: tuple(sessions) for key, sessions in found.items()}

    @cached_property
    def pattern(self) -> dict[str, tuple[Post, ...]]:
        """The posts of the weekly pattern that each person holds.

        Posts of care that nobody needs while clubs take their children do not count.
        """
        return self.pattern_of()

    def pattern_of(self, keys: Set[str] | None = None) -> dict[str, tuple[Post, ...]]:
        """The posts of the weekly pattern that some people hold, or everybody."""
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self.expansion.active_posts:
            holder = self.timetable.holders.get(post.line)
            if holder is not None and (keys is None or holder in keys) and self._exists(post):
                found[holder].append(post)
        return {key: tuple(posts) for key, posts in found.items()}

    def _exists(self, post: Post) -> bool:
        if post.need is None:
            return True
        need = self.demand.needs[post.need]
        gone = sum(
            taker.children
            for taker in need.takers
            if taker.option is None or (taker.activity, taker.option) in self.led
        )
        return adults(need.base - gone, need.ratio) >= post.number

    @cached_property
    def led(self) -> set[tuple[str, int]]:
        """Activities with the options they have, if all who lead them are known."""
        found = set()
        for meeting in self.expansion.option_of.items():
            posts = self.demand.posts_of_option.get(meeting, ())
            leaders = [post for post in posts if post.role is Role.LEADER]
            leaders = leaders or [post for post in posts if post.role is Role.SUPERVISOR]
            if all(post.line in self.timetable.holders for post in leaders):
                found.add(meeting)
        return found

    @cached_property
    def loads(self) -> dict[str, int]:
        """Hundredths of a unit that each person works over the term, events and what lies behind
        included."""
        return self.loads_of(self.people)

    def loads_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The loads of some people."""
        loads = {
            key: self.people[key].worked_load
            + sum(session.load for session in self.held.get(key, ()))
            for key in keys
        }
        for session in self.at_events:
            if session.staff in loads:
                loads[session.staff] += session.load
        return loads

    @cached_property
    def at_events(self) -> tuple[Session, ...]:
        """The posts of events, by date and segment."""
        return event_sessions(self.expansion)

    def admits(self, person: Person, post: Post) -> bool:
        """Whether every active rule would let this person hold this post."""
        return self.context.admits(person, post)

    def possible(self, person: Person) -> tuple[Post, ...]:
        """The posts that a person could hold."""
        return self.context.possible[person.key]

    @property
    def shares(self) -> dict[str, int]:
        """Fair loads in hundredths of a unit; people without one are left out."""
        return self.context.shares

    @property
    def weekly_post(self) -> int:
        """The load of a typical weekly post, in hundredths of a unit."""
        return self.context.weekly_post

    @cached_property
    def unplaced(self) -> tuple[str, ...]:
        """Movable activities that meet nowhere."""
        placed = self.expansion.option_of
        return tuple(name for name in self.demand.options if name not in placed)

    def unplaced_posts(self, activity: str) -> tuple[Post, ...]:
        """One post for each line of an unplaced activity: its longest."""
        lines: dict[str, Post] = {}
        for post in self.demand.posts:
            if post.activity == activity:
                known = lines.get(post.line)
                if known is None or post.size > known.size:
                    lines[post.line] = post
        return tuple(lines.values())
