"""The sheets of tournaments and results: read, and every mistake found at its cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from instances import check_texts, problem_texts
from instances import tournament_texts as texts
from instances.messages import LANGS
from instances.problems import Fault
from instances.reading import read_instance
from instances.school import MatchResult, Tournament
from instances.words import Form, TeamKind, Weekday
from tests.helpers.books import Book


def book() -> Book:
    """The good book with three more classes, a hall and a tournament of the four of grade 3."""
    found = Book()
    for row in (2, 3, 4):
        found.set("classes", row, "name", f"三（{row + 1}）班").set("classes", row, "size", 40)
        found.set("classes", row, "grade", 3 if row < 4 else 4)
    found.set("rooms", 2, "name", "体育馆").set("rooms", 2, "capacity", 200)
    found.set("rooms", 2, "groups", 2)
    found.rows["tournaments"] = [
        {
            "name": "篮球赛",
            "teams": "女队",
            "grades": "三年级",
            "classes": None,
            "form": "循环赛",
            "groups": None,
            "advance": None,
            "venues": "体育馆",
            "courts": 2,
            "start": "2026-10-12",
            "end": "2026-11-06",
            "weekdays": "周二、周四",
            "segments": "第二段",
            "minutes": 30,
            "per_day": None,
            "rest_days": 1,
            "lost": "2026-10-13（雨）",
            "referees": 1,
            "skills": "体育",
            "agreed": "李明",
            "win": 2,
        }
    ]
    found.rows["results"] = [
        {
            "tournament": "篮球赛",
            "date": "2026-10-15",
            "home": "三(1)班",
            "home_score": 12,
            "away_score": 8,
            "away": "三（2）班",
        }
    ]
    return found


def test_a_row_becomes_a_tournament(tmp_path: Path) -> None:
    reading = read_instance(book().save(tmp_path))
    assert not reading.errors
    assert reading.instance is not None
    (found,) = reading.instance.tournaments
    assert found == Tournament(
        name="篮球赛",
        teams=TeamKind.GIRLS,
        grades=(3,),
        form=Form.ROUND_ROBIN,
        venues=("体育馆",),
        courts=2,
        start=dt.date(2026, 10, 12),
        end=dt.date(2026, 11, 6),
        weekdays=(Weekday.TUE, Weekday.THU),
        segments=("第二段",),
        minutes=30,
        rest_days=1,
        skills=("体育",),
        agreed=("李明",),
        win=2,
        lost=found.lost,
        results=(
            MatchResult(
                home="三（1）班",
                away="三（2）班",
                home_score=12,
                away_score=8,
                date=dt.date(2026, 10, 15),
            ),
        ),
    )
    assert found.is_lost(dt.date(2026, 10, 13))
    assert not found.is_lost(dt.date(2026, 10, 14))
    assert reading.instance.teams(found) == tuple(f"三（{n}）班" for n in (1, 2, 3, 4))


P, T = problem_texts, check_texts


@pytest.mark.parametrize(
    ("sheet", "changes", "at", "fault"),
    [
        ("tournaments", {"name": None}, "name", P.MISSING_VALUE),
        ("tournaments", {"teams": "老师"}, "teams", P.WORD_UNKNOWN),
        ("tournaments", {"form": "擂台赛"}, "form", P.WORD_UNKNOWN),
        ("tournaments", {"grades": "四年级"}, "grades", texts.TOO_FEW_TEAMS),
        ("tournaments", {"classes": "三（9）班"}, "classes", T.UNKNOWN_CLASS),
        ("tournaments", {"form": "小组赛", "groups": 3}, "groups", texts.GROUP_TOO_SMALL),
        ("tournaments", {"form": "小组赛", "advance": 3}, "groups", texts.GROUP_TOO_SMALL),
        ("tournaments", {"groups": 1}, "groups", P.OUT_OF_RANGE),
        ("tournaments", {"venues": None}, "venues", P.MISSING_VALUE),
        ("tournaments", {"venues": "游泳馆"}, "venues", T.UNKNOWN_ROOM),
        ("tournaments", {"courts": 3}, "courts", texts.TOO_MANY_COURTS),
        ("tournaments", {"start": "十月"}, "start", P.NOT_A_DATE),
        ("tournaments", {"end": "2026-10-01"}, "end", texts.BACKWARDS),
        ("tournaments", {"start": "2026-11-09", "end": "2026-11-13"}, "start", texts.NO_DATE),
        ("tournaments", {"weekdays": "周八"}, "weekdays", P.NOT_A_WEEKDAY),
        ("tournaments", {"weekdays": "周六"}, "segments", T.SEGMENT_NOT_ON),
        ("tournaments", {"segments": "第三段"}, "segments", T.UNKNOWN_SEGMENT),
        ("tournaments", {"minutes": 61}, "minutes", texts.MATCH_TOO_LONG),
        ("tournaments", {"minutes": 3}, "minutes", P.OUT_OF_RANGE),
        ("tournaments", {"per_day": 2}, "per_day", texts.REST_AND_PER_DAY),
        ("tournaments", {"lost": "下雨"}, "lost", P.CLOSURE_UNCLEAR),
        ("tournaments", {"lost": "2025-10-13"}, "lost", T.PERIOD_OUTSIDE),
        ("tournaments", {"skills": "篮球裁判"}, "skills", texts.NOBODY_MAY),
        ("tournaments", {"agreed": "李明、王芳"}, "agreed", texts.AGREED_WITHOUT_SKILL),
        ("tournaments", {"agreed": "李名"}, "agreed", T.UNKNOWN_STAFF),
        ("results", {"tournament": "蓝球赛"}, "tournament", texts.UNKNOWN_TOURNAMENT),
        ("results", {"home_score": None}, "home_score", texts.SCORE_MISSING),
        ("results", {"home_score": "十几"}, "home_score", P.NOT_A_NUMBER),
        ("results", {"home": "三（9）班"}, "home", T.UNKNOWN_CLASS),
        ("results", {"away": "三（5）班"}, "away", texts.NOT_PLAYING),
        ("results", {"away": "三（1）班"}, "away", texts.AGAINST_ITSELF),
        ("results", {"date": "2025-10-15"}, "date", T.PERIOD_OUTSIDE),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_mistakes(
    sheet: str, changes: dict[str, object], at: str, fault: Fault, tmp_path: Path
) -> None:
    found = book()
    for column, value in changes.items():
        found.set(sheet, 0, column, value)
    problems = read_instance(found.save(tmp_path)).problems
    here = [p for p in problems if p.sheet == found.title(sheet)]
    assert [(p.fault, p.cell) for p in here] == [(fault, found.cell(sheet, 0, at))]
    for lang in LANGS:
        assert here[0].message.text(lang)
        assert here[0].remedy.text(lang)


def test_same_match_twice(tmp_path: Path) -> None:
    found = book()
    first = found.rows["results"][0]
    found.rows["results"].append({**first, "home": first["away"], "away": first["home"]})
    (problem,) = read_instance(found.save(tmp_path)).errors
    assert (problem.fault, problem.cell) == (texts.MET_TOO_OFTEN, "C3")
    found.set("tournaments", 0, "form", "双循环")
    assert not read_instance(found.save(tmp_path)).errors


def test_level_score_in_a_knock_out(tmp_path: Path) -> None:
    found = book().set("tournaments", 0, "form", "淘汰赛").set("results", 0, "away_score", 12)
    (problem,) = read_instance(found.save(tmp_path)).errors
    assert (problem.fault, problem.cell) == (texts.KNOCKOUT_DRAW, "D2")


def test_two_tournaments_of_one_name(tmp_path: Path) -> None:
    found = book()
    found.rows["tournaments"].append(dict(found.rows["tournaments"][0]))
    (problem,) = read_instance(found.save(tmp_path)).errors
    assert (problem.fault, problem.cell) == (T.DUPLICATE_NAME, "A3")
