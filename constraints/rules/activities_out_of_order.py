"""理由: homework first, then the club that needs tired heads; the team trains right after its
strength class: named activities are to follow one another, in the order named.

For each named activity with the next that is placed: every meeting of the one that meets less
often must have one of the other on the same day, directly after or before it by the clock, on
all dates that both have. What is not placed, and two activities that both meet at fixed
slots, cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.meetings import Meetings, choices_of, misfit, pairs_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import Block, minutes
from instances.calendar import timing_on
from instances.demand import Demand
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View

NAMED = ("看护", "合唱")


class ActivitiesOutOfOrder(Rule):
    """Named activities that do not follow one another."""

    title: ClassVar[Label] = Label("应先后衔接的活动", "activities out of order")
    statement: ClassVar[Template] = Template(
        "指定的活动同一天按顺序衔接，间隔不超过{minutes}分钟。",
        "Named activities follow one another on the same day, within {minutes} minutes.",
    )
    finding: ClassVar[Template] = Template(
        "“{other}”没有紧接在“{one}”之后。", "“{other}” does not follow “{one}” directly."
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = True
    about: ClassVar[Literal["staff", "activities"] | None] = "activities"

    minutes: int = Field(
        default=20,
        ge=0,
        le=120,
        json_schema_extra={"zh": "最多间隔分钟", "en": "minutes between at most"},
    )
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # choir on Thursday, homework on Tuesday: one pair that does not follow, 1
        example(
            "先作业后合唱，作业在周二，合唱在周四",
            "homework, then choir: homework is on Tuesday, choir on Thursday",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .care("Tue")
            .club("合唱", "Tue", "Thu")
            .setting("activities-out-of-order", activities=NAMED)
            .meets("合唱", "Thu", room="音乐室"),
            1,
        ),
        # homework ends at 16:30, when choir begins
        example(
            "周二作业之后就是合唱",
            "choir comes right after homework on Tuesday",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .care("Tue")
            .club("合唱", "Tue", "Thu")
            .setting("activities-out-of-order", activities=NAMED)
            .meets("合唱", "Tue", room="音乐室"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        calendar = model.demand.calendar
        phases = {day.phase: 0 for day in calendar.days}
        for n, day in enumerate(calendar.days):
            phases[day.phase] |= 1 << n

        def follows(before: Block, after: Block, both: int) -> bool:
            gaps = [
                _gap(model.demand, before, after, phase)
                for phase, days in phases.items()
                if days & both
            ]
            return bool(gaps) and all(0 <= gap <= self.minutes for gap in gaps)

        def in_order(mine: Meetings, its: Meetings) -> bool:
            pairs = {
                (a, b)
                for a, dates in mine.items()
                for b, more in its.items()
                if a.weekday == b.weekday and follows(a, b, dates & more)
            }
            if len(mine) <= len(its):
                return {a for a, _ in pairs} == set(mine)
            return {b for _, b in pairs} == set(its)

        for one, other, first, second in pairs_of(self, model.demand, consecutive=True):
            model.charge(self, misfit(model, in_order, one, other, first, second))

    def check(self, view: View) -> Iterator[Finding]:
        named = list(dict.fromkeys(self.setting.activities if self.setting else ()))
        for one, other in pairwise(named):
            if not {one, other} & set(view.demand.options):
                continue
            first, second = self._meetings(view, one), self._meetings(view, other)
            if len(first) <= len(second):
                lost = [a for a in first if not any(self._next(view, a, b) for b in second)]
            else:
                lost = [b for b in second if not any(self._next(view, a, b) for a in first)]
            if lost and first and second:
                yield self.found(1, {"activities": [one, other]}, one=one, other=other)

    def _meetings(self, view: View, activity: str) -> list[tuple[Block, int]]:
        chosen = view.expansion.option_of.get(activity)
        return list(choices_of(self, view.demand, activity).get(chosen, {}).items())

    def _next(self, view: View, one: tuple[Block, int], other: tuple[Block, int]) -> bool:
        """Whether one meeting follows the other on every date that both have."""
        days = list(view.demand.calendar.dates(one[1] & other[1]))
        return bool(days) and all(
            0 <= _gap(view.demand, one[0], other[0], day.phase) <= self.minutes for day in days
        )


def _gap(demand: Demand, before: Block, after: Block, phase: str | None) -> int:
    """Minutes from the end of one block to the start of the other."""
    segments = demand.instance.segment_by_name
    end = timing_on(segments[before.segments[-1]], before.weekday, phase)
    start = timing_on(segments[after.segments[0]], after.weekday, phase)
    assert end is not None
    assert start is not None
    return minutes(start.start) - minutes(end.end)
