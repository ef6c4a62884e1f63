"""Clubs without a room on some dates: which, when, and what is said of them."""

from __future__ import annotations

import datetime as dt

import pytest

from constraints.examples import Tiny
from instances.messages import Lang
from instances.school import Closure
from instances.timetable import DatedChange, Timetable
from scheduler.called_off import called_off_in, called_off_lines
from scheduler.commands.posts import called_off_text
from scheduler.diff import all_sessions
from scheduler.result import Published
from scheduler.told import beside
from scheduler.workbook.class_sheets import class_sheets
from scheduler.workbook.club_sheets import club_sheets
from scheduler.workbook.master import master_grid
from scheduler.workbook.open_sheet import open_sheet
from scheduler.workbook.overview import overview_sheet
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import View
from tests.helpers.published import follow, publish, rerun
from tests.unit.scheduler.test_diff import OCTOBER_12, TERM, after, before

CLOSED = Closure(start=dt.date(2026, 11, 2), end=dt.date(2026, 11, 27))


def choir(*dates: dt.date, closed: Closure | None = None, reason: str = "音乐室") -> Published:
    """A choir on Tuesdays in the music room that does not meet on some dates."""
    tiny = Tiny(**TERM).classes("五1").staff("李明").room("音乐室").club("合唱", "Tue")
    old = publish(tiny.meets("合唱", "Tue", room="音乐室").holds("李明", "合唱"))
    rooms = tuple(
        room.model_copy(update={"closures": (closed,)})
        if closed and room.name == "音乐室"
        else room
        for room in old.instance.rooms
    )
    changes = {
        session.key: DatedChange(cancelled=True, reason=reason)
        for session in all_sessions(old.instance, old.timetable)
        if session.date in dates
    }
    timetable = Timetable.model_validate(old.timetable.model_dump() | {"changes": changes})
    school = old.instance.model_copy(update={"rooms": rooms})
    return old.model_copy(update={"instance": school, "timetable": timetable})


def tuesdays(first: dt.date, count: int) -> tuple[dt.date, ...]:
    return tuple(first + dt.timedelta(weeks=n) for n in range(count))


def said(published: Published, lang: Lang) -> list[str]:
    return [line.text(lang) for line in called_off_lines(called_off_in(published))]


@pytest.mark.parametrize(
    ("first", "count", "chinese", "english"),
    [
        # twelve Tuesdays from 8 September on
        (
            dt.date(2026, 11, 3),
            2,
            "“合唱”：11月3日、11月10日停课（共12次），音乐室停用。",
            "“合唱”: on 3 Nov, 10 Nov, of 12 dates; 音乐室 is closed.",
        ),
        (
            dt.date(2026, 10, 13),
            6,
            "“合唱”：10月13日至11月17日停6次（共12次），音乐室停用。",
            "“合唱”: on 6 of 12 dates, 13 Oct to 17 Nov; 音乐室 is closed.",
        ),
        (
            dt.date(2026, 9, 8),
            12,
            "“合唱”：自9月8日起不再举行（12次），音乐室停用。",
            "“合唱”: not at all from 8 Sep on (12 dates); 音乐室 is closed.",
        ),
    ],
)
def test_a_club_without_a_room_is_said_not_to_meet(
    first: dt.date, count: int, chinese: str, english: str
) -> None:
    published = choir(*tuesdays(first, count), closed=CLOSED)
    assert said(published, "zh")[1:-1] == [chinese]
    assert said(published, "en")[1:-1] == [english]
    assert "活动" in said(published, "zh")[-1]


def test_a_room_that_is_full_is_not_said_to_be_closed() -> None:
    published = choir(dt.date(2026, 11, 3))
    assert said(published, "zh")[1] == "“合唱”：11月3日停课（共12次）。"


def test_from_when_dates_are_counted_is_said() -> None:
    """In the whole term there are twelve Tuesdays; from 12 October on, seven of them."""
    school = choir(dt.date(2026, 11, 3), closed=CLOSED)
    counted = "  次数从10月12日算起，此前的不计。"
    assert "（共12次）" in "".join(lines := list(called_off_text(school, "zh")))
    assert counted not in lines
    now = follow(school.instance, school.timetable, school.timetable, OCTOBER_12)
    later = school.model_copy(update={"timetable": now})
    assert "（共7次）" in "".join(lines := list(called_off_text(later, "zh")))
    assert lines[-2] == counted
    assert shown(overview_sheet(View(later, "zh")), counted.strip())
    assert not shown(overview_sheet(View(school, "zh")), counted.strip())


def test_what_she_called_off_herself_is_not_listed() -> None:
    assert said(choir(dt.date(2026, 11, 3), reason="外出"), "zh") == []
    assert said(choir(), "zh") == []


def test_new_and_gone_posts_are_counted_beside_changes() -> None:
    old = publish(before())
    gone = after().instead("看护", 29, staff="王芳")
    same = rerun(old, before(), OCTOBER_12)
    assert [line.text("zh") for line in beside(same)] == []
    lines = [line.text("zh") for line in beside(rerun(old, gone, OCTOBER_12))]
    assert lines[-1].startswith("需要通知 ")


def test_pages_of_clubs_that_meet_no_more_say_so() -> None:
    published = choir(*tuesdays(dt.date(2026, 9, 8), 12), closed=CLOSED)
    view = View(published, "zh")
    assert shown(class_sheets(view), "停课（没有场地）")
    assert view.called_off["合唱"].wholly
    assert view.called_off["合唱"].message.text("zh") in master_grid(view).sheet.notes.values()
    over = View(_over(), "zh")
    for sheet in (master_grid(over).sheet, club_sheets(over), open_sheet(over)):
        assert not shown(sheet, "未排入")
        assert not shown(sheet, "未能排入")
    assert shown(open_sheet(over), "没有空缺")
    assert shown(master_grid(over).sheet, "已结束")
    assert shown(club_sheets(over), "已经结束")
    assert shown(club_sheets(over), "10月6日")


def _over() -> Published:
    """The choir has ended before the timetable's date; it met on five Tuesdays."""
    tiny = Tiny(**TERM).classes("五1").staff("李明").room("音乐室")
    return rerun(choir(), tiny.club("合唱", "Tue", end=dt.date(2026, 10, 9)), OCTOBER_12)


def shown(sheet: Sheet, text: str) -> bool:
    return any(text in str(value) for value, _ in sheet.cells.values())
