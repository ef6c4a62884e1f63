"""What a cell offers and refuses while it is being filled in."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from instances.messages import Label, Lang, Template
from instances.school import DAYS
from instances.words import Level, Role, Weekday, Word
from instances.workbook.cell_text import grades_text, weekdays_text
from instances.workbook.sheet import CellKind, ColumnSpec, YesNo
from instances.workbook.spec import SHEET_BY_KEY

LISTED = ("classes", "rooms", "staff", "segments", "activities", "tournaments")
"""Sheets whose names other sheets choose from."""

_LAST_NAME_ROW = 2000
_LONGEST_LIST = 255
_FIRST_DATE, _LAST_DATE = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
_EXCEL_ZERO = dt.date(1899, 12, 30)
_USUAL_GRADES: tuple[tuple[int, ...], ...] = (
    *((grade,) for grade in range(1, 10)),
    (1, 2, 3),
    (4, 5, 6),
    tuple(range(1, 7)),
)
_USUAL_DAYS = (*((day,) for day in DAYS), DAYS)

_NO_SUCH_NAME = Template(
    "“{sheet}”表里没有这个名称。请从列表中选，或先到那张表里添加。",
    "Sheet {sheet} has no such name. Choose one from the list, or add it there first.",
)
_NOT_LISTED = Label("列表中没有这个词，请从列表中选。", "Not in the list. Please choose from it.")
_LEVEL_NOT_LISTED = Label(
    "请填愿意、可以、尽量不或不行，也可留空。",
    "Please fill in prefers, willing, rather not or no, or leave it blank.",
)
_SEVERAL = Label("可选一项，也可填多项，用、隔开。", "Choose one, or type several with commas.")
_NUMBER = Template("请填 {low} 到 {high} 的数。", "Please fill in a number from {low} to {high}.")
_SHARE = Label("请填 0% 到 100%。", "Please fill in 0% to 100%.")
_DATE = Label("请填日期，例：2026-09-01。", "Please fill in a date, such as 2026-09-01.")
_TIME = Label("请填时间，例：15:30。", "Please fill in a time, such as 15:30.")

Style = Literal["stop", "warning", "information"]


def name_lists(book: Workbook, lang: Lang) -> None:
    """Names for the lists that drop-downs refer to; they grow with their sheets.

    Drop-downs that name another sheet directly are rewritten by Excel in a form that many
    programs lose; those that use a name are not.
    """
    for key in LISTED:
        spec = SHEET_BY_KEY[key]
        index = next(n for n, column in enumerate(spec.columns, 1) if column.key == "name")
        letter = get_column_letter(index)
        sheet = quote_sheetname(spec.title.text(lang))
        cells = f"{sheet}!${letter}$2:${letter}${_LAST_NAME_ROW}"
        formula = f"OFFSET({sheet}!${letter}$2,0,0,MAX(1,COUNTA({cells})),1)"
        book.defined_names[_list_name(key)] = DefinedName(_list_name(key), attr_text=formula)


def _list_name(key: str) -> str:
    return f"list_{key}"


def validation(column: ColumnSpec, lang: Lang) -> DataValidation | None:
    """The validation of a column's cells, if its kind has one."""
    if column.shown_only:
        return None
    if column.refers_to is not None:
        return _reference(column, lang)
    if column.choices is not None:
        return word_validation(column.choices, lang)
    match column.kind:
        case CellKind.YES_NO:
            return word_validation(YesNo, lang)
        case CellKind.WEEKDAY:
            return _among([day.text(lang) for day in Weekday], _NOT_LISTED, lang)
        case CellKind.WEEKDAYS:
            return _offered([weekdays_text(days, lang) for days in _USUAL_DAYS], lang)
        case CellKind.GRADE:
            return _among([grades_text((grade,), lang) for grade in range(1, 10)], None, lang)
        case CellKind.GRADES:
            return _offered([grades_text(grades, lang) for grades in _USUAL_GRADES], lang)
        case CellKind.POSTS:
            return _offered([role.text(lang) for role in Role], lang)
        case CellKind.INTEGER | CellKind.DECIMAL | CellKind.SHARE:
            return _number(column, lang)
        case CellKind.DATE:
            first, last = ((day - _EXCEL_ZERO).days for day in (_FIRST_DATE, _LAST_DATE))
            return _between("date", str(first), str(last), _DATE.text(lang))
        case CellKind.TIME:
            return _between("time", "0", "0.999989", _TIME.text(lang))
    return None


def word_validation(choices: type[Word], lang: Lang) -> DataValidation:
    """A list of the words of an enumeration; other spellings of a level only warn."""
    words = [word.text(lang) for word in choices]
    if choices is Level:
        return _among(words, _LEVEL_NOT_LISTED, lang, "warning")
    return _among(words, _NOT_LISTED, lang)


def _reference(column: ColumnSpec, lang: Lang) -> DataValidation | None:
    if column.refers_to not in LISTED:
        return None
    formula = _list_name(column.refers_to)
    if column.kind.is_list:
        return _list(formula, None, _SEVERAL.text(lang))
    sheet = SHEET_BY_KEY[column.refers_to].title
    return _list(formula, _NO_SUCH_NAME(sheet=sheet).text(lang), None, "warning")


def _among(
    words: list[str], message: Label | None, lang: Lang, style: Style = "stop"
) -> DataValidation:
    return _list(_inline(words), message.text(lang) if message else None, None, style)


def _offered(words: list[str], lang: Lang) -> DataValidation:
    """Words to choose from that do not keep others out: a cell may hold several."""
    return _list(_inline(words), None, _SEVERAL.text(lang))


def _inline(words: list[str]) -> str:
    text = ",".join(words)
    if len(text) > _LONGEST_LIST or any("," in word for word in words):
        raise ValueError(f"no drop-down list can hold {words!r}.")
    return f'"{text}"'


def _list(
    formula: str, error: str | None, prompt: str | None, style: Style = "stop"
) -> DataValidation:
    found = DataValidation("list", formula1=formula, allow_blank=True, errorStyle=style)
    found.showErrorMessage = error is not None
    found.error = error
    found.showInputMessage = prompt is not None
    found.prompt = prompt
    return found


def _number(column: ColumnSpec, lang: Lang) -> DataValidation | None:
    if column.low is None or column.high is None:
        return None
    kind: Literal["whole", "decimal"] = "whole" if column.kind is CellKind.INTEGER else "decimal"
    facts = {"low": column.low, "high": column.high}
    message = _SHARE if column.kind is CellKind.SHARE else _NUMBER(**facts)
    return _between(kind, str(column.low), str(column.high), message.text(lang))


def _between(
    kind: Literal["whole", "decimal", "date", "time"], low: str, high: str, message: str
) -> DataValidation:
    found = DataValidation(kind, operator="between", formula1=low, formula2=high, allow_blank=True)
    found.showErrorMessage = True
    found.errorStyle = "warning"
    found.error = message
    return found
