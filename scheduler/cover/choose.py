"""From what there is to choose from to a new version of the timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from constraints.context import Context
from instances.event_sessions import everything
from instances.events import event_posts
from instances.timetable import DatedChange, Expansion, Session, Timetable
from scheduler.at_hand import Gap, gaps_of
from scheduler.audit import audit
from scheduler.changes import changes_between, count
from scheduler.cover.facts import Absence
from scheduler.cover.options import Option, applied, options
from scheduler.covers import cover_absences
from scheduler.describe import Proved, describe
from scheduler.events.plan import Planned
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.search import Settings


@dataclass(frozen=True)
class Choice:
    """A post of the absent person on a date, and the ways to look after it."""

    gap: Gap
    options: tuple[Option, ...]

    @property
    def session(self) -> Session:
        return self.gap.sessions[0]


def choices(absence: Absence, reason: str) -> tuple[Choice, ...]:
    """The posts to be covered in the order of time, each looked at by itself."""
    return tuple(Choice(gap, tuple(options(absence, gap, reason))) for gap in absence.gaps)


@dataclass(frozen=True)
class Taken:
    """A timetable with options taken; ``left`` are posts that nobody can look after.

    ``besides``: what else is different on the dates, since the children of a club without its
    leader are in care.
    """

    timetable: Timetable
    chosen: tuple[Option, ...]
    left: tuple[Gap, ...] = ()
    besides: tuple[Gap, ...] = ()


def best(absence: Absence, reason: str) -> Taken:
    """The first option for each post in turn, given those before; else the post is left open."""
    timetable = absence.timetable
    chosen: list[Option] = []
    left: list[Gap] = []
    for gap in absence.gaps:
        now = Absence(absence.context, timetable, absence.staff, absence.first, absence.last)
        same = next((one for one in now.gaps if _keys(one) == _keys(gap)), None)
        found = options(now, same, reason) if same else []
        if found:
            chosen.append(found[0])
            timetable = applied(timetable, found[:1])
        elif same is not None:
            left.append(same)
            timetable = without_anybody(timetable, same, reason)
    if left:
        return _settled(absence, Taken(timetable, tuple(chosen), tuple(left)))
    return Taken(timetable, tuple(chosen))


def _settled(absence: Absence, taken: Taken) -> Taken:
    """Adults and rooms for the children whom a post left open sends back to care."""
    context, control = absence.context, Control()
    covered = cover_absences(context, taken.timetable, control, Settings(1)).timetable
    timetable = move_out_of_closed_rooms(context, covered)
    told = {key for gap in taken.left for key in _keys(gap)}
    told |= {key for option in taken.chosen for key in option.changes}
    before = absence.timetable.changes
    others = (
        session
        for session in Expansion(context.demand, timetable).sessions
        if session.key not in told and timetable.changes.get(session.key) != before.get(session.key)
    )
    return replace(taken, timetable=timetable, besides=gaps_of(context, others))


def _keys(gap: Gap) -> set[str]:
    return {session.key for session in gap.sessions}


def without_anybody(timetable: Timetable, gap: Gap, reason: str) -> Timetable:
    """A post left open on its date."""
    changes = dict(timetable.changes)
    for session in gap.sessions:
        known = changes.get(session.key, DatedChange())
        update = {"staff": None, "open": True, "reason": reason}
        changes[session.key] = known.model_copy(update=update)
    return timetable.model_copy(update={"changes": changes})


def publish(
    context: Context, old: Published, timetable: Timetable, since: dt.date, control: Control
) -> Published:
    """The next version of a published timetable, with covers in it.

    What was proved of the coverage stays true; of quality nothing is claimed.
    """
    judged = audit(context, timetable)
    before, after = (
        everything(Expansion(context.demand, one)) for one in (old.timetable, timetable)
    )
    changes = changes_between(before, after)
    coverage = old.result.level("coverage")
    bound = min(coverage.bound, coverage.value) if coverage else 0
    proved = Proved(bound, 0, count(changes, since), events=_events(old, timetable))
    result = describe(context, judged, proved, control, Settings(1, old.result.seed))
    update = {"gap": None, "status": "feasible", "input_sha256": old.result.input_sha256}
    return Published(
        instance=old.instance,
        timetable=timetable,
        result=result.model_copy(update=update),
        number=old.number + 1,
        parent=old.as_parent,
        changes=changes,
    )


def _events(old: Published, timetable: Timetable) -> Planned:
    """What is known of the events stays true, but for who has their posts."""
    known, held = old.result.level("displacement"), {one.key: one for one in timetable.events}
    figures = []
    for one in old.result.events:
        here = held.get(one.event if not one.rehearsal else f"{one.event}#{one.rehearsal}")
        event = old.instance.event_by_name.get(one.event)
        if here is not None and event is not None and not one.rehearsal:
            wanting = len(event_posts(event)) - len(here.staff)
            undecided = min(one.undecided, wanting)
            update = {"open_posts": wanting, "undecided": undecided}
            figures.append(one.model_copy(update=update))
        else:
            figures.append(one)
    value, bound = (known.value, known.bound) if known else (0, 0)
    return Planned(timetable, value, bound, tuple(figures))


def together(absence: Absence, chosen: Sequence[Option]) -> Taken | None:
    """Several options at once; ``None`` if together they break what must hold."""
    timetable = applied(absence.timetable, chosen)
    return Taken(timetable, tuple(chosen)) if absence.keeps_musts(timetable) else None
