"""Every sheet of the input workbook, in order, and how composed headings are written."""

from __future__ import annotations

import datetime as dt

from instances.messages import Label, Lang
from instances.school import Segment, Timing
from instances.words import Weekday
from instances.workbook.sheet import (
    CellKind,
    ColumnSpec,
    DateKind,
    OpenColumns,
    SheetSpec,
    YesNo,
)
from instances.workbook.spec_activities import ACTIVITIES
from instances.workbook.spec_events import EVENTS
from instances.workbook.spec_people import BUSY, LEAVE, STAFF
from instances.workbook.spec_school import CLASSES, ROOMS
from instances.workbook.spec_settings import PINS, RULES
from instances.workbook.spec_term import CALENDAR, SEGMENTS, TERM
from instances.workbook.spec_tournaments import RESULTS, TOURNAMENTS
from instances.workbook.spec_wishes import ACTIVITY_WISHES, WISHES, WISHES_LIST

__all__ = [
    "DEFAULT_SEGMENTS",
    "SHEETS",
    "SHEET_BY_KEY",
    "WISHES_LIST",
    "CellKind",
    "ColumnSpec",
    "DateKind",
    "OpenColumns",
    "SheetSpec",
    "YesNo",
    "default_segments",
    "participation_heading",
    "wish_heading",
]

SHEETS: tuple[SheetSpec, ...] = (
    TERM,
    CALENDAR,
    SEGMENTS,
    CLASSES,
    ROOMS,
    STAFF,
    WISHES,
    ACTIVITY_WISHES,
    BUSY,
    LEAVE,
    ACTIVITIES,
    EVENTS,
    TOURNAMENTS,
    RESULTS,
    PINS,
    RULES,
)
SHEET_BY_KEY: dict[str, SheetSpec] = {sheet.key: sheet for sheet in SHEETS}

DEFAULT_SEGMENTS = (
    (Label("第一段", "Segment 1"), dt.time(15, 30), dt.time(16, 30)),
    (Label("第二段", "Segment 2"), dt.time(16, 30), dt.time(17, 30)),
)


def default_segments(lang: Lang) -> tuple[Segment, ...]:
    """The segments of a school whose workbook lists none."""
    return tuple(
        Segment(name=name.text(lang), timings=(Timing(start=start, end=end),))
        for name, start, end in DEFAULT_SEGMENTS
    )


def wish_heading(weekday: Weekday, band: str, lang: Lang) -> str:
    """The heading of a column of slot wishes: 周一 第一段."""
    return f"{weekday.text(lang)} {band}"


def participation_heading(weekday: Weekday | None, segment: str | None, lang: Lang) -> str:
    """The heading of a column of participation: 参加率 周五 第二段."""
    parts = (CLASSES.column("participation").title.text(lang), weekday, segment)
    return " ".join(
        part.text(lang) if isinstance(part, Weekday) else part for part in parts if part is not None
    )
