"""The command solve, as a script sees it."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler import solve as pipeline
from scheduler.commands import solve as command
from scheduler.progress import Control, Progress
from scheduler.terminal import Terminal
from tests.cli.running import REPEATABLE, TINY, VILLAGE, Cells, data, edited, located, run

FIELDS = set(
    "status levels gap seconds uncovered uncovered_sessions hard_findings soft fairness "
    "input_sha256 version seed".split()
)
FAIRNESS = set(
    "load_max_over load_mean_abs_dev load_gini load_jain wishes_worst wishes_mean unwelcome_max"
    " unwelcome_mean_abs_dev".split()
)
PRIVATE: Cells = {
    ("教师", "P2"): "13912345678",
    ("请假", "A2"): "韦德华",
    ("请假", "B2"): "2026-11-17",
    ("请假", "D2"): "住院复查",
}
SECRETS = ("13912345678", "住院复查", "愿意", "尽量不", "不行")


def _no_solving(*_: object, **__: object) -> None:
    pytest.fail("solved, although it could be known that nothing can be written")


def _cells(book: Path) -> str:
    sheets = load_workbook(book).worksheets
    rows = (row for sheet in sheets for row in sheet.iter_rows())
    return "\n".join(
        f"{cell.value} {cell.comment.text if cell.comment else ''}" for row in rows for cell in row
    )


def test_the_json_has_every_field_of_the_contract(tmp_path: Path) -> None:
    output = tmp_path / "timetable.xlsx"
    found = data("solve", TINY, "-o", output, *REPEATABLE, code=0)
    assert found.keys() >= FIELDS
    assert found["status"] in ("optimal", "feasible")
    assert all(set(level) == {"name", "value", "bound"} for level in found["levels"])
    assert set(found["fairness"]) == FAIRNESS
    assert (found["hard_findings"], found["uncovered"], found["seed"]) == (0, 0, 0)
    assert len(found["input_sha256"]) == 64
    assert isinstance(found["soft"], dict)
    assert output.is_file()


def test_text_goes_to_stderr_when_json_is_asked_for(tmp_path: Path) -> None:
    ended = run("solve", TINY, "-o", tmp_path / "t.json", *REPEATABLE, "--json", code=0)
    assert "已写入" in ended.stderr
    assert "已写入" not in ended.stdout


def test_an_existing_output_is_refused_and_untouched(tmp_path: Path) -> None:
    output = tmp_path / "timetable.xlsx"
    output.write_bytes(b"mine")
    found = data("solve", TINY, "-o", output, *REPEATABLE, code=2)
    assert located(found["errors"])
    assert output.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [output]


def test_overwriting_keeps_a_backup(tmp_path: Path) -> None:
    output = tmp_path / "timetable.xlsx"
    output.write_bytes(b"mine")
    run("solve", TINY, "-o", output, "--overwrite", *REPEATABLE, code=0)
    (backup,) = set(tmp_path.iterdir()) - {output}
    assert backup.read_bytes() == b"mine"
    assert "场次" in load_workbook(output).sheetnames


def test_overwriting_nothing_is_no_fault(tmp_path: Path) -> None:
    output = tmp_path / "timetable.json"
    run("solve", TINY, "-o", output, "--overwrite", *REPEATABLE, code=0)
    assert list(tmp_path.iterdir()) == [output]


def test_json_in_json_out(tmp_path: Path, solved: Path) -> None:
    made, school, output = (tmp_path / name for name in ("made.json", "school.json", "out.json"))
    first = data("solve", TINY, "-o", made, *REPEATABLE, code=0)
    instance = json.loads(made.read_text(encoding="utf-8"))["instance"]
    school.write_text(json.dumps(instance), encoding="utf-8")
    second = data("solve", school, "-o", output, *REPEATABLE, code=0)
    assert first["input_sha256"] == second["input_sha256"]
    assert data("check", school, output, code=0)["hard"] == []
    assert data("check", TINY, output, code=0)["same_input"]
    assert data("check", school, solved, code=0)["same_input"]


def test_the_shared_copy_has_no_private_data(tmp_path: Path) -> None:
    school = edited(TINY, tmp_path / "school.xlsx", PRIVATE)
    output, share = tmp_path / "timetable.xlsx", tmp_path / "public.xlsx"
    run("solve", school, "-o", output, "--share", share, *REPEATABLE, code=0)
    text = _cells(share)
    assert "韦德华" in text
    assert [secret for secret in SECRETS if secret in text] == []
    assert "_afterschool" in load_workbook(output).sheetnames
    assert "_afterschool" not in load_workbook(share).sheetnames


def test_english_sheets_and_texts(tmp_path: Path) -> None:
    output = tmp_path / "timetable.xlsx"
    ended = run("solve", TINY, "-o", output, "--lang", "en", *REPEATABLE, code=0)
    assert "Written:" in ended.stdout
    book = load_workbook(output)
    assert "Sessions" in book.sheetnames
    assert [cell.value for cell in book["Sessions"][1]][:3] == ["Date", "Weekday", "Week"]
    run("check", TINY, output, "--lang", "en", code=0)


@pytest.mark.parametrize("name", ["missing/t.xlsx", "t.docx", "t.xls", "t", ""])
def test_a_target_that_cannot_be_written_is_found_before_solving(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "solve", _no_solving)
    found = data("solve", TINY, "-o", tmp_path / name, *REPEATABLE, code=2)
    assert located(found["errors"])
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_found_before_solving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: Any) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command, "solve", _no_solving)
    monkeypatch.setattr("scheduler.commands.files.tempfile.mkstemp", denied)
    for lang, message in (
        ("zh", "无法写入（没有写入权限）。"),
        ("en", "It cannot be written (you may not write there)."),
    ):
        asked = ("-o", tmp_path / "t.xlsx", *REPEATABLE, "--lang", lang)
        (found,) = data("solve", TINY, *asked, code=2)["errors"]
        assert found["message"] == message


def test_all_bad_targets_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "solve", _no_solving)
    output, share = tmp_path / "no" / "t.xlsx", tmp_path / "share.json"
    found = data("solve", tmp_path / "gone.xlsx", "-o", output, "--share", share, code=2)
    values = {one["value"] for one in found["errors"]}
    assert {str(output), str(share)} <= values
    assert len(found["errors"]) == 3
    assert located(found["errors"])


def test_the_input_is_never_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "solve", _no_solving)
    school = tmp_path / "school.xlsx"
    school.write_bytes(TINY.read_bytes())
    run("solve", school, "-o", school, "--overwrite", code=2)
    other = tmp_path / "t.xlsx"
    run("solve", school, "-o", other, "--share", other, code=2)
    assert school.read_bytes() == TINY.read_bytes()


def test_a_bad_workbook_is_not_solved(tmp_path: Path) -> None:
    school = edited(TINY, tmp_path / "school.xlsx", {("班级", "C2"): "many"})
    found = data("solve", school, "-o", tmp_path / "t.xlsx", code=2)
    assert [(one["sheet"], one["cell"]) for one in found["errors"]] == [("班级", "C2")]
    assert not (tmp_path / "t.xlsx").exists()


def test_a_file_that_is_no_workbook_is_named_without_an_apology(tmp_path: Path) -> None:
    for name in ("school.xlsx", "school.json", "school.xls", "school.et"):
        school = tmp_path / name
        school.write_bytes(b"not a workbook")
        assert located(data("solve", school, "-o", tmp_path / "t.xlsx", code=2)["errors"])


@pytest.mark.parametrize("option", ["--workers=0", "--time-limit=0", "--seed=-1", "--method=best"])
def test_senseless_options_are_usage_errors(option: str, tmp_path: Path) -> None:
    ended = run("solve", TINY, "-o", tmp_path / "t.xlsx", option, code=2)
    assert option.partition("=")[0] in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_open_posts_are_listed_and_no_failure(tmp_path: Path) -> None:
    school = edited(TINY, tmp_path / "school.xlsx", {("意愿", "C2"): "不行"})
    found = data("solve", school, "-o", tmp_path / "t.xlsx", *REPEATABLE, code=0)
    assert found["uncovered"] == 1
    assert found["uncovered_sessions"] > 10


def test_a_pin_that_cannot_hold_ends_with_one(tmp_path: Path) -> None:
    refused = {("意愿", "C2"): "不行", ("固定", "A2"): "作业看护", ("固定", "B2"): "复式班"}
    pin = {("固定", "C2"): "周一", ("固定", "D2"): "作业辅导", ("固定", "F2"): "韦德华"}
    school = edited(TINY, tmp_path / "school.xlsx", {**refused, **pin})
    output = tmp_path / "t.xlsx"
    found = data("solve", school, "-o", output, *REPEATABLE, code=1)
    assert found["pin_issues"]
    assert output.is_file()


def test_one_worker_and_one_seed_repeat_exactly(tmp_path: Path) -> None:
    found = []
    for name in ("a.json", "b.json"):
        run("solve", VILLAGE, "-o", tmp_path / name, *REPEATABLE, code=0)
        written = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        for clock in ("seconds", "created"):
            del written["result"][clock]
        found.append(written)
    assert found[0] == found[1]


def test_a_time_limit_holds_for_the_whole_command(tmp_path: Path) -> None:
    started = time.monotonic()
    output = tmp_path / "t.json"
    ended = run("solve", TINY, "-o", output, "--time-limit", 5, "--workers", 1, code=0)
    assert time.monotonic() - started < 8, ended.output
    assert output.is_file()


def test_nothing_found_in_time_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whether a fast machine finds a timetable in no time is chance, so that nothing is found.
    monkeypatch.setattr(pipeline, "find_pattern", lambda *_given, **_more: None)
    output = tmp_path / "t.json"
    found = data("solve", VILLAGE, "-o", output, "--time-limit", 0.001, "--workers", 1, code=1)
    assert found["status"] == "unknown"
    assert found["path"] is None
    assert not output.exists()


def test_stopping_early_keeps_the_best_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    controls: list[Control] = []

    class Remembered(Control):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            controls.append(self)

    def stop(_terminal: Terminal, progress: Progress) -> None:
        if progress.best is not None:
            controls[0].stop()

    monkeypatch.setattr(command, "Control", Remembered)
    monkeypatch.setattr(Terminal, "show", stop)
    output = tmp_path / "t.json"
    found = data("solve", VILLAGE, "-o", output, *REPEATABLE, code=0)
    assert found["interrupted"]
    assert found["hard_findings"] == 0
    assert output.is_file()
    assert data("check", VILLAGE, output, code=0)["hard"] == []


def test_the_interrupt_signal_writes_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C as soon as anything is shown: there is a timetable nonetheless."""
    pressed = threading.Event()

    def press(_terminal: Terminal, _progress: Progress) -> None:
        if not pressed.is_set():
            pressed.set()
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Terminal, "show", press)
    output = tmp_path / "t.json"
    ended = run("solve", VILLAGE, "-o", output, *REPEATABLE, code=0)
    assert pressed.is_set()
    assert "正在停止" in ended.output
    assert output.is_file()


def test_a_second_interrupt_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object) -> None:
        for _again in range(2):
            time.sleep(0.2)
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)

    monkeypatch.setattr(command, "solve", endless)
    ended = run("solve", TINY, "-o", tmp_path / "t.json", *REPEATABLE, code=130)
    assert "Given up" in ended.output
    assert list(tmp_path.iterdir()) == []
