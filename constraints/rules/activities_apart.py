"""理由: parents of two children, a bus home, a concert in which choir and band play together:
named activities are to take place at the same time of the week.

For each pair of the named activities that are placed: the one that meets less often must meet
only at weekdays and clock bands at which the other meets. In which weeks does not matter.
What is not placed, and pairs of activities that both meet at fixed slots, cost nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from constraints.examples import Tiny, example
from constraints.meetings import Meetings, misfit, pairs_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View

NAMED = ("合唱", "管乐")


class ActivitiesApart(Rule):
    """Named activities that do not meet at the same time of the week."""

    title: ClassVar[Label] = Label("应同时的活动", "activities apart")
    statement: ClassVar[Template] = Template(
        "指定的活动在同一时间进行。", "Named activities meet at the same time."
    )
    finding: ClassVar[Template] = Template(
        "“{one}”和“{other}”不在同一时间进行。",
        "“{one}” and “{other}” do not meet at the same time.",
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = True
    about: ClassVar[Literal["staff", "activities"] | None] = "activities"
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # one pair, on different days: 1
        example(
            "合唱和管乐应同时，合唱在周二，管乐在周四",
            "choir and band are to meet at once; choir is on Tuesday, band on Thursday",
            Tiny()
            .classes("三1")
            .room("音乐室", groups=2)
            .club("合唱", "Tue", "Thu")
            .club("管乐", "Tue", "Thu")
            .setting("activities-apart", activities=NAMED)
            .meets("合唱", "Tue", room="音乐室")
            .meets("管乐", "Thu", room="音乐室"),
            1,
        ),
        example(
            "管乐每周两次，合唱在其中一次的时间",
            "band meets twice a week, choir at one of its times",
            Tiny()
            .classes("三1")
            .room("音乐室", groups=2)
            .club("合唱", "Tue", "Thu")
            .club("管乐", "Tue", "Thu", per_week=2)
            .setting("activities-apart", activities=NAMED)
            .meets("合唱", "Thu", room="音乐室")
            .meets("管乐", "Tue", "Thu", room="音乐室"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        bands = {s.name: s.band_name for s in model.demand.instance.segments}

        def slots(meetings: Meetings) -> set[tuple[int, str]]:
            return {(int(day), bands[name]) for block in meetings for day, name in block.slots}

        def together(mine: Meetings, its: Meetings) -> bool:
            return slots(mine) <= slots(its) or slots(its) <= slots(mine)

        for one, other, first, second in pairs_of(self, model.demand):
            model.charge(self, misfit(model, together, one, other, first, second))

    def check(self, view: View) -> Iterator[Finding]:
        named = self.setting.activities if self.setting else ()
        times: dict[str, set[str]] = defaultdict(set)
        for post in view.expansion.active_posts:
            if post.activity in named and self.concerns_post(post, view.instance):
                for block, (dates, _) in zip(post.blocks, post.units, strict=True):
                    for segment in block.segments if dates else ():
                        band = view.instance.segment_by_name[segment].band_name
                        times[post.activity].add(f"{block.weekday} {band}")
        movable = set(view.demand.options)
        for one, other in combinations(dict.fromkeys(named), 2):
            common = len(times[one] & times[other])
            if movable & {one, other} and common < min(len(times[one]), len(times[other])):
                yield self.found(1, {"activities": [one, other]}, one=one, other=other)
