"""The second model of a programme: times, referees and courts, with the dates fixed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from constraints.model import Expr
from instances.school import Staff
from instances.words import Level
from scheduler.tournaments.fixtures import Fixture
from scheduler.tournaments.grounds import Slot
from scheduler.tournaments.parts import Courts, Task, by_date
from scheduler.tournaments.standings import Draw

Literal = cp_model.IntVar
UNEVEN_TIMES = 2
"""Points for each match by which late times differ within a tournament."""
RELUCTANT = 2
"""Points for a turn that somebody would rather not take."""
OTHER_REFEREE = 3
"""Points for a referee who changes at a match that stays."""


class TimesModel:
    """Times and referees of all fixtures that have a date.

    ``kept`` fixtures stay where they were.
    """

    def __init__(self, task: Task, dates: Mapping[str, dt.date], kept: Iterable[str]) -> None:
        self.task = task
        self.dates = dates
        self.kept = set(kept)
        self.cp = cp_model.CpModel()
        self.at: dict[tuple[str, Slot], Literal] = {}
        self.calls: dict[tuple[str, Slot, str], Literal] = {}
        self.open: dict[str, cp_model.IntVar] = {}
        self.fixtures = [
            (draw, fixture)
            for draw in task.draws
            for fixture in task.open(draw)
            if fixture.key in dates
        ]
        used: dict[str, set[dt.date]] = defaultdict(set)
        for draw, fixture in self.fixtures:
            used[draw.tournament.name].add(dates[fixture.key])
        names = {draw.tournament.name: used[draw.tournament.name] for draw in task.draws}
        self.courts = Courts(self.cp, task, names)
        for draw in task.draws:
            self._times(draw)
            self._teams(draw)
            self._order(draw)
        self._kept_places()
        self._calls()
        self._one_place()

    # Objectives

    @property
    def without_referee(self) -> Expr:
        return sum(self.open.values())

    def quality(self) -> Expr:
        """Points for late times that are unevenly spread, unwelcome turns, changed referees."""
        cost: list[Expr] = [UNEVEN_TIMES * self._uneven(draw) for draw in self.task.draws]
        for (key, slot, person), call in self.calls.items():
            tournament = self._draw_of[key].tournament
            level = self.task.grounds.level(self._people[person], tournament, slot)
            if level is Level.RATHER_NOT:
                cost.append(RELUCTANT * call)
            before = self.task.before.get(key)
            if key in self.kept and before is not None and person not in before.referees:
                cost.append(OTHER_REFEREE * call)
        return sum(cost)

    def turns(self) -> Expr:
        """Squares of the turns that each person takes."""
        mine: dict[str, list[Literal]] = defaultdict(list)
        for (_, _, person), call in self.calls.items():
            mine[person].append(call)
        cost: list[Expr] = []
        for person, calls in mine.items():
            before = sum(person in here.referees for here in self.task.fixed.values())
            steps = [self.cp.new_bool_var(f"{person} {n}") for n in range(len(calls))]
            self.cp.add(sum(steps) == sum(calls))
            cost += [(2 * (before + n) + 1) * step for n, step in enumerate(steps)]
        return sum(cost)

    # Constraints

    def _times(self, draw: Draw) -> None:
        name = draw.tournament.name
        slots = by_date(self.task.slots[name])
        playing: dict[Slot, list[Literal]] = defaultdict(list)
        for _, fixture in self._of(draw):
            here = []
            for slot in slots[self.dates[fixture.key]]:
                at = self.cp.new_bool_var(f"{fixture.key} {slot.start}")
                self.at[fixture.key, slot] = at
                playing[slot].append(at)
                here.append(at)
            self.cp.add_exactly_one(here)
        for slot in self.task.slots[name]:
            counts = self.courts.at(name, slot)
            if counts or playing[slot]:
                self.cp.add(sum(playing[slot]) == sum(counts))

    def _of(self, draw: Draw) -> list[tuple[Draw, Fixture]]:
        return [pair for pair in self.fixtures if pair[0] is draw]

    def _teams(self, draw: Draw) -> None:
        if draw.tournament.per_day == 1:
            return
        slots = by_date(self.task.slots[draw.tournament.name])
        for team in draw.teams:
            mine = [f for _, f in self._of(draw) if team in f.known]
            for date, times in slots.items():
                today = [f for f in mine if self.dates[f.key] == date]
                for slot in times:
                    at_once = [s for s in times if s.start <= slot.start < s.end]
                    self.cp.add_at_most_one(self.at[f.key, s] for f in today for s in at_once)

    def _order(self, draw: Draw) -> None:
        """Of two on one day, the one that leads to the other is over before it begins."""
        slots = by_date(self.task.slots[draw.tournament.name])
        for _, fixture in self._of(draw):
            date = self.dates[fixture.key]
            for key in fixture.after:
                fixed = self.task.fixed.get(key)
                for slot in slots[date]:
                    here = self.at[fixture.key, slot]
                    if self.dates.get(key) == date:
                        earlier = [s for s in slots[date] if s.end <= slot.start]
                        self.cp.add(here <= sum(self.at[key, s] for s in earlier))
                    elif fixed is not None and fixed.date == date and fixed.slot.end > slot.start:
                        self.cp.add(here == 0)

    def _kept_places(self) -> None:
        here: dict[tuple[str, Slot, str], int] = defaultdict(int)
        for _, fixture in self.fixtures:
            if fixture.key in self.kept:
                old = self.task.before[fixture.key]
                self.cp.add(self.at[fixture.key, old.slot] == 1)
                here[fixture.tournament, old.slot, old.room] += 1
        for play, count in here.items():
            self.cp.add(self.courts.count[play] >= count)

    def _calls(self) -> None:
        """Who referees what: able, willing, free, and not the home teacher of either side."""
        self._people: dict[str, Staff] = self.task.grounds.people
        self._draw_of = {fixture.key: draw for draw, fixture in self.fixtures}
        grounds = self.task.grounds
        for draw, fixture in self.fixtures:
            tournament = draw.tournament
            calls: list[Literal] = []
            for person in grounds.referees(tournament) if tournament.referees else ():
                if grounds.partial(person, fixture.teams):
                    continue
                for slot in by_date(self.task.slots[tournament.name])[self.dates[fixture.key]]:
                    if grounds.may_referee(person, tournament, slot):
                        call = self.cp.new_bool_var(f"{person.key} {fixture.key} {slot.start}")
                        self.calls[fixture.key, slot, person.key] = call
                        self.cp.add_implication(call, self.at[fixture.key, slot])
                        calls.append(call)
            wanting = self.cp.new_int_var(0, tournament.referees, f"{fixture.key} open")
            self.open[fixture.key] = wanting
            self.cp.add(sum(calls) + wanting == tournament.referees)

    def _one_place(self) -> None:
        """Nobody referees two matches at one time."""
        mine: dict[tuple[str, dt.date], list[tuple[Slot, Literal]]] = defaultdict(list)
        for (_, slot, person), call in self.calls.items():
            mine[person, slot.date].append((slot, call))
        for (person, date), calls in mine.items():
            others = [
                here.slot
                for here in self.task.fixed.values()
                if here.date == date and person in here.referees
            ]
            for start in sorted({slot.start for slot, _ in calls}):
                now = [call for slot, call in calls if slot.start <= start < slot.end]
                self.cp.add_at_most_one(now)
            for slot, call in calls:
                if any(slot.overlaps(other) for other in others):
                    self.cp.add(call == 0)

    def _uneven(self, draw: Draw) -> Expr:
        """How far apart the most and the fewest late times of a team are."""
        latest = late_slots(self.task.slots[draw.tournament.name])
        counts: list[Expr] = []
        for team in draw.teams:
            fixed = sum(
                team in f.known and self.task.fixed[f.key].slot in latest
                for f in draw.fixtures
                if f.key in self.task.fixed
            )
            mine = [
                at
                for (key, slot), at in self.at.items()
                if slot in latest and self._draw_of[key] is draw and team in self._known[key]
            ]
            counts.append(fixed + sum(mine))
        if not latest or len(counts) < 2:
            return 0
        bound = len(draw.fixtures)
        most = self.cp.new_int_var(0, bound, f"{draw.tournament.name} most late")
        fewest = self.cp.new_int_var(0, bound, f"{draw.tournament.name} fewest late")
        for count in counts:
            self.cp.add(most >= count)
            self.cp.add(fewest <= count)
        return most - fewest

    @property
    def _known(self) -> dict[str, tuple[str, ...]]:
        return {fixture.key: fixture.known for _, fixture in self.fixtures}


def late_slots(slots: Iterable[Slot]) -> set[Slot]:
    """The second half of the times of each date; where there is but one, none is late."""
    found: set[Slot] = set()
    for times in by_date(slots).values():
        starts = sorted({slot.start for slot in times})
        found |= {slot for slot in times if 2 * starts.index(slot.start) >= max(2, len(starts))}
    return found
