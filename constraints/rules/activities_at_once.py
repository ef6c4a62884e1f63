"""理由: choir and orchestra share a teacher, football and athletics a field, and some children
want both: named activities must not meet at the same time.

For each pair of the named activities, a weekday counts once on which meetings of both share a
time by the clock on some date. Two activities that both meet at fixed slots do not count:
only the input can part them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from constraints.clash import blocks_at
from constraints.examples import Tiny, example
from constraints.meetings import Meetings, misfit, pairs_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import Block
from instances.calendar import ServiceDay, timing_on
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View

NAMED = ("合唱", "管乐")


class ActivitiesAtOnce(Rule):
    """Named activities that meet at the same time."""

    title: ClassVar[Label] = Label("不可同时的活动", "activities at once")
    statement: ClassVar[Template] = Template(
        "指定的活动不在同一时间进行。", "Named activities do not meet at the same time."
    )
    finding: ClassVar[Template] = Template(
        "“{one}”和“{other}”{weekday}在同一时间进行。",
        "“{one}” and “{other}” meet at the same time on {weekday}.",
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = True
    about: ClassVar[Literal["staff", "activities"] | None] = "activities"
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # one pair on one weekday: 1
        example(
            "合唱和管乐不可同时，周二都在社团时段",
            "choir and band are not to meet at once; both are on Tuesday",
            Tiny()
            .classes("三1")
            .room("音乐室", groups=2)
            .club("合唱", "Tue", "Thu")
            .club("管乐", "Tue", "Thu")
            .setting("activities-at-once", activities=NAMED)
            .meets("合唱", "Tue", room="音乐室")
            .meets("管乐", "Tue", room="音乐室"),
            1,
        ),
        example(
            "合唱在周二，管乐在周四",
            "choir on Tuesday, band on Thursday",
            Tiny()
            .classes("三1")
            .room("音乐室", groups=2)
            .club("合唱", "Tue", "Thu")
            .club("管乐", "Tue", "Thu")
            .setting("activities-at-once", activities=NAMED)
            .meets("合唱", "Tue", room="音乐室")
            .meets("管乐", "Thu", room="音乐室"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for one, other, first, second in pairs_of(self, model.demand):
            for weekday in Weekday:

                def apart(mine: Meetings, its: Meetings, day: Weekday = weekday) -> bool:
                    return not _meet(model.demand, mine, its, day)

                model.charge(self, misfit(model, apart, one, other, first, second))

    def check(self, view: View) -> Iterator[Finding]:
        named = self.setting.activities if self.setting else ()
        posts: dict[str, list[Post]] = defaultdict(list)
        for post in view.expansion.active_posts:
            if post.activity in named and self.concerns_post(post, view.instance):
                posts[post.activity].append(post)
        for one, other in combinations(dict.fromkeys(named), 2):
            if one not in view.demand.options and other not in view.demand.options:
                continue
            days = {
                day
                for mine in posts[one]
                for its in posts[other]
                for day in _days_in_common(view.demand, mine, its)
            }
            for weekday in sorted(days):
                where = {"activities": [one, other], "weekday": int(weekday)}
                yield self.found(1, where, one=one, other=other, weekday=weekday)


def _meet(demand: Demand, one: Meetings, other: Meetings, weekday: Weekday) -> bool:
    """Whether two activities share a moment of a weekday on some date."""
    return any(
        blocks_at([a], dates, moment) & blocks_at([b], more, moment)
        for moment in demand.meeting_moments
        if moment.weekday == weekday
        for a, dates in one.items()
        for b, more in other.items()
    )


def _days_in_common(demand: Demand, one: Post, other: Post) -> Iterator[Weekday]:
    """Weekdays on which two posts share a time, looked up date by date."""
    for mine, (dates, _) in zip(one.blocks, one.units, strict=True):
        for its, (more, _) in zip(other.blocks, other.units, strict=True):
            for day in demand.calendar.dates(dates & more):
                if _overlap(demand, day, mine, its):
                    yield day.weekday


def _overlap(demand: Demand, day: ServiceDay, one: Block, other: Block) -> bool:
    clock = demand.instance.segment_by_name
    return any(
        mine is not None and its is not None and mine.start < its.end and its.start < mine.end
        for a in one.segments
        for b in other.segments
        for mine in (timing_on(clock[a], day.weekday, day.phase),)
        for its in (timing_on(clock[b], day.weekday, day.phase),)
    )
