"""What the blocks of the master grid share: the sheet, its columns, and its editable cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from instances.messages import Label, Lang, Template
from instances.school import Segment
from instances.words import Weekday
from scheduler.changes import ChangeKind
from scheduler.workbook import wording
from scheduler.workbook.clocks import CLOCKS, SEGMENT_TIMES, column_clocks, segment_clocks
from scheduler.workbook.sheet import Choice, Sheet, coordinate, letter, sheet_range, widest
from scheduler.workbook.view import Item, View

PlaceCell = Literal["when", "room"]
Column = tuple[Weekday, str]
"""A weekday and a clock band."""

PAGE = (770.0, 490.0)
"""Width and height of landscape A4 within the margins, in points."""
CHARACTER, PLAIN_ROW, SAFE = 5.4, 15.0, 0.97

NAME, SUB, GRID = 2, 3, 4
"""Columns of a row's label, its second label, and its first slot; 1 is hidden."""

ROLE_NTH = Template("{role}{number}", "{role} {number}")


@dataclass
class Master:
    """The sheet, and what each of its editable cells stands for.

    ``lines`` are the cells of names, ``places`` those that say when or where a club meets.
    """

    sheet: Sheet
    lines: dict[tuple[int, int], str] = field(default_factory=dict)
    places: dict[tuple[int, int], tuple[PlaceCell, str]] = field(default_factory=dict)


class Canvas:
    """The master grid while it is being drawn; ``row`` is the next free one."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lang: Lang = view.lang
        self.sheet = Sheet(
            wording.MASTER.text(view.lang), landscape=True, header=view.header, tab="C9A227"
        )
        self.master = Master(self.sheet)
        self.row = 2
        self._seen: set[str] = set()
        self._sort()
        self._first_header = True
        self.columns = self._columns()
        width = widest((person.key for person in view.instance.staff), 9.5, 15)
        self.last = max(GRID + len(self.columns) - 1, GRID + 7)
        self.sheet.widths = {1: 3, NAME: 17, SUB: 15}
        self.sheet.widths |= dict.fromkeys(range(GRID, self.last + 1), width)

    def _sort(self) -> None:
        """The items of the pattern by the block they are shown in."""
        rotas = {a.name for a in self.view.instance.activities if a.rota is not None}
        self.care: list[Item] = []
        self.duty: list[Item] = []
        self.rota: dict[str, list[Item]] = defaultdict(list)
        self.clubs: dict[str, list[Item]] = defaultdict(list)
        for item in self.view.items:
            name = item.post.activity
            if name in self.view.demand.options:
                self.clubs[name].append(item)
            elif name in rotas:
                self.rota[item.post.line].append(item)
            elif item.post.kind.has_children:
                self.care.append(item)
            else:
                self.duty.append(item)

    @cached_property
    def band_of(self) -> dict[str, str]:
        return {segment.name: segment.band_name for segment in self.view.instance.segments}

    def column_of(self, item: Item) -> Column:
        return item.slot[0], self.band_of[item.slot[1]]

    def _columns(self) -> list[Column]:
        """Weekdays with the clock bands that classes meet in, in the order of the week."""
        order = {band: n for n, band in enumerate(self.view.instance.bands)}
        found = {self.column_of(item) for item in self.care}
        days = {item.slot[0] for item in self.view.items}
        found |= {(day, "") for day in days - {day for day, _ in found}}
        return sorted(found, key=lambda column: (column[0], order.get(column[1], 0)))

    @cached_property
    def place(self) -> dict[Column, int]:
        """The sheet column of each weekday and band."""
        return {column: n for n, column in enumerate(self.columns, GRID)}

    @cached_property
    def spans(self) -> dict[Weekday, tuple[int, int]]:
        """The sheet columns of each weekday, from and to."""
        spans: dict[Weekday, tuple[int, int]] = {}
        for n, (day, _) in enumerate(self.columns, GRID):
            spans[day] = (spans.get(day, (n, n))[0], n)
        return spans

    def room_for(self, height: float) -> bool:
        """Whether so much more still fits on the printed page; if not, begin another."""
        start = self.sheet.breaks[-1] if self.sheet.breaks else 1
        used = sum(self.sheet.heights.get(row, PLAIN_ROW) for row in range(start + 1, self.row))
        if used + height <= self._page_height:
            return True
        self.sheet.breaks.append(self.row - 1)
        return False

    @property
    def _page_height(self) -> float:
        """Points of a page at the scale that fits the width, with a margin of error."""
        width = sum(self.sheet.widths.values()) * CHARACTER
        return SAFE * PAGE[1] * max(1.0, width / PAGE[0])

    def section(self, label: Label, *, height: float = 130) -> None:
        """The heading of a block, on a new page if no more than that fits on this one."""
        self.room_for(height)
        self.sheet.put(self.row, NAME, label.text(self.lang), "section")
        self.sheet.heights[self.row] = 22
        self.row += 1

    def day_header(self, first: Label, second: Label, *, clocks: bool) -> None:
        """Weekdays across their bands, and under them the bands.

        Clock times stand there the first time, or above, segment by segment, if they are many.
        """
        texts = [column[1] for column in self.columns]
        if clocks and self._first_header:
            self._first_header = False
            long = [self._clock(column) for column in self.columns]
            if max((text.count("\n") for text in long), default=0) <= CLOCKS:
                texts = long
            else:
                self._times()
        sheet, row = self.sheet, self.row
        rows = 2 if clocks else 1
        sheet.wide(row, (NAME, NAME), first.text(self.lang), "head", rows=rows)
        sheet.wide(row, (SUB, SUB), second.text(self.lang), "head", rows=rows)
        for day, span in self.spans.items():
            sheet.wide(row, span, day.text(self.lang), "head")
        sheet.heights[row] = 20
        if clocks:
            sheet.line(row + 1, GRID, texts, "clock")
            sheet.fit(row + 1, least=20, line=14)
        self.row += rows

    def _times(self) -> None:
        """A line for each segment in which classes are in care: when it is."""
        instance = self.view.instance
        here = {item.slot[1] for item in self.care}
        for segment in instance.segments:
            if segment.name in here:
                clocks = segment_clocks(self.view.calendar, segment, self.lang, one_line=True)
                text = SEGMENT_TIMES(segment=segment.name, clocks=clocks).text(self.lang)
                self.sheet.put(self.row, NAME, text, "note")
                self.row += 1

    def _clock(self, column: Column) -> str:
        instance = self.view.instance
        grades: dict[Segment, set[int]] = {}
        for item in self.care:
            if self.column_of(item) == column:
                segment = instance.segment_by_name[item.slot[1]]
                here = (instance.class_by_name[name].grade for name in item.post.classes)
                grades.setdefault(segment, set()).update(here)
        clocks = column_clocks(self.view.calendar, column[0], grades, self.lang)
        return "\n".join(part for part in (column[1], clocks) if part)

    def name(self, row: int, column: int, item: Item, *, last: int | None = None) -> None:
        """The cell of a line: editable where the line stands for the first time."""
        line = item.post.line
        if line in self._seen:
            self.sheet.wide(row, (column, last or column), item.holder, "off")
            return
        self._seen.add(line)
        style = "text" if self.view.share else "edit"
        if self.view.news.of_line(line, item.slot[0]) - {ChangeKind.ROOM}:
            style += "_new"
        self.sheet.wide(
            row, (column, last or column), item.holder, style if item.holder else "open"
        )
        why = None if item.holder else self.view.why_open(line)
        if why:
            self.sheet.notes[row, column] = why
        self.master.lines[row, column] = line

    def finish(self) -> Master:
        """Put in the hidden names of rows and columns, and the drop-downs."""
        sheet = self.sheet
        if not self.view.share:
            for column in range(2, self.last + 1):
                sheet.put(1, column, f"c{column}", "id")
            for row in range(2, sheet.last_row + 1):
                sheet.put(row, 1, f"r{row}", "id")
            cells = tuple(coordinate(*where) for where in self.master.lines)
            self._place_choices()
            if cells:
                sheet.choices.append(Choice(cells, staff_list(self.view)))
        sheet.hidden_rows = {1}
        sheet.hidden_columns = {1}
        return self.master

    def _place_choices(self) -> None:
        """Drop-downs of the clubs' places and rooms, from the hidden sheet."""
        clubs = [activity.name for activity in self.view.clubs]
        for where, (what, activity) in self.master.places.items():
            column = OPTION_COLUMN + clubs.index(activity)
            count = len(self.view.demand.options[activity])
            if what == "room":
                column, count = ROOM_COLUMN, len(self.view.instance.room_by_name)
            if count:
                cells = f"${letter(column)}$1:${letter(column)}${count}"
                choice = Choice((coordinate(*where),), sheet_range(wording.DATA, cells))
                self.sheet.choices.append(choice)


ROOM_COLUMN, OPTION_COLUMN = 7, 8
"""Columns of the hidden sheet: all rooms, and from which on the options of each club."""
STAFF_COLUMN = "F"
"""The column of the hidden sheet that lists everybody, for the drop-downs."""


def staff_list(view: View) -> str:
    """The formula of a drop-down with everybody's name."""
    count = max(1, len(view.instance.staff))
    return sheet_range(wording.DATA, f"${STAFF_COLUMN}$1:${STAFF_COLUMN}${count}")


def numbered_role(item: Item, lang: Lang) -> str:
    """The role with the number of the post where there are several: 看护教师2."""
    role = item.post.role.text(lang)
    number = item.post.number
    return ROLE_NTH(role=role, number=number).text(lang) if number > 1 else role
