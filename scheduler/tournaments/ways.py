"""What would make all fixtures fit: more dates, courts or matches an hour, each verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from instances.blocks import minutes
from instances.school import Instance
from instances.tournaments import Tournament
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.tournaments.grounds import Grounds
from scheduler.tournaments.make import fewest_unplaced
from scheduler.tournaments.parts import Task
from scheduler.tournaments.plan import Programme, Way
from scheduler.tournaments.standings import Draw

MOST_COURTS, MOST_MATCHES = 8, 6
"""So many more are tried."""
SHORTEST = 5
"""Minutes of a match, at least."""
Change = Callable[[int], Task | None]


def ways_to_fit(
    task: Task,
    programme: Programme,
    control: Control | None = None,
    settings: Settings | None = None,
) -> Iterator[Way]:
    """For each tournament that does not fit, the least of each kind that makes it fit.

    Every one has been solved: all fixtures of the tournament then fit, and none of another
    tournament less. What is not named would not do it alone.
    """
    control, settings = control or Control(), settings or Settings(workers=1)
    total = len(programme.unplaced)
    for draw in task.draws:
        keys = {fixture.key for fixture in draw.fixtures}
        allowed = total - sum(key in keys for key in programme.unplaced)
        if allowed == total:
            continue

        def fits(change: Task | None, allowed: int = allowed) -> bool:
            if change is None or control.over:
                return False
            found = fewest_unplaced(change, control, settings)
            return found.solution is not None and found.value <= allowed

        yield from _dates(task, draw, fits)
        yield from _courts(task, draw, fits)
        yield from _matches(task, draw, fits)


def _least(most: int, fits: Callable[[int], bool]) -> int | None:
    """The least number that fits; whatever fits, more of it fits as well."""
    if most < 1 or not fits(most):
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        if fits(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _dates(task: Task, draw: Draw, fits: Callable[[Task | None], bool]) -> Iterator[Way]:
    """Further dates after the last one, on the same weekdays, as far as the term goes."""
    tournament = draw.tournament
    if tournament.end is None:
        return
    longer = tournament.model_copy(update={"end": None})
    every = {slot.date for slot in task.grounds.slots(longer)}
    further = sorted(
        date
        for date in every
        if date > tournament.end and (task.since is None or date >= task.since)
    )

    def until(count: int) -> dt.date:
        return further[count - 1]

    found = _least(len(further), lambda n: fits(_changed(task, draw, longer, {"end": until(n)})))
    if found is not None:
        yield Way(tournament=tournament.name, what="dates", count=found, until=until(found))


def _courts(task: Task, draw: Draw, fits: Callable[[Task | None], bool]) -> Iterator[Way]:
    """Further courts: in the first venue that does not exist yet, where those are all used."""
    tournament, known = draw.tournament, task.grounds.instance.room_by_name
    held = sum(known[name].groups for name in dict.fromkeys(tournament.venues))
    used = tournament.courts or held

    def with_more(count: int) -> Task:
        more = max(0, used + count - held)
        rooms = tuple(
            room.model_copy(update={"groups": room.groups + more})
            if room.name == tournament.venues[0]
            else room
            for room in task.grounds.instance.rooms
        )
        return _changed(task, draw, tournament, {"courts": used + count}, rooms=rooms)

    found = _least(MOST_COURTS, lambda n: fits(with_more(n)))
    if found is not None:
        yield Way(tournament=tournament.name, what="courts", count=found)


def _matches(task: Task, draw: Draw, fits: Callable[[Task | None], bool]) -> Iterator[Way]:
    """Shorter matches, so that a segment holds more of them; never half as long or less."""
    tournament = draw.tournament
    segments = task.grounds.instance.segment_by_name
    longest = max(
        (
            minutes(timing.end) - minutes(timing.start)
            for name in {slot.segment for slot in task.slots[tournament.name]}
            for timing in segments[name].timings
        ),
        default=0,
    )
    now = longest // tournament.minutes

    def length(count: int) -> int:
        return longest // (now + count)

    possible = [
        n
        for n in range(1, MOST_MATCHES + 1)
        if length(n) >= SHORTEST and 2 * length(n) > tournament.minutes
    ]
    found = _least(
        len(possible), lambda n: fits(_changed(task, draw, tournament, {"minutes": length(n)}))
    )
    if found is not None:
        yield Way(tournament=tournament.name, what="matches", count=found, minutes=length(found))


def _changed(
    task: Task, draw: Draw, tournament: Tournament, update: dict[str, object], **fields: object
) -> Task:
    """The task with one tournament, and perhaps the rooms, changed."""
    new = tournament.model_copy(update=update)
    draws = [replace(one, tournament=new) if one is draw else one for one in task.draws]
    instance: Instance = task.grounds.instance.model_copy(
        update={"tournaments": tuple(one.tournament for one in draws), **fields}
    )
    return Task(Grounds(instance, task.grounds.taken), draws, task.before, task.since)
