"""Load and fairness: everybody's term in figures."""

from __future__ import annotations

from instances.messages import Label
from scheduler.result import PersonFigures
from scheduler.workbook import wording
from scheduler.workbook.flat import HEAD, Column, flat_sheet
from scheduler.workbook.sheet import Sheet, Value, widest
from scheduler.workbook.view import View

NAME, LOAD, SHARE, UNWELCOME, PART = 1, 2, 3, 11, 12
COLUMNS = (
    Column(Label("姓名", "Name"), 16, "side_left"),
    Column(Label("工作量（单位）", "Load (units)"), 11, "units"),
    Column(Label("应得份额", "Fair share"), 11, "units"),
    Column(Label("差", "Difference"), 11, "signed"),
    Column(Label("上期结转（已从份额扣除）", "Balance (off the share)"), 11, "signed"),
    Column(Label("每周岗位", "Posts per week"), 10, "text"),
    Column(Label("全学期场次", "Sessions"), 11, "text"),
    Column(Label("其中代课", "Covers given"), 10, "text"),
    Column(Label("被代场次", "Covered by others"), 11, "text"),
    Column(Label("意愿满足度", "Wishes granted"), 12, "percent"),
    Column(Label("周五末时段与尽量不要的", "Late Fridays, unwished"), 12, "text"),
    Column(Label("其中周五应承担", "Fair part of Fridays"), 11, "units"),
)
BINS = 15
"""The column where the distribution of wishes stands, for the chart."""
BIN_HEADS = (Label("意愿满足度", "Wishes granted"), Label("人数", "People"))
BIN_NAMES = ("0–20%", "20–40%", "40–60%", "60–80%", "80–100%")


def load_sheet(view: View) -> Sheet:
    """Everybody, the greatest load first, and how the wish shares are spread."""
    people = sorted(
        view.result.people.items(), key=lambda item: (-item[1].load, item[1].share or 0, item[0])
    )
    covered: dict[str, int] = {}
    for session in view.whole_term:
        if session.planned and session.planned != session.staff:
            covered[session.planned] = covered.get(session.planned, 0) + 1
    balances = {person.key: float(person.balance) for person in view.instance.staff}
    sheet = flat_sheet(
        view,
        wording.LOAD,
        COLUMNS,
        [
            _row(name, figures, covered.get(name, 0), balances.get(name, 0.0))
            for name, figures in people
        ],
        landscape=True,
    )
    sheet.widths[NAME] = widest((name for name, _ in people), 12, 24)
    for column, label in enumerate(BIN_HEADS, BINS):
        sheet.put(HEAD, column, label.text(view.lang), "head")
        sheet.widths[column] = 14
    for row, (name, count) in enumerate(wish_spread(view), HEAD + 1):
        sheet.put(row, BINS, name, "text")
        sheet.put(row, BINS + 1, count, "text")
    sheet.print_columns = len(COLUMNS)
    return sheet


def _row(name: str, figures: PersonFigures, covered: int, balance: float) -> tuple[Value, ...]:
    share = figures.share
    return (
        name,
        round(figures.load, 2),
        None if share is None else round(share, 2),
        None if share is None else round(figures.load - share, 2),
        balance or None,
        figures.posts,
        figures.sessions,
        figures.covers or None,
        covered or None,
        None if figures.wish_share is None else round(figures.wish_share, 3),
        figures.unwelcome or None,
        None if figures.unwelcome_part is None else round(figures.unwelcome_part, 2),
    )


def wish_spread(view: View) -> list[tuple[str, int]]:
    """How many people have which part of their wishes granted, in fifths."""
    counts = [0] * len(BIN_NAMES)
    for figures in view.result.people.values():
        if figures.wish_share is not None:
            counts[min(len(counts) - 1, int(figures.wish_share * len(counts) + 1e-9))] += 1
    return list(zip(BIN_NAMES, counts, strict=True))
