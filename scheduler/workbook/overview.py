"""The first sheet: what was asked, how good the answer is, and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from instances.messages import Bilingual, Label, Lang, Template
from instances.words import TIERS
from scheduler.called_off import called_off_lines
from scheduler.workbook import wording
from scheduler.workbook.charts import ChartSpec, Series
from scheduler.workbook.coverage import class_rows, percent, segment_rows
from scheduler.workbook.flat import HEAD
from scheduler.workbook.load import BIN_NAMES, BINS, LOAD, NAME, PART, SHARE, UNWELCOME
from scheduler.workbook.sheet import Sheet, Value
from scheduler.workbook.verdict import verdict
from scheduler.workbook.version import version_lines
from scheduler.workbook.view import View

TITLE = Template("{school}课后服务课表", "{school}: after-school timetable")
TERM = Template("{name}　{start} 至 {end}", "{name}, {start} to {end}")
MADE = Template("制表：{date}　版本 {version}", "Made {date}, version {version}")
ASKED = Label("安排了什么", "What was asked")
QUALITY = Label("安排得怎样", "How good it is")
BUYS = Label(
    "再多变动几个岗位（--allow），质量扣分至少减少多少",
    "By how many points at least further changes (--allow) would better the quality",
)
FURTHER = Template("再变动{count}个岗位", "{count} further {count:post|posts}")
FURTHER_TO = Template("再变动{count}至{most}个岗位", "{count} to {most} further posts")
BUYS_NOTHING = Template(
    "再变动至多{count}个岗位（--allow），也没有找到质量更好的课表。",
    "With up to {count} further {count:post|posts} (--allow), nothing of better quality was found.",
)
OPEN = Label("空缺场次", "Dated open posts")
FAIR = Label("公平", "Fairness")
COVERAGE = Label("到岗率（按日期计，有人的岗位所占比例）", "Coverage (share of dated posts filled)")
LEGEND = Label("怎样看、怎样改", "How to read and edit this file")
FACTS: tuple[Label, ...] = (
    Label("班级", "Classes"),
    Label("学生", "Pupils"),
    Label("教职工", "Staff"),
    Label("社团", "Clubs"),
    Label("服务日", "Service days"),
    Label("每周岗位", "Weekly posts"),
    Label("全学期场次", "Sessions in the term"),
    Label("例外", "Exceptions"),
)
FAIR_FACTS: tuple[Label, ...] = (
    Label("超出应得份额最多（单位）", "Most above the fair share (units)"),
    Label("平均偏离（单位）", "Mean distance from the share (units)"),
    Label("意愿满足度：最低", "Wishes granted: lowest"),
    Label("意愿满足度：平均", "Wishes granted: mean"),
    Label("基尼系数（0为完全均等）", "Gini of load ÷ share (0: all alike)"),
    Label("Jain指数（1为完全均等）", "Jain of load ÷ share (1: all alike)"),
    Label("周五末时段与尽量不要的：最多", "Late Fridays, unwished: most"),
    Label("同上：平均偏离", "The same: mean distance"),
)
LOAD_CHART = Label("每人工作量与应得份额（单位）", "Load and fair share per person (units)")
WISH_CHART = Label("意愿满足度的分布（人数）", "How many have which part of their wishes")
UNWELCOME_CHART = Label(
    "每人每周的周五末时段与尽量不要的岗位", "Late Fridays and unwished slots per person and week"
)
SEGMENT = Label("时段", "Segment")
CLASS = Label("班级", "Class")
TOTAL = Label("合计", "Total")
LEGEND_LINES: tuple[Label, ...] = (
    Label(
        "“总课表”的浅黄色格可改：每格一个姓名，清空即为空缺；社团的时间、场地从列表中选。对整个学期有效。",
        "Master grid: pale yellow cells may be edited: one name each, empty for open; times and "
        "rooms of clubs from the list. This holds for the whole term.",
    ),
    Label(
        "“场次”中可改某一次的日期、时段、班级（合班）、场地、人员、状态（取消）；排序和筛选不算修改。",
        "Sessions: date, segment, classes (to merge), room, staff and status (cancelled) of a "
        "single date may be edited; sorting and filtering are no edits.",
    ),
    Label(
        "其他工作表都是副本，改了无效。改完后请用 check 检查。",
        "All other sheets are copies; edits there have no effect. After editing, run check.",
    ),
    Label(
        "红底：空缺；黄底：代课、取消、调整或合班。",
        "Red: open. Amber: cover, cancelled, moved or merged.",
    ),
)
NEW_LEGEND = Label(
    "绿底：与上一份课表相比有变动（总课表和场次中的绿格同样可改）。",
    "Green: not as in the timetable before (green cells of the master grid and Sessions may be "
    "edited as well).",
)
SHARE_TITLE = Label("图例", "Legend")
SHARE_LEGEND = (LEGEND_LINES[3],)
LAST = 8
WIDTH = 12.5
CHART_ROWS, CHART_ROW, LEAST_ROW = 14, 16.0, 10.0
"""Rows of a chart and their points; a chart may be lower at the end of a page."""
PAGE = 775.0
"""Points of a printed page: A4 has 741 between its margins, and the columns (555 points where
characters are narrow, more elsewhere) are scaled to a width of 523."""
BLUE, AMBER = "5B8DB8", "C77F2C"


def overview_sheet(view: View) -> Sheet:
    """The overview; figures about people are not for the copy sent round."""
    return _Page(view).build()


def add_lines(sheet: Sheet, title: Bilingual, lines: Iterable[str], lang: Lang) -> None:
    """Another section at the end of the overview."""
    row = sheet.last_row + 1
    sheet.heights[row] = 8
    for text, style in ((title.text(lang), "section"), *((line, "plain") for line in lines)):
        row += 1
        sheet.wide(row, (1, LAST), text, style)
        sheet.fit(row, least=18)


class _Page:
    def __init__(self, view: View) -> None:
        self.view = view
        self.lang = view.lang
        self.sheet = Sheet(wording.OVERVIEW.text(view.lang), header=view.header, tab="1F4E79")
        self.sheet.widths = dict.fromkeys(range(1, LAST + 1), WIDTH)
        self.row = 1

    def build(self) -> Sheet:
        self._heading()
        self._pairs(ASKED, list(zip(FACTS, self._facts(), strict=True)), "text")
        self._verdict()
        self._offers()
        self._tiers()
        if not self.view.share:
            self._fairness()
        self._legend()
        self._coverage()
        return self.sheet

    def _wide(self, value: Value, style: str, least: float = 18) -> None:
        self.sheet.wide(self.row, (1, LAST), value, style)
        self.sheet.fit(self.row, least=least)
        self.row += 1

    def _section(self, label: Label) -> None:
        self.sheet.heights[self.row] = 8
        self.row += 1
        self._wide(label.text(self.lang), "section", 22)

    def _heading(self) -> None:
        instance, result = self.view.instance, self.view.result
        term = instance.term
        self._wide(TITLE(school=instance.school).text(self.lang), "title", 30)
        dates = {"start": term.start, "end": term.end}
        self._wide(TERM(name=term.name, **dates).text(self.lang), "plain")
        made = MADE(date=f"{result.created:%Y-%m-%d %H:%M}", version=result.version)
        self._wide(made.text(self.lang), "note", 15)
        for line in version_lines(self.view):
            self._wide(line.text(self.lang), "plain", 17)
        note = wording.SHARE_NOTE if self.view.share else wording.COPY_NOTE
        self._wide(note.text(self.lang), "note", 15)

    def _facts(self) -> list[Value]:
        view = self.view
        return [
            len(view.instance.classes),
            sum(school_class.size for school_class in view.instance.classes),
            len(view.instance.staff),
            len(view.clubs),
            len(view.calendar.days),
            len({item.post.line for item in view.items}),
            len(view.whole_term),
            len(view.past_changed) + len(view.changed),
        ]

    def _pairs(self, title: Label, pairs: Sequence[tuple[Bilingual, Value]], style: str) -> None:
        """Labels over values, four to a line, two columns each."""
        self._section(title)
        for first in range(0, len(pairs), 4):
            for n, (label, value) in enumerate(pairs[first : first + 4]):
                span = (2 * n + 1, 2 * n + 2)
                self.sheet.wide(self.row, span, label.text(self.lang), "clock")
                self.sheet.wide(self.row + 1, span, value, style)
            self.sheet.fit(self.row, least=18)
            self.sheet.heights[self.row + 1] = 20
            self.row += 2

    def _verdict(self) -> None:
        self._section(QUALITY)
        for statement in verdict(self.view.result, self.view.timetable.since):
            if self.view.share and not statement.public:
                continue
            style = "alarm" if statement.alarm else "verdict" if statement.main else "plain"
            self.sheet.wide(self.row, (1, LAST), statement.message.text(self.lang), style)
            self.sheet.fit(self.row, least=20, line=17)
            self.row += 1
        view = self.view
        off = tuple(view.called_off.values())
        for n, line in enumerate(called_off_lines(off)):
            if not view.share or n <= len(off):
                self._wide(line.text(self.lang), "plain" if n else "alarm")
            if n == len(off) and view.timetable.since is not None:
                counted = wording.COUNTED_FROM(since=view.timetable.since)
                self._wide(counted.text(self.lang), "plain")

    def _offers(self) -> None:
        """What further changes would buy, beside nothing for none."""
        offers = self.view.result.offers
        if offers and not self.view.share:
            if not any(offer.points for offer in offers):
                most = max(offer.allow for offer in offers)
                self._wide(BUYS_NOTHING(count=most).text(self.lang), "plain")
                return
            pairs: list[tuple[Bilingual, Value]] = [(FURTHER(count=0), 0)]
            for offer, most in self.view.result.worthwhile:
                form = FURTHER if most == offer.allow else FURTHER_TO
                pairs.append((form(count=offer.allow, most=most), offer.points))
            self._pairs(BUYS, pairs, "text")

    def _tiers(self) -> None:
        self._section(OPEN)
        tiers = self.view.result.tiers or (0,) * len(TIERS)
        spans = ((1, 2), (3, 4), (5, 5), (6, 6), (7, 8))
        for tier, count, span in zip(TIERS, tiers, spans, strict=True):
            self.sheet.wide(self.row, span, tier.text(self.lang), "clock")
            self.sheet.wide(self.row + 1, span, count, "open" if count else "text")
        self.sheet.fit(self.row, least=18)
        self.sheet.heights[self.row + 1] = 20
        self.row += 2

    def _fairness(self) -> None:
        figures = self.view.result.fairness
        values: list[Value] = [
            round(figures.load_max_over, 2),
            round(figures.load_mean_abs_dev, 2),
            *(
                None if share is None else f"{share:.0%}"
                for share in (figures.wishes_worst, figures.wishes_mean)
            ),
            figures.load_gini,
            figures.load_jain,
            figures.unwelcome_max,
            round(figures.unwelcome_mean_abs_dev, 2),
        ]
        self._pairs(FAIR, list(zip(FAIR_FACTS, values, strict=True)), "text")
        people = len(self.view.result.people)
        if people:
            both = (Series(LOAD, "bar", BLUE), Series(SHARE, "line", AMBER))
            self._chart(LOAD_CHART, NAME, both, people)
            bins = (Series(BINS + 1, "bar", BLUE),)
            self._chart(WISH_CHART, BINS, bins, len(BIN_NAMES))
            unwelcome = (Series(UNWELCOME, "bar", BLUE), Series(PART, "line", AMBER))
            self._chart(UNWELCOME_CHART, NAME, unwelcome, people)

    def _chart(self, title: Label, names: int, series: tuple[Series, ...], count: int) -> None:
        self.sheet.heights[self.row] = 8
        height = min(CHART_ROW, (PAGE - self._used()) / CHART_ROWS)
        if height < LEAST_ROW:
            self.sheet.breaks.append(self.row)
            height = CHART_ROW
        self.row += 1
        self.sheet.charts.append(
            ChartSpec(
                title=title.text(self.lang),
                source=wording.LOAD.text(self.lang),
                corner=(self.row, 1),
                size=(CHART_ROWS, LAST),
                first=HEAD + 1,
                last=HEAD + count,
                names=names,
                series=series,
            )
        )
        for row in range(self.row, self.row + CHART_ROWS):
            self.sheet.heights[row] = height
        self.row += CHART_ROWS

    def _used(self) -> float:
        """Points of the page so far, up to the next free row."""
        first = self.sheet.breaks[-1] + 1 if self.sheet.breaks else 1
        return sum(self.sheet.heights.get(row, 15.0) for row in range(first, self.row + 1))

    def _coverage(self) -> None:
        self._section(COVERAGE)
        self._rates(SEGMENT, segment_rows(self.view))
        self.sheet.heights[self.row] = 8
        self.row += 1
        self.sheet.print_rows = (self.row, self.row)
        self._rates(CLASS, class_rows(self.view))

    def _rates(self, first: Label, rows: list[tuple[str, list[tuple[int, int]]]]) -> None:
        """A row per name: filled and all dated posts per weekday, and in all."""
        lang = self.lang
        days = [day.text(lang) for day in self.view.weekdays]
        self.sheet.wide(self.row, (1, 2), first.text(lang), "head")
        self.sheet.line(self.row, 3, [*days, TOTAL.text(lang)], "head")
        self.sheet.heights[self.row] = 20
        self.row += 1
        for name, parts in rows:
            self.sheet.wide(self.row, (1, 2), name, "side")
            for column, (filled, every) in enumerate(parts, 3):
                style = "percent" if filled == every else "percent_open"
                self.sheet.put(self.row, column, percent(filled, every), style)
            self.sheet.fit(self.row, least=17)
            self.row += 1

    def _legend(self) -> None:
        self._section(SHARE_TITLE if self.view.share else LEGEND)
        lines = SHARE_LEGEND if self.view.share else LEGEND_LINES
        if self.view.published.changes:
            lines = (*lines, NEW_LEGEND)
        for label in lines:
            self._wide(label.text(self.lang), "plain", 18)
