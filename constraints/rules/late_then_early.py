"""理由: who locks the gate at night should not open it in the morning.

Two posts make a pair if the one ends at or after the late hour, the other begins before the
early hour, and on some date they follow each other: the next day of the week, and really the
next day. A person's pair of weekdays counts once. In a narrower scope both posts must be in it.

建模: posts at the same clock time exclude each other, so one row says for each pair of times
that two posts held, one of each, make the pair.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.hours import Hours, mornings, times_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import minutes
from instances.calendar import ONE_DAY
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View

    Stay = tuple[Literal, tuple[int, int], int]
    """A possible holding, its clock times, and the mornings it ends before or begins on."""


def _long_days() -> Tiny:
    tiny = Tiny().classes("三1").staff("王芳").segment("晨间", "07:20", "07:50")
    tiny = tiny.segment("延时", "17:30", "18:30")
    return tiny.duty("早门岗", "Wed 晨间", "Thu 晨间").duty("晚门岗", "Tue 延时")


class LateThenEarly(Rule):
    """A late post, and an early one the next morning."""

    title: ClassVar[Label] = Label("晚岗接早岗", "late, then early")
    statement: ClassVar[Template] = Template(
        "{late}时或更晚结束岗位的人，第二天{early}时前不上岗。",
        "Who finishes at {late}:00 or later has no post before {early}:00 the next day.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}{evening}{until}才结束，{morning}{since}又上岗。",
        "{staff} finishes on {evening} at {until} and begins on {morning} at {since}.",
    )
    default_weight: ClassVar[int | None] = 5
    may_be_must: ClassVar[bool] = True

    late: int = Field(
        default=18, ge=15, le=22, json_schema_extra={"zh": "晚岗（几时）", "en": "late (o'clock)"}
    )
    early: int = Field(
        default=8, ge=7, le=12, json_schema_extra={"zh": "早岗（几时）", "en": "early (o'clock)"}
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesday until 18:30, Wednesday from 7:20: one pair of days
        example(
            "周二晚门岗到18:30，周三早门岗7:20开始",
            "at the gate until 18:30 on Tuesday, and from 7:20 on Wednesday",
            _long_days().holds("王芳", "晚门岗", "Tue 延时").holds("王芳", "早门岗", "Wed 晨间"),
            1,
        ),
        example(
            "周二晚门岗，周四早门岗",
            "at the gate late on Tuesday, and early on Thursday",
            _long_days().holds("王芳", "晚门岗", "Tue 延时").holds("王芳", "早门岗", "Thu 晨间"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        hours, after = Hours(model.demand), mornings(model.demand.calendar)
        for key, holdings in model.holdings.items():
            if not self.concerns_person(model.context.people[key]):
                continue
            late: dict[int, list[Stay]] = defaultdict(list)
            early: dict[int, list[Stay]] = defaultdict(list)
            for holding in holdings:
                if self.concerns_post(holding.post, model.demand.instance):
                    for stint in hours.of(holding.post):
                        clock = (stint.start, stint.end)
                        stay = (holding.literal, clock, stint.days & after)
                        if stint.end >= 60 * self.late:
                            next_day = (holding.literal, clock, stint.days << 1 & after)
                            late[stint.weekday + 1].append(next_day)
                        if stint.start < 60 * self.early:
                            early[stint.weekday].append(stay)
            for weekday in sorted(late.keys() & early.keys()):
                self._charge(model, late[weekday], early[weekday])

    def _charge(self, model: Model, late: list[Stay], early: list[Stay]) -> None:
        from constraints.model import total

        rows: dict[object, tuple[list[Literal], list[Literal]]] = {}
        for part in parts({days for _, _, days in (*late, *early) if days}):
            for before, after in product(_by_clock(late, part), _by_clock(early, part)):
                rows[tuple(one.index for one in before), tuple(one.index for one in after)] = (
                    before,
                    after,
                )
        if rows:
            pair = model.cp.new_bool_var("")
            for before, after in rows.values():
                model.cp.add(pair >= total(before) + total(after) - 1)
            model.charge(self, pair)

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            late: dict[dt.date, tuple[Weekday, dt.time]] = {}
            early: dict[dt.date, tuple[Weekday, dt.time]] = {}
            for post in posts if self.concerns_person(view.people[key]) else ():
                if self.concerns_post(post, view.instance):
                    for day, start, end in times_of(view.demand, post):
                        if minutes(end) >= 60 * self.late:
                            late[day.date] = (day.weekday, end)
                        if minutes(start) < 60 * self.early:
                            early[day.date] = (day.weekday, start)
            pairs = {}
            for date, (evening, until) in sorted(late.items(), reverse=True):
                morning, since = early.get(date + ONE_DAY, (None, None))
                if morning is not None and morning == evening + 1:
                    pairs[evening] = {"until": until, "morning": morning, "since": since}
            for evening, facts in sorted(pairs.items()):
                where = {"staff": key, "weekday": int(evening)}
                yield self.found(1, where, staff=key, evening=evening, **facts)


def _by_clock(stays: list[Stay], part: int) -> list[list[Literal]]:
    """The holdings that are there on some days, those at the same clock time together."""
    found: dict[tuple[int, int], list[Literal]] = defaultdict(list)
    for literal, clock, days in stays:
        if days & part:
            found[clock].append(literal)
    return list(found.values())
