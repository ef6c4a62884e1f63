"""A small school of one grade, for tournaments: a hall of two courts, six people who referee."""

from __future__ import annotations

import datetime as dt
from typing import Any

from instances.school import Instance, Room, SchoolClass, Segment, Staff, Term, Timing, Tournament
from instances.words import Level, Weekday
from scheduler.tournaments.grounds import Grounds, Taken
from scheduler.tournaments.parts import Task
from scheduler.tournaments.plan import Appointment
from scheduler.tournaments.standings import Score, draw_up

FIRST = dt.date(2026, 9, 7)
"""A Monday."""


def school(classes: int = 8, *tournaments: Tournament, **fields: Any) -> Instance:
    """``classes`` of grade 5, one segment of an hour from Monday to Friday, six weeks."""
    return Instance(
        **{
            "term": Term(start=FIRST, end=FIRST + dt.timedelta(days=41)),
            "segments": (
                Segment(
                    name="第二段", timings=(Timing(start=dt.time(16, 30), end=dt.time(17, 30)),)
                ),
            ),
            "classes": tuple(
                SchoolClass(name=f"五{n}", grade=5, size=40, home_teacher=f"班主任{n}")
                for n in range(1, classes + 1)
            ),
            "rooms": (Room(name="体育馆", capacity=200, groups=2),),
            "staff": (
                *(Staff(name=f"班主任{n}", default=Level.NO) for n in range(1, classes + 1)),
                *(
                    Staff(name=f"裁判{n}", skills=("体育",), default=Level.WILLING)
                    for n in range(1, 5)
                ),
            ),
            "tournaments": tournaments or (cup(),),
            **fields,
        }
    )


def cup(**fields: Any) -> Tournament:
    """A round robin on Tuesdays and Thursdays: two matches an hour on each of two courts."""
    return Tournament(
        **{
            "name": "篮球赛",
            "venues": ("体育馆",),
            "weekdays": (Weekday.TUE, Weekday.THU),
            "minutes": 30,
            "skills": ("体育",),
            **fields,
        }
    )


def task(
    instance: Instance,
    before: dict[str, Appointment] | None = None,
    scores: dict[str, Score] | None = None,
    since: dt.date | None = None,
    taken: Taken | None = None,
) -> Task:
    """The task of a school, with the places and scores of an earlier programme."""
    draws = [draw_up(instance, one, scores) for one in instance.tournaments]
    return Task(Grounds(instance, taken), draws, before or {}, since)
