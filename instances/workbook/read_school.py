"""Reading the sheets of classes and rooms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from instances import check_texts as texts
from instances.problems import Path
from instances.school import Closure, Participation, Room, SchoolClass
from instances.text import Misread, flat, read_share, tidy
from instances.when import weekday_and_rest
from instances.words import Weekday
from instances.workbook.compact import read_closures
from instances.workbook.draft import Draft
from instances.workbook.spec_school import CLASSES
from instances.workbook.table import Heading, Row, Table, warn_of_near_headings

_PARTICIPATION = CLASSES.column("participation")
_NOTES = {"选填", "可不填", "必填", "百分比", "optional", "percent"}

_ANY_CAPACITY = 5000
"""Stands in for a capacity that could not be read."""

Where = tuple[Weekday | None, str | None]


def read_classes(draft: Draft, table: Table) -> tuple[SchoolClass, ...]:
    """The classes; home teachers as they were typed, for staff are read later."""
    columns = _participation_columns(draft, table)
    classes: list[SchoolClass] = []
    for row in table.rows():
        name, grade, size = row.text("name"), row.grade("grade"), row.integer("size")
        teacher, home_room = row.text("home_teacher"), row.text("home_room")
        shares = _shares(draft, table, row, columns, len(classes))
        if not name:
            draft.unsure.add("classes")
            continue
        draft.classes.add(name)
        row.note(("classes", len(classes)), "name", "size", "home_teacher", "home_room", "grade")
        classes.append(
            SchoolClass(
                name=name,
                grade=grade or 1,
                size=size or 0,
                home_room=home_room,
                home_teacher=teacher or None,
                participation=shares,
            )
        )
        if grade is None or (size is None):
            draft.unsure.add("grades")
    return tuple(classes)


def _participation_columns(draft: Draft, table: Table) -> list[tuple[Heading, Where]]:
    """The columns that give the participation of a weekday, a segment or both."""
    found, strange = [], []
    for heading in table.others:
        rest = _after_title(heading.text)
        if rest is None:
            strange.append(heading)
            continue
        name, where = "", None
        for reading in _readings(rest):
            split = weekday_and_rest(reading)
            weekday, name = split if split else (None, reading)
            segment = draft.segment_names.find(name) if name else None
            if not name or segment is not None:
                where = weekday, segment
                break
        if where is not None:
            found.append((heading, where))
        elif "segments" not in draft.unsure:
            draft.report(
                texts.PARTICIPATION_HEADING,
                heading.cell.place,
                name=name,
                options=list(draft.segment_names),
                near=draft.segment_names.near(name),
            )
    warn_of_near_headings(table, strange)
    return found


def _after_title(heading: str) -> str | None:
    """What follows 参加率 in a heading, or ``None`` if it does not begin so."""
    plain = flat(heading).strip(" *")
    for title in sorted(_PARTICIPATION.headings, key=len, reverse=True):
        if plain.casefold().startswith(title.casefold()):
            return plain[len(title) :]
    return None


def _readings(rest: str) -> Iterator[str]:
    """What a heading may say after its title: brackets may be of a segment's name, or set off.

    The last reading is without any.
    """
    enclosed = re.fullmatch(r"\s*\((.*)\)\s*", rest)
    for reading in (rest, enclosed[1] if enclosed else rest, re.sub(r"[()]", " ", rest)):
        plain = tidy(reading.strip(" -_:%*"))
        yield "" if plain in _NOTES else plain


def _shares(
    draft: Draft, table: Table, row: Row, columns: list[tuple[Heading, Where]], index: int
) -> tuple[Participation, ...]:
    shares: list[Participation] = []
    general = row.share("participation")
    if general is not None:
        row.draft.places["classes", index, "participation", 0] = row.place("participation")
        shares.append(Participation(share=general))
    for heading, (weekday, segment) in columns:
        cell = table.cell(row, heading)
        if cell.blank:
            continue
        try:
            share = read_share(cell.usable())
        except Misread as misread:
            draft.misread(cell, misread)
            continue
        draft.places["classes", index, "participation", len(shares)] = cell.place
        shares.append(Participation(share=share, weekday=weekday, segment=segment))
    return tuple(shares)


def read_rooms(draft: Draft, table: Table) -> tuple[Room, ...]:
    warn_of_near_headings(table, table.others)
    rooms: list[Room] = []
    for row in table.rows():
        name, building = row.text("name"), row.text("building")
        features, capacity = row.texts("features"), row.integer("capacity")
        groups, closures = row.integer("groups"), _closures(row)
        if not name:
            draft.unsure.add("rooms")
            continue
        draft.rooms.add(name)
        path: Path = ("rooms", len(rooms))
        row.note(path, "name", "capacity", "features", "closures")
        if capacity is None:
            draft.unsure.add("capacities")
        rooms.append(
            Room(
                name=name,
                building=building,
                features=tuple(draft.features.add(feature) for feature in features),
                capacity=capacity or _ANY_CAPACITY,
                groups=groups or 1,
                closures=closures,
            )
        )
    return tuple(rooms)


def _closures(row: Row) -> tuple[Closure, ...]:
    return row.read("closures", partial(read_closures, near=row.draft.term)) or ()
