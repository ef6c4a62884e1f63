"""Reading wishes: the grid, the long list of a survey, and wishes for activities."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from instances import check_texts as texts
from instances import problem_texts
from instances.messages import Label
from instances.problems import Place
from instances.text import Misread, flat, nearest, read_word, shown
from instances.when import read_time, weekday_and_rest
from instances.words import Level, Weekday
from instances.workbook.draft import Draft, StaffDraft
from instances.workbook.grid import Cell, Grid
from instances.workbook.read_people import person_of
from instances.workbook.sheet import SheetSpec
from instances.workbook.spec import WISHES_LIST
from instances.workbook.spec_wishes import WISHES
from instances.workbook.table import Heading, Row, Table, column_of, heading_row

_EXAMPLE = Label("周一 第一段", "Mon Segment 1")
_CLOCKS = re.compile(r"(.+?)\s*(?:-|~|–|—|至|到)+\s*(.+)")


@dataclass(frozen=True)
class Slot:
    """A column of the grid about a weekday and band."""

    weekday: Weekday
    band: str


def wishes_spec(grid: Grid) -> SheetSpec:
    """Whether a sheet of wishes is a grid or a long list."""
    number = heading_row(grid, WISHES_LIST)
    if number is None:
        return WISHES
    found = {
        column.key
        for value in grid.values[number].values()
        if (column := column_of(WISHES_LIST, shown(value))) is not None
    }
    needed = {column.key for column in WISHES_LIST.required_columns}
    return WISHES_LIST if needed <= found else WISHES


class Bands:
    """The clock bands of the school, by name, by segment and by clock times."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._of_segment = {segment.name: segment.band_name for segment in draft.segments}
        hulls: dict[tuple[Weekday, str], list[tuple[dt.time, dt.time]]] = defaultdict(list)
        for segment in draft.segments:
            for timing in segment.timings:
                for weekday in timing.weekdays:
                    hulls[weekday, segment.band_name].append((timing.start, timing.end))
        self.hulls = {
            where: (min(start for start, _ in clocks), max(end for _, end in clocks))
            for where, clocks in hulls.items()
        }

    def find(self, text: str, weekday: Weekday | None = None) -> str | None:
        """The band meant by its name, a segment's name or its clock times on a weekday."""
        plain = re.sub(r"^\((.*)\)$", r"\1", flat(text).strip())
        for candidate in (text, plain):
            if band := self.draft.bands.find(candidate):
                return band
            if segment := self.draft.segment_names.find(candidate):
                return self._of_segment.get(segment)
        return self._by_clock(plain, weekday)

    def _by_clock(self, text: str, weekday: Weekday | None) -> str | None:
        match = _CLOCKS.fullmatch(text)
        if match is None:
            return None
        try:
            clocks = (read_time(match[1]), read_time(match[2]))
        except Misread:
            return None
        found = {
            band
            for (day, band), hull in self.hulls.items()
            if hull == clocks and weekday in (None, day)
        }
        return found.pop() if len(found) == 1 else None

    def near(self, text: str) -> list[str]:
        return nearest(text, [*self.draft.bands, *self.draft.segment_names], 1)


def read_wishes(draft: Draft, table: Table) -> None:
    """The grid or the long list, entered with the people."""
    bands = Bands(draft)
    if table.spec is WISHES_LIST:
        _read_list(draft, table, bands)
        return
    columns = [(heading, _target(draft, table, heading, bands)) for heading in table.others]
    seen: dict[str, Place] = {}
    for row in table.rows():
        person = person_of(row, number="number")
        known = len(draft.problems)
        for heading, target in columns:
            cell = table.cell(row, heading)
            if target is None:
                continue
            if person is not None and isinstance(target, Slot):
                where = ("wish", person.key, int(target.weekday), target.band)
                draft.places.setdefault(where, cell.place)
            if cell.blank:
                continue
            level = _level(draft, cell)
            if person is not None:
                _enter(draft, person, target, level, cell.place)
        if person is not None:
            first = seen.setdefault(person.key, row.home)
            if first != row.home and len(draft.problems) == known:  # else that is said
                facts = {"name": person.key, "other": f"{first.sheet} {first.cell}"}
                draft.report(texts.WISHES_TWICE, row.home, **facts)


def _level(draft: Draft, cell: Cell) -> Level | None:
    try:
        return read_word(cell.usable(), Level)
    except Misread as misread:
        draft.misread(cell, misread)
        return None


def _enter(
    draft: Draft, person: StaffDraft, target: Slot | str, level: Level | None, place: Place
) -> None:
    """A wish of a person, unless it contradicts one that they have given elsewhere.

    A level that could not be read counts as any: it has been reported.
    """
    level_or_any = level or Level.WILLING
    if isinstance(target, Slot):
        first = person.wishes.setdefault((target.weekday, target.band), (level_or_any, place))
    else:
        first = person.activity_wishes.setdefault(target, (level_or_any, place))
    if level is not None and first[0] is not level and first[1] != place:
        draft.report(
            texts.WISH_CONTRADICTS,
            place,
            name=person.key,
            first=first[0],
            other=f"{first[1].sheet} {first[1].cell}",
        )


def _target(draft: Draft, table: Table, heading: Heading, bands: Bands) -> Slot | str | None:
    """What a column of the grid is about: a slot, an activity, or nothing that is read."""
    text = heading.text
    activity = draft.wishable.find(text)
    if activity is not None:
        return activity
    split = weekday_and_rest(re.sub(r"^\s*\d+\s*[、.．]\s*", "", text.strip(" *")))
    if split is not None:
        weekday, rest = split
        band = bands.find(rest, weekday)
        if band is not None and (weekday, band) in bands.hulls:
            return Slot(weekday, band)
        if all(table.cell(row, heading).blank for row in table.rows()):
            return None  # nothing is lost
        if band is not None and "segments" not in draft.unsure:
            draft.report(texts.BAND_NOT_ON, heading.cell.place, name=band, weekday=weekday)
            return None
    if {"segments", "activities", "events"} & draft.unsure:
        return None
    if split is not None or _holds_levels(table, heading):
        near = (
            [f"{split[0].text(draft.lang)} {name}" for name in bands.near(split[1])]
            if split
            else draft.wishable.near(text)
        )
        draft.report(
            problem_texts.UNKNOWN_WISH_HEADING,
            heading.cell.place,
            example=_EXAMPLE,
            options=list(draft.bands),
            near=near,
        )
    return None


def _holds_levels(table: Table, heading: Heading) -> bool:
    """Whether a column of unknown heading holds wishes, which must not be lost unnoticed."""
    for row in table.rows():
        cell = table.cell(row, heading)
        if isinstance(cell.value, str):
            try:
                read_word(cell.value, Level)
            except Misread:
                continue
            return True
    return False


def _read_list(draft: Draft, table: Table, bands: Bands) -> None:
    for row in table.rows():
        person = person_of(row, number="number")
        weekdays = row.weekdays("weekday")
        level = row.word("level", Level)
        names = _band_names(draft, row, bands, weekdays)
        if person is None or (level is None and "level" not in row.bad):
            continue
        place = row.place("level")
        for weekday in weekdays:
            for band in names:
                if (weekday, band) in bands.hulls:
                    _enter(draft, person, Slot(weekday, band), level, place)
                elif "segments" not in draft.unsure:
                    row.report("band", texts.BAND_NOT_ON, name=band, weekday=weekday)


def _band_names(draft: Draft, row: Row, bands: Bands, weekdays: Iterable[Weekday]) -> list[str]:
    """The bands of a row of the long list."""
    day = next(iter(weekdays), None)
    found: list[str] = []
    text = row.text("band")
    items = [text] if text and bands.find(text, day) else draft.bands.listed(text)
    for item in items:
        band = bands.find(item, day)
        if band is not None:
            found.append(band)
        elif "segments" not in draft.unsure:
            row.report(
                "band",
                texts.UNKNOWN_BAND,
                name=item,
                options=list(draft.bands),
                near=bands.near(item),
            )
    return found


def read_activity_wishes(draft: Draft, rows: Iterable[Row]) -> None:
    """The list of wishes for activities, entered with the people."""
    for row in rows:
        person = person_of(row, number="number")
        activity = row.reference("activity", draft.wishable)
        level = row.word("level", Level)
        if activity and activity not in draft.wishable:
            if not {"activities", "events"} & draft.unsure:
                near = draft.wishable.near(activity)
                row.report("activity", texts.UNKNOWN_ACTIVITY, name=activity, near=near)
        elif activity and person is not None and (level is not None or "level" in row.bad):
            _enter(draft, person, activity, level, row.place("level"))
