"""The term and its calendar, segments, pins and rules: what is different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from instances.compare.difference import (
    FIELD,
    Dates,
    Difference,
    Shown,
    Sort,
    dates_of,
    field_difference,
)
from instances.messages import Bilingual, Label, Message, Template
from instances.problems import Path
from instances.rulebook import Rulebook
from instances.school import (
    FrozenPeriod,
    Instance,
    MakeUpDay,
    Period,
    Pin,
    RuleSetting,
    Segment,
    Term,
)
from instances.workbook.cell_text import parameters_text
from instances.workbook.sheet import CellKind, DateKind
from instances.workbook.spec import SHEET_BY_KEY

TERM = Label("学期", "Term")
SCHOOL = Label("学校", "School")
ADDED = Template("新增{kind}：{what}", "new {kind}: {what}")
REMOVED = Template("取消{kind}：{what}", "no longer {kind}: {what}")
DATED = Template("{name}（{dates}）", "{name} ({dates})")
FOLLOWS = Template("{date}按{weekday}课表", "{date} as {weekday}")
FOLLOWS_NOT = Template("{date}按{weekday}课表（无课后服务）", "{date} as {weekday} (no service)")
CLUBS_RUN = Template("{what}，社团照常", "{what}, clubs run")
NEW_SEGMENT = Template("新增时段：{name}（{times}）", "new segment: {name} ({times})")
NO_SEGMENT = Template("时段{name}取消", "segment {name} is gone")
TIMES = Label("时间", "Times")
TIMING = Template("{weekdays} {start}–{end}", "{weekdays} {start}–{end}")
IN_PHASE = Template("{timing}（{phase}）", "{timing} ({phase})")
PIN = Label("固定", "pin")
FORBID = Label("禁止", "forbidden")
PARTS = Template("{parts}", "{parts}")
RULE = Template("规则“{name}”", "rule “{name}”")
RULE_SET = Template("规则“{name}”的分项设置有改动", "rule “{name}”: its separate settings differ")
DEFAULT = Label("（默认）", "(default)")
_RULE_FIELDS = tuple(f for f in RuleSetting.model_fields if f not in ("rule", "parameters"))


def calendar(old: Instance, new: Instance) -> Iterator[Difference]:
    """Dates of the term, and the entries of the calendar."""
    for field in ("name", "start", "end", "service_start", "service_end", "changeover_minutes"):
        yield from field_difference(
            Sort.CALENDAR, "term", TERM, field, old.term, new.term, ("term",)
        )
    yield from field_difference(Sort.OTHER, "term", SCHOOL, "school", old, new, ())
    before, after = _entries(old.term), _entries(new.term)
    for entry, path in after.items():
        if entry not in before:
            yield Difference(Sort.CALENDAR, *_entry(entry, ADDED), path)
    for entry in before:
        if entry not in after:
            yield Difference(Sort.CALENDAR, *_entry(entry, REMOVED))


Entry = tuple[DateKind, Period | MakeUpDay]


def _entries(term: Term) -> dict[Entry, Path]:
    lists: tuple[tuple[DateKind, str, tuple[Period | MakeUpDay, ...]], ...] = (
        (DateKind.HOLIDAY, "holidays", term.holidays),
        (DateKind.MAKE_UP, "make_up_days", term.make_up_days),
        (DateKind.FROZEN, "frozen", term.frozen),
        (DateKind.PHASE, "phases", term.phases),
    )
    return {
        (kind, entry): ("term", key, n)
        for kind, key, entries in lists
        for n, entry in enumerate(entries)
    }


def _entry(entry: Entry, form: Template) -> tuple[Bilingual | str, Message]:
    """What an entry of the calendar goes by, and the line that says it."""
    kind, what = entry
    said: Bilingual
    name: Bilingual | str
    if isinstance(what, MakeUpDay):
        name = Dates(what.date, what.date)
        said = (FOLLOWS if what.service else FOLLOWS_NOT)(date=what.date, weekday=what.follows)
    else:
        said = DATED(name=what.name, dates=dates_of(what)) if what.name else dates_of(what)
        if isinstance(what, FrozenPeriod) and what.clubs:
            said = CLUBS_RUN(what=said)
        name = what.name or Dates(what.start, what.end)
    return name, form(kind=kind, what=said)


def segments(old: Instance, new: Instance) -> Iterator[Difference]:
    """Segments that came or went, their times and columns."""
    for name in old.segment_by_name:
        if name not in new.segment_by_name:
            yield Difference(Sort.TIMES, name, NO_SEGMENT(name=name))
    for index, segment in enumerate(new.segments):
        path: Path = ("segments", index)
        before = old.segment_by_name.get(segment.name)
        if before is None:
            message = NEW_SEGMENT(name=segment.name, times=_times(segment))
            yield Difference(Sort.TIMES, segment.name, message, path)
            continue
        if before.timings != segment.timings:
            values = {"old": _times(before), "new": _times(segment)}
            message = FIELD(name=segment.name, field=TIMES, **values)
            yield Difference(Sort.TIMES, segment.name, message, (*path, "timings"))
        for field in ("grades", "units", "band"):
            yield from field_difference(
                Sort.TIMES, "segments", segment.name, field, before, segment, path
            )


def _times(segment: Segment) -> list[Message]:
    found = []
    for timing in segment.timings:
        weekdays = Shown(CellKind.WEEKDAYS, timing.weekdays)
        said = TIMING(weekdays=weekdays, start=timing.start, end=timing.end)
        found.append(IN_PHASE(timing=said, phase=timing.phase) if timing.phase else said)
    return found


def pins(old: Instance, new: Instance) -> Iterator[Difference]:
    """Pins that were added and taken away."""
    before, after = Counter(old.pins), Counter(new.pins)
    for index, pin in enumerate(new.pins):
        if pin not in before:
            message = ADDED(kind=PIN, what=_pin(pin))
            yield Difference(Sort.PINS, pin.activity, message, ("pins", index))
    for pin in before - after:
        yield Difference(Sort.PINS, pin.activity, REMOVED(kind=PIN, what=_pin(pin)))


def _pin(pin: Pin) -> Message:
    fields = (pin.activity, pin.school_class, pin.weekday, pin.segment, pin.room, pin.staff)
    parts = [part for part in (*fields, pin.role, FORBID if pin.forbid else None) if part]
    return PARTS(parts=parts)


def rules(old: Instance, new: Instance, rulebook: Rulebook | None) -> Iterator[Difference]:
    """Rules whose settings differ; one that is not set is as the catalogue has it."""
    for name in dict.fromkeys(setting.rule for setting in (*old.rules, *new.rules)):
        before = [setting for setting in old.rules if setting.rule == name]
        after = [setting for setting in new.rules if setting.rule == name]
        info = (rulebook or {}).get(name)
        title: Bilingual | str = info.title if info else name
        index = next((n for n, setting in enumerate(new.rules) if setting.rule == name), None)
        path: Path = () if index is None else ("rules", index)
        if len(before) > 1 or len(after) > 1:
            if before != after:
                yield Difference(Sort.RULES, title, RULE_SET(name=title), path)
            continue
        plain = RuleSetting(rule=name)
        was, now = next(iter(before), plain), next(iter(after), plain)
        for field in _RULE_FIELDS:
            yield from _rule_field(field, was, now, title, path)
        if was.parameters != now.parameters:
            values = {"old": _parameters(was, rulebook), "new": _parameters(now, rulebook)}
            column = SHEET_BY_KEY["rules"].column("parameters").title
            message = FIELD(name=RULE(name=title), field=column, **values)
            yield Difference(Sort.RULES, title, message, path)


def _rule_field(
    field: str, old: RuleSetting, new: RuleSetting, title: Bilingual | str, path: Path
) -> Iterator[Difference]:
    if field == "weight" and old.weight != new.weight:
        column = SHEET_BY_KEY["rules"].column(field).title
        values = {
            side: DEFAULT if setting.weight is None else setting.weight
            for side, setting in (("old", old), ("new", new))
        }
        message = FIELD(name=RULE(name=title), field=column, **values)
        yield Difference(Sort.RULES, title, message, (*path, field) if path else ())
        return
    for found in field_difference(Sort.RULES, "rules", RULE(name=title), field, old, new, path):
        yield Difference(Sort.RULES, title, found.message, found.path if path else ())


def _parameters(setting: RuleSetting, rulebook: Rulebook | None) -> Bilingual:
    info = (rulebook or {}).get(setting.rule)
    if not setting.parameters:
        return DEFAULT
    labels = {p.name: p.label for p in info.parameters} if info else {}
    zh, en = (
        parameters_text(
            setting.parameters, {name: label.text(lang) for name, label in labels.items()}, lang
        )
        for lang in ("zh", "en")
    )
    return Label(zh or "", en or "")
