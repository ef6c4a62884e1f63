"""The first sheet of the workbook: what it is, in which order to fill it in, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from instances.messages import Label, Lang
from instances.words import Level
from instances.workbook import looks
from instances.workbook.sheet import SheetSpec
from instances.workbook.spec import SHEET_BY_KEY, SHEETS

GUIDE = Label("说明", "Guide")

FIRST_FIVE = ("term", "classes", "staff", "wishes", "activities")
"""The sheets that are enough, in the order in which they are best filled in."""

_WIDTHS = (5.0, 18.0, 22.0, 22.0, 22.0, 22.0)
_LAST = len(_WIDTHS)

_TITLE = Label("课后服务排班：填表说明", "After-school timetable: how to fill in this workbook")
_INTRO = Label(
    "把本校的情况填进这个工作簿，程序就能排出整个学期的课后服务课表：谁、哪一天、哪个时段、"
    "在哪里、做什么，并说明离最好还差多少。填写只用 Excel 或 WPS，不需要别的软件。",
    "Describe your school in this workbook, and the program makes the timetable of the whole "
    "term: who does what, when and where, with proof of how good it is. Excel or WPS is all "
    "you need to fill it in.",
)
_START = Label("先填这五张表，就可以排课", "Five sheets are enough to begin")
_LATER = Label(
    "其余各表可以不填，不填就按默认",
    "The other sheets are optional; left empty, defaults hold",
)
_LEVELS = Label("意愿怎么填", "How wishes are written")
_LEVEL_MEANINGS = {
    Level.PREFERS: Label(
        "很想在这个时段（或担任这个活动），尽量满足。", "Wants it; granted wherever possible."
    ),
    Level.WILLING: Label("可以安排。", "Fine."),
    Level.RATHER_NOT: Label(
        "同意，但尽量少安排；所有人轮着来。", "Agrees, but as seldom as possible; shared fairly."
    ),
    Level.NO: Label("不同意，一定不安排。", "Does not agree; never assigned."),
}
_BLANK = Label("（留空）", "(blank)")
_BLANK_MEANING = Label(
    "按“教师”表里这个人的“默认意愿”。", "That person's default wish, on sheet Staff."
)
_COLORS = Label("颜色", "Colours")
_COLOR_MEANINGS = (
    (looks.REQUIRED, Label("深蓝标题：每行都要填", "Dark blue heading: needed in every row")),
    (looks.OPTIONAL, Label("浅蓝标题：可不填", "Light blue heading: optional")),
    (looks.SHOWN_ONLY, Label("灰色标题：只供查看", "Grey heading: for reading only")),
    (looks.ERROR, Label("红色单元格：这一行还缺必填项", "Red cell: still missing in this row")),
    (looks.TAB_REQUIRED, Label("橙色工作表标签：要填的表", "Orange tab: a sheet to fill in")),
    (looks.TAB_OPTIONAL, Label("灰色工作表标签：可不填的表", "Grey tab: an optional sheet")),
)
_HINTS = Label("填写时", "While filling in")
_HINT_LINES = (
    Label(
        "鼠标停在标题上，会显示这一列怎么填。",
        "Rest the mouse on a heading to see what goes there.",
    ),
    Label(
        "一个单元格填多项时，用顿号隔开：周二、周四；语文、足球。",
        "Several things in one cell are separated by commas: Tue, Thu; Chinese, football.",
    ),
    Label(
        "日期写 2026-09-01，时间写 15:30，比例写 90%。",
        "Write dates as 2026-09-01, times as 15:30, shares as 90%.",
    ),
    Label(
        "同名教师要填工号，别的表里写成 王芳(T01)。",
        "Where two people share a name, give them numbers and write Wang Fang(T01) elsewhere.",
    ),
    Label(
        "可以自己加备注列、加工作表，也可以把名单直接粘贴进来；标题行请保留。",
        "You may add columns and sheets of your own and paste lists; keep the row of headings.",
    ),
)
_EXAMPLES = Label(
    "示例（只在这里，不会被读入）", "Examples (only here; nothing on this sheet is read)"
)
_EXAMPLE_COLUMNS = {
    "classes": ("name", "grade", "size", "home_teacher", "participation"),
    "staff": ("name", "skills", "default", "cap_week", "home_class"),
    "activities": ("name", "kind", "grades", "weekdays", "per_week"),
}
_WISH_EXAMPLE = (
    (
        Label("姓名", "Name"),
        Label("周一 第一段", "Mon Segment 1"),
        Label("周一 第二段", "Mon Segment 2"),
        Label("周二 第一段", "Tue Segment 1"),
        Label("足球社", "Football club"),
    ),
    (
        Label("王芳", "Wang Fang"),
        Level.PREFERS.label,
        Level.WILLING.label,
        Level.NO.label,
        Level.RATHER_NOT.label,
    ),
)
_NEXT = Label("填好以后", "When it is filled in")
_COMMANDS = (
    (
        Label("检查", "Check"),
        Label(
            "python cli.py validate 学校.xlsx --annotate 问题.xlsx",
            "python cli.py validate school.xlsx --annotate problems.xlsx",
        ),
        Label(
            "一次列出全部问题；问题.xlsx 是标了颜色的副本，您的文件不会被改动。",
            "Lists all problems at once; problems.xlsx is a coloured copy, your file stays as it "
            "is.",
        ),
    ),
    (
        Label("排课", "Solve"),
        Label(
            "python cli.py solve 学校.xlsx -o 课表.xlsx",
            "python cli.py solve school.xlsx -o timetable.xlsx",
        ),
        Label("排出整个学期的课表。", "Makes the timetable of the term."),
    ),
)


def add_guide(book: Workbook, lang: Lang) -> None:
    """Put the guide in front of the other sheets."""
    sheet = book.create_sheet(GUIDE.text(lang), 0)
    sheet.sheet_properties.tabColor = looks.TAB_GUIDE
    sheet.sheet_view.showGridLines = False
    _Guide(sheet, lang).write()


class _Guide:
    """Writes the guide from top to bottom; ``row`` is the next free row."""

    def __init__(self, sheet: Worksheet, lang: Lang) -> None:
        self.sheet = sheet
        self.lang = lang
        self.row = 1

    def write(self) -> None:
        for letter, wide in zip("ABCDEF", _WIDTHS, strict=True):
            self.sheet.column_dimensions[letter].width = wide
        self._wide(_TITLE, size=16, bold=True, color=looks.REQUIRED)
        self._wide(_INTRO)
        self._sheets(_START, [SHEET_BY_KEY[key] for key in FIRST_FIVE], numbered=True)
        others = [spec for spec in SHEETS if spec.key not in FIRST_FIVE]
        self._sheets(_LATER, others, numbered=False)
        self._levels()
        self._section(_HINTS)
        for line in _HINT_LINES:
            self._line("·", [(2, _LAST, line)])
        self._section(_NEXT)
        for name, command, meaning in _COMMANDS:
            self._line("", [(2, 2, name), (3, _LAST, command)], bold=(2, 3))
            self._line("", [(3, _LAST, meaning)])
        self._colors()
        self._examples()
        looks.print_setup(self.sheet, sum(_WIDTHS), heading=False)
        self.sheet.page_setup.orientation = "portrait"
        self.sheet.page_setup.fitToHeight = 1
        self.sheet.print_area = f"A1:F{self.row - 1}"

    def _wide(
        self, label: Label, *, size: float = 10.5, bold: bool = False, color: str = "000000"
    ) -> None:
        """A paragraph over the whole width."""
        self._put(1, _LAST, label.text(self.lang), size=size, bold=bold, color=color)
        self.sheet.row_dimensions[self.row].height = (
            looks.height([(label.text(self.lang), sum(_WIDTHS))]) * size / 10.5
        )
        self.row += 1

    def _section(self, label: Label) -> None:
        self.sheet.row_dimensions[self.row].height = 8
        self.row += 1
        self._put(1, _LAST, label.text(self.lang), size=12, bold=True, color="FFFFFF")
        for column in range(1, _LAST + 1):
            self.sheet.cell(self.row, column).fill = looks.fill(looks.REQUIRED)
        self.sheet.row_dimensions[self.row].height = 22
        self.row += 1

    def _sheets(self, title: Label, specs: Sequence[SheetSpec], *, numbered: bool) -> None:
        self._section(title)
        for number, spec in enumerate(specs, start=1):
            mark = str(number) if numbered else "·"
            self._line(mark, [(2, 2, spec.title), (3, _LAST, spec.purpose)])
            name = looks.cell_at(self.sheet, self.row - 1, 2)
            looks.link(name, spec.title.text(self.lang), "A1", self.lang, bold=numbered)

    def _levels(self) -> None:
        self._section(_LEVELS)
        colors = {Level.PREFERS: looks.GREEN, Level.RATHER_NOT: looks.YELLOW, Level.NO: looks.RED}
        for level, meaning in _LEVEL_MEANINGS.items():
            self._line("", [(2, 2, level.label), (3, _LAST, meaning)], bold=(2,))
            if level in colors:
                self.sheet.cell(self.row - 1, 2).fill = looks.fill(colors[level])
        self._line("", [(2, 2, _BLANK), (3, _LAST, _BLANK_MEANING)])

    def _colors(self) -> None:
        self._section(_COLORS)
        for color, meaning in _COLOR_MEANINGS:
            self._line("", [(3, _LAST, meaning)])
            swatch = self.sheet.cell(self.row - 1, 2)
            swatch.fill = looks.fill(color)
            swatch.border = looks.BOX

    def _examples(self) -> None:
        self._section(_EXAMPLES)
        for key in FIRST_FIVE:
            for title, table in self._example_tables(key):
                self._line("", [(2, _LAST, title)], bold=(2,))
                self._example(table)

    def _example_tables(self, key: str) -> Iterator[tuple[Label, Sequence[Sequence[Label]]]]:
        spec = SHEET_BY_KEY[key]
        if key == "wishes":
            yield spec.title, _WISH_EXAMPLE
        elif key in _EXAMPLE_COLUMNS:
            columns = [spec.column(name) for name in _EXAMPLE_COLUMNS[key]]
            yield spec.title, ([c.title for c in columns], [c.example for c in columns])

    def _example(self, table: Sequence[Sequence[Label]]) -> None:
        """A heading row and a row of cells as they would be filled in."""
        for is_cell, row in enumerate(table):
            for index, label in enumerate(row, start=2):
                cell = self.sheet.cell(self.row, index, label.text(self.lang))
                cell.border = looks.BOX
                cell.number_format = "@"
                cell.alignment = looks.aligned("center")
                if is_cell:
                    cell.font = looks.font(self.lang, italic=True, color=looks.GREY_TEXT)
                else:
                    cell.font = looks.font(self.lang, bold=True)
                    cell.fill = looks.fill(looks.OPTIONAL)
            self.sheet.row_dimensions[self.row].height = 20
            self.row += 1
        self.sheet.row_dimensions[self.row].height = 6
        self.row += 1

    def _line(
        self, mark: str, parts: Sequence[tuple[int, int, Label]], bold: Sequence[int] = ()
    ) -> None:
        """One row: a mark, and texts each over some columns."""
        cell = self.sheet.cell(self.row, 1, mark or None)
        cell.font = looks.font(self.lang, bold=True)
        cell.alignment = looks.aligned("center")
        texts = []
        for first, last, label in parts:
            text = label.text(self.lang)
            self._put(first, last, text, bold=first in bold)
            texts.append((text, sum(_WIDTHS[first - 1 : last])))
        self.sheet.row_dimensions[self.row].height = looks.height(texts)
        self.row += 1

    def _put(
        self,
        first: int,
        last: int,
        text: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        color: str = "000000",
    ) -> None:
        if last > first:
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=first, end_column=last
            )
        cell = self.sheet.cell(self.row, first, text)
        cell.font = looks.font(self.lang, size=size, bold=bold, color=color)
        cell.alignment = looks.aligned()
