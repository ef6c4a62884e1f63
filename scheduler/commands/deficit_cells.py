"""Where in the workbook a deficit comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from instances.messages import Lang, Template
from instances.problems import Path, Place
from instances.school import Instance
from scheduler.deficit import Deficit

FEW = 6
AT = Template("{what}  ［{where}］", "{what}  [{where}]")


def cells_of(deficit: Deficit, school: Instance, places: Mapping[Path, Place]) -> list[Place]:
    """The cells of the pins that a deficit is about, or else of its activities and rooms."""
    paths: list[Path] = [("pins", n) for n in deficit.where.get("pins", ())]
    if not paths:
        named = set(deficit.where.get("activities", ()))
        rooms = set(deficit.where.get("rooms", ()))
        paths += [
            ("activities", n, "name")
            for n, one in enumerate(school.activities)
            if one.name in named
        ]
        paths += [("rooms", n) for n, room in enumerate(school.rooms) if room.name in rooms]
    return [places[path] for path in paths if path in places]


def at_cells(what: str, where: Sequence[Place], lang: Lang) -> str:
    """A sentence with the first few of its cells."""
    cells = [f"{place.sheet} {place.cell}" for place in where if place.cell]
    if not cells:
        return what
    more = ["…"] if len(cells) > FEW else []
    return AT(what=what, where=[*cells[:FEW], *more]).text(lang)
