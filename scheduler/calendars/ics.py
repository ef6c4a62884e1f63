"""Series as the text of an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from instances.event_dates import WHOLE_DAY
from scheduler.calendars.entries import Entry, Slot
from scheduler.calendars.series import Series

ZONE = "Asia/Shanghai"
OFFSET = dt.timedelta(hours=8)
CHINA = dt.timezone(OFFSET)
PRODID = "-//Afterschool//Afterschool timetable//ZH"


@dataclass(frozen=True)
class Stamp:
    """What all events of a file share: whose they are, of which term and which timetable."""

    owner: str
    name: str
    school: str
    term: dt.date
    number: int
    created: dt.datetime

    def uid(self, identity: str) -> str:
        """The same for the same thing in every timetable of the term, and no one else's."""
        parts = (self.school, self.term.isoformat(), self.owner, identity)
        return f"{sha256(chr(0).join(parts).encode()).hexdigest()[:40]}@afterschool"


def ics(stamp: Stamp, series: Iterable[Series]) -> bytes:
    """The file; the same bytes for the same timetable."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", stamp.name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for one in series:
        for event in _events(stamp, one):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """China has had one time and no summer time since 1992."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", dt.datetime(1992, 1, 1))
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _events(stamp: Stamp, series: Series) -> Iterable[Event]:
    uid, (_, start, end) = stamp.uid(series.identity), series.usual.slot
    master = _event(stamp, uid, series.usual, series.usual.slot)
    if series.step is not None:
        until = dt.datetime.combine(series.dates[-1], start, CHINA).astimezone(dt.UTC)
        rule = {"freq": "weekly", "interval": series.step // 7, "until": until}
        master.add("rrule", {k: v for k, v in rule.items() if v != 1})
        for date in series.skipped:
            _local(master, "exdate", date, start)
    yield master
    for date, entry in sorted(series.overrides.items()):
        slot = entry.slot if entry.origin is not None else (date, start, end)
        event = _event(stamp, uid, entry, slot)
        _local(event, "recurrence-id", date, start)
        yield event


def _event(stamp: Stamp, uid: str, entry: Entry, slot: Slot) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp.created)
    event.add("sequence", stamp.number - 1)
    if slot[1:] == WHOLE_DAY:
        event.add("dtstart", slot[0])
        event.add("dtend", slot[0] + dt.timedelta(days=1))
    else:
        _local(event, "dtstart", slot[0], slot[1])
        _local(event, "dtend", slot[0], slot[2])
    event.add("summary", entry.summary)
    if entry.location:
        event.add("location", entry.location)
    if entry.description:
        event.add("description", entry.description)
    return event


def _local(event: Event, name: str, date: dt.date, time: dt.time) -> None:
    """A clock time in the zone of the file; Google matches exceptions by zone and clock."""
    event.add(name, dt.datetime.combine(date, time), parameters={"TZID": ZONE})
