"""The posts of events that somebody absent has, and who could have them instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from constraints.context import Context
from instances.at_events import AtEvents, Going
from instances.event_sessions import event_title
from instances.events import EventPost, event_posts
from instances.messages import Lang, Message, Template
from instances.people import Person
from instances.timetable import Session, Timetable
from scheduler.cover.facts import Absence
from scheduler.events.items import is_busy
from scheduler.events.staff import may_work_at

INSTEAD = Template(
    "{date} 大型活动“{event}”{role}：可由{names}担任（已同意、有空）。",
    "{date}, event “{event}”, {role}: {names} could do it (agreed and free).",
)
NOBODY = Template(
    "! {date} 大型活动“{event}”{role}：没有别的人已同意并且有空。",
    "! {date}, event “{event}”, {role}: nobody else has agreed and is free.",
)
ORGANIZES = Template(
    "! {date} 大型活动“{event}”的必到人员是{staff}：请在学校工作簿中换人或改期，再用 rerun。",
    "! {date}: {staff} organizes the event “{event}”: name somebody else or another date in the "
    "school's workbook, then rerun.",
)
SHOWN = 5


@dataclass(frozen=True)
class EventGap:
    """A post of an event on the dates of an absence; ``post`` is ``None`` for an organizer."""

    going: Going
    title: str
    date: dt.date
    staff: str
    post: EventPost | None
    candidates: tuple[str, ...] = ()

    @property
    def message(self) -> Message:
        facts = {"date": self.date, "event": self.title}
        if self.post is None:
            return ORGANIZES(**facts, staff=self.staff)
        if not self.candidates:
            return NOBODY(**facts, role=self.post.role)
        return INSTEAD(**facts, role=self.post.role, names=self.candidates[:SHOWN])

    def to_json(self, lang: Lang) -> dict[str, Any]:
        return {
            "event": self.going.key,
            "date": self.date.isoformat(),
            "role": self.post.role.value if self.post else None,
            "candidates": list(self.candidates),
            "message": self.message.text(lang),
        }


def event_gaps(absence: Absence) -> tuple[EventGap, ...]:
    """What an absent person has at events, in the order of the dates."""
    context, key = absence.context, absence.staff
    at = AtEvents(context.demand, absence.timetable.events)
    found = []
    for one in sorted(at.everything, key=lambda one: (one.held.dates, one.key)):
        dates = [date for date in one.held.dates if absence.first <= date <= absence.last]
        if not dates:
            continue
        title = event_title(context.instance, one.held)
        if key in one.event.people:
            found.append(EventGap(one, title, dates[0], key, None))
        for post in event_posts(one.event):
            if one.held.staff.get(post.key) == key:
                names = tuple(_candidates(context, absence.timetable, at, one, post))
                found.append(EventGap(one, title, dates[0], key, post, names))
    return tuple(found)


def filled(timetable: Timetable, gaps: Sequence[EventGap]) -> Timetable:
    """The timetable with the first candidate for each post, each once; else it stays open."""
    events = list(timetable.events)
    for gap in gaps:
        for n, held in enumerate(events):
            if gap.post is not None and held.key == gap.going.key:
                staff = {post: key for post, key in held.staff.items() if post != gap.post.key}
                free = [key for key in gap.candidates if key not in staff.values()]
                if free:
                    staff[gap.post.key] = free[0]
                events[n] = held.model_copy(update={"staff": staff})
    return timetable.model_copy(update={"events": tuple(events)})


def _candidates(
    context: Context, timetable: Timetable, at: AtEvents, one: Going, post: EventPost
) -> Iterator[str]:
    """Those who have agreed, are able and have nothing else then; the least loaded first."""
    view = context.view(timetable)
    loads = {key: view.loads[key] - context.shares.get(key, 0) for key in context.people}
    for key in sorted(context.people, key=lambda key: loads[key]):
        person = context.people[key]
        if key not in one.people and may_work_at(context, person, one, post):
            if not any(_takes_up(at, one, key, session) for session in view.held.get(key, ())):
                if _is_free(context, at, one, person):
                    yield key


def _takes_up(at: AtEvents, one: Going, key: str, session: Session) -> bool:
    during = at.during(session.date, session.start, session.end)
    return session.staff == key and any(other is one for other in during)


def _is_free(context: Context, at: AtEvents, one: Going, person: Person) -> bool:
    """Whether somebody is at no other event then, and has no fixed duty."""
    calendar, gap = context.demand.calendar, context.instance.term.changeover_minutes
    for date in one.held.dates:
        for clock, other in at.on(date):
            if other is one:
                during = at.during(date, *clock)
                if any(person.key in beside.people for beside in during):
                    return False
                day = calendar.days[calendar.index[date]]
                if not one.held.whole_day and is_busy(person, day, clock, gap):
                    return False
    return True
