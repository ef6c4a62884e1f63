"""What must not get lost, or be shown, when something goes wrong."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from instances.messages import Lang
from instances.timetable import Timetable
from scheduler.commands import publish, template
from scheduler.commands import solve as command
from scheduler.commands.files import Target
from scheduler.result import Published
from scheduler.solve import solve
from scheduler.workbook.errors import OutputError
from scheduler.workbook.hers.adopt import Adopted
from scheduler.workbook.hers.read import Hers
from scheduler.workbook.write import write_timetable
from tests.cli.running import REPEATABLE, TINY, data, located, run
from tests.unit.scheduler.workbook.sample import published

Write = Callable[[Published, Path, Lang, Hers], Adopted]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder that a rescued file may go to."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


def _failing(place: Path, failure: Exception) -> Write:
    """Writing as it is, but failing for everything in one folder."""

    def write(published: Published, path: Path, lang: Lang, hers: Hers) -> Adopted:
        if path.parent == place:
            raise failure
        return write_timetable(published, path, lang, hers)

    return write


def test_a_result_that_cannot_be_written_is_saved_elsewhere(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(publish, "write_timetable", _failing(tmp_path, full))
    output = tmp_path / "t.json"
    output.write_bytes(b"mine")
    found = data("solve", TINY, "-o", output, "--overwrite", *REPEATABLE, code=2)
    assert located(found["errors"])
    (rescued,) = elsewhere.iterdir()
    assert str(rescued) in found["errors"][0]["remedy"]
    assert data("check", TINY, rescued, code=0)["hard"] == []
    assert output.read_bytes() == b"mine"
    assert set(tmp_path.iterdir()) == {output, elsewhere}


def test_a_fault_of_the_program_loses_no_result_either(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(published: Published, path: Path, lang: Lang, hers: Hers) -> Adopted:
        if path.suffix == ".xlsx":
            raise ValueError("a bug")
        return write_timetable(published, path, lang, hers)

    monkeypatch.setattr(publish, "write_timetable", write)
    ended = run("solve", TINY, "-o", tmp_path / "t.xlsx", *REPEATABLE, code=70)
    assert "ValueError: a bug" in ended.stderr
    (rescued,) = set(tmp_path.iterdir()) - {elsewhere}
    assert str(rescued) in ended.stderr
    run("check", TINY, rescued, code=0)


def test_nowhere_to_write_is_said_so(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "write_timetable", write)
    found = data("solve", TINY, "-o", tmp_path / "t.json", *REPEATABLE, code=2)
    assert located(found["errors"])
    assert list(elsewhere.iterdir()) == []


def test_a_timetable_that_fails_its_audit_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_consent(*given: Any) -> Published:
        made = solve(*given)
        wishes = made.instance.staff[0].model_copy(update={"default": None, "wishes": ()})
        instance = made.instance.model_copy(update={"staff": (wishes,)})
        result = made.result.model_copy(update={"hard_findings": 1})
        return made.model_copy(update={"instance": instance, "result": result})

    monkeypatch.setattr(command, "solve", without_consent)
    output = tmp_path / "t.xlsx"
    found = data("solve", TINY, "-o", output, *REPEATABLE, code=1)
    assert {finding["rule"] for finding in found["hard"]} == {"consent-missing"}
    assert found["path"] is None
    assert list(tmp_path.iterdir()) == []
    ended = run("solve", TINY, "-o", output, *REPEATABLE, "--lang", "en", code=1)
    assert "consent-missing" in ended.stderr
    assert ended.stdout == ""


def test_a_fault_of_the_program_is_an_apology(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Timetable:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(command, "solve", broken)
    ended = run("solve", TINY, "-o", tmp_path / "t.json", *REPEATABLE, code=70)
    assert "ZeroDivisionError: by zero" in ended.stderr
    monkeypatch.setenv("AFTERSCHOOL_TRACEBACK", "1")
    monkeypatch.setattr(
        "scheduler.commands.ending.traceback",
        SimpleNamespace(print_exc=lambda: print("the details")),
    )
    assert "the details" in run("solve", TINY, "-o", tmp_path / "t.json", code=70).output


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_text_that_cannot_be_printed_is_no_fault_of_the_program(
    options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = click.echo

    def full(text: object = None, *, err: bool = False) -> None:
        if not err:
            raise OSError(28, "No space left on device")
        really(text, err=err)

    monkeypatch.setattr(click, "echo", full)
    ended = run("validate", TINY, *options, code=2)
    assert "无法输出（磁盘已满）" in ended.stderr
    assert "Cannot print (the disk is full)" in ended.stderr
    assert "No space left" not in ended.stderr
    assert "Sorry" not in ended.stderr


def test_interrupting_anything_but_a_search_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "read_school", pressed)
    ended = run("solve", TINY, "-o", tmp_path / "t.json", code=130)
    assert "Given up" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lock", [".~lock.t.xlsx#", "~$t.xlsx"])
def test_a_file_open_elsewhere_is_found_before_any_work(lock: str, tmp_path: Path) -> None:
    (tmp_path / lock).touch()
    found = data("template", "-o", tmp_path / "t.xlsx", code=2)
    assert lock in found["errors"][0]["remedy"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.txt/t.xlsx", "is a file, not a folder"),
        ("a.txt/b/t.xlsx", "is a file, not a folder"),
        ("b/t.xlsx", "does not exist"),
        ("t", "has no ending"),
        ("t" * 300 + ".xlsx", "the name is too long"),
    ],
)
def test_a_place_where_no_file_can_be_is_found_before_any_work(
    name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").touch()
    (problem,) = data("template", "-o", tmp_path / name, "--lang", "en", code=2)["errors"]
    assert said in problem["message"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_takes_no_files_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /proc does."""

    def refuse(**_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    (problem,) = data("template", "-o", tmp_path / "t.xlsx", "--lang", "en", code=2)["errors"]
    assert "no files can be made in this folder" in problem["message"]


def test_a_timetable_in_the_place_of_the_school_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_timetable(published("en"), path, "en")
    (problem,) = data("check", path, path, "--lang", "en", code=2)["errors"]
    assert (problem["sheet"], problem["cell"]) == ("t.xlsx", None)
    assert "This is a timetable" in problem["message"]


def test_a_full_disk_is_found_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    assert located(data("template", "-o", tmp_path / "t.xlsx", code=2)["errors"])
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(template, "_write", full)
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"mine")
    assert located(data("template", "-o", path, "--overwrite", code=2)["errors"])
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_backups_never_replace_each_other(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    target = Target(path, overwrite=True)
    kept = []
    for number in range(4):
        kept.append(target.write(lambda p, n=number: p.write_text(str(n))))  # type: ignore[misc]
    assert kept[0] is None
    assert [backup.read_text() for backup in kept[1:] if backup] == ["0", "1", "2"]
    assert len(list(tmp_path.iterdir())) == 4


def test_a_failure_of_writing_is_one_kind_of_error(tmp_path: Path) -> None:
    def denied(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(OutputError):
        Target(tmp_path / "t.xlsx").write(denied)
