"""Every mistake that a person makes in the workbook is found at its cell, with a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest

from instances import activity_texts, check_texts, event_texts, problem_texts
from instances.messages import LANGS, Label
from instances.problems import Fault, Problem, Reading
from instances.reading import read_instance
from instances.rulebook import ParameterInfo, Rulebook, RuleInfo
from tests.helpers.books import EVENTS, Book

Change = Callable[[Book], object]

RULEBOOK: Rulebook = {
    "late-fridays": RuleInfo(
        "late-fridays",
        Label("周五晚段", "Late Fridays"),
        Label("周五晚段轮流。", "Late Fridays are shared."),
        10,
        (ParameterInfo("limit", Label("上限", "limit"), 3, 1, 9),),
    ),
    "room-overlap": RuleInfo(
        "room-overlap",
        Label("场地冲突", "Room overlap"),
        Label("场地不重复使用。", "Rooms are used once."),
        None,
    ),
}


@dataclass(frozen=True)
class Mistake:
    """A cell of the good book set to ``value``: the problem is ``fault``, there or at ``at``."""

    sheet: str
    row: int
    column: str
    value: object
    fault: Fault
    remedy: str = ""
    at: tuple[str, int, str] | None = None

    @property
    def name(self) -> str:
        return f"{self.sheet}-{self.column}-{self.value}"


T, P, A, E = check_texts, problem_texts, activity_texts, event_texts
MISTAKES = [
    # term
    Mistake("term", 0, "start", "九月一号", P.NOT_A_DATE, "2026-09-01"),
    Mistake("term", 0, "start", "2026-09-31", P.NO_SUCH_DATE),
    Mistake("term", 0, "start", "9月1日", P.NO_YEAR),
    Mistake("term", 0, "end", "2026-01-22", T.TERM_BACKWARDS, "年份"),
    Mistake("term", 0, "end", "2028-01-22", T.TERM_TOO_LONG, "400"),
    Mistake("term", 0, "service_start", "2026-08-20", T.SERVICE_OUTSIDE),
    Mistake("term", 0, "service_end", "2026-09-05", T.SERVICE_BACKWARDS),
    Mistake("term", 0, "changeover_minutes", -5, P.OUT_OF_RANGE),
    # calendar
    Mistake("calendar", 0, "type", "放价", P.WORD_UNKNOWN, "放假"),
    Mistake("calendar", 0, "end", "2026-09-30", T.PERIOD_BACKWARDS),
    Mistake("calendar", 0, "start", "2025-10-01", T.LONG_HOLIDAY, "年份"),
    Mistake("calendar", 2, "end", "2026-12-31", T.LONG_HOLIDAY, at=("calendar", 2, "start")),
    Mistake("calendar", 1, "follows", None, T.MAKE_UP_FOLLOWS, "周五"),
    Mistake("calendar", 1, "follows", "周八", P.NOT_A_WEEKDAY, "周"),
    Mistake("calendar", 1, "follows", "周一、周二", P.ONE_WEEKDAY_ONLY),
    Mistake("calendar", 1, "start", "2026-10-14", T.MAKE_UP_ON_WEEKDAY),
    Mistake("calendar", 1, "start", "2026-10-03", T.MAKE_UP_IN_HOLIDAY),
    Mistake("calendar", 1, "start", "2027-10-10", T.MAKE_UP_OUTSIDE),
    Mistake("calendar", 1, "end", "2026-10-11", T.MAKE_UP_ONE_DAY),
    Mistake("calendar", 1, "runs", "也许", P.WORD_UNKNOWN, "是、否"),
    Mistake("calendar", 1, "runs", "待定", P.WORD_UNCLEAR, "是、否"),
    Mistake("calendar", 2, "type", "阶段", T.PHASE_WITHOUT_NAME, at=("calendar", 2, "name")),
    # classes
    Mistake("classes", 0, "size", 500, P.OUT_OF_RANGE, "99"),
    Mistake("classes", 0, "size", "四十五人左右", P.NOT_A_NUMBER, "45"),
    Mistake("classes", 0, "size", 45.5, P.NOT_WHOLE),
    Mistake("classes", 0, "size", None, P.MISSING_VALUE, "例：45"),
    Mistake("classes", 0, "grade", "十年级", P.NOT_A_GRADE),
    Mistake("classes", 0, "grade", 12, P.GRADE_OUT_OF_RANGE, "七年级"),
    Mistake("classes", 0, "grade", "三、四年级", P.ONE_GRADE_ONLY),
    Mistake("classes", 0, "name", dt.datetime(2026, 3, 1), P.TURNED_INTO_DATE, "文本"),
    Mistake("classes", 1, "name", "三(1)班", T.DUPLICATE_NAME),
    Mistake("classes", 1, "name", "三、2班", T.SEPARATOR_IN_NAME),
    Mistake("classes", 0, "home_teacher", "王方", T.UNKNOWN_STAFF, "是否应为“王芳(T01)”"),
    Mistake("classes", 1, "home_teacher", "王芳", T.TWO_CLASSES_ONE_TEACHER),
    Mistake("classes", 1, "home_teacher", "赵静", T.OUTSIDE_HOME_TEACHER),
    Mistake("classes", 0, "participation", 1.5, P.SHARE_UNCLEAR, "90%"),
    Mistake("classes", 0, "participation", "120%", P.NOT_A_SHARE),
    Mistake("classes", 0, "参加率 周五", "一半", P.NOT_A_NUMBER),
    Mistake(
        "classes",
        0,
        "参加率 第三段",
        "90%",
        T.PARTICIPATION_HEADING,
        "第",
        at=("classes", -1, "参加率 第三段"),
    ),
    # rooms
    Mistake("rooms", 1, "name", "操 场", T.DUPLICATE_NAME),
    Mistake("rooms", 0, "capacity", 0, P.OUT_OF_RANGE),
    Mistake("rooms", 0, "closures", "十一月装修", P.CLOSURE_UNCLEAR, "2026-11-02~2026-11-13"),
    Mistake("rooms", 0, "closures", "2026-11-13~2026-11-02", P.RANGE_BACKWARDS),
    Mistake("rooms", 0, "closures", "2025-11-02", T.PERIOD_OUTSIDE),
    # staff
    Mistake("staff", 1, "default", "看情况", P.WORD_UNCLEAR, "愿意、可以、尽量不、不行"),
    Mistake("staff", 1, "default", "原意", P.WORD_UNKNOWN, "愿意"),
    Mistake("staff", 1, "cap_day", -1, P.OUT_OF_RANGE),
    Mistake("staff", 1, "coefficient", "0.33333", P.TOO_PRECISE, "4位"),
    Mistake("staff", 1, "name", "王芳", T.SAME_NAME, "工号"),
    Mistake("staff", 1, "number", "T01", T.SAME_NUMBER),
    Mistake("staff", 1, "home_class", "三(9)班", T.UNKNOWN_CLASS, "是否应为"),
    Mistake("staff", 1, "home_class", "三(1)班", T.TWO_HOME_TEACHERS),
    Mistake("staff", 1, "start", "2027-05-01", T.NEVER_PRESENT),
    # wishes
    Mistake("wishes", 1, "staff", "李名", T.UNKNOWN_STAFF, "是否应为“李明”"),
    Mistake("wishes", 0, "周一 第一段", "随便啦", P.WORD_UNKNOWN),
    Mistake("wishes", 0, "周一 第一段", "无所谓", P.WORD_UNCLEAR, "愿意、可以、尽量不、不行"),
    Mistake("wishes", 2, "周三 第二段", None, T.NO_DEFAULT, "默认意愿"),
    Mistake(
        "wishes",
        1,
        "周一 第三段",
        "可以",
        P.UNKNOWN_WISH_HEADING,
        "是否应为“周一 第",
        at=("wishes", -1, "周一 第三段"),
    ),
    Mistake(
        "wishes",
        1,
        "足球队",
        "可以",
        P.UNKNOWN_WISH_HEADING,
        "是否应为“足球社”",
        at=("wishes", -1, "足球队"),
    ),
    Mistake("wishes", 1, "周六 第一段", "可以", T.BAND_NOT_ON, at=("wishes", -1, "周六 第一段")),
    Mistake("activity_wishes", 0, "staff", None, P.MISSING_VALUE),
    # busy, leave
    Mistake("busy", 0, "end", "15:00", T.TIMING_BACKWARDS),
    Mistake("busy", 0, "start", "3:30", P.TIME_AT_NIGHT, "15:30"),
    Mistake("busy", 0, "start", 15.3, P.TIME_UNCLEAR, "15:30"),
    Mistake("busy", 0, "start", "下午", P.NOT_A_TIME),
    Mistake("busy", 0, "end", None, T.BUSY_WITHOUT_TIME),
    Mistake("busy", 0, "segment", "第一段", T.TIMES_AND_SEGMENT),
    Mistake("leave", 0, "end", "2026-11-01", T.PERIOD_BACKWARDS),
    Mistake("leave", 0, "staff", "张三", T.UNKNOWN_STAFF, "教师"),
    # activities
    Mistake("activities", 1, "kind", "社图", P.WORD_UNKNOWN, "社团"),
    Mistake("activities", 1, "name", "作业看护", T.DUPLICATE_NAME),
    Mistake("activities", 1, "grades", "五年级", A.NOBODY_ATTENDS),
    Mistake("activities", 1, "grades", "三、五年级", A.GRADE_WITHOUT_CLASS),
    Mistake("activities", 1, "classes", "三（3）班", T.UNKNOWN_CLASS, "是否应为"),
    Mistake(
        "activities", 1, "weekdays", "周六", T.SEGMENT_NOT_ON, at=("activities", 1, "segments")
    ),
    Mistake("activities", 1, "segments", "第四段", T.UNKNOWN_SEGMENT, "是否应为"),
    Mistake("activities", 1, "slots", "周二 第二段", A.SLOTS_AND_COLUMNS),
    Mistake("activities", 1, "per_week", 5, A.TOO_OFTEN, "放宽"),
    Mistake("activities", 1, "length", 2, A.LENGTH_TOO_LONG),
    Mistake("activities", 1, "weeks", "第十周", P.NOT_WEEK_NUMBERS, "3-8、10"),
    Mistake("activities", 1, "weeks", "5、40", A.WEEKS_OUTSIDE),
    Mistake("activities", 1, "start", "2027-03-01", A.ACTIVITY_OUTSIDE),
    Mistake("activities", 1, "start", "2026-08-01", A.ACTIVITY_PARTLY_OUTSIDE),
    Mistake("activities", 1, "rooms", "操厂", T.UNKNOWN_ROOM, "是否应为“操场”"),
    Mistake("activities", 1, "rooms", "音乐室", A.ROOMS_TOO_SMALL, at=None),
    Mistake("activities", 1, "features", "单杠", A.NO_ROOM_WITH),
    Mistake("activities", 1, "posts", "足球教练员", P.POST_UNKNOWN, "指导教师"),
    Mistake("activities", 1, "posts", "指导教师（篮球）", A.NOBODY_HAS_SKILL, "教师"),
    Mistake("activities", 1, "staff", "王芳", A.NO_CANDIDATE_HAS_SKILL),
    Mistake("activities", 1, "staff", "李名", T.UNKNOWN_STAFF, "是否应为“李明”"),
    Mistake("activities", 1, "capacity", 5, A.CAPACITY_BELOW_MINIMUM),
    Mistake("activities", 1, "children", 35, A.CHILDREN_ABOVE_CAPACITY),
    Mistake("activities", 1, "children", 4, A.CHILDREN_BELOW_MINIMUM),
    Mistake("activities", 0, "ratio", 0, P.OUT_OF_RANGE, "500"),
    Mistake("activities", 1, "rota_people", 3, A.ROTA_PEOPLE_ALONE),
    # events
    Mistake("events", 0, "name", "足球社", E.NAME_OF_ACTIVITY, "不同"),
    Mistake("events", 0, "kind", "运动", P.WORD_UNKNOWN, "运动会"),
    Mistake("events", 0, "start", "10月40日", P.NO_SUCH_DATE),
    Mistake("events", 0, "start", "2027-10-12", T.PERIOD_BACKWARDS, at=("events", 0, "end")),
    Mistake("events", 0, "end", "2026-10-01", T.PERIOD_BACKWARDS),
    Mistake("events", 1, "start", "2025-10-12", E.EVENT_OUTSIDE, "年份"),
    Mistake("events", 1, "start", "2026-10-11", E.NO_DATE, "日历"),
    Mistake("events", 1, "start", "2026-11-10", E.NO_DATE, "日历"),
    Mistake("events", 0, "weekdays", "周八", P.NOT_A_WEEKDAY),
    Mistake("events", 0, "wished", "看天气", P.CLOSURE_UNCLEAR),
    Mistake("events", 0, "wished", "2026-12-14", E.WISH_IMPOSSIBLE, "最早"),
    Mistake("events", 0, "days", 9, P.OUT_OF_RANGE),
    Mistake("events", 0, "length", 9, P.OUT_OF_RANGE),
    Mistake("events", 0, "segments", "第三段", T.UNKNOWN_SEGMENT),
    Mistake("events", 1, "segments", "第一段", E.SEGMENTS_WITHOUT_LENGTH, "段数"),
    Mistake("events", 0, "reserve", "2026-11-10", E.RESERVE_CLOSED),
    Mistake("events", 0, "reserve", "2026-10-12", E.RESERVE_EARLY),
    Mistake("events", 0, "grades", "七年级", E.NOBODY_COMES),
    Mistake("events", 0, "classes", "三（9）班", T.UNKNOWN_CLASS),
    Mistake("events", 1, "clubs", "足球队", T.UNKNOWN_ACTIVITY, "是否应为“足球社”"),
    Mistake("events", 1, "clubs", "作业看护", E.NOT_A_CLUB, "社团"),
    Mistake("events", 0, "venues", "操厂", T.UNKNOWN_ROOM, "是否应为“操场”"),
    Mistake("events", 0, "venues", "音乐室", E.VENUES_SMALL, "场地"),
    Mistake("events", 1, "displaces", "场地", E.FREE_VENUES, "场地"),
    Mistake("events", 0, "people", "李名", T.UNKNOWN_STAFF, "是否应为“李明”"),
    Mistake("events", 0, "agreed", "张三", T.UNKNOWN_STAFF),
    Mistake("events", 0, "posts", "裁判（体操）", E.NO_SKILLED),
    Mistake("events", 0, "posts", "裁判×4", E.TOO_FEW_AGREED, "自愿人员"),
    Mistake("events", 0, "waived", "也许", P.WORD_UNKNOWN),
    Mistake("events", 0, "units", 99, P.OUT_OF_RANGE),
    Mistake("events", 0, "rehearsals", -1, P.OUT_OF_RANGE),
    # pins, rules
    Mistake("pins", 0, "activity", "足球", T.UNKNOWN_ACTIVITY, "是否应为“足球社”"),
    Mistake("pins", 0, "segment", "第二节", T.UNKNOWN_SEGMENT, "是否应为“第二段”"),
    Mistake("pins", 0, "room", "体育馆", T.UNKNOWN_ROOM, "场地"),
    Mistake("pins", 0, "role", "教练组", P.WORD_UNKNOWN),
    Mistake("pins", 1, "activity", "足球社", A.EMPTY_PIN),
    Mistake("rules", 0, "rule", "late-friday", A.UNKNOWN_RULE, "是否应为“late-fridays”"),
]
"""Where ``column`` is the one that the row's problem stands at."""


def at(problems: tuple[Problem, ...], sheet: str, cell: str) -> list[Problem]:
    return [problem for problem in problems if (problem.sheet, problem.cell) == (sheet, cell)]


def book_for(mistake: Mistake) -> Book:
    """The good book, with the sheet that the mistake is on."""
    book = Book()
    if mistake.sheet == "activity_wishes":
        book.rows["activity_wishes"] = [{"staff": None, "activity": "足球社", "level": "可以"}]
    if mistake.sheet == "events":
        book.rows["events"] = deepcopy(EVENTS)
    return book


def read(book: Book, folder: Path) -> Reading:
    return read_instance(book.save(folder), RULEBOOK)


def assert_complete(problem: Problem) -> None:
    for lang in LANGS:
        text = problem.to_json(lang)
        assert text["message"]
        assert text["remedy"]
        assert "{" not in f"{text['message']}{text['remedy']}"


def test_good_book_has_no_problems(tmp_path: Path) -> None:
    reading = read(Book(), tmp_path)
    assert reading.problems == ()
    assert reading.instance is not None


def test_good_events_have_no_problems(tmp_path: Path) -> None:
    book = Book()
    book.rows["events"] = deepcopy(EVENTS)
    book.rows["activity_wishes"] = [{"staff": "王芳", "activity": "运动会", "level": "愿意"}]
    reading = read(book, tmp_path)
    assert reading.problems == ()
    assert reading.instance is not None
    assert [event.name for event in reading.instance.events] == ["运动会", "县运动会"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_mistake_is_found_at_its_cell(mistake: Mistake, tmp_path: Path) -> None:
    book = book_for(mistake)
    if mistake.fault is A.ROOMS_TOO_SMALL:
        book.set("rooms", 1, "capacity", 20)
    book.set(mistake.sheet, mistake.row, mistake.column, mistake.value)
    if mistake.sheet == "rules":
        book.set("rules", 0, "enabled", "是")
    reading = read(book, tmp_path)
    where = mistake.at or (mistake.sheet, mistake.row, mistake.column)
    found = at(reading.problems, book.title(where[0]), book.cell(*where))
    assert [problem.fault for problem in found] == [mistake.fault], reading.problems
    problem = found[0]
    assert mistake.remedy in problem.remedy.text("zh")
    assert_complete(problem)
    assert (reading.instance is None) is any(p.is_error for p in reading.problems)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_mistake_causes_no_further_errors(mistake: Mistake, tmp_path: Path) -> None:
    book = book_for(mistake)
    book.set(mistake.sheet, mistake.row, mistake.column, mistake.value)
    errors = read(book, tmp_path).errors
    if mistake.column == "name":  # what refers to the name is wrong as well
        return
    assert len(errors) <= 1, [problem.text("zh") for problem in errors]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    book = Book()
    book.set("classes", 0, "size", "很多").set("staff", 1, "cap_day", -1)
    book.set("leave", 0, "staff", "张三").set("activities", 1, "rooms", "操厂")
    faults = [problem.fault for problem in read(book, tmp_path).problems]
    assert faults == [P.NOT_A_NUMBER, P.OUT_OF_RANGE, T.UNKNOWN_STAFF, T.UNKNOWN_ROOM]


def test_message_says_place_value_and_remedy(tmp_path: Path) -> None:
    book = Book().set("calendar", 1, "follows", "周八")
    (problem,) = read(book, tmp_path).problems
    assert problem.text("zh") == "“日历”E3：“周八”不是星期。是否应为“周日”？"
    assert problem.text("en") == "日历 E3: “周八” is not a weekday. Maybe “周日”?"
    assert problem.to_json("en") == {
        "sheet": "日历",
        "cell": "E3",
        "value": "周八",
        "message": "“周八” is not a weekday.",
        "remedy": "Maybe “周日”?",
    }


@pytest.mark.parametrize("entered", [True, False])
def test_service_on_a_public_holiday_is_noticed(entered: bool, tmp_path: Path) -> None:
    """1 October 2026 is a Thursday of the term; without its row in the calendar it has service."""
    book = Book()
    if not entered:
        book.rows["calendar"] = [row for row in book.rows["calendar"] if row["type"] != "放假"]
    problems = read_instance(book.save(tmp_path), RULEBOOK).problems
    noticed = [one for one in problems if one.fault is T.PUBLIC_HOLIDAY]
    assert len(noticed) == (0 if entered else 2)  # and New Year's Day, a Friday
    for problem in noticed:
        assert not problem.is_error
        assert problem.sheet == "学期"
        assert "日历" in problem.remedy.text("zh")
    if noticed:
        assert "10-01（周四）是国庆节" in noticed[0].message.text("zh")
