"""Reading a school's workbook: all of it, with every problem at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string
from pydantic import ValidationError

from instances import problem_texts as texts
from instances.check_texts import UNKNOWN_BAND, UNKNOWN_SEGMENT
from instances.json_input import flaws_of
from instances.messages import Lang
from instances.problems import Flaw, Place, Problem, Reading
from instances.rulebook import Rulebook
from instances.school import Instance, SchoolClass, Segment, Staff
from instances.text import fold, nearest
from instances.validate import validate
from instances.workbook.draft import Draft
from instances.workbook.grid import Grid, open_book
from instances.workbook.read_activities import read_activities
from instances.workbook.read_events import read_events
from instances.workbook.read_people import home_teachers, read_busy, read_leave, read_staff
from instances.workbook.read_school import read_classes, read_rooms
from instances.workbook.read_settings import read_pins, read_rules
from instances.workbook.read_term import Dates, read_calendar, read_segments, read_term
from instances.workbook.read_tournaments import read_tournaments
from instances.workbook.read_wishes import read_activity_wishes, read_wishes, wishes_spec
from instances.workbook.sheet import SheetSpec
from instances.workbook.spec import SHEET_BY_KEY, SHEETS, default_segments
from instances.workbook.table import (
    Row,
    Table,
    find_table,
    heading_row,
    pairs_row,
    plain_heading,
    warn_of_near_headings,
    warn_of_values_without_heading,
)

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")
_OF_SEGMENTS = (UNKNOWN_SEGMENT, UNKNOWN_BAND, texts.UNKNOWN_WISH_HEADING)
_OPEN = ("classes", "wishes", "rooms")
"""Sheets whose readers look at further headings themselves."""


def read_workbook(path: Path, rulebook: Rulebook | None = None) -> Reading:
    """A school from its workbook; with errors there is no instance, only the problems."""
    grids = open_book(path)
    if isinstance(grids, Problem):
        return Reading(None, (grids,))
    draft = Draft(rulebook=rulebook)
    sheets = _sheets(draft, grids)
    if not sheets:
        names = [sheet.title for sheet in SHEETS if sheet.required]
        problem = texts.NONE_OF_OUR_SHEETS.at(Place(path.name, None, path.name), sheets=names)
        return Reading(None, (problem,))
    draft.lang = _language(sheets)
    instance = _Reader(draft, sheets, path.name).read()
    order = {grid.title: n for n, grid in enumerate(grids)}
    found = draft.problems if "segments" in sheets else _of_no_segments(draft)
    problems = tuple(sorted(found, key=lambda problem: _position(problem, order)))
    bad = instance is None or any(problem.is_error for problem in problems)
    school = None if bad else instance
    return Reading(school, problems, draft.lang, draft.places, Place(path.name))


def _of_no_segments(draft: Draft) -> list[Problem]:
    """The problems of a book without segments: that others name several is one problem."""
    about = [problem for problem in draft.problems if problem.fault in _OF_SEGMENTS]
    if len(about) < 2:
        return draft.problems
    name = SHEET_BY_KEY["segments"].title
    place = Place(name.text(draft.lang))
    missing = texts.MISSING_SEGMENTS.at(place, name=place.sheet, count=len(about))
    return [missing, *(problem for problem in draft.problems if problem not in about)]


def _sheets(draft: Draft, grids: list[Grid]) -> dict[str, Grid]:
    """The sheets of the book by what they are; names in either language, or usual others."""
    found: dict[str, Grid] = {}
    exact: set[str] = set()
    rest = grids
    for titles in (2, None):
        left = []
        for grid in rest:
            name = plain_heading(grid.title)
            spec = next((s for s in SHEETS if name in map(fold, s.titles[:titles])), None)
            if spec is None:
                left.append(grid)
            elif spec.key not in found:
                found[spec.key] = grid
            else:
                fault = texts.SHEET_NOT_READ if spec.key in exact else texts.TWO_SHEETS
                place = Place(grid.title, None, grid.title)
                draft.report(fault, place, other=found[spec.key].title)
        exact, rest = set(found), left
    missing = [title for s in SHEETS if s.key not in found for title in s.titles[:2]]
    for grid in rest:
        near = nearest(plain_heading(grid.title), missing, 1, 0.6)
        if near:
            draft.report(texts.UNKNOWN_SHEET, Place(grid.title, None, grid.title), near=near)
    return found


def _language(sheets: Mapping[str, Grid]) -> Lang:
    """The language in which most of the sheet names and headings are."""
    words: list[str] = []
    for key, grid in sheets.items():
        words.append(grid.title)
        number = heading_row(grid, SHEET_BY_KEY[key])
        if number is not None:
            words += [str(value) for value in grid.values[number].values()]
    chinese = sum(bool(_CHINESE.search(word)) for word in words)
    latin = sum(bool(_LATIN.search(word)) and not _CHINESE.search(word) for word in words)
    return "en" if latin > chinese else "zh"


def _position(problem: Problem, order: Mapping[str, int]) -> tuple[int, int, int]:
    sheet = order.get(problem.sheet, -1)
    if problem.cell is None:
        return sheet, 0, 0
    letters, row = coordinate_from_string(problem.cell)
    return sheet, row, column_index_from_string(letters)


class _Reader:
    """Reads the sheets in the order in which they need one another."""

    def __init__(self, draft: Draft, sheets: Mapping[str, Grid], file: str) -> None:
        self.draft = draft
        self.sheets = sheets
        self.file = file

    def read(self) -> Instance | None:
        draft = self.draft
        self._missing_sheets()
        fields, dates = self._term()
        draft.segments = self._segments()
        classes = self._classes()
        staff = read_staff(draft, self._rows("staff"))
        classes = home_teachers(draft, classes, staff)
        school = Instance(
            school=fields.pop("school"),
            lang=draft.lang,
            fairness=fields.pop("fairness"),
            costs=fields.pop("costs"),
            term=dates.term(fields),
            segments=draft.segments,
            classes=classes,
        )
        activities = read_activities(draft, self._rows("activities"), school)
        events = read_events(draft, self._rows("events"))
        self._about_people()
        school = school.model_copy(
            update={
                "rooms": self.rooms,
                "activities": activities,
                "events": events,
                "tournaments": read_tournaments(
                    draft, self._rows("tournaments"), self._rows("results")
                ),
                "pins": read_pins(draft, self._rows("pins")),
                "rules": read_rules(draft, self._rows("rules")),
            }
        )
        return self._checked(school, tuple(person.staff(draft.places) for person, _, _ in staff))

    def _term(self) -> tuple[dict[str, object], Dates]:
        draft = self.draft
        grid = self.sheets.get("term", Grid(SHEET_BY_KEY["term"].title.text(draft.lang)))
        if "term" in self.sheets:
            row = pairs_row(draft, grid, SHEET_BY_KEY["term"])
        else:
            row = Row(draft, SHEET_BY_KEY["term"], {}, Place(grid.title))
        fields = read_term(draft, row)
        return fields, read_calendar(draft, self._rows("calendar"))

    def _segments(self) -> tuple[Segment, ...]:
        draft = self.draft
        segments = read_segments(draft, self._rows("segments"))
        if not segments and "segments" not in draft.unsure:
            segments = default_segments(draft.lang)
        for segment in segments:
            draft.segment_names.add(segment.name)
            draft.bands.add(segment.band_name)
        return tuple(
            segment.model_copy(update={"band": draft.bands.find(segment.band)})
            if segment.band
            else segment
            for segment in segments
        )

    def _classes(self) -> tuple[SchoolClass, ...]:
        draft = self.draft
        table = self._table("classes")
        classes = read_classes(draft, table) if table else ()
        table = self._table("rooms")
        self.rooms = read_rooms(draft, table) if table else ()
        for school_class in classes:
            draft.rooms.add(school_class.room)
        return tuple(
            school_class.model_copy(update={"home_room": draft.rooms.find(school_class.home_room)})
            if school_class.home_room
            else school_class
            for school_class in classes
        )

    def _about_people(self) -> None:
        draft = self.draft
        grid = self.sheets.get("wishes")
        if grid is not None:
            table = self._table("wishes", wishes_spec(grid))
            if table is not None:
                read_wishes(draft, table)
        elif draft.staff and all(p.fields["default"] is not None for p in draft.staff.values()):
            title = SHEET_BY_KEY["wishes"].title.text(draft.lang)
            draft.report(texts.NO_WISHES, Place(self.file), name=title)
        else:
            self._missing(SHEET_BY_KEY["wishes"])
        read_activity_wishes(draft, self._rows("activity_wishes"))
        read_busy(draft, self._rows("busy"))
        read_leave(self._rows("leave"))

    def _missing_sheets(self) -> None:
        for spec in SHEETS:
            if spec.required and spec.key not in self.sheets and spec.key != "wishes":
                self._missing(spec)

    def _missing(self, spec: SheetSpec) -> None:
        self.draft.unsure.add(spec.key)
        place = Place(spec.title.text(self.draft.lang))
        self.draft.report(texts.MISSING_SHEET, place, name=place.sheet, purpose=spec.purpose)

    def _rows(self, key: str) -> Iterable[Row]:
        table = self._table(key)
        return list(table.rows()) if table else ()

    def _table(self, key: str, spec: SheetSpec | None = None) -> Table | None:
        """The table of a sheet, if the book has one with anything in it."""
        draft, grid = self.draft, self.sheets.get(key)
        spec = spec or SHEET_BY_KEY[key]
        if grid is None or (not grid.values and not spec.required):
            return None
        table = find_table(draft, grid, spec)
        if table is None:
            draft.unsure.add(key)
            return None
        if key not in _OPEN:
            warn_of_near_headings(table, table.others)
        warn_of_values_without_heading(table)
        if spec.required and key != "wishes" and not any(True for _ in table.rows()):
            draft.unsure.add(key)
            first = min(table.columns.values())
            place = grid.cell(table.heading_row + 1, first, spread=False).place
            draft.report(texts.NO_ROWS, place)
        return table

    def _checked(self, school: Instance, staff: tuple[Staff, ...]) -> Instance | None:
        """The whole school, checked; an error where a cell has one already is not added."""
        draft = self.draft
        place = Place(self.file)
        try:
            data = {name: getattr(school, name) for name in Instance.model_fields}
            instance = Instance(**{**data, "staff": staff})
        except ValidationError as error:
            draft.problems += [flaw.located(draft.places, place) for flaw in flaws_of(error)]
            return None
        spoilt = {(p.sheet, p.cell) for p in draft.problems if p.is_error}
        for problem in _located(validate(instance, draft.rulebook, draft.unsure), draft, place):
            if (problem.sheet, problem.cell) not in spoilt:
                draft.problems.append(problem)
        return instance


def _located(flaws: Iterator[Flaw], draft: Draft, place: Place) -> Iterator[Problem]:
    return (flaw.located(draft.places, place) for flaw in flaws)
