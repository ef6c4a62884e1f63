"""Groups in care merged on a date by hand: more classes in the cell of the receiving row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from instances.merging import Meeting, can_join, meeting_of
from instances.timetable import Session
from instances.words import Status
from scheduler.workbook import dated_faults as faults
from scheduler.workbook.edits import Edit, Findings
from scheduler.workbook.faults import ROWS_GONE
from scheduler.workbook.session_moves import Edits
from scheduler.workbook.view import View

FEW_ROWS = 5
"""So many missing rows are named one by one."""


@dataclass
class Mergers:
    """Who goes where: sessions by key, with the key of the session that takes them in.

    ``parted`` are sessions that no longer go anywhere, ``hosts`` those that take others in.
    """

    into: dict[str, str] = field(default_factory=dict)
    parted: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)


class MergeReader:
    """Reads which groups were merged, and which were parted again."""

    def __init__(self, view: View, edits: Edits, found: Findings) -> None:
        self.edits = edits
        self.found = found
        self.groups: dict[Meeting, list[Session]] = defaultdict(list)
        dates = {session.date for session in view.sessions if session.key in edits}
        dates |= {session.date for session in view.sessions if session.into}
        self.by_key: dict[str, Session] = {}
        for session in view.sessions:
            if session.date in dates and session.moved_to is None:
                self.groups[meeting_of(session)].append(session)
                self.by_key[session.key] = session
        self.goes: dict[Meeting, tuple[Session, Edit | None]] = {}
        self.result = Mergers()

    def read(self) -> Mergers:
        """Enter the problems and say what goes where."""
        for meeting, group in self.groups.items():
            if group[0].into in self.by_key:
                self.goes[meeting] = (self.by_key[group[0].into or ""], None)
        for group in self.groups.values():
            self._host(group)
        for meeting in list(self.goes):
            self._part(meeting)
        for meeting, (host, _) in self.goes.items():
            self.result.into |= {session.key: host.key for session in self.groups[meeting]}
            self.result.hosts |= {one.key for one in self.groups[meeting_of(host)]}
        self._statuses()
        return self.result

    def _host(self, group: list[Session]) -> None:
        """The groups whose classes stand in the cell of another."""
        edited = [(s, e) for s in group if (e := self.edits.get(s.key, {}).get("classes"))]
        if not edited:
            return
        session, edit = edited[0]
        if len({frozenset(e.names) for _, e in edited}) > 1:
            facts = {"classes": edit.names, "cells": [e.cell for _, e in edited]}
            self.found.problems.append(faults.MERGED_TWICE.at(edit.place, **facts))
            return
        missing = [name for name in session.post.classes if name not in edit.names]
        if missing:
            self.found.problems.append(faults.OWN_CLASSES.at(edit.place, missing=missing))
            return
        wanted = [name for name in edit.names if name not in session.post.classes]
        sources = self._sources(session, edit, wanted)
        if sources is None:
            return
        for meeting, (host, _) in list(self.goes.items()):
            if meeting_of(host) == meeting_of(session) and meeting not in sources:
                del self.goes[meeting]
                self.result.parted |= {one.key for one in self.groups[meeting]}
        for meeting in sources:
            self._send(meeting, session, edit)

    def _sources(self, session: Session, edit: Edit, wanted: list[str]) -> list[Meeting] | None:
        """The groups that have the classes; ``None`` if that cannot be."""
        left = set(wanted)
        sources = []
        for meeting, group in self.groups.items():
            other = group[0]
            classes = set(other.post.classes)
            there = other if other.into is None else _as_before(other)
            if not classes & left or not can_join(there, session):
                continue
            if not classes <= set(wanted):
                fault = faults.WHOLE_GROUP.at(edit.place, classes=other.post.classes)
                self.found.problems.append(fault)
                return None
            left -= classes
            sources.append(meeting)
        if not left:
            return sources
        facts = {"date": session.date, "segment": session.segment}
        classes_left = [name for name in wanted if name in left]
        fault = faults.NOT_IN_CARE.at(edit.place, classes=classes_left, **facts)
        self.found.problems.append(fault)
        return None

    def _send(self, meeting: Meeting, session: Session, edit: Edit) -> None:
        known = self.goes.get(meeting)
        if known and known[1] and meeting_of(known[0]) != meeting_of(session):
            cells = [known[1].cell, edit.cell]
            classes = self.groups[meeting][0].post.classes
            problem = faults.MERGED_TWICE.at(edit.place, classes=classes, cells=cells)
            self.found.problems.append(problem)
        elif not known or meeting_of(known[0]) != meeting_of(session):
            self.goes[meeting] = (session, edit)

    def _part(self, meeting: Meeting) -> None:
        """A group that was merged before comes back when its row is filled in again."""
        host, edit = self.goes[meeting]
        if meeting_of(host) in self.goes:
            cells = [self.found.cells.get(s.key, "") for s in (host, self.groups[meeting][0])]
            place = edit or self._any_edit(meeting_of(host))
            if place is not None:
                facts = {"classes": self.groups[meeting][0].post.classes, "cells": cells}
                self.found.problems.append(faults.MERGED_TWICE.at(place.place, **facts))
            return
        for session in self.groups[meeting]:
            for wrong in self._against(session):
                if edit is None and session.into and wrong.what in ("staff", "status"):
                    del self.goes[meeting]
                    self.result.parted |= {one.key for one in self.groups[meeting]}
                    return
                value = _word(wrong)
                where = edit.cell if edit else self.found.cells.get(host.key, "")
                problem = faults.MERGED_AWAY.at(wrong.place, cell=where, value=value)
                self.found.problems.append(problem)

    def _any_edit(self, meeting: Meeting) -> Edit | None:
        edits = (self.edits.get(one.key, {}) for one in self.groups[meeting])
        return next((edit for mine in edits for edit in mine.values()), None)

    def _against(self, session: Session) -> list[Edit]:
        """Edits of a row that do not go with its having been merged into another."""
        mine = self.edits.get(session.key, {})
        fits = {"staff": ("",), "status": (Status.MERGED.value,)}
        return [edit for what, edit in mine.items() if edit.new not in fits.get(what, ())]

    def _statuses(self) -> None:
        """The status 'merged' is only for rows that are; rows that take others in keep it."""
        for key, session in self.by_key.items():
            edit = self.edits.get(key, {}).get("status")
            if edit is None or key in self.result.into:
                continue
            merged = edit.new == Status.MERGED.value
            if key in self.result.hosts:
                if edit.new in (Status.CANCELLED.value, Status.PLANNED.value):
                    problem = faults.HOST_STATUS.at(edit.place, value=_word(edit))
                    self.found.problems.append(problem)
            elif merged:
                problem = faults.NOT_MERGED.at(edit.place, classes=session.post.classes)
                self.found.problems.append(problem)


def _as_before(session: Session) -> Session:
    """A session that was merged, as it would be by itself."""
    from dataclasses import replace

    return replace(session, takes_place=True, into=None)


def _word(edit: Edit) -> object:
    """What a person reads in the cell."""
    if edit.what != "status":
        return edit.new
    return next(word for word in Status if word.value == edit.new)


def not_needed(found: Findings, into: Mapping[str, str]) -> None:
    """Rows that are missing are problems, unless their groups were merged into others.

    Where many are missing (a sheet was emptied), one problem stands for all of them.
    """
    gone = [problem for key, problem in found.gone.items() if key not in into]
    if len(gone) > FEW_ROWS:
        first = gone[0]
        gone = [ROWS_GONE.at(first.place, **{**first.message.facts, "count": len(gone)})]
    found.problems += gone
