"""The first block of the master grid: classes and their weekly slots."""

from __future__ import annotations

from collections import defaultdict

from instances.messages import Label
from instances.words import Role, Weekday
from scheduler.changes import ChangeKind
from scheduler.workbook.canvas import NAME, SUB, Canvas, Column, numbered_role
from scheduler.workbook.view import Item

USUAL = Label("一、班级", "1. Classes")
OTHER = Label("一（续）、其他周次（所列周次以此为准）", "1b. Other weeks (these hold then)")
CLASS = Label("班级", "Class")
POST = Label("岗位", "Post")
WEEKS = Label("周次", "Weeks")
ROOM = Label("场地", "room")
IN_CLUB = Label("社团", "clubs")

ROW = 40
"""Points kept for a row of classes with its rooms."""

RowKey = tuple[int, int, tuple[str, ...], str, int, int, int]


def class_blocks(canvas: Canvas) -> None:
    """The usual week of every class, and the lines that hold in other weeks."""
    usual, other = _split(canvas)
    canvas.section(USUAL)
    canvas.day_header(CLASS, POST, clocks=True)
    canvas.sheet.freeze = f"D{canvas.row}"
    _grid(canvas, usual, weeks=False)
    canvas.row += 1
    if other:
        canvas.section(OTHER)
        canvas.day_header(CLASS, WEEKS, clocks=True)
        _grid(canvas, other, weeks=True)
        canvas.row += 1


def _split(canvas: Canvas) -> tuple[list[Item], list[Item]]:
    """Lines that hold in most weeks of their slot, and all others."""
    stacks: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in canvas.care:
        post = item.post
        stacks[post.activity, post.classes, item.slot, post.role, post.number].append(item)
    usual: list[Item] = []
    other: list[Item] = []
    for items in stacks.values():
        items.sort(key=lambda item: -item.days.bit_count())
        slot = canvas.view.slot_days(items[0].slot)
        often = items[0].days.bit_count() * 2 > slot.bit_count()
        usual += items[:1] if often else []
        other += items[1:] if often else items
    return usual, other


def _grid(canvas: Canvas, items: list[Item], *, weeks: bool) -> None:
    """Rows of classes; several adults, roles or weeks take a row each."""
    order = {c.name: n for n, c in enumerate(canvas.view.instance.classes)}
    rows: dict[RowKey, dict[int, Item]] = {}
    for item in sorted(items, key=lambda item: item.order):
        post = item.post
        column = canvas.place[canvas.column_of(item)]
        key = (order[post.classes[-1]], len(post.classes), post.classes, item.when if weeks else "")
        depth = 0
        while column in rows.get((*key, post.role.tier, post.number, depth), {}):
            depth += 1
        rows.setdefault((*key, post.role.tier, post.number, depth), {})[column] = item
    alone = _club_slots(canvas)
    for row_key in sorted(rows):
        if not canvas.room_for(ROW):
            canvas.day_header(CLASS, WEEKS if weeks else POST, clocks=True)
        _class_row(canvas, row_key, rows[row_key], alone)


def _class_row(
    canvas: Canvas, key: RowKey, cells: dict[int, Item], club_slots: set[tuple[str, Column]]
) -> None:
    _, _, classes, when, _, number, depth = key
    sheet, row = canvas.sheet, canvas.row
    item = next(iter(cells.values()))
    plain = item.post.role is Role.SUPERVISOR and number == 1
    usual = plain and not when and not depth
    label = "" if plain else numbered_role(item, canvas.lang)
    sheet.put(row, NAME, canvas.view.joined(list(classes)), "side")
    sheet.put(row, SUB, " ".join(part for part in (when, label) if part), "clock")
    for column, n in canvas.place.items():
        if n in cells:
            canvas.name(row, n, cells[n])
            continue
        away = usual and len(classes) == 1 and (classes[0], column) in club_slots
        sheet.put(row, n, IN_CLUB.text(canvas.lang) if away else None, "off")
    sheet.fit(row, least=19)
    canvas.row += 1
    _room_row(canvas, cells)


def _room_row(canvas: Canvas, cells: dict[int, Item]) -> None:
    """Under a row, the rooms that are not the home room."""
    away = {column: item.room for column, item in cells.items() if _is_away(canvas, item)}
    if not away:
        return
    sheet, row = canvas.sheet, canvas.row
    sheet.put(row, NAME, None, "side")
    sheet.put(row, SUB, ROOM.text(canvas.lang), "clock")
    for n in canvas.place.values():
        new = n in away and ChangeKind.ROOM in canvas.view.news.of_line(
            cells[n].post.line, cells[n].slot[0]
        )
        sheet.put(row, n, away.get(n), "off_new" if new else "off")
    sheet.fit(row)
    canvas.row += 1


def _is_away(canvas: Canvas, item: Item) -> bool:
    homes = {canvas.view.instance.class_by_name[name].room for name in item.post.classes}
    return item.room is not None and item.room not in homes


def _club_slots(canvas: Canvas) -> set[tuple[str, tuple[Weekday, str]]]:
    """When which class has children in clubs."""
    return {
        (name, canvas.column_of(item))
        for items in canvas.clubs.values()
        for item in items
        for name in item.post.classes
    }
