"""One page per club: when, where, with whom, for whom, and the dates of all its meetings."""

from __future__ import annotations

from collections import defaultdict

from instances.messages import Label, Template
from instances.school import Activity
from instances.timetable import Session
from instances.words import Role, Status
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.labels import slot_text, weekday_of, who_attends
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import Item, View
from scheduler.workbook.weekly import OPEN, Block, Table, weekly_sheet

TITLE = Template("{name}", "{name}")
FACTS = Template(
    "{kind}    {attends}    {children}人", "{kind}    {attends}    {children} children"
)
ABOUT = Label("安排", "Arrangement")
ABOUT_COLUMNS = (
    (Label("时间", "When"), 2),
    (Label("场地", "Room"), 1),
    (Label("指导教师", "Leader"), 1),
    (Label("其他人员", "Others"), 2),
)
PER_CLASS = Label("各班名额", "Places per class")
DATES = Template("全部活动日期（{count}次）", "All meetings ({count})")
DATE_COLUMNS = (
    (Label("序号", "No."), 1),
    (Label("日期", "Date"), 1),
    (Label("时间", "Time"), 1),
    (Label("场地", "Room"), 1),
    (Label("指导教师", "Leader"), 1),
    (Label("说明", "Note"), 1),
)
DATE = Template("{date} {day}", "{date} {day}")
ROLE_NAME = Template("{role} {staff}", "{role} {staff}")
TO = Template("{status}：移到{date} {segment}", "{status}: to {date} {segment}")
FROM = Template("{status}：移自{date} {segment}", "{status}: from {date} {segment}")
PLACES = Template("{name} {count}", "{name} {count}")
OVER = Label("已经结束，不再举行。", "It is over and does not meet any more.")
NOT_PLACED = Label("未能排入课表，见“空缺”。", "Could not be placed; see Open posts.")


def club_sheets(view: View) -> Sheet:
    """The sheet with a page for every club."""
    items: dict[str, list[Item]] = defaultdict(list)
    for item in view.items:
        items[item.post.activity].append(item)
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in view.whole_term:
        sessions[session.post.activity].append(session)
    blocks = [
        _block(view, activity, items[activity.name], sessions[activity.name])
        for activity in view.clubs
    ]
    return weekly_sheet(view, wording.CLUBS, blocks, landscape=False)


def _block(view: View, activity: Activity, items: list[Item], sessions: list[Session]) -> Block:
    lang = view.lang
    children = view.demand.taken.get(activity.name, {})
    block = Block(
        title=TITLE(name=activity.name).text(lang),
        facts=FACTS(
            kind=activity.family or activity.kind,
            attends=who_attends(view, activity),
            children=sum(children.values()),
        ).text(lang),
    )
    if not items:
        over = view.is_over(activity)
        block.remark = (OVER if over else NOT_PLACED).text(lang)
        if over and sessions:
            block.tables.append(_dates(view, sessions))
        return block
    block.tables.append(_about(view, items))
    block.tables.append(_dates(view, sessions))
    if len(children) > 1:
        places = [PLACES(name=n, count=c).text(lang) for n, c in children.items() if c]
        heading = (PER_CLASS.text(lang), 6)
        block.tables.append(Table("", [heading], [[view.joined(places)]]))
    return block


def _about(view: View, items: list[Item]) -> Table:
    lang = view.lang
    table = Table(ABOUT.text(lang), [(label.text(lang), span) for label, span in ABOUT_COLUMNS])
    when = "\n".join(dict.fromkeys(slot_text(view, item) for item in items))
    lines = {item.post.line: item for item in items}.values()
    leaders = [i.holder or OPEN.text(lang) for i in lines if i.post.role is Role.LEADER]
    others = [
        ROLE_NAME(role=i.post.role, staff=i.holder or OPEN).text(lang)
        for i in lines
        if i.post.role is not Role.LEADER
    ]
    table.rows.append((when, items[0].room, view.joined(leaders), "\n".join(others)))
    if any(view.is_new(item) for item in items):
        table.new.add(0)
    return table


def _note(view: View, session: Session) -> str | None:
    """What became of a meeting: its status, with where it went or came from."""
    if session.status is Status.PLANNED:
        return None
    status = session.status.text(view.lang)
    other = session.moved_to or session.moved_from
    if other is None:
        return status
    form = TO if session.moved_to else FROM
    return form(status=status, **other.model_dump()).text(view.lang)


def _dates(view: View, sessions: list[Session]) -> Table:
    lang = view.lang
    principal = [s for s in sessions if s.post.role is Role.LEADER] or sessions
    meetings: dict[tuple[object, object, object], list[Session]] = defaultdict(list)
    for session in principal:
        meetings[session.date, session.segment, session.origin].append(session)
    table = Table(
        DATES(count=sum(here[0].takes_place for here in meetings.values())).text(lang),
        [(label.text(lang), span) for label, span in DATE_COLUMNS],
    )
    for n, here in enumerate(meetings.values(), 1):
        first = here[0]
        staff = [s.staff or OPEN.text(lang) for s in here]
        if view.news.any_of(here):
            table.new.add(n - 1)
        table.rows.append(
            (
                n,
                DATE(date=first.date, day=weekday_of(first)).text(lang),
                clock_text((first.start, first.end)),
                first.room,
                view.joined(staff),
                _note(view, first),
            )
        )
    return table
