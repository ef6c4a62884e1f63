"""A timetable made from another: what changes, where it is seen, and who is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from constraints.examples import Tiny
from instances.messages import Lang
from instances.school import Period
from scheduler.changes import ChangeCount
from scheduler.result import Offer
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.version import version_lines
from scheduler.workbook.view import View
from scheduler.workbook.write import write_share, write_timetable
from tests.helpers.published import publish, rerun
from tests.unit.scheduler.test_diff import OCTOBER_12, TERM, after, before

NEW_FILL = "00DDF0E3"
LEAVE = "产检假"
OLD = publish(before(), school="实验小学")
NEW = rerun(OLD, after().instead("看护", 29, staff="王芳"), OCTOBER_12)


def on_leave() -> Tiny:
    """李明 is away on 15 September."""
    leave = (Period(start=dt.date(2026, 9, 15), end=dt.date(2026, 9, 15), name=LEAVE),)
    return (
        Tiny(**TERM)
        .classes("三（1）班", "三（2）班")
        .staff("王芳", "赵静")
        .staff("李明", leave=leave)
        .care("Tue")
        .holds("李明", "看护", "Tue", school_class="三（1）班")
        .holds("赵静", "看护", "Tue", school_class="三（2）班")
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "timetable.xlsx"
    write_timetable(NEW, path, "zh")
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def texts(book: Workbook, title: str) -> list[list[str]]:
    page: Any = book[title]
    rows = ([str(c) for c in row if c is not None] for row in page.iter_rows(values_only=True))
    return [row for row in rows if row]


def said(book: Workbook, word: str) -> list[str]:
    """Everything in a workbook that has a word in it."""
    every = (text for title in book.sheetnames for row in texts(book, title) for text in row)
    return [text for text in every if word in text]


def green(book: Workbook, title: str) -> list[str]:
    """What stands in the green cells of a sheet."""
    page: Any = book[title]
    cells = (cell for row in page.iter_rows() for cell in row)
    return [str(c.value) for c in cells if c.value and c.fill.fgColor.rgb == NEW_FILL]


def test_the_sheet_of_changes_has_the_weekly_ones_first(book: Workbook) -> None:
    head, *rows = texts(book, "变动")[2:]
    assert head[:4] == ["范围", "起始日期", "截止日期", "次数"]
    care, club = rows
    assert (care[0], care[3], care[-4:]) == (
        "每周",
        "7",
        ["换人", "王芳", "李明", "10月13日起，共 7 次"],
    )
    assert club[3:] == [
        *("7", "周三", "16:30–17:30", "合唱", "指导教师", "换时间、换场地"),
        *("周二 16:30–17:30、音乐室", "周三 16:30–17:30、操场", "10月14日起，共 7 次"),
    ]
    page: Any = book["变动"]
    assert page.auto_filter.ref == "A4:M6"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_single_dates_follow(tmp_path: Path) -> None:
    one = Tiny(**TERM).classes("三1").staff("王芳", "李明").care("Tue").holds("王芳", "看护", "Tue")
    other = Tiny(**TERM).classes("三1").staff("王芳", "李明").care("Tue")
    old = publish(one)
    again = rerun(
        old, other.holds("王芳", "看护", "Tue").instead("看护", 15, staff="李明"), SEVENTH
    )
    write_timetable(again, tmp_path / "t.xlsx", "en")
    book = load_workbook(tmp_path / "t.xlsx")
    (row,) = texts(book, "Changes")[3:]
    assert (row[0], row[-1], row[-2]) == ("one date", "15 Sep", "李明")
    # the week is as it was: only the row of that date is green
    assert green(book, "Master grid") == []
    assert texts(book, "Club sheets")[-1] == ["None this term."]
    assert green(book, "Class sheets") == []
    assert green(book, "Sessions") == []  # a cover has the amber of covers


SEVENTH = dt.date(2026, 9, 7)


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("zh", "再变动0个岗位", "再变动5至10个岗位"),
        ("en", "0 further posts", "5 to 10 further posts"),
    ],
)
def test_the_overview_shows_what_further_changes_would_buy(
    lang: Lang, first: str, second: str, tmp_path: Path
) -> None:
    bought = (Offer(allow=5, points=11), Offer(allow=10, points=11), Offer(allow=20, points=30))
    result = NEW.result.model_copy(update={"offers": bought})
    write_timetable(NEW.model_copy(update={"result": result}), tmp_path / "t.xlsx", lang)
    book = load_workbook(tmp_path / "t.xlsx")
    rows = texts(book, book.sheetnames[0])
    heads = next(n for n, row in enumerate(rows) if row[0] == first)
    assert rows[heads][1] == second  # ten changes gain no more than five
    assert len(rows[heads]) == 3
    assert rows[heads + 1] == ["0", "11", "30"]
    write_share(NEW.model_copy(update={"result": result}), tmp_path / "share.xlsx", lang)
    assert not said(load_workbook(tmp_path / "share.xlsx"), first)


def test_further_changes_that_buy_nothing_are_no_table(tmp_path: Path) -> None:
    nothing = (Offer(allow=5, points=0), Offer(allow=20, points=0))
    result = NEW.result.model_copy(update={"offers": nothing})
    write_timetable(NEW.model_copy(update={"result": result}), tmp_path / "t.xlsx", "en")
    rows = texts(load_workbook(tmp_path / "t.xlsx"), "Overview")
    assert not [row for row in rows if "5 further posts" in row]
    assert [row for row in rows if "up to 20 further posts (--allow)" in row[0]]


def test_cells_that_are_new_are_green(book: Workbook) -> None:
    assert sorted(green(book, "总课表")) == sorted(["李明", "周三 社团", "操场", "李明"])
    assert "看护\n李明" in green(book, "班级课表")
    assert green(book, "个人课表") == ["看护\n三（1）班\n三（1）班", "合唱\n操场"]
    assert "合唱\n李明" in green(book, "场地课表")
    # seven Tuesdays of 李明; of the choir seven dates and seven rooms
    assert len(green(book, "场次")) == 21
    assert len([text for text in green(book, "社团") if text.startswith("10月")]) == 3


def test_notices_say_what_was_and_what_is(book: Workbook) -> None:
    rows = texts(book, "通知")
    dear = [row[0] for row in rows if row[0].endswith("：") and len(row) == 1]
    assert dear == [
        *("王芳老师：", "李明老师："),
        *("三（1）班班主任、各位家长：", "三（2）班班主任、各位家长："),
    ]
    start = rows.index(["王芳老师："])
    assert rows[start + 1][0].startswith("您好！因学校工作安排有所调整，自10月13日起")
    assert rows[start + 3] == [
        *("三（1）班看护", "您\n周二 15:30–16:30\n三（1）班"),
        *("由李明担任", "10月13日起，共 7 次"),
    ]
    start = rows.index(["三（2）班班主任、各位家长："])
    assert rows[start + 3] == [
        *("合唱", "李明\n周二 16:30–17:30\n音乐室"),
        *("李明\n周三 16:30–17:30\n操场", "10月14日起，共 7 次"),
    ]
    page: Any = book["通知"]
    assert len(page.row_breaks.brk) == 4


def test_who_has_left_is_sent_nothing(tmp_path: Path) -> None:
    instance = NEW.instance
    staff = tuple(
        person.model_copy(update={"end": dt.date(2026, 10, 9)}) if person.name == "王芳" else person
        for person in instance.staff
    )
    left = NEW.model_copy(update={"instance": instance.model_copy(update={"staff": staff})})
    write_timetable(left, tmp_path / "t.xlsx", "en")
    rows = texts(load_workbook(tmp_path / "t.xlsx"), "Notices")
    assert ["Dear 李明,"] in rows
    assert ["Dear 王芳,"] not in rows


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_notices_may_be_reworded_and_changes_not(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "t.xlsx"
    write_timetable(NEW, path, lang)
    assert read_timetable(path).problems == ()
    book = load_workbook(path)
    notices: Any = book["通知" if lang == "zh" else "Notices"]
    notices["A3"].value = "Hello!"
    book.save(path)
    assert read_timetable(path).problems == ()
    changes: Any = book["变动" if lang == "zh" else "Changes"]
    changes["L5"].value = "赵静"
    book.save(path)
    (problem,) = read_timetable(path).problems
    assert (problem.cell, problem.is_error) == ("L5", True)


def test_the_copy_to_send_round_has_changes_without_reasons(tmp_path: Path) -> None:
    old = publish(on_leave())
    covered = rerun(old, on_leave().instead("看护", 15, staff="王芳"), SEVENTH)
    write_timetable(covered, tmp_path / "whole.xlsx", "zh")
    write_share(covered, tmp_path / "share.xlsx", "zh")
    book = load_workbook(tmp_path / "share.xlsx")
    assert "变动" in book.sheetnames
    assert "通知" not in book.sheetnames
    assert not said(book, LEAVE)
    assert said(load_workbook(tmp_path / "whole.xlsx"), LEAVE)


def test_the_overview_says_which_timetable_it_is(book: Workbook) -> None:
    said = [row[0] for row in texts(book, "总览")]
    assert "课表第2号，自2026-10-12起有效。" in said
    assert "由第1号（输入 ab12cd34…，2026-09-01 09:00 制）生成。" in said
    # seven Tuesdays of care and seven meetings of the choir; 王芳 and 李明
    assert "变动14个岗位（一天一岗计一个）、14个场次，涉及2人；详见“变动”。" in said
    assert any(text.startswith("绿底") for text in said)


def test_a_first_timetable_says_nothing_of_versions() -> None:
    assert list(version_lines(View(OLD, "zh"))) == []
    assert View(OLD, "zh").header == "实验小学\n"


@pytest.mark.parametrize(
    ("bound", "fewest", "cost"),
    [
        # fourteen posts of 3 points each: 42
        (42, True, "less is impossible"),
        (39, False, "at least 39 is proved"),
        (1, False, "at least 1 is proved"),
    ],
)
def test_impossible_is_said_only_where_it_is_proved(bound: int, fewest: bool, cost: str) -> None:
    posts = {"posts": 14, "posts_bound": 14 if fewest else 13}
    figures = ChangeCount(**posts, people=2, sessions=14, cost=42, bound=bound)
    result = NEW.result.model_copy(update={"changes": figures})
    view = View(NEW.model_copy(update={"result": result}), "en")
    said = [line.text("en") for line in version_lines(view)]
    assert ("It is proved that no fewer than 14 posts can change." in said) is fewest
    assert cost in said[-1]
