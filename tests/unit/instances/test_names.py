"""Names that cells refer to are found however they are typed, and never guessed."""

from __future__ import annotations

import pytest

from instances.names import Found, Names, People

STAFF = People([("王芳(T01)", "王芳", "T01"), ("王芳(T02)", "王芳", "T02"), ("李明", "李明", "")])


@pytest.mark.parametrize("typed", ["三（1）班", "三(1)班", " 三 （１） 班"])
def test_width_and_spaces_do_not_matter(typed: str) -> None:
    assert Names(["三（1）班"]).find(typed) == "三（1）班"


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("操场、音乐室", ["操场", "音乐室"]),
        ("操 场/音乐室", ["操场", "音乐室"]),
        ("操场 音乐室", ["操场", "音乐室"]),
        ("篮球/足球，操场", ["篮球/足球", "操场"]),
        ("语、数、操场", ["语、数", "操场"]),
        ("操场、操场", ["操场"]),
        ("操厂、音乐室", ["操厂", "音乐室"]),
        ("Music room, Music rom", ["Music room", "Music rom"]),
        ("", []),
    ],
)
def test_lists(typed: str, listed: list[str]) -> None:
    names = Names(["操场", "音乐室", "篮球/足球", "语、数", "Music room"])
    assert names.listed(typed) == listed


def test_nearest_name() -> None:
    assert Names(["操场", "音乐室"]).near("音乐事") == ["音乐室"]
    assert STAFF.near("李名") == ["李明"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("909教室", []),  # two of three digits are others
        ("601教室", ["607教室"]),
        ("67教室", ["607教室"]),
        ("6007教室", ["607教室"]),
        ("607教师", ["607教室"]),
        ("教室", ["607教室"]),
    ],
)
def test_a_number_that_differs_in_more_than_a_digit_is_no_slip(typed: str, near: list[str]) -> None:
    assert Names(["607教室", "体育馆"]).near(typed) == near


@pytest.mark.parametrize(
    ("typed", "number", "found"),
    [
        ("王芳(T01)", "", Found("王芳(T01)")),
        ("王芳（t01）", "", Found("王芳(T01)")),
        ("T02", "", Found("王芳(T02)")),
        ("王芳", "", Found(None, ("王芳(T01)", "王芳(T02)"))),
        ("王芳", "T02", Found("王芳(T02)")),
        ("王芳", "T03", Found(None)),
        ("李明", "", Found("李明")),
        ("李 明", "T09", Found("李明")),
        ("张三", "", Found(None)),
    ],
)
def test_people(typed: str, number: str, found: Found) -> None:
    assert STAFF.find(typed, number) == found


def test_list_of_people() -> None:
    assert STAFF.listed("王芳(T01)、李明") == ["王芳(T01)", "李明"]
    assert STAFF.listed("T02，张三") == ["王芳(T02)", "张三"]
