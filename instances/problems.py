"""What is wrong with an input: where, what, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from instances.messages import Lang, Message, Template
from instances.school import Instance


class Severity(Enum):
    """An error keeps the input from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


NEAR = Template("是否应为{near}？", "Maybe {near}?")
EITHER = Template("{some}或{last}", "{some} or {last}")
QUOTED = Template("“{name}”", "“{name}”")


def _either(names: Any) -> Message:
    """Names of which one may be meant, each in quotation marks."""
    *some, last = [QUOTED(name=name) for name in ([names] if isinstance(names, str) else names)]
    return EITHER(some=some, last=last) if some else last


@dataclass(frozen=True)
class Fault:
    """One kind of problem: the sentence that says it and the one that says what to do.

    The remedy gives way to "Maybe …?" where a fact ``near`` offers names that are close. Dates
    are shown with their year, which is what most often is wrong with them.
    """

    message: Template
    remedy: Template
    severity: Severity = Severity.ERROR

    def at(self, place: Place, /, **facts: Any) -> Problem:
        dated = {
            name: fact.isoformat() if isinstance(fact, dt.date) else fact
            for name, fact in facts.items()
        }
        facts = {"value": place.value, "sheet": place.sheet, **dated}
        near = facts.get("near")
        remedy = NEAR(near=_either(near)) if near else self.remedy(**facts)
        return Problem(self.severity, place, remedy, self.message(**facts), self)


def error(zh: str, en: str, remedy_zh: str, remedy_en: str) -> Fault:
    """A fault that keeps the input from being used."""
    return Fault(Template(zh, en), Template(remedy_zh, remedy_en))


def warning(zh: str, en: str, remedy_zh: str, remedy_en: str) -> Fault:
    """A fault that only asks for attention."""
    return Fault(Template(zh, en), Template(remedy_zh, remedy_en), Severity.WARNING)


@dataclass(frozen=True)
class Place:
    """Where something stands: a sheet, a cell in it (A1), and what the cell shows.

    For a JSON file, or a file that cannot be read at all, ``sheet`` is the file's name; the
    ``cell`` is then a JSON path, or ``None``.
    """

    sheet: str
    cell: str | None = None
    value: str = ""


@dataclass(frozen=True)
class Problem:
    """A problem of the input at its place."""

    severity: Severity
    place: Place
    remedy: Message
    message: Message
    fault: Fault = field(repr=False)

    @property
    def sheet(self) -> str:
        return self.place.sheet

    @property
    def cell(self) -> str | None:
        return self.place.cell

    @property
    def value(self) -> str:
        return self.place.value

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def text(self, lang: Lang) -> str:
        """One line for a reader: place, sentence, remedy."""
        if lang == "zh":
            place = f"“{self.sheet}”{self.cell or ''}："
            return place + self.message.text(lang) + self.remedy.text(lang)
        place = f"{self.sheet} {self.cell}: " if self.cell else f"{self.sheet}: "
        return f"{place}{self.message.text(lang)} {self.remedy.text(lang)}"

    def to_json(self, lang: Lang) -> dict[str, str | None]:
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "message": self.message.text(lang),
            "remedy": self.remedy.text(lang),
        }


Path = tuple[str | int, ...]
"""The way to a value within an instance, as in JSON: ("staff", 3, "default")."""


@dataclass(frozen=True)
class At:
    """A fact that is a place: where something else of the same instance stands."""

    path: Path


@dataclass(frozen=True)
class Flaw:
    """Something wrong within an instance, wherever that was read from.

    ``value`` is what offends. ``seen`` names a place that only a workbook has, such as a blank
    cell of the wishes grid; it goes before ``path`` where the workbook knows it.
    """

    path: Path
    fault: Fault
    facts: Mapping[str, Any] = field(default_factory=dict)
    value: str | None = None
    seen: Path | None = None

    def located(self, places: Mapping[Path, Place], otherwise: Place) -> Problem:
        """The problem at the nearest known place that holds the path."""
        place = places.get(self.seen) if self.seen else None
        place = place or _nearest(places, self.path) or otherwise
        if self.value is not None:
            place = Place(place.sheet, place.cell, self.value)
        facts = {
            name: _named(_nearest(places, fact.path) or otherwise) if isinstance(fact, At) else fact
            for name, fact in self.facts.items()
        }
        return self.fault.at(place, **facts)


@dataclass(frozen=True)
class Reading:
    """What came of reading an input: the school, unless there are errors, and all problems.

    ``places`` says where the values of the school stand, ``file`` what stands for the rest.
    """

    instance: Instance | None
    problems: tuple[Problem, ...]
    lang: Lang = "zh"
    places: Mapping[Path, Place] = field(default_factory=dict, repr=False, compare=False)
    file: Place = field(default=Place(""), repr=False, compare=False)

    def locate(self, flaw: Flaw) -> Problem:
        """A flaw of this school at its place in the file."""
        return flaw.located(self.places, self.file)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_error)


def _nearest(places: Mapping[Path, Place], path: Path) -> Place | None:
    """The place of a path, or of what holds it."""
    for end in range(len(path), 0, -1):
        if path[:end] in places:
            return places[path[:end]]
    return None


def _named(place: Place) -> str:
    return f"{place.sheet} {place.cell}" if place.cell else place.sheet
