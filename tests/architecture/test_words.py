"""Committed files name no folder of somebody's own machine."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

OWN_FOLDER = re.compile(
    rb"(?<![\w.~-])(/(home|root|tmp|mnt|work|workspace|Users)/|[A-Z]:\\+Users\\)\w*"
)


def committed() -> list[Path]:
    """The files that git tracks; a copy of the sources without git has none to look at."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        return []
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def contents(path: Path) -> list[bytes]:
    """The bytes of a file; of a workbook, those of its parts."""
    if path.suffix != ".xlsx":
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"read /" + b"home/mei/school.xlsx", True),
        (b"read C:\\" + b"Users\\mei", True),
        (b"see docs/home/index.md", False),
        (b"https://example.org/" + b"work/page", False),
    ],
)
def test_what_counts_as_somebodys_folder(text: bytes, found: bool) -> None:
    assert bool(OWN_FOLDER.search(text)) is found


def test_committed_files_name_no_folder_of_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in committed()
        for part in contents(path)
        for match in OWN_FOLDER.finditer(part)
    ]
    assert not found, "\n".join(found)
