"""Random events of a small school, held anywhere: where they may be, and where they may not."""

from __future__ import annotations

import datetime as dt
import random

from constraints.context import Context
from instances.events import HeldEvent, event_posts
from instances.school import Event, Instance, PostSpec
from instances.timetable import DatedChange, Timetable, expand
from instances.words import Displaces, Kind, Role


def with_some_events(rng: random.Random, school: Instance) -> Instance:
    """The school with two or three events, of which nothing is held yet."""
    grades = sorted({one.grade for one in school.classes})
    rooms = [room.name for room in school.rooms]
    people = [person.key for person in school.staff]
    clubs = [one.name for one in school.activities if one.kind is Kind.CLUB]
    events = []
    for number in range(rng.choice((2, 3))):
        first = school.term.start + dt.timedelta(days=rng.randint(0, 8))
        events.append(
            Event(
                name=f"event {number}",
                start=first if rng.random() < 0.4 else None,
                end=first + dt.timedelta(days=7) if rng.random() < 0.7 else None,
                length=1,
                grades=(rng.choice(grades),) if rng.random() < 0.7 else (),
                clubs=(rng.choice(clubs),) if clubs and rng.random() < 0.3 else (),
                venues=(rng.choice(rooms),) if rooms and rng.random() < 0.4 else (),
                people=(rng.choice(people),) if rng.random() < 0.4 else (),
                posts=(PostSpec(role=Role.REFEREE),),
                agreed=tuple(rng.sample(people, 2)),
                rehearsals=rng.choice((0, 0, 1)),
                apart=rng.choice((0, 0, 2)),
                displaces=rng.choice((Displaces.AUDIENCE, Displaces.AUDIENCE, Displaces.ALL)),
            )
        )
    return school.model_copy(update={"events": tuple(events)})


def holding_events(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The timetable with some of the events on days and with people drawn at random."""
    days = list(context.demand.calendar.days)
    held = []
    for event in context.instance.events:
        for number in (*range(1, event.rehearsals + 1), 0):
            if rng.random() < 0.6:
                segment = rng.choice(context.instance.segments).name
                posts = [] if number else [post.key for post in event_posts(event)]
                staff = {key: rng.choice(list(context.people)) for key in posts}
                one = HeldEvent(
                    event=event.name,
                    rehearsal=number,
                    dates=(rng.choice(days).date,),
                    segments=(segment,),
                    staff=staff if rng.random() < 0.7 else {},
                )
                held.append(one)
    return timetable.model_copy(update={"events": tuple(held)})


def with_cancellations(rng: random.Random, context: Context, timetable: Timetable) -> Timetable:
    """The timetable with events, and some sessions cancelled, on their account or not."""
    timetable = holding_events(rng, context, timetable)
    clubs = rng.random() < 0.5
    some = [s for s in expand(context.demand, timetable) if (s.post.kind is Kind.CLUB) is clubs]
    changes = dict(timetable.changes)
    for session in rng.sample(some, min(len(some), rng.choice((0, 0, 4, 12)))):
        event = "event 0" if rng.random() < 0.8 else None
        changes[session.key] = DatedChange(cancelled=True, event=event, reason="event 0")
    return timetable.model_copy(update={"changes": changes})
