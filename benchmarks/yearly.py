"""A year of events in a generated school: eight events and two tournaments, placed and staffed."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from constraints.context import Context
from instances.calendar import Calendar
from instances.event_dates import open_days
from instances.generate import Preset, generate_with_plan
from instances.school import Event, Instance, PostSpec, Tournament
from instances.timetable import Expansion, Timetable
from instances.words import Displaces, EventKind, Kind, Role
from scheduler.audit import audit
from scheduler.events.plan import plan_events
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.tournaments.audit import Audit
from scheduler.tournaments.grounds import Grounds, Taken
from scheduler.tournaments.make import make
from scheduler.tournaments.parts import Task
from scheduler.tournaments.standings import draw_up

TEAMS = 8


def yearly(preset: str, seed: int, limit: float | None) -> dict[str, Any]:
    """Put a year into the planted timetable of a school; it has passed its audit before."""
    plain, timetable = generate_with_plan(Preset(preset), seed)
    instance = with_a_year(plain, random.Random(f"year {preset} {seed}"))
    context = Context(instance)
    before = audit(context, timetable)
    started, cpu = time.perf_counter(), time.process_time()
    control, settings = Control(limit), Settings(workers=1)
    planned = plan_events(context, timetable, control, settings)
    judged = audit(context, planned.timetable)
    middle = time.perf_counter() - started
    fixtures = _tournaments(instance, context, planned.timetable, control, settings)
    if judged.hard or before.hard or fixtures["breaches"]:
        raise RuntimeError(f"{preset}, seed {seed}: the year did not pass its audit")
    return {
        "seconds": round(time.perf_counter() - started, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "events": round(middle, 2),
        "displaced": planned.displaced,
        "bound": planned.bound,
        "unplaced": sum(not one.dates for one in planned.figures),
        "open_posts": planned.open_posts,
        "open_bound": planned.open_bound,
        "more_open": sum(judged.open_by_tier) - sum(before.open_by_tier),
        **{key: fixtures[key] for key in ("matches", "fixtures_unplaced")},
    }


def _tournaments(
    instance: Instance,
    context: Context,
    timetable: Timetable,
    control: Control,
    settings: Settings,
) -> dict[str, int]:
    taken = Taken.of(Expansion(context.demand, timetable))
    draws = [draw_up(instance, one) for one in instance.tournaments]
    task = Task(Grounds(instance, taken), draws)
    programme = make(task, control, settings)
    return {
        "matches": sum(len(draw.fixtures) for draw in draws),
        "fixtures_unplaced": len(programme.unplaced),
        "breaches": len(list(Audit(task.grounds, draws, programme.appointments).breaches())),
    }


def with_a_year(school: Instance, rng: random.Random) -> Instance:
    """The school with a sports meet, games outside, a festival, contests and an assembly, and
    two round robins of eight classes."""
    staff = [one.key for one in school.staff if not one.outside]
    rng.shuffle(staff)
    days = [day.date for day in open_days(school, Calendar(school.term))]
    rooms = sorted((r for r in school.rooms if r.groups > 1), key=lambda r: -r.capacity)
    ground = rooms[0].name
    hall = next((r.name for r in rooms[1:]), ground)
    windows = _windows(days)
    events = (*_for_all(school, staff, ground, windows, rng), *_by_grade(school, staff, hall, rng))
    return school.model_copy(
        update={"events": events, "tournaments": _leagues(school, (ground, hall), windows)}
    )


HELPERS = PostSpec(role=Role.ASSISTANT, count=4)
JUDGES = PostSpec(role=Role.REFEREE, count=3)


def _for_all(
    school: Instance,
    staff: list[str],
    ground: str,
    windows: Sequence[dict[str, Any]],
    rng: random.Random,
) -> tuple[Event, ...]:
    clubs = [one.name for one in school.activities if one.kind is Kind.CLUB]
    return (
        Event(
            name="meet",
            kind=EventKind.SPORTS_MEET,
            days=2,
            venues=(ground,),
            displaces=Displaces.ALL,
            posts=(JUDGES, HELPERS),
            agreed=tuple(staff[:30]),
            units=Decimal(2),
            apart=2,
            **windows[0],
        ),
        Event(
            name="games",
            kind=EventKind.OUTSIDE_GAMES,
            start=windows[0]["start"],
            clubs=(rng.choice(clubs),),
            place="county",
            people=(staff[-1],),
            posts=(PostSpec(role=Role.ASSISTANT, count=2),),
            agreed=tuple(staff[30:50]),
        ),
        Event(name="assembly", kind=EventKind.ASSEMBLY, length=1, posts=(HELPERS,), waived=True),
    )


def _by_grade(school: Instance, staff: list[str], hall: str, rng: random.Random) -> Iterator[Event]:
    """Two parts of a festival, the second rehearsed, and three contests."""
    grades = sorted({one.grade for one in school.classes})
    days = [day.date for day in open_days(school, Calendar(school.term))]
    for n, some in enumerate((tuple(grades[:2]), tuple(grades[2:4]))):
        yield Event(
            name=f"festival {n}",
            kind=EventKind.ART_FESTIVAL,
            length=2,
            grades=some,
            venues=(hall,),
            posts=(HELPERS,),
            agreed=tuple(staff[10 * n : 10 * n + 30]),
            rehearsals=2 if n else 0,
            rehearsal_gap=3,
            apart=2,
            **_windows(days)[1],
        )
    for grade in grades[-3:]:
        yield Event(
            name=f"contest {grade}",
            kind=EventKind.CLASS_CONTEST,
            length=1,
            grades=(grade,),
            posts=(JUDGES,),
            agreed=tuple(rng.sample(staff, min(len(staff), 30))),
        )


def _windows(days: Sequence[dt.date]) -> list[dict[str, Any]]:
    """The second quarter of the term, and its second half."""
    quarter = len(days) // 4
    return [
        {"start": days[quarter], "end": days[2 * quarter]},
        {"start": days[2 * quarter], "end": days[-1]},
    ]


def _leagues(
    school: Instance, venues: tuple[str, str], windows: Sequence[dict[str, Any]]
) -> tuple[Tournament, ...]:
    names = [one.name for one in sorted(school.classes, key=lambda one: -one.grade)]
    return tuple(
        Tournament(
            name=f"league {n}",
            classes=tuple(names[TEAMS * n : TEAMS * (n + 1)]),
            venues=(venue,),
            courts=2,
            minutes=25,
            referees=1,
            rest_days=1,
            **windows[1],
        )
        for n, venue in enumerate(venues)
    )
