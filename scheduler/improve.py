"""Improvement around the best timetable so far: large neighbourhood search by people.

A round frees what a group of people hold, together with the places of their clubs, and
solves that part anew with everything else held still. It works at any grain of pools: on who
works when, and on who takes which class. Groups grow while rounds are proved optimal quickly
and shrink when they are not.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from constraints.context import Context
from constraints.model import Model
from constraints.pools import Pool
from constraints.rule import Finding
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.incumbent import options_of
from scheduler.progress import Control, Stage
from scheduler.rounds import Freed, Improvement
from scheduler.search import Effort, Settings
from scheduler.weekly import Candidates, Coverage, Pattern, hold_coverage, improve_quality

ROUND = Effort(deterministic=1.5, seconds=3, brief=True)
SMALLEST = 5


@dataclass
class Neighbourhood:
    """Chooses groups of people whose posts touch, starting from those who are badly off."""

    context: Context
    chooser: random.Random
    size: int = 10
    _worst: dict[str, int] = field(default_factory=dict)

    def look_at(self, timetable: Timetable) -> None:
        """Remember who pays for what is not good yet."""
        self._worst = defaultdict(int)
        for finding, weight in audit(self.context, timetable).soft:
            points = finding.amount * weight
            self._note(finding, points, _who_pays(self.context, timetable, finding))

    def choose(self, timetable: Timetable) -> set[str]:
        """A group of people: some badly off, and others who share slots or classes."""
        by_place: dict[object, list[str]] = defaultdict(list)
        places: dict[str, list[object]] = defaultdict(list)
        for post in self.context.demand.posts:
            holder = timetable.holders.get(post.line)
            if holder is not None:
                for place in (*post.classes, *post.blocks):
                    by_place[place].append(holder)
                    places[holder].append(place)
        everybody = sorted(self.context.people)
        chosen = self._begin(everybody)
        while len(chosen) < min(self.size, len(everybody)):
            start = self.chooser.choice(sorted(chosen))
            if places[start] and self.chooser.random() < 0.6:
                chosen.add(self.chooser.choice(by_place[self.chooser.choice(places[start])]))
            elif self.chooser.random() < 0.5:
                chosen.add(self._first(everybody))
            else:
                chosen.add(self.chooser.choice(everybody))
        return chosen

    def learn(self, *, proved: bool) -> None:
        """Larger groups while rounds are solved to the end, smaller ones otherwise."""
        people = len(self.context.people)
        self.size = max(SMALLEST, min(resized(self.size, proved=proved), people))

    def _note(self, finding: Finding, points: int, people: Sequence[str]) -> None:  # noqa: ARG002 (who pays is enough here)
        for name in people:
            self._worst[name] += points

    def _begin(self, everybody: Sequence[str]) -> set[str]:
        """The first of a group."""
        return {self._first(everybody)}

    def _first(self, everybody: Sequence[str]) -> str:
        weights = [1 + self._worst.get(key, 0) for key in everybody]
        return self.chooser.choices(everybody, weights)[0]


def resized(size: int, *, proved: bool) -> int:
    """How much the next round frees: more where one was searched to its end, less otherwise."""
    return size + max(1, size // 5) if proved else size - size // 4


def improve(
    context: Context,
    pools: Sequence[Pool],
    pattern: Pattern,
    control: Control,
    settings: Settings,
    stage: Stage,
    *,
    rounds: int,
    until: float = 0.0,
) -> Pattern:
    """Rounds of improvement at the grain of ``pools``.

    Without a time limit, ``rounds`` of them; with one, until ``until`` seconds are left.
    """
    kind = ByPeople(context, pools, Neighbourhood(context, random.Random(settings.seed)))
    return Improvement(context, pools, pattern, control, settings, stage, kind).run(rounds, until)


class ByPeople:
    """Rounds that free what a group of people hold."""

    effort = ROUND
    search = staticmethod(improve_quality)
    done = False

    def __init__(self, context: Context, pools: Sequence[Pool], groups: Neighbourhood) -> None:
        self.context = context
        self.pools = pools
        self.groups = groups

    def look_at(self, timetable: Timetable) -> None:
        self.groups.look_at(timetable)

    def choose(self, best: Pattern) -> Freed:
        people = self.groups.choose(best.timetable)
        return partial(restricted, self.context, self.pools, best.timetable, best.coverage, people)

    def learn(self, freed: Freed, *, proved: bool, gain: int) -> None:  # noqa: ARG002 (a size suits whatever is found)
        self.groups.learn(proved=proved)


def restricted(
    context: Context,
    pools: Sequence[Pool],
    timetable: Timetable,
    coverage: Coverage | None,
    people: set[str],
    beside: Collection[str] = (),
    *,
    musts_only: bool = False,
    watched: Mapping[str, int] | None = None,
) -> Model:
    """The model in which only some people's posts, and their clubs' places, may change.

    Lines in ``beside`` may also be taken by anybody else who is free. With ``musts_only``,
    rules that cost something are left out. ``watched``: lines with dates (bit mask) on which
    absences are looked at. Without ``coverage``, anything may stay open.
    """
    holders = timetable.holders
    everybody = len(people) == len(context.people)

    def candidates(pool: Pool) -> Sequence[str]:
        here = {holders[post.line] for post in pool.posts if post.line in holders}
        free = everybody or not here or not here.isdisjoint(people) or len(here) < pool.count
        return [
            key
            for key in context.admitted(pool.post)
            if key in here or (free and (key in people or pool.post.line in beside))
        ]

    moving = {
        post.activity
        for post in context.demand.posts
        if post.option is not None and (everybody or holders.get(post.line) in people)
    }
    return held_model(
        context,
        pools,
        timetable,
        coverage,
        candidates,
        moving,
        musts_only=musts_only,
        watched=watched,
    )


def held_model(
    context: Context,
    pools: Sequence[Pool],
    timetable: Timetable,
    coverage: Coverage | None,
    candidates: Candidates,
    moving: set[str] | frozenset[str] = frozenset(),
    *,
    musts_only: bool = False,
    watched: Mapping[str, int] | None = None,
    tightens: bool = True,
) -> Model:
    """A model of the given candidates in which only ``moving`` activities may move."""
    chosen = options_of(context.demand, timetable)

    def options(activity: str) -> Sequence[int]:
        if activity in moving or activity not in chosen:
            return [option.index for option in context.demand.options[activity]]
        return [chosen[activity]]

    def rooms(key: str) -> Sequence[str]:
        if key in moving or (key in context.demand.options and key not in chosen):
            return context.demand.options[key][0].rooms
        placement = timetable.placements.get(key)
        name = placement.room if placement else timetable.rooms.get(key)
        return [name] if name is not None else []

    model = Model(
        context,
        pools,
        candidates=candidates,
        options=options,
        rooms=rooms,
        foresee_covers=False,
        watched=watched,
        tightens=tightens,
    )
    model.post_rules(musts_only=musts_only)
    if coverage is not None:
        hold_coverage(model, coverage)
    return model


def _who_pays(context: Context, timetable: Timetable, finding: Finding) -> list[str]:
    """Those whom a finding is about: a person, or for each post of a class whoever has it."""
    names = [finding.where.get("staff")]
    if "class" in finding.where:
        name = str(finding.where["class"])
        lines = (post.line for post in context.demand.posts if name in post.classes)
        names += [timetable.holders.get(line) for line in lines]
    return [str(name) for name in names if name in context.people]
