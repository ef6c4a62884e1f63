"""Every date on which something differs from the ordinary week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances.messages import Label, Template
from instances.school import Period
from instances.timetable import Session
from instances.words import Status, Weekday
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.flat import Column, flat_sheet
from scheduler.workbook.labels import weekday_of
from scheduler.workbook.sheet import Sheet, Value
from scheduler.workbook.view import View

HOLIDAY = Label("放假", "holiday")
MAKE_UP = Label("调休上课", "make-up day")
FROZEN = Label("停社周", "no clubs")
EXAM = Label("考试周", "exam week")
PHASE = Label("作息变更", "new clock times")
NO_SERVICE = Label("不开展课后服务", "no after-school service")
FOLLOWS = Template("按{weekday}课表", "follows {weekday}'s timetable")
FOLLOWS_NOT = Template(
    "按{weekday}上课，不开展课后服务", "lessons of {weekday}, no after-school service"
)
CLUBS_STOP = Label("社团暂停，照常看护", "clubs pause, care as usual")
CLUBS_RUN = Label("社团照常，不安排大型活动", "clubs run, no events")
PHASE_STARTS = Template("自本日起：{name}", "from this day: {name}")
UNTIL = Template("{name}（至{end}）", "{name} (until {end})")
NOBODY = Label("【空缺】", "[open]")
MOVED = Template("{staff}，{room}", "{staff}, {room}")
WHEN = Template("{date} {segment}，{side}", "{date} {segment}, {side}")
WITH = Template("并入{classes}，{staff}", "with {classes}, {staff}")
NONE = Label("本学期没有例外。", "No exceptions this term.")
COLUMNS = (
    Column(Label("日期", "Date"), 12, "date"),
    Column(Label("星期", "Weekday"), 8, "text"),
    Column(Label("周次", "Week"), 7, "text"),
    Column(Label("类别", "What"), 11, "text"),
    Column(Label("时间", "Time"), 13, "text"),
    Column(Label("活动", "Activity"), 22),
    Column(Label("班级", "Classes"), 16),
    Column(Label("原安排", "Planned"), 18),
    Column(Label("现安排", "Now"), 24),
)
REASON = Column(Label("原因", "Reason"), 18)

Row = tuple[Value, ...]


def exceptions_sheet(view: View) -> Sheet:
    """Calendar and timetable exceptions by date; reasons are not for the copy sent round."""
    rows = sorted([*_calendar(view), *_changes(view)], key=lambda row: str(row[0]))
    columns = COLUMNS if view.share else (*COLUMNS, REASON)
    cut = len(columns)
    return flat_sheet(view, wording.EXCEPTIONS, columns, (row[:cut] for row in rows), none=NONE)


def _calendar(view: View) -> Iterator[Row]:
    term, lang = view.instance.term, view.lang
    for holiday in term.holidays:
        yield _row(view, holiday.start, HOLIDAY, _until(view, holiday), NO_SERVICE.text(lang))
    for day in term.make_up_days:
        form = FOLLOWS if day.service else FOLLOWS_NOT
        yield _row(view, day.date, MAKE_UP, "", form(weekday=day.follows).text(lang))
    for period in term.frozen:
        what, now = (EXAM, CLUBS_RUN) if period.clubs else (FROZEN, CLUBS_STOP)
        yield _row(view, period.start, what, _until(view, period), now.text(lang))
    for phase in term.phases:
        if phase.start > term.start:
            text = PHASE_STARTS(name=phase.name).text(lang)
            yield _row(view, phase.start, PHASE, "", text)


def _until(view: View, period: Period) -> str:
    if period.end == period.start:
        return period.name
    return UNTIL(name=period.name, end=period.end).text(view.lang)


def _row(view: View, date: dt.date, what: Label, name: str, now: str) -> Row:
    lang = view.lang
    weekday = Weekday(date.isoweekday()).text(lang)
    week = view.calendar.week_of(date)
    return (date, weekday, week, what.text(lang), None, name or None, None, None, now, None)


def _changes(view: View) -> Iterator[Row]:
    lang = view.lang
    for session in (*view.past_changed, *view.changed):
        host = session.joined and session.staff == session.planned
        if session.status is Status.PLANNED or session.moved_to is not None or host:
            continue  # a move is told once, where it goes; a merger by those who are merged
        yield (
            session.date,
            weekday_of(session).text(lang),
            session.day.week,
            session.status.text(lang),
            clock_text((session.start, session.end)),
            session.post.activity,
            view.joined(list(session.classes)) if session.post.option is None else None,
            _before(view, session),
            _now(view, session),
            view.reason(session),
        )


def _before(view: View, session: Session) -> str:
    """Person, and the time or the room if these have changed."""
    side = _side(view, session.planned, view.room_from(session))
    if session.moved_from is None:
        return side
    facts = {"date": session.moved_from.date, "segment": session.moved_from.segment}
    return WHEN(**facts, side=side).text(view.lang)


def _now(view: View, session: Session) -> str | None:
    if session.status is Status.CANCELLED:
        return Status.CANCELLED.text(view.lang)
    if session.into is not None:
        host = view.session_by_key[session.into]
        return WITH(classes=host.post.classes, staff=host.staff or NOBODY).text(view.lang)
    moved = view.room_from(session) is not None
    return _side(view, session.staff, session.room if moved else None)


def _side(view: View, staff: str | None, room: str | None) -> str:
    name = staff or NOBODY.text(view.lang)
    return MOVED(staff=name, room=room).text(view.lang) if room else name
