"""理由: who is on, off and on again waits at school, unpaid, for the second post.

A weekday counts once for each person who, on any of its dates, has nothing to do between two
posts for longer than the minutes allowed, by the clock. Posts that begin before the hour given
are left alone: between the gate in the morning, noon care and the afternoon lie lessons.
In a narrower scope both posts around the gap must be in it; any post fills a gap.

建模: at most one post ends at a given time, and at most one begins at it; so one row says for
each such pair that the day is split unless something between is held.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.hours import Hours, Stint, times_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import minutes
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Holding, Literal, Model
    from constraints.view import View


def _evening() -> Tiny:
    tiny = Tiny().classes("三1").staff("王芳").segment("延时", "17:30", "18:30")
    return tiny.care("Tue").club("合唱", "Tue").duty("门岗", "Tue 延时")


class SplitDay(Rule):
    """A day with idle time between two posts."""

    title: ClassVar[Label] = Label("中间空等", "split day")
    statement: ClassVar[Template] = Template(
        "同一天两个岗位之间空等不超过{minutes}分钟（只计{hour}时起的岗位）。",
        "Nobody waits longer than {minutes} minutes between two posts of a day"
        " (posts from {hour}:00 on).",
    )
    finding: ClassVar[Template] = Template(
        "{staff}{weekday}从{since}到{until}空等。",
        "{staff} waits on {weekday} from {since} to {until}.",
    )
    default_weight: ClassVar[int | None] = 3
    may_be_must: ClassVar[bool] = True

    minutes: int = Field(
        default=20,
        ge=5,
        le=120,
        json_schema_extra={"zh": "允许空等（分钟）", "en": "waiting allowed (minutes)"},
    )
    hour: int = Field(
        default=14, ge=0, le=20, json_schema_extra={"zh": "从几时起计", "en": "from (o'clock)"}
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # idle from 16:30 to 17:30 on Tuesdays, 60 minutes > 20: 1 weekday
        example(
            "周二作业看护到16:30，17:30又站门岗",
            "care until 16:30 on Tuesday, at the gate from 17:30",
            _evening().holds("王芳", "看护", "Tue").holds("王芳", "门岗", "Tue 延时"),
            1,
        ),
        example(
            "三段连上",
            "all three segments in a row",
            _evening()
            .room("琴房")
            .meets("合唱", "Tue", room="琴房")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "合唱")
            .holds("王芳", "门岗", "Tue 延时"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        hours = Hours(model.demand)
        for key, holdings in model.holdings.items():
            if self.concerns_person(model.context.people[key]):
                by_day: dict[int, list[tuple[Holding, Stint]]] = defaultdict(list)
                for holding in holdings:
                    for stint in hours.of(holding.post):
                        by_day[stint.weekday].append((holding, stint))
                for stints in by_day.values():
                    self._charge(model, stints)

    def _charge(self, model: Model, stints: list[tuple[Holding, Stint]]) -> None:
        from constraints.model import total

        rows: dict[object, tuple[list[Literal], list[Literal], list[Literal]]] = {}
        counted = [pair for pair in stints if self._counts(model, *pair)]
        ends, starts = {s.end for _, s in counted}, {s.start for _, s in counted}
        gaps = [(e, s) for e, s in product(ends, starts) if s - e > self.minutes]
        for part in parts({stint.days for _, stint in stints}) if gaps else ():
            here = [(h.literal, s) for h, s in stints if s.days & part]
            mine = [(h.literal, s) for h, s in counted if s.days & part]
            for end, start in gaps:
                before = [literal for literal, s in mine if s.end == end]
                after = [literal for literal, s in mine if s.start == start]
                if before and after:
                    between = [literal for literal, s in here if s.start < start and s.end > end]
                    row = (before, after, between)
                    rows[tuple(tuple(one.index for one in some) for some in row)] = row
        if rows:
            split = model.cp.new_bool_var("")
            for before, after, between in rows.values():
                model.cp.add(split >= total(before) + total(after) - total(between) - 1)
            model.charge(self, split)

    def _counts(self, model: Model, holding: Holding, stint: Stint) -> bool:
        return stint.start >= 60 * self.hour and self.concerns_post(
            holding.post, model.demand.instance
        )

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            found: dict[Weekday, tuple[dt.time, dt.time]] = {}
            days = defaultdict(list)
            for post in posts if self.concerns_person(view.people[key]) else ():
                concerned = self.concerns_post(post, view.instance)
                for day, start, end in times_of(view.demand, post):
                    days[day].append((start, end, concerned and start.hour >= self.hour))
            for day, stints in days.items():
                stints.sort()
                for (_, since, one), (until, _, other) in pairwise(stints):
                    if one and other and minutes(until) - minutes(since) > self.minutes:
                        found.setdefault(day.weekday, (since, until))
            for weekday, (since, until) in sorted(found.items()):
                where = {"staff": key, "weekday": int(weekday)}
                yield self.found(1, where, staff=key, weekday=weekday, since=since, until=until)
