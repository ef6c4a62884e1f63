"""One school's facts as rules and models need them, computed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from constraints.catalogue import active_rules
from constraints.rule import Rule
from constraints.shares import fair_shares, weekly_post
from constraints.view import View
from instances.demand import Demand, Post
from instances.derivation import derive
from instances.following import Dates, Followed
from instances.history import History
from instances.people import Person, people_of
from instances.school import Instance
from instances.timetable import Expansion, Timetable

T = TypeVar("T")
EXPANSIONS = 3
"""Timetables of which the dated sessions are kept: stages hand one on to the next."""


class Context:
    """An instance with its demand, people, active rules, and who could hold which post.

    With a ``history``, what is planned begins on its date; loads and caps count what was
    worked before, and fair shares are those of the whole term.
    """

    def __init__(
        self,
        instance: Instance,
        rules: tuple[Rule, ...] | None = None,
        history: History | None = None,
    ) -> None:
        self.instance = instance
        self.history = history
        self.demand: Demand = derive(instance, history.since if history else None)
        self.people: dict[str, Person] = people_of(self.demand, history)
        self.rules = active_rules(instance) if rules is None else rules
        self._by_class = any(rule.setting and rule.setting.grades for rule in self.rules)
        self._admitted: dict[object, tuple[str, ...]] = {}
        self._asked = [rule for rule in self.rules if type(rule).admits is not Rule.admits]
        self._refused: Counter[int] = Counter()
        self._able: dict[Post, frozenset[str]] = {}
        self._expansions: tuple[Expansion, ...] = ()
        self.memory: dict[object, Any] = {}
        """What rules have worked out about this school once and need again."""

    def admits(self, person: Person, post: Post) -> bool:
        """Whether every rule about one post alone lets this person hold it."""
        return person.key in self._able_to(post)

    def _able_to(self, post: Post) -> frozenset[str]:
        able = self._able.get(post)
        if able is None:
            able = self._able[post] = frozenset(self.admitted(post))
        return able

    def admitted(self, post: Post) -> tuple[str, ...]:
        """Everybody who could hold a post, in the order of the staff list."""
        signature = self._signature(post)
        known = self._admitted.get(signature)
        if known is None:
            people = list(self.people.items())
            # who has refused most is asked first, and leaves least to ask the others
            self._asked.sort(key=lambda rule: self._refused[id(rule)], reverse=True)
            for rule in self._asked:
                admits, before = rule.admits, len(people)
                people = [(key, person) for key, person in people if admits(person, post)]
                self._refused[id(rule)] += before - len(people)
            known = self._admitted[signature] = tuple(key for key, _ in people)
        return known

    def _signature(self, post: Post) -> object:
        return (
            post.place,
            post.role,
            post.dates,
            post.skills,
            post.listed,
            post.classes if self._by_class else None,
        )

    @cached_property
    def possible(self) -> dict[str, tuple[Post, ...]]:
        """For each person, the posts that they could hold."""
        found: dict[str, list[Post]] = {key: [] for key in self.people}
        for post in self.demand.posts:
            for key in self.admitted(post):
                found[key].append(post)
        return {key: tuple(posts) for key, posts in found.items()}

    @cached_property
    def first_like(self) -> dict[Post, Post]:
        """For each post the first that differs from it in nothing but the class or number."""
        first: dict[object, Post] = {}
        return {
            post: first.setdefault((self._signature(post), post.units), post)
            for post in self.demand.posts
        }

    @cached_property
    def shares(self) -> dict[str, int]:
        """Fair shares in hundredths of a unit; people without one are left out."""
        if self._whole is not None:
            return self._whole.shares
        return fair_shares(self.demand, self.people, self.possible)

    @cached_property
    def _whole(self) -> Context | None:
        """The facts of the whole term, where a part of it is planned."""
        return Context(self.instance, self.rules) if self.history else None

    @cached_property
    def weekly_post(self) -> int:
        """The load of a typical weekly post over the term, in hundredths of a unit."""
        if self._whole is not None:
            return self._whole.weekly_post
        return weekly_post(self.demand)

    def once(self, rule: Rule, what: str, work: Callable[[Demand], T]) -> T:
        """What a rule works out about this school's demand, only the first time it asks."""
        key = (what, id(rule))
        if key not in self.memory:
            self.memory[key] = rule, work(self.demand)  # holding the rule keeps its id its own
        found: T = self.memory[key][1]
        return found

    def expansion(self, timetable: Timetable) -> Expansion:
        """A timetable's dated sessions; of the last few asked for, those known already."""
        for known in self._expansions:
            if known.timetable is timetable:
                return known
        return self._kept(Expansion(self.demand, timetable))

    def followed(self, old: Expansion, dates: Dates, timetable: Timetable) -> Expansion:
        """A timetable's dated sessions, taken from those of one that differs little."""
        return self._kept(Followed(self.demand, old, dates, timetable))

    def _kept(self, found: Expansion) -> Expansion:
        self._expansions = (found, *self._expansions[: EXPANSIONS - 1])
        return found

    def view(self, timetable: Timetable, only: int | None = None) -> View:
        """A timetable as the checks see it."""
        return View(self, timetable, only)
