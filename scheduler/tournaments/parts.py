"""What the two models of a programme share: what is to be placed, courts at each instant."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ortools.sat.python import cp_model

from instances.tournaments import Tournament
from instances.words import TeamKind
from scheduler.tournaments.fixtures import Fixture
from scheduler.tournaments.grounds import Grounds, Slot
from scheduler.tournaments.plan import Appointment
from scheduler.tournaments.standings import Draw

Play = tuple[str, Slot, str]
"""Matches of a tournament in a slot in a room."""


@dataclass
class Task:
    """What is to be placed.

    ``before`` are the places that fixtures had; ``since``: nothing is put on an earlier date, and
    what stands there stays.
    """

    grounds: Grounds
    draws: Sequence[Draw]
    before: Mapping[str, Appointment] = field(default_factory=dict)
    since: dt.date | None = None

    @cached_property
    def slots(self) -> dict[str, list[Slot]]:
        """The slots of each tournament on dates that may still be used."""
        return {
            draw.tournament.name: [
                slot
                for slot in self.grounds.slots(draw.tournament)
                if self.since is None or slot.date >= self.since
            ]
            for draw in self.draws
        }

    @cached_property
    def fixed(self) -> dict[str, Appointment]:
        """Places that stay: of matches played, and of those before ``since`` not lost to rain."""
        return {
            fixture.key: here
            for draw in self.draws
            for fixture in draw.fixtures
            if (here := self.before.get(fixture.key)) is not None
            and (
                fixture.key in draw.scores
                or (
                    self.since is not None
                    and here.date < self.since
                    and not draw.tournament.is_lost(here.date)
                )
            )
        }

    @cached_property
    def dates(self) -> dict[str, dt.date]:
        """When matches that need no place were, or will be."""
        played = {key: date for draw in self.draws for key, date in draw.dates.items()}
        return played | {key: here.date for key, here in self.fixed.items()}

    def open(self, draw: Draw) -> list[Fixture]:
        """The fixtures of a tournament that need a place."""
        return [f for f in draw.fixtures if f.key not in draw.scores and f.key not in self.fixed]

    def kept(self, fixture: Fixture) -> Appointment | None:
        """The place that a fixture had, if it may have it again."""
        here = self.before.get(fixture.key)
        if here is None or here.slot not in self.slots[fixture.tournament]:
            return None
        draw = next(d for d in self.draws if d.tournament.name == fixture.tournament)
        if here.room not in draw.tournament.venues or not self.grounds.free(here.room, here.slot):
            return None
        return here

    @cached_property
    def shared(self) -> dict[tuple[str, TeamKind], list[Draw]]:
        """The tournaments in which the same children play: by class, for boys and for girls."""
        found: dict[tuple[str, TeamKind], list[Draw]] = defaultdict(list)
        for draw in self.draws:
            for team in draw.teams:
                for kind in (TeamKind.BOYS, TeamKind.GIRLS):
                    if draw.tournament.teams in (kind, TeamKind.MIXED):
                        found[team, kind].append(draw)
        return {key: draws for key, draws in found.items() if len(draws) > 1}


def gap(tournament: Tournament) -> int:
    """Days from one match of a team to its next, at least; 0: on the same day."""
    return tournament.rest_days + 1 if tournament.per_day == 1 else 0


class Courts:
    """How many matches of each tournament are where at each time, within what is free."""

    def __init__(self, cp: cp_model.CpModel, task: Task, dates: Mapping[str, set[dt.date]]) -> None:
        self.cp = cp
        self.task = task
        self.count: dict[Play, cp_model.IntVar] = {}
        for draw in task.draws:
            tournament = draw.tournament
            for slot in task.slots[tournament.name]:
                if slot.date in dates[tournament.name]:
                    for room in dict.fromkeys(tournament.venues):
                        free = task.grounds.free(room, slot)
                        most = min(free, tournament.courts or free)
                        if most:
                            name = f"{tournament.name} {room} {slot.date} {slot.start}"
                            play = (tournament.name, slot, room)
                            self.count[play] = cp.new_int_var(0, most, name)
        self._within_rooms()
        self._within_courts()

    @cached_property
    def _of_slot(self) -> dict[tuple[str, Slot], list[cp_model.IntVar]]:
        found: dict[tuple[str, Slot], list[cp_model.IntVar]] = defaultdict(list)
        for (name, slot, _), count in self.count.items():
            found[name, slot].append(count)
        return found

    def at(self, name: str, slot: Slot) -> list[cp_model.IntVar]:
        """The matches of a tournament in a slot, by room."""
        return self._of_slot.get((name, slot), [])

    def _within_rooms(self) -> None:
        """At no instant more matches in a room than it has courts that nothing else takes."""
        by_room: dict[tuple[str, dt.date], list[tuple[Slot, cp_model.IntVar]]] = defaultdict(list)
        for (_, slot, room), count in self.count.items():
            by_room[room, slot.date].append((slot, count))
        fixed: dict[tuple[str, dt.date], list[Slot]] = defaultdict(list)
        for place in self.task.fixed.values():
            fixed[place.room, place.date].append(place.slot)
        for (room, date), plays in by_room.items():
            spans = self.task.grounds.taken.rooms.get((room, date), ())
            others = fixed[room, date]
            starts = {slot.start for slot, _ in plays} | {start for start, _ in spans}
            for minute in sorted(starts | {slot.start for slot in others}):
                here = [count for slot, count in plays if slot.start <= minute < slot.end]
                used = sum(slot.start <= minute < slot.end for slot in others)
                if here:
                    free = self.task.grounds.free_at(room, date, minute) - used
                    self.cp.add(sum(here) <= max(0, free))

    def _within_courts(self) -> None:
        """At no instant more matches of a tournament than the courts it may use."""
        for draw in self.task.draws:
            tournament = draw.tournament
            if tournament.courts is None:
                continue
            fixed = [self.task.fixed[f.key].slot for f in draw.fixtures if f.key in self.task.fixed]
            slots = [slot for name, slot in self._of_slot if name == tournament.name]
            for slot in slots:
                here = [
                    count
                    for other in slots
                    if other.date == slot.date and other.start <= slot.start < other.end
                    for count in self.at(tournament.name, other)
                ]
                used = sum(
                    one.date == slot.date and one.start <= slot.start < one.end for one in fixed
                )
                self.cp.add(sum(here) <= max(0, tournament.courts - used))


def by_date(slots: Iterable[Slot]) -> dict[dt.date, list[Slot]]:
    found: dict[dt.date, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.date].append(slot)
    return found


def windows(dates: Sequence[dt.date], days: int) -> Iterator[list[dt.date]]:
    """The sets of dates of which a team plays on one, at most: those within so many days."""
    for first in dates:
        last = first + dt.timedelta(days=days - 1)
        yield [date for date in dates if first <= date <= last]
