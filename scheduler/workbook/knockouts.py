"""The bracket of each knock-out: rounds from left to right, scores from the sheet of fixtures."""

from __future__ import annotations

from instances.messages import Label, Lang, Template, localize
from scheduler.tournaments.book import Book, Match
from scheduler.tournaments.standings import Draw
from scheduler.workbook.fixtures import cell_of
from scheduler.workbook.sheet import Formula, Sheet

NAME = Label("淘汰赛", "Knock-out")
TITLE = Template("{tournament}", "{tournament}")
NOTE = Label(
    "比分取自“对阵”表；晋级的班级在用 --results 重新编排后填入。",
    "Scores come from the sheet of fixtures; who goes on is filled in when they are read with "
    "--results.",
)
WHERE = Template("第{number}场　{date} {start}", "match {number}, {date} {start}")
NUMBER = Template("第{number}场", "match {number}")
CHAMPION = Label("冠军", "Champion")
WIDE, NARROW, GAP = 20.0, 6.0, 4.0
STEP = 4
"""Rows from one match of the first round to the next."""


def knockouts_sheet(book: Book, lang: Lang) -> Sheet | None:
    """The brackets, one below the other; ``None`` where there is no knock-out."""
    draws = [draw for draw in book.draws if any(f.is_knockout for f in draw.fixtures)]
    if not draws:
        return None
    sheet = Sheet(NAME.text(lang), landscape=True)
    sheet.put(1, 1, NOTE.text(lang), "note")
    row = 2
    for draw in draws:
        row = _bracket(sheet, row, book, draw, lang) + 2
    rounds = max(f.round for draw in draws for f in draw.fixtures if f.is_knockout)
    for n in range(rounds + 1):
        sheet.widths |= {3 * n + 1: WIDE, 3 * n + 2: NARROW, 3 * n + 3: GAP}
    sheet.header = f"{book.instance.school}\n"
    return sheet


def _bracket(sheet: Sheet, row: int, book: Book, draw: Draw, lang: Lang) -> int:
    """One bracket from ``row`` on; the last row it takes."""
    matches = {
        m.fixture.key: m
        for m in book.matches
        if m.fixture.tournament == draw.tournament.name and m.fixture.is_knockout
    }
    sheet.put(row, 1, TITLE(tournament=draw.tournament.name).text(lang), "section")
    sheet.heights[row] = 24
    height = _heights(matches, _final(matches), 0)
    for turn in sorted({m.fixture.round for m in matches.values()}):
        column = 3 * (turn - 1) + 1
        ties = [matches[key] for key in height if matches[key].fixture.round == turn]
        sheet.wide(row + 1, (column, column + 1), ties[0].fixture.label.text(lang), "head")
        for match in ties:
            _match(sheet, row + 3 + height[match.fixture.key], column, book, match, lang)
    last = row + 3 + max(height.values()) + 2
    for match in matches.values():
        if match.fixture.stage == "third":
            column = 3 * (match.fixture.round - 1) + 1
            top = row + 3 + height[_final(matches)] + STEP
            sheet.wide(top, (column, column + 1), match.fixture.label.text(lang), "head")
            _match(sheet, top + 2, column, book, match, lang)
            last = max(last, top + 4)
    _champion(sheet, row, book, matches[_final(matches)], height[_final(matches)], lang)
    return last


def _final(matches: dict[str, Match]) -> str:
    return next(key for key, match in matches.items() if match.fixture.size == 2)


def _heights(matches: dict[str, Match], key: str, top: int) -> dict[str, int]:
    """The rows of a match and of those that lead to it: in the middle of what they take."""
    fixture = matches[key].fixture
    rows = STEP * 2 ** (fixture.round - 1)
    found = {key: top + (rows - STEP) // 2}
    for n, side in enumerate((fixture.home, fixture.away)):
        if side.source is not None and side.source.of in matches:
            found |= _heights(matches, side.source.of, top + n * rows // 2)
    return found


def _match(sheet: Sheet, row: int, column: int, book: Book, match: Match, lang: Lang) -> None:
    """Two teams with their scores, and above them when it is played."""
    number = match.fixture.number
    where = NUMBER(number=number)
    if match.place is not None:
        where = WHERE(number=number, date=match.place.date, start=match.place.start)
    sheet.put(row - 1, column, where.text(lang), "note")
    for n, which in enumerate(("home", "away")):
        sheet.put(row + n, column, match.side(which, lang), "side_left")
        cell = cell_of(book, match.fixture.key, f"{which}_score", lang)
        result: str | int = ""
        if match.score is not None:
            result = match.score.home if which == "home" else match.score.away
        sheet.put(row + n, column + 1, Formula(f'IF({cell}="","",{cell})', result), "text")


def _champion(sheet: Sheet, row: int, book: Book, final: Match, height: int, lang: Lang) -> None:
    column = 3 * final.fixture.round + 1
    sheet.wide(row + 1, (column, column + 1), CHAMPION.text(lang), "head")
    scores = [cell_of(book, final.fixture.key, f"{w}_score", lang) for w in ("home", "away")]
    teams = [cell_of(book, final.fixture.key, which, lang) for which in ("home", "away")]
    winner = ""
    if final.score is not None and final.score.home != final.score.away:
        side = final.fixture.home if final.score.home > final.score.away else final.fixture.away
        winner = localize(side.name, lang)
    text = (
        f"IF(AND(ISNUMBER({scores[0]}),ISNUMBER({scores[1]})),IF({scores[0]}>{scores[1]},{teams[0]},"
        f'IF({scores[0]}<{scores[1]},{teams[1]},"")),"")'
    )
    sheet.wide(row + 3 + height, (column, column + 1), Formula(text, winner), "rank")
