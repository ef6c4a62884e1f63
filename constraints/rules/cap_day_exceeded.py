"""理由: a person's own limit of posts a day; a post that spans two segments counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.caps import at_most_per_period
from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class CapDayExceeded(Rule):
    """More posts on a day than the person allows."""

    title: ClassVar[Label] = Label("超过每日上限", "over the daily cap")
    statement: ClassVar[Template] = Template(
        "每人每天的岗位数不超过其每日上限。", "Nobody has more posts on a day than their daily cap."
    )
    finding: ClassVar[Template] = Template(
        "{staff}在{date}有{count}个岗位，每日上限为{cap}个。",
        "{staff} has {count} {count:post|posts} on {date}; the daily cap is {cap}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # two segments on each of two Tuesdays, one allowed: (2 - 1) + (2 - 1) = 2
        example(
            "每日上限1个，周二有两个时段",
            "one post a day allowed, two segments on Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_day=1)
            .care("Tue 作业", "Tue 社团")
            .holds("王芳", "看护", "Tue 作业", "Tue 社团"),
            2,
        ),
        example(
            "每日上限1个，周二、周三各一个",
            "one post a day allowed, one on Tuesday and one on Wednesday",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_day=1)
            .care("Tue", "Wed")
            .holds("王芳", "看护", "Tue", "Wed"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        cap = person.staff.cap_day
        if cap is None:
            return True
        days: Counter[int] = Counter()
        for block in post.blocks:
            days[int(block.weekday)] += len(block.segments)
        return max(days.values()) <= cap

    def post(self, model: Model) -> None:
        pieces = _pieces(model)
        for key, holdings in model.holdings.items():
            cap = model.context.people[key].staff.cap_day
            if cap is not None:
                for mask, ones in pieces:
                    here = [h for h in holdings if h.post.dates & mask]
                    if len(here) > 1:
                        at_most_per_period(model, here, ones, cap)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            cap = view.people[staff].staff.cap_day
            if cap is None:
                continue
            for date, count in sorted(Counter(s.date for s in sessions).items()):
                if count > cap:
                    where = {"staff": staff, "date": date.isoformat()}
                    yield self.found(
                        count - cap, where, staff=staff, date=date, count=count, cap=cap
                    )


def _pieces(model: Model) -> list[tuple[int, list[int]]]:
    """The dates of each weekday, with one for all of those on which the same posts are held."""
    masks = {pool.post.dates for pool in model.pools}
    return [
        (days, [piece & -piece for piece in parts({mask & days for mask in masks if mask & days})])
        for days in model.demand.calendar.of_weekday.values()
        if days
    ]
