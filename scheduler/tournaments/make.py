"""Making the programme of a school's tournaments, with a bound for each level."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heapreplace

from ortools.sat.python import cp_model

from constraints.model import Expr
from scheduler.progress import Control, Stage
from scheduler.search import Effort, Found, Settings, search
from scheduler.tournaments.dates import DatesModel
from scheduler.tournaments.grounds import Slot
from scheduler.tournaments.parts import Task
from scheduler.tournaments.plan import Appointment, Programme, Step, StepName
from scheduler.tournaments.times import TimesModel

EFFORT = 20.0
"""Deterministic seconds for each level."""
SHARE = 0.5
"""The part of the time left that one level may use, where there is a time limit."""


class _Levels:
    """Objectives of one model, one after the other; what is reached is held."""

    def __init__(self, cp: cp_model.CpModel, control: Control, settings: Settings) -> None:
        self.cp = cp
        self.control = control
        self.settings = settings
        self.best: Found | None = None

    def reach(self, objective: Expr) -> Found:
        effort = Effort(EFFORT, SHARE)
        found = search(self.cp, objective, self.control, self.settings, effort, Stage.FIXTURES)
        if found.solution is not None:
            if not isinstance(objective, int):
                self.cp.add(objective <= found.value)
            self._hint(found.solution)
            self.best = found
        return found

    def _hint(self, solver: cp_model.CpSolver) -> None:
        values = list(solver.response_proto.solution)
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        self.cp.proto.solution_hint.vars.extend(range(len(values)))
        self.cp.proto.solution_hint.values.extend(values)


def fewest_unplaced(task: Task, control: Control, settings: Settings) -> Found:
    """How many fixtures cannot be placed, whatever else is given up."""
    model = DatesModel(task)
    return _Levels(model.cp, control, settings).reach(model.not_placed)


def make(task: Task, control: Control | None = None, settings: Settings | None = None) -> Programme:
    """The programme: fixtures that fit, fewest moves, referees, early end, then even times.

    Bounds of the first four levels hold for every programme; that of quality for these dates.
    """
    control, settings = control or Control(), settings or Settings(workers=1)
    model = DatesModel(task)
    levels = _Levels(model.cp, control, settings)
    steps = [_step("unplaced", levels.reach(model.not_placed))]
    keys = [fixture.key for draw in task.draws for fixture in task.open(draw)]
    if levels.best is None:
        unknown = Step(name="unplaced", value=len(keys), bound=steps[0].bound)
        return _programme(task, (), keys, [unknown], control)
    if task.before:
        steps.append(_step("moves", levels.reach(model.moves)))
    wanting = levels.reach(model.without_referee)
    last = levels.reach(model.last_dates)
    best = levels.best
    dates = {key: date for (key, date), on in model.on.items() if best.true(on)}
    kept = [key for key, keep in model.keep.items() if best.true(keep)]
    times = TimesModel(task, dates, kept)
    levels = _Levels(times.cp, control, settings)
    refereed = levels.reach(times.without_referee)
    steps.append(Step(name="referees", value=refereed.value, bound=wanting.bound))
    steps.append(_step("last_dates", last))
    turns = times.turns()
    quality = levels.reach(times.quality() + turns)
    least = _least_turns(times, refereed.value)
    steps.append(
        Step(
            name="quality",
            value=max(0, quality.value - least),
            bound=max(0, quality.bound - least),
        )
    )
    if levels.best is None:
        return _programme(task, (), keys, steps, control)
    places = _Reader(task, times, levels.best).appointments()
    unplaced = [key for key in keys if key not in dates]
    return _programme(task, places, unplaced, steps, control)


def _step(name: StepName, found: Found) -> Step:
    return Step(name=name, value=found.value, bound=found.bound)


def _least_turns(times: TimesModel, wanting: int) -> int:
    """The squares of turns as even as can be: what no programme with as many could do without."""
    people = sorted({person for _, _, person in times.calls})
    turns = [
        (sum(person in here.referees for here in times.task.fixed.values()), person)
        for person in people
    ]
    posts = sum(draw.tournament.referees for draw, _ in times.fixtures) - wanting
    heapify(turns)
    least = 0
    for _ in range(posts if turns else 0):
        count, person = turns[0]
        heapreplace(turns, (count + 1, person))
        least += 2 * count + 1
    return least


def _programme(
    task: Task,
    places: Sequence[Appointment],
    unplaced: Sequence[str],
    steps: Sequence[Step],
    control: Control,
) -> Programme:
    new = {here.key: here for here in places}
    moved = [
        key
        for key, old in task.before.items()
        if key not in task.fixed and key in new and not new[key].same_place(old)
    ]
    had_to = {
        fixture.key
        for draw in task.draws
        for fixture in task.open(draw)
        if fixture.key in task.before and task.kept(fixture) is None
    }
    everything = [*task.fixed.values(), *places]
    return Programme(
        appointments=tuple(sorted(everything, key=lambda a: (a.date, a.start, a.room, a.court))),
        unplaced=tuple(unplaced),
        levels=tuple(steps),
        moved=tuple(moved),
        displaced=tuple(key for key in moved if key in had_to),
        seconds=round(control.seconds, 2),
    )


class _Reader:
    """Reads appointments out of a solved model."""

    def __init__(self, task: Task, model: TimesModel, found: Found) -> None:
        self.task = task
        self.model = model
        self.found = found

    def appointments(self) -> list[Appointment]:
        slot_of = {key: slot for (key, slot), at in self.model.at.items() if self.found.true(at)}
        referees: dict[str, list[str]] = defaultdict(list)
        for (key, _, person), call in self.model.calls.items():
            if self.found.true(call):
                referees[key].append(person)
        room_of = self._rooms(slot_of)
        court_of = self._courts(slot_of, room_of)
        return [
            Appointment(
                key=key,
                date=slot.date,
                segment=slot.segment,
                start=_clock(slot.start),
                end=_clock(slot.end),
                room=room_of[key],
                court=court_of[key],
                referees=tuple(referees[key]),
            )
            for key, slot in slot_of.items()
        ]

    def _rooms(self, slot_of: Mapping[str, Slot]) -> dict[str, str]:
        """Rooms as the model counts them; those that stay keep theirs."""
        assert self.found.solution is not None
        left = {
            play: self.found.solution.value(count)
            for play, count in self.model.courts.count.items()
        }
        rooms: dict[str, str] = {}
        tournament = {fixture.key: fixture.tournament for _, fixture in self.model.fixtures}
        for key in sorted(slot_of, key=lambda key: key not in self.model.kept):
            name, slot = tournament[key], slot_of[key]
            if key in self.model.kept:
                room = self.task.before[key].room
            else:
                room = next(r for (n, s, r), c in left.items() if (n, s) == (name, slot) and c)
            rooms[key] = room
            left[name, slot, room] -= 1
        return rooms

    def _courts(self, slot_of: Mapping[str, Slot], rooms: Mapping[str, str]) -> dict[str, int]:
        """Numbers of courts: kept where they were, else the lowest that is free.

        Where those kept leave no number for others, all are numbered anew.
        """
        known = self.task.grounds.instance.room_by_name
        found = self._numbered(slot_of, rooms, self.model.kept)
        if any(number > known[rooms[key]].groups for key, number in found.items()):
            found = self._numbered(slot_of, rooms, set())
        return found

    def _numbered(
        self, slot_of: Mapping[str, Slot], rooms: Mapping[str, str], kept: set[str]
    ) -> dict[str, int]:
        busy: dict[tuple[str, int], list[Slot]] = defaultdict(list)
        for here in self.task.fixed.values():
            busy[here.room, here.court].append(here.slot)
        courts: dict[str, int] = {}
        for key in sorted(slot_of, key=lambda key: (key not in kept, slot_of[key], rooms[key])):
            room, slot = rooms[key], slot_of[key]
            wanted = [self.task.before[key].court] if key in kept else []
            courts[key] = next(
                court
                for court in (*wanted, *range(1, len(slot_of) + len(busy) + 2))
                if not any(slot.overlaps(other) for other in busy[room, court])
            )
            busy[room, courts[key]].append(slot)
        return courts


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)
