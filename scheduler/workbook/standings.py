"""The standings: tables whose formulas follow the scores as they are typed."""

from __future__ import annotations

from instances.messages import Label, Lang, Template
from scheduler.tournaments.book import Book
from scheduler.tournaments.standings import Draw, Standing, table_of
from scheduler.workbook.fixtures import LEAGUE, column_range
from scheduler.workbook.sheet import Formula, Sheet, letter

NAME = Label("积分榜", "Standings")
TITLE = Template("{tournament}", "{tournament}")
GROUP = Template("{tournament}　{group}组", "{tournament}, group {group}")
POINTS = Template(
    "胜{win}分、平{draw}分、负{loss}分；积分相同比净胜，再比得分，仍相同按报名顺序暂列。",
    "Win {win}, draw {draw}, loss {loss}; level teams by difference, then scored, then as entered.",
)
HEADS = (
    (Label("名次", "Rank"), 7),
    (Label("班级", "Team"), 18),
    (Label("场", "Played"), 8),
    (Label("胜", "Won"), 8),
    (Label("平", "Drawn"), 8),
    (Label("负", "Lost"), 8),
    (Label("得", "For"), 8),
    (Label("失", "Against"), 8),
    (Label("净", "Difference"), 11),
    (Label("积分", "Points"), 9),
)
SHOWN = len(HEADS)
CALC = SHOWN + 3
"""The first column of the calculation beside the tables, which is not printed."""
TEAM, PLAYED, WON, DRAWN, LOST, FOR, AGAINST, DIFFERENCE, TOTAL, RANK = range(CALC, CALC + 10)
CALCULATION = Label("计算用，请勿改动", "calculation, please leave as it is")


def standings_sheet(book: Book, lang: Lang) -> Sheet | None:
    """One table for each league and group; ``None`` where there are only knock-outs."""
    tables = [(draw, group) for draw in book.draws for group in draw.groups]
    if not tables:
        return None
    sheet = Sheet(NAME.text(lang), print_columns=SHOWN)
    for column, (_, width) in enumerate(HEADS, 1):
        sheet.widths[column] = width
    sheet.put(1, CALC, CALCULATION.text(lang), "note")
    row = 1
    for draw, group in tables:
        row = _table(sheet, row, book, draw, group, lang) + 2
    sheet.header = f"{book.instance.school}\n"
    return sheet


def _table(sheet: Sheet, row: int, book: Book, draw: Draw, group: str, lang: Lang) -> int:
    tournament = draw.tournament
    facts = {"tournament": tournament.name}
    title = GROUP(**facts, group=group) if group else TITLE(**facts)
    sheet.put(row, 1, title.text(lang), "section")
    points = POINTS(win=tournament.win, draw=tournament.draw, loss=tournament.loss)
    sheet.put(row + 1, 1, points.text(lang), "note")
    sheet.line(row + 2, 1, [label.text(lang) for label, _ in HEADS], "head")
    sheet.heights |= {row: 24, row + 2: 20}
    lines, members = table_of(draw, group), draw.members(group)
    first, last = row + 3, row + 2 + len(members)
    for n, team in enumerate(members):
        line = next(line for line in lines if line.team == team)
        _calculate(
            sheet, first + n, (first, last), book, draw, group, line, lines.index(line), lang
        )
    for n, line in enumerate(lines):
        _show(sheet, first + n, (first, last), n + 1, line)
    return last


def _show(sheet: Sheet, row: int, span: tuple[int, int], rank: int, line: Standing) -> None:
    """A line of the printed table: whoever has that rank in the calculation."""
    sheet.put(row, 1, rank, "rank")
    sheet.heights[row] = 20
    values = _values(line)
    where = f"MATCH($A{row},{_column(RANK, span)},0)"
    for column, source in enumerate(range(TEAM, RANK), 2):
        formula = Formula(f"INDEX({_column(source, span)},{where})", values[source])
        sheet.put(row, column, formula, "side_left" if source == TEAM else "text")


def _values(line: Standing) -> dict[int, str | int]:
    return {
        TEAM: line.team,
        PLAYED: line.played,
        WON: line.won,
        DRAWN: line.drawn,
        LOST: line.lost,
        FOR: line.scored,
        AGAINST: line.conceded,
        DIFFERENCE: line.scored - line.conceded,
        TOTAL: line.points,
    }


def _column(column: int, span: tuple[int, int]) -> str:
    return f"${letter(column)}${span[0]}:${letter(column)}${span[1]}"


def _calculate(
    sheet: Sheet,
    row: int,
    span: tuple[int, int],
    book: Book,
    draw: Draw,
    group: str,
    line: Standing,
    place: int,
    lang: Lang,
) -> None:
    """A team's line in the order of the teams, counted from the sheet of fixtures."""
    values = _values(line)
    sheet.put(row, TEAM, line.team, "calc")
    tournament = draw.tournament
    formulas = _counts(book, tournament.name, group, row, lang)
    won, drawn, lost = (f"${letter(column)}{row}" for column in (WON, DRAWN, LOST))
    scored, conceded = (f"${letter(column)}{row}" for column in (FOR, AGAINST))
    formulas[PLAYED] = f"{won}+{drawn}+{lost}"
    formulas[DIFFERENCE] = f"{scored}-{conceded}"
    formulas[TOTAL] = f"{tournament.win}*{won}+{tournament.draw}*{drawn}+{tournament.loss}*{lost}"
    for column, text in formulas.items():
        sheet.put(row, column, Formula(text, values[column]), "calc")
    sheet.put(row, RANK, Formula(_rank(row, span), place + 1), "calc")


def _counts(book: Book, tournament: str, group: str, row: int, lang: Lang) -> dict[int, str]:
    """Won, drawn, lost, for and against, of matches that have both scores."""

    def cells(key: str) -> str:
        return column_range(book, key, lang)

    team = f"${letter(TEAM)}{row}"
    home, away = f"({cells('home')}={team})", f"({cells('away')}={team})"
    home_score, away_score = cells("home_score"), cells("away_score")
    name = tournament.replace('"', '""')
    played = (
        f'({cells("tournament")}="{name}")*({cells("group")}="{group or LEAGUE}")'
        f"*ISNUMBER({home_score})*ISNUMBER({away_score})"
    )
    more, less = f"({home_score}>{away_score})", f"({home_score}<{away_score})"
    return {
        WON: f"SUMPRODUCT({played}*({home}*{more}+{away}*{less}))",
        DRAWN: f"SUMPRODUCT({played}*({home}+{away})*({home_score}={away_score}))",
        LOST: f"SUMPRODUCT({played}*({home}*{less}+{away}*{more}))",
        FOR: f"SUMPRODUCT({played}*{home},{home_score})+SUMPRODUCT({played}*{away},{away_score})",
        AGAINST: f"SUMPRODUCT({played}*{home},{away_score})"
        f"+SUMPRODUCT({played}*{away},{home_score})",
    }


def _rank(row: int, span: tuple[int, int]) -> str:
    """One more than those who are better, or level and entered before."""
    keys = (TOTAL, DIFFERENCE, FOR)
    better = []
    for n, key in enumerate(keys):
        level = "".join(f"({_column(k, span)}=${letter(k)}{row})*" for k in keys[:n])
        better.append(f"{level}({_column(key, span)}>${letter(key)}{row})")
    text = f"1+SUMPRODUCT({'+'.join(better)})"
    if row > span[0]:
        above = (span[0], row - 1)
        level = "*".join(f"({_column(k, above)}=${letter(k)}{row})" for k in keys)
        text += f"+SUMPRODUCT(1*{level})"
    return text
