"""From a new pattern back to dates: exceptions kept, clashes with them resolved, gaps filled."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection

from constraints.context import Context
from instances.blocks import minutes
from instances.people import Person
from instances.timetable import DatedChange, Expansion, Session, Timetable, moved_key
from scheduler.audit import broken
from scheduler.covers import cover_absences, find_gaps
from scheduler.events.undisturbed import is_void
from scheduler.progress import Control
from scheduler.rerun.reference import Matched
from scheduler.rerun.returning import Hoped, with_returning
from scheduler.rooms_by_date import move_out_of_closed_rooms
from scheduler.search import Settings

ROUNDS = 3


def settle(
    matched: Matched,
    start: Timetable,
    pattern: Timetable,
    control: Control,
    settings: Settings,
    *,
    hope: Hoped | None = None,
) -> Timetable:
    """The pattern with the exceptions that were published and still hold, and with covers.

    Where somebody who was given a new line is expected elsewhere on a date, the new line is
    covered on that date, for it changes anyway. With ``hope``, whoever was published
    comes then, where that may be, and not whom the covers would rather send.
    """
    changes = _carried(matched.context, start, pattern)
    timetable = pattern.model_copy(update={"changes": changes, "events": start.events})
    if hope is not None:
        timetable = with_returning(matched, timetable, hope)
    for _ in range(ROUNDS):
        clashes = _clashes(matched.context, timetable, matched)
        covered = cover_absences(matched.context, timetable, control, settings, also=clashes)
        placed = move_out_of_closed_rooms(matched.context, covered.timetable)
        if placed == timetable:
            break
        timetable = placed
    return _tried_again(matched.context, start, timetable, control, settings)


def looked_for_anew(timetable: Timetable, start: Timetable) -> Timetable:
    """A timetable in which nobody has said yet that anything stays open, but for ``start``."""
    asked = left_open(start)
    found = {
        key: one.model_copy(update={"open": key in asked}) for key, one in timetable.changes.items()
    }
    kept = {key: change for key, change in found.items() if not is_void(change)}
    return timetable.model_copy(update={"changes": kept})


def _tried_again(
    context: Context, start: Timetable, timetable: Timetable, control: Control, settings: Settings
) -> Timetable:
    """What was left open once may be filled when everything else is settled.

    Only where the holder is away: whoever is expected elsewhere has no gap to be found.
    """
    marked = left_open(timetable) - set(start.changes)
    if not marked or control.over:
        return timetable
    gaps = find_gaps(context, _without(timetable, marked))
    left = marked & {session.key for gap in gaps for session in gap.sessions}
    if not left:
        return timetable
    without = _without(timetable, left)
    covered = cover_absences(context, without, control, settings).timetable
    again = move_out_of_closed_rooms(context, covered)
    fuller = len(left_open(again)) < len(left_open(timetable))
    # a club that nobody leads has its children in care, which was not seen while it was tried
    return again if fuller and not broken(context, again) else timetable


def freed_where_open(context: Context, start: Timetable, missing: Collection[Session]) -> Timetable:
    """A timetable without its exceptions on dates on which nobody is found to cover: who was sent
    then may be needed elsewhere."""
    dates = {one.date for one in missing if one.planned is not None}
    lost = {one.key for one in Expansion(context.demand, start).sessions if one.date in dates}
    kept = {
        key: change
        for key, change in start.changes.items()
        if key not in lost or change.staff is None or change.event is not None
    }
    return start.model_copy(update={"changes": kept})


def left_open(timetable: Timetable) -> frozenset[str]:
    """The sessions, by key, that exceptions leave open."""
    return frozenset(key for key, change in timetable.changes.items() if change.open)


def _without(timetable: Timetable, keys: Collection[str]) -> Timetable:
    kept = {key: change for key, change in timetable.changes.items() if key not in keys}
    return timetable.model_copy(update={"changes": kept})


def _carried(context: Context, start: Timetable, pattern: Timetable) -> dict[str, DatedChange]:
    """The exceptions of the carried timetable, as far as they still say something."""
    now, before = Expansion(context.demand, pattern), Expansion(context.demand, start)
    sessions = {session.key: session for session in now.sessions}
    found: dict[str, DatedChange] = {}
    past = {one.key for one in start.history.sessions} if start.history else set()
    for key, change in start.changes.items():
        base = key.removesuffix(moved_key(""))
        session = sessions.get(base)
        if session is None:
            if base in past:
                found[key] = change  # it comes from what is history now
            continue
        moved = now.room_of(session.post) != before.room_of(session.post)
        holder = pattern.holders.get(session.post.line)
        update = {
            "staff": None if change.staff == holder else change.staff,
            "room": None if moved else change.room,
        }
        kept = change.model_copy(update=update)
        if not is_void(kept):
            found[key] = kept
    return found


def _clashes(context: Context, timetable: Timetable, matched: Matched) -> frozenset[str]:
    """Sessions to be covered because their holder has another at the time, or is at a cap.

    What was published goes first: it stays, and what is new gives way.
    """
    published = {(s.key, s.staff) for s in matched.reference.sessions if s.takes_place}
    sessions = [
        session
        for session in Expansion(context.demand, timetable).sessions
        if session.staff is not None and session.takes_place
    ]
    sessions.sort(key=lambda s: (s.key, s.staff) not in published)
    diaries: dict[str, _Diary] = {}
    found: set[str] = set()
    for session in sessions:
        key = session.staff or ""
        if key not in diaries:
            diaries[key] = _Diary(context.people[key], context.instance.term.changeover_minutes)
        if not diaries[key].enter(session):
            found.add(session.key)
    return frozenset(found)


class _Diary:
    """What one person has taken on, date by date, within their caps."""

    def __init__(self, person: Person, changeover: int) -> None:
        self.person = person
        self.changeover = changeover
        self.days: dict[dt.date, list[Session]] = defaultdict(list)
        self.weeks: Counter[int] = Counter()
        self.total = person.worked

    def enter(self, session: Session) -> bool:
        """Enter a session if there is room for it."""
        staff, day, week = self.person.staff, self.days[session.date], session.day.week
        if any(_overlap(session, other, self.changeover) for other in day):
            return False
        worked = self.person.worked_in(week) + self.weeks[week]
        for cap, count in (
            (staff.cap_day, len(day)),
            (staff.cap_week, worked),
            (staff.cap_term, self.total),
        ):
            if cap is not None and count >= cap:
                return False
        day.append(session)
        self.weeks[week] += 1
        self.total += 1
        return True


def _overlap(one: Session, other: Session, gap: int) -> bool:
    if one.post is other.post and one.segment != other.segment:
        return False
    return (
        minutes(one.start) < minutes(other.end) + gap
        and minutes(other.start) < minutes(one.end) + gap
    )
