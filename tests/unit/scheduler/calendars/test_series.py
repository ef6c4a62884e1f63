"""Weekly series with exceptions: what is expanded is what was given."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from scheduler.calendars.entries import Entry
from scheduler.calendars.ics import Stamp, ics
from scheduler.calendars.series import series_of
from tests.helpers.calendars import expanded

MONDAY = dt.date(2026, 9, 7)
START, END = dt.time(15, 30), dt.time(16, 30)
ZONE = dt.timezone(dt.timedelta(hours=8))
STAMP = Stamp("staff/王芳", "王芳", "小学", MONDAY, 1, dt.datetime(2026, 9, 1, 1, tzinfo=dt.UTC))


def entry(week: int, days: int = 0, **given: object) -> Entry:
    """Care on the Monday of a week, counted from 0, or some days later."""
    date = MONDAY + dt.timedelta(weeks=week, days=days)
    plain = Entry("看护|课后", f"{date:%Y%m%d}|课后|看护", (date, START, END), "看护", "301", "")
    return replace(plain, **given)  # type: ignore[arg-type]


def moved(week: int, days: int) -> Entry:
    here = entry(week, days)
    return replace(here, key=f"{entry(week).key}>", origin=entry(week).slot)


def shown(*entries: Entry) -> list[tuple[dt.date, str]]:
    """Date and room of all that is expanded, after a look that they are those given."""
    found = expanded(ics(STAMP, series_of(entries)))
    given = Counter(
        (
            one.summary,
            dt.datetime.combine(one.slot[0], one.slot[1], ZONE),
            dt.datetime.combine(one.slot[0], one.slot[2], ZONE),
            one.location,
        )
        for one in entries
    )
    assert found == given
    return sorted((start.date(), room) for _, start, _, room in found)


def test_a_week_without_is_an_exception() -> None:
    entries = [entry(week) for week in (0, 1, 3)]
    assert len(shown(*entries)) == 3
    (series,) = series_of(entries)
    assert (series.step, series.skipped) == (7, [entry(2).slot[0]])


def test_odd_weeks_are_every_second_week() -> None:
    entries = [entry(week) for week in (0, 2, 6)]
    assert len(shown(*entries)) == 3
    (series,) = series_of(entries)
    assert (series.step, series.skipped) == (14, [entry(4).slot[0]])


def test_another_room_on_the_first_date_is_an_override() -> None:
    entries = [entry(0, location="操场"), entry(1), entry(2)]
    assert [room for _, room in shown(*entries)] == ["操场", "301", "301"]
    (series,) = series_of(entries)
    assert list(series.overrides) == [MONDAY]


def test_what_is_moved_between_its_neighbours_stays_in_its_series() -> None:
    entries = [entry(0), moved(1, 2), entry(2)]
    assert shown(*entries)[1][0] == dt.date(2026, 9, 16)  # 7 Sep + 7 + 2 days
    assert len(series_of(entries)) == 1


def test_what_is_moved_past_its_neighbour_stands_alone() -> None:
    entries = [entry(0), moved(1, 9), entry(2)]  # 9 days on: past the Monday after
    shown(*entries)
    assert [len(one.dates) for one in series_of(entries)] == [2, 1]


def test_covers_stand_alone_beside_ones_own() -> None:
    entries = [entry(0), entry(1), entry(1, single=True, key="other", location="302")]
    shown(*entries)
    assert [one.step for one in series_of(entries)] == [7, None]


def test_identities_last_when_a_week_is_added() -> None:
    before = {one.identity for one in series_of([entry(0), entry(1)])}
    assert before == {one.identity for one in series_of([entry(1), entry(2), entry(3)])}
    assert STAMP.uid("a") == replace(STAMP, number=2).uid("a") != STAMP.uid("b")
    assert STAMP.uid("a") != replace(STAMP, owner="staff/李明").uid("a")
