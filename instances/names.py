"""Finding what a person means when a cell names something that is listed elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from instances.school import Staff
from instances.text import fold, nearest, split_raw, tidy

_LONGEST_RUN = 6
_STRONG = "、,;\n"
_WEAK = ("/", " ")


class Names:
    """The names of one kind of thing, found however they are spaced or in which width."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._spelling: dict[str, str] = {}
        for name in names:
            self.add(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._spelling.values())

    def __len__(self) -> int:
        return len(self._spelling)

    def __contains__(self, text: str) -> bool:
        return fold(text) in self._spelling

    def add(self, name: str) -> str:
        """Enter a name, unless it is known; either way its first spelling."""
        return self._spelling.setdefault(fold(name), name)

    def find(self, text: str) -> str | None:
        """The name as it is spelled where it is listed."""
        return self._spelling.get(fold(text))

    def near(self, text: str) -> list[str]:
        """The one name that is closest, if any is close."""
        return nearest(text, (name for name in self if _numbers_alike(text, name)), 1)

    def listed(self, text: str) -> list[str]:
        """The names in a cell; what is unknown stays as it was typed.

        Names may contain separators themselves (篮球/足球): the longest known run of items
        counts as one. A slash or a space separates only where all parts are known.
        """
        found: list[str] = []
        for item in self._runs(text, _STRONG):
            found += self._parts(item, _WEAK) or [tidy(item)]
        return list(dict.fromkeys(found))

    def _parts(self, item: str, weak: tuple[str, ...]) -> list[str] | None:
        """The names in an item, told apart by weaker separators; ``None`` if one is unknown."""
        name = self.find(item)
        if name is not None or not weak:
            return None if name is None else [name]
        found: list[str] = []
        for part in self._runs(item, weak[0]):
            names = self._parts(part, weak[1:])
            if names is None:
                return None
            found += names
        return found

    def _runs(self, text: str, separators: str) -> list[str]:
        pieces = split_raw(text, separators)
        runs: list[str] = []
        first = 0
        while first < len(pieces):
            last = min(len(pieces), first + _LONGEST_RUN)
            while last > first + 1 and self._joined(pieces[first:last], separators) is None:
                last -= 1
            runs.append(self._joined(pieces[first:last], separators) or pieces[first])
            first = last
        return runs

    def _joined(self, pieces: list[str], separators: str) -> str | None:
        """The known name that the pieces make together."""
        return next(
            (name for mark in separators if (name := self.find(mark.join(pieces))) is not None),
            None,
        )


def _numbers_alike(one: str, other: str) -> bool:
    """Whether the digits of two names differ in one at most: 909 is no slip for 607."""
    digits, others = (re.sub(r"\D", "", fold(name)) for name in (one, other))
    if not digits or not others:
        return True
    short, long = sorted((digits, others), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) <= 1
    return short in {long[:n] + long[n + 1 :] for n in range(len(long))}


@dataclass(frozen=True)
class Found:
    """What a reference to a person came to: one key, or the keys it could mean."""

    key: str | None
    candidates: tuple[str, ...] = ()


class People:
    """Staff by key (王芳(T01)), by name where only one has it, and by number."""

    def __init__(self, staff: Iterable[tuple[str, str, str]] = ()) -> None:
        self.keys = Names()
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._unnumbered: set[str] = set()
        for key, name, number in staff:
            self.add(key, name, number)

    @classmethod
    def of(cls, staff: Iterable[Staff]) -> People:
        return cls((person.key, person.name, person.number) for person in staff)

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, key: str, name: str, number: str) -> None:
        if key in self.keys:
            return
        self.keys.add(key)
        self._by_name[fold(name)].append(key)
        if number:
            self._by_number[fold(number)].append(key)
        else:
            self._unnumbered.add(key)

    def find(self, text: str, number: str = "") -> Found:
        """The person meant by a name; ``number`` is one from a column of its own."""
        if number:
            key = self.keys.find(f"{text}({number})")
            if key is None and not self._unnumbered.issuperset(self._by_name.get(fold(text), [])):
                return Found(None)
            if key is not None:
                return Found(key)
        if key := self.keys.find(text):
            return Found(key)
        for index in (self._by_name, self._by_number):
            keys = index.get(fold(text), [])
            if len(keys) == 1:
                return Found(keys[0])
            if keys:
                return Found(None, tuple(keys))
        return Found(None)

    def near(self, text: str) -> list[str]:
        return self.keys.near(tidy(text)) or [
            self._by_name[name][0] for name in nearest(text, self._by_name, 1)
        ]

    def listed(self, text: str) -> list[str]:
        """The keys of the people in a cell; what is unknown or unclear stays as typed."""
        every = Names((*self.keys, *self._by_name, *self._by_number))
        found = (self.find(item).key or item for item in every.listed(text))
        return list(dict.fromkeys(found))
