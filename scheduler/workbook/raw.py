"""The cells of a workbook as they stand in the file, whoever saved it last."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from instances import problem_texts as texts
from instances.problems import Place, Problem
from scheduler.workbook import wording
from scheduler.workbook.cells import quick_rows

Row = Sequence[object]


class Unreadable(Exception):
    """A file that is no workbook at all, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.text("en"))
        self.problem = problem


class RawBook:
    """A workbook opened for reading its cells; close it when done."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.titles: tuple[str, ...] = tuple(book.sheetnames)

    def rows(self, title: str) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet with their numbers; rows with nothing in them may be left out."""
        sheet = self._book[title]
        quick = quick_rows(sheet) if isinstance(sheet, ReadOnlyWorksheet) else None
        if quick is not None:
            yield from quick
            return
        sheet.reset_dimensions()  # some programs write a wrong one
        yield from enumerate(sheet.iter_rows(values_only=True), 1)

    def cells(self, title: str) -> dict[tuple[int, int], object]:
        """The cells of a sheet that are not empty."""
        return {
            (row, column): value
            for row, values in self.rows(title)
            for column, value in enumerate(values, 1)
            if value is not None
        }

    def close(self) -> None:
        self._book.close()


def is_timetable(path: Path) -> bool:
    """Whether a file is a workbook with a timetable of ours in it."""
    try:
        with opened(path) as book:
            return wording.DATA in book.titles
    except Unreadable:
        return False


def opened(path: Path) -> closing[RawBook]:
    """The workbook at ``path``.

    Raises
    ------
    Unreadable
        If there is no such file, or it is not a workbook.
    """
    place = Place(path.name, None, str(path))
    try:
        if not path.exists():
            raise Unreadable(texts.NO_FILE.at(place))
        if path.is_dir():
            raise Unreadable(texts.IS_FOLDER.at(place))
        empty = not path.stat().st_size
    except OSError:  # a folder that may not be looked into, a name too long
        raise Unreadable(texts.NOT_READABLE.at(place)) from None
    suffix = path.suffix.lower()
    if empty:
        raise Unreadable(texts.EMPTY_FILE.at(place))
    if suffix in (".xls", ".et", ".ett", ".ods"):
        raise Unreadable(texts.SAVE_AS_XLSX.at(place, suffix=suffix))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that do not matter here
            return closing(RawBook(load_workbook(path, read_only=True, data_only=True)))
    except PermissionError:
        raise Unreadable(texts.NOT_READABLE.at(place)) from None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, ParseError, InvalidFileException):
        raise Unreadable(texts.NOT_A_WORKBOOK.at(place)) from None
