"""Reading what people type about time: dates, clock times, weekdays, grades."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from instances import problem_texts as texts
from instances.school import DAYS
from instances.text import Misread, flat, fold, nearest, shown, split_list
from instances.words import Weekday

_EXCEL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(36526, 73051)
"""Day numbers that Excel gives to the years 2000 to 2099."""
_FULL = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:\(?(?:周|星期|礼拜).\)?)?(?:t?0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_SHORT = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?(?:\(?(?:周|星期|礼拜).\)?)?")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?)?"
_ENGLISH = re.compile(_ENGLISH_DAY + r"(\d{1,2})([a-z]{3})[a-z]*[.,]*(\d{4})?")
_ENGLISH_US = re.compile(_ENGLISH_DAY + r"([a-z]{3})[a-z]*\.?(\d{1,2}),?(\d{4})?")
_CLOCK = re.compile(
    r"(上午|早上|中午|下午|傍晚|晚上|am|pm)?(\d{1,2})(?:[:.点时h](\d{2})(?::00)?分?|(点半)|点|时)(am|pm)?"
)
_RANGE = re.compile(r"(.+?)(?:-|~|–|—|至|到|to)+(.+)")
_WEEKDAY_PREFIX = "(?:周|星期|礼拜)"
_WEEKDAYS = {
    **{c: day for day, c in zip(Weekday, "一二三四五六日", strict=True)},
    "天": Weekday.SUN,
}
_ENGLISH_DAYS = {
    name: day
    for day, names in zip(
        Weekday,
        (
            ("mon", "monday", "mondays"),
            ("tue", "tues", "tuesday", "tuesdays"),
            ("wed", "weds", "wednesday", "wednesdays"),
            ("thu", "thur", "thurs", "thursday", "thursdays"),
            ("fri", "friday", "fridays"),
            ("sat", "saturday", "saturdays"),
            ("sun", "sunday", "sundays"),
        ),
        strict=True,
    )
    for name in names
}
_EVERY_DAY = {"每天", "每日", "天天", "工作日", "全部", "all", "daily", "everyday", "weekdays"}
_ALL_GRADES = {"全部", "全校", "所有", "所有年级", "全部年级", "各年级", "全体", "all", "allgrades"}
_GRADES = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_ALL_WEEKDAY_NAMES = [day.text("zh") for day in Weekday] + [day.text("en") for day in Weekday]

T = TypeVar("T", bound=int)


def read_date(value: object, near: tuple[dt.date, dt.date] | None = None) -> dt.date:
    """A date; one without a year (9月1日) is the one closest to the term ``near``."""
    if isinstance(value, dt.datetime):
        return _plausible(value.date())
    if isinstance(value, dt.date):
        return _plausible(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misread(texts.NOT_A_DATE)
    text = fold(shown(value))
    if isinstance(value, int | float) and value in _SERIALS:
        return _EXCEL_ZERO + dt.timedelta(days=int(value))
    match = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _date(*(int(part) for part in match.groups()))
    match = _ENGLISH.fullmatch(text)
    if match and match[2] in MONTHS:
        return _in_month(match[2], match[1], match[3], near)
    match = _ENGLISH_US.fullmatch(text)
    if match and match[1] in MONTHS:
        return _in_month(match[1], match[2], match[3], near)
    match = _SHORT.fullmatch(text)
    if match:
        return _without_year(int(match[1]), int(match[2]), near)
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", text):
        raise Misread(texts.NO_YEAR)
    raise Misread(texts.NOT_A_DATE)


def _in_month(
    name: str, day: str, year: str | None, near: tuple[dt.date, dt.date] | None
) -> dt.date:
    """A date in English: 18 November 2026, or without the year."""
    month = MONTHS.index(name) + 1
    return _date(int(year), month, int(day)) if year else _without_year(month, int(day), near)


def _plausible(date: dt.date) -> dt.date:
    if not 2000 <= date.year <= 2099:
        raise Misread(texts.NO_SUCH_DATE)
    return date


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return _plausible(dt.date(year, month, day))
    except ValueError as fault:
        raise fault if isinstance(fault, Misread) else Misread(texts.NO_SUCH_DATE) from None


def _without_year(month: int, day: int, near: tuple[dt.date, dt.date] | None) -> dt.date:
    if near is None:
        raise Misread(texts.NO_YEAR)
    start, end = near
    found = []
    for year in range(start.year - 1, end.year + 2):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise Misread(texts.NO_SUCH_DATE)
    return min(found, key=lambda date: max(start - date, date - end, dt.timedelta()))


def read_time(value: object) -> dt.time:
    """A clock time: an Excel time, 15:30, 下午3:30, 15点30分."""
    if isinstance(value, dt.datetime):
        if value.year > 1900:
            raise Misread(texts.NOT_A_TIME)
        return _daytime(value.hour, value.minute)
    if isinstance(value, dt.time):
        return _daytime(value.hour, value.minute)
    if isinstance(value, dt.timedelta):
        return _minutes(value / dt.timedelta(minutes=1))
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misread(texts.NOT_A_TIME)
    if isinstance(value, int | float):
        if not 0 < value < 1:
            raise Misread(texts.TIME_UNCLEAR)
        return _minutes(value * 24 * 60)
    return _clock(fold(value))


def _minutes(minutes: float) -> dt.time:
    whole = round(minutes)
    return _daytime(whole // 60, whole % 60)


def _clock(text: str) -> dt.time:
    match = _CLOCK.fullmatch(text)
    if match is None:
        plain = re.fullmatch(r"\d{1,4}(\.\d)?", text)
        raise Misread(texts.TIME_UNCLEAR if plain else texts.NOT_A_TIME)
    hour, minute = int(match[2]), 30 if match[4] else int(match[3] or 0)
    part = match[1] or match[5]
    if part in ("下午", "傍晚", "晚上", "pm") and hour < 12:
        hour += 12
    if part == "中午" and hour < 3:
        hour += 12
    return _daytime(hour, minute)


def _daytime(hour: int, minute: int) -> dt.time:
    if hour > 23 or minute > 59:
        raise Misread(texts.NOT_A_TIME)
    if hour < 6:
        raise Misread(texts.TIME_AT_NIGHT, guess=dt.time(hour + 12, minute))
    return dt.time(hour, minute)


def weekday_of(text: str) -> Weekday | None:
    """A weekday written in any of the usual ways: 周一, 星期一, 一, Mon, 1."""
    plain = fold(text)
    if plain in _ENGLISH_DAYS:
        return _ENGLISH_DAYS[plain]
    match = re.fullmatch(rf"每?{_WEEKDAY_PREFIX}?([一二三四五六日1-7])|{_WEEKDAY_PREFIX}天", plain)
    if match is None:
        return None
    token = match[1] or "日"
    return Weekday(int(token)) if token.isdigit() else _WEEKDAYS[token]


def weekday_and_rest(text: str) -> tuple[Weekday, str] | None:
    """A heading or item that begins with a weekday, and what follows: 周一 第一段."""
    plain = flat(text).strip()
    match = re.match(rf"{_WEEKDAY_PREFIX}\s*([一二三四五六日天1-7])", plain)
    if match:
        day = weekday_of("周" + match[1])
        rest = plain[match.end() :]
    else:
        word = re.match(r"([A-Za-z]+)\b\.?", plain)
        day = _ENGLISH_DAYS.get(word[1].casefold()) if word else None
        rest = plain[word.end() :] if word else ""
    if day is None:
        return None
    return day, rest.strip(" \t\r\n-_:：/|.,，、")


def read_weekday(value: object) -> Weekday:
    """One weekday."""
    days = read_weekdays(value)
    if len(days) != 1:
        raise Misread(texts.ONE_WEEKDAY_ONLY)
    return days[0]


def read_weekdays(value: object) -> tuple[Weekday, ...]:
    """Weekdays: 周一、周三; 周一至周五; 每天 (Monday to Friday); 一三五; Mon-Fri."""
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise Misread(texts.TURNED_INTO_DATE)
    text = shown(value)
    if fold(text) in _EVERY_DAY:
        return DAYS
    days = _listed(text, weekday_of, _run_of_weekdays, Weekday)
    if days is None:
        raise Misread(texts.NOT_A_WEEKDAY, near=nearest(text, _ALL_WEEKDAY_NAMES, 1))
    return tuple(sorted(set(days)))


def _run_of_weekdays(text: str) -> list[Weekday] | None:
    """周二周四, 周一三五, 一三五."""
    if not re.fullmatch(rf"(?:{_WEEKDAY_PREFIX}?[一二三四五六日天])+", text):
        return None
    found = (weekday_of("周" + char) for char in re.findall("[一二三四五六日天](?!期)", text))
    return [day for day in found if day is not None]


def grade_of(text: str) -> int | None:
    """A grade written in any of the usual ways: 三年级, 三, 3, G3, 初一; may be out of range."""
    plain = re.sub(r"^(小学|初中)", "", fold(text))
    match = re.fullmatch(r"(?:g|gr|grade)?(\d{1,2})(?:年级|年)?", plain)
    if match:
        return int(match[1])
    match = re.fullmatch(r"([一二三四五六七八九])(?:年级|年)?", plain)
    if match:
        return _GRADES[match[1]]
    match = re.fullmatch(r"(初|高)([一二三123])", plain)
    if match:
        year = int(match[2]) if match[2].isdigit() else _GRADES[match[2]]
        return year + (6 if match[1] == "初" else 9)
    return None


def read_grade(value: object) -> int:
    """One grade, 1 to 9."""
    grades = read_grades(value)
    if len(grades) != 1:
        raise Misread(texts.ONE_GRADE_ONLY)
    return grades[0]


def read_grades(value: object) -> tuple[int, ...]:
    """Grades: 一至三年级; 1、2; 一二年级; empty for all of them (全部)."""
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise Misread(texts.TURNED_INTO_DATE)
    text = shown(value)
    if fold(text) in _ALL_GRADES:
        return ()
    grades = _listed(text, grade_of, _run_of_grades, int)
    if grades is None:
        raise Misread(texts.NOT_A_GRADE)
    if any(not 1 <= grade <= 9 for grade in grades):
        raise Misread(texts.GRADE_OUT_OF_RANGE)
    return tuple(sorted(set(grades)))


def _run_of_grades(text: str) -> list[int] | None:
    """一二年级."""
    match = re.fullmatch(r"([一二三四五六七八九]{2,})年级", text)
    return [_GRADES[char] for char in match[1]] if match else None


def _listed(
    text: str,
    one: Callable[[str], T | None],
    run: Callable[[str], Sequence[T] | None],
    make: Callable[[int], T],
) -> list[T] | None:
    """The items of a list of single things, ranges and runs; ``None`` if one is neither."""
    found: list[T] = []
    for item in split_list(text):
        plain = fold(item)
        single = one(plain)
        if single is not None:
            found.append(single)
            continue
        match = _RANGE.fullmatch(plain)
        first, last = (one(match[1]), one(match[2])) if match else (None, None)
        if first is not None and last is not None:
            low, high = int(first), int(last)
            if high < low:
                raise Misread(texts.RANGE_BACKWARDS, item=item)
            found += [make(number) for number in range(low, high + 1)]
            continue
        several = run(plain)
        if several is None:
            return None
        found += several
    return found or None
