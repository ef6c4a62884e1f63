"""Fixtures to hand out: by grade, by class, and for the referees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from instances.messages import Label, Lang, Template, join
from instances.words import Weekday, grade_text
from scheduler.tournaments.book import Book, Match
from scheduler.workbook.fixtures import OPEN_REFEREE
from scheduler.workbook.sheet import LINE, Sheet, Value

BY_GRADE = Template("{grade}对阵", "Grade {grade} fixtures")
BY_CLASS = Label("各班对阵", "By class")
REFEREES = Label("裁判安排", "Referees")
COURT = Template("{room} {court}号", "{room} {court}")
DATE, WEEKDAY, TIME = Label("日期", "Date"), Label("星期", "Weekday"), Label("时间", "Time")
ROOM, STAGE = Label("场地", "Room"), Label("比赛", "Tournament")
FIRST, SECOND = Label("甲队", "First team"), Label("乙队", "Second team")
SCORE, STAFF = Label("比分", "Score"), Label("裁判", "Referees")
OPPONENT, NAMED = Label("对手", "Opponent"), Label("甲乙", "Named")
NAME, TURNS = Label("姓名", "Name"), Label("场数", "Matches")
FIRST_NAMED, SECOND_NAMED = Label("甲队", "first"), Label("乙队", "second")
LATER = Label(
    "淘汰赛的对手在小组赛或上一轮之后确定，见“淘汰赛”表。",
    "Opponents in a knock-out are known after the groups or the round before: see Knock-out.",
)
STAGE_OF = Template("{tournament} {stage}", "{tournament}, {stage}")
VERSUS = Template("{home} — {away}", "{home} — {away}")
A4, CHARACTER, SAFE = (523.0, 740.0), 6.2, 0.95
"""Points inside the margins of an upright page, points of a character of width, reserve."""


def list_sheets(book: Book, lang: Lang) -> list[Sheet]:
    """A sheet for each grade that plays, one for all classes, one for the referees."""
    return [*_grades(book, lang), _classes(book, lang), _referees(book, lang)]


def _when(match: Match, lang: Lang) -> list[Value]:
    place = match.place
    return [
        match.date,
        Weekday(match.date.isoweekday()).text(lang) if match.date else None,
        f"{place.start:%H:%M}–{place.end:%H:%M}" if place else None,
        COURT(room=place.room, court=place.court).text(lang) if place else None,
    ]


def _stage(match: Match, lang: Lang) -> str:
    fixture = match.fixture
    return STAGE_OF(tournament=fixture.tournament, stage=fixture.label).text(lang)


def _grades(book: Book, lang: Lang) -> Iterable[Sheet]:
    known = book.instance.class_by_name
    grades = sorted({known[team].grade for draw in book.draws for team in draw.teams})
    for grade in grades:
        name = grade_text(grade, lang) if lang == "zh" else str(grade)
        sheet = Sheet(BY_GRADE(grade=name).text(lang))
        widths = (11.5, 8, 13, 14, 26, 15, 8, 15, 14)
        sheet.widths = dict(enumerate(widths, 1))
        sheet.put(1, 1, sheet.title, "title")
        sheet.heights[1] = 30
        heads = (DATE, WEEKDAY, TIME, ROOM, STAGE, FIRST, SCORE, SECOND, STAFF)
        sheet.line(3, 1, [head.text(lang) for head in heads], "head")
        sheet.heights[3] = 20
        rows = [m for m in book.matches if any(known[t].grade == grade for t in m.fixture.teams)]
        _fill(sheet, 4, rows, lambda match: _grade_row(match, lang))
        sheet.print_rows = (3, 3)
        sheet.freeze = "A4"
        sheet.header = f"{book.instance.school}\n"
        yield sheet


def _grade_row(match: Match, lang: Lang) -> list[Value]:
    score = f"{match.score.home} : {match.score.away}" if match.score else " : "
    return [
        *_when(match, lang),
        _stage(match, lang),
        match.side("home", lang),
        score,
        match.side("away", lang),
        join(match.place.referees, lang) if match.place else None,
    ]


def _fill(
    sheet: Sheet, row: int, matches: Sequence[Match], cells: Callable[[Match], list[Value]]
) -> int:
    """A row for each match from ``row`` on; the next free row. Every other date is shaded."""
    shaded, before = True, None
    for match in matches:
        if match.date != before:
            shaded, before = not shaded, match.date
        for column, value in enumerate(cells(match), 1):
            dated = column == 1 and match.date is not None
            style = ("shade_date" if shaded else "date") if dated else ("text", "shade")[shaded]
            sheet.put(row, column, value, style)
        sheet.fit(row, least=19)
        row += 1
    return row


def _classes(book: Book, lang: Lang) -> Sheet:
    """One block for each class, with its own matches alone."""
    sheet = Sheet(BY_CLASS.text(lang))
    sheet.widths = dict(enumerate((11.5, 8, 13, 15, 28, 16, 9), 1))
    sheet.put(1, 1, sheet.title, "title")
    sheet.heights[1] = 30
    row = 2
    if any(fixture.is_knockout for draw in book.draws for fixture in draw.fixtures):
        sheet.put(row, 1, LATER.text(lang), "note")
        row += 1
    heads = (DATE, WEEKDAY, TIME, ROOM, STAGE, OPPONENT, NAMED)
    teams = {team for draw in book.draws for team in draw.teams}
    for name in (c.name for c in book.instance.classes if c.name in teams):
        mine = [match for match in book.matches if name in match.fixture.known]
        if not mine:
            continue
        row += 1
        if _height(sheet, row) + 24 + 20 * (len(mine) + 1) > _page(sheet):
            sheet.breaks.append(row - 1)
        sheet.put(row, 1, name, "section")
        sheet.line(row + 1, 1, [head.text(lang) for head in heads], "head")
        sheet.heights |= {row: 24, row + 1: 20}
        row = _fill(sheet, row + 2, mine, lambda match, name=name: _class_row(match, name, lang))  # type: ignore[misc]
    sheet.header = f"{book.instance.school}\n"
    return sheet


def _height(sheet: Sheet, row: int) -> float:
    """Points that the rows since the last break take."""
    start = sheet.breaks[-1] if sheet.breaks else 0
    return sum(sheet.heights.get(line, LINE) for line in range(start + 1, row))


def _page(sheet: Sheet) -> float:
    """Points of a page at the scale that fits the width, with a margin of error."""
    width, height = A4
    return SAFE * height * max(1.0, sum(sheet.widths.values()) * CHARACTER / width)


def _class_row(match: Match, name: str, lang: Lang) -> list[Value]:
    first = match.fixture.home.team == name
    return [
        *_when(match, lang),
        _stage(match, lang),
        match.side("away" if first else "home", lang),
        (FIRST_NAMED if first else SECOND_NAMED).text(lang),
    ]


def _referees(book: Book, lang: Lang) -> Sheet:
    """Everybody who referees, with the number of turns; open posts first."""
    sheet = Sheet(REFEREES.text(lang))
    sheet.widths = dict(enumerate((14, 9, 11.5, 8, 13, 15, 28, 24), 1))
    sheet.put(1, 1, sheet.title, "title")
    sheet.heights[1] = 30
    heads = (NAME, TURNS, DATE, WEEKDAY, TIME, ROOM, STAGE, Label("对阵", "Match"))
    sheet.line(3, 1, [head.text(lang) for head in heads], "head")
    sheet.heights[3] = 20
    mine: dict[str, list[Match]] = {}
    for match in book.matches:
        if match.place is None:
            continue
        wanted = book.draw_of(match).tournament.referees - len(match.place.referees)
        openings = [OPEN_REFEREE.text(lang)] * (wanted if match.score is None else 0)
        for name in (*match.place.referees, *openings):
            mine.setdefault(name, []).append(match)
    row = 4
    for name in sorted(mine, key=lambda one: (one != OPEN_REFEREE.text(lang), one)):
        for n, match in enumerate(mine[name]):
            versus = VERSUS(home=match.side("home", lang), away=match.side("away", lang))
            style = "open" if name == OPEN_REFEREE.text(lang) else "side"
            sheet.put(row, 1, name, style)
            sheet.put(row, 2, len(mine[name]) if n == 0 else None, "text")
            cells = [*_when(match, lang), _stage(match, lang), versus.text(lang)]
            for column, value in enumerate(cells, 3):
                sheet.put(row, column, value, "date" if column == 3 else "text")
            sheet.fit(row, least=19)
            row += 1
    sheet.print_rows = (3, 3)
    sheet.freeze = "A4"
    sheet.header = f"{book.instance.school}\n"
    return sheet
