"""Timetables that several tests of the command line start from, solved once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import REPEATABLE, TINY, VILLAGE, run


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The timetable of the smallest school."""
    path = tmp_path_factory.mktemp("solved") / "timetable.xlsx"
    run("solve", TINY, "-o", path, *REPEATABLE, code=0)
    return path


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The timetable of the village school; what was said of it is beside it (result.json)."""
    path = tmp_path_factory.mktemp("village") / "timetable.xlsx"
    ended = run("solve", VILLAGE, "-o", path, "--json", *REPEATABLE, code=0)
    path.with_name("result.json").write_text(ended.stdout, encoding="utf-8")
    return path
