"""Two timetables side by side, and many changes told as one."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.examples import Tiny
from instances.messages import Lang
from instances.timetable import Timetable
from scheduler.change_texts import line_text, movable
from scheduler.changes import ChangeKind
from scheduler.diff import all_sessions, compare, same_school, same_term
from scheduler.result import Published
from tests.helpers.published import publish, rerun

TERM = {"start": dt.date(2026, 9, 7), "end": dt.date(2026, 11, 27)}
"""Twelve school weeks."""
OCTOBER_12 = dt.date(2026, 10, 12)


def school() -> Tiny:
    return (
        Tiny(**TERM)
        .classes("三（1）班", "三（2）班")
        .staff("王芳", "李明", "赵静")
        .room("音乐室")
        .room("操场")
        .care("Tue")
        .club("合唱", "Tue", "Wed")
    )


def before() -> Tiny:
    return (
        school()
        .holds("王芳", "看护", "Tue", school_class="三（1）班")
        .holds("赵静", "看护", "Tue", school_class="三（2）班")
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
    )


def after() -> Tiny:
    """李明 takes over class 1, and the choir moves to Wednesdays on the playground."""
    return (
        school()
        .holds("李明", "看护", "Tue", school_class="三（1）班")
        .holds("赵静", "看护", "Tue", school_class="三（2）班")
        .meets("合唱", "Wed", room="操场")
        .holds("李明", "合唱")
    )


def lines(old: Published, new: Published, lang: Lang = "zh") -> list[str]:
    clubs = movable(old.instance, new.instance)
    return [line_text(group, clubs).text(lang) for group in compare(old, new).groups]


def test_the_changes_of_a_weekly_post_are_one_line() -> None:
    # Tuesdays from 8 September to 24 November: twelve
    old, new = publish(before()), publish(after())
    assert lines(old, new) == [
        "周二 15:30 三（1）班看护：王芳 → 李明（9月8日起，共 12 次）",
        "周三 16:30 合唱：周二 16:30–17:30、音乐室 → 周三 16:30–17:30、操场（9月9日起，共 12 次）",
    ]
    assert lines(old, new, "en") == [
        "Tue 15:30 看护 三（1）班: 王芳 → 李明 (from 8 Sep, 12 times)",
        "Wed 16:30 合唱: Tue 16:30–17:30, 音乐室 → Wed 16:30–17:30, 操场 (from 9 Sep, 12 times)",
    ]
    figures = compare(old, new).figures
    # 12 Tuesdays of class 1, 12 of the choir; 王芳 and 李明; each post is a meeting of its own
    assert (figures.posts, figures.people, figures.sessions) == (24, 2, 24)


def test_a_rerun_is_compared_from_its_date_on_and_its_past_is_its_parents() -> None:
    old = publish(before())
    new = rerun(old, after(), OCTOBER_12)
    # Tuesdays from 13 October to 24 November: seven
    assert lines(old, new)[0] == "周二 15:30 三（1）班看护：王芳 → 李明（10月13日起，共 7 次）"
    found = compare(old, new)
    assert (found.since, found.past, len(found.changes)) == (OCTOBER_12, (), 14)
    assert len(all_sessions(new.instance, new.timetable)) == len(
        all_sessions(old.instance, old.timetable)
    )


def test_what_differs_before_the_later_date_is_told_apart() -> None:
    first = publish(before())
    second = rerun(first, after(), OCTOBER_12)
    third = rerun(second, before(), dt.date(2026, 11, 2))
    found = compare(first, third)
    # two posts a week in the three weeks of 12, 19 and 26 October; from November on all is as in
    # the first again
    assert (found.since, len(found.past), found.changes) == (dt.date(2026, 11, 2), 6, ())
    assert len(compare(second, third).changes) == 8  # weeks of 2, 9, 16, 23 November


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((8,), "9月8日"),
        ((8, 15), "9月8日、9月15日"),
        # the last date of the term belongs to it, but not those between
        ((8, 78), "9月8日、11月17日"),
        ((1, 8, 15, 22, 29), "9月1日至9月29日，共 5 次"),
        ((1, 8, 22, 29, 36), "9月1日至10月6日，共 5 次，9月15日除外"),
        # what is every other week cannot be told from its first date and a number
        (
            (1, 15, 29, 43, 57, 71),
            "9月1日、9月15日、9月29日、10月13日、10月27日、11月10日",
        ),
        ((64, 71, 78), "11月3日起，共 3 次"),
    ],
)
def test_on_which_dates(days: tuple[int, ...], said: str) -> None:
    """``days`` of September, counted on into the months after it: a cover on each."""
    term = {"start": dt.date(2026, 8, 31), "end": dt.date(2026, 11, 20)}
    tiny = Tiny(**term).classes("三1").staff("王芳", "李明").care("Tue")
    old = publish(tiny.holds("王芳", "看护", "Tue"))
    dates = {dt.date(2026, 8, 31) + dt.timedelta(days=day) for day in days}
    changes = {
        session.key: {"staff": "李明"}
        for session in all_sessions(old.instance, old.timetable)
        if session.date in dates
    }
    data = old.timetable.model_dump() | {"changes": changes}
    new = old.model_copy(update={"timetable": Timetable.model_validate(data)})
    assert lines(old, new) == [f"周二 15:30 三1看护：王芳 → 李明（{said}）"]


def moved(*pairs: tuple[dt.date, dt.date]) -> Published:
    """The choir of some Tuesdays on other dates."""
    old = publish(before())
    days = dict(pairs)
    changes = {
        session.key: {"to": {"date": days[session.date], "segment": session.segment}}
        for session in all_sessions(old.instance, old.timetable)
        if session.date in days and session.post.activity == "合唱"
    }
    data = old.timetable.model_dump() | {"changes": changes}
    return old.model_copy(update={"timetable": Timetable.model_validate(data)})


@pytest.mark.parametrize(
    ("pairs", "day", "chinese", "english"),
    [
        (((10, 12),), "周四", "10月20日改到10月22日", "20 Oct moved to 22 Oct"),
        (((10, 6),), "周五", "10月20日改到10月16日", "20 Oct moved to 16 Oct"),
        (
            ((10, 12), (24, 26)),
            "周四",
            "10月20日改到10月22日、11月3日改到11月5日",
            "20 Oct moved to 22 Oct, 3 Nov moved to 5 Nov",
        ),
    ],
)
def test_what_is_on_another_date_names_both(
    pairs: tuple[tuple[int, int], ...], day: str, chinese: str, english: str
) -> None:
    """``pairs``: days counted from 10 October on, of the choir and where it is moved to."""
    start = dt.date(2026, 10, 10)
    dates = [(start + dt.timedelta(days=a), start + dt.timedelta(days=b)) for a, b in pairs]
    old, new = publish(before()), moved(*dates)
    clock = "16:30–17:30"
    assert lines(old, new) == [f"{day} 16:30 合唱：周二 {clock} → {day} {clock}（{chinese}）"]
    assert lines(old, new, "en")[0].endswith(f"({english})")
    found = compare(old, new)
    assert found.dates == tuple(sorted(date for pair in dates for date in pair))
    assert [group.begins for group in found.groups] == [min(min(pair) for pair in dates)]


def test_what_is_new_or_gone_says_so() -> None:
    old = publish(before())
    new = publish(
        Tiny(**TERM)
        .classes("三（1）班", "三（2）班")
        .staff("王芳", "李明", "赵静")
        .care("Tue")
        .duty("放学门岗", "Mon")
        .holds("王芳", "看护", "Tue", school_class="三（1）班")
        .holds("李明", "放学门岗", "Mon")
    )
    assert lines(old, new) == [
        "周一 15:30 放学门岗：新增 → 李明（9月7日起，共 12 次）",
        "周二 15:30 三（2）班看护：赵静 → 【空缺】（9月8日起，共 12 次）",
        "周二 16:30 合唱：李明 → 取消（9月8日起，共 12 次）",
    ]
    found = compare(old, new)
    assert (found.of_kind(ChangeKind.NEW), found.of_kind(ChangeKind.GONE)) == (12, 12)
    assert found.figures.posts == 12


def test_other_schools_and_other_terms_are_known() -> None:
    one, other = school().done()[0], Tiny(**TERM).classes("五1").done()[0]
    named = one.model_copy(update={"school": "一小"})
    assert same_school(one, named)
    assert not same_school(named, named.model_copy(update={"school": "二小"}))
    assert not same_school(one, other)
    assert same_term(one, other)
    later = one.term.model_copy(update={"start": dt.date(2027, 2, 22), "end": dt.date(2027, 7, 2)})
    assert not same_term(one, one.model_copy(update={"term": later}))
