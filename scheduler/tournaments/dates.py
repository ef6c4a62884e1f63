"""The first model of a programme: which fixture on which date, and how many where and when.

Fixtures of one date may exchange their times as far as courts and referees go, so that only
the numbers are counted: exact, and proved quickly. Only where a team may play twice on a day
is the time of each fixture decided here as well.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from constraints.model import Expr
from scheduler.tournaments.fixtures import Fixture
from scheduler.tournaments.grounds import Slot
from scheduler.tournaments.parts import Courts, Task, by_date, gap, windows
from scheduler.tournaments.plan import Appointment
from scheduler.tournaments.standings import Draw

Literal = cp_model.IntVar
MOST_TOGETHER = 4
"""Of so many tournaments at one time, every combination is looked at for its referees."""


class DatesModel:
    """Dates of all fixtures that need one."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.cp = cp_model.CpModel()
        self.on: dict[tuple[str, dt.date], Literal] = {}
        self.at: dict[tuple[str, Slot], Literal] = {}
        self.unplaced: dict[str, Literal] = {}
        self.keep: dict[str, Literal] = {}
        self.wanting: dict[tuple[str, Slot], cp_model.IntVar] = {}
        self.late: dict[tuple[str, dt.date], Literal] = {}
        dates = {name: {slot.date for slot in slots} for name, slots in task.slots.items()}
        self.courts = Courts(self.cp, task, dates)
        for draw in task.draws:
            self._fixtures(draw)
            self._numbers(draw)
            self._teams(draw)
            self._order(draw)
            self._last_date(draw)
        self._same_children()
        self._keep()
        self._referees()

    # Objectives, in order

    @property
    def not_placed(self) -> Expr:
        return sum(self.unplaced.values())

    @property
    def moves(self) -> Expr:
        return sum(1 - keep for keep in self.keep.values())

    @property
    def without_referee(self) -> Expr:
        return sum(self.wanting.values())

    @property
    def last_dates(self) -> Expr:
        return sum(self.late.values())

    # Constraints

    def _slots(self, draw: Draw) -> dict[dt.date, list[Slot]]:
        return by_date(self.task.slots[draw.tournament.name])

    def _fixtures(self, draw: Draw) -> None:
        slots = self._slots(draw)
        for fixture in self.task.open(draw):
            missing = self.cp.new_bool_var(f"{fixture.key} does not fit")
            self.unplaced[fixture.key] = missing
            here = []
            for date, times in slots.items():
                on = self.cp.new_bool_var(f"{fixture.key} {date}")
                self.on[fixture.key, date] = on
                here.append(on)
                if draw.tournament.per_day > 1:
                    for slot in times:
                        name = f"{fixture.key} {date} {slot.start}"
                        self.at[fixture.key, slot] = self.cp.new_bool_var(name)
                    self.cp.add(sum(self.at[fixture.key, slot] for slot in times) == on)
            self.cp.add(sum(here) + missing == 1)

    def _numbers(self, draw: Draw) -> None:
        name, fixtures = draw.tournament.name, self.task.open(draw)
        for date, slots in self._slots(draw).items():
            held = [count for slot in slots for count in self.courts.at(name, slot)]
            self.cp.add(sum(self.on[f.key, date] for f in fixtures) == sum(held))
            if draw.tournament.per_day > 1:
                for slot in slots:
                    playing = sum(self.at[f.key, slot] for f in fixtures)
                    self.cp.add(playing == sum(self.courts.at(name, slot)))

    def _teams(self, draw: Draw) -> None:
        """Each team plays so often a day at most, and then rests."""
        tournament, fixtures = draw.tournament, self.task.open(draw)
        dates = sorted(self._slots(draw))
        for team in draw.teams:
            mine = [f for f in fixtures if team in f.known]
            played = [
                self.task.dates[f.key]
                for f in draw.fixtures
                if team in f.known and f.key in self.task.dates
            ]
            for days in windows(dates, tournament.rest_days + 1):
                already = 0 if tournament.rest_days else played.count(days[0])
                here = [self.on[f.key, date] for f in mine for date in days]
                self.cp.add(sum(here) <= max(0, tournament.per_day - already))
            if tournament.per_day > 1:
                for slots in self._slots(draw).values():
                    for slot in slots:
                        at_once = [s for s in slots if s.start <= slot.start < s.end]
                        self.cp.add_at_most_one(self.at[f.key, s] for f in mine for s in at_once)
            self._rest_after(mine, played, dates, tournament.rest_days)
        most = len(draw.teams) * tournament.per_day // 2
        for date in dates:  # implied, and what a proof by counting needs
            known = [self.on[f.key, date] for f in fixtures if len(f.known) == 2]
            self.cp.add(sum(known) <= most)

    def _rest_after(
        self, mine: list[Fixture], played: list[dt.date], dates: list[dt.date], rest: int
    ) -> None:
        for date in dates:
            if rest and any(abs((date - day).days) <= rest for day in played):
                self.cp.add(sum(self.on[f.key, date] for f in mine) == 0)

    def _order(self, draw: Draw) -> None:
        """What must be over before: first legs, groups, earlier rounds."""
        fixtures = {f.key: f for f in draw.fixtures}
        for fixture in self.task.open(draw):
            for key in fixture.after:
                before = fixtures[key]
                days = gap(draw.tournament)
                if fixture.is_knockout and not before.is_knockout:
                    days = max(1, days)
                if days:
                    self._later(draw, fixture, before, days)
                else:
                    self._later_slot(draw, fixture, before)
            for before in self._long_before(fixture, fixtures, draw.tournament.per_day):
                self._later(draw, fixture, before, 1)

    def _long_before(
        self, fixture: Fixture, fixtures: dict[str, Fixture], steps: int
    ) -> Iterator[Fixture]:
        """Matches so many rounds before that both on one day would be one too many for a team."""
        current = [fixture] if fixture.is_knockout and steps > 1 else []
        for _ in range(steps):
            current = [fixtures[k] for f in current for k in f.after if fixtures[k].is_knockout]
        yield from current

    def _later(self, draw: Draw, fixture: Fixture, before: Fixture, days: int) -> None:
        dates = sorted(self._slots(draw))
        for date in dates:
            limit = date - dt.timedelta(days=days)
            if before.key in self.unplaced:
                earlier = sum(self.on[before.key, d] for d in dates if d <= limit)
                self.cp.add(self.on[fixture.key, date] <= earlier)
            elif before.key in self.task.dates and self.task.dates[before.key] > limit:
                self.cp.add(self.on[fixture.key, date] == 0)

    def _later_slot(self, draw: Draw, fixture: Fixture, before: Fixture) -> None:
        slots = self.task.slots[draw.tournament.name]
        fixed = self.task.fixed.get(before.key)
        for slot in slots:
            here = self.at[fixture.key, slot]
            if before.key in self.unplaced:
                earlier = [s for s in slots if (s.date, s.end) <= (slot.date, slot.start)]
                self.cp.add(here <= sum(self.at[before.key, s] for s in earlier))
            elif fixed is not None and (fixed.date, fixed.slot.end) > (slot.date, slot.start):
                self.cp.add(here == 0)

    def _same_children(self) -> None:
        """Children who play in two tournaments: not in both on one day."""
        for (team, _), draws in self.task.shared.items():
            most = max(draw.tournament.per_day for draw in draws)
            here: dict[dt.date, list[Literal]] = defaultdict(list)
            played: dict[dt.date, int] = defaultdict(int)
            for draw in draws:
                for fixture in draw.fixtures:
                    if team in fixture.known and fixture.key in self.task.dates:
                        played[self.task.dates[fixture.key]] += 1
                for fixture in self.task.open(draw):
                    for date in self._slots(draw) if team in fixture.known else ():
                        here[date].append(self.on[fixture.key, date])
            for date, literals in here.items():
                self.cp.add(sum(literals) <= max(0, most - played[date]))

    def _last_date(self, draw: Draw) -> None:
        """Dates up to the last one used are counted: what remains is a reserve."""
        name, fixtures = draw.tournament.name, self.task.open(draw)
        dates = sorted(self._slots(draw))
        for date in dates:
            self.late[name, date] = self.cp.new_bool_var(f"{name} lasts to {date}")
        for date, following in pairwise(dates):
            self.cp.add_implication(self.late[name, following], self.late[name, date])
        for date in dates:
            late = self.late[name, date]
            for fixture in fixtures:
                self.cp.add_implication(self.on[fixture.key, date], late)
            room = sum(
                self.task.grounds.free(hall, slot)
                for slot in self._slots(draw)[date]
                for hall in dict.fromkeys(draw.tournament.venues)
            )
            self.cp.add(sum(self.on[f.key, date] for f in fixtures) <= room * late)

    def _keep(self) -> None:
        """Places kept: as many at a time and in a room as were there."""
        here: dict[tuple[str, Slot, str], list[Literal]] = defaultdict(list)
        for draw in self.task.draws:
            for fixture in self.task.open(draw):
                old: Appointment | None = self.task.kept(fixture)
                if old is None:
                    continue
                keep = self.cp.new_bool_var(f"{fixture.key} stays")
                self.keep[fixture.key] = keep
                self.cp.add_implication(keep, self.on[fixture.key, old.date])
                if draw.tournament.per_day > 1:
                    self.cp.add_implication(keep, self.at[fixture.key, old.slot])
                here[fixture.tournament, old.slot, old.room].append(keep)
        for play, keeps in here.items():
            self.cp.add(sum(keeps) <= self.courts.count[play])

    def _referees(self) -> None:
        """No more matches at a time than there are people to referee them, or posts stay open."""
        able: dict[tuple[str, Slot], frozenset[str]] = {}
        for draw in self.task.draws:
            tournament = draw.tournament
            if not tournament.referees:
                continue
            people = list(self.task.grounds.referees(tournament))
            for slot in self.task.slots[tournament.name]:
                if self.courts.at(tournament.name, slot):
                    able[tournament.name, slot] = frozenset(
                        person.key
                        for person in people
                        if self.task.grounds.may_referee(person, tournament, slot)
                    )
        each = {draw.tournament.name: draw.tournament.referees for draw in self.task.draws}
        need = {(name, slot): each[name] * sum(self.courts.at(name, slot)) for name, slot in able}
        most = sum(
            each[name] * len(self.task.open(draw))
            for draw in self.task.draws
            for name in [draw.tournament.name]
        )
        for name, slot in able:
            wanting = self.cp.new_int_var(0, most, f"{name} {slot.date} {slot.start} referees")
            self.wanting[name, slot] = wanting
            self.cp.add(wanting <= need[name, slot])
        for together in self._at_once(able):
            people_here = frozenset().union(*(able[place] for place in together))
            served = sum(need[place] - self.wanting[place] for place in together)
            self.cp.add(served <= len(people_here))

    def _at_once(
        self, able: dict[tuple[str, Slot], frozenset[str]]
    ) -> Iterator[tuple[tuple[str, Slot], ...]]:
        """Sets of matches at one time that need different people."""
        for date, slots in by_date(slot for _, slot in able).items():
            here = [place for place in able if place[1].date == date]
            for minute in sorted({slot.start for slot in slots}):
                now = [place for place in here if place[1].start <= minute < place[1].end]
                sizes = range(1, len(now) + 1) if len(now) <= MOST_TOGETHER else (1, len(now))
                for size in sizes:
                    yield from combinations(now, size)
