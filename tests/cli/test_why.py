"""The command why: letters that name nobody unless asked to, and what would have to give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from instances.messages import Lang
from scheduler.progress import Control
from scheduler.search import Settings
from scheduler.why.letter import Letter
from scheduler.why.situation import Situation
from scheduler.why.staff_letter import staff_letter
from scheduler.workbook.readback import read_timetable
from tests.cli.running import REPEATABLE, TINY, cell_of, data, edited, located, run

SECOND = "谢玉兰"
FAST = ("--time-limit", "0")


@pytest.fixture(scope="module")
def situation(village: Path) -> Situation:
    back = read_timetable(village)
    assert back.published is not None
    assert back.timetable is not None
    return Situation.of(back.published, back.timetable)


def letters(situation: Situation) -> dict[str, Letter]:
    """A letter to everybody, with nothing tried."""
    control, settings = Control(time_limit=0), Settings(1, 0)
    return {
        key: staff_letter(situation, key, control, settings, names=False)
        for key in situation.context.people
    }


def topics(letter: dict[str, Any]) -> list[str]:
    return [paragraph["topic"] for paragraph in letter["paragraphs"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_letter_names_no_colleague(situation: Situation, lang: Lang) -> None:
    people = set(situation.context.people)
    for name, letter in letters(situation).items():
        found = letter.to_json(lang)
        shown = json.dumps(found, ensure_ascii=False)
        assert name in found["text"]
        assert not [other for other in people - {name} if other in shown]
        assert topics(found)[:5] == ["greeting", "asked", "got", "load", "wishes"]
        assert not set("{}") & set(found["text"])


def test_the_figures_are_those_of_the_timetable(situation: Situation) -> None:
    facts = {key: letter.facts for key, letter in letters(situation).items()}
    beyond = {key: one["load"]["units"] - one["load"]["share"] for key, one in facts.items()}
    wishes = [one["wishes"]["own"] for one in facts.values()]
    for key, one in facts.items():
        assert one["load"]["below"]["count"] == sum(b < beyond[key] - 1e-6 for b in beyond.values())
        assert one["wishes"]["worst"] == min(wishes)
        assert one["wishes"]["fewer"]["count"] == sum(w < one["wishes"]["own"] for w in wishes)


def test_names_are_given_where_they_are_asked_for(village: Path) -> None:
    letter = data("why", village, "--staff", SECOND, "--names", *FAST, code=0)
    above, below = letter["load"]["above"], letter["load"]["below"]
    named = above["names"] + below["names"]
    # of the twelve colleagues, all but those exactly as far from their share
    assert 6 < len(named) == above["count"] + below["count"] <= 12
    assert SECOND not in named
    assert all(name in letter["text"] for name in named)


def test_what_would_have_to_give(village: Path) -> None:
    letter = data("why", village, "--staff", "何志刚", code=0)
    assert letter["what_if"]
    assert "points" in topics(letter)
    for one in letter["what_if"]:
        assert one["verdict"] == "possible"
        assert one["trade"]["open_then"] == 0


def test_what_cannot_be_had_is_proved(village: Path) -> None:
    letter = data("why", village, "--staff", "陈小芳", "--lang", "en", code=0)
    (tried,) = letter["what_if"]
    assert (tried["verdict"], tried["held"]) == ("impossible", False)
    assert f"more sessions open (at least {tried['open_at_least']}, " in letter["text"]


def test_a_class_and_its_hands(village: Path) -> None:
    letter = data("why", village, "--class", "一年级", *FAST, code=0)
    assert sum(letter["hands"].values()) == len(letter["posts"])
    assert letter["home_teacher"] == "陈小芳"
    assert [one["verdict"] for one in letter["what_if"]] == ["not_tried"]
    assert all(name in letter["text"] for name in letter["hands"])


@pytest.mark.parametrize("name", ["篮球社", "放学护送", "作业看护"])
def test_an_activity(village: Path, name: str) -> None:
    for lang in ("zh", "en"):
        letter = data("why", village, "--activity", name, "--lang", lang, *FAST, code=0)
        assert "place" in topics(letter)
        assert name in letter["text"]


@pytest.mark.parametrize(
    ("option", "typo", "near"),
    [
        ("--staff", "谢玉蓝", "谢玉兰"),
        ("--class", "一年及", "一年级"),
        ("--activity", "蓝球社", "篮球社"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    village: Path, option: str, typo: str, near: str
) -> None:
    found = data("why", village, option, typo, code=2)["errors"]
    assert located(found)
    assert (found[0]["sheet"], found[0]["value"]) == (option, typo)
    assert near in found[0]["remedy"]
    assert located(data("why", village, option, "zzzz", code=2)["errors"])


@pytest.mark.parametrize("given", [(), ("--staff", "谢玉兰", "--class", "一年级")])
def test_one_thing_is_asked_at_a_time(village: Path, given: tuple[str, ...]) -> None:
    assert located(data("why", village, *given, code=2)["errors"])


def test_a_shared_name_needs_its_number(tmp_path: Path) -> None:
    target = tmp_path / "timetable.json"
    run("solve", TINY, "-o", target, *REPEATABLE, code=0)
    text = target.read_text(encoding="utf-8")
    name = json.loads(text)["instance"]["staff"][0]["name"]
    term = json.loads(text.replace(f'"{name}"', f'"{name}(T01)"'))
    (person,) = term["instance"]["staff"]
    twins = [{**person, "name": name, "number": number} for number in ("T01", "T02")]
    term["instance"]["staff"] = twins
    target.write_text(json.dumps(term), encoding="utf-8")
    found = data("why", target, "--staff", name, code=2)["errors"]
    assert f"{name}(T02)" in found[0]["message"]
    assert data("why", target, "--staff", f"{name}（T02）", code=0)["staff"] == f"{name}(T02)"
    assert data("why", target, "--staff", "T01", code=0)["staff"] == f"{name}(T01)"


def test_the_copy_sent_round_says_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "public.xlsx"
    target = tmp_path / "timetable.xlsx"
    run("solve", TINY, "-o", target, "--share", copy, *REPEATABLE, code=0)
    found = data("why", copy, "--staff", "任何人", "--lang", "en", code=2)["errors"]
    assert located(found)
    assert "--share" in found[0]["message"]


def test_a_school_with_one_adult(solved: Path) -> None:
    back = read_timetable(solved)
    assert back.published is not None
    (person,) = back.published.instance.staff
    letter = data("why", solved, "--staff", person.key, *FAST, code=0)
    assert letter["load"]["below"]["count"] == letter["load"]["above"]["count"] == 0


def test_what_was_typed_in_by_hand_is_said(village: Path, tmp_path: Path) -> None:
    cell = cell_of(village, "场次", "人员", lambda row: row["人员"] == SECOND)
    book = edited(village, tmp_path / "t.xlsx", {("场次", cell): None})
    before = data("why", village, "--staff", SECOND, *FAST, code=0)
    after = data("why", book, "--staff", SECOND, *FAST, code=0)
    assert after["got"]["open_dates"] == before["got"]["open_dates"] + 1
    assert after["load"]["units"] < before["load"]["units"]


def test_a_timetable_that_breaks_a_must_is_not_compared(village: Path, tmp_path: Path) -> None:
    # 苏晓梅 has agreed to nothing on Mondays
    cell = cell_of(village, "场次", "人员", lambda row: row["星期"] == "周一")
    book = edited(village, tmp_path / "t.xlsx", {("场次", cell): "苏晓梅"})
    letter = data("why", book, "--staff", SECOND, code=0)
    assert "broken" in topics(letter)
    assert letter["what_if"] == []
