"""From what stands in a cell to what must be staffed, and on which dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from instances import activity_texts as A
from instances import problem_texts as P
from instances.demand import Demand, Post
from instances.derivation import derive
from instances.people import people_of
from instances.problems import Reading
from instances.reading import read_instance
from instances.timetable import Place, Placement, Timetable, expand
from instances.words import Role, Weekday
from tests.helpers.books import Book

CLUB, CARE = "足球社", "作业看护"
TUESDAYS = [dt.date(2026, 9, 8) + dt.timedelta(weeks=n) for n in range(20)]
"""Those of the service. The first is in week 2, for the term starts on the Tuesday before."""
EXAMS = dt.date(2026, 11, 10)
HOLIDAY = dt.date(2026, 10, 6)


def read(book: Book, folder: Path) -> Reading:
    return read_instance(book.save(folder))


def demand(book: Book, folder: Path) -> Demand:
    reading = read(book, folder)
    assert not reading.errors, [problem.text("en") for problem in reading.errors]
    assert reading.instance is not None
    return derive(reading.instance)


def club(**cells: Any) -> Book:
    """A good school whose club meets on Tuesdays, with other cells in its row."""
    book = Book()
    for column, value in {"weekdays": "周二", **cells}.items():
        book.set("activities", 1, column, value)
    return book


def dates(found: Demand, activity: str) -> list[dt.date]:
    days = 0
    for post in found.posts:
        if post.activity == activity:
            days |= post.dates
    return [day.date for day in found.calendar.dates(days)]


@pytest.mark.parametrize(
    ("cells", "weeks"),
    [
        ({}, range(2, 22)),
        ({"parity": "单周"}, range(3, 22, 2)),
        ({"parity": "双周"}, range(2, 22, 2)),
        ({"weeks": "单周"}, range(3, 22, 2)),
        ({"weeks": "双周"}, range(2, 22, 2)),
        ({"weeks": "每周"}, range(2, 22)),
        ({"weeks": "1-8周"}, range(2, 9)),
        ({"weeks": "第3周至第5周"}, range(3, 6)),
        ({"weeks": "3,5,7"}, (3, 5, 7)),
        ({"weeks": 4}, (4,)),
        ({"weeks": "1-8周（双）、12"}, (2, 4, 6, 8, 12)),
        ({"weeks": "1-8", "parity": "单周"}, (3, 5, 7)),
        ({"start": "2026-09-21", "end": "10月20日"}, range(4, 9)),
    ],
    ids=str,
)
def test_weeks(cells: dict[str, Any], weeks: range | tuple[int, ...], tmp_path: Path) -> None:
    """No club on Tuesday of the holiday (week 6) nor of the exams (week 11)."""
    expected = [day for n, day in enumerate(TUESDAYS, 2) if n in weeks]
    expected = [day for day in expected if day not in (HOLIDAY, EXAMS)]
    assert dates(demand(club(**cells), tmp_path), CLUB) == expected


def test_weeks_that_contradict(tmp_path: Path) -> None:
    (problem,) = read(club(parity="单周", weeks="双周"), tmp_path).problems
    assert (problem.fault, problem.value) == (P.NO_MORE_THAN_ONE, "双周")
    assert "单周" in problem.message.text("zh")


def test_make_up_day_follows_another_weekday(tmp_path: Path) -> None:
    """Saturday 10 October is taught as a Wednesday."""
    wednesdays = demand(club(weekdays="周三"), tmp_path)
    assert dt.date(2026, 10, 10) in dates(wednesdays, CLUB)
    assert dt.date(2026, 10, 7) not in dates(wednesdays, CLUB)


def roles(posts: list[Post]) -> Counter[tuple[Role, frozenset[str]]]:
    return Counter((post.role, post.skills) for post in posts)


def test_posts_by_role_with_skills_and_head_counts(tmp_path: Path) -> None:
    book = club(posts="指导教师（足球）、指导教师（体育+足球）、助教×2")
    found = [post for post in demand(book, tmp_path).posts if post.activity == CLUB]
    assert roles(found) == {
        (Role.LEADER, frozenset({"足球"})): 1,
        (Role.LEADER, frozenset({"体育", "足球"})): 1,
        (Role.ASSISTANT, frozenset()): 2,
    }


def test_posts_of_care_follow_the_ratio(tmp_path: Path) -> None:
    """Classes of 45 and 43, at most 40 for one adult: two supervisors each, and an assistant."""
    book = Book().set("activities", 0, "ratio", 40)
    book.set("activities", 0, "posts", "看护教师、助教")
    monday = [
        post
        for post in demand(book, tmp_path).posts
        if post.activity == CARE and post.blocks[0].weekday is Weekday.MON
    ]
    each = Counter((post.blocks[0].segments[0], post.classes, post.role) for post in monday)
    assert set(each.values()) == {1, 2}
    for (_, _, role), count in each.items():
        assert count == (2 if role is Role.SUPERVISOR else 1)
    assert len(each) == 2 * 2 * 2


@pytest.mark.parametrize(("children", "few"), [(9, True), (10, False), (None, False)])
def test_fewer_children_than_the_minimum(children: int | None, few: bool, tmp_path: Path) -> None:
    reading = read(club(minimum=10, children=children), tmp_path)
    assert [problem.fault for problem in reading.problems] == [A.CHILDREN_BELOW_MINIMUM] * few
    assert not reading.errors


def test_participation_by_weekday_and_segment(tmp_path: Path) -> None:
    """Of 45: 40 % on Fridays, none of these in the second segment; on other days all."""
    book = Book().set("classes", 0, "参加率 周五", "40%")
    book.set("classes", 0, "参加率 周五 第二段", 0)
    needs = [n for n in demand(book, tmp_path).needs.values() if n.group.classes == ("三（1）班",)]
    assert {(int(n.block.weekday), n.block.segments[0]): n.base for n in needs} == {
        **{(day, segment): 45 for day in range(1, 5) for segment in ("第一段", "第二段")},
        (5, "第一段"): 18,
        (5, "第二段"): 0,
    }


def test_leave_and_closures_are_dates(tmp_path: Path) -> None:
    book = club().set("rooms", 0, "closures", "11月2日至11月13日 周二（装修）；2026-12-01")
    found = demand(book, tmp_path)
    (playground, _) = found.instance.rooms
    assert [(str(c.start), str(c.end), c.weekdays, c.name) for c in playground.closures] == [
        ("2026-11-02", "2026-11-13", (Weekday.TUE,), "装修"),
        ("2026-12-01", "2026-12-01", (), ""),
    ]
    away = people_of(found)["李明"].absent
    assert [day.date.day for day in found.calendar.dates(away)] == [2, 3, 4, 5, 6]


def test_winter_clock(tmp_path: Path) -> None:
    """From November everything is half an hour earlier; on Fridays there is no second segment."""
    book = club(weekdays="周二、周五")
    times = [("第一段", "15:30", "16:30"), ("第二段", "16:30", "17:30")]
    winter = [("第一段", "15:00", "16:00"), ("第二段", "16:00", "17:00")]
    days = {"第一段": "周一至周五", "第二段": "周一至周四"}
    book.rows["segments"] = [
        {"name": name, "start": start, "end": end, "weekdays": days[name], "phase": phase}
        for phase, clock in ((None, times), ("冬季作息", winter))
        for name, start, end in clock
    ]
    book.rows["calendar"].append(
        {"type": "阶段", "name": "冬季作息", "start": "2026-11-01", "end": "2027-01-22"}
    )
    book.rows["wishes"][2].pop("周五 第二段")
    found = demand(book.drop("pins"), tmp_path)
    assert all(day.isoweekday() == 2 for day in dates(found, CLUB))
    place = Place(weekday=Weekday.TUE, segments=("第二段",))
    timetable = Timetable(placements={CLUB: Placement(places=(place,), room="操场")})
    starts = {s.date: s.start for s in expand(found, timetable) if s.post.activity == CLUB}
    assert set(starts) == set(dates(found, CLUB))
    autumn = dt.date(2026, 11, 1)
    for day, start in starts.items():
        assert start == (dt.time(16, 30) if day < autumn else dt.time(16, 0))
