"""The form of a sheet's description: its columns, what their cells hold, and examples.

Reading and writing the workbook both follow these descriptions; neither names a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Literal

from instances.messages import Label
from instances.words import Word


class CellKind(Enum):
    """What a cell holds, and so how its text is read."""

    TEXT = "text"
    NAME = "name"
    """The name by which other sheets refer to this row."""
    REFERENCE = "reference"
    """One name of another sheet."""
    REFERENCES = "references"
    """Several names of another sheet, separated by 、"""
    TEXTS = "texts"
    """Several free words, separated by 、"""
    INTEGER = "integer"
    INTEGERS = "integers"
    DECIMAL = "decimal"
    SHARE = "share"
    """From 0 to 100 %."""
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    WORD = "word"
    """One of the words of ``choices``."""
    WEEKDAY = "weekday"
    WEEKDAYS = "weekdays"
    GRADE = "grade"
    GRADES = "grades"
    CLOSURES = "closures"
    """Dates and ranges of dates: 2026-11-02~2026-11-13 周二（装修）；2026-12-01"""
    POSTS = "posts"
    """Roles with skills and numbers: 指导教师（足球）、助教×2"""
    SLOTS = "slots"
    """Weekdays with segments: 周二 第二段、周四 第一段"""
    PARAMETERS = "parameters"
    """Pairs name=number, separated by 、"""

    @property
    def is_list(self) -> bool:
        """Whether a cell may hold several things (so a drop-down must not forbid others)."""
        return self in _LISTS


_LISTS = {
    CellKind.REFERENCES,
    CellKind.TEXTS,
    CellKind.INTEGERS,
    CellKind.WEEKDAYS,
    CellKind.GRADES,
    CellKind.CLOSURES,
    CellKind.POSTS,
    CellKind.SLOTS,
    CellKind.PARAMETERS,
}


class YesNo(Word):
    """The two answers of a yes/no cell."""

    YES = ("yes", "是", "yes")
    NO = ("no", "否", "no")


class DateKind(Word):
    """What a row of the calendar sheet means."""

    HOLIDAY = ("holiday", "放假", "holiday")
    MAKE_UP = ("make_up", "调休", "make-up day")
    FROZEN = ("frozen", "考试周", "exam weeks")
    PHASE = ("phase", "阶段", "phase")


@dataclass(frozen=True)
class ColumnSpec:
    """One column (of the term sheet: one row).

    ``refers_to`` is the key of the sheet whose names the cell holds (``bands``: the clock
    bands). ``low`` and ``high`` bound a number. ``required``: every row must have a value.
    ``shown_only`` columns are written for people and never read.
    """

    key: str
    title: Label
    note: Label
    kind: CellKind = CellKind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: type[Word] | None = None
    refers_to: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    example: Label = field(default_factory=lambda: Label("", ""))
    shown_only: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.title.zh, self.title.en, *self.aliases)


@dataclass(frozen=True)
class OpenColumns:
    """Further columns whose headings the school itself composes, such as 周一 第一段.

    ``key`` says which; the functions of :mod:`instances.workbook.spec` make the headings.
    """

    key: Literal["participation", "slots", "activities"]
    note: Label
    kind: CellKind
    choices: type[Word] | None = None
    example: Label = field(default_factory=lambda: Label("", ""))
    example_heading: Label = field(default_factory=lambda: Label("", ""))


@dataclass(frozen=True)
class SheetSpec:
    """One sheet. ``layout`` pairs: headings in the first column, values in the second."""

    key: str
    title: Label
    purpose: Label
    columns: tuple[ColumnSpec, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()
    open_columns: tuple[OpenColumns, ...] = ()
    layout: Literal["table", "pairs"] = "table"

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.title.zh, self.title.en, *self.aliases)

    @property
    def required_columns(self) -> Iterator[ColumnSpec]:
        return (column for column in self.columns if column.required)

    def column(self, key: str) -> ColumnSpec:
        return next(column for column in self.columns if column.key == key)
