"""Sheets to a file: openpyxl writes everything but the cells, which are spliced in.

A term has several hundred thousand cells; writing them as text takes a second where one
object each takes ten. The file appears whole or not at all.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import Lang
from scheduler.giving_up import stop_if_given_up
from scheduler.workbook.draw import drawn
from scheduler.workbook.errors import LOCKED, OutputError, output_error
from scheduler.workbook.sheet import (
    NOTE_AUTHOR,
    OWN_NOTE,
    Formula,
    Sheet,
    Tint,
    Value,
    coordinate,
    letter,
    lines_of,
)
from scheduler.workbook.styles import FONTS, LOOKS, RULE, Look

TEXT_IN, TEXT_OUT = '<is><t xml:space="preserve">', "</t></is>"
ROWS = (b"<sheetData>", b"</sheetData>")
SIZE = re.compile(rb'<dimension ref="[A-Z0-9:]*" />')
"""What is said of the size of a sheet; programs that stream rows believe it."""
SHEET_PART = re.compile(r"sheet(\d+)\.xml")
NOTE_WIDTH, NOTE_LINE = 320, 18
"""Points: how wide a note is, and how high one of its lines."""


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of ``path`` when all went well.

    Raises
    ------
    OutputError
        If the file cannot be written. Whatever stood there before is left as it was.
    """
    lock = path.with_name(f".~lock.{path.name}#")
    if lock.exists():
        raise OutputError(LOCKED(path=str(path), lock=lock.name))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
        os.close(handle)
    except OSError as error:
        raise output_error(path, error) from error
    aside = Path(name)
    try:
        yield aside
        stop_if_given_up()
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        aside.replace(path)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def save(
    sheets: Sequence[Sheet],
    path: Path,
    lang: Lang,
    *,
    title: str = "",
    more: Callable[[Workbook], None] | None = None,
) -> None:
    """Write the sheets to ``path``, aside first; ``more`` adds sheets of another kind."""
    with written_aside(path) as aside:
        book = Workbook()
        book.remove(book.worksheets[0])
        book.properties.creator = "Afterschool"
        book.properties.title = title
        pages = []
        for sheet in sheets:
            stop_if_given_up()
            page = book.create_sheet(sheet.title)
            _dress(page, sheet)
            pages.append(page)
        for page, sheet in zip(pages, sheets, strict=True):
            for spec in sheet.charts:
                page.add_chart(drawn(book[spec.source], spec))
        if more is not None:
            more(book)
        styles = _style_ids(book, lang, _dyed(sheets))
        with tempfile.TemporaryFile() as frame:
            book.save(frame)
            rows = []
            for sheet in sheets:
                stop_if_given_up()
                rows.append(_rows(sheet, styles))
            _splice(frame, aside, rows, [_size(sheet) for sheet in sheets])


def _dress(page: Worksheet, sheet: Sheet) -> None:
    """Everything of a sheet but its cells."""
    for column, width in sheet.widths.items():
        page.column_dimensions[letter(column)].width = width
    for column in sheet.hidden_columns:
        page.column_dimensions[letter(column)].hidden = True
    page.merged_cells = MultiCellRange(
        CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right)
        for top, left, bottom, right in sheet.merges
    )
    for row in sheet.breaks:
        page.row_breaks.append(Break(id=row))
    for choice in sheet.choices:
        rule = DataValidation(
            type="list" if choice.formula else None,
            formula1=choice.formula or None,
            allow_blank=True,
            showErrorMessage=False,
            showInputMessage=bool(choice.hint),
            prompt=choice.hint or None,
        )
        rule.sqref = MultiCellRange(CellRange(cells) for cells in choice.cells)
        page.add_data_validation(rule)
    for row, column in {**sheet.notes, **sheet.her_notes}:
        page.cell(row, column).comment = _note(sheet, row, column)
    page.sheet_view.showGridLines = False
    page.freeze_panes = sheet.freeze
    page.auto_filter.ref = sheet.filter
    page.sheet_state = "veryHidden" if sheet.hidden else "visible"
    if sheet.tab:
        page.sheet_properties.tabColor = sheet.tab
    _print_setup(page, sheet)


def _note(sheet: Sheet, row: int, column: int) -> Comment:
    """What is said at a cell, her own words first."""
    hers, ours = sheet.her_notes.get((row, column)), sheet.notes.get((row, column))
    text = OWN_NOTE.join(filter(None, (hers.text if hers else None, ours)))
    lines = lines_of(text, NOTE_WIDTH / 6)
    author = hers.author if hers else NOTE_AUTHOR
    return Comment(_legal(text), author, NOTE_LINE * (lines + 1), NOTE_WIDTH)


def _print_setup(page: Worksheet, sheet: Sheet) -> None:
    page.page_setup.paperSize = 9  # A4
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 1 if sheet.one_page else 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.75, 0.65
    page.page_margins.header = page.page_margins.footer = 0.3
    if sheet.print_rows:
        page.print_title_rows = f"{sheet.print_rows[0]}:{sheet.print_rows[1]}"
    left, _, right = sheet.header.partition("\n")
    head, foot = page.oddHeader, page.oddFooter
    assert head is not None
    assert foot is not None
    head.left.text, head.right.text = _header(left), _header(right)
    foot.left.text, foot.right.text = _header(sheet.title), "&P / &N"
    for part in (head.left, head.right, foot.left, foot.right):
        part.size = 9
    if sheet.print_columns:
        first, last = (
            coordinate(sheet.print_from, 1),
            coordinate(sheet.last_row, sheet.print_columns),
        )
        page.print_area = f"{first}:{last}"


def _header(text: str) -> str:
    return text.replace("&", "&&")


Dyed = tuple[str, Tint | None]
"""A look by its name, and the colour that somebody gave to cells of that look."""


def _dyed(sheets: Iterable[Sheet]) -> set[Dyed]:
    """The looks of cells that were coloured by hand."""
    return {
        (sheet.cells[where][1], tint) for sheet in sheets for where, tint in sheet.tints.items()
    }


def _style_ids(book: Workbook, lang: Lang, dyed: Iterable[Dyed] = ()) -> dict[Dyed, int]:
    """The numbers of all looks in the workbook's style table."""
    scratch = book.create_sheet()
    ids: dict[Dyed, int] = {}
    every: list[Dyed] = [*((name, None) for name in LOOKS), *dyed]
    for row, (name, tint) in enumerate(every, 1):
        cell, look = scratch.cell(row, 1), LOOKS[name]
        if tint is not None:
            look = replace(look, fill=tint.fill or look.fill, ink=tint.ink or look.ink)
        _apply(cell, look, lang)
        ids[name, tint] = cell.style_id
    book.remove(scratch)
    return ids


def _apply(cell: Cell, look: Look, lang: Lang) -> None:
    side = Side(style="thin", color=RULE)
    cell.font = Font(
        name=FONTS[lang], size=look.size, bold=look.bold, italic=look.italic, color=look.ink
    )
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.box:
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(
        horizontal="left" if look.left else "right" if look.right else "center",
        vertical="top" if look.top else "center",
        wrap_text=look.wrap,
        indent=1 if look.box and (look.left or look.right) else 0,
    )
    cell.number_format = look.number


def _rows(sheet: Sheet, styles: dict[Dyed, int]) -> bytes:
    """The rows of a sheet in the format's own words."""
    rows: dict[int, list[tuple[int, str]]] = {}
    plain = {name: number for (name, tint), number in styles.items() if tint is None}
    for (row, column), (value, style) in sheet.cells.items():
        number = plain[style]
        if (row, column) in sheet.tints:
            number = styles[style, sheet.tints[row, column]]
        rows.setdefault(row, []).append((column, _cell(coordinate(row, column), value, number)))
    for row in sheet.hidden_rows | set(sheet.heights):
        rows.setdefault(row, [])
    out = ["<sheetData>"]
    for row in sorted(rows):
        height = sheet.heights.get(row)
        attributes = f' ht="{height:.6g}" customHeight="1"' if height is not None else ""
        if row in sheet.hidden_rows:
            attributes += ' hidden="1"'
        cells = "".join(text for _, text in sorted(rows[row]))
        out.append(f'<row r="{row}"{attributes}>{cells}</row>')
    out.append("</sheetData>")
    return "".join(out).encode("utf-8")


def _cell(where: str, value: Value, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{where}" s="{style}"/>'
    if isinstance(value, str):
        text = escape(_legal(value))
        return f'<c r="{where}" s="{style}" t="inlineStr">{TEXT_IN}{text}{TEXT_OUT}</c>'
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.result, str) else ""
        result = escape(_legal(str(value.result)))
        return f'<c r="{where}" s="{style}"{kind}><f>{escape(value.text)}</f><v>{result}</v></c>'
    number = value if isinstance(value, int | float) else to_excel(value)  # type: ignore[no-untyped-call]
    return f'<c r="{where}" s="{style}"><v>{number!r}</v></c>'


def _legal(text: str) -> str:
    """Without the control characters that the format does not allow."""
    if text.isprintable():
        return text
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _size(sheet: Sheet) -> bytes:
    """The range that the cells of a sheet take up."""
    last = coordinate(sheet.last_row or 1, max((column for _, column in sheet.cells), default=1))
    return f'<dimension ref="A1:{last}" />'.encode()


def _splice(frame: object, path: Path, rows: Sequence[bytes], sizes: Sequence[bytes]) -> None:
    """Copy the archive ``frame`` to ``path`` with the rows and size of each sheet put in."""
    with (
        zipfile.ZipFile(frame) as source,  # type: ignore[call-overload]
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target,
    ):
        for item in source.infolist():
            data = source.read(item)
            folder, _, name = item.filename.rpartition("/")
            number = int(SHEET_PART.sub(r"\1", name)) if SHEET_PART.fullmatch(name) else 0
            if folder == "xl/worksheets" and 0 < number <= len(rows):
                before, found, rest = data.partition(ROWS[0])
                _, ended, after = rest.partition(ROWS[1])
                assert found, "every sheet has a list of rows"
                assert ended, "and it ends"
                before, said = SIZE.subn(sizes[number - 1], before)
                assert said == 1, "it is known where the size of a sheet is said"
                data = before + rows[number - 1] + after
            target.writestr(item.filename, data)
