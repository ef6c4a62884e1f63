"""The master grid: the weekly pattern, one name in each cell that may be edited."""

from __future__ import annotations

from collections import defaultdict

from instances.messages import Label
from instances.timetable import Placement
from instances.words import Role
from scheduler.changes import ChangeKind
from scheduler.workbook import wording
from scheduler.workbook.canvas import GRID, NAME, SUB, Canvas, Master, numbered_role
from scheduler.workbook.club_places import blocks_text
from scheduler.workbook.grid import class_blocks
from scheduler.workbook.labels import clock_of, who_attends
from scheduler.workbook.sheet import LINE, lines_of
from scheduler.workbook.view import Item, View

TITLE = Label("总课表（每周）", "Master grid (weekly pattern)")
CLUB_BLOCK = Label("二、社团", "2. Clubs")
DUTY_BLOCK = Label("三、值班", "3. Duty posts")
ROTA_BLOCK = Label("四、轮值", "4. Posts in rotation")
CLUB = Label("社团", "Club")
FAMILY = Label("类别", "Kind")
WHEN = Label("时间", "When")
ROOM = Label("场地", "Room")
CLASSES = Label("班级", "Classes")
CHILDREN = Label("人数", "Children")
CLOCK = Label("钟点", "Clock")
DUTY = Label("值班", "Duty")
POST = Label("岗位", "Post")
TURN = Label("轮到的周次", "Weeks of the turn")
PERSON = Label("人员", "Staff")
OVER = Label("已结束", "over")
CLUB_WHEN, CLUB_CLOCK, CLUB_ROOM = (GRID, GRID + 1), (GRID + 2, GRID + 3), (GRID + 4, GRID + 4)
"""The columns of a club's time, clock times and room, from and to."""


def master_grid(view: View) -> Master:
    """The whole grid: classes, other weeks, clubs, duties, posts in rotation."""
    canvas = Canvas(view)
    sheet = canvas.sheet
    sheet.put(2, NAME, TITLE.text(view.lang), "title")
    sheet.heights[2] = 26
    note = wording.SHARE_NOTE if view.share else wording.MASTER_NOTE
    sheet.put(3, NAME, note.text(view.lang), "note")
    canvas.row = 4
    class_blocks(canvas)
    _clubs(canvas)
    _duties(canvas)
    _rotas(canvas)
    return canvas.finish()


def _post_columns(canvas: Canvas) -> list[tuple[Role, int]]:
    """The columns of posts in the block of clubs: each role as often as any club needs it."""
    most: dict[Role, int] = defaultdict(int)
    for items in canvas.clubs.values():
        lines: dict[Role, set[str]] = defaultdict(set)
        for item in items:
            lines[item.post.role].add(item.post.line)
        for role, found in lines.items():
            most[role] = max(most[role], len(found))
    roles = sorted(most, key=lambda role: (role.tier, role.value))
    return [(role, number) for role in roles for number in range(1, most[role] + 1)]


def _clubs(canvas: Canvas) -> None:
    if not canvas.view.clubs:
        return
    sheet, posts = canvas.sheet, _post_columns(canvas)
    classes = GRID + 5 + len(posts)
    _widen(canvas, classes + 2)
    canvas.section(CLUB_BLOCK)
    _club_head(canvas, posts)
    for activity in canvas.view.clubs:
        items = canvas.clubs.get(activity.name, [])
        clocks = "\n".join(dict.fromkeys(clock_of(canvas.view, item) for item in items))
        placement = _placement(canvas, activity.name)
        over = canvas.view.is_over(activity)
        blocks = placement.blocks if placement else ()
        when = OVER.text(canvas.lang) if over else blocks_text(blocks, canvas.lang)
        who = who_attends(canvas.view, activity)
        width = 2 * sheet.widths[GRID]
        lines = max(lines_of(text, width) for text in (clocks, when, who))
        if not canvas.room_for(lines * LINE + 4):
            _club_head(canvas, posts)
        row = canvas.row
        sheet.put(row, NAME, activity.name, "side")
        kind = activity.family or activity.kind
        sheet.put(row, SUB, kind.text(canvas.lang), "clock")
        _club_place(canvas, activity.name, placement, when, "text" if over else "open")
        sheet.wide(row, CLUB_CLOCK, clocks or None, "text")
        _club_posts(canvas, items, posts, CLUB_ROOM[1] + 1)
        sheet.wide(row, (classes, classes + 1), who, "text")
        taken = canvas.view.demand.taken.get(activity.name, {})
        sheet.put(row, classes + 2, sum(taken.values()), "text")
        sheet.fit(row, least=19)
        canvas.row += 1
    canvas.row += 1


def _club_head(canvas: Canvas, posts: list[tuple[Role, int]]) -> None:
    """The headings of the block of clubs, on each of its pages."""
    sheet, lang, row = canvas.sheet, canvas.lang, canvas.row
    sheet.put(row, NAME, CLUB.text(lang), "head")
    sheet.put(row, SUB, FAMILY.text(lang), "head")
    sheet.wide(row, CLUB_WHEN, WHEN.text(lang), "head")
    sheet.wide(row, CLUB_CLOCK, CLOCK.text(lang), "head")
    sheet.wide(row, CLUB_ROOM, ROOM.text(lang), "head")
    first = CLUB_ROOM[1] + 1
    for n, (role, number) in enumerate(posts, first):
        name = role.text(lang)
        text = name[:1].upper() + name[1:] + (f" {number}" if number > 1 else "")
        sheet.put(row, n, text, "head")
    classes = first + len(posts)
    sheet.wide(row, (classes, classes + 1), CLASSES.text(lang), "head")
    sheet.put(row, classes + 2, CHILDREN.text(lang), "head")
    sheet.fit(row, least=20)
    canvas.row += 1


def _placement(canvas: Canvas, activity: str) -> Placement | None:
    """When and where a club meets every week, if it does."""
    placed = activity in canvas.view.expansion.option_of
    return canvas.view.timetable.placements.get(activity) if placed else None


def _club_place(
    canvas: Canvas, activity: str, placement: Placement | None, when: str, none: str
) -> None:
    """The cells that say when a club meets every week, and in which room; ``none``: the style of
    what is not there."""
    sheet, row, view = canvas.sheet, canvas.row, canvas.view
    looks = dict.fromkeys((ChangeKind.TIME, ChangeKind.ROOM), "text" if view.share else "edit")
    for item in canvas.clubs.get(activity, []):
        for kind in view.news.of_line(item.post.line, item.slot[0]) & looks.keys():
            looks[kind] = "text_new" if view.share else "edit_new"
    sheet.wide(row, CLUB_WHEN, when, looks[ChangeKind.TIME] if placement else none)
    name = placement.room if placement else None
    sheet.wide(row, CLUB_ROOM, name, looks[ChangeKind.ROOM] if name else none)
    off = view.called_off.get(activity)
    if off is not None:
        sheet.notes[row, CLUB_WHEN[0]] = off.message.text(canvas.lang)
    elif placement is None:
        lines = [line for line in view.result.open_reasons if line.startswith(f"{activity}/")]
        why = view.why_open(lines[0]) if lines else None
        if why:
            sheet.notes[row, CLUB_WHEN[0]] = why
    canvas.master.places[row, CLUB_WHEN[0]] = ("when", activity)
    canvas.master.places[row, CLUB_ROOM[0]] = ("room", activity)


def _club_posts(
    canvas: Canvas, items: list[Item], posts: list[tuple[Role, int]], first: int
) -> None:
    """A cell per post of a club; one line is one cell however often it meets."""
    lines: dict[Role, dict[str, Item]] = defaultdict(dict)
    for item in items:
        lines[item.post.role].setdefault(item.post.line, item)
    for n, (role, number) in enumerate(posts, first):
        found = list(lines[role].values())
        if number <= len(found):
            canvas.name(canvas.row, n, found[number - 1])
        else:
            canvas.sheet.put(canvas.row, n, None, "off")


def _widen(canvas: Canvas, last: int) -> None:
    for column in range(canvas.last + 1, last + 1):
        canvas.sheet.widths[column] = canvas.sheet.widths[GRID]
    canvas.last = max(canvas.last, last)


def _duties(canvas: Canvas) -> None:
    if not canvas.duty:
        return
    rows: dict[tuple[str, ...], dict[int, Item]] = {}
    for item in canvas.duty:
        post = item.post
        label: tuple[str, ...] = (post.activity, item.slot[1], numbered_role(item, canvas.lang))
        label += (item.when,)
        column = canvas.spans[item.slot[0]][0]
        depth = 0
        while column in rows.get((*label, str(depth)), {}):
            depth += 1
        rows.setdefault((*label, str(depth)), {})[column] = item
    canvas.section(DUTY_BLOCK, height=50 + 26 * min(5, len(rows)))
    canvas.day_header(DUTY, POST, clocks=False)
    for label, cells in rows.items():
        _duty_row(canvas, label, cells)
    canvas.row += 1


def _duty_row(canvas: Canvas, label: tuple[str, ...], cells: dict[int, Item]) -> None:
    sheet, row = canvas.sheet, canvas.row
    activity, segment, role, when, _ = label
    sheet.put(row, NAME, activity, "side")
    parts = [segment, "" if role == activity else role, when]
    sheet.put(row, SUB, "\n".join(part for part in parts if part), "clock")
    for first, last in canvas.spans.values():
        if first in cells:
            canvas.name(row, first, cells[first], last=last)
        else:
            sheet.wide(row, (first, last), None, "off")
    sheet.fit(row, least=19)
    canvas.row += 1


def _rotas(canvas: Canvas) -> None:
    if not canvas.rota:
        return
    sheet, lang = canvas.sheet, canvas.lang
    when, person = (GRID, GRID + 5), (GRID + 6, GRID + 7)
    _widen(canvas, person[1])
    canvas.section(ROTA_BLOCK, height=50 + 20 * min(5, len(canvas.rota)))
    sheet.put(canvas.row, NAME, DUTY.text(lang), "head")
    sheet.put(canvas.row, SUB, POST.text(lang), "head")
    sheet.wide(canvas.row, when, TURN.text(lang), "head")
    sheet.wide(canvas.row, person, PERSON.text(lang), "head")
    sheet.heights[canvas.row] = 20
    canvas.row += 1
    for items in canvas.rota.values():
        row, first = canvas.row, items[0]
        days = 0
        for item in items:
            days |= item.days
        weeks = [day.week for day in canvas.view.calendar.dates(days)]
        sheet.put(row, NAME, first.post.activity, "side")
        sheet.put(row, SUB, first.post.role.text(lang), "clock")
        sheet.wide(row, when, canvas.view.weeks.spelled(weeks), "text")
        canvas.name(row, person[0], first, last=person[1])
        sheet.fit(row, least=19)
        canvas.row += 1
