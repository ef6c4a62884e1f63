"""The command diff: two timetables, by hand edited or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.words import Role
from scheduler.result import Published
from scheduler.workbook.write import write_timetable
from tests.cli.running import cell_of, data, edited, located, run
from tests.helpers.published import publish, rerun
from tests.unit.scheduler.test_diff import OCTOBER_12, after, before


def written(published: Published, path: Path) -> Path:
    write_timetable(published, path, "zh")
    return path


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A timetable, and one made from it that holds from 12 October."""
    folder = tmp_path_factory.mktemp("pair")
    old = publish(before())
    new = rerun(old, after(), OCTOBER_12)
    return written(old, folder / "old.json"), written(new, folder / "new.xlsx")


def test_changes_as_data(pair: tuple[Path, Path]) -> None:
    found = data("diff", *pair, code=0)
    # seven weeks from 12 October with two changes each
    assert (found["posts"], found["people"], found["sessions"]) == (14, 2, 14)
    assert (found["dates"], found["since"], found["past"]) == (14, "2026-10-12", 0)
    first, second = found["changes"][:2]
    assert first == {
        "date": "2026-10-13",
        "segment": "作业",
        "activity": "看护",
        "classes": ["三（1）班"],
        "role": Role.SUPERVISOR.value,
        "kinds": ["person"],
        "old": "王芳",
        "new": "李明",
        "old_room": "三（1）班",
        "new_room": "三（1）班",
        "old_time": "2026-10-13 15:30–16:30",
        "new_time": "2026-10-13 15:30–16:30",
    }
    assert (second["old"], second["new"], second["kinds"]) == ("李明", "李明", ["time", "room"])
    assert (second["old_room"], second["new_room"]) == ("音乐室", "操场")


def test_changes_in_words(pair: tuple[Path, Path]) -> None:
    text = run("diff", *pair, code=0).stdout
    assert "自10月12日起比较" in text
    assert "14个岗位（一天一岗计一个），涉及14个日期、2人" in text
    care = "周二 15:30 三（1）班看护：王芳 → 李明（10月13日起，共 7 次）"
    club = (
        "周三 16:30 合唱：周二 16:30–17:30、音乐室 → 周三 16:30–17:30、操场（10月14日起，共 7 次）"
    )
    assert text.split("\n\n")[1:] == [
        f"李明（14）\n  接手 {care}\n  调整 {club}",
        f"王芳（7）\n  交出 {care}\n",
    ]
    english = run("diff", *pair, "--lang", "en", code=0).stdout
    assert "gives Tue 15:30 看护 三（1）班: 王芳 → 李明 (from 13 Oct, 7 times)" in english


@pytest.mark.parametrize(
    ("by", "heads"),
    [
        ("class", ["三（1）班（14）", "三（2）班（7）"]),
        ("room", ["三（1）班（7）", "操场（7）", "音乐室（7）"]),
        ("club", ["合唱（7）", "不是社团（7）"]),
    ],
)
def test_changes_by_something_else(pair: tuple[Path, Path], by: str, heads: list[str]) -> None:
    text = run("diff", *pair, "--by", by, code=0).stdout
    assert [part.split("\n")[0] for part in text.split("\n\n")[1:]] == heads


def test_changes_by_date(pair: tuple[Path, Path]) -> None:
    text = run("diff", *pair, "--by", "date", code=0).stdout
    parts = text.split("\n\n")[1:]
    assert len(parts) == 14
    choir = "周二 16:30–17:30、音乐室 → 周三 16:30–17:30、操场（10月13日改到10月14日）"
    assert parts[0].split("\n") == [
        "10月13日（2）",
        "  周二 15:30 三（1）班看护：王芳 → 李明（10月13日）",
        f"  周三 16:30 合唱：{choir}",
    ]
    assert parts[1].split("\n") == ["10月14日（1）", f"  周三 16:30 合唱：{choir}"]


def test_the_same_timetable(pair: tuple[Path, Path]) -> None:
    assert "两份课表完全相同" in run("diff", pair[0], pair[0], code=0).stdout
    assert data("diff", pair[1], pair[1], code=0)["changes"] == []


def test_edits_by_hand_are_taken_in(pair: tuple[Path, Path], tmp_path: Path) -> None:
    def wanted(row: dict[str, object]) -> bool:
        return row["活动"] == "合唱" and f"{row['日期']:%Y-%m-%d}" == "2026-10-21"

    cell = cell_of(pair[1], "场次", "人员", wanted)
    by_hand = edited(pair[1], tmp_path / "edited.xlsx", {("场次", cell): "赵静"})
    found = data("diff", pair[1], by_hand, code=0)
    assert [(c["date"], c["old"], c["new"]) for c in found["changes"]] == [
        ("2026-10-21", "李明", "赵静")
    ]
    assert "“edited.xlsx”中手工改动的 1 格已计入" in run("diff", pair[1], by_hand, code=0).stdout


def test_a_cell_that_is_wrong_is_said_with_its_file(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    def wanted(row: dict[str, object]) -> bool:
        return row["活动"] == "合唱" and f"{row['日期']:%Y-%m-%d}" == "2026-10-21"

    cell = cell_of(pair[1], "场次", "人员", wanted)
    wrong = edited(pair[1], tmp_path / "edited.xlsx", {("场次", cell): "赵静、李明"})
    (error,) = data("diff", pair[0], wrong, code=2)["errors"]
    assert (error["sheet"], error["cell"]) == ("edited.xlsx 场次", cell)
    said = f"“edited.xlsx 场次”{cell}：“赵静、李明”是几个人，一格只能填一人。"
    assert said in run("diff", pair[0], wrong, code=2).stderr
    again = edited(wrong, tmp_path / pair[1].name, {})  # of the same name as the other
    (error,) = data("diff", pair[1], again, code=2)["errors"]
    assert error["sheet"] == f"{again} 场次"


def test_what_cannot_be_compared_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    one = written(publish(before(), school="一小"), tmp_path / "one.json")
    two = written(publish(before(), school="二小"), tmp_path / "two.json")
    refused = data("diff", one, two, code=2)
    assert located(refused["errors"])
    assert "“一小”（2个班）；“二小”（2个班）" in refused["errors"][0]["message"]
    missing = run("diff", one, tmp_path / "missing.json", code=2)
    assert "missing.json" in missing.stderr
