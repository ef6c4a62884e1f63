"""One date: who is where, what is unusual, and why there is nothing on other dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints.examples import CARE, CLUBS, Tiny
from instances.messages import Lang
from scheduler.day import NoService, day_sheet
from scheduler.workbook.day import write_day
from tests.unit.scheduler.workbook.sample import published

COVERED = dt.date(2026, 10, 13)
MOVED = dt.date(2026, 12, 8)


def test_a_date_with_a_cover() -> None:
    sheet = day_sheet(published(), COVERED)
    assert [segment.name for segment in sheet.segments] == ["作业辅导", "社团活动", "延时看护"]
    assert [(s.staff, s.planned) for s in sheet.covers] == [("何平", "李娜")]
    assert [leader.post.activity for leader in sheet.leaders] == ["值班领导"]
    assert all(session.staff is None for session in sheet.open_posts)
    first = sheet.segments[0].sessions
    assert [s.post.classes[0] for s in first][:4] == ["一(1)班", "一(2)班", "二(1)班", "二(2)班"]


def test_the_text_for_a_group_chat() -> None:
    sheet = day_sheet(published(), COVERED)
    chinese, english = sheet.chat("zh"), sheet.chat("en")
    assert chinese.startswith("【实验小学课后服务】10月13日 周二（第7周）\n值班领导：")
    assert "何平（代李娜）" in chinese
    assert "何平 (for 李娜)" in english
    assert "Still open" in english


def test_a_class_in_its_own_room_is_named_once() -> None:
    tiny = Tiny().classes("三1").classes("三2", home_room="礼堂").staff("王芳", "李明").care("Tue")
    tiny.holds("王芳", CARE, "Tue", school_class="三1").holds("李明", CARE, "Tue")
    instance, timetable = tiny.done()
    term = published().model_copy(update={"instance": instance, "timetable": timetable})
    text = day_sheet(term, dt.date(2026, 9, 8)).chat("zh")
    assert "\n三1：王芳\n三2（礼堂）：李明" in text


def test_what_is_cancelled_at_one_time_is_one_line() -> None:
    tiny = Tiny().classes("三1", "三2").staff("王芳", "李明").care("Tue", f"Tue {CLUBS}")
    instance, timetable = tiny.instead(CARE, 8, cancelled=True).done()
    term = published().model_copy(update={"instance": instance, "timetable": timetable})
    text = day_sheet(term, dt.date(2026, 9, 8)).chat("zh")
    assert text.endswith("▲ 取消\n15:30 三1、三2\n16:30 三1、三2")


def test_another_room_and_a_make_up_day() -> None:
    moved = day_sheet(published(), MOVED)
    assert "合唱团：音乐教室 → 多功能厅" in moved.chat("zh")
    sunday = day_sheet(published(), dt.date(2026, 9, 20))
    assert sunday.is_make_up
    assert "按周三课表" in sunday.chat("zh")
    assert "No clubs today" in day_sheet(published(), dt.date(2026, 11, 10)).chat("en")


@pytest.mark.parametrize(
    ("date", "phrase"),
    [
        (dt.date(2026, 10, 3), "放假（国庆节）"),
        (dt.date(2026, 10, 10), "按周五课表"),
        (dt.date(2026, 9, 12), "周六"),
        (dt.date(2026, 9, 2), "服务从9月7日"),
        (dt.date(2027, 3, 1), "2027-03-01不在本学期内"),
    ],
    ids=["holiday", "make-up day", "weekend", "before service", "out of term"],
)
def test_dates_without_service_say_why(date: dt.date, phrase: str) -> None:
    with pytest.raises(NoService) as error:
        day_sheet(published(), date)
    assert phrase in error.value.message.text("zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_page(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "day.xlsx"
    write_day(day_sheet(published(), COVERED), path, lang)
    page = load_workbook(path).worksheets[0]
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 1)
    texts = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value}
    assert any("何平" in text for text in texts)
    assert "101教室" in texts
