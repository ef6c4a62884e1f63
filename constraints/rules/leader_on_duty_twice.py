"""理由: a leader on duty stays until the last child has gone; nobody should have that evening
twice in a week while colleagues have none.

Counts the weekdays on which a person is leader on duty, in the week that has most: two
segments of one day are one time. A post that runs through several days is one turn and
counts once, since whoever takes the turn takes all of its days. Posts meet in a week only if
they have dates in it: turns of different weeks, odd and even weeks do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.words import Role, Rota

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View


class LeaderOnDutyTwice(Rule):
    """Somebody who is leader on duty more often in a week than allowed."""

    title: ClassVar[Label] = Label("一周多次值班", "leader on duty too often")
    statement: ClassVar[Template] = Template(
        "每人一周担任值班领导不超过{times}次。",
        "Nobody is leader on duty more often in a week than allowed ({times}).",
    )
    finding: ClassVar[Template] = Template(
        "{staff}一周担任值班领导{count}次，最多{times}次。",
        "{staff} is leader on duty {count} times in a week; at most {times} allowed.",
    )
    default_weight: ClassVar[int | None] = 5
    may_be_must: ClassVar[bool] = True

    times: int = Field(
        default=1,
        ge=1,
        le=5,
        json_schema_extra={"zh": "每周次数", "en": "times a week"},
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # Monday, Tuesday and Thursday, one allowed: 3 - 1 = 2
        example(
            "周一、周二、周四都值班",
            "on duty on Monday, Tuesday and Thursday",
            Tiny()
            .staff("王芳", "李明")
            .duty("值班", "Mon", "Tue", "Thu", role=Role.DUTY_LEADER)
            .holds("王芳", "值班", "Mon", "Tue", "Thu"),
            2,
        ),
        # both segments of Tuesday are one time
        example(
            "周二两个时段都值班",
            "on duty in both segments of Tuesday",
            Tiny()
            .staff("王芳", "李明")
            .duty("值班", "Tue 作业", "Tue 社团", role=Role.DUTY_LEADER)
            .holds("王芳", "值班", "Tue 作业", "Tue 社团"),
            0,
        ),
        # a turn of a whole week is one time
        example(
            "值周：第一周周一至周三",
            "a turn by week: Monday to Wednesday of the first week",
            Tiny()
            .staff("王芳", "李明")
            .duty("值周", "Mon", "Tue", "Wed", role=Role.DUTY_LEADER, rota=Rota.WEEK, rota_people=2)
            .holds("王芳", "值周"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for key, holdings in model.holdings.items():
            duties = [h for h in holdings if self._counts(model.demand, h.post)]
            if len(duties) <= self.times or not self.concerns_person(model.context.people[key]):
                continue
            once: dict[frozenset[int], Literal] = {}
            weeks: dict[frozenset[int], list[Literal]] = {}
            for week in model.demand.calendar.of_week.values():
                at: dict[object, list[Literal]] = defaultdict(list)
                for duty in duties:
                    if duty.post.dates & week:
                        at[_time(duty.post)].append(duty.literal)
                row = []
                for literals in at.values():
                    same = frozenset(literal.index for literal in literals)
                    if same not in once:
                        once[same] = model.either(literals)
                    row.append(once[same])
                weeks[frozenset(literal.index for literal in row)] = row
            self._charge(model, weeks)

    def _charge(self, model: Model, weeks: dict[frozenset[int], list[Literal]]) -> None:
        """The times beyond those allowed, in the week that has most of them."""
        from constraints.model import total

        rows = [
            row
            for same, row in weeks.items()
            if len(row) > self.times and not any(same < other for other in weeks)
        ]
        if rows:
            most = max(map(len, rows)) - self.times
            beyond = model.cp.new_int_var(0, most, "")
            for row in rows:
                model.cp.add(beyond >= total(row) - self.times)
            model.charge(self, beyond)

    def _counts(self, demand: Demand, post: Post) -> bool:
        return post.role is Role.DUTY_LEADER and self.concerns_post(post, demand.instance)

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            if not self.concerns_person(view.people[key]):
                continue
            duties = [post for post in posts if self._counts(view.demand, post)]
            count = max(
                len({_time(post) for post in duties if post.dates & week})
                for week in view.demand.calendar.of_week.values()
            )
            if count > self.times:
                yield self.found(
                    count - self.times, {"staff": key}, staff=key, count=count, times=self.times
                )


def _time(post: Post) -> object:
    """What counts as one time: a weekday, or a turn of several days."""
    days = {block.weekday for block in post.blocks}
    return min(days) if len(days) == 1 else post.key
