"""Sentences shown to people, in Chinese and English, from one template each.

A :class:`Template` holds both wordings with the same placeholders; filling it gives a
:class:`Message`, which is data until somebody asks for its text in a language. Facts may
themselves be bilingual (a weekday, a role, another message) and are rendered in the same
language.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, Protocol, runtime_checkable

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@runtime_checkable
class Bilingual(Protocol):
    """Anything that has a wording in each language."""

    def text(self, lang: Lang) -> str: ...


@dataclass(frozen=True)
class Label:
    """A fixed wording in both languages."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class _Placeholders(string.Formatter):
    def names(self, text: str) -> set[str]:
        return {name for _, name, _, _ in self.parse(text) if name}

    def forms(self, text: str) -> set[str]:
        return {forms for _, name, forms, _ in self.parse(text) if name and forms}


class _Fact(str):
    """A fact as it is shown; ``{count:post|posts}`` gives the form that goes with the number."""

    def __format__(self, forms: str) -> str:
        if not forms:
            return str(self)
        one, other = forms.split("|")
        return one if self == "1" else other


@dataclass(frozen=True)
class Template:
    """A sentence with ``{placeholders}`` in both languages.

    ``{count:post|posts}`` is not the number but the word that goes with it: the first form for
    one, the second for any other number. A range or a list of numbers is no number.

    Raises
    ------
    ValueError
        If the two wordings do not use the same placeholders, or a choice has not two forms.
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        names = _Placeholders()
        if names.names(self.zh) != names.names(self.en):
            raise ValueError(f"placeholders differ: {self.zh!r} / {self.en!r}")
        for forms in names.forms(self.zh) | names.forms(self.en):
            if forms.count("|") != 1:
                raise ValueError(f"a number chooses between two forms, not {forms!r}: {self.en!r}")

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(_Placeholders().names(self.zh))

    def __call__(self, **facts: Any) -> Message:
        return Message(self, facts)

    def text(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Message:
    """A template with its facts; ``text(lang)`` gives the sentence."""

    template: Template
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        shown = {name: _Fact(localize(value, lang)) for name, value in self.facts.items()}
        return self.template.text(lang).format_map(shown)


def localize(value: Any, lang: Lang) -> str:
    """The way a value is written for a reader of ``lang``: lists joined, dates spelled."""
    if isinstance(value, str):
        return value
    if isinstance(value, Bilingual):
        return value.text(lang)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" if lang == "zh" else f"{value:%d %b}".lstrip("0")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Iterable):
        return join((localize(item, lang) for item in value), lang)
    return "" if value is None else str(value)


def join(parts: Iterable[str], lang: Lang) -> str:
    """Several things in one cell or sentence: 、 in Chinese, a comma in English."""
    return ("、" if lang == "zh" else ", ").join(parts)
