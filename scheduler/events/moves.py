"""Club meetings that an event pushes out, moved to another time of their week where that works.

A meeting moves only to a time that its club may have, at which none of its classes is in another
club or at an event, its own people have agreed and are free, and its room is: the audit finds
nothing and nothing more stays open.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from constraints.context import Context
from instances.blocks import blocks_of
from instances.calendar import ServiceDay, timing_on
from instances.timetable import DatedChange, Expansion, Session, Timetable, When, moved_key
from scheduler.events.trial import Trial

Meeting = tuple[str, dt.date]
Target = tuple[ServiceDay, tuple[str, ...]]


def move_in_week(context: Context, timetable: Timetable) -> Timetable:
    """The timetable with as many pushed-out meetings moved as can be, one after the other."""
    for meeting, sessions in _cancelled(context, timetable).items():
        for target in _targets(context, timetable, meeting, sessions):
            trial = _moved(timetable, sessions, target)
            look = Trial(context, (meeting[1], target[0].date))
            if look.breaches(trial) > look.breaches(timetable):
                continue
            if look.open_posts(trial) <= look.open_posts(timetable):
                timetable = trial
                break
    return timetable


def without_broken_moves(context: Context, timetable: Timetable) -> Timetable:
    """Less the moves of earlier timetables that do not work any more."""
    changes = timetable.changes
    for key, change in changes.items():
        if change.to is None or change.event is None or key not in timetable.changes:
            continue
        date = dt.datetime.strptime(key.partition("|")[0], "%Y%m%d").date()
        known = context.demand.calendar.index
        if date not in known or change.to.date not in known:
            continue
        look = Trial(context, (date, change.to.date))
        back = {
            **timetable.changes,
            key: DatedChange(cancelled=True, event=change.event, reason=change.reason),
        }
        back.pop(moved_key(key), None)
        stays = timetable.model_copy(update={"changes": back})
        if look.breaches(timetable) > look.breaches(stays):
            timetable = stays
    return timetable


def _cancelled(context: Context, timetable: Timetable) -> dict[Meeting, list[Session]]:
    """Club meetings that do not take place because of an event, by club and date."""
    found: dict[Meeting, list[Session]] = defaultdict(list)
    for session in Expansion(context.demand, timetable).sessions:
        change = timetable.changes.get(session.key)
        if session.post.option is None or session.moved_from is not None:
            continue
        if change is not None and change.cancelled and change.event is not None:
            found[session.post.activity, session.date].append(session)
    return found


def _targets(
    context: Context, timetable: Timetable, meeting: Meeting, sessions: list[Session]
) -> Iterator[Target]:
    """Times of the same week at which the club might meet instead; nearest dates first."""
    demand, (name, date) = context.demand, meeting
    activity = demand.instance.activity_by_name[name]
    names = list(dict.fromkeys(session.segment for session in sessions))
    week = sessions[0].day.week
    running = demand.calendar.running(activity) & demand.calendar.of_week.get(week, 0)
    days = sorted(demand.calendar.dates(running), key=lambda day: abs(day.date - date))
    blocks = blocks_of(demand.instance, activity)
    for day in days:
        for block in blocks:
            if block.weekday is day.weekday and len(block.segments) == len(names):
                if (day.date, list(block.segments)) != (date, names):
                    if _children_free(context, timetable, name, day, block.segments):
                        yield day, block.segments


def _children_free(
    context: Context, timetable: Timetable, club: str, day: ServiceDay, segments: tuple[str, ...]
) -> bool:
    """Whether none of its classes has children in another club, or is at an event, then."""
    demand = context.demand
    mine = {name for name, children in demand.taken.get(club, {}).items() if children}
    timings = [
        timing_on(demand.instance.segment_by_name[name], day.weekday, day.phase)
        for name in segments
    ]
    clocks = [(timing.start, timing.end) for timing in timings if timing is not None]
    if len(clocks) < len(segments):
        return False
    bit = 1 << demand.calendar.index[day.date]
    expansion = Expansion(demand, timetable, bit)
    for start, end in clocks:
        if any(one.classes & mine for one in expansion.at_events.during(day.date, start, end)):
            return False
        for other in expansion.sessions:
            if other.post.option is not None and other.takes_place and other.date == day.date:
                if other.start < end and start < other.end:
                    taken = demand.taken.get(other.post.activity, {})
                    if mine & {name for name, children in taken.items() if children}:
                        return False
    return True


def _moved(timetable: Timetable, sessions: list[Session], target: Target) -> Timetable:
    day, segments = target
    names = list(dict.fromkeys(session.segment for session in sessions))
    place = dict(zip(names, segments, strict=True))
    changes = dict(timetable.changes)
    for session in sessions:
        to = When(date=day.date, segment=place[session.segment])
        known = changes[session.key]
        changes[session.key] = DatedChange(to=to, event=known.event, reason=known.reason)
    return timetable.model_copy(update={"changes": changes})
