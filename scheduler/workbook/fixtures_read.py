"""Reading a file of fixtures: places as they are now, and the scores typed into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from instances import problem_texts as texts
from instances.check_texts import UNKNOWN_STAFF
from instances.messages import LANGS
from instances.names import People
from instances.problems import Fault, Place, Problem
from instances.school import Instance
from instances.text import Misread, fold, read_integer, shown
from instances.when import read_date, read_time
from scheduler.tournaments.book import Entry, FixtureFile
from scheduler.tournaments.plan import Appointment
from scheduler.workbook import fixture_faults as faults
from scheduler.workbook.fixtures import HEADS, NAME, NOT_PLACED, OPEN_REFEREE
from scheduler.workbook.raw import RawBook, Row, Unreadable, opened
from scheduler.workbook.sheet import coordinate

T = TypeVar("T")
LAST_HEAD_ROW = 12
MOST = 999


@dataclass
class Back:
    """What a file of fixtures holds, the place of each fixture's row, and what is wrong."""

    entries: dict[str, Entry] = field(default_factory=dict)
    rows: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_fixtures(path: Path, instance: Instance) -> Back:
    """The fixtures in a workbook or JSON file that the command tournament wrote."""
    if path.suffix.lower() == ".json":
        return _read_json(path)
    try:
        with opened(path) as book:
            return _Reader(instance).read(book, path)
    except Unreadable as error:
        return Back(problems=[error.problem])


def _read_json(path: Path) -> Back:
    place = Place(path.name, None, str(path))
    try:
        file = FixtureFile.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Back(problems=[texts.NO_FILE.at(place)])
    except (OSError, UnicodeDecodeError) as error:
        return Back(problems=[faults.BAD_JSON.at(place, cause=type(error).__name__)])
    except ValidationError as error:
        first = error.errors()[0]
        cause = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        return Back(problems=[faults.BAD_JSON.at(place, cause=cause)])
    entries = {entry.key: entry for entry in file.entries}
    return Back(entries, {key: Place(path.name, key, key) for key in entries})


class _Reader:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.people = People.of(instance.staff)
        self.back = Back()
        self.title = ""

    def read(self, book: RawBook, path: Path) -> Back:
        titles = [NAME.text(lang) for lang in LANGS]
        self.title = next((title for title in titles if title in book.titles), "")
        columns: dict[str, int] = {}
        head = 0
        rows = list(book.rows(self.title)) if self.title else []
        for number, row in rows[:LAST_HEAD_ROW]:
            columns = _columns(row)
            if "key" in columns:
                head = number
                break
        if not head or not {"date", "home_score", "away_score"} <= set(columns):
            place = Place(path.name, None, path.name)
            fault = faults.NO_SHEET.at(place, name=NAME, key=HEADS["key"][0])
            return Back(problems=[fault])
        for number, row in rows:
            if number > head:
                self._row(number, row, columns)
        return self.back

    def _row(self, number: int, row: Row, columns: dict[str, int]) -> None:
        cells = _Cells(self, number, row, columns)
        key = shown(cells.value("key"))
        if not key:
            return
        if key in self.back.rows:
            place = cells.place("key")
            self.back.problems.append(faults.KEY_TWICE.at(place, other=self.back.rows[key].cell))
            return
        self.back.rows[key] = cells.place("key")
        home, away = cells.score("home_score"), cells.score("away_score")
        if (home is None) is not (away is None) and not cells.bad:
            missing = "home_score" if home is None else "away_score"
            cells.report(missing, faults.ONE_SCORE)
        self.back.entries[key] = Entry(
            key=key,
            place=self._place(key, cells),
            home_score=home if away is not None else None,
            away_score=away if home is not None else None,
        )

    def _place(self, key: str, cells: _Cells) -> Appointment | None:
        unplaced = {NOT_PLACED.text(lang) for lang in LANGS}
        if shown(cells.value("date")) in ("", *unplaced):
            return None
        date = cells.read("date", self._date)
        start, end = cells.read("start", read_time), cells.read("end", read_time)
        room, segment = shown(cells.value("room")), shown(cells.value("segment"))
        court = cells.read("court", read_integer) or 1
        if date is None or start is None or end is None or not room or not segment:
            blank = not any((start, end, room, segment))
            if not cells.bad and not blank:
                cells.report("date", faults.PLACE_INCOMPLETE)
            return None
        return Appointment(
            key=key,
            date=date,
            segment=segment,
            start=start,
            end=end,
            room=room,
            court=court,
            referees=tuple(self._people(cells)),
        )

    def _date(self, value: object) -> dt.date:
        return read_date(value, (self.instance.term.start, self.instance.term.end))

    def _people(self, cells: _Cells) -> Iterator[str]:
        """Whoever is named; the words for an open post are nobody."""
        nobody = {OPEN_REFEREE.text(lang) for lang in LANGS}
        for name in self.people.listed(shown(cells.value("referees"))):
            if name in nobody:
                continue
            if name not in self.instance.staff_by_key:
                cells.report("referees", UNKNOWN_STAFF, name=name, near=self.people.near(name))
            yield name


@dataclass
class _Cells:
    """The cells of one row; what cannot be read is reported once."""

    reader: _Reader
    number: int
    row: Row
    columns: dict[str, int]
    bad: set[str] = field(default_factory=set)

    def value(self, key: str) -> object:
        column = self.columns.get(key)
        return self.row[column] if column is not None and column < len(self.row) else None

    def place(self, key: str) -> Place:
        cell = coordinate(self.number, self.columns.get(key, 0) + 1)
        return Place(self.reader.title, cell, shown(self.value(key)))

    def report(self, key: str, fault: Fault, **facts: object) -> None:
        self.bad.add(key)
        self.reader.back.problems.append(fault.at(self.place(key), **facts))

    def read(self, key: str, reader: Callable[[object], T]) -> T | None:
        value = self.value(key)
        if value is None or shown(value) == "":
            return None
        try:
            return reader(value)
        except Misread as misread:
            self.report(key, misread.fault, **misread.facts)
            return None

    def score(self, key: str) -> int | None:
        score = self.read(key, read_integer)
        if score is not None and not 0 <= score <= MOST:
            self.report(key, faults.SCORE_RANGE)
            return None
        return score


def _columns(row: Row) -> dict[str, int]:
    """Where each heading is, in either language."""
    known = {fold(label.text(lang)): key for key, (label, _) in HEADS.items() for lang in LANGS}
    found: dict[str, int] = {}
    for n, value in enumerate(row):
        key = known.get(fold(shown(value)))
        if key is not None:
            found.setdefault(key, n)
    return found
