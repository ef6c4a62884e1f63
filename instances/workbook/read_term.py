"""Reading the sheets about time: term, calendar, segments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from instances import check_texts as texts
from instances import problem_texts
from instances.costs import MOST_COST, Costs
from instances.problems import Path
from instances.school import DAYS, FrozenPeriod, MakeUpDay, Period, Segment, Term, Timing
from instances.text import Misread, fold, read_word, shown
from instances.words import ChangeKind, FairnessMode
from instances.workbook.compact import read_pairs
from instances.workbook.draft import Draft
from instances.workbook.sheet import DateKind
from instances.workbook.table import Row

OF_SCHOOL = ("school", "fairness", "costs")
"""What the sheet says of the school and not of its term."""
UNKNOWN_DAY = dt.date(2000, 1, 1)
"""Stands in for a date that could not be read; the draft is then unsure of its term."""


def read_term(draft: Draft, row: Row) -> dict[str, Any]:
    """The fields of the term itself, the school's name and its way to be fair."""
    start, end = row.date("start"), row.date("end")
    if start is None or end is None:
        draft.unsure.add("term")
    elif start <= end:
        draft.term = (start, end)
    row.note(("term",), "start", "end", "service_start", "service_end", "name")
    row.note((), "start")
    row.note((), "school")
    return {
        "school": row.text("school"),
        "name": row.text("name"),
        "start": start or UNKNOWN_DAY,
        "end": end or UNKNOWN_DAY,
        "service_start": row.date("service_start"),
        "service_end": row.date("service_end"),
        "changeover_minutes": row.integer("changeover_minutes") or 0,
        "fairness": row.word("fairness", FairnessMode) or FairnessMode.BALANCED,
        "costs": row.read("costs", _costs) or {},
    }


def _costs(value: object) -> Costs:
    """What changes cost: 同意=2、停开社团=20."""
    found = read_pairs(value, lambda name: str(read_word(name, ChangeKind).value))
    for name, cost in found.items():
        if not 0 <= cost <= MOST_COST:
            raise Misread(problem_texts.PARAMETER_UNCLEAR, item=f"{name}={cost}")
    return {kind: found[kind.value] for kind in ChangeKind if kind.value in found}


@dataclass
class Dates:
    """The rows of the calendar by what they mean."""

    holidays: list[Period] = field(default_factory=list)
    make_up_days: list[MakeUpDay] = field(default_factory=list)
    frozen: list[FrozenPeriod] = field(default_factory=list)
    phases: list[Period] = field(default_factory=list)

    def term(self, fields: dict[str, Any]) -> Term:
        return Term(
            **{name: value for name, value in fields.items() if name not in OF_SCHOOL},
            holidays=tuple(self.holidays),
            make_up_days=tuple(self.make_up_days),
            frozen=tuple(self.frozen),
            phases=tuple(self.phases),
        )


def read_calendar(draft: Draft, rows: Iterable[Row]) -> Dates:
    dates = Dates()
    for row in rows:
        kind = row.word("type", DateKind)
        start, name = row.date("start"), row.text("name")
        end = row.date("end")
        if kind is None or start is None:
            draft.unsure.add("phases")
            continue
        if kind is DateKind.MAKE_UP:
            _make_up(row, start, end, dates)
            continue
        period = Period(start=start, end=end or start, name=name)
        runs = row.yes("runs", blank=False)
        if kind is DateKind.HOLIDAY:
            path: Path = ("term", "holidays", len(dates.holidays))
            dates.holidays.append(period)
        elif kind is DateKind.FROZEN:
            path = ("term", "frozen", len(dates.frozen))
            dates.frozen.append(FrozenPeriod(**period.model_dump(), clubs=runs))
        else:
            path = ("term", "phases", len(dates.phases))
            dates.phases.append(period)
            draft.phases.add(name)
            if not name and "name" not in row.bad:
                row.report("name", texts.PHASE_WITHOUT_NAME)
        row.note(path, "start", "end", "name")
    return dates


def _make_up(row: Row, start: dt.date, end: dt.date | None, dates: Dates) -> None:
    if end not in (None, start):
        row.report("end", texts.MAKE_UP_ONE_DAY)
    follows = row.weekday("follows")
    service = row.yes("runs", blank=True)
    if follows is None:
        if "follows" not in row.bad:
            row.report("follows", texts.MAKE_UP_FOLLOWS, date=start)
        return
    path: Path = ("term", "make_up_days", len(dates.make_up_days))
    row.note(path, "start", "follows")
    row.draft.places[(*path, "date")] = row.place("start")
    dates.make_up_days.append(MakeUpDay(date=start, follows=follows, service=service))


@dataclass
class _SegmentDraft:
    """A segment while its rows are collected; ``first`` is the row that gave each field."""

    index: int
    name: str
    timings: list[Timing] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Row] = field(default_factory=dict)

    def agree(self, row: Row, key: str, value: object) -> None:
        """All rows of a segment say the same of its grades, units and band, or nothing."""
        if row.blank(key) or key in row.bad:
            return
        if key not in self.fields:
            self.fields[key], self.first[key] = value, row
        elif self.fields[key] != value:
            other = self.first[key]
            row.report(
                key,
                texts.SEGMENT_DISAGREES,
                name=self.name,
                other=other.place(key).cell,
                first=shown(other.cell(key).value),
            )


def read_segments(draft: Draft, rows: Iterable[Row]) -> tuple[Segment, ...]:
    """Segments, each from one row or more of its name."""
    found: dict[str, _SegmentDraft] = {}
    for row in rows:
        name = row.text("name")
        start, end = row.time("start"), row.time("end")
        weekdays, phase = row.weekdays("weekdays"), row.reference("phase", draft.phases)
        if not name:
            draft.unsure.add("segments")
            continue
        segment = found.get(fold(name))
        if segment is None:
            segment = found.setdefault(fold(name), _SegmentDraft(len(found), name))
            draft.segment_names.add(name)
            row.note(("segments", segment.index), "name", "grades", "units", "band")
        segment.agree(row, "grades", row.grades("grades"))
        segment.agree(row, "units", row.decimal("units", 2))
        segment.agree(row, "band", row.text("band"))
        if start is None or end is None:
            draft.unsure.add("segments")
            continue
        path: Path = ("segments", segment.index, "timings", len(segment.timings))
        row.note(path, "start", "end", "weekdays", "phase")
        segment.timings.append(Timing(start=start, end=end, weekdays=weekdays or DAYS, phase=phase))
    return tuple(
        Segment(
            name=segment.name,
            timings=tuple(segment.timings),
            grades=segment.fields.get("grades", ()),
            units=segment.fields.get("units", Decimal(1)),
            band=segment.fields.get("band", ""),
        )
        for segment in found.values()
    )
