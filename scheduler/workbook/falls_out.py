"""Notices of what events push out: a page for each class, and for each club."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from instances.messages import Label, Message, Template
from instances.timetable import Session
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.event_words import day_text
from scheduler.workbook.sheet import LINE, Sheet
from scheduler.workbook.view import View

CLASS_TITLE = Template("{name}：因大型活动调整的课后服务", "{name}: what changes because of events")
CLUB_TITLE = Template("{name}：因大型活动调整的社团活动", "{name}: what changes because of events")
HEADS = (
    Label("日期", "Date"),
    Label("时间", "Time"),
    Label("原有安排", "What falls out"),
    Label("大型活动", "Event"),
    Label("改为", "Instead"),
)
WIDTHS = (20, 14, 24, 20, 22)
PAGE = 690.0
"""Points of an upright page at which the next notice goes on another."""
CANCELLED = Label("取消", "cancelled")
AT_EVENT = Label("全班参加活动", "the class is at the event")
MOVED = Template("移到{date} {clock}", "moved to {date} {clock}")
ROOM = Template("改到{room}", "in {room}")
WITH = Template("与{classes}合班", "with {classes}")
COVER = Template("由{staff}代", "{staff} comes")
OPEN = Label("【空缺】", "[open]")
NONE = Label("没有因大型活动调整的课后服务。", "Nothing changes because of events.")


def falls_out(view: View) -> Sheet:
    """All pages: classes in their order, then clubs."""
    lang, last = view.lang, len(WIDTHS)
    sheet = Sheet(wording.FALLS_OUT.text(lang), header=view.header, print_from=2, tab="B5483A")
    sheet.widths = dict(enumerate(WIDTHS, 1))
    sheet.print_columns = last
    note = wording.SHARE_NOTE if view.share else wording.COPY_NOTE
    sheet.put(1, 1, note.text(lang), "note")
    sheet.freeze = "A2"
    row = 2
    for title, sessions in _pages(view):
        row = _page(view, sheet, title.text(lang), sessions, row)
    if row == 2:
        sheet.wide(2, (1, last), NONE.text(lang), "plain")
    return sheet


def _pages(view: View) -> Sequence[tuple[Message, list[Session]]]:
    of_class: dict[str, list[Session]] = defaultdict(list)
    of_club: dict[str, list[Session]] = defaultdict(list)
    events = {key for key, change in view.timetable.changes.items() if change.event}
    for session in view.sessions:
        if session.key not in events or session.moved_from is not None:
            continue
        if session.post.option is not None:
            of_club[session.post.activity].append(session)
        else:
            for name in session.post.classes:
                of_class[name].append(session)
    classes = [c.name for c in view.instance.classes if c.name in of_class]
    clubs = [club.name for club in view.clubs if club.name in of_club]
    return [
        *((CLASS_TITLE(name=name), of_class[name]) for name in classes),
        *((CLUB_TITLE(name=name), of_club[name]) for name in clubs),
    ]


def _page(view: View, sheet: Sheet, title: str, sessions: list[Session], row: int) -> int:
    """One notice; the next free row. A meeting with several adults is told once."""
    lang, last = view.lang, len(WIDTHS)
    rows = dict.fromkeys(_row(view, session) for session in sessions)
    used = sum(sheet.heights.get(r, LINE) for r in range((sheet.breaks or [1])[-1] + 1, row))
    if used + 60 + 21 * len(rows) > PAGE and row > 2:
        sheet.breaks.append(row - 1)
    sheet.wide(row, (1, last), title, "block")
    sheet.heights[row] = 28
    sheet.line(row + 1, 1, (label.text(lang) for label in HEADS), "head")
    sheet.heights[row + 1] = 20
    row += 2
    for values in rows:
        sheet.line(row, 1, values, "text")
        sheet.fit(row, least=19)
        row += 1
    sheet.heights[row] = 22
    return row + 1


def _row(view: View, session: Session) -> tuple[str, ...]:
    change = view.timetable.changes[session.key]
    return (
        day_text(session.date).text(view.lang),
        clock_text((session.start, session.end)),
        session.post.activity,
        (change.event or "").partition("#")[0],
        instead(view, session).text(view.lang),
    )


def instead(view: View, session: Session) -> Message | Label:
    """What takes the place of a session that an event has changed."""
    if session.moved_to is not None:
        moved = view.session_by_key.get(f"{session.key}>")
        clock = clock_text((moved.start, moved.end)) if moved else session.moved_to.segment
        return MOVED(date=day_text(session.moved_to.date), clock=clock)
    if session.into is not None:
        host = view.session_by_key.get(session.into)
        return WITH(classes=host.post.classes if host else ())
    if not session.takes_place:
        during = view.expansion.at_events.during(session.date, session.start, session.end)
        away = any(one.classes.issuperset(session.post.classes) for one in during)
        return AT_EVENT if session.post.group is not None and away else CANCELLED
    if view.room_from(session) is not None:
        return ROOM(room=session.room)
    return COVER(staff=session.staff) if session.staff else OPEN
