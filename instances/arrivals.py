"""Sessions that come from before the first planned date: moved there from what is history now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from instances.demand import Post
from instances.history import PastSession
from instances.words import Status

if TYPE_CHECKING:
    from instances.timetable import Expansion, Session


def arrivals(expansion: Expansion) -> Iterator[Session]:
    """What was to take place before, and takes place on a planned date instead; care apart."""
    timetable, calendar = expansion.timetable, expansion.calendar
    if timetable.history is None:
        return
    gone = (past for past in timetable.history.sessions if past.moved_to is not None)
    for past in gone:
        change = timetable.changes.get(past.key)
        post = _post(expansion, past)
        if change is None or change.to is None or post is None:
            continue
        place = expansion.place_of(change.to)
        if place is not None and calendar.plans(place[0]) and past.date in calendar.index:
            day = calendar.days[calendar.index[past.date]]
            yield from expansion.moved_here(post, day, past.segment, place)


def _post(expansion: Expansion, past: PastSession) -> Post | None:
    """The post of a past session, where it still has one that is no care."""
    if past.status is not Status.MOVED or past.kind.is_remainder:
        return None
    posts = expansion.demand.posts_of_line.get(past.line, ())
    return next((post for post in posts if post in expansion.active_posts), None)


def came_from_history(session: Session, first: dt.date | None) -> bool:
    """Whether a session was to take place before the first planned date."""
    return session.moved_from is not None and first is not None and session.origin < first
