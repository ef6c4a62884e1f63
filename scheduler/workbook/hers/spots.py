"""Which cell of a new timetable workbook is the one that a cell of the old one was."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from instances.messages import Lang
from instances.text import shown
from scheduler.workbook import wording
from scheduler.workbook.canvas import Master
from scheduler.workbook.payload import Payload
from scheduler.workbook.sessions import KEY
from scheduler.workbook.sheet import Address, Sheet, Value

Cells = Mapping[Address, object]
_NAME = re.compile(r"[rc]\d+")
SHEETS = (
    *(wording.OVERVIEW, wording.CHANGES, wording.NOTICES, wording.MASTER, wording.CLASSES),
    *(wording.STAFF, wording.ROOMS, wording.CLUBS, wording.EXCEPTIONS, wording.OPEN),
    *(wording.LOAD, wording.SESSIONS),
)
"""Every sheet that a timetable workbook may have of ours."""


@dataclass(frozen=True)
class Spot:
    """A cell by what it stands for: a line, a club's place, a column of a session.

    On the copies it is told by its text, the text that begins its row, and which of the cells
    with this text it is. ``sheet`` is the Chinese title.
    """

    sheet: str
    address: Address
    key: tuple[str, ...] = ()
    text: str = ""
    head: str = ""
    nth: tuple[int, int] = (0, 0)


def chinese_title(title: str, lang: Lang) -> str | None:
    """The Chinese title of one of our sheets; ``None`` for any other."""
    return next((label.zh for label in SHEETS if label.text(lang) == title), None)


@dataclass(frozen=True)
class Column:
    """A column that she added to Sessions: its heading, and what it says by session key."""

    title: str
    values: Mapping[str, Value]


class OldCells:
    """The cells of one of our sheets in the old file, wherever they have been moved."""

    def __init__(self, title: str, cells: Cells, payload: Payload) -> None:
        self.title = title
        self.cells = cells
        self.texts = {where: text for where, value in cells.items() if (text := shown(value))}
        self.payload = payload

    def spot(self, where: Address) -> Spot:
        key: tuple[str, ...] = ()
        if self.title == wording.SESSIONS.zh:
            key = self._session(where)
        elif self.title == wording.MASTER.zh:
            key = self._names.get(self._written(where), ())
        text = self.texts.get(where, "")
        same = self._alike.get(text, [])
        nth = (same.index(where), len(same)) if text else (0, 0)
        return Spot(self.title, where, key, text, _head(where, self.texts), nth)

    def _session(self, where: Address) -> tuple[str, ...]:
        row, column = where
        number = self._columns.get(column, self.texts.get((1, column)))
        if number is None:
            return ()
        key = "" if row == 1 else self.texts.get((row, self._key_column), "?")
        return ("session", key, str(number))

    def added_columns(self) -> Iterator[Column]:
        """Columns of sessions with a heading that is none of ours."""
        for (row, column), title in sorted(self.texts.items()):
            if row == 1 and column not in self._columns:
                values = {
                    self.texts.get((r, self._key_column), ""): _value(value)
                    for (r, c), value in self.cells.items()
                    if c == column and r > 1
                }
                yield Column(title, values)

    @cached_property
    def _columns(self) -> dict[int, int]:
        """The columns of the sessions, by where they stand now."""
        heads = {
            word: number
            for number, label in enumerate(wording.SESSION_COLUMNS, 1)
            for word in (label.zh, label.en)
        }
        first = {column: text for (row, column), text in self.texts.items() if row == 1}
        return {column: heads[text] for column, text in first.items() if text in heads}

    @cached_property
    def _key_column(self) -> int:
        return next((column for column, number in self._columns.items() if number == KEY), KEY)

    def _written(self, where: Address) -> Address:
        """Where a cell of the grid stood as it was written, by the names of its row and column."""
        row, column = self.texts.get((where[0], 1), ""), self.texts.get((1, where[1]), "")
        if not (_NAME.fullmatch(row) and _NAME.fullmatch(column)):
            return where
        return int(row[1:]), int(column[1:])

    @cached_property
    def _names(self) -> dict[Address, tuple[str, ...]]:
        lines = {_at(name): ("line", line) for name, line in self.payload.lines.items()}
        return {**lines, **{_at(name): what for name, what in self.payload.places.items()}}

    @cached_property
    def _alike(self) -> dict[str, list[Address]]:
        return _alike(self.texts)


class NewCells:
    """The cells of one of our sheets in the new file."""

    def __init__(self, title: str, sheet: Sheet, master: Master) -> None:
        self.sheet = sheet
        self.title = title
        self.master = master
        self.texts = {
            where: text for where, (value, _) in sheet.cells.items() if (text := shown(value))
        }

    def find(self, spot: Spot) -> Address | None:
        """Where a cell of the old file is now; ``None`` if it is nowhere."""
        if spot.key:
            return self._keys.get(spot.key)
        here = self.texts.get(spot.address, "")
        if spot.address in self.sheet.cells and here == spot.text:
            if _head(spot.address, self.texts) == spot.head:
                return spot.address
        alike = self._alike.get(spot.text, []) if spot.text else []
        nth, of = spot.nth
        return alike[nth] if len(alike) == of else None

    @cached_property
    def _keys(self) -> dict[tuple[str, ...], Address]:
        if self.title == wording.MASTER.zh:
            found: dict[tuple[str, ...], Address] = {}
            found |= {("line", line): where for where, line in self.master.lines.items()}
            found |= {what: where for where, what in self.master.places.items()}
            return found
        if self.title != wording.SESSIONS.zh:
            return {}
        return {
            (
                "session",
                self.texts.get((row, KEY), "") if row > 1 else "",
                str(column) if column <= KEY else self.texts.get((1, column), ""),
            ): (row, column)
            for row, column in self.sheet.cells
        }

    @cached_property
    def _alike(self) -> dict[str, list[Address]]:
        return _alike(self.texts)


def _value(value: object) -> Value:
    """A value as it can be written; what is none becomes text."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, str | int | float | dt.time) and not isinstance(value, bool):
        return value
    return shown(value)


def _head(where: Address, texts: Mapping[Address, str]) -> str:
    """The text that begins the row of a cell."""
    row, last = where
    return next((texts[row, c] for c in range(2, last + 1) if (row, c) in texts), "") or texts.get(
        (row, 1), ""
    )


def _alike(texts: Mapping[Address, str]) -> dict[str, list[Address]]:
    found: dict[str, list[Address]] = defaultdict(list)
    for where in sorted(texts):
        found[texts[where]].append(where)
    return found


def _at(name: str) -> Address:
    row, _, column = name.partition(":")
    return int(row), int(column)
