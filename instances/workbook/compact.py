"""Reading cells that hold something of a form of its own: closures, posts, slots, parameters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from instances import problem_texts as texts
from instances.names import Names
from instances.school import Closure, PostSpec, SlotChoice
from instances.text import Misread, flat, fold, read_integer, read_texts, read_word, shown
from instances.text import split_list as split
from instances.when import MONTHS, read_date, read_weekdays, weekday_and_rest
from instances.words import Role, Weekday

_DATE = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}[日号]?)"
_CLOSURE = re.compile(
    rf"(?P<start>{_DATE})(?:\s*(?:~|-|–|—|至|到|to)+\s*(?:(?P<end>{_DATE})|(?P<day>\d{{1,2}})[日号]))?"
    r"(?P<days>[^()]*)(?:\((?P<name>.*)\))?"
)
_ENGLISH = re.compile(
    r"(?P<day>\d{1,2})(?:\s*(?:~|-|–|—|to)+\s*(?P<last>\d{1,2}))?\s+(?P<month>[A-Za-z]{3})[a-z]*"
    r"(?!\s*\d{4})",
    re.IGNORECASE,
)
_NEXT_DATE = re.compile(rf"[、,\s]+(?={_DATE})")
_COUNT = re.compile(r"(?P<text>.*?)\s*(?:[x×*]\s*(?P<n>\d+)|(?P<m>\d+))\s*(?:名|人|个|位)?")
_NONE = {"无", "没有", "none", "no"}


def read_closures(value: object, near: tuple[dt.date, dt.date] | None) -> tuple[Closure, ...]:
    """Dates, ranges of dates, with weekdays and a reason where they have them."""
    if isinstance(value, dt.datetime | dt.date | int | float):
        day = read_date(value, near)
        return (Closure(start=day, end=day),)
    found = []
    for part in split(shown(value), ";\n"):
        for item in _NEXT_DATE.split(part):
            found.append(_closure(item, near))
    return tuple(found)


def _closure(item: str, near: tuple[dt.date, dt.date] | None) -> Closure:
    match = _CLOSURE.fullmatch(_ENGLISH.sub(_month_first, flat(item)).strip(" 、,"))
    if match is None:
        raise Misread(texts.CLOSURE_UNCLEAR, item=item)
    start = read_date(match["start"], near)
    end = read_date(match["end"], near) if match["end"] else start
    if match["day"]:
        end = read_date(f"{start:%Y年%m月}{match['day']}日")
    if end < start:
        raise Misread(texts.RANGE_BACKWARDS, item=item)
    days = (match["days"] or "").strip(" 、,")
    try:
        weekdays = read_weekdays(days) if days else ()
    except Misread:
        raise Misread(texts.CLOSURE_UNCLEAR, item=item) from None
    return Closure(start=start, end=end, weekdays=weekdays, name=(match["name"] or "").strip())


def _month_first(match: re.Match[str]) -> str:
    """3–14 Nov as 11月3日至11月14日; what is no month stays as it is."""
    name = match["month"].lower()
    if name not in MONTHS:
        return match[0]
    days = (match["day"], match["last"] or match["day"])
    return "至".join(f"{MONTHS.index(name) + 1}月{day}日" for day in days)


def read_posts(value: object) -> tuple[PostSpec, ...]:
    """Roles with skills in brackets and numbers: 指导教师（足球）、助教×2; 无 for none."""
    text = shown(value)
    if fold(text) in _NONE:
        return ()
    return tuple(_post(item) for item in split(text))


def _post(item: str) -> PostSpec:
    plain = flat(item).strip()
    skills: tuple[str, ...] = ()
    count = 1
    match = re.fullmatch(r"(\d+)\s*(?:名|人|个|位)\s*(.+)", plain)
    if match:
        count, plain = int(match[1]), match[2]
    if "(" in plain and ")" in plain:
        first, last = plain.index("("), plain.rindex(")")
        skills = read_texts(plain[first + 1 : last].replace("+", "、"))
        plain = plain[:first] + plain[last + 1 :]
    match = _COUNT.fullmatch(plain)
    if match:
        plain, count = match["text"], int(match["n"] or match["m"])
    try:
        role = read_word(plain, Role)
    except Misread:
        raise Misread(texts.POST_UNKNOWN, item=item, options=list(Role)) from None
    if not 1 <= count <= 99:
        raise Misread(texts.POST_UNKNOWN, item=item, options=list(Role))
    return PostSpec(role=role, skills=skills, count=count)


def read_slots(value: object, segments: Names) -> tuple[SlotChoice, ...]:
    """Weekdays with segments: 周二 第二段、周四 第一段; 周二、周四 第二段; 周二 第一段、第二段."""
    found: dict[tuple[Weekday, str], None] = {}
    days: list[Weekday] = []
    waiting = False
    items = split(shown(value))
    for item in items:
        parsed = weekday_and_rest(item)
        if parsed is None and not days:
            raise Misread(texts.SLOTS_UNCLEAR, item=item)
        weekday, rest = parsed if parsed else (None, item)
        if weekday is not None:
            days = [*days, weekday] if waiting else [weekday]
            waiting = not rest
        if rest:
            waiting = False
            segment = segments.find(rest) or rest
            found.update(dict.fromkeys((day, segment) for day in days))
    if waiting:
        raise Misread(texts.SLOTS_UNCLEAR, item=items[-1])
    return tuple(SlotChoice(weekday=weekday, segment=segment) for weekday, segment in found)


def read_pairs(value: object, name_of: Callable[[str], str]) -> dict[str, int]:
    """Parameters as name=number."""
    found: dict[str, int] = {}
    for item in split(shown(value)):
        name, sign, number = flat(item).replace(":", "=").partition("=")
        if not sign or not name.strip():
            raise Misread(texts.PARAMETER_UNCLEAR, item=item)
        try:
            found[name_of(name.strip())] = read_integer(number.strip())
        except Misread:
            raise Misread(texts.PARAMETER_UNCLEAR, item=item) from None
    return found
