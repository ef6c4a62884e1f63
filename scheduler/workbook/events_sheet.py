"""The calendar of events, and a run sheet for each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from instances.at_events import Going
from instances.events import event_posts
from instances.messages import Label, Template
from instances.words import Weekday
from scheduler.workbook import event_words as words
from scheduler.workbook import wording
from scheduler.workbook.flat import Column, flat_sheet
from scheduler.workbook.sheet import Sheet, Value
from scheduler.workbook.view import View

COLUMNS = (
    Column(Label("日期", "Date"), 12, "date"),
    Column(Label("至", "Until"), 12, "date"),
    Column(Label("星期", "Weekday"), 8, "text"),
    Column(Label("周次", "Week"), 7, "text"),
    Column(Label("大型活动", "Event"), 20),
    Column(Label("类别", "Kind"), 12, "text"),
    Column(Label("时间", "Time"), 13, "text"),
    Column(Label("参加者", "Taking part"), 20),
    Column(Label("地点", "Where"), 16),
    Column(Label("到岗/岗位", "Posts filled"), 11, "text"),
    Column(Label("影响人次", "Person-sessions"), 10, "text"),
    Column(Label("停社团", "Club meetings"), 10, "text"),
    Column(Label("为什么在这一天", "Why on this date"), 46),
)
NO_DATE = Label("未能安排", "not placed")
NONE = Label("本学期没有大型活动。", "No events this term.")
FILLED = Template("{filled}/{posts}", "{filled}/{posts}")
HEADS = (
    Label("日期", "Date"),
    Label("时间", "Time"),
    Label("地点", "Place"),
    Label("岗位", "Post"),
    Label("人员", "Person"),
    Label("电话", "Phone"),
)
WIDTHS = (20, 15, 17, 16, 16, 16)
TAKING_PART = Template("参加者：{who}", "Taking part: {who}")
RESERVE = Template("雨天备用：{date}", "In case of rain: {date}")
ORGANIZES = Label("负责人", "organizer")
NOBODY = Label("【空缺】", "[open]")
NO_POSTS = Label("没有设岗位。", "No posts.")


def events_sheet(view: View) -> Sheet:
    """All events and rehearsals by date; those without a date last, with the reason."""
    return flat_sheet(view, wording.EVENTS, COLUMNS, [*_held(view), *_unplaced(view)], none=NONE)


def _held(view: View) -> Iterator[tuple[Value, ...]]:
    figures, since = words.figures_of(view), view.timetable.since
    for one in words.goings(view):
        first, last = one.held.dates[0], one.held.dates[-1]
        known = figures.get(one.key)
        counted = known is not None and not known.is_over(since)
        posts = [] if one.held.rehearsal else event_posts(one.event)
        filled = sum(post.key in one.held.staff for post in posts) + len(one.event.people)
        total = len(posts) + len(one.event.people)
        why = (
            words.text_of(view, words.why_here(known, since)) if known and not view.share else None
        )
        yield (
            first,
            last if last != first else None,
            Weekday(first.isoweekday()).text(view.lang),
            view.calendar.week_of(first),
            words.title_of(view, one),
            one.event.kind.text(view.lang),
            words.time_text(view, one, first),
            None if one.held.rehearsal else words.audience_text(view, one.event),
            words.place_text(view, one.event) or None,
            FILLED(filled=filled, posts=total).text(view.lang) if total else None,
            known.displaced if counted and known else None,
            known.clubs if counted and known else None,
            why,
        )


def _unplaced(view: View) -> Iterator[tuple[Value, ...]]:
    for name, reason in words.unplaced(view):
        event = view.instance.event_by_name.get(name)
        kind = event.kind.text(view.lang) if event else None
        nothing: tuple[Value, ...] = (None,) * 3
        no_date = NO_DATE.text(view.lang)
        head: tuple[Value, ...] = (None, None, None, None, name, kind, no_date)
        yield (*head, *nothing, None, None, words.text_of(view, reason))


def run_sheets(view: View) -> Sheet:
    """A page for each event: when, where, which post, who, with phone; and its rehearsals."""
    lang = view.lang
    sheet = Sheet(wording.RUN_SHEETS.text(lang), header=view.header, print_from=2, tab="B5483A")
    sheet.widths = dict(enumerate(WIDTHS[: _columns(view)], 1))
    sheet.print_columns = _columns(view)
    note = wording.SHARE_NOTE if view.share else wording.COPY_NOTE
    sheet.put(1, 1, note.text(lang), "note")
    sheet.freeze = "A2"
    row = 2
    for one in words.goings(view):
        if not one.held.rehearsal:
            row = _page(view, sheet, one, row)
            sheet.breaks.append(row - 1)
    if row == 2:
        sheet.wide(2, (1, _columns(view)), NONE.text(lang), "plain")
    return sheet


def _columns(view: View) -> int:
    """Phones are not for the copy that is sent round."""
    return len(WIDTHS) - 1 if view.share else len(WIDTHS)


def _page(view: View, sheet: Sheet, one: Going, row: int) -> int:
    """One page; the next free row."""
    lang, last = view.lang, _columns(view)
    sheet.wide(row, (1, last), one.event.name, "title")
    sheet.heights[row] = 32
    facts = [TAKING_PART(who=words.audience_text(view, one.event)).text(lang)]
    if one.event.reserve is not None:
        facts.append(RESERVE(date=words.day_text(one.event.reserve)).text(lang))
    for line in facts:
        row += 1
        sheet.wide(row, (1, last), line, "plain")
        sheet.fit(row, least=18)
    sheet.line(row + 1, 1, (label.text(lang) for label in HEADS[:last]), "head")
    sheet.heights[row + 1] = 22
    row += 2
    chain = [
        other
        for other in words.goings(view)
        if other.event is one.event and other.held.dates[0] <= one.held.dates[-1]
    ]
    for other in chain:
        for date in other.held.dates:
            for values, style in _rows(view, other, date):
                sheet.line(row, 1, values[:last], "text")
                if style:
                    sheet.put(row, 5, values[4], style)
                sheet.fit(row, least=20)
                row += 1
    sheet.heights[row] = 14
    return row + 1


def _rows(view: View, one: Going, date: dt.date) -> Iterator[tuple[tuple[Value, ...], str | None]]:
    """Organizers and posts on one date."""
    lang = view.lang
    when = words.day_text(date).text(lang)
    head = (when, words.time_text(view, one, date), words.place_text(view, one.event))
    people = [(ORGANIZES.text(lang), key) for key in one.event.people]
    found: list[tuple[str, str | None]] = [*people]
    if not one.held.rehearsal:
        for post in event_posts(one.event):
            found.append((post.role.text(lang), one.held.staff.get(post.key)))
    for role, key in found:
        staff = view.instance.staff_by_key.get(key or "")
        title = role if not one.held.rehearsal else words.title_of(view, one)
        name = key or NOBODY.text(lang)
        phone = staff.phone if staff else ""
        yield (*head, title, name, phone or None), None if key else "open"
    if not found:
        title = NO_POSTS.text(lang) if not one.held.rehearsal else words.title_of(view, one)
        yield (*head, title, None, None), None
