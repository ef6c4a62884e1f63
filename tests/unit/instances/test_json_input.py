"""A school as JSON: the same checks as for a workbook, at JSON paths."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances import activity_texts, check_texts, json_texts
from instances.problems import Fault, Problem
from instances.reading import read_instance
from tests.helpers.books import Book


@pytest.fixture
def data(tmp_path: Path) -> Any:
    reading = read_instance(Book().save(tmp_path))
    assert reading.instance is not None
    return reading.instance.model_dump(mode="json")


def problems(data: Any, folder: Path) -> tuple[Problem, ...]:
    path = folder / "school.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return read_instance(path).problems


def test_good_school_comes_back(data: Any, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    reading = read_instance(path)
    assert reading.problems == ()
    assert reading.instance is not None
    assert reading.instance.model_dump(mode="json") == data


def _set(*steps: Any) -> Callable[[Any], None]:
    """Puts the last of the steps where the others lead."""

    def change(data: Any) -> None:
        *path, last, value = steps
        for step in path:
            data = data[step]
        data[last] = value

    return change


J, C, A = json_texts, check_texts, activity_texts


@pytest.mark.parametrize(
    ("change", "path", "fault", "remedy"),
    [
        (_set("trem", {}), "$.trem", J.FIELD_UNKNOWN, "是否应为“term”？"),
        (_set("staff", 0, "skils", []), "$.staff[0].skils", J.FIELD_UNKNOWN, "“skills”"),
        (lambda data: data.pop("classes"), "$.classes", J.FIELD_MISSING, "classes"),
        (_set("lang", "fr"), "$.lang", J.NOT_ONE_OF, "zh、en"),
        (_set("staff", 0, "default", "wiling"), "$.staff[0].default", J.NOT_ONE_OF, "“willing”"),
        (_set("classes", 0, "size", 500), "$.classes[0].size", J.TOO_LARGE, "99"),
        (_set("activities", 0, "ratio", 0), "$.activities[0].ratio", J.TOO_SMALL, "1"),
        (_set("classes", 0, "size", "many"), "$.classes[0].size", J.WRONG_TYPE, "整数"),
        (_set("term", "start", "soon"), "$.term.start", J.WRONG_TYPE, "日期"),
        (_set("staff", "nobody"), "$.staff", J.WRONG_TYPE, "列表"),
        (_set("term", []), "$.term", J.WRONG_TYPE, "对象"),
        (_set("classes", 0, "name", ""), "$.classes[0].name", J.NOT_ACCEPTED, "样例"),
        (
            _set("classes", 0, "home_teacher", "王芳"),
            "$.classes[0].home_teacher",
            C.UNKNOWN_STAFF,
            "王芳(T01)",
        ),
        (_set("term", "end", "2026-01-01"), "$.term.end", C.TERM_BACKWARDS, "年份"),
        (_set("staff", 1, "default", None), "$.staff[1].default", C.NO_DEFAULT, "默认意愿"),
        (_set("segments", 0, "timings", []), "$.segments[0]", C.SEGMENT_WITHOUT_TIMING, "时间"),
        (
            _set("staff", 2, "wishes", 0, "band", "第三段"),
            "$.staff[2].wishes[0].band",
            C.UNKNOWN_BAND,
            "第",
        ),
        (
            _set("staff", 2, "wishes", 1, {"weekday": 1, "band": "第一段", "level": "no"}),
            "$.staff[2].wishes[1]",
            C.TWO_WISHES,
            "保留",
        ),
        (
            _set("activities", 1, "slots", 0, "weekday", 7),
            "$.activities[1].slots",
            C.SEGMENT_NOT_ON,
            "星期",
        ),
        (
            _set("activities", 0, "slots", [{"weekday": 7, "segment": "第一段"}]),
            "$.activities[0].slots",
            C.SEGMENT_NOT_ON,
            "星期",
        ),
        (_set("pins", 0, "room", "操厂"), "$.pins[0].room", C.UNKNOWN_ROOM, "“操场”"),
        (_set("pins", 0, {"activity": "足球社"}), "$.pins[0]", A.EMPTY_PIN, "删去"),
        (_set("rooms", 1, "name", "操场"), "$.rooms[1].name", C.DUPLICATE_NAME, "重复"),
    ],
)
def test_problems_at_their_paths(
    change: Callable[[Any], Any], path: str, fault: Fault, remedy: str, data: Any, tmp_path: Path
) -> None:
    change(data)
    found = problems(data, tmp_path)
    assert (path, fault) in [(problem.cell, problem.fault) for problem in found], found
    problem = next(problem for problem in found if problem.fault is fault)
    assert problem.sheet == "school.json"
    assert remedy in problem.remedy.text("zh")
    assert "{" not in problem.message.text("en")


def test_all_problems_at_once(data: Any, tmp_path: Path) -> None:
    data["classes"][0]["size"] = -1
    data["staff"][1]["cap_day"] = "two"
    assert len(problems(data, tmp_path)) == 2


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", J.NOT_JSON),
        (b"[" * 100_000, J.NOT_JSON),
        ("{课后服务}".encode("gbk"), J.NOT_UTF8),
        (b"[]", J.WRONG_TYPE),
        (b"3", J.WRONG_TYPE),
        (b"{}", J.FIELD_MISSING),
    ],
)
def test_what_is_no_school(content: bytes, fault: Fault, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    path.write_bytes(content)
    reading = read_instance(path)
    assert reading.instance is None
    assert reading.problems[0].fault is fault


def test_byte_order_mark_is_no_problem(data: Any, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    assert read_instance(path).instance is not None


def test_place_of_the_other_is_a_path(data: Any, tmp_path: Path) -> None:
    data["rooms"][1]["name"] = "操场"
    (problem,) = problems(data, tmp_path)
    assert "$.rooms[0]" in problem.message.text("zh")
