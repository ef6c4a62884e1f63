"""Sessions moved and merged by hand: from the cells of the sheet to the changes of dates.

Of the two school weeks Tuesdays are 8 and 15 September 2026, Thursdays the 10th and 17th. The
choir is on Tuesdays at 16:30; two classes are in care on Tuesdays and Thursdays at that time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from constraints.examples import CLUBS, HOMEWORK, Tiny
from instances.derivation import derive
from instances.school import PostSpec
from instances.timetable import DatedChange, When, expand, moved_key
from instances.words import Role, Status
from scheduler.result import Published
from scheduler.workbook.readback import ReadBack, read_timetable
from scheduler.workbook.write import write_timetable
from tests.unit.scheduler.workbook.sample import result_of

DATE, WEEKDAY, WEEK, SEGMENT, START, ACTIVITY, CLASSES = 1, 2, 3, 4, 5, 7, 9
ROOM, STAFF, STATUS, FROM, KEY = 10, 12, 14, 16, 17
THURSDAY = dt.date(2026, 9, 10)
Row = Callable[..., int]
Change = Callable[[Any, Row], None]


@cache
def published() -> Published:
    posts = (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))
    instance, timetable = (
        Tiny()
        .classes("三1", "三2")
        .room("音乐室")
        .staff("王芳", "李明", "赵静", "何平")
        .care("Tue 社团", "Thu 社团")
        .club("合唱", "Tue", posts=posts)
        .meets("合唱", "Tue", room="音乐室")
        .holds("王芳", "合唱", role=Role.LEADER)
        .holds("何平", "合唱", role=Role.ASSISTANT)
        .holds("李明", "看护", "Tue 社团", "Thu 社团", school_class="三1")
        .holds("赵静", "看护", "Tue 社团", "Thu 社团", school_class="三2")
        .done()
    )
    result = result_of(derive(instance), timetable)
    return Published(instance=instance, timetable=timetable, result=result)


class Desk:
    """Somebody at a timetable workbook: writes it, edits 场次, reads it back, writes it anew."""

    def __init__(self, folder: Path, written: bytes) -> None:
        self.path = folder / "timetable.xlsx"
        self.published = published()
        self.path.write_bytes(written)

    def edit(self, change: Change) -> ReadBack:
        book = load_workbook(self.path)
        sheet: Any = book["场次"]

        def row(day: int, activity: str, text: str = "", *, column: int = CLASSES) -> int:
            return next(
                n
                for n in range(2, sheet.max_row + 1)
                if sheet.cell(n, DATE).value.day == day
                and sheet.cell(n, ACTIVITY).value == activity
                and str(sheet.cell(n, column).value or "").startswith(text)
            )

        change(sheet, row)
        aside = self.path.with_name("edited.xlsx")
        book.save(aside)
        return read_timetable(aside)

    def keep(self, change: Change) -> dict[str, DatedChange]:
        """Edits that are right: what they changed, and the workbook written with them."""
        back = self.edit(change)
        assert [problem.text("zh") for problem in back.problems] == []
        assert back.timetable is not None
        self.published = self.published.model_copy(update={"timetable": back.timetable})
        write_timetable(self.published, self.path, "zh")
        unedited = self.edit(lambda _sheet, _row: None)
        assert (unedited.edits, unedited.problems) == ((), ())
        assert unedited.timetable == back.timetable
        return back.timetable.changes

    def refused(self, change: Change) -> list[tuple[str | None, str]]:
        """Edits that are wrong: the cells, and what is said of each."""
        back = self.edit(change)
        assert back.timetable is None
        assert all(problem.sheet == "场次" for problem in back.problems)
        return [(problem.cell, problem.text("zh")) for problem in back.problems]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("book") / "timetable.xlsx"
    write_timetable(published(), path, "zh")
    return path.read_bytes()


@pytest.fixture
def desk(tmp_path: Path, written: bytes) -> Desk:
    return Desk(tmp_path, written)


def put(*cells: tuple[int, str, str, int, Any]) -> Change:
    """Cells to fill: day, activity, first class or role, column, value."""

    def change(sheet: Any, row: Row) -> None:
        found = []
        for day, activity, text, column, value in cells:
            by = 11 if activity == "合唱" else CLASSES
            found.append((row(day, activity, text, column=by), column, value))
        for n, column, value in found:
            sheet.cell(n, column).value = value

    return change


LEADER, ASSISTANT = "指导教师", "助教"


def choir_to(date: object, *more: tuple[int, str, str, int, Any]) -> Change:
    """Both rows of the choir of 8 September on another date."""
    return put((8, "合唱", LEADER, DATE, date), (8, "合唱", ASSISTANT, DATE, date), *more)


def keys(desk: Desk) -> list[str]:
    """The keys of the choir's rows on 8 September."""
    sessions = expand(derive(desk.published.instance), desk.published.timetable)
    return [s.key for s in sessions if s.origin.day == 8 and s.post.activity == "合唱"]


@pytest.mark.parametrize("date", [dt.datetime(2026, 9, 10), "2026-09-10", "9月10日", 46275])
def test_a_meeting_moved_to_another_date(desk: Desk, date: object) -> None:
    changes = desk.keep(choir_to(date))
    one, other = sorted(changes)
    assert {one, other} == {key for key in keys(desk) if not key.endswith(">")}
    assert changes[one] == DatedChange(to=When(date=THURSDAY, segment=CLUBS))
    sheet: Any = load_workbook(desk.path)["场次"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    choir = [row for row in rows if row[ACTIVITY - 1] == "合唱" and row[STATUS - 1] == "调整"]
    # two posts, each with the row where it was and the row where it is now
    assert [(row[0].day, row[12], row[FROM - 1]) for row in choir] == [
        (8, 0, None),
        (8, 0, None),
        (10, 1, "2026-09-08 社团"),
        (10, 1, "2026-09-08 社团"),
    ]


def test_a_meeting_moved_to_another_segment_of_the_day(desk: Desk) -> None:
    changes = desk.keep(
        put((8, "合唱", LEADER, SEGMENT, HOMEWORK), (8, "合唱", ASSISTANT, SEGMENT, HOMEWORK))
    )
    assert {change.to for change in changes.values()} == {
        When(date=dt.date(2026, 9, 8), segment=HOMEWORK)
    }


def test_one_row_of_a_meeting_cannot_move_alone(desk: Desk) -> None:
    ((cell, text),) = desk.refused(put((8, "合唱", LEADER, DATE, THURSDAY)))
    sheet: Any = load_workbook(desk.path)["场次"]
    rows = [
        str(n)
        for n in range(2, sheet.max_row + 1)
        if sheet.cell(n, ACTIVITY).value == "合唱" and sheet.cell(n, DATE).value.day == 8
    ]
    assert cell == f"A{rows[0]}"
    assert "、".join(rows) in text


def test_rows_of_a_meeting_moved_apart(desk: Desk) -> None:
    found = desk.refused(
        put((8, "合唱", LEADER, DATE, THURSDAY), (8, "合唱", ASSISTANT, DATE, dt.date(2026, 9, 17)))
    )
    assert len(found) == 1
    assert "没有移到同一时间" in found[0][1]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (DATE, dt.date(2026, 9, 12), "9月11日"),  # a Saturday; Friday is near
        (DATE, "下周四", "日期"),
        (SEGMENT, "晚托", "作业、社团"),
        (WEEKDAY, "周四", "“日期”或“时段”"),
        (START, dt.time(15, 30), "“日期”或“时段”"),
    ],
)
def test_what_a_place_cannot_be(desk: Desk, column: int, value: object, said: str) -> None:
    found = desk.refused(
        put((8, "合唱", LEADER, column, value), (8, "合唱", ASSISTANT, column, value))
    )
    assert len(found) == 2
    assert all(said in text for _, text in found)


def test_columns_go_by_the_names_that_the_file_has(desk: Desk) -> None:
    """Of a Chinese file in English: what follows from the date, and what is never edited."""
    start = (8, "合唱", LEADER, START, dt.time(15, 30)), (8, "合唱", LEADER, ACTIVITY, "书法")
    said = " ".join(problem.text("en") for problem in desk.edit(put(*start)).problems)
    assert "'开始' follows from date and segment" in said
    assert "'活动' cannot be edited" in said


def test_a_date_without_service_is_answered_with_those_near(desk: Desk) -> None:
    sunday = dt.date(2026, 9, 13)
    row = (8, "合唱", LEADER, DATE, sunday), (8, "合唱", ASSISTANT, DATE, sunday)
    (first, _) = desk.edit(put(*row)).problems
    assert first.remedy.text("zh") == "请改为有服务的日期，例如9月11日、9月14日、9月15日。"
    assert first.remedy.text("en") == "Choose a date with service, such as 11 Sep, 14 Sep, 15 Sep."


def test_what_follows_from_the_date_may_be_brought_up_to_date(desk: Desk) -> None:
    day = dt.date(2026, 9, 17)
    ((_, text),) = desk.refused(choir_to(day, (8, "合唱", LEADER, WEEKDAY, "周五")))
    assert "应为“周四”" in text
    more = ((8, "合唱", LEADER, WEEKDAY, "周四"), (8, "合唱", LEADER, WEEK, 2))
    assert len(desk.keep(choir_to(day, *more))) == 2


def test_a_moved_session_with_a_cover_and_another_room(desk: Desk) -> None:
    changes = desk.keep(
        choir_to(THURSDAY, (8, "合唱", LEADER, STAFF, "赵静"), (8, "合唱", LEADER, ROOM, "三1"))
    )
    moved = [change for key, change in changes.items() if key.endswith(">")]
    assert moved == [DatedChange(staff="赵静", room="三1")]


def test_a_session_moved_on_keeps_its_key_and_a_move_taken_back_leaves_nothing(desk: Desk) -> None:
    desk.keep(choir_to(THURSDAY))
    before = keys(desk)
    rows = [(10, "合唱", LEADER), (10, "合唱", ASSISTANT)]
    changes = desk.keep(put(*((*row, DATE, dt.date(2026, 9, 17)) for row in rows)))
    assert {change.to.date.day for change in changes.values() if change.to} == {17}
    assert sorted(keys(desk)) == sorted(before)
    rows = [(17, "合唱", LEADER), (17, "合唱", ASSISTANT)]
    assert desk.keep(put(*((*row, DATE, dt.date(2026, 9, 8)) for row in rows))) == {}


def test_a_move_is_taken_back_at_the_old_row(desk: Desk) -> None:
    desk.keep(choir_to(THURSDAY, (8, "合唱", LEADER, STAFF, "赵静")))
    back = put((8, "合唱", LEADER, STATUS, "正常"), (8, "合唱", ASSISTANT, STATUS, "正常"))
    (change,) = desk.keep(back).values()
    assert change == DatedChange(staff="赵静")


@pytest.mark.parametrize(
    ("day", "column", "value", "said"),
    [
        (8, STAFF, "赵静", "修改新位置的那一行"),
        (8, STATUS, "取消", "修改新位置的那一行"),
        (10, STATUS, "正常", "改回原处"),
    ],
)
def test_rows_of_a_move_that_contradict(
    desk: Desk, day: int, column: int, value: str, said: str
) -> None:
    desk.keep(choir_to(THURSDAY))
    found = desk.refused(put((day, "合唱", LEADER, column, value)))
    assert any(said in text for _, text in found)


def test_a_session_is_not_moved_and_cancelled_at_once(desk: Desk) -> None:
    found = desk.refused(choir_to(THURSDAY, (8, "合唱", LEADER, STATUS, "取消")))
    assert "请只保留其中一项" in found[0][1]


def test_a_moved_session_cancelled_later(desk: Desk) -> None:
    desk.keep(choir_to(THURSDAY))
    rows = [(10, "合唱", LEADER), (10, "合唱", ASSISTANT)]
    changes = desk.keep(put(*((*row, STATUS, "取消") for row in rows)))
    assert sum(change.cancelled for change in changes.values()) == 2
    assert sum(change.to is not None for change in changes.values()) == 2


JOIN = (8, "看护", "三1", CLASSES, "三1、三2")


@pytest.mark.parametrize(
    "more",
    [
        (),
        ((8, "看护", "三2", STAFF, None), (8, "看护", "三2", STATUS, "合班")),
        ((8, "看护", "三2", STATUS, "合班"), (8, "看护", "三1", STATUS, "合班")),
    ],
)
def test_two_groups_merged(desk: Desk, more: tuple[tuple[int, str, str, int, Any], ...]) -> None:
    changes = desk.keep(put(JOIN, *more))
    ((key, change),) = changes.items()
    assert change.into is not None
    sessions = {s.key: s for s in expand(derive(desk.published.instance), desk.published.timetable)}
    assert sessions[key].classes == ("三2",)
    assert sessions[change.into].classes == ("三1", "三2")
    sheet: Any = load_workbook(desk.path)["场次"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[8], row[11], row[12], row[14]) for row in rows if row[13] == "合班"] == [
        ("三1、三2", "李明", 1, None),
        ("三2", None, 0, "赵静"),
    ]


def test_the_row_of_a_merged_group_may_be_deleted(desk: Desk) -> None:
    def change(sheet: Any, row: Row) -> None:
        sheet.cell(row(8, "看护", "三1"), CLASSES).value = "三1，三2"
        sheet.delete_rows(row(8, "看护", "三2"))

    assert len(desk.keep(change)) == 1


@pytest.mark.parametrize(
    "back",
    [
        put((8, "看护", "三1", CLASSES, "三1")),
        put((8, "看护", "三2", STATUS, "正常")),
        put((8, "看护", "三2", STAFF, "赵静")),
    ],
)
def test_groups_parted_again(desk: Desk, back: Change) -> None:
    desk.keep(put(JOIN))
    assert desk.keep(back) == {}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([(8, "看护", "三1", CLASSES, "三2")], "“三1”本来就在这一场"),
        ([(8, "看护", "三1", CLASSES, "三1、三9")], "没有名为“三9”的班级"),
        ([(8, "合唱", LEADER, CLASSES, "三1")], "本来就在这一场"),
        ([(8, "看护", "三2", STATUS, "合班")], "加上这些班级：三2"),
        ([JOIN, (8, "看护", "三2", STAFF, "王芳")], "“王芳”与此矛盾"),
        ([JOIN, (8, "看护", "三2", STATUS, "取消")], "“取消”与此矛盾"),
        ([JOIN, (8, "看护", "三1", STATUS, "取消")], "先从“班级”中删去"),
        ([JOIN, (8, "看护", "三2", CLASSES, "三2、三1")], "不止一处"),
    ],
)
def test_what_cannot_be_merged(
    desk: Desk, cells: list[tuple[int, str, str, int, Any]], said: str
) -> None:
    found = desk.refused(put(*cells))
    assert any(said in text for _, text in found), found
    assert all(cell for cell, _ in found)


def test_a_group_is_not_moved_and_merged_at_once(desk: Desk) -> None:
    ((cell, text),) = desk.refused(put((8, "看护", "三1", DATE, THURSDAY), JOIN))
    assert cell is not None
    assert "“合班”" in text


def test_a_class_that_is_not_in_care_then(desk: Desk) -> None:
    desk.keep(put((8, "看护", "三2", DATE, THURSDAY)))
    ((_, text),) = desk.refused(put(JOIN))
    assert "“三2”没有可以并入的看护" in text


def test_moved_keys_are_those_of_the_rows(desk: Desk) -> None:
    desk.keep(choir_to(THURSDAY))
    sessions = expand(derive(desk.published.instance), desk.published.timetable)
    moved = [session for session in sessions if session.moved_from]
    assert {s.status for s in moved} == {Status.MOVED}
    assert {s.key for s in moved} == {moved_key(s.key) for s in sessions if s.moved_to}


def test_a_room_that_was_a_reason_is_none_for_a_room_chosen_by_hand(desk: Desk) -> None:
    """Both rows of the choir were sent to 三1 for want of the music room, then to 三2 by hand."""
    sent = {key: DatedChange(room="三1", reason="音乐室") for key in keys(desk)}
    timetable = desk.published.timetable.model_copy(update={"changes": sent})
    desk.published = desk.published.model_copy(update={"timetable": timetable})
    write_timetable(desk.published, desk.path, "zh")
    there = put((8, "合唱", LEADER, ROOM, "三2"), (8, "合唱", ASSISTANT, ROOM, "三2"))
    assert desk.keep(there) == {key: DatedChange(room="三2") for key in sent}
