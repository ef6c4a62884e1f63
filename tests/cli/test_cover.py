"""The command cover: who comes for somebody absent, and the next version of the timetable."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from constraints.examples import Tiny
from scheduler.workbook.readback import read_timetable
from scheduler.workbook.write import write_timetable
from tests.cli.running import data, located, run
from tests.helpers.published import publish, rerun
from tests.unit.scheduler.test_diff import OCTOBER_12, before

WHO = ("--staff", "王芳", "--date", "9月8日")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Care of two classes on Tuesdays; 赵敏 could come, 李明 could take both."""
    path = tmp_path_factory.mktemp("cover") / "timetable.xlsx"
    tiny = (
        Tiny()
        .classes("三1", "三2", size=20)
        .room("三2", 40)
        .staff("王芳", "李明", "赵敏")
        .care("Tue")
        .holds("王芳", "看护", "Tue", school_class="三1")
        .holds("李明", "看护", "Tue", school_class="三2")
    )
    write_timetable(publish(tiny, school="示范小学"), path, "zh")
    return path


def test_what_there_is_to_choose_from(published: Path) -> None:
    text = run("cover", published, *WHO, code=0).stdout
    assert text.splitlines()[:3] == [
        "9月8日 周二 15:30 三1（看护教师）",
        "  1. 赵敏代课：该时段有空、意愿“可以”、当天没有别的岗位、"
        "工作量 0.0/1.3、低于应担任量、本学期已代课0次",
        "  2. 并入三2，由李明看护：共40人，三2容纳40人",
    ]
    found = data("cover", published, *WHO, "--to", "2026-09-15", code=0)
    assert (found["staff"], found["first"], found["last"]) == ("王芳", "2026-09-08", "2026-09-15")
    assert [one["date"] for one in found["sessions"]] == ["2026-09-08", "2026-09-15"]
    numbers = [option["number"] for one in found["sessions"] for option in one["options"]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_choice_is_a_new_version(published: Path, tmp_path: Path) -> None:
    before = published.read_bytes()
    new = tmp_path / "new.xlsx"
    chosen = ("--apply", "best", "--reason", "病假", "-o", new)
    found = data("cover", published, *WHO, *chosen, code=0)
    assert found["text"].splitlines() == [
        "【示范小学课后服务】代课安排",
        "王芳：缺席",
        "9月8日 周二 15:30 三1（看护教师）：赵敏（代王芳）",
    ]
    assert "病假" not in found["text"], "why somebody is away is not for a chat"
    assert found["number"] == 2
    assert published.read_bytes() == before
    back = read_timetable(new)
    assert back.published is not None
    assert back.published.parent is not None
    assert [change.new_staff for change in back.published.changes] == ["赵敏"]
    assert "9月8日" in run("diff", published, new, code=0).stdout
    assert "15:30 三1：赵敏（代王芳）" in run("day", new, "9月8日", code=0).stdout
    again = data("cover", new, "--staff", "赵敏", "--date", "2026-09-08", code=0)
    assert [one["classes"] for one in again["sessions"]] == [["三1"]]


def test_a_grid_edited_by_hand_is_not_published_for_past_dates(
    published: Path, tmp_path: Path
) -> None:
    """赵敏 has the care of 三1 every week, by hand; ways are listed, but none is applied."""
    book = load_workbook(published)
    (cell,) = (cell for row in book["总课表"].iter_rows() for cell in row if cell.value == "王芳")
    cell.value = "赵敏"
    edited, new = tmp_path / "edited.xlsx", tmp_path / "new.xlsx"
    book.save(edited)
    who = ("--staff", "李明", "--date", "9月8日")
    run("cover", edited, *who, code=0)
    (refused,) = data("cover", edited, *who, "--apply", "best", "-o", new, code=2)["errors"]
    assert (refused["sheet"], refused["cell"]) == ("总课表", cell.coordinate)
    assert "rerun --since" in refused["remedy"]
    assert not new.exists()


def test_numbers_choose_among_the_ways(published: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    found = data("cover", published, *WHO, "--apply", "1", "-o", new, code=0)
    assert [(one["kind"], one["staff"]) for one in found["applied"]] == [("cover", "赵敏")]
    assert new.exists()


def test_where_nobody_can_come_the_post_is_open_and_the_code_says_so(tmp_path: Path) -> None:
    path = tmp_path / "alone.json"
    tiny = Tiny().classes("三1").staff("王芳").care("Tue").holds("王芳", "看护", "Tue")
    write_timetable(publish(tiny), path, "zh")
    assert "没有人能代" in run("cover", path, *WHO, code=0).stdout
    new = tmp_path / "new.json"
    found = data("cover", path, *WHO, "--apply", "best", "-o", new, code=1)
    assert [one["classes"] for one in found["open"]] == [["三1"]]
    assert "还缺人" in found["text"]


def test_a_date_before_the_term_is_one_mistake(tmp_path: Path) -> None:
    """Of a timetable that holds from 12 October on it is before that, too."""
    later = tmp_path / "later.json"
    write_timetable(rerun(publish(before()), before(), OCTOBER_12), later, "zh")
    (error,) = data("cover", later, "--staff", "王芳", "--date", "2026-08-01", code=2)["errors"]
    assert "不在学期内" in error["message"]
    (error,) = data("cover", later, "--staff", "王芳", "--date", "2026-10-06", code=2)["errors"]
    assert "不在学期内" not in error["message"]


def test_no_posts_on_a_date_is_no_error(published: Path) -> None:
    arguments = ("cover", published, "--staff", "赵敏", "--date", "2026-09-08")
    assert "赵敏在这些日期没有岗位" in run(*arguments, code=0).stdout


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--staff", "王方", "--date", "9月8日"), "王芳"),
        (("--staff", "王芳", "--date", "明年"), "“明年”不是日期"),
        ((*WHO, "--to", "9月1日"), "早于开始日期"),
        (("--staff", "王芳", "--date", "2025-09-08"), "不在学期内"),
        ((*WHO, "--apply", "best"), "还缺输出文件"),
        ((*WHO, "-o", "new.json"), "--apply best"),
        ((*WHO, "--apply", "9", "-o", "new.json"), "不是列出的编号"),
        ((*WHO, "--apply", "1,2", "-o", "new.json"), "只能选一个"),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in run("cover", published, *more, code=2).stderr
    assert located(data("cover", published, *more, code=2)["errors"])
    assert not list(tmp_path.iterdir())
