"""What a weekly pattern costs, person by person and class by class, by the rules' own checks.

A rule that only looks at who holds what is asked about one person, or about one class, alone:
so a change of two holders is judged in a thousandth of the time that a whole audit takes. What
rules say of several people together is left to the audit at the end.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from constraints.context import Context
from constraints.rule import Rule
from constraints.view import View
from instances.demand import Post
from instances.school import Instance
from instances.timetable import Session, Timetable

MUST = 10_000
"""Points for a broken must, and for an open post."""
MEMORY = 200_000
"""Costs that are remembered before all are forgotten."""
SAMPLES = 3

Pattern = dict[str, tuple[Post, ...]]


class Part(View):
    """A timetable of which nothing is seen but some people's posts, or those of one class."""

    def __init__(
        self, whole: View, pattern: Pattern, loads: dict[str, int], instance: Instance
    ) -> None:
        self.context, self.demand = whole.context, whole.demand
        self.timetable, self.expansion = whole.timetable, whole.expansion
        self._pattern, self._loads, self._instance = pattern, loads, instance

    @property
    def instance(self) -> Instance:
        return self._instance

    @property
    def sessions(self) -> tuple[Session, ...]:
        return ()

    @cached_property
    def held(self) -> dict[str, tuple[Session, ...]]:
        return {}

    @cached_property
    def pattern(self) -> Pattern:
        return self._pattern

    @cached_property
    def loads(self) -> dict[str, int]:
        return self._loads

    @property
    def shares(self) -> dict[str, int]:
        shares = super().shares
        return {key: shares[key] for key in self._loads if key in shares}


class _Reads(View):
    """A view that remembers whether a rule looks at who holds what."""

    read = False

    @cached_property
    def pattern(self) -> Pattern:
        self.read = True
        return super().pattern

    @cached_property
    def loads(self) -> dict[str, int]:
        self.read = True
        return super().loads


class Costs:
    """The costs of people and of classes with the posts that they are given.

    ``places``: where clubs meet, in which rooms; it does not change.
    """

    def __init__(self, context: Context, places: Timetable, posts: Sequence[Post]) -> None:
        self.context = context
        somebody = {post.line: next(iter(context.people)) for post in posts}
        timetable = places.model_copy(update={"holders": somebody})
        self.whole = context.view(timetable)
        self.weekly = {post for held in self.whole.pattern.values() for post in held}
        """Posts of the ordinary week; others exist on single dates alone."""
        about = [rule for rule in context.rules if _looks_at_holders(context, timetable, rule)]
        about = _biting(context, places, posts, about)
        self.of_classes = [rule for rule in about if "{school_class}" in rule.finding.en]
        self.of_people = [rule for rule in about if "{school_class}" not in rule.finding.en]
        self._dates: dict[str, list[tuple[int, int]]] = {}
        calendar = context.demand.calendar
        for session in self.whole.sessions:
            bit = 1 << calendar.index[session.date]
            self._dates.setdefault(session.post.line, []).append((bit, session.load))
        instance = context.instance
        self._alone = {
            one.name: instance.model_copy(update={"classes": (one,)}) for one in instance.classes
        }
        for alone in self._alone.values():  # merged classes are named together
            alone.__dict__["class_by_name"] = instance.class_by_name
        self._known: dict[object, int] = {}

    def person(self, key: str, posts: Iterable[Post]) -> int:
        """What a person's posts cost, as far as others do not matter."""
        held = tuple(sorted(posts, key=lambda post: post.line))
        asked = key, held
        if asked not in self._known:
            loads = {key: sum(self._load(key, post) for post in held)}
            weekly = tuple(post for post in held if post in self.weekly)
            self._remember(asked, self.of_people, {key: weekly}, loads, self.context.instance)
        return self._known[asked]

    def school_class(self, name: str, held: Mapping[str, Sequence[Post]]) -> int:
        """What it costs that a class has these people for these posts."""
        pattern = {
            key: tuple(post for post in posts if post in self.weekly)
            for key, posts in sorted(held.items())
        }
        asked = name, tuple(pattern.items())
        if asked not in self._known:
            self._remember(asked, self.of_classes, pattern, {}, self._alone[name])
        return self._known[asked]

    def _remember(
        self,
        asked: object,
        rules: Iterable[Rule],
        pattern: Pattern,
        loads: dict[str, int],
        instance: Instance,
    ) -> None:
        if len(self._known) > MEMORY:
            self._known.clear()
        view = Part(self.whole, {k: p for k, p in pattern.items() if p}, loads, instance)
        self._known[asked] = sum(
            finding.amount * (MUST if rule.weight is None else rule.weight)
            for rule in rules
            for finding in rule.check(view)
        )

    def _load(self, key: str, post: Post) -> int:
        """Units on the dates on which the person is there."""
        absent = self.context.people[key].absent
        return sum(load for bit, load in self._dates.get(post.line, ()) if not bit & absent)


def _biting(
    context: Context, places: Timetable, posts: Sequence[Post], rules: Sequence[Rule]
) -> list[Rule]:
    """Rules that find something in some timetables made by chance: the others have nothing to
    say about this school, and are left to the audit."""
    rng = random.Random(0)
    found: set[Rule] = set()
    for _ in range(SAMPLES):
        holders = {post.line: rng.choice(context.admitted(post)) for post in posts}
        view = context.view(places.model_copy(update={"holders": holders}))
        found |= {rule for rule in rules if rule not in found and any(rule.check(view))}
    return [rule for rule in rules if rule in found]


def _looks_at_holders(context: Context, timetable: Timetable, rule: Rule) -> bool:
    view = _Reads(context, timetable)
    for _ in rule.check(view):
        pass
    return view.read
