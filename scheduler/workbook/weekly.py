"""Weekly grids, one under the other, each on its own printed page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from instances.messages import Label, Template
from instances.words import Weekday
from scheduler.workbook import wording
from scheduler.workbook.clocks import CLOCKS, SEGMENT_TIMES, segment_clocks
from scheduler.workbook.sheet import LINE, Sheet, Value
from scheduler.workbook.view import Item, View

SEGMENT = Label("时段", "Segment")
OPEN = Label("【空缺】", "[open]")
WHEN = Template("{text}\n（{when}）", "{text}\n({when})")
SEGMENT_CLOCK = Template("{segment}\n{clock}", "{segment}\n{clock}")
NONE = Label("本学期没有。", "None this term.")
FIRST_ROW = 2
FIRST = 19.0
DAY = 17.0
LANDSCAPE = 470.0
"""Points that fit on a page on its side."""


@dataclass(frozen=True)
class Entry:
    """One thing in a cell of a weekly grid."""

    text: str
    is_open: bool = False
    is_new: bool = False


@dataclass
class Table:
    """A small table under a grid: column headings with their spans, and rows of values.

    ``new`` are the places of rows that are not what they were, ``new_cells`` of single cells
    (row and column, from 0).
    """

    title: str
    headings: Sequence[tuple[str, int]]
    rows: list[Sequence[Value]] = field(default_factory=list)
    new: set[int] = field(default_factory=set)
    new_cells: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Block:
    """One page: a title, a line of facts, the weekly grid, and tables under it."""

    title: str
    facts: str = ""
    cells: dict[tuple[Weekday, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    tables: list[Table] = field(default_factory=list)
    remark: str = ""


def weekly_sheet(
    view: View, title: Label, blocks: Iterable[Block], *, landscape: bool = True
) -> Sheet:
    """A sheet of weekly grids; upright where a block is too tall for a page on its side."""
    sheet = Sheet(
        title.text(view.lang),
        header=view.header,
        print_from=2,
        tab="7B8794",
    )
    days = view.weekdays
    sheet.widths = {1: FIRST} | dict.fromkeys(range(2, len(days) + 2), max(DAY, 85 / len(days)))
    sheet.print_columns = len(days) + 1
    note = wording.SHARE_NOTE if view.share else wording.COPY_NOTE
    sheet.put(1, 1, note.text(view.lang), "note")
    sheet.freeze = "A2"
    drawer = _Drawer(view, sheet, days)
    tallest = 0.0
    for block in blocks:
        top = drawer.row
        drawer.draw(block)
        height = sum(sheet.heights.get(row, LINE) for row in range(top, drawer.row))
        tallest = max(tallest, height)
    if drawer.row == FIRST_ROW:
        sheet.wide(FIRST_ROW, (1, len(days) + 1), NONE.text(view.lang), "plain")
    sheet.landscape = landscape and tallest <= LANDSCAPE
    return sheet


def entry(view: View, item: Item, text: str) -> Entry:
    """What stands in a cell for an item, with the weeks where it is not every week."""
    if item.when:
        text = WHEN(text=text, when=item.when).text(view.lang)
    return Entry(text, item.holder is None, view.is_new(item))


def _style(entries: Sequence[Entry]) -> str:
    """Red where nobody comes, a red ground where one of several does not, green where new."""
    opens = [entry.is_open for entry in entries]
    if opens and all(opens):
        return "week_open"
    if any(opens):
        return "week_some"
    return "week_new" if any(entry.is_new for entry in entries) else "week"


def _joined(texts: Sequence[str]) -> str:
    """Several entries of a cell; those of more than one line are set apart."""
    return ("\n\n" if any("\n" in text for text in texts) else "\n").join(texts)


class _Drawer:
    def __init__(self, view: View, sheet: Sheet, days: Sequence[Weekday]) -> None:
        self.view = view
        self.sheet = sheet
        self.days = days
        self.row = FIRST_ROW
        self._clocks: dict[tuple[str, frozenset[Weekday], bool], str] = {}
        starts = {s.name: min(t.start for t in s.timings) for s in view.instance.segments}
        self.segments = sorted(starts, key=lambda name: (starts[name], name))

    def draw(self, block: Block) -> None:
        sheet, last = self.sheet, len(self.days) + 1
        sheet.wide(self.row, (1, last), block.title, "block")
        sheet.heights[self.row] = 26
        self.row += 1
        if block.facts:
            sheet.wide(self.row, (1, last), block.facts, "plain")
            sheet.fit(self.row, least=16)
            self.row += 1
        if block.cells:
            self._grid(block)
        if block.remark:
            sheet.wide(self.row, (1, last), block.remark, "plain")
            sheet.fit(self.row, least=20)
            self.row += 1
        for table in block.tables:
            self._table(table)
        sheet.breaks.append(self.row)
        self.row += 1

    def _grid(self, block: Block) -> None:
        sheet, lang = self.sheet, self.view.lang
        used: dict[str, set[Weekday]] = defaultdict(set)
        for day, segment in block.cells:
            used[segment].add(day)
        segments = [name for name in self.segments if name in used]
        many = [s for s in segments if self._clock(s, used[s]).count("\n") >= CLOCKS]
        for segment in many:
            clocks = self._clock(segment, used[segment], one_line=True)
            text = SEGMENT_TIMES(segment=segment, clocks=clocks).text(lang)
            sheet.wide(self.row, (1, len(self.days) + 1), text, "plain")
            sheet.fit(self.row, least=16)
            self.row += 1
        heads = [SEGMENT.text(lang), *(day.text(lang) for day in self.days)]
        sheet.line(self.row, 1, heads, "head")
        sheet.heights[self.row] = 20
        self.row += 1
        for segment in segments:
            label = segment
            if segment not in many:
                clock = self._clock(segment, used[segment])
                label = SEGMENT_CLOCK(segment=segment, clock=clock).text(lang)
            sheet.put(self.row, 1, label, "clock")
            for column, day in enumerate(self.days, 2):
                entries = block.cells.get((day, segment), [])
                text = _joined([entry.text for entry in entries])
                style = _style(entries)
                sheet.put(self.row, column, text or None, style if text else "off")
            sheet.fit(self.row, least=40)
            self.row += 1
        sheet.heights[self.row] = 8
        self.row += 1

    def _clock(self, segment: str, days: Collection[Weekday], *, one_line: bool = False) -> str:
        """When a segment is on some weekdays."""
        key = segment, frozenset(days), one_line
        if key not in self._clocks:
            known = self.view.instance.segment_by_name[segment]
            self._clocks[key] = segment_clocks(
                self.view.calendar, known, self.view.lang, one_line=one_line, weekdays=key[1]
            )
        return self._clocks[key]

    def _table(self, table: Table) -> None:
        sheet = self.sheet
        sheet.put(self.row, 1, table.title, "section")
        sheet.heights[self.row] = 20
        self.row += 1
        self._line([text for text, _ in table.headings], table, "head")
        for n, values in enumerate(table.rows):
            new = (
                range(len(values)) if n in table.new else [c for r, c in table.new_cells if r == n]
            )
            self._line(values, table, "text", new)
        sheet.heights[self.row] = 8
        self.row += 1

    def _line(
        self, values: Sequence[Value], table: Table, style: str, new: Collection[int] = ()
    ) -> None:
        column = 1
        for n, (value, (_, span)) in enumerate(zip(values, table.headings, strict=True)):
            last = min(column + span - 1, len(self.days) + 1)
            look = "date" if style == "text" and hasattr(value, "year") else style
            look = "text_new" if n in new else look
            self.sheet.wide(self.row, (column, last), value, look)
            column = last + 1
        self.sheet.fit(self.row, least=18)
        self.row += 1
