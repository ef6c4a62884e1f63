"""What events may make of the changes of a rerun, for a bound that holds whoever is sent there.

Events come after the pattern, and take people and children from it. On their dates somebody may
have to be covered who could come otherwise, or be free who is not in the pattern.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from instances.event_consent import agreed_to
from instances.event_dates import occasions
from instances.events import HeldEvent, event_posts
from instances.timetable import Timetable
from scheduler.changes import Prices, base_line
from scheduler.rerun.reference import Key, Matched


@dataclass(frozen=True)
class EventDays:
    """The dates of events (bit mask), and what follows of them whoever is sent there.

    ``people``: the dates on which somebody may be at an event. ``gone``: posts of the service,
    by base line and date, that need not take place: as published, because an event that has
    to move may be held then, or where they move to, because any event may be. ``unable``: dates
    of posts of events that stay, whose holder cannot come: one for each post and date.
    """

    dates: int
    people: dict[str, int]
    gone: frozenset[Key]
    unable: tuple[dt.date, ...]

    def least(self, prices: Prices) -> int:
        """What the changes at events cost at least."""
        return sum(prices.of(prices.person, date) for date in self.unable)

    def at(self, key: str) -> int:
        """The dates (bit mask) on which somebody may be at an event."""
        return self.people.get(key, 0)


NO_EVENTS = EventDays(0, {}, frozenset(), ())


def event_days(matched: Matched, planned: Timetable) -> EventDays:
    """What the events of a new timetable mean for the cost of any timetable whose events stay
    where they did in this one; those that moved may be held whenever they are allowed."""
    published, now = matched.reference.timetable.events, planned.events
    if not published and not now:
        return NO_EVENTS
    index = matched.context.demand.calendar.index
    before, after = ({one.key: one for one in events} for events in (published, now))
    dates, people, loose = 0, defaultdict[str, int](int), set[dt.date]()
    for key in before.keys() | after.keys():
        held = [one for one in (before.get(key), after.get(key)) if one is not None]
        days = {date for one in held for date in one.dates}
        if len(held) == 1 or _moved(*held):
            days |= set(_possible(matched, held[-1]))
            loose |= days
        bits = sum(1 << index[date] for date in days if date in index)
        dates |= bits
        for name in _may_go(matched, held):
            people[name] |= bits
    lost = {key for key, post in matched.reference.posts.items() if key[1] in loose and post.live}
    lost |= {
        (base_line(post.line), row.date)
        for posts in matched.moves.values()
        for post, rows in posts.items()
        for row in rows
        if row.bit & dates
    }
    stay = [one for one in published if not loose.intersection(one.dates) and one.key in after]
    return EventDays(dates, dict(people), frozenset(lost), tuple(_unable(matched, stay)))


def _moved(one: HeldEvent, other: HeldEvent) -> bool:
    """Whether anything differs but who has the posts."""
    return one.model_copy(update={"staff": other.staff}) != other


def _possible(matched: Matched, held: HeldEvent) -> Iterator[dt.date]:
    """Every date on which an event of the school may be held."""
    instance, calendar = matched.context.instance, matched.context.demand.calendar
    event = instance.event_by_name.get(held.event)
    if event is not None:
        for one in occasions(instance, calendar, event, rehearsal=held.rehearsal > 0):
            yield from (day.date for day in one.days)


def _may_go(matched: Matched, held: Iterable[HeldEvent]) -> Iterator[str]:
    """Everybody who may have something to do at an event."""
    for one in held:
        yield from one.staff.values()
        event = matched.context.instance.event_by_name.get(one.event)
        if event is None:
            continue
        yield from event.people
        if event.posts and not one.rehearsal:
            for person in matched.context.people.values():
                if agreed_to(person.staff, event):
                    yield person.key


def _unable(matched: Matched, staying: Iterable[HeldEvent]) -> Iterator[dt.date]:
    """The dates of posts of events whose holder is away on one of the event's dates."""
    calendar, since = matched.context.demand.calendar, matched.reference.since
    for held in staying:
        event = matched.context.instance.event_by_name.get(held.event)
        dates = [date for date in held.dates if date >= since and date in calendar.index]
        if event is None or held.rehearsal or held.dates[0] < since:
            continue
        for post in event_posts(event):
            name = held.staff.get(post.key)
            person = matched.context.people.get(name or "")
            bits = sum(1 << calendar.index[date] for date in dates)
            if name and (person is None or person.absent & bits):
                yield from dates
