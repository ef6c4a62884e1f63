"""Reading a timetable workbook that somebody may have edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from instances import problem_texts as texts
from instances.messages import Lang
from instances.problems import Place, Problem
from instances.text import shown
from instances.timetable import Placement, Timetable
from scheduler.result import Published
from scheduler.workbook import dated_faults, faults, wording
from scheduler.workbook.dated_edits import DatedEdits, Pattern
from scheduler.workbook.edits import Edit, Findings, Lookup
from scheduler.workbook.event_edits import edited_events
from scheduler.workbook.grid_edits import GridReader, cell_at
from scheduler.workbook.payload import Broken, Payload, unpack
from scheduler.workbook.raw import RawBook, Unreadable, opened
from scheduler.workbook.session_edits import SessionReader
from scheduler.workbook.view import View


@dataclass(frozen=True)
class ReadBack:
    """What a timetable file holds.

    ``published`` is what was written, ``timetable`` the same with the edits; both ``None``
    where the file cannot be read, ``timetable`` also where an edit is in error. ``recorded`` is
    what was written with the edits of single dates alone: the grid says what is to come, not
    what took place. ``payload`` is what a workbook carries unseen.
    """

    published: Published | None
    timetable: Timetable | None
    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    lang: Lang = "zh"
    payload: Payload | None = None
    recorded: Timetable | None = None


def read_timetable(path: Path) -> ReadBack:
    """The published term in a timetable file, and what was edited since."""
    if path.suffix.lower() == ".json":
        return _read_json(path)
    try:
        with opened(path) as book:
            return _read_book(book, path)
    except Unreadable as error:
        return ReadBack(None, None, problems=(error.problem,))


def _read_json(path: Path) -> ReadBack:
    place = Place(path.name, None, str(path))
    try:
        published = Published.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ReadBack(None, None, problems=(texts.NO_FILE.at(place),))
    except (OSError, UnicodeDecodeError) as error:
        problem = faults.BAD_JSON.at(place, cause=type(error).__name__)
        return ReadBack(None, None, problems=(problem,))
    except ValidationError as error:
        first = error.errors()[0]
        cause = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        return ReadBack(None, None, problems=(faults.BAD_JSON.at(place, cause=cause),))
    timetable, lang = published.timetable, published.instance.lang
    return ReadBack(published, timetable, lang=lang, recorded=timetable)


def _read_book(book: RawBook, path: Path) -> ReadBack:
    place = Place(path.name, None, str(path))
    if wording.DATA not in book.titles:
        return ReadBack(None, None, problems=(faults.NO_DATA.at(place),))
    try:
        payload = unpack(row for _, row in book.rows(wording.DATA))
    except Broken as broken:
        fault = faults.NEWER if broken.newer else faults.DAMAGED
        return ReadBack(None, None, problems=(fault.at(place),))
    view = View(payload.published, payload.lang)
    found = Findings()
    lookup = Lookup(payload.published.instance, payload.lang)
    if _has(book, wording.MASTER.text(payload.lang), found, path):
        GridReader(book, payload, lookup, view).read(found)
    if _has(book, wording.SESSIONS.text(payload.lang), found, path):
        SessionReader(book, view, lookup).read(found)
    _copies(book, payload, found)
    timetable = _edited(view, found)
    fails = any(problem.is_error for problem in found.problems)
    return ReadBack(
        payload.published,
        None if fails else timetable,
        tuple(found.edits),
        tuple(found.problems),
        payload.lang,
        payload,
        None if fails else _recorded(view, found, timetable),
    )


def _has(book: RawBook, title: str, found: Findings, path: Path) -> bool:
    if title in book.titles:
        return True
    found.problems.append(faults.NO_SHEET.at(Place(path.name), name=title))
    return False


def _copies(book: RawBook, payload: Payload, found: Findings) -> None:
    """Edits on sheets that are copies; a copy deleted as a whole does no harm."""
    for title, cells in payload.copies.items():
        if title not in book.titles:
            continue
        now = book.cells(title)
        before = {cell_at(address): old for address, old in cells.items()}
        if _contents(before) == _contents(now):
            continue  # at most sorted
        for address, old in cells.items():
            value = shown(now.get(cell_at(address)))
            if value != old:
                problem = faults.COPY_EDITED.at(
                    Place(title, address, value),
                    old=" / ".join(old.splitlines()),
                    grid=wording.MASTER.text(payload.lang),
                    sessions=wording.SESSIONS.text(payload.lang),
                )
                found.problems.append(problem)


def _contents(cells: Mapping[tuple[int, int], object]) -> Counter[tuple[tuple[int, str], ...]]:
    """The rows of a sheet, wherever they stand."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), value in cells.items():
        if text := shown(value):
            rows.setdefault(row, []).append((column, text))
    return Counter(tuple(sorted(row)) for row in rows.values())


def _edited(view: View, found: Findings) -> Timetable:
    """The timetable with the edits; contradicting ones become problems."""
    timetable = view.timetable
    holders = dict(timetable.holders)
    lines: dict[str, Edit] = {}
    for edit in found.edits:
        if edit.what == "holder":
            lines[edit.key] = edit
            if edit.new:
                holders[edit.key] = edit.new
            else:
                holders.pop(edit.key, None)
    placements = _placements(view, found)
    changes = DatedEdits(view, found, Pattern(holders, placements), lines).apply()
    events = edited_events(view, found)
    new = {"holders": holders, "placements": placements, "changes": changes, "events": events}
    return Timetable(**{**dict(timetable), **new})


def _recorded(view: View, found: Findings, edited: Timetable) -> Timetable:
    """The timetable with the edits of single dates alone."""
    dated = [edit for edit in found.edits if not edit.in_grid]
    if len(dated) == len(found.edits):
        return edited
    timetable = view.timetable
    pattern = Pattern(timetable.holders, timetable.placements)
    changes = DatedEdits(view, Findings(dated, cells=found.cells), pattern, {}).apply()
    return timetable.model_copy(update={"changes": changes, "events": edited.events})


def _placements(view: View, found: Findings) -> dict[str, Placement]:
    """When and where clubs meet after the edits of the grid."""
    placements = dict(view.timetable.placements)
    rooms: dict[str, str | None] = {name: one.room for name, one in placements.items()}
    rooms |= {e.key: e.new or None for e in found.edits if e.what == "club_room"}
    places = {name: one.places for name, one in placements.items()}
    places |= {edit.key: edit.places for edit in found.edits if edit.what == "when"}
    for edit in found.edits:
        if edit.what == "club_room" and edit.new and not places.get(edit.key):
            found.problems.append(dated_faults.ROOM_NO_TIME.at(edit.place, activity=edit.key))
    return {
        name: Placement(places=where, room=rooms.get(name))
        for name, where in places.items()
        if where
    }
