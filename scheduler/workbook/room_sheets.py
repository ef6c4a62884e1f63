"""One page per room that is used: what takes place in it, and with whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from instances.messages import Label, Template
from instances.school import Room
from instances.timetable import Session
from scheduler.workbook import wording
from scheduler.workbook.clocks import clock_text
from scheduler.workbook.labels import weekday_of
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import Item, View
from scheduler.workbook.weekly import OPEN, Block, Table, entry, weekly_sheet

TITLE = Template("{name}  场地课表", "{name}: room timetable")
FACTS = Template("容纳 {capacity} 人", "Holds {capacity} people")
FACTS_BUILDING = Template(
    "{building}    容纳 {capacity} 人", "{building}    Holds {capacity} people"
)
CLASS = Template("{activity}\n{classes}\n{staff}", "{activity}\n{classes}\n{staff}")
CLUB = Template("{activity}\n{staff}", "{activity}\n{staff}")
MOVED = Label("临时变动", "Changes on single dates")
COLUMNS = (
    (Label("日期", "Date"), 1),
    (Label("时间", "Time"), 1),
    (Label("活动", "Activity"), 2),
    (Label("变动", "Change"), 2),
)
DATE = Template("{date} {day}", "{date} {day}")
COMES = Template("从{room}移来", "moved here from {room}")
GOES = Template("移到{room}", "moved to {room}")


def room_sheets(view: View) -> Sheet:
    """The sheet with a page for every room in use."""
    used: dict[str, dict[tuple[str, str], list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in view.items:
        if item.room:
            meeting = (f"{item.slot[0]}{item.slot[1]}", _meeting(item))
            used[item.room][meeting].append(item)
    moved: dict[str, list[Session]] = defaultdict(list)
    for session in view.changed:
        usual = view.room_from(session)
        if usual is not None:
            moved[usual].append(session)
        if usual is not None and session.room is not None:
            moved[session.room].append(session)
    blocks = [
        _block(view, room, list(used[name].values()), moved[name])
        for name, room in view.instance.room_by_name.items()
        if name in used or name in moved
    ]
    return weekly_sheet(view, wording.ROOMS, blocks)


def _meeting(item: Item) -> str:
    return item.post.group or item.post.activity


def _block(view: View, room: Room, meetings: list[list[Item]], moved: list[Session]) -> Block:
    lang = view.lang
    form = FACTS_BUILDING if room.building else FACTS
    facts = {"building": room.building, "capacity": room.capacity}
    block = Block(
        title=TITLE(name=room.name).text(lang),
        facts=form(**{name: facts[name] for name in form.placeholders}).text(lang),
    )
    for items in meetings:
        item = items[0]
        staff = list(dict.fromkeys(other.holder or OPEN.text(lang) for other in items))
        if item.post.option is None:
            classes = view.joined(list(item.post.classes))
            text = CLASS(activity=item.post.activity, classes=classes, staff=staff)
        else:
            text = CLUB(activity=item.post.activity, staff=staff)
        new = any(view.is_new(other) for other in items)
        block.cells[item.slot].append(replace(entry(view, item, text.text(lang)), is_new=new))
    if moved:
        block.tables.append(_moved(view, room.name, moved))
    return block


def _moved(view: View, room: str, sessions: list[Session]) -> Table:
    lang = view.lang
    table = Table(MOVED.text(lang), [(label.text(lang), span) for label, span in COLUMNS])
    rows: dict[tuple[str, str, str, str], None] = {}
    for session in sessions:
        goes = session.room != room
        form, other = (GOES, session.room) if goes else (COMES, view.room_from(session))
        date = DATE(date=session.date, day=weekday_of(session)).text(lang)
        clock = clock_text((session.start, session.end))
        rows[date, clock, session.post.activity, form(room=other).text(lang)] = None
    table.rows.extend(rows)
    return table
