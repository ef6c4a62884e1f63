"""Today's sheet as a workbook: one A4 page to pin up."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Label, Lang, Template
from instances.timetable import Session
from instances.words import Role
from scheduler.day import DaySegment, DaySheet
from scheduler.day_chat import retimed, what
from scheduler.workbook.emit import save
from scheduler.workbook.sheet import Sheet

NAME = Label("今日安排", "Today")
TITLE = Template("{school} 课后服务 今日安排", "{school}: after-school service today")
DATE = Template("{date}　{weekday}　第{week}周", "{weekday} {date}, week {week}")
FOLLOWS = Template("{date}（按{weekday}课表）", "{date} ({weekday}'s timetable)")
NO_CLUBS = Template("{date}　社团暂停", "{date}, no clubs")
EVENTS = Label("大型活动", "Events")
LEADER = Label("值班领导", "Leader on duty")
OPEN = Label("缺人", "Open")
COVERS = Label("代课", "Covers")
MOVED = Label("换场地", "Other rooms")
RETIMED = Label("换时间", "Other times")
CANCELLED = Label("取消", "Cancelled")
HEADS = (Label("班级 / 活动", "Class / activity"), Label("场地", "Room"), Label("人员", "Staff"))
SEGMENT = Template("{name}　{start}–{end}", "{name}  {start}–{end}")
COVER = Template(
    "{start} {what}：{staff}（代{planned}）", "{start} {what}: {staff} (for {planned})"
)
COVER_NEW = Template("{start} {what}：{staff}", "{start} {what}: {staff}")
MOVE = Template("{start} {what}：{usual} → {room}", "{start} {what}: {usual} → {room}")
GONE = Template("{start} {what} {role}", "{start} {what} {role}")
NONE = Label("无", "none")
NOBODY = Label("【空缺】", "[open]")
STAFF_ROLE = Template("{staff}（{role}）", "{staff} ({role})")
GAP = 1.5
TWO, THREE = (20.0, 14.0, 18.0), (17.0, 11.0, 12.5)
"""Widths of a column's three parts, where the page has two columns, or three."""
Line = tuple[str, str, str, bool]
"""What, the room, everybody there, and whether somebody is missing."""
MANY = 90
"""From so many places on a third column makes the page easier to read."""


def write_day(sheet: DaySheet, path: Path, lang: Lang) -> None:
    """Write the page.

    Raises
    ------
    OutputError
        If the file cannot be written; whatever stood there before is still whole.
    """
    save([day_page(sheet, lang)], path, lang, title=sheet.school)


def day_page(day: DaySheet, lang: Lang) -> Sheet:
    """The page: leader on duty, what is unusual, then the segments in two columns."""
    sheet = Sheet(NAME.text(lang), one_page=True)
    places = {segment: _places(segment, lang) for segment in day.segments}
    widths = THREE if sum(map(len, places.values())) > MANY else TWO
    columns = 3 if widths is THREE else 2
    for n in range(columns):
        sheet.widths |= dict(enumerate((*widths, GAP), 4 * n + 1))
    last = 4 * columns - 1
    sheet.widths.pop(last + 1)
    sheet.wide(1, (1, last), TITLE(school=day.school).text(lang), "title")
    sheet.heights[1] = 30
    sheet.wide(2, (1, last), _date(day, lang), "section")
    sheet.heights[2] = 20
    row = 3
    for label, texts, style in _notices(day, lang):
        sheet.put(row, 1, label.text(lang), "side")
        sheet.wide(row, (2, last), "\n".join(texts) or NONE.text(lang), style)
        sheet.fit(row, least=20)
        row += 1
    _columns(sheet, places, row + 1, columns, lang)
    return sheet


def _date(day: DaySheet, lang: Lang) -> str:
    message = DATE(date=day.date, weekday=day.weekday, week=day.week)
    if day.is_make_up:
        message = FOLLOWS(date=message, weekday=day.follows)
    if not day.clubs:
        message = NO_CLUBS(date=message)
    return message.text(lang)


def _notices(day: DaySheet, lang: Lang) -> list[tuple[Label, list[str], str]]:
    """The lines at the top: label, texts, look; those about nothing are left out."""
    leaders = dict.fromkeys(s.staff or NOBODY.text(lang) for s in day.leaders)
    covers = [
        (COVER if s.planned else COVER_NEW)(
            start=s.start, what=what(s, lang), staff=s.staff, planned=s.planned
        ).text(lang)
        for s in day.covers
    ]
    moved = [
        MOVE(start=s.start, what=what(s, lang), usual=day.usual_room.get(s.key), room=s.room).text(
            lang
        )
        for s in day.moved
    ]
    events = [one.message.text(lang) for one in day.events]
    found = [
        (EVENTS, events, "change_left"),
        (LEADER, [" ".join(leaders)] if leaders else [], "left"),
        (OPEN, _gone(day.open_posts, lang), "open_left" if day.open_posts else "left"),
        (COVERS, covers, "change_left" if covers else "left"),
        (MOVED, list(dict.fromkeys(moved)), "change_left"),
        (RETIMED, list(dict.fromkeys(retimed(s, lang) for s in day.retimed)), "change_left"),
        (CANCELLED, _gone(day.cancelled, lang), "change_left"),
    ]
    return [entry for entry in found if entry[1] or entry[0] in (LEADER, OPEN, COVERS)]


def _gone(sessions: tuple[Session, ...], lang: Lang) -> list[str]:
    texts = (GONE(start=s.start, what=what(s, lang), role=s.post.role).text(lang) for s in sessions)
    return list(dict.fromkeys(texts))


def _columns(
    sheet: Sheet, places: dict[DaySegment, list[Line]], top: int, columns: int, lang: Lang
) -> None:
    """The segments one after the other, broken into columns of about the same length."""
    total = sum(len(lines) + 2 for lines in places.values()) + 2 * (columns - 1)
    end = top + -(-total // columns)
    column, row, lowest = 0, top, top
    for segment, lines in places.items():
        rest = lines
        while rest:
            if row + 3 > end and column + 1 < columns:
                column, row = column + 1, top
            room = end - row - 2 if column + 1 < columns else len(rest)
            row = _segment(sheet, segment, rest[:room], row, 4 * column + 1, lang)
            rest = rest[room:]
            lowest = max(lowest, row)
    for line in range(top, lowest):
        sheet.fit(line, least=18)


def _segment(
    sheet: Sheet,
    segment: DaySegment,
    lines: list[Line],
    row: int,
    first: int,
    lang: Lang,
) -> int:
    """A heading and a line for each place; the next free row."""
    last = first + 2
    title = SEGMENT(name=segment.name, start=segment.start, end=segment.end).text(lang)
    sheet.wide(row, (first, last), title, "head")
    sheet.line(row + 1, first, (label.text(lang) for label in HEADS), "clock")
    row += 2
    for name, room, staff, is_open in lines:
        sheet.put(row, first, name, "text")
        sheet.put(row, first + 1, room or None, "text")
        sheet.put(row, last, staff, "open" if is_open else "text")
        row += 1
    return row


def _places(segment: DaySegment, lang: Lang) -> list[Line]:
    """A row for each place: what, room, everybody there, and whether somebody is missing."""
    found: dict[tuple[str, str], list[Session]] = {}
    for session in segment.sessions:
        found.setdefault((what(session, lang), session.room or ""), []).append(session)
    rows = []
    for (name, room), here in found.items():
        texts = []
        for session in here:
            staff = session.staff or NOBODY.text(lang)
            plain = session.post.role in (Role.SUPERVISOR, Role.LEADER) or len(here) == 1
            role = STAFF_ROLE(staff=staff, role=session.post.role).text(lang)
            texts.append(staff if plain else role)
        rows.append((name, room, "\n".join(texts), any(s.staff is None for s in here)))
    return rows
