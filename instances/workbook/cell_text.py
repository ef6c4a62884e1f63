"""What is written into a cell: values as Excel keeps them, lists as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from instances.messages import Lang, join
from instances.school import Closure, PostSpec, SlotChoice
from instances.when import weekday_and_rest
from instances.words import ChangeKind, Weekday, Word, grade_text
from instances.workbook.sheet import CellKind, YesNo

CellValue = str | int | float | dt.date | dt.time | None

_SHORTEST_RANGE = 3
_RANGE = {"zh": "至", "en": "-"}


def cell_value(kind: CellKind, value: object, lang: Lang) -> CellValue:
    """A value of the school as the cell of a column of that kind holds it; empty is ``None``."""
    if value is None or value in ((), ""):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Word):
        return value.text(lang)
    if isinstance(value, bool):
        return (YesNo.YES if value else YesNo.NO).text(lang)
    if isinstance(value, Weekday):
        return value.text(lang)
    if kind is CellKind.GRADE and isinstance(value, int):
        return grade_text(value, lang) if lang == "zh" else value
    if isinstance(value, str | int | dt.date | dt.time):
        return value
    if kind in _WRITERS and isinstance(value, Iterable):
        return _WRITERS[kind](tuple(value), lang)
    raise TypeError(f"{value!r} not understood in a cell of kind {kind.value}.")


def weekdays_text(weekdays: Sequence[Weekday], lang: Lang) -> str:
    """Weekdays in a cell: 周一至周四, or 周二、周四."""
    return join((_weekday_run(*run, lang) for run in _runs(weekdays)), lang)


def _weekday_run(first: int, last: int, lang: Lang) -> str:
    names = [Weekday(day).text(lang) for day in (first, last)]
    return names[0] if first == last else _RANGE[lang].join(names)


def grades_text(grades: Sequence[int], lang: Lang) -> str:
    """Grades in a cell: 一至三年级, 一、二年级, or 1-3, 5."""
    if lang == "en":
        return integers_text(grades, lang)
    runs = (sorted({first, last}) for first, last in _runs(grades))
    plain = (_RANGE[lang].join(grade_text(grade, lang)[0] for grade in run) for run in runs)
    return join(plain, lang) + grade_text(grades[-1], lang)[1:]


def integers_text(numbers: Sequence[int], lang: Lang) -> str:
    """Whole numbers in a cell: 3-8、10."""
    return join(
        (str(first) if first == last else f"{first}-{last}" for first, last in _runs(numbers)),
        lang,
    )


def closures_text(closures: Sequence[Closure], lang: Lang) -> str:
    """Closed dates in a cell: 2026-11-02~2026-11-13 周二（装修）；2026-12-01."""
    return ("；" if lang == "zh" else "; ").join(_closure(closure, lang) for closure in closures)


def _closure(closure: Closure, lang: Lang) -> str:
    text = f"{closure.start:%Y-%m-%d}"
    if closure.end != closure.start:
        text += f"~{closure.end:%Y-%m-%d}"
    if closure.weekdays:
        text += " " + weekdays_text(closure.weekdays, lang)
    return text + _bracketed(closure.name, lang)


def posts_text(posts: Sequence[PostSpec], lang: Lang) -> str:
    """Posts in a cell: 指导教师（足球）、助教×2."""
    times = "×" if lang == "zh" else " x"
    return join(
        (
            post.role.text(lang)
            + _bracketed(join(post.skills, lang), lang)
            + (f"{times}{post.count}" if post.count > 1 else "")
            for post in posts
        ),
        lang,
    )


def _bracketed(text: str, lang: Lang) -> str:
    if not text:
        return ""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def slots_text(slots: Sequence[SlotChoice], lang: Lang) -> str:
    """Weekdays with segments in a cell: 周二 第一段、第二段、周四 第一段."""
    parts: list[str] = []
    before: Weekday | None = None
    for slot in slots:
        alone = slot.weekday != before or weekday_and_rest(slot.segment) is not None
        parts.append(f"{slot.weekday.text(lang)} {slot.segment}" if alone else slot.segment)
        before = slot.weekday
    return join(parts, lang)


def parameters_text(
    parameters: Mapping[str, object], labels: Mapping[str, str], lang: Lang
) -> str | None:
    """Parameters of a rule in a cell: 上限=3."""
    pairs = (f"{labels.get(name, name)}={value}" for name, value in parameters.items())
    return join(pairs, lang) or None


def costs_text(costs: Iterable[tuple[ChangeKind, int]], lang: Lang) -> str:
    """What changes cost in a cell: 同意=2、停开社团=20."""
    return join((f"{kind.text(lang)}={cost}" for kind, cost in costs), lang)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers that follow one another, as first and last; fewer than three stay single."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[tuple[int, int]] = []
    for run in runs:
        whole = len(run) >= _SHORTEST_RANGE
        found += [(run[0], run[-1])] if whole else [(number, number) for number in run]
    return found


_WRITERS: Mapping[CellKind, Callable[[Any, Lang], str]] = {
    CellKind.REFERENCES: join,
    CellKind.TEXTS: join,
    CellKind.INTEGERS: integers_text,
    CellKind.WEEKDAYS: weekdays_text,
    CellKind.GRADES: grades_text,
    CellKind.CLOSURES: closures_text,
    CellKind.POSTS: posts_text,
    CellKind.SLOTS: slots_text,
    CellKind.PARAMETERS: costs_text,
}
