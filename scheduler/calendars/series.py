"""From dated entries to weekly series with exceptions, in a form that common programs read.

Outlook ignores dates that are added to a rule (RDATE) and refuses an occurrence that is moved
past its neighbours; such entries stand alone, with an identity of their own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scheduler.calendars.entries import Entry, Slot

WEEK = 7


@dataclass
class Series:
    """Entries that repeat every ``step`` days from the first of ``dates`` to the last.

    ``skipped`` dates of the rule have nothing; ``overrides`` are entries that differ from the
    ``usual`` one, by the date on which the rule has them. Without a ``step``: one date alone.
    """

    identity: str
    usual: Entry
    dates: list[dt.date]
    step: int | None = None
    skipped: list[dt.date] = field(default_factory=list)
    overrides: dict[dt.date, Entry] = field(default_factory=dict)


def series_of(entries: Iterable[Entry]) -> list[Series]:
    """Every entry once: in the series of its thing, or alone."""
    regular: dict[tuple[str, int, dt.time, dt.time], dict[dt.date, Entry]] = defaultdict(dict)
    alone: list[Entry] = []
    moved: list[Entry] = []
    for entry in sorted(entries, key=lambda one: (one.slot, one.key)):
        date, start, end = entry.slot
        dates = regular[entry.thing, date.isoweekday(), start, end]
        if entry.origin is not None:
            moved.append(entry)
        elif entry.single or date in dates:
            alone.append(entry)
        else:
            dates[date] = entry
    for entry in moved:
        if not _returned(entry, regular):
            alone.append(entry)
    found = [_series(thing, dates) for thing, dates in regular.items() if dates]
    found += [Series(one.key, one, [one.slot[0]]) for one in alone]
    return sorted(found, key=lambda one: (one.dates[0], one.usual.slot, one.identity))


def _returned(
    entry: Entry, regular: dict[tuple[str, int, dt.time, dt.time], dict[dt.date, Entry]]
) -> bool:
    """Put a moved entry where the rule has it, if it stays between its neighbours there."""
    assert entry.origin is not None
    date, start, end = entry.origin
    # the pattern's segment stands in the key; the entry's own is where it went
    thing = "|".join((*entry.thing.split("|")[:-1], entry.key.split("|")[1]))
    dates = regular.get((thing, date.isoweekday(), start, end), {})
    before = [max(other, one.slot[0]) for other, one in dates.items() if other < date]
    after = [min(other, one.slot[0]) for other, one in dates.items() if other > date]
    there = entry.slot[0]
    if not before or not after or date in dates or not max(before) < there < min(after):
        return False
    dates[date] = entry
    return True


def _series(thing: tuple[str, int, dt.time, dt.time], by_date: dict[dt.date, Entry]) -> Series:
    dates = sorted(by_date)
    name, weekday, start, _ = thing
    plain = [one for one in by_date.values() if one.origin is None]
    words, _ = Counter(map(_words, plain)).most_common(1)[0]
    usual = next(one for one in plain if _words(one) == words)
    first: Slot = (dates[0], *usual.slot[1:])
    found = Series(f"{name}|{weekday}|{start:%H%M}", replace(usual, slot=first), dates)
    found.overrides = {
        date: one for date, one in by_date.items() if one.origin is not None or _words(one) != words
    }
    if len(dates) > 1:
        gaps = [(later - date).days for date, later in pairwise(dates)]
        found.step = 2 * WEEK if all(gap % (2 * WEEK) == 0 for gap in gaps) else WEEK
        length = (dates[-1] - dates[0]).days
        every = (dates[0] + dt.timedelta(days=n) for n in range(0, length + 1, found.step))
        found.skipped = [date for date in every if date not in by_date]
    return found


def _words(entry: Entry) -> tuple[str, str, str]:
    return entry.summary, entry.location, entry.description
