"""When and where matches could be: slots on dates, courts that are free, people who may referee."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from instances.blocks import minutes
from instances.calendar import timing_on
from instances.event_sessions import everything
from instances.match_days import match_days, segments_of
from instances.school import Instance, Staff
from instances.timetable import Expansion, Session
from instances.tournaments import Tournament
from instances.words import Level, Parity, Weekday

Span = tuple[int, int]
"""Minutes after midnight, from and to (half open)."""


@dataclass(frozen=True, order=True)
class Slot:
    """A time for one match on each court. ``weekday`` is the one whose timetable is followed."""

    date: dt.date
    start: int
    end: int
    segment: str = field(compare=False, default="")
    weekday: Weekday = field(compare=False, default=Weekday.MON)
    week: int = field(compare=False, default=0)

    @property
    def span(self) -> Span:
        return (self.start, self.end)

    def overlaps(self, other: Slot) -> bool:
        return self.date == other.date and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Taken:
    """What else goes on: courts of rooms, people, and classes at events, by date."""

    rooms: Mapping[tuple[str, dt.date], tuple[Span, ...]] = field(default_factory=dict)
    people: Mapping[tuple[str, dt.date], tuple[Span, ...]] = field(default_factory=dict)
    classes: Mapping[tuple[str, dt.date], tuple[Span, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, expansion: Expansion) -> Taken:
        """By a timetable: its sessions, and its events, which have their venues to themselves."""
        found = cls.by(everything(expansion))
        rooms, classes = dict(found.rooms), dict(found.classes)
        known = expansion.demand.instance.room_by_name
        at = expansion.at_events
        for date in {date for one in at.everything for date in one.held.dates}:
            for clock, one in at.on(date):
                span = (minutes(clock[0]), minutes(clock[1]))
                for room in one.rooms & known.keys():
                    spans = (span,) * known[room].groups
                    rooms[room, date] = (*rooms.get((room, date), ()), *spans)
                for name in one.classes:
                    classes[name, date] = (*classes.get((name, date), ()), span)
        return cls(rooms, found.people, classes)

    @classmethod
    def by(cls, sessions: Iterable[Session]) -> Taken:
        """By the sessions of a timetable: each meeting takes one court, whatever its posts."""
        people: dict[tuple[str, dt.date], list[Span]] = defaultdict(list)
        meetings: set[tuple[str, dt.date, str, str, Span]] = set()
        for session in sessions:
            if not session.takes_place:
                continue
            span = (minutes(session.start), minutes(session.end))
            if session.staff is not None:
                people[session.staff, session.date].append(span)
            if session.room is not None and session.into is None and session.event is None:
                group = session.post.group or ""
                meetings.add((session.room, session.date, session.post.activity, group, span))
        rooms: dict[tuple[str, dt.date], list[Span]] = defaultdict(list)
        for room, date, _, _, span in sorted(meetings):
            rooms[room, date].append(span)
        return cls(
            {key: tuple(spans) for key, spans in rooms.items()},
            {key: tuple(spans) for key, spans in people.items()},
        )


class Grounds:
    """The slots of tournaments, their courts and referees, in one school."""

    def __init__(self, instance: Instance, taken: Taken | None = None) -> None:
        self.instance = instance
        self.taken = taken or Taken()
        self.changeover = instance.term.changeover_minutes
        self._slots: dict[Tournament, list[Slot]] = {}
        self._levels: dict[tuple[str, Weekday, str], Level | None] = {}

    def slots(self, tournament: Tournament) -> list[Slot]:
        """Every time of the window at which a match could begin, in order."""
        if tournament in self._slots:
            return self._slots[tournament]
        found: dict[Slot, Slot] = {}
        for day in match_days(self.instance, tournament):
            for segment in segments_of(self.instance, tournament):
                timing = timing_on(segment, day.weekday, day.phase)
                if timing is None:
                    continue
                start, end = minutes(timing.start), minutes(timing.end)
                while start + tournament.minutes <= end:
                    slot = Slot(
                        day.date,
                        start,
                        start + tournament.minutes,
                        segment.name,
                        day.weekday,
                        day.week,
                    )
                    found.setdefault(slot, slot)
                    start += tournament.minutes
        teams = self.instance.teams(tournament)
        self._slots[tournament] = sorted(
            slot for slot in found if not any(self.at_event(team, slot) for team in teams)
        )
        return self._slots[tournament]

    def at_event(self, team: str, slot: Slot) -> bool:
        """Whether a class is at an event at a time."""
        spans = self.taken.classes.get((team, slot.date), ())
        return any(start < slot.end and slot.start < end for start, end in spans)

    def is_open(self, room: str, date: dt.date) -> bool:
        closures = self.instance.room_by_name[room].closures
        return not any(closure.is_on(date) for closure in closures)

    def free_at(self, room: str, date: dt.date, minute: int) -> int:
        """Courts of a room that nothing else takes at a minute of a date."""
        if not self.is_open(room, date):
            return 0
        spans = self.taken.rooms.get((room, date), ())
        used = sum(1 for start, end in spans if start <= minute < end)
        return max(0, self.instance.room_by_name[room].groups - used)

    def free(self, room: str, slot: Slot) -> int:
        """Courts of a room that are free during the whole of a slot."""
        spans = self.taken.rooms.get((room, slot.date), ())
        instants = [slot.start, *(start for start, _ in spans if slot.start < start < slot.end)]
        return min(self.free_at(room, slot.date, minute) for minute in instants)

    @cached_property
    def people(self) -> dict[str, Staff]:
        return self.instance.staff_by_key

    def referees(self, tournament: Tournament) -> Iterator[Staff]:
        """Those who are able to referee and have not withheld consent altogether."""
        agreed = set(tournament.agreed)
        for person in self.instance.staff:
            if agreed and person.key not in agreed:
                continue
            if set(tournament.skills) <= set(person.skills):
                yield person

    def level(self, person: Staff, tournament: Tournament, slot: Slot) -> Level:
        """What somebody wishes for refereeing at a time; those who agreed, agreed."""
        if tournament.agreed:
            return Level.WILLING if person.key in tournament.agreed else Level.NO
        band = self.instance.segment_by_name[slot.segment].band_name
        key = (person.key, slot.weekday, band)
        if key not in self._levels:
            wish = (w.level for w in person.wishes if (w.weekday, w.band) == key[1:])
            self._levels[key] = next(wish, person.default)
        return self._levels[key] or Level.NO

    def is_present(self, person: Staff, date: dt.date) -> bool:
        """Whether somebody is at the school on a date: not gone, not on leave."""
        if (person.start and date < person.start) or (person.end and date > person.end):
            return False
        return not any(date in period for period in person.leave)

    def is_busy(self, person: Staff, slot: Slot) -> bool:
        """Whether somebody has a fixed duty or a session at that time, with time to change over."""
        fixed = (
            (minutes(duty.start), minutes(duty.end))
            for duty in person.busy
            if duty.weekday == slot.weekday
            and (duty.parity is Parity.ALL or (duty.parity is Parity.ODD) == (slot.week % 2 == 1))
        )
        spans = (*fixed, *self.taken.people.get((person.key, slot.date), ()))
        return any(
            start < slot.end + self.changeover and slot.start < end + self.changeover
            for start, end in spans
        )

    def may_referee(self, person: Staff, tournament: Tournament, slot: Slot) -> bool:
        """Whether somebody may be asked at all for a match of a tournament in a slot."""
        return (
            self.level(person, tournament, slot) is not Level.NO
            and self.is_present(person, slot.date)
            and not self.is_busy(person, slot)
        )

    def partial(self, person: Staff, teams: Iterable[str]) -> bool:
        """Whether somebody is the home teacher of one of the teams."""
        known = self.instance.class_by_name
        return any(known[team].home_teacher == person.key for team in teams if team in known)
