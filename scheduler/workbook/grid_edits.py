"""Edits of the master grid: who holds a line of posts, when and where a club meets every week."""

from __future__ import annotations

import re
from collections import defaultdict

from instances.problems import Place, Problem
from instances.text import shown
from scheduler.workbook import faults, wording
from scheduler.workbook.club_places import blocks_text, read_places
from scheduler.workbook.edits import Edit, Findings, Lookup
from scheduler.workbook.payload import Payload
from scheduler.workbook.raw import RawBook
from scheduler.workbook.sheet import coordinate
from scheduler.workbook.view import View

Cell = tuple[int, int]
FEW = 5
"""As many rows that are gone are named one by one."""
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


class GridReader:
    """Finds each cell of the grid by the hidden names of its row and column."""

    def __init__(self, book: RawBook, payload: Payload, lookup: Lookup, view: View) -> None:
        self.payload = payload
        self.view = view
        self.lookup = lookup
        self.title = wording.MASTER.text(payload.lang)
        self.cells = book.cells(self.title)
        self.columns = {
            int(name[1:]): column
            for (row, column), value in self.cells.items()
            if row == 1 and re.fullmatch(r"c\d+", name := shown(value))
        }
        self.rows: dict[int, list[int]] = defaultdict(list)
        for (row, column), value in sorted(self.cells.items(), key=lambda item: item[0]):
            if column == 1 and re.fullmatch(r"r\d+", name := shown(value)):
                self.rows[int(name[1:])].append(row)

    def read(self, found: Findings) -> None:
        """Enter the edits and problems of the grid."""
        self._twice(found)
        self._lost(found)
        lines = {_cell_of(key): line for key, line in self.payload.lines.items()}
        holders = self.payload.published.timetable.holders
        for where, line in lines.items():
            self._holder(where, line, holders.get(line), found)
        places = {_cell_of(key): what for key, what in self.payload.places.items()}
        for where, (what, activity) in places.items():
            if what == "when":
                self._when(where, activity, found)
            else:
                self._room(where, activity, found)
        for address, old in self.payload.grid.items():
            where = cell_at(address)
            if where not in lines and where not in places and where[0] > 1 and where[1] > 1:
                self._fixed(where, old, found)

    def _now(self, where: Cell) -> Cell | None:
        """Where a cell stands now."""
        rows, column = self.rows.get(where[0]), self.columns.get(where[1])
        return (rows[0], column) if rows and column else None

    def _holder(self, where: Cell, line: str, old: str | None, found: Findings) -> None:
        now = self._now(where)
        if now is None:
            return
        value = self.cells.get(now)
        if shown(value) == (old or ""):
            return
        address = coordinate(*now)
        new = self.lookup.staff(value, self.title, address)
        if isinstance(new, Problem):
            found.problems.append(new)
        elif new != old:
            found.edits.append(Edit(self.title, address, "holder", line, old or "", new or ""))

    def _when(self, where: Cell, activity: str, found: Findings) -> None:
        """When a club meets every week."""
        now, old = self._now(where), self.payload.grid.get(coordinate(*where), "")
        if now is None or shown(self.cells.get(now)) == old:
            return
        place = Place(self.title, coordinate(*now), shown(self.cells.get(now)))
        places = read_places(self.view, activity, self.cells.get(now), place)
        if isinstance(places, Problem):
            found.problems.append(places)
            return
        published = self.payload.published.timetable.placements.get(activity)
        if set(places) != set(published.places if published else ()):
            new = blocks_text([place.block for place in places], self.payload.lang)
            address = place.cell or ""
            edit = Edit(self.title, address, "when", activity, old, new, places=places)
            found.edits.append(edit)

    def _room(self, where: Cell, activity: str, found: Findings) -> None:
        """In which room a club meets every week; emptied, in none yet."""
        now, old = self._now(where), self.payload.grid.get(coordinate(*where), "")
        value = None if now is None else self.cells.get(now)
        if now is None or shown(value) == old:
            return
        address = coordinate(*now)
        new = self.lookup.room(value, self.title, address) if shown(value) else ""
        if isinstance(new, Problem):
            found.problems.append(new)
        elif new != old:
            found.edits.append(Edit(self.title, address, "club_room", activity, old, new))

    def _fixed(self, where: Cell, old: str, found: Findings) -> None:
        now = self._now(where)
        if now is None:
            return
        value = shown(self.cells.get(now))
        if value != old:
            place = Place(self.title, coordinate(*now), value)
            found.problems.append(faults.GRID_FIXED.at(place, old=old))

    def _twice(self, found: Findings) -> None:
        for row, places in self.rows.items():
            for place in places[1:]:
                fault = faults.GRID_TWICE.at(
                    Place(self.title, coordinate(place, 2)), what=self._label(row)
                )
                found.problems.append(fault)

    def _lost(self, found: Findings) -> None:
        """Rows and columns with editable cells that are gone, each said once."""
        cells = [_cell_of(key) for key in (*self.payload.lines, *self.payload.places)]
        lost = [self._label(row) for row in sorted({row for row, _ in cells} - set(self.rows))]
        columns = sorted({column for _, column in cells} - set(self.columns))
        lost += [coordinate(1, column)[:-1] for column in columns]
        if len(lost) > FEW:
            fault = faults.GRID_ROWS_LOST.at(Place(self.title), count=len(lost), what=lost[0])
            found.problems.append(fault)
            return
        found.problems += [faults.GRID_LOST.at(Place(self.title), what=what) for what in lost]

    def _label(self, row: int) -> str:
        labels = (self.payload.grid.get(coordinate(row, column), "") for column in (2, 3))
        return " ".join(label for label in labels if label)


def _cell_of(key: str) -> Cell:
    row, _, column = key.partition(":")
    return int(row), int(column)


def cell_at(address: str) -> Cell:
    """Row and column of an address such as B7."""
    match = _ADDRESS.fullmatch(address)
    assert match is not None, address
    column = 0
    for char in match[1]:
        column = column * 26 + ord(char) - 64
    return int(match[2]), column
