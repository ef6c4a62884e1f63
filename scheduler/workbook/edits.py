"""Edits found in a timetable workbook, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from instances.messages import Lang
from instances.names import Names, People
from instances.problems import Place, Problem
from instances.school import Instance
from instances.text import Misread, read_text, shown, split_list
from instances.timetable import Place as WeeklyPlace
from instances.timetable import When
from scheduler.workbook import dated_faults, faults


@dataclass(frozen=True)
class Edit:
    """One cell that somebody changed.

    ``key`` is the line of posts (``holder``), the activity (``when``, ``club_room``) or the
    session key (the others; ``event``: who has a post of an event); ``old`` and ``new`` are
    what stood there, empty for an open post. ``when`` is where a session was ``moved`` to,
    ``names`` are the ``classes`` of a cell, ``places`` the weekly places of a club.
    """

    sheet: str
    cell: str
    what: Literal[
        "holder", "staff", "room", "status", "moved", "classes", "when", "club_room", "event"
    ]
    key: str
    old: str
    new: str
    when: When | None = None
    names: tuple[str, ...] = ()
    places: tuple[WeeklyPlace, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.sheet, self.cell, self.new)

    @property
    def in_grid(self) -> bool:
        """Whether it is of the pattern, not of one date."""
        return self.what in ("holder", "when", "club_room")


@dataclass
class Findings:
    """Edits and problems while a file is being read.

    ``cells`` says for each session where its key stands; ``gone`` what is wrong if a row that
    is missing should be there.
    """

    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    gone: dict[str, Problem] = field(default_factory=dict)


class Lookup:
    """Who and what the cells may name."""

    def __init__(self, instance: Instance, lang: Lang) -> None:
        self.lang = lang
        self.people = People.of(instance.staff)
        self.rooms = Names(instance.room_by_name)
        self.class_names = Names(instance.class_by_name)

    def staff(self, value: object, sheet: str, cell: str) -> str | Problem | None:
        """The key of the person a cell names, ``None`` where it is empty, or what is wrong."""
        if value is None or shown(value) == "":
            return None
        place = Place(sheet, cell, shown(value))
        try:
            text = read_text(value)
        except Misread as misread:
            return misread.fault.at(place, **misread.facts)
        found = self.people.find(text)
        if found.key is not None:
            return found.key
        if found.candidates:
            return faults.WHICH_STAFF.at(place, names=found.candidates)
        if sum(self.people.find(name).key is not None for name in split_list(text)) > 1:
            return faults.SEVERAL_STAFF.at(place)
        return faults.NO_STAFF.at(place, near=self.people.near(text))

    def room(self, value: object, sheet: str, cell: str) -> str | Problem:
        """The room a cell names, or what is wrong."""
        place = Place(sheet, cell, shown(value))
        try:
            text = read_text(value)
        except Misread as misread:
            return misread.fault.at(place, **misread.facts)
        name = self.rooms.find(text)
        return name if name is not None else faults.NO_ROOM.at(place, near=self.rooms.near(text))

    def classes(self, value: object, sheet: str, cell: str) -> tuple[str, ...] | Problem:
        """The classes a cell names, or what is wrong."""
        names = self.class_names.listed(shown(value))
        for name in names:
            if name not in self.class_names:
                near = self.class_names.near(name)
                return dated_faults.NO_CLASS.at(Place(sheet, cell, name), near=near)
        return tuple(str(self.class_names.find(name)) for name in names)
