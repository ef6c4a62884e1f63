"""Times of the week in words: a weekday with its segments, and the dates it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from instances.blocks import Moment
from instances.demand import Demand
from instances.messages import Message, Template

FEW_DATES = 4

EVERY_WEEK = Template("{weekday} {segments}", "{weekday} {segments}")
ON_DATES = Template("{weekday} {segments}（{dates}）", "{weekday} {segments} ({dates})")
AND_MORE = Template("{dates}等{count}天", "{dates} and more, {count} dates")


def in_order(demand: Demand, moments: Iterable[Moment]) -> list[Moment]:
    """Moments by weekday, and then as the school lists its segments."""
    places = _places(demand)
    return sorted(moments, key=lambda m: (m.weekday, sorted(places[s] for s in m.segments)))


def segments_of(demand: Demand, moment: Moment) -> tuple[str, ...]:
    """The segments of a moment, as the school lists them."""
    return tuple(sorted(moment.segments, key=_places(demand).__getitem__))


def when(demand: Demand, moment: Moment, dates: Sequence[dt.date]) -> Message:
    """A moment in words; with its dates, the first few, if it is not about all there are."""
    facts = {"weekday": moment.weekday, "segments": segments_of(demand, moment)}
    if len(dates) == moment.days.bit_count():
        return EVERY_WEEK(**facts)
    if len(dates) <= FEW_DATES:
        return ON_DATES(**facts, dates=dates)
    more = AND_MORE(dates=dates[:FEW_DATES], count=len(dates))
    return ON_DATES(**facts, dates=more)


def _places(demand: Demand) -> dict[str, int]:
    return {segment.name: n for n, segment in enumerate(demand.instance.segments)}
