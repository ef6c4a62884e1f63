"""The workbook of fixtures: what came of it, fixtures, standings, bracket, lists to hand out."""

from __future__ import annotations

from pathlib import Path

from instances.messages import Label, Lang, Template
from scheduler.tournaments.book import Book
from scheduler.tournaments.verdict import statements
from scheduler.workbook.emit import save, written_aside
from scheduler.workbook.fixture_lists import list_sheets
from scheduler.workbook.fixtures import fixtures_sheet
from scheduler.workbook.knockouts import knockouts_sheet
from scheduler.workbook.sheet import Sheet
from scheduler.workbook.standings import standings_sheet

SUMMARY = Label("概要", "Summary")
COLUMNS = 6
TITLE = Template("{school} 比赛安排", "{school}: tournaments")


def write_fixtures(book: Book, path: Path, lang: Lang) -> None:
    """Write the workbook; with a ``.json`` path, everything as JSON.

    Raises
    ------
    OutputError
        If the file cannot be written; whatever stood there before is still whole.
    """
    if path.suffix.lower() == ".json":
        with written_aside(path) as aside:
            aside.write_text(book.file.model_dump_json(indent=1), encoding="utf-8")
        return
    sheets = [
        _summary(book, lang),
        fixtures_sheet(book, lang),
        standings_sheet(book, lang),
        knockouts_sheet(book, lang),
        *list_sheets(book, lang),
    ]
    whole = [sheet for sheet in sheets if sheet is not None]
    save(whole, path, lang, title=book.instance.school)


def _summary(book: Book, lang: Lang) -> Sheet:
    sheet = Sheet(SUMMARY.text(lang))
    sheet.widths = dict.fromkeys(range(1, COLUMNS + 1), 15.0)
    sheet.put(1, 1, TITLE(school=book.instance.school).text(lang).strip(), "title")
    sheet.heights[1] = 30
    for row, statement in enumerate(statements(book), 3):
        style = "alarm" if statement.alarm else "plain"
        sheet.wide(row, (1, COLUMNS), statement.message.text(lang), style)
        sheet.fit(row, least=22, line=17)
    sheet.header = f"{book.instance.school}\n"
    return sheet
