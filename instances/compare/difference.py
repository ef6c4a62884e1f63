"""One difference between two inputs, in a line that a person can check at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from instances.messages import Bilingual, Lang, Message, Template, localize
from instances.problems import Path
from instances.school import Closure, Period, Record
from instances.text import shown
from instances.words import Word
from instances.workbook.cell_text import cell_value, weekdays_text
from instances.workbook.sheet import CellKind
from instances.workbook.spec import SHEET_BY_KEY

BLANK = Template("（空）", "(blank)")
FIELD = Template("{name}：“{field}”由{old}改为{new}", "{name}: “{field}” from {old} to {new}")


class Sort(Word):
    """What a difference is about, in the order of the page; the words say how many there are."""

    LEFT = ("left", "离开{count}人", "{count} left")
    JOINED = ("joined", "新来{count}人", "{count} joined")
    AWAY = ("away", "{count}人的请假有变", "leave of {count}")
    WITHDRAWN = ("withdrawn", "{count}人撤回同意", "{count} {count:withdraws|withdraw} consent")
    CONSENT = ("consent", "{count}人新同意", "{count} newly {count:consents|consent}")
    WISHES = ("wishes", "{count}人的意愿有变", "wishes of {count}")
    LIMITS = ("limits", "{count}人的上限或分担有变", "limits of {count}")
    PERSON = ("person", "{count}人的其他资料有变", "other details of {count}")
    CLASSES = ("classes", "{count}个班级有变", "{count} {count:class changes|classes change}")
    CLOSED = ("closed", "{count}处场地停用", "{count} {count:room|rooms} closed")
    ROOMS = ("rooms", "{count}处场地有变", "{count} {count:room changes|rooms change}")
    GONE = ("gone", "{count}项活动取消", "{count} {count:activity ends|activities end}")
    NEW = ("new", "新增{count}项活动", "{count} new {count:activity|activities}")
    DEMAND = ("demand", "{count}项人数或需求有变", "head counts or needs of {count}")
    ACTIVITIES = (
        "activities",
        "{count}项活动有变",
        "{count} {count:activity changes|activities change}",
    )
    EVENTS = ("events", "{count}项大型活动有变", "{count} {count:event changes|events change}")
    CALENDAR = ("calendar", "{count}处日期有变", "{count} {count:date|dates} of the calendar")
    TIMES = ("times", "{count}个时段有变", "{count} {count:segment|segments}")
    PINS = ("pins", "{count}项活动的固定有变", "pins of {count}")
    RULES = ("rules", "{count}条规则有变", "{count} {count:rule|rules}")
    OTHER = ("other", "{count}处其他改动", "{count} other {count:edit|edits}")


@dataclass(frozen=True)
class Difference:
    """One difference: what it is about (``name``), and one line that says it.

    ``path`` leads to where the new input has it; empty for what is only in the old one.
    """

    sort: Sort
    name: object
    message: Message
    path: Path = ()


@dataclass(frozen=True)
class Dates:
    """Days from one to another, both included: 11月3日至14日, 3–14 Nov."""

    start: dt.date
    end: dt.date

    def text(self, lang: Lang) -> str:
        first, last = localize(self.start, lang), localize(self.end, lang)
        if self.start == self.end:
            return first
        if (self.start.year, self.start.month) != (self.end.year, self.end.month):
            return f"{first}至{last}" if lang == "zh" else f"{first}–{last}"
        return f"{first}至{self.end.day}日" if lang == "zh" else f"{self.start.day}–{last}"


ON_WEEKDAYS = Template("{dates}（{weekdays}）", "{dates} ({weekdays})")


def dates_of(period: Period) -> Bilingual:
    """The days of a period; of a closure with the weekdays that it is limited to."""
    dates = Dates(period.start, period.end)
    if isinstance(period, Closure) and period.weekdays:
        return ON_WEEKDAYS(dates=dates, weekdays=Shown(CellKind.WEEKDAYS, period.weekdays))
    return dates


@dataclass(frozen=True)
class Shown:
    """A value as its column of the workbook shows it."""

    kind: CellKind
    value: object

    def text(self, lang: Lang) -> str:
        if isinstance(self.value, dt.date):
            return localize(self.value, lang)
        if self.kind is CellKind.WEEKDAYS and isinstance(self.value, tuple) and self.value:
            return weekdays_text(self.value, lang)
        cell = cell_value(self.kind, self.value, lang)
        return BLANK.text(lang) if cell is None else shown(cell)


def field_difference(
    sort: Sort, part: str, name: object, field: str, old: Record, new: Record, path: Path
) -> Iterator[Difference]:
    """The difference in one column of a sheet, if there is any."""
    before, after = getattr(old, field), getattr(new, field)
    if before != after:
        column = SHEET_BY_KEY[part].column(field)
        values = {"old": Shown(column.kind, before), "new": Shown(column.kind, after)}
        message = FIELD(name=name, field=column.title, **values)
        yield Difference(sort, name, message, (*path, field))
