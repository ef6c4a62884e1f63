"""Between sessions of a timetable and the rows of a history."""

from __future__ import annotations

import datetime as dt

from instances.blocks import Block
from instances.calendar import ServiceDay
from instances.demand import Post
from instances.event_sessions import everything
from instances.history import History, PastSession
from instances.timetable import Expansion, Session, When


def history_of(expansion: Expansion, since: dt.date) -> History:
    """Everything before a date, as a timetable has it, with the history it carries itself."""
    carried = expansion.timetable.history
    kept = carried.sessions if carried else ()
    now = (
        _written(expansion, session) for session in everything(expansion) if session.date < since
    )
    return History(since=since, sessions=(*(s for s in kept if s.date < since), *now))


def _written(expansion: Expansion, session: Session) -> PastSession:
    post = session.post
    return PastSession(
        key=session.key,
        date=session.date,
        follows=session.day.weekday,
        week=session.day.week,
        segment=session.segment,
        start=session.start,
        end=session.end,
        activity=post.activity,
        kind=post.kind,
        classes=session.classes,
        role=post.role,
        number=post.number,
        line=post.line,
        movable=post.option is not None,
        group=post.group,
        room=session.room,
        usual_room=expansion.room_of(post),
        staff=session.staff,
        planned=session.planned,
        status=session.status,
        children=session.children,
        load=session.load,
        reason=session.reason,
        takes_place=session.takes_place,
        moved_to=_pair(session.moved_to),
        moved_from=_pair(session.moved_from),
        event=session.event,
    )


def _pair(when: When | None) -> tuple[dt.date, str] | None:
    return None if when is None else (when.date, when.segment)


def sessions_of(history: History | None) -> tuple[Session, ...]:
    """The rows of a history as sessions, each with a post of its own."""
    return tuple(_session(past) for past in history.sessions) if history else ()


def _session(past: PastSession) -> Session:
    post = Post(
        line=past.line,
        activity=past.activity,
        kind=past.kind,
        classes=past.classes,
        group=past.group,
        role=past.role,
        number=past.number,
        skills=frozenset(),
        blocks=(Block(past.follows, (past.segment,)),),
        dates=0,
        units=(),
        option=0 if past.movable else None,
        room=past.usual_room,
    )
    day = ServiceDay(past.date, past.follows, past.week, None, clubs=True)
    return Session(
        key=past.key,
        day=day,
        segment=past.segment,
        start=past.start,
        end=past.end,
        post=post,
        room=past.room,
        staff=past.staff,
        planned=past.planned,
        status=past.status,
        children=past.children,
        load=past.load,
        reason=past.reason,
        takes_place=past.takes_place,
        moved_to=_when(past.moved_to),
        moved_from=_when(past.moved_from),
        event=past.event,
    )


def _when(pair: tuple[dt.date, str] | None) -> When | None:
    return None if pair is None else When(date=pair[0], segment=pair[1])
