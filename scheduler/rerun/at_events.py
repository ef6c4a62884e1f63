"""Changes at events that stay on their dates: whoever can no longer work there is replaced."""

from __future__ import annotations

from collections.abc import Iterator

from instances.at_events import AtEvents, Going
from instances.event_sessions import event_line
from instances.events import EventPost, event_posts
from instances.timetable import Timetable
from scheduler.changes import Prices, base_line
from scheduler.events.staff import may_work_at
from scheduler.rerun.reference import Matched


def times(timetable: Timetable) -> list[tuple[object, ...]]:
    """When events are, whoever works at them."""
    return sorted((one.key, one.dates, one.segments, one.whole_day) for one in timetable.events)


def unavoidable_at_events(matched: Matched, prices: Prices) -> int:
    """What must change at published events, as long as none of them moves.

    Beside what changes of the service: no post is both.
    """
    posts = matched.reference.posts
    return sum(
        prices.of(prices.person, date)
        for one, post in _lost(matched)
        for date in one.held.dates
        if (there := posts.get((base_line(event_line(one.held, post.key)), date))) and there.live
    )


def _lost(matched: Matched) -> Iterator[tuple[Going, EventPost]]:
    """The posts of events whose holder is gone, away, or has taken back what was agreed."""
    context = matched.context
    for one in AtEvents(context.demand, matched.reference.timetable.events).everything:
        for post in event_posts(one.event):
            key = one.held.staff.get(post.key)
            person = None if key is None else context.people.get(key)
            if key is not None and (person is None or not may_work_at(context, person, one, post)):
                yield one, post
