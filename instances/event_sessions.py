"""The posts of events as dated sessions, beside those of the service."""

from __future__ import annotations

from collections.abc import Iterator

from instances.at_events import Going
from instances.blocks import Block
from instances.calendar import ServiceDay, timing_on
from instances.demand import UNIT, Post
from instances.event_dates import audience
from instances.events import Event, HeldEvent, event_posts
from instances.messages import Template
from instances.school import Instance, Timing
from instances.timetable import Expansion, Session, session_key
from instances.words import Kind, Role, Status

REHEARSAL = Template("{event}（彩排{number}）", "{event} (rehearsal {number})")
ORGANIZER = "organizer"
EVENT = "event:"
"""Begins the names of posts of events."""


def event_title(instance: Instance, held: HeldEvent) -> str:
    """What an event, or a rehearsal of it, is called in the school's language."""
    if not held.rehearsal:
        return held.event
    return REHEARSAL(event=held.event, number=held.rehearsal).text(instance.lang)


def event_line(held: HeldEvent, post: str) -> str:
    """The stable name of one post of an event."""
    return line_of_event(held.key, post)


def line_of_event(key: str, post: str) -> str:
    """The stable name of one post of the event with a key."""
    return f"{EVENT}{key}/{post}"


def is_of_event(line: str) -> bool:
    """Whether a line of posts is one of an event."""
    return line.startswith(EVENT)


def everything(expansion: Expansion) -> tuple[Session, ...]:
    """The sessions of the service and the posts of events, in order of date and start."""
    rows = event_sessions(expansion)
    if not rows:
        return expansion.sessions
    return tuple(sorted((*expansion.sessions, *rows), key=lambda s: (s.date, s.start)))


def event_sessions(expansion: Expansion) -> tuple[Session, ...]:
    """A row for each post, date and segment of every event from the first planned date on."""
    calendar = expansion.calendar
    found: list[Session] = []
    for one in expansion.at_events.everything:
        days = [
            calendar.days[calendar.index[date]] for date in one.held.dates if date in calendar.index
        ]
        places = [place for day in days for place in _places(expansion.demand.instance, one, day)]
        for line, role, staff in _posts(one.event, one.held):
            rows = list(_rows(expansion.demand.instance, one, places, (line, role, staff)))
            found += [row for row in rows if expansion.only & (1 << calendar.index[row.date])]
    return tuple(found)


def bare_rows(expansion: Expansion) -> tuple[Session, ...]:
    """Rows for events without organizers or posts: nobody's, but of their classes."""
    calendar = expansion.calendar
    found: list[Session] = []
    for one in expansion.at_events.everything:
        if next(_posts(one.event, one.held), None) is None and not one.held.rehearsal:
            days = [
                calendar.days[calendar.index[date]]
                for date in one.held.dates
                if date in calendar.index
            ]
            instance = expansion.demand.instance
            places = [place for day in days for place in _places(instance, one, day)]
            line = event_line(one.held, "")
            found += _rows(instance, one, places, (line, Role.LEADER, None))
    return tuple(row for row in found if expansion.only & (1 << calendar.index[row.date]))


def _posts(event: Event, held: HeldEvent) -> Iterator[tuple[str, Role, str | None]]:
    for number, key in enumerate(event.people, 1):
        yield event_line(held, f"{ORGANIZER}.{number}"), Role.LEADER, key
    if not held.rehearsal:
        for post in event_posts(event):
            yield event_line(held, post.key), post.role, held.staff.get(post.key)


Place = tuple[ServiceDay, str, Timing]


def _places(instance: Instance, one: Going, day: ServiceDay) -> list[Place]:
    """Segments of a day that an event takes, one after the other by the clock."""
    timings = [
        (timing.start, timing.end, name, timing)
        for name in one.held.segments
        if name in instance.segment_by_name
        and (timing := timing_on(instance.segment_by_name[name], day.weekday, day.phase))
    ]
    found: list[Place] = []
    for start, _, name, timing in sorted(timings, key=lambda one: (one[0], one[1], one[2])):
        if not found or start >= found[-1][2].end:
            found.append((day, name, timing))
    return found


def _rows(
    instance: Instance, one: Going, places: list[Place], what: tuple[str, Role, str | None]
) -> Iterator[Session]:
    """The rows of one post; its units are spread over them."""
    line, role, staff = what
    event, held = one.event, one.held
    units = 0 if held.rehearsal else int(event.units * UNIT)
    classes = () if held.rehearsal else tuple(c.name for c in audience(instance, event))
    for n, (day, name, timing) in enumerate(places):
        load = units // len(places) + (1 if n < units % len(places) else 0)
        post = Post(
            line=line,
            activity=event_title(instance, held),
            kind=Kind.DUTY,
            classes=classes,
            group=None,
            role=role,
            number=1,
            skills=frozenset(),
            blocks=(Block(day.weekday, (name,)),),
            dates=0,
            units=(),
        )
        yield Session(
            key=session_key(day.date, name, line),
            day=day,
            segment=name,
            start=timing.start,
            end=timing.end,
            post=post,
            room=event.place or (event.venues[0] if event.venues else None),
            staff=staff,
            planned=staff,
            status=Status.PLANNED if staff else Status.OPEN,
            children=0,
            load=load if staff else 0,
            event=event.kind,
        )
