"""Why not every post is filled, and the ways out, as a page beside the timetable with gaps."""

from __future__ import annotations

from instances.messages import Label
from scheduler.workbook import wording
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.view import View

TITLE = Label("为什么排不满，怎么办", "Why not every post can be filled, and what to do")
CELLS = Label(
    "方括号内是学校工作簿中的工作表和单元格。",
    "In square brackets: the sheet and cell of the school's workbook.",
)
COLUMNS, WIDTH = 8, 12.5
STYLES = {"heading": "heading", "text": "plain", "item": "plain"}
INDENT = {"item": "　• "}


def explanation_sheet(view: View) -> Sheet:
    """One passage to a row, wide enough to read and print."""
    sheet = Sheet(wording.EXPLANATION.text(view.lang), header=view.header, tab="A33B20")
    sheet.widths = dict.fromkeys(range(1, COLUMNS + 1), WIDTH)
    title, note = TITLE.text(view.lang), CELLS.text(view.lang)
    rows = [(title, "title", 30.0), (wording.COPY_NOTE.text(view.lang), "note", 15.0)]
    rows.append((note, "note", 15.0))
    alarming = view.result.uncovered_sessions or view.result.pin_issues
    styles = {**STYLES, "answer": "alarm" if alarming else "verdict"}
    for passage in view.published.explanation:
        text = INDENT.get(passage.kind, "") + (passage.zh if view.lang == "zh" else passage.en)
        rows.append((text, styles[passage.kind], 22.0 if passage.kind == "heading" else 18.0))
    for row, (text, style, least) in enumerate(rows, 1):
        sheet.wide(row, (1, COLUMNS), text, style)
        sheet.fit(row, least=least)
    return sheet
