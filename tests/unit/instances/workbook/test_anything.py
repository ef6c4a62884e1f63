"""Whatever stands in a cell: it is read or reported, never a traceback."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from instances.messages import LANGS
from instances.reading import read_instance
from instances.workbook.spec import SHEETS
from tests.helpers.books import Book

WORDS = ["周一", "1-3", "第一段", "王芳", "9月31日", "90%", "√", "（", "）×2", "=1+1", "=", "#N/A"]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from([*WORDS, "、", "-", "~", " ", "；", "\n"]), max_size=6).map("".join),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=100),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)),
    st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=2)),
    st.none(),
)
CELLS = [(sheet.key, column.key) for sheet in SHEETS for column in sheet.columns]


@settings(max_examples=70)
@given(st.lists(st.tuples(st.sampled_from(CELLS), st.integers(0, 3), VALUES), max_size=8))
def test_any_cells(changes: list[tuple[tuple[str, str], int, Any]]) -> None:
    book = Book()
    for (sheet, column), row, value in changes:
        book.set(sheet, row, column, value)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_instance(book.save(Path(folder)))
    assert (reading.instance is None) is any(problem.is_error for problem in reading.problems)
    for problem in reading.problems:
        for lang in LANGS:
            told = problem.to_json(lang)
            assert told["message"]
            assert told["remedy"]
            assert told["sheet"]


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(["标题", "姓名", "A", "周一", "周一 第九段", ""]), VALUES))
def test_any_headings(cells: dict[str, Any]) -> None:
    book = Book()
    for sheet in ("staff", "wishes", "classes"):
        for heading, value in cells.items():
            book.set(sheet, 0, heading, value)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_instance(book.save(Path(folder)))
    assert (reading.instance is None) is any(problem.is_error for problem in reading.problems)
