"""Events in the timetable workbook: their sheets, their rows in Sessions, and edits of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest
from openpyxl import Workbook, load_workbook

from constraints.examples import Tiny
from instances.messages import Lang
from instances.school import PostSpec
from instances.words import Role
from scheduler.calendars.folder import calendars
from scheduler.commands.events import event_lines
from scheduler.commands.posts import open_on_dates
from scheduler.day import day_sheet
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve
from scheduler.workbook.day import day_page
from scheduler.workbook.event_edits import EVENT_CELL, EVENT_TWICE
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.view import View
from scheduler.workbook.write import write_share, write_timetable
from tests.helpers.published import follow

EIGHTH = dt.date(2026, 9, 8)
DATE, ACTIVITY, STAFF = 1, 7, 12


@pytest.fixture(scope="module")
def published() -> Published:
    """Care of two classes every day, and on the 8th a contest of 三1 for both segments, with
    an organizer, a referee, and a third post that nobody has agreed to."""
    tiny = (
        Tiny()
        .classes("三1", "三2")
        .room("操场", capacity=200)
        .staff("王芳", "李明", "张伟", phone="13900000001")
        .care("Mon 社团", "Tue 社团", "Wed 社团", "Thu 社团", "Fri 社团")
        .event(
            "跳绳",
            start=EIGHTH,
            length=2,
            classes=("三1",),
            venues=("操场",),
            posts=(PostSpec(role=Role.REFEREE, count=2),),
            agreed=("张伟",),
        )
    )
    return solve(tiny.done()[0], settings=Settings(workers=1, seed=0))


@pytest.fixture
def edited(
    published: Published, tmp_path: Path
) -> Callable[[Callable[[Workbook], None]], ReadBack]:
    def apply(edit: Callable[[Workbook], None]) -> ReadBack:
        path = tmp_path / "timetable.xlsx"
        write_timetable(published, path, "zh")
        book = load_workbook(path)
        edit(book)
        book.save(path)
        return read_timetable(path)

    return apply


def rows_of(book: Workbook, staff: str | None) -> list[int]:
    sheet = book["场次"]
    return [
        row
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, ACTIVITY).value == "跳绳" and sheet.cell(row, STAFF).value == staff
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_written_comes_back(published: Published, tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "timetable.xlsx"
    write_timetable(published, path, lang)
    back = read_timetable(path)
    assert back.problems == ()
    assert back.edits == ()
    assert back.timetable == published.timetable


def test_the_sheets_say_when_who_and_what_falls_out(published: Published, tmp_path: Path) -> None:
    path = tmp_path / "timetable.xlsx"
    write_timetable(published, path, "zh")
    book = load_workbook(path)
    texts = {
        name: "\n".join(str(c.value) for row in book[name].iter_rows() for c in row if c.value)
        for name in ("大型活动", "活动流程", "停课通知", "班级课表", "个人课表", "总览", "空缺")
    }
    assert "日期已定；停0次社团、影响30人次" in texts["大型活动"]  # the 30 children of 三1 in care
    assert "1/2" in texts["大型活动"]
    for word in ("跳绳", "张伟", "13900000001", "【空缺】", "15:30–17:30", "操场"):
        assert word in texts["活动流程"]
    assert "全班参加活动" in texts["停课通知"]
    assert "跳绳" in texts["班级课表"]
    assert "裁判" in texts["个人课表"]
    assert "大型活动有1个岗位没有找到合适的自愿人员：跳绳。" in texts["总览"]
    assert "可以担任的有1人（张伟），但那时都在这项或别的大型活动中另有岗位。" in texts["空缺"]


def test_open_posts_of_an_event_that_are_alike_are_one_line(tmp_path: Path) -> None:
    """Five referees of whom one is found, and a helper: four and one open, on one date each, in
    two segments: 8 sessions and 2. Who takes part is said as on the events' own sheet."""
    tiny = Tiny().classes("三1", "三2").staff("王芳", "张伟").care("Tue 社团")
    posts = (PostSpec(role=Role.REFEREE, count=5), PostSpec(role=Role.ASSISTANT))
    tiny = tiny.event("跳绳", start=EIGHTH, length=2, posts=posts, agreed=("张伟",))
    solved = solve(tiny.done()[0], settings=Settings(workers=1, seed=0))
    view = View(solved, "zh")
    dated = open_on_dates(view.sessions, solved.result.open_reasons, "zh", solved.result)
    why = "可以担任的有1人（张伟），但那时都在这项或别的大型活动中另有岗位。"
    at_event = {text: count for text, count in dated.items() if "跳绳" in text}
    assert at_event == {
        f"“跳绳”裁判4人：9月8日。{why}": 4,
        f"“跳绳”助教1人：9月8日。{why}": 1,
    }
    write_timetable(solved, tmp_path / "t.xlsx", "zh")
    rows = load_workbook(tmp_path / "t.xlsx")["空缺"].iter_rows(values_only=True)
    found = [row[2:4] + row[5:8] for row in rows if row[1] == "跳绳"]
    assert found == [
        ("裁判（4人）", "全校", 8, "9月8日", why),
        ("助教", "全校", 2, "9月8日", why),
    ]


def test_the_copy_to_send_round_has_no_phones(published: Published, tmp_path: Path) -> None:
    path = tmp_path / "share.xlsx"
    write_share(published, path, "zh")
    cells = [c.value for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
    assert "跳绳" in cells
    assert "13900000001" not in cells


def test_another_person_in_one_row_has_the_post(edited: Callable[..., ReadBack]) -> None:
    def edit(book: Workbook) -> None:
        book["场次"].cell(rows_of(book, "张伟")[0], STAFF).value = "李明"

    back = edited(edit)
    assert back.problems == ()
    assert [(e.what, e.old, e.new) for e in back.edits] == [("event", "张伟", "李明")]
    assert back.timetable is not None
    assert "李明" in back.timetable.events[0].staff.values()
    assert back.timetable.changes == back.published.timetable.changes  # type: ignore[union-attr]


def test_an_emptied_row_leaves_the_post_open(edited: Callable[..., ReadBack]) -> None:
    def edit(book: Workbook) -> None:
        book["场次"].cell(rows_of(book, "张伟")[0], STAFF).value = None

    back = edited(edit)
    assert back.timetable is not None
    assert back.timetable.events[0].staff == {}


def test_rows_that_contradict_each_other_are_located(edited: Callable[..., ReadBack]) -> None:
    def edit(book: Workbook) -> None:
        one, other = rows_of(book, "张伟")
        book["场次"].cell(one, STAFF).value = "李明"
        book["场次"].cell(other, STAFF).value = "王芳"

    back = edited(edit)
    (problem,) = back.problems
    assert problem.fault == EVENT_TWICE
    assert problem.place.cell
    assert back.timetable is None


def test_an_event_is_not_moved_in_its_rows(edited: Callable[..., ReadBack]) -> None:
    def edit(book: Workbook) -> None:
        book["场次"].cell(rows_of(book, "张伟")[0], DATE).value = dt.date(2026, 9, 9)

    back = edited(edit)
    (problem,) = back.problems
    assert problem.fault == EVENT_CELL
    assert problem.place.sheet == "场次"


def test_calendars_and_the_day_have_the_event(published: Published) -> None:
    files = {str(path): text.decode() for path, text in calendars(published, "zh").items()}
    assert "SUMMARY:跳绳\r\n" in files["staff/张伟.ics"]
    assert "SUMMARY:跳绳\r\n" in files["classes/三1.ics"]
    assert "跳绳" not in files["classes/三2.ics"]
    day = day_sheet(published, EIGHTH)
    assert "跳绳（操场）：张伟、（缺）" in day.chat("zh")
    assert "★ 大型活动：跳绳 15:30–17:30（操场）" in day.chat("zh")
    assert "★ Event: 跳绳 15:30–17:30 (操场)" in day.chat("en")
    assert [s.post.classes for s in day.cancelled] == [("三1",)]
    shown = {value for value, _ in day_page(day, "zh").cells.values()}
    assert "跳绳 15:30–17:30（操场）" in shown


def test_an_event_without_posts_is_in_the_calendars_of_its_classes(published: Published) -> None:
    event = published.instance.events[0].model_copy(update={"posts": ()})
    held = published.timetable.events[0].model_copy(update={"staff": {}})
    bare = published.model_copy(
        update={
            "instance": published.instance.model_copy(update={"events": (event,)}),
            "timetable": published.timetable.model_copy(update={"events": (held,)}),
        }
    )
    files = {str(path): text.decode() for path, text in calendars(bare, "zh").items()}
    assert "SUMMARY:跳绳\r\n" in files["classes/三1.ics"]
    assert "staff/.ics" not in files
    assert "跳绳" in day_sheet(bare, EIGHTH).chat("zh")


def test_the_command_says_why_each_is_on_its_date(published: Published) -> None:
    assert list(event_lines(published, "zh")) == [
        "大型活动：",
        "  跳绳：9月8日（周二）。日期已定；停0次社团、影响30人次。",
    ]
    assert list(event_lines(published, "en")) == [
        "Events:",
        "  跳绳: Tue 8 Sep. The date is fixed; it pushes out 0 club meetings and 30"
        " person-sessions.",
    ]


def uids(published: Published, name: str) -> dict[str, str]:
    """The identity of each entry of a file, by its first day."""
    text = calendars(published, "zh")[PurePath("staff") / f"{name}.ics"].decode()
    found = {}
    for part in text.split("BEGIN:VEVENT")[1:]:
        lines = dict(line.split(":", 1) for line in part.splitlines() if ":" in line)
        start = next(value for key, value in lines.items() if key.startswith("DTSTART"))
        found[start] = lines["UID"]
    return found


def test_an_event_before_the_date_of_a_rerun_has_taken_place(
    published: Published, tmp_path: Path
) -> None:
    """Nothing more is counted for it: what it pushed out is history, and 0 would be wrong."""
    now = published.timetable
    again = follow(published.instance, now, now, EIGHTH + dt.timedelta(days=1))
    later = published.model_copy(update={"timetable": again})
    assert "  跳绳：9月8日（周二）。已经举行。" in list(event_lines(later, "zh"))
    assert "  跳绳: Tue 8 Sep. It has taken place." in list(event_lines(later, "en"))
    write_timetable(later, tmp_path / "t.xlsx", "zh")
    _, _, _, *rows = load_workbook(tmp_path / "t.xlsx")["大型活动"].iter_rows(values_only=True)
    (row,) = [row for row in rows if "跳绳" in row]
    assert row[-3:] == (None, None, "已经举行。")


def test_an_event_that_moves_keeps_its_identity_and_a_whole_day_is_one_entry(
    published: Published,
) -> None:
    held = published.timetable.events[0]
    later = held.model_copy(update={"dates": (dt.date(2026, 9, 9),)})
    moved = published.timetable.model_copy(update={"events": (later,)})
    before = uids(published, "张伟")
    after = uids(published.model_copy(update={"timetable": moved}), "张伟")
    assert before["20260908T153000"] == after["20260909T153000"]
    whole = held.model_copy(update={"whole_day": True})
    all_day = published.timetable.model_copy(update={"events": (whole,)})
    entries = uids(published.model_copy(update={"timetable": all_day}), "张伟")
    assert "20260908" in entries
    assert "20260908T153000" not in entries
