"""Edits of the Sessions sheet: another person, room, status, time or more classes on one date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from instances.messages import Bilingual
from instances.problems import Place, Problem
from instances.text import Misread, fold, read_word, shown
from instances.timetable import Session, When
from instances.words import Status
from scheduler.change_texts import CARE
from scheduler.workbook import dated_faults, faults, wording
from scheduler.workbook.edits import Edit, Findings, Lookup
from scheduler.workbook.event_edits import EVENT_CELL, is_post
from scheduler.workbook.past_rows import past_edited, past_gone
from scheduler.workbook.raw import RawBook
from scheduler.workbook.session_places import Cell, Places
from scheduler.workbook.sessions import (
    CLASSES,
    DATE,
    END,
    KEY,
    ROOM,
    SEGMENT,
    STAFF,
    START,
    STATUS,
    WEEK,
    WEEKDAY,
    session_row,
)
from scheduler.workbook.sheet import Value, coordinate
from scheduler.workbook.view import View

PLACE = (DATE, SEGMENT)
DERIVED = (WEEKDAY, WEEK, START, END)
FREE = {*PLACE, CLASSES, ROOM, STAFF, STATUS}


class SessionReader:
    """Compares the rows of the sheet with the sessions that were written."""

    def __init__(self, book: RawBook, view: View, lookup: Lookup) -> None:
        self.view = view
        self.lookup = lookup
        self.places = Places(view)
        self.title = wording.SESSIONS.text(view.lang)
        self.rows = book.rows(self.title)
        self.sessions = view.session_by_key
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
                fault = faults.ROW_TWICE.at(Place(self.title, address, key), first=seen[key])
                found.problems.append(fault)
            else:
                seen[key] = address
                self._row(row, values, session, found)
        found.cells = seen
        gone = [one for key, one in self.sessions.items() if key not in seen]
        found.gone = {one.key: self._gone(one) for one in gone if not self.view.is_past(one)}
        found.problems.extend(past_gone(self.view, self.title, gone))

    def _header(self, found: Findings) -> bool:
        """Find the columns by their headings."""
        row, values = next(self.rows, (1, ()))
        values = values if row == 1 else ()
        headings = {fold(shown(value)): n for n, value in reversed(list(enumerate(values, 1)))}
        missing = []
        for column, label in enumerate(wording.SESSION_COLUMNS, 1):
            number = headings.get(fold(label.text(self.view.lang)))
            if number is None:
                missing.append(label)
            else:
                self.columns[column] = number
        place = Place(self.title, "1:1")
        if not self.columns:
            found.problems.append(faults.NO_COLUMNS.at(place))
            return False
        for label in missing:
            name = label.text(self.view.lang)
            found.problems.append(faults.NO_COLUMN.at(place, name=name))
        return not missing

    def _value(self, values: object, column: int) -> object:
        assert isinstance(values, tuple | list)
        place = self.columns[column]
        return values[place - 1] if place <= len(values) else None

    def _row(self, row: int, values: object, session: Session, found: Findings) -> None:
        """Enter what differs from the row that was written."""
        before = session_row(self.view, session)
        changed = {
            column: (value, Place(self.title, coordinate(row, self.columns[column]), shown(value)))
            for column, old in enumerate(before, 1)
            if not _same(value := self._value(values, column), old)
        }
        if self.view.is_past(session):
            found.problems.extend(past_edited(self.view, changed, before))
            return
        if session.event is not None:
            self._event_row(session, changed, before, found)
            return
        results: list[Edit | Problem | None] = []
        when = self._moved(session, changed, results)
        for column, (value, place) in changed.items():
            if column in DERIVED:
                results.append(self._derived(column, value, place, before[column - 1], when))
            elif column not in FREE:
                label = wording.SESSION_COLUMNS[column - 1].text(self.view.lang)
                old = shown(before[column - 1])
                results.append(faults.FIXED_CELL.at(place, column=label, old=old))
            elif column not in PLACE:
                results.append(self._edit(column, value, place, session))
        for result in results:
            if isinstance(result, Problem):
                found.problems.append(result)
            elif result is not None:
                found.edits.append(result)

    def _event_row(
        self,
        session: Session,
        changed: Mapping[int, Cell],
        before: tuple[Value, ...],
        found: Findings,
    ) -> None:
        """A row of an event: only who has the post may be edited."""
        for column, (value, place) in changed.items():
            if column == STAFF and is_post(session):
                result = self._edit(column, value, place, session)
                if isinstance(result, Edit):
                    found.edits.append(replace(result, what="event"))
                elif result is not None:
                    found.problems.append(result)
            else:
                label = wording.SESSION_COLUMNS[column - 1].text(self.view.lang)
                old = shown(before[column - 1])
                found.problems.append(EVENT_CELL.at(place, column=label, old=old))

    def _moved(
        self, session: Session, changed: Mapping[int, Cell], results: list[Edit | Problem | None]
    ) -> When | None:
        """Where a row says that its session is now; what comes of it is put into ``results``."""
        date, segment = (changed.get(column) for column in (DATE, SEGMENT))
        cell = date or segment
        if cell is None:
            return None
        found = self.places.read(session, date, segment)
        if isinstance(found, Problem):
            results.append(found)
            return None
        old = When(date=session.date, segment=session.segment)
        if found != old:
            before, after = (f"{one.date} {one.segment}" for one in (old, found))
            edit = Edit(
                self.title, cell[1].cell or "", "moved", session.key, before, after, when=found
            )
            results.append(edit)
        return found

    def _derived(
        self, column: int, value: object, place: Place, old: Value, when: When | None
    ) -> Problem | None:
        """What follows from date and segment may be brought up to date, and not edited else."""
        new = self.places.derived(when)[DERIVED.index(column)] if when else old
        if _same(value, new):
            return None
        label = wording.SESSION_COLUMNS[column - 1].text(self.view.lang)
        return dated_faults.DERIVED.at(place, column=label, old=shown(new))

    def _edit(
        self, column: int, value: object, place: Place, session: Session
    ) -> Edit | Problem | None:
        address = place.cell or ""
        if column == STAFF:
            staff = self.lookup.staff(value, self.title, address)
            if isinstance(staff, Problem):
                return staff
            if staff == session.staff:
                return None
            return Edit(self.title, address, "staff", session.key, session.staff or "", staff or "")
        if column == ROOM:
            return self._room(value, address, session)
        if column == CLASSES:
            return self._classes(value, address, session)
        try:
            status = read_word(value, Status)
        except Misread:
            return faults.NO_STATUS.at(place)
        if status is session.status:
            return None
        old, new = str(session.status.value), str(status.value)
        return Edit(self.title, address, "status", session.key, old, new)

    def _classes(self, value: object, address: str, session: Session) -> Edit | Problem | None:
        names = self.lookup.classes(value, self.title, address)
        if isinstance(names, Problem):
            return names
        if set(names) == set(session.classes):
            return None
        old, new = (self.view.joined(list(some)) for some in (session.classes, names))
        return Edit(self.title, address, "classes", session.key, old, new, names=names)

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
        name: Bilingual | str = session.post.activity
        if session.post.is_care and session.classes:
            name = CARE(classes=session.classes, activity=name)
        return faults.ROW_GONE.at(
            Place(self.title, None, session.key),
            date=session.date,
            segment=session.segment,
            activity=name,
            role=session.post.role,
        )


def _same(value: object, old: object) -> bool:
    return value == old or shown(value) == shown(old)


def by_session(edits: list[Edit]) -> Iterator[tuple[str, dict[str, Edit]]]:
    """The edits of each session, by what they change."""
    found: dict[str, dict[str, Edit]] = {}
    for edit in edits:
        if edit.what in ("staff", "room", "status", "moved", "classes"):
            found.setdefault(edit.key, {})[edit.what] = edit
    yield from found.items()
