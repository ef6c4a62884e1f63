"""What counts as a change, and what it costs."""

from __future__ import annotations

import datetime as dt

from constraints.examples import Tiny
from instances.derivation import derive
from instances.school import Instance
from instances.timetable import Session, Timetable, expand
from scheduler.changes import ChangeKind, changes_between, count

SEVENTH = dt.date(2026, 9, 7)


def school() -> Tiny:
    return (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明")
        .room("音乐室")
        .room("操场")
        .care("Tue", "Thu")
        .club("合唱", "Tue", "Wed")
    )


def sessions(built: tuple[Instance, Timetable]) -> tuple[Session, ...]:
    instance, timetable = built
    return expand(derive(instance), timetable)


def before() -> Tiny:
    return (
        school()
        .holds("王芳", "看护", "Tue", "Thu")
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
    )


def test_the_same_timetable_has_no_changes() -> None:
    assert changes_between(sessions(before().done()), sessions(before().done())) == ()


def test_another_person_on_each_date_counts_and_short_notice_costs_twice() -> None:
    # Thursdays 10 and 17 September, both within two weeks of the 7th: 2 posts, 2 * 3 * 2 = 12
    after = (
        school()
        .holds("王芳", "看护", "Tue")
        .holds("李明", "看护", "Thu")
        .meets("合唱", "Tue", room="音乐室")
        .holds("李明", "合唱")
    )
    changes = changes_between(sessions(before().done()), sessions(after.done()))
    assert [(c.date.day, c.kinds, c.old_staff, c.new_staff) for c in changes] == [
        (10, (ChangeKind.PERSON,), "王芳", "李明"),
        (17, (ChangeKind.PERSON,), "王芳", "李明"),
    ]
    figures = count(changes, SEVENTH, bound=99)
    assert (figures.posts, figures.people, figures.sessions) == (2, 2, 2)
    assert (figures.cost, figures.bound) == (12, 12)
    assert figures.proved
    # from 27 August the two weeks end on 6 September: long notice, 2 * 3
    assert count(changes, dt.date(2026, 8, 24)).cost == 6


def test_a_club_on_another_day_is_moved_and_not_gone_and_new() -> None:
    after = (
        school()
        .holds("王芳", "看护", "Tue", "Thu")
        .meets("合唱", "Wed", room="操场")
        .holds("李明", "合唱")
    )
    changes = changes_between(sessions(before().done()), sessions(after.done()), SEVENTH)
    assert [(c.date.day, c.kinds) for c in changes] == [
        (9, (ChangeKind.TIME, ChangeKind.ROOM)),
        (16, (ChangeKind.TIME, ChangeKind.ROOM)),
    ]
    assert changes[0].old_time == "2026-09-08 16:30–17:30"
    assert changes[0].new_time == "2026-09-09 16:30–17:30"


def test_what_the_input_takes_away_is_listed_and_not_counted() -> None:
    without = (
        Tiny().classes("三1").staff("王芳", "李明").room("音乐室").room("操场").care("Tue", "Thu")
    ).holds("王芳", "看护", "Tue", "Thu")
    changes = changes_between(sessions(before().done()), sessions(without.done()))
    assert {c.kinds for c in changes} == {(ChangeKind.GONE,)}
    assert count(changes, SEVENTH).posts == 0


def test_an_open_post_that_is_filled_and_one_that_opens() -> None:
    after = school().holds("王芳", "看护", "Tue").meets("合唱", "Tue", room="音乐室")
    opened = changes_between(sessions(before().done()), sessions(after.done()))
    assert {kind for change in opened for kind in change.kinds} == {ChangeKind.OPENED}
    filled = changes_between(sessions(after.done()), sessions(before().done()))
    assert {kind for change in filled for kind in change.kinds} == {ChangeKind.FILLED}
