"""Reading what people type: names, numbers, percentages, yes and no, words of a list.

Every reader takes a cell's value as Excel hands it over (text, number, truth value, date)
and either understands it or raises :class:`Misread`; none of them guesses.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from instances import problem_texts as texts
from instances.problems import Fault
from instances.wordings import AMBIGUOUS, WORDINGS
from instances.words import Word

_CJK = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_BETWEEN_CJK = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_NUMBERS = re.compile(
    r"第?(\d{1,3})周?(?:(?:-|~|–|—|至|到)第?(\d{1,3})周?(?:[\[(]?([单双])周?[\])]?)?)?"
)
"""A number, or a range of numbers, all or every other of it."""
_SEPARATORS = "、,;\n"
_COUNTED = re.compile(
    r"([+-]?\d+(?:\.\d+)?|[零一二两三四五六七八九十])(人|名|个|次|位|节|组|班|分钟|分|周|段|天|minutes?|min|times?|people)?"
)
_NUMERALS = {"零": 0, "两": 2, "十": 10} | {c: n for n, c in enumerate("一二三四五六七八九", 1)}
LONGEST_NAME = 80

W = TypeVar("W", bound=Word)


class Misread(ValueError):
    """A cell's value that cannot be understood, and why."""

    def __init__(self, fault: Fault, **facts: Any) -> None:
        super().__init__(fault.message.en)
        self.fault = fault
        self.facts = facts


def flat(text: str) -> str:
    """Full-width letters, digits and punctuation as half-width ones."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """What is compared when two spellings may be meant as one: no spaces, width or case."""
    return "".join(flat(text).casefold().split())


def tidy(text: str) -> str:
    """A name without stray spaces; 王　芳 is 王芳."""
    return _BETWEEN_CJK.sub("", " ".join(text.split()))


def shown(value: object) -> str:
    """A cell's value as the person at the screen sees it."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).strip()


def split_list(text: str, separators: str = _SEPARATORS + "/") -> list[str]:
    """The items of a list, separated by any of 、 ， ; / or a line break outside brackets."""
    return [name for name in map(tidy, split_raw(text, separators)) if name]


def split_raw(text: str, separators: str) -> list[str]:
    """What stands between separators outside brackets, spaces and all."""
    items, depth, item = [], 0, ""
    for char in text:
        plain = flat(char)
        if plain == "(":
            depth += 1
        elif plain == ")":
            depth = max(0, depth - 1)
        if depth == 0 and plain in separators:
            items.append(item)
            item = ""
        else:
            item += char
    return [part for part in (*items, item) if part.strip()]


def nearest(text: str, known: Iterable[str], count: int = 3, cutoff: float = 0.5) -> list[str]:
    """The known spellings closest to ``text``, best first."""
    by_fold = {fold(name): name for name in known}
    found = difflib.get_close_matches(fold(text), by_fold, count, cutoff)
    return [by_fold[key] for key in found]


def read_text(value: object) -> str:
    """A name or free text; whole numbers are written without a decimal point."""
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise Misread(texts.TURNED_INTO_DATE)
    text = tidy(shown(value))
    if len(text) > LONGEST_NAME:
        raise Misread(texts.TOO_LONG, longest=LONGEST_NAME)
    return text


def read_texts(value: object) -> tuple[str, ...]:
    """Several words, each once; Chinese words may be separated by spaces alone."""
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        raise Misread(texts.TURNED_INTO_DATE)
    words = tuple(dict.fromkeys(split_list(_BETWEEN_CJK.sub("、", shown(value)))))
    if any(len(word) > LONGEST_NAME for word in words):
        raise Misread(texts.TOO_LONG, longest=LONGEST_NAME)
    return words


def read_decimal(value: object) -> Decimal:
    """A number, with or without decimals, or with a counting word (45人)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misread(texts.NOT_A_NUMBER)
    match = _COUNTED.fullmatch(fold(shown(value)))
    if match is None:
        raise Misread(texts.NOT_A_NUMBER)
    return Decimal(_NUMERALS.get(match[1], match[1]))


def read_integer(value: object) -> int:
    """A whole number: 45, 45.0, 45人, 两次."""
    number = read_decimal(value)
    if number != number.to_integral_value():
        raise Misread(texts.NOT_WHOLE)
    return int(number)


def read_integers(value: object) -> tuple[int, ...]:
    """Numbers and ranges of numbers: 3-8、10; of weeks also 1-8周(单), 2-16双周."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        raise Misread(texts.TURNED_INTO_DATE)
    found: list[int] = []
    for item in split_list(shown(value)):
        match = _NUMBERS.fullmatch(fold(item))
        if match is None:
            raise Misread(texts.NOT_WEEK_NUMBERS, item=item)
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise Misread(texts.RANGE_BACKWARDS, item=item)
        rest = {None: None, "单": 1, "双": 0}[match[3]]
        numbers = [n for n in range(first, last + 1) if rest is None or n % 2 == rest]
        if not numbers:
            raise Misread(texts.NOT_WEEK_NUMBERS, item=item)
        found += numbers
    return tuple(dict.fromkeys(found))


def read_share(value: object) -> Decimal:
    """A share: 0.9, 90 %, 90."""
    percent = isinstance(value, str) and fold(value).endswith("%")
    number = read_decimal(fold(str(value)).removesuffix("%") if percent else value)
    if not percent and 1 < number < 5:
        raise Misread(texts.SHARE_UNCLEAR)
    share = number / 100 if percent or number > 1 else number
    if not 0 <= share <= 1:
        raise Misread(texts.NOT_A_SHARE)
    return share


def read_word(value: object, choices: type[W]) -> W:
    """One of the words of an enumeration, by its label in either language or a synonym."""
    text = fold(shown(value))
    known = spellings(choices)
    if text in known:
        return known[text]
    options = list(choices)
    if text in AMBIGUOUS.get(choices, ()):
        raise Misread(texts.WORD_UNCLEAR, options=options)
    raise Misread(
        texts.WORD_UNKNOWN,
        options=options,
        near=[known[spelling] for spelling in nearest(text, known, 1, 0.6)],
    )


def spellings(choices: type[W]) -> Mapping[str, W]:
    """Everything that is read as a word of an enumeration, folded."""
    return cast(Mapping[str, W], _spellings(choices))


@cache
def _spellings(choices: type[Word]) -> Mapping[str, Word]:
    known: dict[str, Word] = {}
    for word in choices:
        for spelling in (word.zh, word.en, str(word.value), *WORDINGS.get(word, ())):
            known.setdefault(fold(spelling), word)
    return known
