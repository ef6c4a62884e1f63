"""Writing a published term: as a workbook, as a copy to send round, or as JSON."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Label, Lang
from scheduler.result import Published
from scheduler.workbook import wording
from scheduler.workbook.canvas import OPTION_COLUMN, ROOM_COLUMN, STAFF_COLUMN, Master
from scheduler.workbook.changes_sheet import changes_sheet
from scheduler.workbook.class_sheets import class_sheets
from scheduler.workbook.club_places import options_text
from scheduler.workbook.club_sheets import club_sheets
from scheduler.workbook.emit import save, written_aside
from scheduler.workbook.events_sheet import events_sheet, run_sheets
from scheduler.workbook.exceptions import exceptions_sheet
from scheduler.workbook.explanation import explanation_sheet
from scheduler.workbook.falls_out import falls_out
from scheduler.workbook.hers.adopt import Adopted, adopt
from scheduler.workbook.hers.read import NOTHING, Hers
from scheduler.workbook.load import load_sheet
from scheduler.workbook.master import master_grid
from scheduler.workbook.notices import notices_sheet
from scheduler.workbook.open_sheet import open_sheet
from scheduler.workbook.overview import add_lines, overview_sheet
from scheduler.workbook.payload import Payload, cells_of, payload_sheet
from scheduler.workbook.room_sheets import room_sheets
from scheduler.workbook.sessions import sessions_sheet
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.staff_sheets import staff_sheets
from scheduler.workbook.view import View

HERS = Label("您自己加的内容", "What you added yourself")


def write_timetable(published: Published, path: Path, lang: Lang, hers: Hers = NOTHING) -> Adopted:
    """The timetable workbook in a language; with a ``.json`` path, everything as JSON.

    ``hers`` is what somebody added to the timetable before: it is carried over where it can be.

    Raises
    ------
    OutputError
        If the file cannot be written; whatever stood there before is still whole.
    """
    if path.suffix.lower() == ".json":
        with written_aside(path) as aside:
            aside.write_text(published.model_dump_json(indent=1), encoding="utf-8")
        return Adopted()
    view = View(published, lang)
    master = master_grid(view)
    sheets = _sheets(view, master)
    adopted, more = adopt(hers, sheets, master, lang)
    if said := [line.strip() for line in adopted.lines(lang)]:
        add_lines(sheets[0], HERS, said, lang)
    sheets.append(_hidden(view, master, sheets))
    save(sheets, path, lang, title=view.instance.school, more=more)
    return adopted


def write_share(published: Published, path: Path, lang: Lang) -> None:
    """The copy to send round: the timetable alone, with nothing that is private in it.

    Raises
    ------
    OutputError
        If the file cannot be written; whatever stood there before is still whole.
    """
    view = View(published, lang, share=True)
    save(_sheets(view, master_grid(view)), path, lang, title=view.instance.school)


def _sheets(view: View, master: Master) -> list[Sheet]:
    people = [] if view.share else [load_sheet(view)]
    return [
        overview_sheet(view),
        *_explained(view),
        *_news(view),
        master.sheet,
        class_sheets(view),
        staff_sheets(view),
        room_sheets(view),
        club_sheets(view),
        *_events(view),
        exceptions_sheet(view),
        open_sheet(view),
        *people,
        sessions_sheet(view),
    ]


def _explained(view: View) -> list[Sheet]:
    """Why there are gaps: it speaks of consent and caps, so that it is not sent round."""
    wanted = view.published.explanation and not view.share
    return [explanation_sheet(view)] if wanted else []


def _events(view: View) -> list[Sheet]:
    """The calendar of events, what each needs, and what they push out."""
    if not view.timetable.events and not view.result.events:
        return []
    return [events_sheet(view), run_sheets(view), falls_out(view)]


def _news(view: View) -> list[Sheet]:
    """What a timetable made from another changes; the notices are for one reader each."""
    if view.published.parent is None and not view.published.changes:
        return []
    return [changes_sheet(view)] if view.share else [changes_sheet(view), notices_sheet(view)]


def _hidden(view: View, master: Master, sheets: list[Sheet]) -> Sheet:
    """The hidden sheet: what is needed to read the file back, and names for drop-downs."""
    own = {master.sheet.title, sheets[-1].title, wording.NOTICES.text(view.lang)}
    payload = Payload(
        lang=view.lang,
        published=view.published,
        lines={f"{row}:{column}": line for (row, column), line in master.lines.items()},
        places={f"{row}:{column}": what for (row, column), what in master.places.items()},
        grid=cells_of(master.sheet),
        copies={sheet.title: cells_of(sheet) for sheet in sheets if sheet.title not in own},
    )
    sheet = payload_sheet(payload)
    column = ord(STAFF_COLUMN) - ord("A") + 1
    for row, person in enumerate(view.instance.staff, 1):
        sheet.put(row, column, person.key, "id")
    for row, name in enumerate(view.instance.room_by_name, 1):
        sheet.put(row, ROOM_COLUMN, name, "id")
    for column, activity in enumerate(view.clubs, OPTION_COLUMN):
        for row, text in enumerate(options_text(view, activity.name), 1):
            sheet.put(row, column, text, "id")
    return sheet
