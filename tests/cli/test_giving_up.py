"""A second Ctrl-C, whenever it is pressed: exit code 130, and files are whole or as they were."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.commands.interrupt import GivenUp, stoppable
from scheduler.progress import Control
from scheduler.workbook import emit
from tests.cli.running import REPEATABLE, TINY, run

ROOT = Path(__file__).parents[2]
SEARCHING = """
import os, signal, sys, threading, time
from ortools.sat.python import cp_model
from scheduler.commands import solve as command
from cli import main

def endless(*_):
    model = cp_model.CpModel()
    held = [[model.new_bool_var("") for _ in range(12)] for _ in range(13)]
    for row in held:
        model.add_bool_or(row)
    for hole in zip(*held):
        for n, one in enumerate(hole):
            for other in hole[:n]:
                model.add_bool_or([~one, ~other])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = 0.2
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    solver.parameters.catch_sigint_signal = False
    threading.Thread(target=press, daemon=True).start()
    while True:
        solver.solve(model)

def press():
    for _ in range(2):
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGINT)

command.solve = endless
main(["solve", *sys.argv[1:]])
"""


def test_two_presses_of_which_python_hears_as_one_are_two() -> None:
    """While the interpreter is held by machine code, signals are put together."""
    press = getattr(ctypes.PyDLL(None), "raise")
    ready, told = threading.Event(), []

    def work() -> None:
        list(map(press, (signal.SIGINT, signal.SIGINT)))  # both within machine code
        ready.wait(10)

    with pytest.raises(GivenUp):
        stoppable(work, Control(), lambda: told.append("stopping"))
    ready.set()
    assert told == ["stopping"]


def test_a_search_that_does_not_end_at_once_is_left_in_order(tmp_path: Path) -> None:
    """Machine code came back to an interpreter that was gone, and aborted the program (134)."""
    output = tmp_path / "t.json"
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            SEARCHING,
            str(TINY),
            "-o",
            str(output),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 130, ended.stderr
    assert "Given up; nothing was written." in ended.stderr
    assert "terminate" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def pressing(monkeypatch: pytest.MonkeyPatch, file: int) -> None:
    """Ctrl-C twice while the rows of a file are written: of the first, or of the second."""
    really: Callable[..., None] = emit._splice
    begun: list[int] = []

    def pressed(*given: Any) -> None:
        begun.append(1)
        if len(begun) == file:
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.3)
        really(*given)

    monkeypatch.setattr(emit, "_splice", pressed)


def test_given_up_while_writing_the_old_file_stays_without_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "t.xlsx"
    output.write_bytes(b"mine")
    pressing(monkeypatch, 1)
    ended = run("solve", TINY, "-o", output, "--overwrite", *REPEATABLE, code=130)
    assert "已放弃，没有写出文件。" in ended.stderr
    assert output.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [output]


def test_what_had_been_written_by_then_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, share = tmp_path / "t.xlsx", tmp_path / "share.xlsx"
    pressing(monkeypatch, 2)
    ended = run("solve", TINY, "-o", output, "--share", share, *REPEATABLE, code=130)
    assert "Given up, but this was written:" in ended.stderr
    assert f"已写入：{output}" in ended.stderr
    assert list(tmp_path.iterdir()) == [output]
