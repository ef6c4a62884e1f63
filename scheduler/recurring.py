"""Sentences that are the same on many dates, as an edit of the weekly pattern brings, as one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from instances.messages import Message, Template, localize

FEW, NAMED = 4, 3
"""So many dates are all named; of more, the first."""
DATES = Template("{dates}等{count}天", "{dates} …, {count} {count:date|dates} in all")
WHEN = ("date", "week")
"""The facts in which findings may differ that are told together."""


def as_one(messages: Iterable[Message]) -> Iterator[Message]:
    """Messages that differ in their dates, or weeks, alone are one."""
    alike: dict[object, list[Message]] = defaultdict(list)
    for message in messages:
        rest = ((name, localize(v, "zh")) for name, v in message.facts.items() if name not in WHEN)
        alike[message.template, tuple(rest)].append(message)
    for some in alike.values():
        facts = dict(some[0].facts)
        if len(some) > 1:
            for name in WHEN:
                if name in facts:
                    facts[name] = _all([one.facts[name] for one in some])
        yield Message(some[0].template, facts)


def dates_text(dates: Iterable[dt.date]) -> object:
    """Some dates as one fact: all of a few, of many the first and how many there are."""
    some = sorted(set(dates))
    if len(some) <= FEW:
        return some
    return DATES(dates=some[:NAMED], count=len(some))


def _all(values: Sequence[object]) -> object:
    """Several dates, or numbers of weeks, as one fact."""
    if dates := {value for value in values if isinstance(value, dt.date)}:
        return dates_text(dates)
    return _ranges(sorted({value for value in values if isinstance(value, int)}))


def _ranges(weeks: Sequence[int]) -> list[str]:
    """1, 2, 3, 7 as 1–3 and 7."""
    starts = [weeks[0], *(b for a, b in pairwise(weeks) if b != a + 1)]
    ends = [*(a for a, b in pairwise(weeks) if b != a + 1), weeks[-1]]
    return [f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
