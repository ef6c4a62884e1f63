"""What the strategies of random schools are made of: some of many, dates, periods."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 1, 22)
dates = st.dates(FIRST, LAST)
words = st.sampled_from(["教研", "病假", "装修、粉刷", "visit", "No. 5", "'quoted'"])


def some(values: tuple[T, ...], most: int = 3, least: int = 0) -> SearchStrategy[tuple[T, ...]]:
    """Some of the values, in their order."""
    if not values:
        return st.just(())
    chosen = st.sets(st.sampled_from(range(len(values))), max_size=most, min_size=least)
    return chosen.map(lambda places: tuple(values[n] for n in sorted(places)))


def maybe(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | strategy


@st.composite
def periods(draw: DrawFn) -> dict[str, Any]:
    start = draw(dates)
    end = min(LAST, start + dt.timedelta(days=draw(st.integers(0, 9))))
    return {"start": start, "end": end, "name": draw(st.just("") | words)}
