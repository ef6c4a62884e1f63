"""The Sessions sheet: flat, one row per date, segment and post."""

from __future__ import annotations

from instances.demand import UNIT
from instances.timetable import Session
from instances.words import Status, Weekday
from scheduler.workbook import wording
from scheduler.workbook.canvas import staff_list
from scheduler.workbook.sheet import Choice, Sheet, Value, coordinate, letter
from scheduler.workbook.view import View

WIDTHS = (12, 9, 6.5, 18, 8, 8, 22, 15, 22, 16, 15, 16, 8, 10.5, 14, 14, 34)
STYLES = (
    *("flat_date", "flat_mid", "flat_mid", "flat", "flat_time", "flat_time", "flat", "flat"),
    *("flat", "flat_edit", "flat", "flat_edit", "flat_number", "flat_edit", "flat", "flat"),
    "flat_key",
)
ROOM, STAFF, UNITS, STATUS, KEY = 10, 12, 13, 14, 17


def sessions_sheet(view: View) -> Sheet:
    """Every session of the term; the cells of room, staff and status may be edited."""
    lang = view.lang
    sheet = Sheet(
        wording.SESSIONS.text(lang),
        landscape=True,
        header=view.header,
        print_rows=(1, 1),
        freeze="B2",
        tab="C9A227",
    )
    sheet.widths = dict(enumerate(WIDTHS, 1))
    sheet.line(1, 1, (column.text(lang) for column in wording.SESSION_COLUMNS), "head")
    sheet.heights[1] = 22
    cells = sheet.cells
    for row, session in enumerate(view.sessions, 2):
        values = session_row(view, session)
        for column, (value, style) in enumerate(zip(values, STYLES, strict=True), 1):
            cells[row, column] = (value, style)
        if session.status is not Status.PLANNED:
            _mark(sheet, row, session)
    sheet.print_columns = KEY - 1
    last = len(view.sessions) + 1
    sheet.filter = f"A1:{coordinate(last, len(STYLES))}"
    if view.share:
        sheet.hidden_columns = {UNITS}
    elif last > 1:
        staff = (f"{letter(STAFF)}2:{coordinate(last, STAFF)}",)
        sheet.choices.append(Choice(staff, staff_list(view)))
        words = ",".join(status.text(lang) for status in Status)
        sheet.choices.append(
            Choice((f"{letter(STATUS)}2:{coordinate(last, STATUS)}",), f'"{words}"')
        )
    return sheet


def _mark(sheet: Sheet, row: int, session: Session) -> None:
    style = "flat_open" if session.staff is None else "flat_change"
    for column in (STAFF, STATUS):
        sheet.put(row, column, sheet.cells[row, column][0], style)


def session_row(view: View, session: Session) -> tuple[Value, ...]:
    """The values of a row, in the order of the columns."""
    lang = view.lang
    post = session.post
    return (
        session.date,
        Weekday(session.date.isoweekday()).text(lang),
        session.day.week,
        session.segment,
        session.start,
        session.end,
        post.activity,
        post.kind.text(lang),
        view.joined(list(post.classes)),
        session.room,
        post.role.text(lang),
        session.staff,
        None if view.share else session.load / UNIT,
        session.status.text(lang),
        view.originally(session),
        view.room_from(session),
        session.key,
    )
