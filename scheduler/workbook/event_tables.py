"""The events of one class, or of one person, as a small table on their page."""

from __future__ import annotations

from collections import defaultdict

from instances.event_dates import audience
from instances.messages import Label
from instances.timetable import Session
from scheduler.workbook import event_words as words
from scheduler.workbook import wording
from scheduler.workbook.sheet import Value
from scheduler.workbook.view import View
from scheduler.workbook.weekly import Table

COLUMNS = (
    Label("日期", "Date"),
    Label("时间", "Time"),
    Label("活动", "Event"),
    Label("地点", "Where"),
)
POST = Label("岗位", "Post")


def event_table(
    view: View, *, one_class: str | None = None, person: str | None = None
) -> Table | None:
    """The events from the first planned date on; ``None`` where there are none."""
    rows = _of_class(view, one_class) if one_class is not None else _of_person(view, person or "")
    if not rows:
        return None
    heads = [*COLUMNS, POST] if person is not None else list(COLUMNS)
    table = Table(wording.EVENTS.text(view.lang), [(label.text(view.lang), 1) for label in heads])
    table.rows.extend(rows)
    return table


def _of_class(view: View, name: str) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for one in words.goings(view):
        if one.held.rehearsal or all(c.name != name for c in audience(view.instance, one.event)):
            continue
        when = words.dates_text(one.held.dates).text(view.lang)
        time = words.time_text(view, one, one.held.dates[0])
        rows.append((when, time, one.event.name, words.place_text(view, one.event) or None))
    return rows


def _of_person(view: View, key: str) -> list[tuple[Value, ...]]:
    mine: dict[str, list[Session]] = defaultdict(list)
    for session in view.sessions:
        if session.event is not None and session.staff == key:
            mine[session.post.line].append(session)
    held = {one.key: one for one in words.goings(view)}
    rows: list[tuple[Value, ...]] = []
    for line, sessions in mine.items():
        one = held[line.removeprefix("event:").rpartition("/")[0]]
        when = words.dates_text(one.held.dates).text(view.lang)
        time = words.time_text(view, one, one.held.dates[0])
        place = words.place_text(view, one.event) or None
        role = sessions[0].post.role.text(view.lang)
        rows.append((when, time, words.title_of(view, one), place, role))
    return rows
