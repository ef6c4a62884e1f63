"""One page per person: their week, the covers they give and get, and their term."""

from __future__ import annotations

from collections import defaultdict

from instances.messages import Label, Template
from instances.school import Staff
from instances.timetable import Session
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.event_tables import event_table
from scheduler.workbook.labels import weekday_of
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import Item, View
from scheduler.workbook.weekly import Block, Table, entry, weekly_sheet

TITLE = Template("{name}  个人课后服务课表", "{name}: personal timetable")
TERM = Template(
    "本学期：{sessions}场次，工作量 {load} 单位，应得份额 {share} 单位",
    "This term: {sessions} {sessions:session|sessions}, load {load} {load:unit|units}, fair "
    "share {share} {share:unit|units}",
)
NO_SHARE = Template(
    "本学期：{sessions}场次，工作量 {load} 单位",
    "This term: {sessions} {sessions:session|sessions}, load {load} {load:unit|units}",
)
PLAIN = Template("本学期：{sessions}场次", "This term: {sessions} {sessions:session|sessions}")
NOTHING = Label("每周没有固定岗位。", "No regular post in the week.")
GIVES = Label("代课（替他人）", "Covers given")
GETS = Label("被代（由他人替）", "Dates covered by others")
COLUMNS = (
    (Label("日期", "Date"), 1),
    (Label("时间", "Time"), 1),
    (Label("活动", "Activity"), 1),
    (Label("班级", "Classes"), 1),
    (Label("场地", "Room"), 1),
)
FOR = Label("原人员", "Instead of")
BY = Label("由谁代", "Covered by")
DATE = Template("{date}\n{day}", "{date}\n{day}")
NOBODY = Label("【空缺】", "[open]")
DUTY = Template("{activity}", "{activity}")
ROOM = Template("{activity}\n{room}", "{activity}\n{room}")
CLASS = Template("{activity}\n{classes}\n{room}", "{activity}\n{classes}\n{room}")
MANY = 3
SEVERAL = Template("{first}等{count}个班", "{first} and more ({count} classes)")


def staff_sheets(view: View) -> Sheet:
    """The sheet with a page for everybody on the staff list."""
    holds: dict[str, list[Item]] = defaultdict(list)
    for item in view.items:
        if item.holder:
            holds[item.holder].append(item)
    gives: dict[str, list[Session]] = defaultdict(list)
    gets: dict[str, list[Session]] = defaultdict(list)
    for session in view.whole_term:
        if session.event is None and session.staff != session.planned and session.takes_place:
            if session.staff:
                gives[session.staff].append(session)
            if session.planned:
                gets[session.planned].append(session)
    blocks = [
        _block(view, person, holds[person.key], gives[person.key], gets[person.key])
        for person in view.instance.staff
    ]
    return weekly_sheet(view, wording.STAFF, blocks)


def _block(
    view: View, person: Staff, items: list[Item], gives: list[Session], gets: list[Session]
) -> Block:
    block = Block(title=TITLE(name=person.key).text(view.lang), facts=_term(view, person))
    for item in items:
        block.cells[item.slot].append(entry(view, item, item_text(view, item)))
    if not items:
        block.remark = NOTHING.text(view.lang)
    if events := event_table(view, person=person.key):
        block.tables.append(events)
    if gives:
        block.tables.append(_table(view, GIVES, FOR, gives))
    if gets:
        block.tables.append(_table(view, GETS, BY, gets))
    return block


def _term(view: View, person: Staff) -> str:
    sessions = len(view.sessions_of_staff.get(person.key, ()))
    figures = view.result.people.get(person.key)
    if view.share or figures is None:
        return PLAIN(sessions=sessions).text(view.lang)
    load = f"{figures.load:.1f}"
    if figures.share is None:
        return NO_SHARE(sessions=sessions, load=load).text(view.lang)
    share = f"{figures.share:.1f}"
    return TERM(sessions=sessions, load=load, share=share).text(view.lang)


def item_text(view: View, item: Item) -> str:
    """Activity, classes and room of an item, for the person who holds it."""
    post = item.post
    classes = list(post.classes)
    if post.option is not None or not classes:
        form = ROOM if item.room else DUTY
        facts = {"activity": post.activity, "room": item.room}
        return form(**{name: facts[name] for name in form.placeholders}).text(view.lang)
    short = view.joined(classes)
    if len(classes) > MANY:
        short = SEVERAL(first=classes[0], count=len(classes)).text(view.lang)
    return CLASS(activity=post.activity, classes=short, room=item.room or "").text(view.lang)


def _table(view: View, title: Label, other: Label, sessions: list[Session]) -> Table:
    lang = view.lang
    headings = [(label.text(lang), span) for label, span in (*COLUMNS, (other, 1))]
    table = Table(title.text(lang), headings)
    for n, session in enumerate(sessions):
        if view.news.of_session(session):
            table.new.add(n)
        person = session.planned if other is FOR else session.staff
        table.rows.append(
            (
                DATE(date=session.date, day=weekday_of(session)).text(lang),
                clock_text((session.start, session.end)),
                session.post.activity,
                view.joined(list(session.classes)) if session.post.option is None else None,
                session.room,
                person or NOBODY.text(lang),
            )
        )
    return table
