"""The sheet of all fixtures by date: printed, played, filled in with scores, and read back."""

from __future__ import annotations

from instances.messages import Label, Lang, Template, join
from instances.words import Weekday
from scheduler.tournaments.book import Book, Match
from scheduler.workbook.sheet import Sheet, Value, sheet_range, widest

NAME = Label("对阵", "Fixtures")
TITLE = Template("{school} 比赛对阵", "{school}: fixtures")
NOTE = Label(
    "比分填在黄格里，积分榜和淘汰赛表随即更新；填好后用 --results 读入，编排下一轮或补赛。",
    "Type scores into the yellow cells: standings and bracket follow at once. Then read the file "
    "with --results to fill the next round or to replay.",
)
HEADS: dict[str, tuple[Label, float]] = {
    "date": (Label("日期", "Date"), 11.5),
    "weekday": (Label("星期", "Weekday"), 9),
    "start": (Label("开始", "Start"), 7),
    "end": (Label("结束", "End"), 7),
    "room": (Label("场地", "Room"), 12),
    "court": (Label("片号", "Court"), 6),
    "tournament": (Label("比赛", "Tournament"), 16),
    "stage": (Label("阶段", "Stage"), 13),
    "home": (Label("甲队", "First team"), 14),
    "home_score": (Label("甲分", "First score"), 6.5),
    "away_score": (Label("乙分", "Second score"), 6.5),
    "away": (Label("乙队", "Second team"), 14),
    "referees": (Label("裁判", "Referees"), 13),
    "number": (Label("场次", "Match"), 6.5),
    "segment": (Label("时段", "Segment"), 14),
    "group": (Label("分组", "Group"), 7),
    "key": (Label("对阵号", "Fixture key"), 22),
}
COLUMN = {key: n for n, key in enumerate(HEADS, 1)}
HEAD_ROW, FIRST_ROW = 3, 4
PRINTED = COLUMN["number"]
LEAGUE = "-"
"""What stands in the column of groups for a league, which has none."""
NOT_PLACED = Label("排不下", "does not fit")
OPEN_REFEREE = Label("【空缺】", "[open]")


def fixtures_sheet(book: Book, lang: Lang) -> Sheet:
    """Every fixture in one row, by date; what does not fit comes last."""
    sheet = Sheet(NAME.text(lang), landscape=True, print_columns=PRINTED)
    sheet.put(1, 1, TITLE(school=book.instance.school).text(lang).strip(), "title")
    sheet.put(2, 1, NOTE.text(lang), "note")
    sheet.heights |= {1: 30, 2: 16, HEAD_ROW: 30 if lang == "en" else 22}
    for key, (label, width) in HEADS.items():
        sheet.put(HEAD_ROW, COLUMN[key], label.text(lang), "head")
        sheet.widths[COLUMN[key]] = width
    for row, match in enumerate(book.matches, FIRST_ROW):
        _row(sheet, row, book, match, lang)
        sheet.heights[row] = 20
    last = FIRST_ROW + len(book.matches) - 1
    for key, most in (("tournament", 30), ("home", 24), ("away", 24), ("referees", 30)):
        column = COLUMN[key]
        texts = [str(sheet.cells[row, column][0] or "") for row in range(FIRST_ROW, last + 1)]
        sheet.widths[column] = widest(texts, HEADS[key][1], most)
    sheet.freeze = f"A{FIRST_ROW}"
    sheet.filter = f"A{HEAD_ROW}:Q{max(last, HEAD_ROW)}"
    sheet.print_rows = (HEAD_ROW, HEAD_ROW)
    sheet.header = f"{book.instance.school}\n"
    return sheet


def _row(sheet: Sheet, row: int, book: Book, match: Match, lang: Lang) -> None:
    fixture, place = match.fixture, match.place
    wanted = book.draw_of(match).tournament.referees
    text = "text" if place or match.score else "open"
    values: dict[str, Value] = {
        "date": match.date or NOT_PLACED.text(lang),
        "weekday": Weekday(match.date.isoweekday()).text(lang) if match.date else None,
        "tournament": fixture.tournament,
        "stage": fixture.label.text(lang),
        "home": match.side("home", lang),
        "away": match.side("away", lang),
        "home_score": match.score.home if match.score else None,
        "away_score": match.score.away if match.score else None,
        "number": fixture.number,
        "group": None if fixture.is_knockout else fixture.group or LEAGUE,
        "key": fixture.key,
    }
    styles = {"date": "date" if match.date else "open", "home_score": "score"}
    styles |= {"away_score": "score", "group": "flat_key", "key": "flat_key"}
    if place is not None:
        values |= {
            "start": place.start,
            "end": place.end,
            "room": place.room,
            "court": place.court,
            "segment": place.segment,
            "referees": join(place.referees, lang),
        }
        styles |= {"start": "time", "end": "time", "segment": "flat_key"}
        if len(place.referees) < wanted and match.score is None:
            names = (*place.referees, OPEN_REFEREE.text(lang))
            values["referees"] = join(names, lang)
            styles["referees"] = "open"
    for key, column in COLUMN.items():
        sheet.put(row, column, values.get(key), styles.get(key, text))


def column_range(book: Book, key: str, lang: Lang) -> str:
    """The cells of a column, as formulas of other sheets name them."""
    letter = "ABCDEFGHIJKLMNOPQ"[COLUMN[key] - 1]
    last = FIRST_ROW + max(1, len(book.matches)) - 1
    return sheet_range(NAME.text(lang), f"${letter}${FIRST_ROW}:${letter}${last}")


def cell_of(book: Book, fixture_key: str, key: str, lang: Lang) -> str:
    """One cell of a fixture's row."""
    number = next(n for n, m in enumerate(book.matches) if m.fixture.key == fixture_key)
    letter = "ABCDEFGHIJKLMNOPQ"[COLUMN[key] - 1]
    return sheet_range(NAME.text(lang), f"${letter}${FIRST_ROW + number}")
