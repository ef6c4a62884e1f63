"""What was changed in an input since its timetable was made, and what of it is a slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from constraints.catalogue import rulebook
from instances.comparison import Comparison, compare_instances
from instances.events import HeldEvent
from instances.messages import LANGS
from instances.problems import Reading
from instances.reading import read_instance
from instances.school import ActivityWish, Instance, MatchResult, Tournament
from instances.words import Level
from tests.helpers.any_schools import schools
from tests.helpers.books import EVENTS, GOOD, Book
from tests.helpers.tourneys import school as tourney_school

SINCE = dt.date(2026, 10, 12)


def read(book: Book, folder: Path) -> tuple[Instance, Reading]:
    reading = read_instance(book.save(folder))
    assert reading.instance is not None, [p.text("en") for p in reading.problems]
    return reading.instance, reading


def edited(folder: Path, edit: Callable[[Book], object]) -> tuple[Comparison, Reading]:
    """The comparison of the good school with an edited one."""
    old, _ = read(Book(), folder)
    book = Book()
    edit(book)
    new, reading = read(book, folder)
    return compare_instances(old, new, SINCE, rulebook()), reading


DIFFERENCES: list[tuple[Callable[[Book], object], list[str], list[str]]] = [
    (
        lambda b: b.set("staff", 0, "end", "2026-10-11"),
        ["王芳(T01)离开（10月12日起）"],
        ["王芳(T01) leaves (from 12 Oct)"],
    ),
    (
        lambda b: b.set("staff", 3, "name", "孙悦").set("staff", 3, "default", "可以"),
        ["新增：孙悦"],
        ["joined: 孙悦"],
    ),
    (
        lambda b: b.set("staff", 0, "cap_day", 1),
        ["王芳(T01)：“每天上限”由2改为1"],
        ["王芳(T01): “Cap per day” from 2 to 1"],
    ),
    (
        lambda b: b.set("wishes", 0, "周五 第二段", "不行"),
        ["周五第二段：王芳(T01)撤回同意"],
        ["Fri 第二段: 王芳(T01) withdraws consent"],
    ),
    (
        lambda b: b.set("wishes", 0, "周一 第一段", "愿意"),
        ["周一第一段：王芳(T01)现在同意（愿意）"],
        ["Mon 第一段: 王芳(T01) consents now (prefers)"],
    ),
    (
        lambda b: b.set("wishes", 2, "周二 第一段", "尽量不"),
        ["周二第一段：赵静的意愿由可以改为尽量不"],
        ["Tue 第一段: 赵静's wish from willing to rather not"],
    ),
    (
        lambda b: b.set("leave", 1, "staff", "赵静").set("leave", 1, "start", "2026-11-30"),
        ["赵静请假：11月30日"],
        ["赵静 on leave: 30 Nov"],
    ),
    (
        lambda b: b.set("busy", 0, "end", "16:20"),
        ["王芳(T01)新增有课：周三 15:30–16:20", "王芳(T01)不再有课：周三 15:30–16:10"],
        [
            "王芳(T01) newly busy: Wed 15:30–16:20",
            "王芳(T01) no longer busy: Wed 15:30–16:10",
        ],
    ),
    (
        lambda b: b.set("rooms", 1, "closures", "2026-11-03~2026-11-14"),
        ["场地音乐室 11月3日至14日停用"],
        ["room 音乐室 closed 3–14 Nov"],
    ),
    (
        lambda b: b.set("rooms", 1, "closures", "2026-10-30~2026-11-06 周二"),
        ["场地音乐室 10月30日至11月6日（周二）停用"],
        ["room 音乐室 closed 30 Oct–6 Nov (Tue)"],
    ),
    (
        lambda b: (b.rows["activities"].pop(), b.drop("pins")),
        ["社团“足球社”取消", "取消固定：足球社、周二、李明"],
        ["club “足球社” is cancelled", "no longer pin: 足球社, Tue, 李明"],
    ),
    (
        lambda b: b.set("activities", 1, "end", "2026-10-30"),
        ["社团“足球社”10月31日起取消"],
        ["club “足球社” ends (from 31 Oct)"],
    ),
    (
        lambda b: b.set("activities", 1, "capacity", 24),
        ["足球社：“容量”由30改为24"],
        ["足球社: “Capacity” from 30 to 24"],
    ),
    (
        lambda b: b.set("classes", 0, "participation", "80%"),
        ["三（1）班：“参加率”由（全部参加）改为80%"],
        ["三（1）班: “Participation” from (all stay) to 80%"],
    ),
    (
        # 45 children are 23 and 22 now
        lambda b: (
            b.set("classes", 0, "size", 23),
            b.set("classes", 2, "name", "三（3）班"),
            b.set("classes", 2, "grade", 3),
            b.set("classes", 2, "size", 22),
        ),
        ["三（1）班分为三（1）班（23人）、三（3）班（22人）"],
        ["三（1）班 is split into 三（1）班 (23), 三（3）班 (22)"],
    ),
    (
        # 45 + 43 = 88 children
        lambda b: (b.rows["classes"].pop(), b.set("classes", 0, "size", 88)),
        ["三（1）班（45人）、三（2）班（43人）合为三（1）班（88人）"],
        ["三（1）班 (45), 三（2）班 (43) become 三（1）班 (88)"],
    ),
    (
        lambda b: b.set("rules", 0, "rule", "uneven-load").set("rules", 0, "weight", 3),
        ["规则“工作量不均”：“权重”由（默认）改为3"],
        ["rule “uneven load”: “Weight” from (default) to 3"],
    ),
    (
        lambda b: b.set("term", 0, "end", "2027-01-15"),
        ["学期：“放假日期”由1月22日改为1月15日"],
        ["Term: “Term end” from 22 Jan to 15 Jan"],
    ),
    (
        lambda b: b.set("calendar", 1, "follows", "周五"),
        ["新增调休：10月10日按周五课表", "取消调休：10月10日按周三课表"],
        ["new make-up day: 10 Oct as Fri", "no longer make-up day: 10 Oct as Wed"],
    ),
    (
        lambda b: b.rows["staff"].reverse(),
        ["“教师”表有其他改动（例如行的顺序）"],
        ["other edits on sheet Staff, such as its order"],
    ),
]


LAST_DAYS = [
    (None, "王芳(T01)不再离开（原定11月1日起离开）", "王芳(T01) stays (was to leave from 1 Nov)"),
    (
        "2026-10-18",
        "王芳(T01)改为10月19日起离开（原定11月1日起）",
        "王芳(T01) leaves from 19 Oct instead of from 1 Nov",
    ),
]


@pytest.mark.parametrize(("end", "zh", "en"), LAST_DAYS)
def test_another_last_day_is_told_as_the_first_date_without_her(
    tmp_path: Path, end: str | None, zh: str, en: str
) -> None:
    """Her last day had been 31 October, a Saturday."""
    book = Book().set("staff", 0, "end", "2026-10-31")
    old, _ = read(book, tmp_path)
    new, _ = read(book.set("staff", 0, "end", end), tmp_path)
    found = compare_instances(old, new, SINCE, rulebook())
    assert [[one.message.text(lang) for one in found.differences] for lang in LANGS] == [[zh], [en]]


@pytest.mark.parametrize(("edit", "zh", "en"), DIFFERENCES, ids=[d[1][0] for d in DIFFERENCES])
def test_each_edit_is_one_line(
    tmp_path: Path, edit: Callable[[Book], object], zh: list[str], en: list[str]
) -> None:
    found, _ = edited(tmp_path, edit)
    assert [one.message.text("zh") for one in found.differences] == zh
    assert [one.message.text("en") for one in found.differences] == en


def test_the_page_begins_with_everything_in_one_line(tmp_path: Path) -> None:
    """Two of a sort are counted and listed below; one of a sort says itself what it is."""

    def edit(book: Book) -> None:
        book.set("staff", 0, "end", "2026-10-11").set("staff", 1, "end", "2026-11-30")
        book.set("staff", 3, "name", "孙悦").set("staff", 3, "default", "可以")
        book.set("rooms", 1, "closures", "2026-11-03~2026-11-14")

    found, reading = edited(tmp_path, edit)
    assert list(found.lines("zh")) == [
        "读作：离开2人：王芳(T01)、李明；新增：孙悦；场地音乐室 11月3日至14日停用",
        "离开2人：",
        "  王芳(T01)离开（10月12日起）",
        "  李明离开（12月1日起）",
    ]
    assert found.summary("en") == (
        "read as: 2 left: 王芳(T01), 李明; joined: 孙悦; room 音乐室 closed 3–14 Nov"
    )
    assert [one["sort"] for one in found.to_json("en")] == ["left", "left", "joined", "closed"]
    assert not found.problems(reading)


SLIPS: list[tuple[Callable[[Book], object], str, int, str, str]] = [
    (lambda b: _renamed(b, "王方"), "staff", 0, "name", "“王方(T01)”看来就是课表里的“王芳(T01)”"),
    (
        lambda b: _renamed(b, "周杰"),
        "staff",
        0,
        "number",
        "工号“T01”在课表里属于“王芳(T01)”，现在给了“周杰(T01)”",
    ),
    (
        lambda b: b.set("staff", 0, "number", "T02"),
        "staff",
        0,
        "number",
        "课表里是“王芳(T01)”，现在写成“王芳(T02)”",
    ),
    (
        lambda b: (
            b.set("staff", 1, "number", "T02").set("staff", 3, "name", "李明"),
            b.set("staff", 3, "number", "T09").set("staff", 3, "default", "可以"),
            [b.set(sheet, 0, "staff", "T02") for sheet in ("leave", "pins")],
            b.set("wishes", 1, "staff", "T02").set("classes", 1, "home_teacher", "T02"),
        ),
        "staff",
        1,
        "number",
        "本学期请让“李明”照旧不填工号，给新来的人一个能区分的姓名，例如“李明2”",
    ),
    (
        lambda b: (b.set("staff", 2, "name", "赵敬"), b.set("wishes", 2, "staff", "赵敬")),
        "staff",
        2,
        "name",
        "“赵敬”看来就是课表里的“赵静”",
    ),
    (
        lambda b: b.set("classes", 0, "name", "三（9）班"),
        "classes",
        0,
        "name",
        "班级“三（9）班”看来就是课表里的“三（1）班”",
    ),
    (
        lambda b: (b.set("activities", 1, "name", "足球队"), b.drop("pins")),
        "activities",
        1,
        "name",
        "活动“足球队”看来就是课表里的“足球社”",
    ),
    (
        lambda b: b.set("rooms", 1, "name", "音乐教室"),
        "rooms",
        1,
        "name",
        "场地“音乐教室”看来就是课表里的“音乐室”",
    ),
    (
        lambda b: b.set("term", 0, "start", "2026-08-31"),
        "term",
        0,
        "start",
        "学期开始由2026-09-01改为2026-08-31",
    ),
    (
        lambda b: b.set("leave", 0, "start", "2026-06-02").set("leave", 0, "end", "2026-06-05"),
        "leave",
        0,
        "start",
        "2026-06-02早于学期开始（2026-09-01）",
    ),
]


def _renamed(book: Book, name: str) -> None:
    book.set("staff", 0, "name", name).set("wishes", 0, "staff", name)
    book.set("busy", 0, "staff", name).set("classes", 0, "home_teacher", name)


@pytest.mark.parametrize(
    ("edit", "sheet", "row", "column", "says"), SLIPS, ids=[slip[4] for slip in SLIPS]
)
def test_slips_are_errors_at_their_cells(
    tmp_path: Path, edit: Callable[[Book], object], sheet: str, row: int, column: str, says: str
) -> None:
    book = Book()
    edit(book)
    found, reading = edited(tmp_path, edit)
    (problem,) = found.problems(reading)
    assert problem.is_error
    assert (problem.sheet, problem.cell) == (book.title(sheet), book.cell(sheet, row, column))
    assert says in problem.text("zh")
    assert "{" not in problem.text("en")


PAST: list[tuple[Callable[[Book], object], bool]] = [
    # leave of last week, and leave that begins on the first day still planned
    (lambda b: b.set("leave", 0, "start", "2026-10-09"), True),
    (lambda b: b.set("leave", 0, "start", "2026-10-12"), False),
    # 30 September is the last school day before the holiday, but for the make-up day on 10 October
    (lambda b: b.set("staff", 1, "end", "2026-09-30"), True),
    (lambda b: b.set("staff", 1, "end", "2026-10-10"), False),
    (lambda b: b.set("rooms", 1, "closures", "2026-09-14~2026-10-30"), True),
    (lambda b: b.set("rooms", 1, "closures", "2026-10-12~2026-10-30"), False),
    (lambda b: b.set("activities", 1, "end", "2026-09-25"), True),
    (lambda b: b.set("activities", 1, "start", "2026-09-21"), True),
]


@pytest.mark.parametrize(("edit", "past"), PAST)
def test_what_has_taken_place_does_not_change(
    tmp_path: Path, edit: Callable[[Book], object], past: bool
) -> None:
    found, reading = edited(tmp_path, edit)
    warnings = found.problems(reading)
    assert len(warnings) == past
    assert not any(problem.is_error for problem in warnings)
    assert all("2026-10-12" in problem.text("zh") for problem in warnings)


def test_an_event_that_has_been_held_is_not_moved(tmp_path: Path) -> None:
    """Held on 8 October, moved to December on the 12th; the next one, on the 12th, may move."""
    book = Book({**GOOD, "events": EVENTS})
    old, _ = read(book, tmp_path)
    first, *_ = old.events
    book.set("events", 0, "start", "2026-12-01").set("events", 0, "end", "2026-12-04")
    new, reading = read(book.set("events", 0, "reserve", None), tmp_path)
    for day, said in ((8, True), (12, False)):
        held = HeldEvent(event=first.name, dates=(dt.date(2026, 10, day),), segments=())
        problems = compare_instances(old, new, SINCE, rulebook(), (held,)).problems(reading)
        assert len(problems) == said
        for problem in problems:
            assert not problem.is_error
            assert problem.cell == book.cell("events", 0, "start")
            assert "已在2026-10-08举行" in problem.text("zh")
            assert "was held on 2026-10-08, before 2026-10-12" in problem.text("en")


def test_somebody_new_with_a_name_in_common_is_no_slip(tmp_path: Path) -> None:
    """赵静 is gone and 赵云 has come: neither number, wishes nor class are hers."""

    def edit(book: Book) -> None:
        book.rows["wishes"].pop()
        book.set("staff", 2, "name", "赵云").set("staff", 2, "default", "可以")

    found, reading = edited(tmp_path, edit)
    assert not found.problems(reading)
    assert found.summary("zh") == "读作：赵静离开（已不在“教师”表中，10月12日起）；新增：赵云"


def test_a_json_file_has_places_too(tmp_path: Path) -> None:
    old, _ = read(Book(), tmp_path)
    path = tmp_path / "school.json"
    text = old.model_dump_json(indent=1).replace('"number": "T01"', '"number": "T02"')
    path.write_text(text.replace("王芳(T01)", "王芳(T02)"), encoding="utf-8")
    reading = read_instance(path)
    assert reading.instance is not None
    (problem,) = compare_instances(old, reading.instance, SINCE).problems(reading)
    assert (problem.sheet, problem.cell, problem.value) == (
        "school.json",
        "$.staff[0].number",
        "T02",
    )


def test_tournaments() -> None:
    cup = Tournament(name="篮球赛", venues=("体育馆",), minutes=20)
    result = MatchResult(home="三1", away="三2", home_score=2, away_score=1)
    old = tourney_school(4, cup, cup.model_copy(update={"name": "拔河"}))
    changed = cup.model_copy(update={"minutes": 30, "results": (result,)})
    new = tourney_school(4, changed, cup.model_copy(update={"name": "象棋"}))
    found = compare_instances(old, new, SINCE)
    assert [one.message.text("zh") for one in found.differences] == [
        "比赛“拔河”取消",
        "新增比赛“象棋”",
        "篮球赛：“每场分钟”由20改为30",
        "“篮球赛”的成绩由0场改为1场，或比分有改动",
    ]


@settings(max_examples=10, deadline=None)
@given(schools())
def test_a_school_does_not_differ_from_itself(school: Instance) -> None:
    found = compare_instances(school, school, school.term.start)
    assert found == Comparison((), ())
    assert found.summary("zh") == "与做这份课表时的输入相同，没有改动。"


@settings(max_examples=10, deadline=None)
@given(schools(), schools())
def test_whatever_differs_is_said_in_both_languages(old: Instance, new: Instance) -> None:
    found = compare_instances(old, new, old.term.start)
    assert bool(found.differences) == (old != new.model_copy(update={"lang": old.lang}))
    for lang in LANGS:
        assert all(one.message.text(lang) for one in found.differences)
        assert all("{" not in line for line in found.lines(lang))


def test_wishes_about_a_club_that_folds_go_with_it(tmp_path: Path) -> None:
    school, _ = read(Book(), tmp_path)
    club = school.activities[-1].name
    wish = ActivityWish(activity=club, level=Level.RATHER_NOT)
    fond = school.staff[0].model_copy(update={"activity_wishes": (wish,)})
    old = school.model_copy(update={"staff": (fond, *school.staff[1:])})
    new = school.model_copy(update={"activities": school.activities[:-1], "pins": ()})
    lines = list(compare_instances(old, new, SINCE, rulebook()).lines("zh"))
    assert not any("意愿" in line for line in lines)
    assert any(club in line for line in lines)
