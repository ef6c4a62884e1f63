"""Composing the sheets of the input workbook: headings, notes, drop-downs, rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import Label, Lang
from instances.words import Level
from instances.workbook import looks
from instances.workbook.cell_text import CellValue, cell_value
from instances.workbook.content import Content, Row
from instances.workbook.drop_downs import name_lists, validation, word_validation
from instances.workbook.guide import add_guide
from instances.workbook.sheet import CellKind, ColumnSpec, SheetSpec

REQUIRED = Label("必填。", "Required.")
OPTIONAL = Label("可不填。", "Optional.")
FOR_READING = Label("仅供查看，不必填写。", "For reading only.")
EXAMPLE = Label("示例：", "Example: ")

_SPARE_ROWS = 500
_LEVEL_COLORS = {
    Level.PREFERS: looks.GREEN,
    Level.RATHER_NOT: looks.YELLOW,
    Level.NO: looks.RED,
}
_CENTRED = {
    CellKind.WORD,
    CellKind.YES_NO,
    CellKind.INTEGER,
    CellKind.DECIMAL,
    CellKind.SHARE,
    CellKind.DATE,
    CellKind.TIME,
    CellKind.WEEKDAY,
    CellKind.GRADE,
}
_LEAST_WIDTH = {
    CellKind.TEXT: 9,
    CellKind.DATE: 11,
    CellKind.NAME: 12,
    CellKind.REFERENCE: 10,
    CellKind.WEEKDAYS: 12,
    CellKind.GRADES: 12,
    CellKind.TEXTS: 14,
    CellKind.REFERENCES: 16,
    CellKind.SLOTS: 18,
    CellKind.POSTS: 18,
    CellKind.PARAMETERS: 14,
}
_LEAST_NAMED_WIDTH = {"statement": 42, "closures": 30, "home_class": 12}
_KEY_COLUMNS = {"wishes": 2, "staff": 1}


@dataclass(frozen=True)
class Column:
    """One column of a sheet as it is laid out: described, or composed by the school."""

    key: str
    heading: str
    note: str
    kind: CellKind
    spec: ColumnSpec | None = None

    @property
    def required(self) -> bool:
        return self.spec is not None and self.spec.required

    @property
    def shown_only(self) -> bool:
        return self.spec is not None and self.spec.shown_only


def compose(contents: Iterable[Content], lang: Lang) -> Workbook:
    """A workbook with the guide first and then one sheet for each content."""
    book = looks.new_workbook(lang)
    add_guide(book, lang)
    for content in contents:
        sheet = book.create_sheet(content.spec.title.text(lang))
        required = content.spec.required
        sheet.sheet_properties.tabColor = looks.TAB_REQUIRED if required else looks.TAB_OPTIONAL
        if content.spec.layout == "pairs":
            _pairs(sheet, content, lang)
        else:
            _table(sheet, content, lang)
    name_lists(book, lang)
    return book


def columns_of(content: Content, lang: Lang) -> list[Column]:
    """The described columns of a sheet, then the composed ones."""
    described = [
        Column(c.key, c.title.text(lang), _note(c, lang), c.kind, c) for c in content.spec.columns
    ]
    return described + [
        Column(heading, heading, _composed_note(content.spec, index, lang), kind)
        for index, (heading, kind) in enumerate(content.composed.items())
    ]


def _note(column: ColumnSpec, lang: Lang) -> str:
    """The comment on a heading: whether it must be filled in, and with what."""
    if column.shown_only:
        return "\n".join((FOR_READING.text(lang), column.note.text(lang)))
    need = REQUIRED if column.required else OPTIONAL
    note = [need.text(lang), column.note.text(lang)]
    example = column.example.text(lang)
    if example and example not in note[1]:
        note.append(EXAMPLE.text(lang) + example)
    return "\n".join(note)


def _composed_note(spec: SheetSpec, index: int, lang: Lang) -> str:
    """Only the first of the composed columns explains them all."""
    if index or not spec.open_columns:
        return ""
    return "\n".join(open_column.note.text(lang) for open_column in spec.open_columns)


def _table(sheet: Worksheet, content: Content, lang: Lang) -> None:
    columns = columns_of(content, lang)
    rows = [[_value(column, row, lang) for column in columns] for row in content.rows]
    last_row = max(len(rows) + 1, 1) + _SPARE_ROWS
    total, highest = 0.0, 1
    for index, column in enumerate(columns, start=1):
        shown = [_shown(row[index - 1]) for row in rows]
        wide = looks.width(column.heading, shown, _least(column))
        total += wide
        highest = max(highest, looks.lines(column.heading, wide - 1.5))
        letter = get_column_letter(index)
        heading = looks.cell_at(sheet, 1, index)
        _heading(heading, column, lang)
        if column.note:
            heading.comment = looks.comment(column.note, looks.AUTHOR.text(lang))
        _dress_column(sheet, letter, column, wide, lang)
        if (found := _validation(column, lang)) is not None:
            found.add(f"{letter}2:{letter}{last_row}")
            sheet.add_data_validation(found)
    sheet.row_dimensions[1].height = looks.height((), highest) + 6
    painter = _Painter(lang)
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, columns, row, painter)
    _highlight(sheet, columns, last_row)
    frozen = 1 + _KEY_COLUMNS.get(content.spec.key, 1)
    sheet.freeze_panes = f"{get_column_letter(frozen)}2"
    looks.print_setup(sheet, total)


def _value(column: Column, row: Row, lang: Lang) -> CellValue:
    return cell_value(column.kind, row.get(column.key), lang)


def _shown(value: CellValue) -> str:
    return "" if value is None else str(value)


def _least(column: Column) -> int:
    return _LEAST_NAMED_WIDTH.get(column.key, _LEAST_WIDTH.get(column.kind, 7))


def _heading(cell: Cell, column: Column, lang: Lang) -> None:
    looks.put(cell, column.heading)
    color = looks.OPTIONAL
    if column.required:
        color = looks.REQUIRED
    elif column.shown_only:
        color = looks.SHOWN_ONLY
    cell.fill = looks.fill(color)
    cell.font = looks.font(lang, bold=True, color="FFFFFF" if column.required else "1F3864")
    cell.alignment = looks.aligned("center")
    cell.border = looks.BOX
    cell.number_format = "@"


def _dress_column(sheet: Worksheet, letter: str, column: Column, wide: float, lang: Lang) -> None:
    """The look of the cells that are still empty."""
    dimension = sheet.column_dimensions[letter]
    dimension.width = wide
    dimension.number_format = looks.FORMATS.get(column.kind, "@")
    dimension.alignment = _alignment(column)
    dimension.font = looks.font(lang, color=looks.GREY_TEXT if column.shown_only else "000000")


def _alignment(column: Column) -> Alignment:
    return looks.aligned("center" if column.kind in _CENTRED else None)


def _validation(column: Column, lang: Lang) -> DataValidation | None:
    if column.spec is not None:
        return validation(column.spec, lang)
    return word_validation(Level, lang) if column.kind is CellKind.WORD else None


class _Painter:
    """Dresses cells; those of one look share one style, which is made only once."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.like: dict[tuple[bool, bool, str], Cell] = {}

    def dress(self, cell: Cell, column: Column, value: CellValue) -> None:
        number_format = _number_format(column.kind, value)
        look = (column.kind in _CENTRED, column.shown_only, number_format)
        if look in self.like:
            looks.dress(cell, self.like[look])
            return
        cell.border = looks.BOX
        cell.number_format = number_format
        cell.alignment = _alignment(column)
        color = looks.GREY_TEXT if column.shown_only else "000000"
        cell.font = looks.font(self.lang, color=color)
        self.like[look] = cell


def _write_row(
    sheet: Worksheet,
    number: int,
    columns: Sequence[Column],
    row: Sequence[CellValue],
    painter: _Painter,
) -> None:
    for index, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
        cell = looks.cell_at(sheet, number, index)
        if value is not None:
            looks.put(cell, value)
        painter.dress(cell, column, value)
    texts = (
        (_shown(v), sheet.column_dimensions[get_column_letter(n)].width)
        for n, v in enumerate(row, start=1)
    )
    sheet.row_dimensions[number].height = looks.height(texts)


def _number_format(kind: CellKind, value: CellValue) -> str:
    if kind is CellKind.SHARE and isinstance(value, float):
        percent = f"{value * 100:.8g}"
        decimals = len(percent.partition(".")[2])
        return f"0.{'0' * decimals}%" if decimals else "0%"
    return looks.FORMATS.get(kind, "@")


def _highlight(sheet: Worksheet, columns: Sequence[Column], last_row: int) -> None:
    """Colours that follow what is typed: levels of wishes, and required cells left empty."""
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        cells = f"{letter}2:{letter}{last_row}"
        is_level = column.spec.choices is Level if column.spec else column.kind is CellKind.WORD
        if is_level:
            _color_levels(sheet, cells)
        elif column.required and index > 1:
            formula = f'AND($A2<>"",{letter}2="")'
            missing = Rule("expression", formula=[formula], dxf=_filled(looks.ERROR))
            sheet.conditional_formatting.add(cells, missing)


def _color_levels(sheet: Worksheet, cells: str) -> None:
    for level, color in _LEVEL_COLORS.items():
        for text in dict.fromkeys((level.zh, level.en)):
            equal = Rule("cellIs", operator="equal", formula=[f'"{text}"'], dxf=_filled(color))
            sheet.conditional_formatting.add(cells, equal)


def _filled(color: str) -> DifferentialStyle:
    return DifferentialStyle(fill=looks.fill(color))


def _pairs(sheet: Worksheet, content: Content, lang: Lang) -> None:
    """One item per row: heading, value, and a note beside it."""
    row = content.rows[0] if content.rows else {}
    widths = (22.0, 34.0, 60.0)
    for letter, wide in zip("ABC", widths, strict=True):
        sheet.column_dimensions[letter].width = wide
    for number, column in enumerate(columns_of(content, lang), start=1):
        _heading(looks.cell_at(sheet, number, 1), column, lang)
        cell = looks.cell_at(sheet, number, 2)
        looks.put(cell, _value(column, row, lang))
        cell.number_format = _number_format(column.kind, None)
        cell.alignment = looks.aligned("left", indent=1)
        cell.font = looks.font(lang)
        cell.border = looks.BOX
        if (found := _validation(column, lang)) is not None:
            found.add(f"B{number}")
            sheet.add_data_validation(found)
        note = looks.cell_at(sheet, number, 3)
        note.value = column.note.replace("\n", " ")
        note.font = looks.font(lang, size=9.5, color=looks.GREY_TEXT)
        note.alignment = looks.aligned("left", indent=1)
        sheet.row_dimensions[number].height = looks.height([(str(note.value), widths[2])], 2)
    sheet.freeze_panes = "B1"
    looks.print_setup(sheet, sum(widths), heading=False)
