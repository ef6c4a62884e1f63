"""The command tournament: fixtures out, scores and rain in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from instances.school import Tournament
from instances.words import Form
from tests.cli.running import data, edited, run
from tests.helpers.tourneys import FIRST, cup, school

HEAD = 3


def written(folder: Path, *tournaments: Tournament, classes: int = 4) -> Path:
    path = folder / "school.json"
    path.write_text(school(classes, *tournaments, school="示范小学").model_dump_json())
    return path


def rows(path: Path, sheet: str = "对阵") -> list[dict[str, Any]]:
    """The rows of the sheet of fixtures by heading."""
    heads, *found = load_workbook(path)[sheet].iter_rows(min_row=HEAD, values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


def test_fixtures_are_written_and_read_again(tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "fixtures.xlsx"
    found = data("tournament", source, "-o", target, code=0)
    assert found["fits"]
    assert len(found["fixtures"]) == 6
    assert [row["对阵号"] for row in rows(target)] == [one["key"] for one in found["fixtures"]]
    assert load_workbook(target).sheetnames == [
        *("概要", "对阵", "积分榜", "五年级对阵", "各班对阵", "裁判安排")
    ]
    again = data("tournament", source, "--results", target, "-o", tmp_path / "b.xlsx", code=0)
    assert again["moved"] == []
    assert again["fixtures"] == found["fixtures"]


def test_json_is_taken_everywhere(tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "fixtures.json"
    found = data("tournament", source, "-o", target, code=0)
    kept = json.loads(target.read_text())
    kept["entries"][0] |= {"home_score": 3, "away_score": 1}
    target.write_text(json.dumps(kept))
    again = data("tournament", source, "--results", target, "-o", tmp_path / "b.json", code=0)
    assert again["fixtures"][0]["score"] == [3, 1]
    assert again["fixtures"][1:] == found["fixtures"][1:]


def test_standings_hold_formulas_with_their_results(tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "fixtures.xlsx"
    data("tournament", source, "-o", target, code=0)
    first = rows(target)[0]
    scored = edited(target, tmp_path / "s.xlsx", {("对阵", "J4"): 5, ("对阵", "K4"): 2})
    again = tmp_path / "again.xlsx"
    found = data("tournament", source, "--results", scored, "-o", again, code=0)
    best = found["standings"]["篮球赛"][""][0]
    assert best == {"team": first["甲队"], "played": 1, "points": 3}
    formulas = load_workbook(again)["积分榜"]
    assert str(formulas["B4"].value).startswith("=INDEX(")
    shown = load_workbook(again, data_only=True)["积分榜"]
    # one won match, 5:2, three points
    line = [cell.value for cell in shown[4][:10]]
    assert line == [1, first["甲队"], 1, 1, 0, 0, 5, 2, 3, 3]


def test_next_round_is_filled_from_results(tmp_path: Path) -> None:
    source = written(tmp_path, cup(form=Form.KNOCKOUT))
    target = tmp_path / "fixtures.xlsx"
    data("tournament", source, "-o", target, code=0)
    assert rows(target)[2]["甲队"] == "第1场胜者"
    cells = {("对阵", f"{c}{r}"): v for r in (4, 5) for c, v in (("J", 1), ("K", 0))}
    scored = edited(target, tmp_path / "scored.xlsx", cells)
    found = data("tournament", source, "--results", scored, "-o", tmp_path / "b.xlsx", code=0)
    winners = {row["甲队"] for row in rows(target)[:2]}
    assert {found["fixtures"][2]["home"], found["fixtures"][2]["away"]} == winners


def test_rain(tmp_path: Path) -> None:
    source, target = written(tmp_path), tmp_path / "fixtures.xlsx"
    found = data("tournament", source, "-o", target, code=0)
    lost = found["fixtures"][0]["date"]
    again = data(
        *("tournament", source, "--results", target, "--rain", lost),
        *("-o", tmp_path / "b.xlsx"),
        code=0,
    )
    assert set(again["displaced"]) == {
        one["key"] for one in found["fixtures"] if one["date"] == lost
    }
    assert again["moved"] == again["displaced"]
    assert all(one["date"] > lost for one in again["fixtures"])
    text = run(
        *("tournament", source, "--results", target, "--rain", lost, "--lang", "en"),
        *("-o", tmp_path / "c.xlsx"),
        code=0,
    )
    assert "had to move; of the others 0 moved" in text.output


def test_too_few_dates(tmp_path: Path) -> None:
    # 6 matches, two at a time, one date: 2 pairs of 4 teams fit, 4 matches do not
    source = written(tmp_path, cup(end=FIRST.replace(day=8)))
    found = data("tournament", source, "-o", tmp_path / "f.xlsx", code=1)
    assert len(found["unplaced"]) == 4
    assert found["levels"][0] == {"name": "unplaced", "value": 4, "bound": 4}
    # each date holds one round of the three
    assert [(way["what"], way["count"]) for way in found["ways"]] == [("dates", 2)]
    text = run("tournament", source, "-o", tmp_path / "g.xlsx", code=1).output
    assert "有4场排不下" in text
    assert "再增加2个比赛日，延长到9月15日" in text


def test_timetable_is_kept_clear_of(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "instances" / "samples" / "one-adult.xlsx"
    table = tmp_path / "t.json"
    data("solve", sample, "-o", table, "--workers", 1, code=0)
    school_json = json.loads(table.read_text())["instance"]
    first = school_json["classes"][0]["name"]
    (teacher,) = (one["name"] for one in school_json["staff"])
    spare = {**school_json["classes"][0], "home_teacher": None}
    school_json["classes"] = [{**spare, "name": name} for name in (first, "另班")]
    school_json["tournaments"] = [{"name": "赛", "venues": ["菜园"], "minutes": 20}]
    source = tmp_path / "school.json"
    source.write_text(json.dumps(school_json))
    alone = data("tournament", source, "-o", tmp_path / "a.json", code=0)
    busy = data("tournament", source, "--from", table, "-o", tmp_path / "b.json", code=0)
    # the one adult has a post at every hour: with the timetable nobody is free to referee
    assert alone["fixtures"][0]["referees"] == [teacher]
    assert busy["fixtures"][0]["referees"] == []
    assert {step["name"]: step["value"] for step in busy["levels"]}["referees"] == 1


@pytest.mark.parametrize(
    ("cells", "where", "says"),
    [
        ({"J4": 3}, "K4", "只填了一队"),
        ({"J4": "三比一", "K4": 1}, "J4", "不是数字"),
        ({"J4": 1000, "K4": 1}, "J4", "不在0到999之间"),
        ({"A4": "下周"}, "A4", "不是日期"),
        ({"C4": None}, "A4", "不完整"),
        ({"M4": "裁判长"}, "M4", "裁判长"),
        ({"Q5": "篮球赛|K1.1"}, "Q5", "有两行"),
        ({"J6": 1, "K6": 0}, "Q6", "还不知道由谁参加"),
    ],
)
def test_mistakes_in_the_fixtures(
    cells: dict[str, Any], where: str, says: str, tmp_path: Path
) -> None:
    source = written(tmp_path, cup(form=Form.KNOCKOUT))
    target = tmp_path / "fixtures.xlsx"
    data("tournament", source, "-o", target, code=0)
    changed = edited(target, tmp_path / "x.xlsx", {("对阵", c): v for c, v in cells.items()})
    errors = data("tournament", source, "--results", changed, "-o", tmp_path / "b.xlsx", code=2)[
        "errors"
    ]
    assert [(error["sheet"], error["cell"]) for error in errors] == [("对阵", where)]
    assert says in errors[0]["message"]
    assert errors[0]["remedy"]


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    source = written(tmp_path)
    target = tmp_path / "f.xlsx"
    errors = data("tournament", source, "--rain", "下雨", "-o", target, code=2)["errors"]
    assert errors[0]["value"] == "下雨"
    none = tmp_path / "none.json"
    plain = json.loads(source.read_text())
    none.write_text(json.dumps({**plain, "tournaments": []}))
    errors = data("tournament", none, "-o", target, code=2)["errors"]
    assert "没有比赛" in errors[0]["message"]
    errors = data("tournament", source, "--results", source, "-o", target, code=2)["errors"]
    assert "tournament" in errors[0]["message"]
    assert not target.exists()
