"""The Sessions sheet: flat, one row per date, segment and post."""

from __future__ import annotations

from instances.demand import UNIT
from instances.messages import Label
from instances.timetable import Session
from instances.words import Status, Weekday
from scheduler.changes import ChangeKind
from scheduler.workbook import wording
from scheduler.workbook.canvas import staff_list
from scheduler.workbook.news import ABOUT_STAFF
from scheduler.workbook.sheet import Choice, Sheet, Value, coordinate, letter
from scheduler.workbook.view import View

WIDTHS = (12, 9, 6.5, 18, 8, 8, 22, 15, 22, 16, 15, 16, 8, 10.5, 14, 14, 34)
STYLES = (
    *("flat_edit_date", "flat_mid", "flat_mid", "flat_edit", "flat_time", "flat_time"),
    *("flat", "flat", "flat_edit", "flat_edit", "flat", "flat_edit"),
    *("flat_number", "flat_edit", "flat", "flat"),
    "flat_key",
)
PAST_STYLES = tuple(
    {
        "flat_edit_date": "past_date",
        "flat_mid": "past_mid",
        "flat_time": "past_time",
        "flat_number": "past_number",
        "flat_key": "flat_key",
    }.get(style, "past")
    for style in STYLES
)
"""What lies before the date from which the timetable holds is shown, and not edited."""
DATE, WEEKDAY, WEEK, SEGMENT, START, END, CLASSES = 1, 2, 3, 4, 5, 6, 9
ROOM, STAFF, UNITS, STATUS, KEY = 10, 12, 13, 14, 17
LONGEST_LIST = 250
"""Characters of a drop-down; the format allows 255."""
_MOVE = Label(
    "改到另一天或另一时段：这次活动当天的各行（每个岗位一行）都改。星期、周次、开始、结束自动得出。",
    "Another date or segment: edit all rows of the meeting, one for each post. Weekday, week, "
    "start and end follow.",
)
HINTS = {
    DATE: _MOVE,
    SEGMENT: _MOVE,
    CLASSES: Label(
        "合班：在接收的一行加上其他班级，用“、”分隔；被并入的一行清空“人员”，“状态”填“合班”。",
        "To merge classes for the date, add them to the receiving row, separated by commas; in "
        "the row merged into it, empty Staff and set Status to 'merged'.",
    ),
    ROOM: Label("只改这一次的场地。", "Another room for this date."),
    STAFF: Label("只改这一次的人员；清空即为空缺。", "Somebody else for this date; empty: open."),
    STATUS: Label(
        "不举行：改为“取消”，不要删行。其他状态自动得出。",
        "Does not take place: 'cancelled', and keep the row. Other statuses follow by themselves.",
    ),
}


def sessions_sheet(view: View) -> Sheet:
    """Every session of the term, grey where it is history; pale yellow cells may be edited."""
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
    first = len(view.past) + 2
    for row, session in enumerate(view.whole_term, 2):
        values = session_row(view, session)
        styles = STYLES if row >= first else PAST_STYLES
        for column, (value, style) in enumerate(zip(values, styles, strict=True), 1):
            cells[row, column] = (value, style)
        if row >= first:
            _new(sheet, row, view.news.of_session(session))
        if session.status is not Status.PLANNED and row >= first:
            _mark(view, sheet, row, session)
    sheet.print_columns = KEY - 1
    last = len(view.whole_term) + 1
    sheet.filter = f"A1:{coordinate(last, len(STYLES))}"
    if view.share:
        sheet.hidden_columns = {UNITS}
    elif last >= first:
        for number, hint in HINTS.items():
            sheet.choices.append(Choice((coordinate(1, number),), hint=hint.text(lang)))
        segments = ",".join(segment.name for segment in view.instance.segments)
        if len(segments) < LONGEST_LIST and '"' not in segments:
            cells_of = (f"{letter(SEGMENT)}{first}:{coordinate(last, SEGMENT)}",)
            sheet.choices.append(Choice(cells_of, f'"{segments}"'))
        staff = (f"{letter(STAFF)}{first}:{coordinate(last, STAFF)}",)
        sheet.choices.append(Choice(staff, staff_list(view)))
        words = ",".join(status.text(lang) for status in Status)
        sheet.choices.append(
            Choice((f"{letter(STATUS)}{first}:{coordinate(last, STATUS)}",), f'"{words}"')
        )
    return sheet


def _new(sheet: Sheet, row: int, kinds: frozenset[ChangeKind]) -> None:
    """Green where the session is not as it was published before."""
    looks = {
        DATE: ("flat_edit_date_new", kinds & {ChangeKind.TIME, ChangeKind.NEW}),
        ROOM: ("flat_new", kinds & {ChangeKind.ROOM, ChangeKind.NEW}),
        STAFF: ("flat_new", kinds & ABOUT_STAFF),
    }
    for column, (look, changed) in looks.items():
        if changed:
            sheet.put(row, column, sheet.cells[row, column][0], look)


def _mark(view: View, sheet: Sheet, row: int, session: Session) -> None:
    style = "flat_open" if session.staff is None else "flat_change"
    for column in (STAFF, STATUS):
        sheet.put(row, column, sheet.cells[row, column][0], style)
    if session.status is Status.OPEN and not view.share:
        why = view.why_open(session.post.line) or view.reason(session)
        if why:
            sheet.notes[row, STAFF] = why


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
        (session.event or post.kind).text(lang),
        view.joined(list(session.classes)),
        session.room,
        post.role.text(lang),
        session.staff,
        None if view.share else session.load / UNIT,
        session.status.text(lang),
        view.originally(session),
        view.moved_from(session),
        session.key,
    )
