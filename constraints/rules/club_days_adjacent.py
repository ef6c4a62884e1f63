"""理由: training twice a week works when there are days between the two meetings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import Block
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


def adjacent_pairs(blocks: tuple[Block, ...]) -> int:
    """Meetings that follow the one before on the same or the next day."""
    days = sorted(int(block.weekday) for block in blocks)
    return sum(after - before <= 1 for before, after in pairwise(days))


class ClubDaysAdjacent(Rule):
    """Weekly meetings of one activity on the same or on consecutive days."""

    title: ClassVar[Label] = Label("社团活动日相连", "club days adjacent")
    statement: ClassVar[Template] = Template(
        "每周多次的活动，两次之间至少隔一天。",
        "Activities that meet more than once a week have a day between two meetings.",
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”的活动日相连：{blocks}。",
        "“{activity}” meets on adjacent days: {blocks}.",
    )
    default_weight: ClassVar[int | None] = 20
    by_person: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = True
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # Wednesday follows Tuesday: 1
        example(
            "篮球在周二和周三",
            "basketball on Tuesday and Wednesday",
            Tiny()
            .classes("三1")
            .room("操场")
            .club("篮球", "Tue", "Wed", "Thu", per_week=2)
            .meets("篮球", "Tue", "Wed", room="操场"),
            1,
        ),
        example(
            "篮球在周二和周四",
            "basketball on Tuesday and Thursday",
            Tiny()
            .classes("三1")
            .room("操场")
            .club("篮球", "Tue", "Wed", "Thu", per_week=2)
            .meets("篮球", "Tue", "Thu", room="操场"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for (activity, index), placed in model.placed.items():
            blocks = model.demand.options[activity][index].blocks
            posts = model.demand.posts_of_option.get((activity, index), ())
            if any(self.concerns_post(post, model.demand.instance) for post in posts):
                if amount := adjacent_pairs(blocks):
                    model.charge(self, placed * amount)

    def check(self, view: View) -> Iterator[Finding]:
        posts = [p for p in view.expansion.active_posts if self.concerns_post(p, view.instance)]
        concerned = {post.activity for post in posts if post.option is not None}
        for activity, placement in view.timetable.placements.items():
            amount = adjacent_pairs(placement.blocks)
            if amount and activity in concerned:
                yield self.found(
                    amount, {"activity": activity}, activity=activity, blocks=placement.blocks
                )
