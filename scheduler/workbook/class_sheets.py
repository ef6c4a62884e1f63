"""One page per class: who is with the children when, and the clubs they may be in."""

from __future__ import annotations

from collections import defaultdict

from instances.messages import Label, Template
from instances.school import SchoolClass
from instances.words import Kind, Role, Weekday
from scheduler.workbook import wording
from scheduler.workbook.event_tables import event_table
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import Item, View
from scheduler.workbook.weekly import OPEN, Block, Entry, Table, entry, weekly_sheet

TITLE = Template("{name}  课后服务课表", "{name}: after-school timetable")
FACTS = Template("教室：{room}    班主任：{teacher}", "Room: {room}    Home teacher: {teacher}")
ROOM_ONLY = Template("教室：{room}", "Room: {room}")
HOME = Template("{activity}\n{staff}", "{activity}\n{staff}")
AWAY = Template("{activity}\n{staff}　{room}", "{activity}\n{staff}, {room}")
CLUB = Template("社团：{activity}", "Club: {activity}")
CLUBS = Template("社团（{count}个，见下表）", "Clubs ({count}, see below)")
CLUB_TABLE = Label("本班可参加的社团", "Clubs open to this class")
COLUMNS = (
    Label("社团", "Club"),
    Label("时间", "When"),
    Label("场地与指导教师", "Room and leader"),
)
ABREAST = 2
"""Clubs in one line of the table."""
DAYS = Template("{days}（{when}）", "{days} ({when})")
EVERY = Template("{days}", "{days}")
PLACE = Template("{room}　{staff}", "{room}, {staff}")
NO_ROOM = Template("{staff}", "{staff}")
CALLED_OFF = Label("停课（没有场地）", "called off (no room)")
NOTHING = Label("本学期没有安排。", "Nothing this term.")


def class_sheets(view: View) -> Sheet:
    """The sheet with a page for every class."""
    of_class: dict[str, list[Item]] = defaultdict(list)
    for item in view.items:
        for name in item.post.classes:
            of_class[name].append(item)
    blocks = [_block(view, c, of_class[c.name]) for c in view.instance.classes]
    return weekly_sheet(view, wording.CLASSES, blocks)


def _block(view: View, school_class: SchoolClass, items: list[Item]) -> Block:
    lang = view.lang
    form = FACTS if school_class.home_teacher else ROOM_ONLY
    facts = {"room": school_class.room, "teacher": school_class.home_teacher}
    block = Block(
        title=TITLE(name=school_class.name).text(lang),
        facts=form(**{name: facts[name] for name in form.placeholders}).text(lang),
    )
    clubs: dict[tuple[int, str], list[Item]] = defaultdict(list)
    table: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.post.kind in (Kind.CLUB, Kind.TUTORING):
            if item.post.role is Role.LEADER:
                if not _is_off(view, item.post.activity):
                    clubs[item.slot].append(item)
                table[item.post.activity].append(item)
            continue
        block.cells[item.slot].append(entry(view, item, _care_text(view, item, school_class)))
    for here in clubs.values():
        names = list(dict.fromkeys(item.post.activity for item in here))
        many = CLUBS(count=len(names)) if len(names) > 2 else CLUB(activity=names)
        new = any(view.is_new(item) for item in here)
        block.cells[here[0].slot].append(Entry(many.text(lang), is_new=new))
    if table:
        block.tables.append(_club_table(view, table))
    if events := event_table(view, one_class=school_class.name):
        block.tables.append(events)
    if not block.cells:
        block.remark = NOTHING.text(lang)
    return block


def _is_off(view: View, club: str) -> bool:
    """Whether a club does not meet any more, for want of a room."""
    return club in view.called_off and view.called_off[club].wholly


def _care_text(view: View, item: Item, school_class: SchoolClass) -> str:
    staff = item.holder or OPEN
    if item.room is None or item.room == school_class.room:
        return HOME(activity=item.post.activity, staff=staff).text(view.lang)
    return AWAY(activity=item.post.activity, staff=staff, room=item.room).text(view.lang)


def _club_table(view: View, clubs: dict[str, list[Item]]) -> Table:
    """All clubs, two in a line."""
    lang = view.lang
    headings = [(label.text(lang), 1) for label in COLUMNS] * min(ABREAST, len(clubs))
    table = Table(CLUB_TABLE.text(lang), headings)
    cells = [_club_cells(view, name, items) for name, items in clubs.items()]
    for first in range(0, len(cells), ABREAST):
        line = [text for club in cells[first : first + ABREAST] for text in club]
        table.rows.append(line + [""] * (len(headings) - len(line)))
    for n, items in enumerate(clubs.values()):
        if any(view.is_new(item) for item in items):
            first = n % ABREAST * len(COLUMNS)
            table.new_cells |= {(n // ABREAST, first + column) for column in range(len(COLUMNS))}
    return table


def _club_cells(view: View, name: str, items: list[Item]) -> tuple[str, str, str]:
    """Name, weekdays, and room with leaders of a club; the clock stands in the grid above."""
    days: dict[str, dict[Weekday, None]] = defaultdict(dict)
    for item in items:
        days[item.when][item.slot[0]] = None
    when = [
        (DAYS if weeks else EVERY)(days=list(found), **({"when": weeks} if weeks else {}))
        for weeks, found in days.items()
    ]
    if _is_off(view, name):
        return name, CALLED_OFF.text(view.lang), ""
    staff = list(dict.fromkeys(item.holder or OPEN for item in items))
    place = PLACE(room=items[0].room, staff=staff) if items[0].room else NO_ROOM(staff=staff)
    return name, "\n".join(part.text(view.lang) for part in when), place.text(view.lang)
