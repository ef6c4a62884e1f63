"""Putting what is hers into a new timetable, and saying what could not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from instances.messages import Label, Lang, Message, Template
from instances.text import shown
from instances.workbook.foreign import FORMULAS, Loss
from scheduler.workbook import wording
from scheduler.workbook.canvas import Master
from scheduler.workbook.hers.own_sheets import OwnSheets, Unreadable
from scheduler.workbook.hers.read import Hers, Mark
from scheduler.workbook.hers.spots import NewCells, chinese_title
from scheduler.workbook.sessions import KEY
from scheduler.workbook.sheet import Note, Sheet, Tint, coordinate, widest
from scheduler.workbook.styles import LOOKS, NEW, WARN

NO_PLACE = Template(
    "“{sheet}”{cell}的颜色：新文件中没有对应的单元格。",
    "The colour of {sheet} {cell}: no cell of the new file corresponds to it.",
)
COVERED = Template(
    "“{sheet}”{cell}的颜色：该处有变动或空缺，用绿色或红色标出。",
    "The colour of {sheet} {cell}: green or red stands there, for what has changed or is open.",
)
NOTE_LEFT = Template(
    "“{sheet}”{cell}的批注：新文件中没有对应的单元格。内容：{text}",
    "The note at {sheet} {cell}: no cell of the new file corresponds to it. It says: {text}",
)
SHEET_LEFT = Template("工作表“{sheet}”：无法复制。", "The sheet {sheet}: it cannot be copied.")
LOST = Template("{what}", "{what}")
LOST_ON = Template("{what}：“{sheets}”表", "{what}: sheet {sheets}")
AS_VALUES = Template(
    "公式：“{sheets}”表（带入的是结果，不是公式）",
    "formulas: sheet {sheets} (their results were carried, not the formulas)",
)
RENAMED = Template("{old}（改名为{new}）", "{old} (now called {new})")
PLAIN = Template("{old}", "{old}")
SHEETS = Template("您自己的工作表：{sheets}", "your own sheets: {sheets}")
COLUMNS = Template(
    "您在“场次”中加的列：{columns}", "the columns that you added to Sessions: {columns}"
)
COLOURS = Template("您标的颜色 {count} 处", "cells that you coloured: {count}")
NOTES = Template("您写的批注 {count} 条", "notes of yours: {count}")
CARRIED = Template(
    "从上一份课表带入：{parts}。", "Carried over from the timetable before: {parts}."
)
LEFT = Label(
    "以下没有带入新文件（上一份课表的文件里还在）：",
    "Not carried into the new file (the file of the timetable before still has it):",
)
LONGEST = 31
"""Characters of a title; the format allows no more."""


@dataclass(frozen=True)
class Adopted:
    """What was carried over, and what was not; ``titles``: old and new names of her sheets."""

    titles: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    colours: int = 0
    notes: int = 0
    left: tuple[Message, ...] = ()

    def lines(self, lang: Lang) -> Iterator[str]:
        """What somebody who has the new file should know about it."""
        parts: list[Message] = []
        if self.titles:
            names = tuple(
                (PLAIN(old=old) if old == new else RENAMED(old=old, new=new))
                for old, new in self.titles
            )
            parts.append(SHEETS(sheets=names))
        if self.columns:
            parts.append(COLUMNS(columns=self.columns))
        for template, count in ((COLOURS, self.colours), (NOTES, self.notes)):
            if count:
                parts.append(template(count=count))
        if parts:
            yield CARRIED(parts=tuple(parts)).text(lang)
        if self.left:
            yield LEFT.text(lang)
            yield from (f"  {message.text(lang)}" for message in self.left)

    def to_json(self, lang: Lang) -> dict[str, object]:
        return {
            "sheets": [new for _, new in self.titles],
            "columns": list(self.columns),
            "colours": self.colours,
            "notes": self.notes,
            "left": [message.text(lang) for message in self.left],
        }


def adopt(
    hers: Hers, sheets: Sequence[Sheet], master: Master, lang: Lang
) -> tuple[Adopted, Callable[[Workbook], None] | None]:
    """Put colours and notes on the new sheets; what adds her own sheets to the file."""
    places = {
        chinese: NewCells(chinese, sheet, master)
        for sheet in sheets
        if (chinese := chinese_title(sheet.title, lang)) is not None
    }
    _widen(hers, places.get(wording.SESSIONS.zh))
    colours = [why for mark in hers.colours if (why := _dye(mark, places)) is not None]
    notes = [why for mark in hers.notes if (why := _pin(mark, places)) is not None]
    titles, unreadable, add = _own(hers, {sheet.title for sheet in sheets})
    adopted = Adopted(
        titles,
        tuple(column.title for column in hers.columns),
        len(hers.colours) - len(colours),
        len(hers.notes) - len(notes),
        (*unreadable, *notes, *colours, *_losses(hers)),
    )
    return adopted, add


def _widen(hers: Hers, sessions: NewCells | None) -> None:
    """Put the columns that she added behind those of the sessions, row by row."""
    if sessions is None or not hers.columns:
        return
    sheet = sessions.sheet
    rows = {text: row for (row, column), text in sessions.texts.items() if column == KEY}
    for number, column in enumerate(hers.columns, KEY + 1):
        sheet.put(1, number, column.title, "head")
        sessions.texts[1, number] = column.title
        sheet.widths[number] = widest([column.title, *map(shown, column.values.values())], 10, 40)
        for key, value in column.values.items():
            if key in rows:
                style = "flat_date" if isinstance(value, dt.date) else "flat"
                sheet.put(rows[key], number, value, style)
    sheet.filter = f"A1:{coordinate(sheet.last_row, KEY + len(hers.columns))}"


def _dye(mark: Mark[Tint], places: Mapping[str, NewCells]) -> Message | None:
    """Colour the cell that a colour belongs to, or say why not."""
    cells, facts = places.get(mark.spot.sheet), {"sheet": mark.sheet, "cell": mark.address}
    where = cells.find(mark.spot) if cells else None
    if cells is None or where is None:
        return NO_PLACE(**facts)
    if LOOKS[cells.sheet.cells[where][1]].fill in (NEW, WARN):
        return COVERED(**facts)
    cells.sheet.tints[where] = mark.what
    return None


def _pin(mark: Mark[Note], places: Mapping[str, NewCells]) -> Message | None:
    """Put a note at its cell, or say what it said."""
    cells = places.get(mark.spot.sheet)
    where = cells.find(mark.spot) if cells else None
    if cells is None or where is None:
        facts = {"sheet": mark.sheet, "cell": mark.address, "text": mark.what.text}
        return NOTE_LEFT(**facts)
    cells.sheet.her_notes[where] = mark.what
    return None


def _own(
    hers: Hers, taken: Collection[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[Message, ...], Callable[[Workbook], None] | None]:
    """Her sheets with their new names, those that cannot be copied, and what copies the others."""
    if not hers.titles:
        return (), (), None
    try:
        own = OwnSheets(hers.book)
    except Unreadable:
        return (), tuple(SHEET_LEFT(sheet=title) for title in hers.titles), None
    names: dict[str, str] = {}
    for title in filter(own.has, hers.titles):
        names[title] = _free(title, {*taken, *names.values()})
    left = tuple(SHEET_LEFT(sheet=title) for title in hers.titles if title not in names)
    return tuple(names.items()), left, lambda book: own.copy_to(book, names)


def _free(title: str, taken: Collection[str]) -> str:
    """A title that no other sheet has, whether in capitals or not."""
    used = {other.casefold() for other in taken}
    new, number = title, 2
    while new.casefold() in used:
        mark = f" ({number})"
        new, number = title[: LONGEST - len(mark)] + mark, number + 1
    return new


def _losses(hers: Hers) -> Iterator[Message]:
    """What no copy keeps; of formulas beside ours the results are kept."""
    for loss in hers.lost:
        beside = tuple(title for title in loss.sheets if title not in hers.titles)
        if loss.what == FORMULAS.what and beside:
            yield AS_VALUES(sheets=beside)
            if own := tuple(title for title in loss.sheets if title in hers.titles):
                yield _loss(Loss(loss.what, own))
        else:
            yield _loss(loss)


def _loss(loss: Loss) -> Message:
    if not loss.sheets:
        return LOST(what=loss.what)
    return LOST_ON(what=loss.what, sheets=loss.sheets)
