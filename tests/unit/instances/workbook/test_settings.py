"""Rules, pins, and mistakes that take more than one cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances import activity_texts, check_texts, problem_texts
from instances.messages import Label
from instances.problems import Fault, Reading
from instances.reading import read_instance
from instances.rulebook import ParameterInfo, Rulebook, RuleInfo
from instances.school import RuleSetting
from tests.helpers.books import Book, Rows

A, C, P = activity_texts, check_texts, problem_texts

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
    "late-loads": RuleInfo(
        "late-loads",
        Label("周五工作量", "Late loads"),
        Label("周五的工作量均衡。", "Loads of Fridays are even."),
        4,
        by_post=False,
    ),
    "people-apart": RuleInfo(
        "people-apart",
        Label("不同班", "People apart"),
        Label("这些人不在一起。", "These people are not together."),
        10,
        may_be_must=True,
        about="staff",
    ),
}


def read(book: Book, folder: Path) -> Reading:
    return read_instance(book.save(folder), RULEBOOK)


def rules(folder: Path, *rows: dict[str, Any]) -> tuple[RuleSetting, ...]:
    book = Book()
    book.rows["rules"] = list(rows)
    reading = read(book, folder)
    assert reading.problems == ()
    assert reading.instance is not None
    return reading.instance.rules


def test_rules_by_id_or_title(tmp_path: Path) -> None:
    assert rules(
        tmp_path,
        {"rule": "late-fridays", "parameters": "上限=4", "staff": "王芳、李明"},
        {"rule": "Room Overlap", "enabled": "是"},
        {"rule": "周五晚段", "weight": 20, "activities": "足球社", "segments": "第二段"},
        {"rule": "late-fridays", "grades": "三年级", "parameters": "limit：5"},
    ) == (
        RuleSetting(rule="late-fridays", parameters={"limit": 4}, staff=("王芳(T01)", "李明")),
        RuleSetting(rule="room-overlap"),
        RuleSetting(rule="late-fridays", weight=20, activities=("足球社",), segments=("第二段",)),
        RuleSetting(rule="late-fridays", grades=(3,), parameters={"limit": 5}),
    )


def test_rule_with_nothing_set_is_no_setting(tmp_path: Path) -> None:
    row = {"rule": "late-fridays", "statement": "周五晚段轮流。", "weight": None}
    assert rules(tmp_path, row) == ()


@pytest.mark.parametrize(
    ("rule", "column", "value", "fault", "remedy"),
    [
        ("late-fridays", "parameters", "上线=3", A.UNKNOWN_PARAMETER, "“上限”"),
        ("late-fridays", "parameters", "上限=30", A.PARAMETER_RANGE, "1到9"),
        ("late-fridays", "parameters", "上限三", P.PARAMETER_UNCLEAR, "上限=3"),
        ("late-fridays", "parameters", "上限=多", P.PARAMETER_UNCLEAR, ""),
        ("room-overlap", "parameters", "x=3", A.NO_PARAMETERS, "删去"),
        ("room-overlap", "weight", 3, A.WEIGHT_OF_MUST, "删去"),
        ("room-overlap", "enabled", "否", A.MUST_SWITCHED_OFF, "“是”"),
        ("room-overlap", "grades", "三年级", A.SCOPE_OF_MUST, "清空"),
        ("room-overlap", "staff", "李明", A.SCOPE_OF_MUST, "清空"),
        ("room-overlap", "activities", "足球社", A.SCOPE_OF_MUST, "清空"),
        ("room-overlap", "segments", "第二段", A.SCOPE_OF_MUST, "清空"),
        ("late-loads", "grades", "三年级", A.SCOPE_WITHOUT_EFFECT, "可以限定的栏目：教师"),
        ("late-loads", "activities", "足球社", A.SCOPE_WITHOUT_EFFECT, "教师"),
        ("late-fridays", "must", "是", A.CANNOT_BE_MUST, "权重"),
        ("people-apart", "staff", "李明", A.TOO_FEW_NAMES, "至少两个"),
        ("late-fridays", "weight", -3, P.OUT_OF_RANGE, "0到"),
        ("late-fridays", "staff", "李名", C.UNKNOWN_STAFF, "李明"),
        ("late-fridays", "activities", "球", C.UNKNOWN_ACTIVITY, ""),
        ("late-fridays", "segments", "三段", C.UNKNOWN_SEGMENT, ""),
    ],
)
def test_mistakes_in_rules(
    rule: str, column: str, value: object, fault: Fault, remedy: str, tmp_path: Path
) -> None:
    book = Book()
    book.rows["rules"] = [{"rule": rule, column: value}]
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell) == (fault, "B2")
    assert remedy in problem.remedy.text("zh")


def test_soft_rule_made_a_must_has_no_weight(tmp_path: Path) -> None:
    book = Book()
    book.rows["rules"] = [
        {"rule": "people-apart", "must": "是", "weight": 3, "staff": "李明、王芳"},
        {"rule": "people-apart", "must": "是", "staff": "李明、王芳", "activities": "足球社"},
    ]
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell) == (A.WEIGHT_AND_MUST, "C2")


@pytest.mark.parametrize(
    ("name", "remedy"), [("周五晚断", "是否应为“周五晚段”"), ("xyz", "周五晚段、场地冲突")]
)
def test_unknown_rule(name: str, remedy: str, tmp_path: Path) -> None:
    book = Book()
    book.rows["rules"] = [{"rule": name}]
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell) == (A.UNKNOWN_RULE, "A2")
    assert remedy in problem.remedy.text("zh")


def test_rule_set_twice(tmp_path: Path) -> None:
    book = Book()
    book.rows["rules"] = [{"rule": "late-fridays", "weight": weight} for weight in (3, 4)]
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell, problem.is_error) == (A.RULE_TWICE, "A3", False)


def test_rule_set_twice_with_other_parameters(tmp_path: Path) -> None:
    """From three on it costs a little, from five on more."""
    both = (("上限=3", 1), ("上限=5", 9))
    found = rules(
        tmp_path, *({"rule": "late-fridays", "parameters": p, "weight": w} for p, w in both)
    )
    assert [(one.parameters["limit"], one.weight) for one in found] == [(3, 1), (5, 9)]


def test_without_a_rulebook_rules_are_taken_as_they_are(tmp_path: Path) -> None:
    book = Book()
    book.rows["rules"] = [{"rule": "any-rule", "parameters": "x=3"}]
    instance = read_instance(book.save(tmp_path)).instance
    assert instance is not None
    assert instance.rules == (RuleSetting(rule="any-rule", parameters={"x": 3}),)


def _row(sheet: str, row: int, **cells: Any) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for column, value in cells.items():
            book.set(sheet, row, column, value)

    return change


def _sheet(sheet: str, *rows: dict[str, Any]) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        book.rows[sheet] = list(rows)

    return change


EARLY = {"name": "第一段", "start": "15:30", "end": "16:30"}
LATE = {"name": "第二段", "start": "16:30", "end": "17:30"}
LONG_LIST: Rows = [
    {"staff": "王芳", "weekday": "周一", "band": "第一段", "level": "可以"},
    {"staff": "李明", "weekday": "周一", "band": "第一段", "level": "可以"},
]


def _long(**cells: Any) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        book.set("staff", 2, "default", "可以")
        book.rows["wishes"] = [dict(LONG_LIST[0]), {**LONG_LIST[1], **cells}]

    return change


BUSY_IN = {"start": None, "end": None, "segment": "第一段"}
LIKED = {"staff": "王芳", "activity": "足球", "level": "可以"}
TWIN = {"name": "王芳", "number": "T01", "default": "可以"}
MORE = {**LATE, "name": "三段", "start": None}


def _club(**cells: Any) -> Callable[[Book], None]:
    return _row("activities", 1, **cells)


def _slots(text: str) -> Callable[[Book], None]:
    return _club(weekdays=None, segments=None, slots=text)


@pytest.mark.parametrize(
    ("change", "sheet", "cell", "fault"),
    [
        (_row("pins", 0, weekday="周六", segment="第二段"), "固定", "D2", C.SEGMENT_NOT_ON),
        (_slots("周二"), "活动", "J3", P.SLOTS_UNCLEAR),
        (_slots("第二段"), "活动", "J3", P.SLOTS_UNCLEAR),
        (_slots("周六 第二段"), "活动", "J3", C.SEGMENT_NOT_ON),
        (_club(weekdays="周六", segments=None), "活动", "C3", C.NO_SEGMENT_ON),
        (_club(posts="指导教师×100"), "活动", "G3", P.POST_UNKNOWN),
        (_club(start="2026-12-01", end="2026-11-01"), "活动", "K3", A.ACTIVITY_BACKWARDS),
        (_club(end="2026-08-01"), "活动", "J3", A.ACTIVITY_OUTSIDE),
        (_club(weeks="11"), "活动", "J3", A.NEVER_RUNS),
        (_row("staff", 1, start="2026-12-01", end="2026-11-01"), "教师", "H3", C.LEAVES_BEFORE),
        (_row("staff", 3, **TWIN), "教师", "A5", C.DUPLICATE_NAME),
        (_row("busy", 0, **{**BUSY_IN, "segment": "第三段"}), "有课", "E2", C.UNKNOWN_SEGMENT),
        (_row("busy", 0, **{**BUSY_IN, "weekday": "周六"}), "有课", "E2", C.SEGMENT_NOT_ON),
        (_sheet("segments", EARLY, {**EARLY, "end": "16:20"}, LATE), "时段", "B3", C.TIMING_TWICE),
        (_sheet("segments", EARLY, {**LATE, "end": "16:00"}), "时段", "C3", C.TIMING_BACKWARDS),
        (_sheet("segments", EARLY, LATE, MORE), "时段", "B4", P.MISSING_VALUE),
        (_long(band="第三段"), "意愿", "C3", C.UNKNOWN_BAND),
        (_long(weekday="周六"), "意愿", "C3", C.BAND_NOT_ON),
        (_long(staff="王芳", level="不行"), "意愿", "D3", C.WISH_CONTRADICTS),
        (_long(level="看情况"), "意愿", "D3", P.WORD_UNCLEAR),
        (_long(level=None), "意愿", "D3", P.MISSING_VALUE),
        (_long(weekday="周八"), "意愿", "B3", P.NOT_A_WEEKDAY),
        (_sheet("activity_wishes", LIKED), "活动意愿", "B2", C.UNKNOWN_ACTIVITY),
    ],
)
def test_mistakes_of_several_cells(
    change: Callable[[Book], None], sheet: str, cell: str, fault: Fault, tmp_path: Path
) -> None:
    book = Book()
    change(book)
    problems = read(book, tmp_path).problems
    wanted = [problem for problem in problems if problem.fault is not A.SERVICE_TOO_SHORT]
    found = [(problem.sheet, problem.cell, problem.fault) for problem in wanted]
    assert found == [(sheet, cell, fault)], [problem.text("zh") for problem in problems]


def test_pin_for_a_class_that_does_not_take_part(tmp_path: Path) -> None:
    book = Book().set("activities", 1, "classes", "三（1）班")
    book.set("pins", 0, "school_class", "三（2）班")
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell) == (A.PIN_CLASS_NOT_IN, "D2")


def test_school_without_children(tmp_path: Path) -> None:
    book = Book().set("classes", 0, "size", 0).set("classes", 1, "size", 0)
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.is_error) == (C.EMPTY_SCHOOL, False)


def test_segment_that_is_not_for_the_grades_of_an_activity(tmp_path: Path) -> None:
    book = Book()
    high = {"name": "第二段", "start": "16:30", "end": "17:30", "grades": "四至六年级"}
    book.rows["segments"] = [{**EARLY, "grades": None}, high]
    book.set("activities", 1, "segments", "第一段、第二段")
    problems = read(book, tmp_path).problems
    (problem,) = [one for one in problems if one.fault is not A.SERVICE_TOO_SHORT]
    assert (problem.fault, problem.value) == (A.WRONG_GRADES, "第二段")


def test_group_that_fits_into_no_room_of_its_care(tmp_path: Path) -> None:
    """45 and 43 children in one group, and rooms for 50 at most; by itself a class fits."""
    book = Book().set("activities", 0, "merge", 2).set("activities", 0, "rooms", "音乐室")
    (problem,) = read(book, tmp_path).problems
    assert (problem.fault, problem.cell) == (
        A.GROUP_ROOMS_TOO_SMALL,
        book.cell("activities", 0, "rooms"),
    )
    assert "88人" in problem.message.text("zh")
    assert not read(book.set("activities", 0, "merge", 1), tmp_path).problems
