"""Notices: one page for each person and each class that is concerned, ready to print or send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from instances.messages import Bilingual, Label, Message, Template
from scheduler.change_groups import ChangeGroup
from scheduler.change_texts import name_text, place_text, when_text
from scheduler.changes import Change, ChangeKind
from scheduler.told import classes_to_tell, people_to_tell
from scheduler.workbook import wording
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import View

TITLE = Template("{school}课后服务调整通知", "{school}: a change in the after-school service")
DEAR = Template("{name}老师：", "Dear {name},")
DEAR_CLASS = Template("{name}班主任、各位家长：", "To the home teacher and the parents of {name}")
PERSON = Template(
    "您好！因学校工作安排有所调整，自{date}起，您的课后服务作如下变动，其余安排不变。",
    "Because of changes at the school, your after-school service changes as follows from {date}. "
    "Everything else stays as it is.",
)
CLASS = Template(
    "您好！因学校工作安排有所调整，自{date}起，本班课后服务作如下变动，其余安排不变。",
    "Because of changes at the school, the after-school service of the class changes as follows "
    "from {date}. Everything else stays as it is.",
)
NOTE = Label(
    "每人、每班一页，可直接打印或发送；措辞可自由修改，不影响课表。",
    "One page for each person and class, to print or send. Change the wording as you like: it has "
    "no effect on the timetable.",
)
THANKS = Label(
    "如有不便，请及时与课后服务管理员联系，我们一起商量。感谢您的理解与支持！",
    "If any of this is difficult for you, please talk to the after-school coordinator: we will "
    "look for a way together. Thank you for your understanding.",
)
SIGNED = Template(
    "{school}    课表第{number}号    {made}", "{school}    timetable no. {number}    {made}"
)
HEADS = (
    Label("岗位", "Post"),
    Label("原安排", "Until now"),
    Label("新安排", "From now on"),
    Label("日期", "Dates"),
)
CLASS_HEADS = (Label("活动", "Activity"), *HEADS[1:])
SWAPPED = frozenset({ChangeKind.PERSON, ChangeKind.FILLED, ChangeKind.OPENED})
WIDTHS = (25, 23, 23, 27)
YOU, SOMEBODY = Label("您", "you"), Label("待定", "to be arranged")
NOT_YOURS = Label("—", "–")
OFF = Label("不再举行", "no longer takes place")
TAKEN = Template("由{staff}担任", "{staff} takes over")
WITH = Template("{staff}\n{rest}", "{staff}\n{rest}")
LINES = Template("{place}\n{room}", "{place}\n{room}")
MARK = Template("{lines}", "{lines}")
NO_ONE = Label("没有需要通知的人员和班级。", "Nobody needs to be told anything.")


@dataclass(frozen=True)
class Notice:
    """A page: whom it addresses, its opening sentence, and the changes it is about."""

    dear: Message
    opening: Template
    groups: tuple[ChangeGroup, ...]
    person: str | None = None


def notices_sheet(view: View) -> Sheet:
    """People in the order of the staff list, then classes; who has left is sent nothing."""
    sheet = Sheet(wording.NOTICES.text(view.lang), header=view.header, print_from=2, tab="2E7D5B")
    sheet.widths = dict(enumerate(WIDTHS, 1))
    sheet.print_columns = len(WIDTHS)
    sheet.put(1, 1, NOTE.text(view.lang), "note")
    sheet.freeze = "A2"
    row = 2
    for notice in _notices(view):
        row = _draw(view, sheet, notice, row)
        sheet.breaks.append(row - 1)
    if row == 2:
        sheet.wide(row, (1, len(WIDTHS)), NO_ONE.text(view.lang), "plain")
    return sheet


def _notices(view: View) -> Iterable[Notice]:
    of_person: dict[str, list[ChangeGroup]] = defaultdict(list)
    of_class: dict[str, list[ChangeGroup]] = defaultdict(list)
    for group in view.news.groups:
        for name in group.one.people:
            of_person[name].append(group)
        for name in group.one.classes:
            of_class[name].append(group)
    for key in people_to_tell(view.published):
        name = view.instance.staff_by_key[key].name
        yield Notice(DEAR(name=name), PERSON, tuple(of_person[key]), key)
    for name in classes_to_tell(view.published):
        yield Notice(DEAR_CLASS(name=name), CLASS, tuple(of_class[name]))


def _draw(view: View, sheet: Sheet, notice: Notice, row: int) -> int:
    """One page; the next free row."""
    lang, last = view.lang, len(WIDTHS)
    since = min(group.begins for group in notice.groups)
    sheet.wide(row, (1, last), TITLE(school=view.instance.school).text(lang), "block")
    sheet.heights[row] = 30
    sheet.wide(row + 1, (1, last), notice.dear.text(lang), "letter_bold")
    sheet.heights[row + 1] = 24
    sheet.wide(row + 2, (1, last), notice.opening(date=since).text(lang), "letter")
    sheet.fit(row + 2, least=24, line=18)
    heads = HEADS if notice.person else CLASS_HEADS
    sheet.line(row + 3, 1, (label.text(lang) for label in heads), "head")
    sheet.heights[row + 3] = 22
    row += 4
    for groups in _rows(notice):
        for column, (part, style) in enumerate(_cells(view, groups, notice.person), 1):
            sheet.put(row, column, part.text(lang), style)
        sheet.fit(row, least=24)
        row += 1
    sheet.wide(row, (1, last), THANKS.text(lang), "letter")
    sheet.fit(row, least=34, line=18)
    made = _date(view)
    signed = SIGNED(school=view.instance.school, number=str(view.published.number), made=made)
    sheet.wide(row + 1, (1, last), signed.text(lang), "letter_right")
    sheet.heights[row + 1] = 24
    sheet.heights[row + 2] = 14
    return row + 3


def _date(view: View) -> str:
    return view.result.created.date().isoformat()


def _rows(notice: Notice) -> Iterable[list[ChangeGroup]]:
    """What stands in one row: to a class, a meeting that moves or begins with all its adults."""
    rows: dict[object, list[ChangeGroup]] = {}
    for n, group in enumerate(notice.groups):
        change = group.one
        key: object = n
        if notice.person is None and not frozenset(change.kinds) & SWAPPED:
            key = (change.activity, change.classes, change.segment, change.kinds, group.dates)
        rows.setdefault(key, []).append(group)
    return rows.values()


def _cells(
    view: View, groups: Sequence[ChangeGroup], person: str | None
) -> Sequence[tuple[Bilingual, str]]:
    one = groups[0]
    name = one.one.activity if len(groups) > 1 else name_text(one, view.news.clubs)
    old, new = (_side(groups, person, old=side) for side in (True, False))
    dates = when_text(one)
    return (MARK(lines=name), "left"), (old, "left"), (new, "left_new"), (dates, "left")


def _side(groups: Sequence[ChangeGroup], person: str | None, *, old: bool) -> Message:
    """Who, when and where, before or after; to a person, whether it is theirs."""
    group, change = groups[0], groups[0].one
    if ChangeKind.GONE in change.kinds and not old:
        return MARK(lines=OFF)
    if ChangeKind.NEW in change.kinds and old:
        return MARK(lines=NOT_YOURS)
    staff = change.old_staff if old else change.new_staff
    if person is None:
        people = (g.one.old_staff if old else g.one.new_staff for g in groups)
        who: object = tuple(dict.fromkeys(name or SOMEBODY for name in people))
    elif staff == person:
        who = YOU
    elif old:
        return MARK(lines=staff or NOT_YOURS)
    else:
        return TAKEN(staff=staff) if staff else MARK(lines=SOMEBODY)
    return WITH(staff=who, rest=_where(group, change, old=old))


def _where(group: ChangeGroup, change: Change, *, old: bool) -> Message:
    place = group.old_place if old else group.new_place
    if place is None:
        clocks = group.clocks
        place = (group.weekday, clocks[0] if len(clocks) == 1 else change.segment)
    room = change.old_room if old else change.new_room
    text = place_text(place)
    return LINES(place=text, room=room) if room else MARK(lines=text)
