"""Running the command line as a user would, and changing workbooks as a user would."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cli import main

SAMPLES = Path(__file__).parents[2] / "instances" / "samples"
TINY = SAMPLES / "one-adult.xlsx"
VILLAGE = SAMPLES / "rural-6.xlsx"
REPEATABLE = ("--workers", "1", "--seed", "0")
Cells = dict[tuple[str, str], Any]
"""Sheet and cell, and what to write there."""


def run(*arguments: object, code: int) -> Result:
    """The end of a command, which must be the code expected, with no traceback or apology."""
    ended = CliRunner().invoke(main, [str(one) for one in arguments])
    assert ended.exit_code == code, ended.output
    assert "Traceback" not in ended.output
    return ended


def data(*arguments: object, code: int) -> Any:
    """What a command prints for scripts: exactly one JSON value on stdout."""
    return json.loads(run(*arguments, "--json", code=code).stdout)


def edited(source: Path, target: Path, cells: Cells) -> Path:
    """A copy of a workbook with some cells typed over."""
    book = load_workbook(source)
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    book.save(target)
    return target


def cell_of(book: Path, sheet: str, column: str, wanted: Callable[[dict[str, Any]], bool]) -> str:
    """The cell, in the column with that heading, of the first row that is wanted."""
    heads, *rows = _rows(book, sheet)
    for number, row in enumerate(rows, 2):
        if wanted(dict(zip(heads, row, strict=True))):
            return f"{get_column_letter(heads.index(column) + 1)}{number}"
    raise LookupError(f"no such row on {sheet}")


@cache
def _rows(book: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(book)[sheet].iter_rows(values_only=True))


def located(problems: list[dict[str, Any]]) -> bool:
    """Whether there are problems, each with the five fields, a sentence and a remedy."""
    fields = {"sheet", "cell", "value", "message", "remedy"}
    return bool(problems) and all(
        set(one) == fields and one["message"] and one["remedy"] for one in problems
    )
