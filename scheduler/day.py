"""Today's sheet: who is where on one date, as data and as text for a group chat."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from instances.calendar import Calendar, ServiceDay
from instances.derivation import derive
from instances.event_dates import service_clock
from instances.event_sessions import event_title, everything
from instances.messages import Bilingual, Lang, Message, Template
from instances.past_sessions import sessions_of
from instances.school import Term
from instances.timetable import Expansion, Session
from instances.words import Role, Status, Weekday
from scheduler.result import Published

OUT_OF_TERM = Template(
    "{date}不在本学期内（{start}至{end}）。",
    "{date} is not within the term ({start} to {end}).",
)
NOT_STARTED = Template(
    "{date}没有课后服务：服务从{start}到{end}。",
    "No after-school service on {date}: it runs from {start} to {end}.",
)
HOLIDAY = Template(
    "{date}没有课后服务：放假（{name}）。",
    "No after-school service on {date}: holiday ({name}).",
)
WEEKEND = Template(
    "{date}没有课后服务：{weekday}。", "No after-school service on {date}: it is a {weekday}."
)
MAKE_UP = Template(
    "{date}调休上课（按{weekday}课表），但不开展课后服务。",
    "{date} is a make-up day ({weekday}'s timetable) without after-school service.",
)


EVENT = Template("{name} {start}–{end}", "{name} {start}–{end}")
EVENT_AT = Template("{name} {start}–{end}（{places}）", "{name} {start}–{end} ({places})")
EVENT_DAY = Template("{name} 全天", "{name}, all day")
EVENT_DAY_AT = Template("{name} 全天（{places}）", "{name}, all day ({places})")


class NoService(Exception):
    """There is nothing on that date; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


@dataclass(frozen=True)
class DaySegment:
    """A segment of the day: its clock and its sessions, class by class."""

    name: str
    start: dt.time
    end: dt.time
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class DayEvent:
    """An event, or a rehearsal, of the day; without a ``clock`` it takes the whole day."""

    name: str
    clock: tuple[dt.time, dt.time] | None
    places: tuple[str, ...]

    @property
    def message(self) -> Message:
        start, end = self.clock or (None, None)
        facts = {"name": self.name, "places": self.places, "start": start, "end": end}
        timed, whole = (EVENT_AT, EVENT_DAY_AT) if self.places else (EVENT, EVENT_DAY)
        form = whole if self.clock is None else timed
        return form(**{name: facts[name] for name in form.placeholders})


@dataclass(frozen=True)
class DaySheet:
    """Everything about one date.

    ``leaders`` on duty come first; ``segments`` hold all other sessions that take place.
    ``events`` are those of the date. ``usual_room`` gives the room of the pattern for sessions
    that were moved; ``retimed`` are those moved to another time, away or here.
    """

    school: str
    date: dt.date
    weekday: Weekday
    follows: Weekday
    week: int
    clubs: bool
    leaders: tuple[Session, ...]
    segments: tuple[DaySegment, ...]
    covers: tuple[Session, ...]
    moved: tuple[Session, ...]
    open_posts: tuple[Session, ...]
    cancelled: tuple[Session, ...]
    retimed: tuple[Session, ...] = ()
    events: tuple[DayEvent, ...] = ()
    usual_room: dict[str, str] = field(default_factory=dict)

    @property
    def is_make_up(self) -> bool:
        return self.weekday is not self.follows

    def chat(self, lang: Lang) -> str:
        """Text to paste into a group chat."""
        from scheduler.day_chat import chat

        return chat(self, lang)


def day_sheet(published: Published, date: dt.date) -> DaySheet:
    """What takes place on a date.

    Raises
    ------
    NoService
        If there is no after-school service on it.
    """
    timetable = published.timetable
    demand = derive(published.instance, timetable.since)
    reason = why_not(published.instance.term, demand.calendar, date)
    if reason is not None:
        raise NoService(reason)
    expansion = Expansion(demand, timetable)
    order = {c.name: n for n, c in enumerate(published.instance.classes)}
    past = timetable.since is not None and date < timetable.since
    every = sessions_of(timetable.history) if past else everything(expansion)
    sessions = [session for session in every if session.date == date]
    sessions.sort(key=lambda session: _rank(session, order))
    day = demand.calendar.days[demand.calendar.index[date]]
    held = [session for session in sessions if session.takes_place]
    usual = {
        s.key: s.room if s.event else s.post.room if past else expansion.room_of(s.post)
        for s in held
    }
    return DaySheet(
        school=published.instance.school,
        date=date,
        weekday=Weekday(date.isoweekday()),
        follows=day.weekday,
        week=day.week,
        clubs=day.clubs,
        leaders=tuple(s for s in held if s.post.role is Role.DUTY_LEADER),
        segments=_segments(held),
        covers=tuple(s for s in held if s.staff is not None and s.staff != s.planned),
        moved=tuple(s for s in held if s.room != usual[s.key]),
        retimed=tuple(s for s in sessions if s.moved_to or s.moved_from),
        open_posts=tuple(s for s in held if s.staff is None),
        cancelled=tuple(s for s in sessions if s.status is Status.CANCELLED),
        events=tuple(_events(expansion, day)),
        usual_room={key: room for key, room in usual.items() if room is not None},
    )


def _events(expansion: Expansion, day: ServiceDay) -> Iterator[DayEvent]:
    instance = expansion.demand.instance
    for _, one in expansion.at_events.on(day.date):
        clock = None if one.held.whole_day else service_clock(instance, one.held, day)
        event = one.event
        places = (*event.venues, *([event.place] if event.place else []))
        yield DayEvent(event_title(instance, one.held), clock, places)


def _rank(session: Session, order: dict[str, int]) -> tuple[dt.time, int, int]:
    """Groups of classes first, as the class list has them; then clubs, then duties."""
    post = session.post
    if not post.classes:
        return session.start, 2, 0
    if post.option is not None:
        return session.start, 1, 0
    return session.start, 0, order.get(post.classes[0], len(order))


def _segments(sessions: list[Session]) -> tuple[DaySegment, ...]:
    found: dict[tuple[dt.time, dt.time, str], list[Session]] = defaultdict(list)
    for session in sessions:
        if session.post.role is not Role.DUTY_LEADER:
            found[session.start, session.end, session.segment].append(session)
    return tuple(
        DaySegment(name, start, end, tuple(here))
        for (start, end, name), here in sorted(found.items())
    )


def why_not(term: Term, calendar: Calendar, date: dt.date) -> Message | None:
    """Why there is no service on a date; ``None`` if there is."""
    if date in calendar.index:
        return None
    if not term.start <= date <= term.end:
        dates = (f"{day:%Y-%m-%d}" for day in (date, term.start, term.end))
        return OUT_OF_TERM(**dict(zip(("date", "start", "end"), dates, strict=True)))
    weekday: Bilingual = Weekday(date.isoweekday())
    for day in term.make_up_days:
        if day.date == date and not day.service:
            return MAKE_UP(date=date, weekday=day.follows)
    for holiday in term.holidays:
        if date in holiday:
            return HOLIDAY(date=date, name=holiday.name or weekday)
    first, last = term.service_start or term.start, term.service_end or term.end
    if not first <= date <= last:
        return NOT_STARTED(date=date, start=first, end=last)
    return WEEKEND(date=date, weekday=weekday)
