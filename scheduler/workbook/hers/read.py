"""Reading what is hers from a timetable workbook that she has worked in."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from xml.etree import ElementTree

from instances.workbook.foreign import CHARTS, DROP_DOWNS, Loss, losses, sheet_parts
from scheduler.workbook import wording
from scheduler.workbook.grid_edits import cell_at
from scheduler.workbook.hers.package import her_notes, tinted_cells, width, without_sheets
from scheduler.workbook.hers.paint import her_tints
from scheduler.workbook.hers.spots import Column, OldCells, Spot, chinese_title
from scheduler.workbook.payload import Payload
from scheduler.workbook.raw import opened
from scheduler.workbook.sheet import Note, Tint

Kind = TypeVar("Kind", Tint, Note)
OF_OURS = frozenset({CHARTS.what, DROP_DOWNS.what})
"""What our own sheets have, too, and are given anew."""


@dataclass(frozen=True)
class Mark(Generic[Kind]):
    """A colour or a note, the cell that has it, and where it stood in her file."""

    sheet: str
    address: str
    spot: Spot
    what: Kind


@dataclass(frozen=True)
class Hers:
    """What she has added to a timetable workbook.

    ``titles`` are her own sheets, which ``book`` still has; ``columns`` those that she added
    to Sessions; ``lost`` is what no copy keeps.
    """

    titles: tuple[str, ...] = ()
    book: bytes = b""
    colours: tuple[Mark[Tint], ...] = ()
    notes: tuple[Mark[Note], ...] = ()
    columns: tuple[Column, ...] = ()
    lost: tuple[Loss, ...] = ()


NOTHING = Hers()


def read_hers(path: Path, payload: Payload | None) -> Hers:
    """Everything of hers in the workbook at ``path``; nothing in other files."""
    if payload is None:
        return NOTHING
    try:
        with zipfile.ZipFile(path) as package:
            return _read(path, package, payload)
    except (OSError, zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError):
        return NOTHING  # what can be read of it was read before


def _read(path: Path, package: zipfile.ZipFile, payload: Payload) -> Hers:
    parts = sheet_parts(package)
    ours = {title: parts[title] for title in _ours(payload) if title in parts}
    tints = her_tints(package)
    dyed: dict[str, list[tuple[str, Tint]]] = defaultdict(list)
    noted: dict[str, list[tuple[str, Note]]] = defaultdict(list)
    for title, part in ours.items():
        dyed[title] += tinted_cells(package, part, tints)
        noted[title] += her_notes(package, part)
    marked = [title for title in ours if dyed[title] or noted[title]]
    sessions = wording.SESSIONS.text(payload.lang)
    wider = sessions in ours and width(package, ours[sessions]) > len(wording.SESSION_COLUMNS)
    cells = _cells(path, {*marked, *([sessions] if wider else [])}, payload)
    own = tuple(title for title in parts if title not in {*ours, wording.DATA})
    gone = {parts[title] for title in (*ours, wording.DATA) if title in parts}
    return Hers(
        titles=own,
        book=without_sheets(package, gone) if own else b"",
        colours=tuple(_mark(cells, title, *one) for title in marked for one in dyed[title]),
        notes=tuple(_mark(cells, title, *one) for title in marked for one in noted[title]),
        columns=tuple(cells[sessions].added_columns()) if wider else (),
        lost=tuple(_lost(path, set(ours))),
    )


def _ours(payload: Payload) -> tuple[str, ...]:
    """The sheets that were written with the timetable; one of hers may have such a name, too."""
    always = [label.text(payload.lang) for label in (wording.MASTER, wording.SESSIONS)]
    if wording.CHANGES.text(payload.lang) in payload.copies:
        always.append(wording.NOTICES.text(payload.lang))
    return (*payload.copies, *always)


def _cells(path: Path, titles: Collection[str], payload: Payload) -> dict[str, OldCells]:
    if not titles:
        return {}
    with opened(path) as book:
        return {
            title: OldCells(chinese_title(title, payload.lang) or title, book.cells(title), payload)
            for title in titles
        }


def _mark(cells: dict[str, OldCells], title: str, address: str, what: Kind) -> Mark[Kind]:
    return Mark(title, address, cells[title].spot(cell_at(address)), what)


def _lost(path: Path, ours: set[str]) -> list[Loss]:
    """What copies lack; on our own sheets only what we do not write anew."""
    found = []
    for loss in losses(path):
        if not loss.sheets:
            found.append(loss)
            continue
        sheets = tuple(
            title
            for title in loss.sheets
            if title != wording.DATA and not (title in ours and loss.what in OF_OURS)
        )
        if sheets:
            found.append(Loss(loss.what, sheets))
    return found
