"""How the workbook looks: fonts that Excel, WPS and LibreOffice have, few colours, widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from copy import copy
from math import ceil
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import Label, Lang
from instances.workbook.cell_text import CellValue
from instances.workbook.sheet import CellKind

FONTS = {"zh": "微软雅黑", "en": "Calibri"}
AUTHOR = Label("课后服务排班", "Afterschool")

REQUIRED = "1F4E79"
OPTIONAL = "DCE6F1"
SHOWN_ONLY = "EDEDED"
GREEN, YELLOW, RED = "E2EFDA", "FFF2CC", "F8CBAD"
ERROR, WARNING = "FFC7CE", "FFEB9C"
TAB_REQUIRED, TAB_OPTIONAL, TAB_GUIDE = "C55A11", "A6A6A6", "548235"
GREY_TEXT = "808080"

Horizontal = Literal["left", "center", "right"]

_LINE = Side(style="thin", color="BFBFBF")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

FORMATS = {
    CellKind.DATE: "yyyy-mm-dd",
    CellKind.TIME: "hh:mm",
    CellKind.INTEGER: "0",
    CellKind.DECIMAL: "General",
    CellKind.SHARE: "0%",
}
"""Number formats by kind of column; everything else is text, so that 3-1 stays 3-1."""

_NARROW, _WIDEST = 7, 42
_PAGE = 185
"""The width of columns that is still readable on one page."""
_LATIN = 0.92
"""What a Latin letter takes on average."""
_COMMENT_WIDTH = 280
_COMMENT_LINE = 20
_UNITS_PER_LINE = 40
_POINTS_PER_LINE = 16.5


def new_workbook(lang: Lang) -> Workbook:
    """An empty workbook whose ordinary cells use the font of the language."""
    book = Workbook()
    book.remove(book.worksheets[0])
    fonts = book._fonts  # type: ignore[attr-defined]
    normal = Font(name=FONTS[lang], size=10.5, family=2)
    fonts[0] = normal
    book._named_styles["Normal"].font = normal  # type: ignore[attr-defined]
    book.properties.creator = AUTHOR.text(lang)
    return book


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is not covered by merged ones."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise ValueError(f"{cell.coordinate} is covered by merged cells.")
    return cell


def font(
    lang: Lang,
    *,
    size: float = 10.5,
    bold: bool = False,
    italic: bool = False,
    color: str = "000000",
    underline: bool = False,
) -> Font:
    return Font(
        name=FONTS[lang],
        size=size,
        bold=bold,
        italic=italic,
        color=color,
        underline="single" if underline else None,
    )


def fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


def aligned(horizontal: Horizontal | None = None, *, indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=True, indent=indent)


def units(text: str) -> float:
    """The room a text takes, in widths of a digit: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in text)


def width(heading: str, cells: Iterable[str], least: int = _NARROW) -> float:
    """The width of a column: its cells on one line up to a limit, its heading on two."""
    words = max((units(word) for word in heading.split()), default=0.0)
    lines = [words, units(heading) / 2 + 1, *(units(cell) for cell in cells)]
    return float(max(least, min(_WIDEST, max(lines)))) + 2.5


def lines(text: str, per_line: float) -> int:
    """On how many lines a text is shown."""
    return sum(max(1, ceil(units(part) / max(1.0, per_line))) for part in text.split("\n"))


def height(texts_and_widths: Iterable[tuple[str, float]], least: int = 1) -> float:
    """The height of a row in points, for wrapped texts in columns of given widths."""
    needed = max((lines(text, wide - 1.5) for text, wide in texts_and_widths), default=1)
    return max(least, needed) * _POINTS_PER_LINE + 4


def comment(text: str, author: str) -> Comment:
    """A note on a cell, large enough to be read without scrolling."""
    note = Comment(text, author)
    fit(note)
    return note


def fit(note: Comment) -> None:
    """Make a note as large as its text."""
    note.width = _COMMENT_WIDTH
    note.height = 14 + _COMMENT_LINE * (lines(note.text, _UNITS_PER_LINE) + 1)


def dress(cell: Cell, like: Cell) -> None:
    """Give a cell the look of another one of the same workbook."""
    cell._style = copy(like._style)  # type: ignore[attr-defined]


def put(cell: Cell, value: CellValue) -> None:
    """Set a cell's value; a text is never taken for a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def link(cell: Cell, sheet: str, coordinate: str, lang: Lang, *, bold: bool = False) -> None:
    """Let a click on a cell go to another."""
    place = f"{quote_sheetname(sheet)}!{coordinate}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    cell.font = font(lang, bold=bold, color="0563C1", underline=True)


def print_setup(sheet: Worksheet, columns_width: float, *, heading: bool = True) -> None:
    """A4, the whole width on few pages, headings repeated, page numbers below."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if columns_width > 90 else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = max(1, round(columns_width / _PAGE))
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.page_margins.footer = 0.3
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A  &P / &N"))
    if heading:
        sheet.print_title_rows = "1:1"
        if sheet.page_setup.fitToWidth > 1:
            sheet.print_title_cols = "A:A"
