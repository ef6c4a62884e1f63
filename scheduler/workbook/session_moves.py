"""Meetings moved to another date or segment by hand: all rows of one must move alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from instances.timetable import Session, When, moved_key
from instances.words import Status
from scheduler.workbook import dated_faults as faults
from scheduler.workbook.edits import Edit, Findings
from scheduler.workbook.view import View

Edits = Mapping[str, dict[str, Edit]]
"""The edits of each session, by what they change."""


def place_of(session: Session) -> When:
    """Where a session is."""
    return When(date=session.date, segment=session.segment)


def moves(view: View, edits: Edits, found: Findings) -> dict[str, When]:
    """Where each row was moved to, by session key; what cannot be becomes a problem."""
    wanted = _wanted(view, edits, found)
    meetings: dict[object, list[Session]] = defaultdict(list)
    for session in view.sessions:
        if session.moved_to is None:
            meetings[_meeting(view, session)].append(session)
    whole: dict[str, When] = {}
    for sessions in meetings.values():
        moved = [session for session in sessions if session.key in wanted]
        if not moved:
            continue
        if _alike(sessions, wanted):
            whole |= {session.key: wanted[session.key][0] for session in moved}
            continue
        cells = (found.cells.get(session.key, "") for session in sessions)
        rows = sorted(int("".join(char for char in cell if char.isdigit()) or 0) for cell in cells)
        edit = wanted[moved[0].key][1]
        found.problems.append(faults.UNLIKE.at(edit.place, rows=[str(row) for row in rows]))
    return whole


def _wanted(view: View, edits: Edits, found: Findings) -> dict[str, tuple[When, Edit]]:
    """What each row asks for by itself."""
    wanted: dict[str, tuple[When, Edit]] = {}
    for session in view.sessions:
        mine = edits.get(session.key)
        if mine is None:
            continue
        if session.moved_to is not None:
            back = _taken_back(session, mine, found)
            if back is not None:
                wanted.setdefault(moved_key(session.key), (place_of(session), back))
        elif "moved" in mine:
            edit, status = mine["moved"], mine.get("status")
            assert edit.when is not None
            if status and status.new in (Status.CANCELLED.value, Status.MERGED.value):
                word = next(word for word in Status if word.value == status.new)
                found.problems.append(faults.MOVED_AND.at(status.place, value=word))
            else:
                wanted[session.key] = (edit.when, edit)
    return wanted


def _taken_back(session: Session, edits: dict[str, Edit], found: Findings) -> Edit | None:
    """The edit that takes a move back, on the row at the old place; no other is possible there."""
    assert session.moved_to is not None
    back = edits.get("status")
    for edit in edits.values():
        if edit is not back or edit.new != Status.PLANNED.value:
            facts = session.moved_to.model_dump()
            found.problems.append(faults.MOVED_AWAY.at(edit.place, **facts))
            return None
    return back


def _meeting(view: View, session: Session) -> object:
    """What the rows of one meeting on one date share, all its segments together."""
    day = view.calendar.days[view.calendar.index[session.origin]]
    segment = session.moved_from.segment if session.moved_from else session.segment
    block = next(
        (b for b in session.post.blocks if b.weekday == day.weekday and segment in b.segments), None
    )
    return session.post.activity, session.post.group, session.origin, session.date, block


def _alike(sessions: list[Session], wanted: Mapping[str, tuple[When, Edit]]) -> bool:
    """Whether all rows go to one date, and those of each segment to one segment of its own."""
    new = {s.key: wanted[s.key][0] if s.key in wanted else place_of(s) for s in sessions}
    segments: dict[str, set[str]] = defaultdict(set)
    for session in sessions:
        segments[session.segment].add(new[session.key].segment)
    single = all(len(names) == 1 for names in segments.values())
    own = len(set().union(*segments.values())) == len(segments)
    return len({when.date for when in new.values()}) == 1 and single and own
