"""The workbook is read the way people fill it in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from instances.reading import read_instance
from instances.school import (
    ActivityWish,
    Closure,
    Instance,
    PostSpec,
    SlotChoice,
    SlotWish,
)
from instances.words import Kind, Level, Parity, Role, Rota, Weekday
from tests.helpers.books import DAYS, Book

MON, TUE, WED, THU, FRI = DAYS_OF_WEEK = tuple(Weekday(day) for day in range(1, 6))


def school(book: Book, folder: Path) -> Instance:
    reading = read_instance(book.save(folder))
    assert reading.problems == (), [problem.text("zh") for problem in reading.problems]
    assert reading.instance is not None
    return reading.instance


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages(lang: Any, tmp_path: Path) -> None:
    book = Book(lang=lang)
    for row in book.rows["wishes"]:
        for day, name in zip(DAYS["zh"], DAYS[lang], strict=True):
            for zh, en in (("第一段", "Segment 1"), ("第二段", "Segment 2")):
                if f"{day} {zh}" in row:
                    row[f"{name} {zh if lang == 'zh' else en}"] = row.pop(f"{day} {zh}")
    if lang == "en":
        book.set("activities", 1, "segments", "Segment 2")
    read = school(book, tmp_path)
    assert read.lang == lang
    assert read.segments[0].name == ("第一段" if lang == "zh" else "Segment 1")
    assert len(read.staff[2].wishes) == 10


def test_headings_with_stars_notes_and_rows_above(tmp_path: Path) -> None:
    book = Book()
    book.above["staff"] = [["2026学年教师一览表"], [], ["请认真填写"]]
    workbook = book.workbook()
    sheet = workbook["教师"]
    sheet.merge_cells("A1:G1")
    sheet["A4"], sheet["D4"] = " 姓 名 * ", "默认意愿\n（留空表示什么）"
    workbook.save(tmp_path / "school.xlsx")
    reading = read_instance(tmp_path / "school.xlsx")
    assert reading.problems == ()
    assert reading.instance is not None
    assert [person.name for person in reading.instance.staff] == ["王芳", "李明", "赵静"]


def test_blank_rows_and_spaces(tmp_path: Path) -> None:
    book = Book()
    book.rows["staff"].insert(1, {"name": "  "})
    book.set("staff", 0, "name", " 王\u3000芳 ").set("classes", 0, "name", "三 （1） 班")
    book.set("classes", 1, "home_teacher", "李　明")
    read = school(book, tmp_path)
    assert [person.name for person in read.staff] == ["王芳", "李明", "赵静"]
    assert read.classes[0].home_teacher == "王芳(T01)"
    assert read.classes[1].home_teacher == "李明"


def test_merged_cells_count_for_every_row(tmp_path: Path) -> None:
    workbook = Book().set("classes", 1, "grade", None).workbook()
    workbook["班级"].merge_cells("B2:B3")
    workbook.save(tmp_path / "school.xlsx")
    reading = read_instance(tmp_path / "school.xlsx")
    assert reading.problems == ()
    assert reading.instance is not None
    assert [school_class.grade for school_class in reading.instance.classes] == [3, 3]


@pytest.mark.parametrize("value", ["三年级", "3", 3, "三", "G3", "３年级", "Grade 3"])
def test_grade(value: object, tmp_path: Path) -> None:
    assert school(Book().set("classes", 0, "grade", value), tmp_path).classes[0].grade == 3


@pytest.mark.parametrize("value", [45, 45.0, "45", "45人", "45 名", "４５"])
def test_size(value: object, tmp_path: Path) -> None:
    assert school(Book().set("classes", 0, "size", value), tmp_path).classes[0].size == 45


@pytest.mark.parametrize(
    "value",
    [
        dt.date(2026, 9, 7),
        dt.datetime(2026, 9, 7),
        "2026-09-07",
        "2026/9/7",
        "2026年9月7日",
        "9月7日",
        "2026.9.7（周一）",
        "20260907",
        "７ Sep 2026",
    ],
)
def test_date(value: object, tmp_path: Path) -> None:
    read = school(Book().set("term", 0, "service_start", value), tmp_path)
    assert read.term.service_start == dt.date(2026, 9, 7)


def test_date_without_year_is_within_the_term(tmp_path: Path) -> None:
    book = Book().set("leave", 0, "start", "1月4日").set("leave", 0, "end", "1月8日")
    leave = school(book, tmp_path).staff[1].leave[0]
    assert (leave.start, leave.end) == (dt.date(2027, 1, 4), dt.date(2027, 1, 8))


@pytest.mark.parametrize(
    "value",
    [dt.time(15, 30), "15:30", "15：30", "下午3:30", "15.30", "3:30 PM", "15点半", 0.6458333333],
)
def test_time(value: object, tmp_path: Path) -> None:
    read = school(Book().set("busy", 0, "start", value), tmp_path)
    assert read.staff[0].busy[0].start == dt.time(15, 30)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("周一至周五", DAYS_OF_WEEK),
        ("周一~周三", (MON, TUE, WED)),
        ("每天", DAYS_OF_WEEK),
        ("星期一、礼拜三", (MON, WED)),
        ("一三五", (MON, WED, FRI)),
        ("周二周四", (TUE, THU)),
        ("Mon, Wed", (MON, WED)),
        ("Mon-Fri", DAYS_OF_WEEK),
        ("1;3；5", (MON, WED, FRI)),
        (3, (WED,)),
    ],
)
def test_weekdays(value: object, days: tuple[Weekday, ...], tmp_path: Path) -> None:
    read = school(Book().set("busy", 0, "weekday", value), tmp_path)
    assert tuple(busy.weekday for busy in read.staff[0].busy) == days


def test_busy_by_segment(tmp_path: Path) -> None:
    book = Book().set("busy", 0, "start", None).set("busy", 0, "end", None)
    book.set("busy", 0, "segment", "第二段").set("busy", 0, "parity", "单周")
    (busy,) = school(book, tmp_path).staff[0].busy
    assert (busy.start, busy.end) == (dt.time(16, 30), dt.time(17, 30))
    assert busy.parity is Parity.ODD


@pytest.mark.parametrize(
    ("value", "yes"),
    [
        *((value, True) for value in ("是", "√", "Y", True, "TRUE", 1, "１")),
        *((value, False) for value in ("否", "×", "n", False, "x", 0, None)),
    ],
)
def test_yes_and_no(value: object, yes: bool, tmp_path: Path) -> None:
    assert school(Book().set("staff", 2, "outside", value), tmp_path).staff[2].outside is yes


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("愿意", Level.PREFERS),
        ("非常愿意", Level.PREFERS),
        ("prefers", Level.PREFERS),
        ("可以", Level.WILLING),
        ("√", Level.WILLING),
        ("都行", Level.WILLING),
        ("yes", Level.WILLING),
        ("尽量不", Level.RATHER_NOT),
        ("尽量不安排", Level.RATHER_NOT),
        ("Rather Not", Level.RATHER_NOT),
        ("不行", Level.NO),
        ("不愿意", Level.NO),
        ("×", Level.NO),
        ("NO", Level.NO),
    ],
)
def test_level(value: str, level: Level, tmp_path: Path) -> None:
    read = school(Book().set("wishes", 0, "周一 第一段", value), tmp_path)
    assert read.staff[0].wishes == (SlotWish(weekday=MON, band="第一段", level=level),)


@pytest.mark.parametrize(
    "heading",
    [
        "周二 第一段",
        "星期二第一段",
        "周二（第一段）",
        "Tue 第一段",
        "周二 15:30-16:30",
        "3、周二 第一段",
        "周二\n15：30～16：30",
        "周二-第一段",
    ],
)
def test_wish_heading(heading: str, tmp_path: Path) -> None:
    read = school(Book().set("wishes", 1, heading, "不行"), tmp_path)
    assert read.staff[1].wishes == (SlotWish(weekday=TUE, band="第一段", level=Level.NO),)


def test_wish_heading_with_the_segment_of_a_band(tmp_path: Path) -> None:
    book = Book()
    for row in book.rows["wishes"]:
        for heading in [heading for heading in row if "第一段" in heading]:
            row[heading.replace("第一段", "前段")] = row.pop(heading)
    low = {"name": "低段", "start": "15:20", "end": "16:20", "grades": "一至三", "band": "前段"}
    high = {**low, "name": "高段", "start": "15:40", "end": "16:30", "grades": "四至六"}
    late = {"name": "第二段", "start": "16:30", "end": "17:30"}
    book.rows["segments"] = [low, high, late]
    book.set("wishes", 1, "周五 高段", "不行").set("wishes", 1, "周四 15:20-16:30", "不行")
    read = school(book, tmp_path)
    assert read.bands == ("前段", "第二段")
    assert {(wish.weekday, wish.band) for wish in read.staff[1].wishes} == {
        (FRI, "前段"),
        (THU, "前段"),
    }


def test_wishes_for_activities(tmp_path: Path) -> None:
    book = Book().set("wishes", 1, "足球社", "愿意")
    book.rows["activity_wishes"] = [{"staff": "赵静", "activity": "足 球 社", "level": "×"}]
    read = school(book, tmp_path)
    liked = ActivityWish(activity="足球社", level=Level.PREFERS)
    assert read.staff[1].activity_wishes == (liked,)
    assert read.staff[2].activity_wishes[0].level is Level.NO


def test_wishes_as_a_long_list(tmp_path: Path) -> None:
    book = Book().set("staff", 2, "default", "可以")
    book.rows["wishes"] = [
        {
            "提交时间": "8月30日",
            "1、您的姓名": "王芳",
            "weekday": "周一",
            "band": "第一段",
            "level": "×",
        },
        {"1、您的姓名": "李明", "weekday": "周二、周三", "band": "16:30-17:30", "level": "愿意"},
        {"1、您的姓名": "李明", "weekday": "周五", "band": "第一段、第二段", "level": "不行"},
    ]
    read = school(book, tmp_path)
    assert read.staff[0].wishes == (SlotWish(weekday=MON, band="第一段", level=Level.NO),)
    assert [(wish.weekday, wish.band, wish.level) for wish in read.staff[1].wishes] == [
        (TUE, "第二段", Level.PREFERS),
        (WED, "第二段", Level.PREFERS),
        (FRI, "第一段", Level.NO),
        (FRI, "第二段", Level.NO),
    ]


def test_segments_with_friday_and_winter_times(tmp_path: Path) -> None:
    book = Book()
    row = {
        "name": "第一段",
        "start": "15:30",
        "end": "16:30",
        "weekdays": "周一至周四",
        "units": 0.5,
    }
    friday = {"name": "第一段", "start": "14:30", "end": "15:30", "weekdays": "周五"}
    winter = {"name": "第一段", "start": "15:00", "end": "16:00", "phase": "冬季作息"}
    late = {"name": "第二段", "start": "16:30", "end": "17:30"}
    book.rows["segments"] = [row, friday, winter, late]
    phase = {"type": "阶段", "name": "冬季作息", "start": "2026-11-01", "end": "2027-01-22"}
    book.rows["calendar"].append(phase)
    first = school(book, tmp_path).segments[0]
    assert first.units == Decimal("0.5")
    assert [(t.start.hour, t.weekdays, t.phase) for t in first.timings] == [
        (15, (MON, TUE, WED, THU), None),
        (14, (FRI,), None),
        (15, DAYS_OF_WEEK, "冬季作息"),
    ]


@pytest.mark.parametrize(
    ("value", "closures"),
    [
        ("2026-12-01", [("2026-12-01", "2026-12-01", (), "")]),
        (dt.date(2026, 12, 1), [("2026-12-01", "2026-12-01", (), "")]),
        ("2026-11-02~2026-11-13（装修）", [("2026-11-02", "2026-11-13", (), "装修")]),
        ("11月2日至11月13日 周二、周四", [("2026-11-02", "2026-11-13", (TUE, THU), "")]),
        ("11月3日至14日（装修）", [("2026-11-03", "2026-11-14", (), "装修")]),
        ("11月3日-14日 周二", [("2026-11-03", "2026-11-14", (TUE,), "")]),
        ("3–14 Nov (repairs)", [("2026-11-03", "2026-11-14", (), "repairs")]),
        ("1 December", [("2026-12-01", "2026-12-01", (), "")]),
        (
            "2026/11/2-2026/11/13、2026-12-01；2026-12-24 (concert, all day)",
            [
                ("2026-11-02", "2026-11-13", (), ""),
                ("2026-12-01", "2026-12-01", (), ""),
                ("2026-12-24", "2026-12-24", (), "concert, all day"),
            ],
        ),
    ],
)
def test_closures(value: object, closures: list[Any], tmp_path: Path) -> None:
    read = school(Book().set("rooms", 1, "closures", value), tmp_path)
    assert read.rooms[1].closures == tuple(
        Closure(
            start=dt.date.fromisoformat(start),
            end=dt.date.fromisoformat(end),
            weekdays=weekdays,
            name=name,
        )
        for start, end, weekdays, name in closures
    )


@pytest.mark.parametrize(
    ("posts", "skills", "read"),
    [
        (None, None, ()),
        ("无", None, ()),
        (None, "足球", (PostSpec(role=Role.LEADER, skills=("足球",)),)),
        ("指导教师", "足球", (PostSpec(role=Role.LEADER, skills=("足球",)),)),
        (
            "指导教师（足球、体育）、助教×2",
            None,
            (
                PostSpec(role=Role.LEADER, skills=("足球", "体育")),
                PostSpec(role=Role.ASSISTANT, count=2),
            ),
        ),
        (
            "指导老师 / 2名助教（音乐）",
            "体育",
            (
                PostSpec(role=Role.LEADER, skills=("体育",)),
                PostSpec(role=Role.ASSISTANT, skills=("音乐",), count=2),
            ),
        ),
        (
            "leader, assistant x3",
            None,
            (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT, count=3)),
        ),
        ("看护教师2人", None, (PostSpec(role=Role.SUPERVISOR, count=2),)),
    ],
)
def test_posts(
    posts: str | None, skills: str | None, read: tuple[PostSpec, ...], tmp_path: Path
) -> None:
    book = Book().set("activities", 1, "posts", posts).set("activities", 1, "skills", skills)
    assert school(book, tmp_path).activities[1].posts == read


@pytest.mark.parametrize(
    ("columns", "slots"),
    [
        ({"weekdays": None, "segments": None}, []),
        ({"weekdays": "周二、周四", "segments": "第二段"}, [(TUE, "第二段"), (THU, "第二段")]),
        ({"weekdays": "周二", "segments": None}, [(TUE, "第一段"), (TUE, "第二段")]),
        (
            {"weekdays": "周二、周四", "segments": "第一段、第二段"},
            [(TUE, "第一段"), (TUE, "第二段"), (THU, "第一段"), (THU, "第二段")],
        ),
        ({"weekdays": None, "segments": "第一段"}, [(day, "第一段") for day in DAYS_OF_WEEK]),
        (
            {"weekdays": None, "segments": None, "slots": "周二 第二段、周四 第一段"},
            [(TUE, "第二段"), (THU, "第一段")],
        ),
        (
            {"weekdays": None, "segments": None, "slots": "周二、周四第二段；周五 第一段、第二段"},
            [(TUE, "第二段"), (THU, "第二段"), (FRI, "第一段"), (FRI, "第二段")],
        ),
    ],
)
def test_slots(columns: dict[str, Any], slots: list[tuple[Weekday, str]], tmp_path: Path) -> None:
    book = Book()
    for column, value in columns.items():
        book.set("activities", 1, column, value)
    read = school(book, tmp_path).activities[1].slots
    assert read == tuple(SlotChoice(weekday=day, segment=segment) for day, segment in slots)


def test_every_column_of_an_activity(tmp_path: Path) -> None:
    book = Book()
    for column, value in {
        "family": "文体",
        "grades": "三至六",
        "classes": "三(1)班/三(2)班",
        "length": "1段",
        "one_person": "否",
        "parity": "双周",
        "weeks": "3-5、10",
        "start": "9月14日",
        "end": "2027-01-08",
        "staff": "李 明、王芳",
        "children": "26人",
        "merge": 2,
        "ratio": 40,
        "rota": "按周",
        "rota_people": 2,
        "skills": "足球",
        "posts": "指导教师",
    }.items():
        book.set("activities", 1, column, value)
    reading = read_instance(book.save(tmp_path))
    assert not reading.errors
    assert reading.instance is not None
    activity = reading.instance.activities[1]
    assert activity.kind is Kind.CLUB
    assert activity.grades == (3, 4, 5, 6)
    assert activity.classes == ("三（1）班", "三（2）班")
    assert activity.weeks == (3, 4, 5, 10)
    assert activity.staff == ("李明", "王芳(T01)")
    assert (activity.children, activity.merge, activity.ratio) == (26, 2, 40)
    assert (activity.rota, activity.rota_people) == (Rota.WEEK, 2)
    assert activity.start == dt.date(2026, 9, 14)
    assert activity.one_person is False
    assert activity.parity is Parity.EVEN
