"""Dates on which somebody is away and nobody could come instead: a model has to look at these.

In a larger school absences are foreseen only for posts that few could hold; whoever tries a way
out finds where that was not enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from instances.timetable import Session
from scheduler.audit import Audit

MOST_WATCHED = 60
"""Absences that a model looks at beside those that it foresees anyway."""
Watched = Mapping[str, int]
"""Lines of posts, each with the dates (bit mask) on which absences from it are looked at."""


def uncovered(judged: Audit) -> dict[str, int]:
    """The absences that nobody covers, with all others at their times: they compete for people.

    Nothing if these are too many.
    """
    index = judged.view.demand.calendar.index
    missing = defaultdict(list)
    for session in judged.open_sessions:
        if session.planned is not None:
            missing[session.date].append(session)
    found: dict[str, int] = defaultdict(int)
    for session in judged.view.sessions if missing else ():
        beside = missing.get(session.date, ())
        if session.planned is not None and any(_meet(session, other) for other in beside):
            day = 1 << index[session.date]
            person = judged.view.people.get(session.planned)
            if person is not None and person.absent & day:
                found[session.post.line] |= day
    return found if sum(map(int.bit_count, found.values())) <= MOST_WATCHED else {}


def together(watched: Iterable[Watched]) -> dict[str, int]:
    """All that is watched by any."""
    found: dict[str, int] = defaultdict(int)
    for one in watched:
        for line, days in one.items():
            found[line] |= days
    return found


def _meet(one: Session, other: Session) -> bool:
    return one.start < other.end and other.start < one.end
