"""The rows of a sheet, read many at a time: a term has hundreds of thousands of cells.

The library makes an object of every cell and of every text in it. Here plain texts and numbers
are read as they stand, and only what is rarer (dates, rich texts, errors) is left to it; a
sheet that is written in an unusual way is left to it altogether.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _VALUE, _TEXT = f"{{{_MAIN}}}row", f"{{{_MAIN}}}v", f"{{{_MAIN}}}t"
_ROOT = re.compile(rb"<worksheet\b[^>]*>")
_DATA = re.compile(rb"<sheetData\s*>(.*)</sheetData>", re.DOTALL)
_UNUSUAL = (b"<!--", b"<![CDATA[")
_ROWS = re.compile(r"<row\b([^>']*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_NUMBER = re.compile(r'(?:^|\s)r="(\d+)"')
_CELL = re.compile(
    r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")? ?(?:/>|>(?:'
    r'<v>([^<&]*)</v>|<is><t(?: xml:space="preserve")?>([^<&]*)</t></is>|<v ?/>)?</c>)'
)
"""A cell as programs write it; its column, style, kind, value and text."""
_LETTERS = re.compile(r"[A-Z]+")
AT_ONCE = 2_000_000
"""Bytes of rows that are parsed together."""
Row = Sequence[object]


def quick_rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Row]] | None:
    """The rows that a sheet has, with their numbers; ``None`` if it is written unusually."""
    plain: Any = sheet
    with plain._get_source() as source:
        content = source.read()
    root, data = _ROOT.search(content), _DATA.search(content)
    if root is None or any(mark in content for mark in _UNUSUAL):
        return None
    if f'xmlns="{_MAIN}"'.encode() not in root[0]:
        return None
    if data is None:
        return iter(()) if b"<sheetData" in content else None
    return _rows(_Cells(sheet), root[0], data[1])


def _rows(cells: _Cells, root: bytes, data: bytes) -> Iterator[tuple[int, Row]]:
    start, last = 0, 0
    while start < len(data):
        end = data.find(b"</row>", min(start + AT_ONCE, len(data) - 1))
        end = len(data) if end < 0 else end + len(b"</row>")
        rows = _split(data[start:end])
        if rows is not None:
            for number, body in rows:
                last = number or last + 1
                values = cells.of_text(body)
                if values is None:
                    written = f"<row>{body}</row></worksheet>".encode()
                    values = cells.of_row(ElementTree.fromstring(root + written)[0])
                yield last, values
            start = end
            continue
        for row in ElementTree.fromstring(root + data[start:end] + b"</worksheet>").iter(_ROW):
            last = int(row.get("r") or last + 1)
            yield last, cells.of_row(row)
        start = end


def _split(data: bytes) -> list[tuple[int, str]] | None:
    """The rows in a part of a sheet, each with its number (0 if it says none) and its cells;
    ``None`` where something else is between them."""
    text = data.decode()
    if "\r" in text:  # which a parser would read as an end of line
        return None
    rows, at = [], 0
    for match in _ROWS.finditer(text):
        if text[at : match.start()].strip():
            return None
        number = _NUMBER.search(match[1])
        rows.append((int(number[1]) if number else 0, match[2] or ""))
        at = match.end()
    return None if text[at:].strip() else rows


class _Cells:
    """Values of cells, as the library reads them."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        plain: Any = sheet
        book = plain.parent
        self.shared = plain._shared_strings
        self.parser = WorkSheetParser(
            io.BytesIO(),
            self.shared,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.columns: dict[str, int] = {}
        self.numbers: dict[tuple[str, str], object] = {}

    def of_text(self, row: str) -> Row | None:
        """The values of a row as it is written; ``None`` if only a parser understands it."""
        values: list[object] = []
        at = 0
        for match in _CELL.finditer(row):
            letters, style, kind, value, text = match.groups()
            if match.start() != at:
                return None
            at = match.end()
            column = self.columns.get(letters) or self._column(letters)
            if column > len(values) + 1:
                values.extend([None] * (column - len(values) - 1))
            if kind == "inlineStr":
                if text is None:
                    return None
                values.append(text)
            elif not value:
                values.append(None)
            elif kind == "s":
                values.append(self.shared[int(value)])
            elif kind in (None, "n") and (value, style or "") in self.numbers:
                values.append(self.numbers[value, style or ""])
            else:
                known = self._parsed(match[0])
                if kind in (None, "n"):
                    self.numbers[value, style or ""] = known
                values.append(known)
        return values if at == len(row) else None

    def _parsed(self, cell: str) -> object:
        """The value of a cell by itself, as a parser reads it."""
        return self._value(ElementTree.fromstring(f'<row xmlns="{_MAIN}">{cell}</row>')[0])

    def of_row(self, row: ElementTree.Element) -> Row:
        values: list[object] = []
        for cell in row:
            column = self._column(cell.get("r")) or len(values) + 1
            if column > len(values) + 1:
                values.extend([None] * (column - len(values) - 1))
            values.append(self._value(cell))
        return values

    def _column(self, address: str | None) -> int:
        letters = _LETTERS.match(address or "")
        if letters is None:
            return 0
        if letters[0] not in self.columns:
            self.columns[letters[0]] = column_index_from_string(letters[0])
        return self.columns[letters[0]]

    def _value(self, cell: ElementTree.Element) -> object:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            if len(cell) == 1 and len(cell[0]) == 1 and cell[0][0].tag == _TEXT:
                return cell[0][0].text or ""
        else:
            text = cell.findtext(_VALUE)
            if not text:
                return None
            if kind == "s":
                return self.shared[int(text)]
            if kind == "n":
                known = text, cell.get("s", "")
                if known not in self.numbers:
                    self.numbers[known] = self.parser.parse_cell(cell)["value"]
                return self.numbers[known]
        return self.parser.parse_cell(cell)["value"]
