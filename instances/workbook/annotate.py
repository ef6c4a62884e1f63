"""A copy of a school's workbook in which every problem can be seen at its cell."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import LANGS, Label, Lang, Template
from instances.problems import Problem
from instances.workbook import looks
from instances.workbook.foreign import Loss, losses
from instances.workbook.save import replace

PROBLEMS = Label("问题", "Problems")
AUTHOR = Label("课后服务排班检查", "Afterschool check")

_COORDINATE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_BETWEEN = "\n\n"
_OWN_NOTE = "\n――――――――\n"
"""Separates her own note on a cell from what is added to it."""

_TITLE = Template(
    "问题一览：错误 {errors} 个，提醒 {warnings} 个",
    "Problems: errors {errors}, warnings {warnings}",
)
_NOTHING = Label("没有发现问题。", "No problems were found.")
_HOW = Label(
    "红色是错误，必须改正；黄色是提醒，请看一眼。点“单元格”可跳到那里，鼠标停在上面可看说明。"
    "这是副本：请在原来的文件里改正。",
    "Red is an error and must be corrected; yellow only asks for a look. Click a cell's address "
    "to go there; rest the mouse on it to read the note. This is a copy: correct your own file.",
)
_LOSSES = Label("这份副本里没有带上（原来的文件不受影响）", "Not in this copy (your file has it)")
_LOSS_ON = Template("{what}：“{sheets}”表", "{what}: sheets {sheets}")
_SEVERITY = {True: Label("错误", "error"), False: Label("提醒", "warning")}
_COLUMNS: tuple[tuple[Label, float], ...] = (
    (Label("序号", "No."), 6.0),
    (Label("级别", "Level"), 9.0),
    (Label("工作表", "Sheet"), 14.0),
    (Label("单元格", "Cell"), 9.0),
    (Label("内容", "Content"), 20.0),
    (Label("问题", "Problem"), 48.0),
    (Label("怎么改", "What to do"), 48.0),
)
_LAST = len(_COLUMNS)
_CONTENT = 5
_KEPT = get_column_letter(_LAST + 2)
_TITLES = {PROBLEMS.text(lang) for lang in LANGS}
_AUTHORS = {AUTHOR.text(lang) for lang in LANGS}


def annotate(path_in: Path, problems: Sequence[Problem], path_out: Path, lang: Lang) -> None:
    """Write a copy of a workbook with its problems coloured, commented and listed.

    A file that cannot be opened gives a workbook with the list alone.

    Raises
    ------
    ValueError
        If the copy would take the place of the workbook itself.
    """
    if path_out.exists() and path_in.exists() and path_out.samefile(path_in):
        raise ValueError(f"{path_out} not understood as a copy: it is the workbook itself.")
    macros = path_in.suffix.casefold() == path_out.suffix.casefold() == ".xlsm"
    opened = _opened(path_in, macros)
    book = looks.new_workbook(lang) if opened is None else opened
    _unmark(book)
    listing = book.create_sheet(PROBLEMS.text(lang), 0)
    _mark(book, problems, listing, lang)
    lost = [] if opened is None else losses(path_in, macros_kept=macros)
    _List(listing, lang).write(problems, lost)
    _show_first(book)
    buffer = io.BytesIO()
    book.save(buffer)
    replace(path_out, buffer.getvalue())


def _opened(path: Path, macros: bool) -> Workbook | None:
    """The workbook with its formulas and rich text, or ``None`` if it cannot be opened."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is not carried over is listed in the copy
        try:
            return load_workbook(path, rich_text=True, keep_vba=macros)
        except Exception:  # a damaged part: whichever error its parser raises
            return None


def _is_list(sheet: Worksheet) -> bool:
    """Whether a sheet is the list of an earlier check."""
    begins = tuple(_TITLE.text(lang).partition("{")[0] for lang in LANGS)
    return sheet.title in _TITLES and str(sheet["A1"].value).startswith(begins)


def _unmark(book: Workbook) -> None:
    """Take away what an earlier check left, and make her notes large enough to read."""
    lists = [sheet for sheet in book.worksheets if _is_list(sheet)]
    looked = {str(kept.value): kept for sheet in lists for kept in sheet[_KEPT]}
    for sheet in lists:
        book.remove(sheet)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                note = cell.comment
                if note is None or not isinstance(cell, Cell):
                    continue
                looks.fit(note)
                if note.author in _AUTHORS:
                    cell.fill = PatternFill()
                    if (kept := looked.get(_address(cell))) is not None:
                        looks.dress(cell, kept)
                    before, found, _ = note.text.partition(_OWN_NOTE)
                    cell.comment = looks.comment(before, looks.AUTHOR.zh) if found else None


def _mark(book: Workbook, problems: Iterable[Problem], listing: Worksheet, lang: Lang) -> None:
    """Colour and comment every cell with a problem; a hidden column keeps how it looked."""
    at: dict[Cell, list[Problem]] = {}
    for problem in problems:
        cell = _cell(book, problem)
        if cell is not None:
            at.setdefault(cell, []).append(problem)
    listing.column_dimensions[_KEPT].hidden = True
    for number, (cell, found) in enumerate(at.items(), start=1):
        kept = listing[f"{_KEPT}{number}"]
        looks.put(kept, _address(cell))
        looks.dress(kept, cell)
        serious = any(problem.is_error for problem in found)
        cell.fill = looks.fill(looks.ERROR if serious else looks.WARNING)
        was = cell.font
        cell.font = Font(was.name, was.sz, b=was.b, i=was.i, color="000000")
        text = _BETWEEN.join(
            f"{p.message.text(lang)}\n{p.remedy.text(lang)}".strip() for p in found
        )
        if cell.comment is not None:
            text = cell.comment.text + _OWN_NOTE + text
        cell.comment = looks.comment(text, AUTHOR.text(lang))


def _address(cell: Cell) -> str:
    sheet = cell.parent
    return f"{sheet.title if isinstance(sheet, Worksheet) else ''}!{cell.coordinate}"


def _cell(book: Workbook, problem: Problem) -> Cell | None:
    """The cell of a problem; of merged cells the first, which is the one that shows."""
    sheet = book[problem.sheet] if problem.sheet in book.sheetnames else None
    coordinate = problem.cell or ""
    if not isinstance(sheet, Worksheet) or not _COORDINATE.fullmatch(coordinate):
        return None
    cell = sheet[coordinate]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    return cell if isinstance(cell, Cell) else None


def _show_first(book: Workbook) -> None:
    """Open at the list, with no other sheet selected along with it."""
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False


class _List:
    """The sheet that lists the problems, and what the copy lacks; ``row`` is the next one."""

    def __init__(self, sheet: Worksheet, lang: Lang) -> None:
        self.sheet = sheet
        self.lang = lang
        self.row = 1

    def write(self, problems: Sequence[Problem], lost: Sequence[Loss]) -> None:
        self.sheet.sheet_properties.tabColor = looks.TAB_REQUIRED
        self.sheet.sheet_view.showGridLines = False
        for index, (_, wide) in enumerate(_COLUMNS, start=1):
            self.sheet.column_dimensions[get_column_letter(index)].width = wide
        errors = sum(problem.is_error for problem in problems)
        title = _TITLE(errors=errors, warnings=len(problems) - errors).text(self.lang)
        self._across(title, size=16, bold=True)
        self._across((_HOW if problems else _NOTHING).text(self.lang))
        if problems:
            self._headings()
        for number, problem in enumerate(problems, start=1):
            self._problem(number, problem)
        if lost:
            self.row += 1
            self._across(_LOSSES.text(self.lang), bold=True)
        for loss in lost:
            self._across(self._loss(loss))
        looks.print_setup(self.sheet, sum(wide for _, wide in _COLUMNS), heading=False)
        if problems:
            self.sheet.print_title_rows = "3:3"

    def _headings(self) -> None:
        for index, (label, _) in enumerate(_COLUMNS, start=1):
            cell = looks.cell_at(self.sheet, self.row, index)
            cell.value = label.text(self.lang)
            cell.font = looks.font(self.lang, bold=True, color="FFFFFF")
            cell.fill = looks.fill(looks.REQUIRED)
            cell.alignment = looks.aligned("center")
            cell.border = looks.BOX
        self.sheet.row_dimensions[self.row].height = 22
        self.row += 1
        self.sheet.freeze_panes = f"A{self.row}"

    def _problem(self, number: int, problem: Problem) -> None:
        texts = (
            str(number),
            _SEVERITY[problem.is_error].text(self.lang),
            problem.sheet,
            problem.cell or "",
            problem.value,
            problem.message.text(self.lang),
            problem.remedy.text(self.lang),
        )
        for index, text in enumerate(texts, start=1):
            cell = looks.cell_at(self.sheet, self.row, index)
            looks.put(cell, text)
            cell.font = looks.font(self.lang)
            cell.alignment = looks.aligned("center" if index < _CONTENT else None)
            cell.border = looks.BOX
        looks.put(looks.cell_at(self.sheet, self.row, 1), number)
        level = looks.cell_at(self.sheet, self.row, 2)
        level.fill = looks.fill(looks.ERROR if problem.is_error else looks.WARNING)
        self._link(problem)
        widths = [wide for _, wide in _COLUMNS]
        self.sheet.row_dimensions[self.row].height = looks.height(zip(texts, widths, strict=True))
        self.row += 1

    def _link(self, problem: Problem) -> None:
        book = self.sheet.parent
        if book is None or problem.sheet not in book.sheetnames:
            return
        place = problem.cell if _COORDINATE.fullmatch(problem.cell or "") else "A1"
        cell = looks.cell_at(self.sheet, self.row, 4 if problem.cell else 3)
        looks.link(cell, problem.sheet, place or "A1", self.lang)

    def _loss(self, loss: Loss) -> str:
        if not loss.sheets:
            return loss.what.text(self.lang)
        return _LOSS_ON(what=loss.what, sheets=loss.sheets).text(self.lang)

    def _across(self, text: str, *, size: float = 10.5, bold: bool = False) -> None:
        """A line over the whole width."""
        self.sheet.merge_cells(
            start_row=self.row, end_row=self.row, start_column=1, end_column=_LAST
        )
        cell = looks.cell_at(self.sheet, self.row, 1)
        cell.value = text
        cell.font = looks.font(self.lang, size=size, bold=bold)
        cell.alignment = looks.aligned()
        total = sum(wide for _, wide in _COLUMNS)
        self.sheet.row_dimensions[self.row].height = looks.height([(text, total)]) * size / 10.5
        self.row += 1
