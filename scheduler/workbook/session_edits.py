"""Edits of the Sessions sheet: another person, room or status on one date."""

from __future__ import annotations

from collections.abc import Iterator

from instances.problems import Place, Problem
from instances.text import Misread, fold, read_word, shown
from instances.timetable import Session
from instances.words import Status
from scheduler.workbook import faults, wording
from scheduler.workbook.edits import Edit, Findings, Lookup
from scheduler.workbook.raw import RawBook
from scheduler.workbook.sessions import KEY, ROOM, STAFF, STATUS, session_row
from scheduler.workbook.sheet import coordinate
from scheduler.workbook.view import View

FREE = {ROOM, STAFF, STATUS}


class SessionReader:
    """Compares the rows of the sheet with the sessions that were written."""

    def __init__(self, book: RawBook, view: View, lookup: Lookup) -> None:
        self.view = view
        self.lookup = lookup
        self.title = wording.SESSIONS.text(view.lang)
        self.rows = book.rows(self.title)
        self.sessions = {session.key: session for session in view.sessions}
        self.columns: dict[int, int] = {}

    def read(self, found: Findings) -> None:
        """Enter the edits and problems of the sheet."""
        if not self._header(found):
            return
        seen: dict[str, str] = {}
        for row, values in self.rows:
            if not any(shown(value) for value in values):
                continue
            key = shown(self._value(values, KEY))
            address = coordinate(row, self.columns[KEY])
            session = self.sessions.get(key)
            if session is None:
                problem = faults.ROW_UNKNOWN.at(Place(self.title, address, key))
                found.problems.append(problem)
            elif key in seen:
                place = Place(self.title, address, key)
                found.problems.append(faults.ROW_TWICE.at(place, first=seen[key]))
            else:
                seen[key] = address
                self._row(row, values, session, found)
        for key in self.sessions.keys() - seen.keys():
            found.problems.append(self._gone(self.sessions[key]))

    def _header(self, found: Findings) -> bool:
        """Find the columns by their headings."""
        _, values = next(self.rows, (1, ()))
        headings = {fold(shown(value)): n for n, value in reversed(list(enumerate(values, 1)))}
        missing = []
        for column, label in enumerate(wording.SESSION_COLUMNS, 1):
            place = headings.get(fold(label.text(self.view.lang)))
            if place is None:
                missing.append(label)
            else:
                self.columns[column] = place
        for label in missing:
            found.problems.append(faults.NO_COLUMN.at(Place(self.title, "1:1"), name=label))
        return not missing

    def _value(self, values: object, column: int) -> object:
        assert isinstance(values, tuple | list)
        place = self.columns[column]
        return values[place - 1] if place <= len(values) else None

    def _row(self, row: int, values: object, session: Session, found: Findings) -> None:
        changed = [
            (column, self._value(values, column), old)
            for column, old in enumerate(session_row(self.view, session), 1)
            if not _same(self._value(values, column), old)
        ]
        for column, value, old in changed:
            address = coordinate(row, self.columns[column])
            if column not in FREE:
                label = wording.SESSION_COLUMNS[column - 1]
                place = Place(self.title, address, shown(value))
                fault = faults.FIXED_CELL.at(place, column=label, old=shown(old))
                found.problems.append(fault)
                continue
            result = self._edit(column, value, address, session)
            if isinstance(result, Problem):
                found.problems.append(result)
            elif result is not None:
                found.edits.append(result)

    def _edit(
        self, column: int, value: object, address: str, session: Session
    ) -> Edit | Problem | None:
        if column == STAFF:
            staff = self.lookup.staff(value, self.title, address)
            if isinstance(staff, Problem):
                return staff
            if staff == session.staff:
                return None
            return Edit(self.title, address, "staff", session.key, session.staff or "", staff or "")
        if column == ROOM:
            return self._room(value, address, session)
        try:
            status = read_word(value, Status)
        except Misread:
            return faults.NO_STATUS.at(Place(self.title, address, shown(value)))
        if status is session.status:
            return None
        old, new = str(session.status.value), str(status.value)
        return Edit(self.title, address, "status", session.key, old, new)

    def _room(self, value: object, address: str, session: Session) -> Edit | Problem | None:
        place = Place(self.title, address, shown(value))
        if not shown(value):
            return faults.ROOM_EMPTIED.at(place, old=session.room or "")
        room = self.lookup.room(value, self.title, address)
        if isinstance(room, Problem):
            return room
        if room == session.room:
            return None
        return Edit(self.title, address, "room", session.key, session.room or "", room)

    def _gone(self, session: Session) -> Problem:
        return faults.ROW_GONE.at(
            Place(self.title, None, session.key),
            date=session.date,
            segment=session.segment,
            activity=session.post.activity,
            role=session.post.role,
        )


def _same(value: object, old: object) -> bool:
    return value == old or shown(value) == shown(old)


def by_session(edits: list[Edit]) -> Iterator[tuple[str, dict[str, Edit]]]:
    """The edits of each session, by what they change."""
    found: dict[str, dict[str, Edit]] = {}
    for edit in edits:
        if edit.what != "holder":
            found.setdefault(edit.key, {})[edit.what] = edit
    yield from found.items()
