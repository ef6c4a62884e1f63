"""From the edits of single dates to the dated changes of a timetable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from instances.problems import Place
from instances.timetable import DatedChange, Placement, Session, When, moved_key
from instances.words import Status
from scheduler.workbook import dated_faults, faults
from scheduler.workbook.edits import Edit, Findings
from scheduler.workbook.session_edits import by_session
from scheduler.workbook.session_mergers import MergeReader, not_needed
from scheduler.workbook.session_moves import moves
from scheduler.workbook.view import View

NONE = DatedChange()


@dataclass(frozen=True)
class Pattern:
    """Who holds each line, and where clubs meet."""

    holders: Mapping[str, str]
    placements: Mapping[str, Placement]


class DatedEdits:
    """The changes of a timetable after edits of the Sessions sheet.

    ``pattern`` is that after the edits of the grid, ``lines`` are those of its names.
    """

    def __init__(
        self, view: View, found: Findings, pattern: Pattern, lines: Mapping[str, Edit]
    ) -> None:
        self.view = view
        self.found = found
        self.pattern = pattern
        self.replaced = {edit.key: edit for edit in found.edits if edit.what == "when"}
        self.lines = lines
        self.edits = dict(by_session(found.edits))
        self.changes = dict(view.timetable.changes)

    def apply(self) -> dict[str, DatedChange]:
        """The changes by session key; what contradicts becomes a problem."""
        moved = moves(self.view, self.edits, self.found)
        mergers = MergeReader(self.view, self.edits, self.found).read()
        not_needed(self.found, mergers.into)
        for key in moved.keys() & (mergers.hosts | mergers.into.keys()):
            edit = self.edits[key].get("moved")
            if edit is not None:
                problem = dated_faults.MOVED_AND.at(edit.place, value=Status.MERGED)
                self.found.problems.append(problem)
        for session in self.view.sessions:
            key = session.key
            if session.event is not None:
                continue
            if session.post.activity in self.replaced:
                self._elsewhere(session)
                continue
            if key in mergers.into:
                known = self.changes.get(key, NONE)
                self.changes[key] = DatedChange(into=mergers.into[key], reason=known.reason)
                continue
            if key in mergers.parted:
                self._set(key, DatedChange(reason=self.changes[key].reason))
            if session.moved_to is not None:
                continue
            edits = self.edits.get(key, {})
            if edits:
                self._row(session, edits, key in mergers.hosts)
            if key in moved:
                self._move(session, moved[key])
        return self.changes

    def _elsewhere(self, session: Session) -> None:
        """What was said of a date is void where the club now meets at other times."""
        self.changes.pop(session.key, None)
        for edit in self.edits.get(session.key, {}).values():
            club = self.replaced[session.post.activity]
            facts = {"activity": club.key, "cell": club.cell, "new": club.new}
            self.found.problems.append(dated_faults.CLUB_MOVED.at(edit.place, **facts))

    def _room_of(self, session: Session) -> str | None:
        """The room of the pattern."""
        placement = self.pattern.placements.get(session.post.activity)
        if session.post.option is not None and placement is not None:
            return placement.room
        return self.view.expansion.room_of(session.post)

    def _set(self, key: str, change: DatedChange) -> None:
        if change == DatedChange(reason=change.reason):
            self.changes.pop(key, None)
        else:
            self.changes[key] = change

    def _move(self, session: Session, to: When) -> None:
        """The row's own changes go with it; at its old place only the move stays."""
        here = self.changes.pop(session.key, NONE)
        if session.moved_from is None:
            self.changes[session.key] = DatedChange(to=to, reason=here.reason)
            self._set(moved_key(session.key), here)
            return
        origin = session.key.removesuffix(moved_key(""))
        if to == session.moved_from:
            self._set(origin, here)
            return
        self._set(session.key, here)
        self.changes[origin] = self.changes[origin].model_copy(update={"to": to})

    def _row(self, session: Session, edits: dict[str, Edit], host: bool) -> None:
        """Person, room and status of one row."""
        staff, line = edits.get("staff"), self.lines.get(session.post.line)
        if staff and line and staff.new != line.new:
            fault = faults.CONTRADICTION.at(staff.place, cell=line.cell, grid=line.new)
            self.found.problems.append(fault)
            return
        known = self.changes.get(session.key, NONE)
        planned = self.pattern.holders.get(session.post.line)
        new: dict[str, Any] = {}
        if staff:
            new["staff"] = staff.new if staff.new and staff.new != planned else None
            new["open"] = not staff.new and planned is not None
        if room := edits.get("room"):
            usual = self._room_of(session)
            new["room"] = room.new if room.new != usual else None
            if known.reason in self.view.instance.room_by_name:
                new["reason"] = ""  # it is there by hand now
        if "status" in edits:
            new |= self._status(session, edits, host)
        elif known.cancelled and staff and staff.new:
            fault = faults.STATUS_AGAINST.at(staff.place, value=Status.CANCELLED, staff=staff.new)
            self.found.problems.append(fault)
        self._set(session.key, known.model_copy(update=new))

    def _status(self, session: Session, edits: dict[str, Edit], host: bool) -> dict[str, Any]:
        """What a new status asks for."""
        edit, staff, room = edits["status"], edits.get("staff"), edits.get("room")
        status = next(word for word in Status if word.value == edit.new)
        place = Place(edit.sheet, edit.cell, status.text("zh"))
        if status is Status.CANCELLED or (status is Status.OPEN and not (staff and not staff.new)):
            if staff and staff.new:
                fault = faults.STATUS_AGAINST.at(place, value=status, staff=staff.new)
                self.found.problems.append(fault)
            return {"cancelled": True} if status is Status.CANCELLED else {"open": True}
        said = {
            Status.COVER: bool(staff),
            Status.MOVED: bool(room) or "moved" in edits or session.moved_from is not None,
        }
        if not said.get(status, True):
            self.found.problems.append(faults.STATUS_ALONE.at(place, value=status))
        if status is Status.PLANNED and not host:
            back = edits.get("moved")
            if session.moved_from is not None and not (back and back.when == session.moved_from):
                self.found.problems.append(dated_faults.MOVED_BACK.at(place, value=status))
            elif session.status is not Status.CANCELLED and not (staff or room):
                return {"staff": None, "open": False, "room": None}
        return {"cancelled": False}
