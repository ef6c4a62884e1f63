"""理由: a leader on duty stays until the last child has gone; nobody should have that evening
twice in a week while colleagues have none.

Counts the weekdays on which a person is leader on duty, in the week that has most: two
segments of one day are one time. A post that runs through several days is one turn and
counts once, since whoever takes the turn takes all of its days. Posts meet in a week only if
they have dates in it: turns of different weeks, odd and even weeks do not. Where there are
too few who could be leaders on duty, as many times are allowed as an even sharing asks for
(as a must, the number that is set holds all the same).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.words import Role, Rota

if TYPE_CHECKING:
    from constraints.context import Context
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
        "{staff} is leader on duty {count} {count:time|times} in a week; at most {times} allowed.",
    )
    default_weight: ClassVar[int | None] = 5
    may_be_must: ClassVar[bool] = True

    times: int = Field(
        default=1,
        ge=1,
        le=5,
        json_schema_extra={"zh": "每周次数", "en": "times a week"},
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # three days for three leaders, so one each; Monday, Tuesday and Thursday: 3 - 1 = 2
        example(
            "周一、周二、周四都值班",
            "on duty on Monday, Tuesday and Thursday",
            Tiny()
            .staff("王芳", "李明", "张伟")
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
        times = self._allowed(model.context)
        for key, holdings in model.holdings.items():
            duties = [h for h in holdings if self._counts(model.demand, h.post)]
            if len(duties) <= times or not self.concerns_person(model.context.people[key]):
                continue
            weeks: dict[frozenset[int], list[list[Literal]]] = {}
            for week in model.demand.calendar.of_week.values():
                here = [duty for duty in duties if duty.post.dates & week]
                at: dict[object, list[Literal]] = defaultdict(list)
                for duty in here:
                    at[_time(duty.post)].append(duty.literal)
                if len(at) > times:
                    weeks[frozenset(duty.literal.index for duty in here)] = list(at.values())
            if weeks:
                beyond = model.cp.new_int_var(0, max(map(len, weeks.values())) - times, "")
                for same, row in weeks.items():
                    if not any(same < other for other in weeks):
                        model.cp.add(beyond >= sum(map(model.either, row)) - times)
                model.charge(self, beyond)

    def _counts(self, demand: Demand, post: Post) -> bool:
        return post.role is Role.DUTY_LEADER and self.concerns_post(post, demand.instance)

    def _allowed(self, context: Context) -> int:
        """The times set, or those that an even sharing of the fullest week asks for."""
        posts = [p for p in context.demand.posts if self._counts(context.demand, p)]
        leaders = {key for post in posts for key in context.admitted(post)}
        if self.weight is None or not leaders:
            return self.times
        fixed = [post for post in posts if post.option is None]
        most = max(
            len({(_time(post), post.number) for post in fixed if post.dates & week})
            for week in context.demand.calendar.of_week.values()
        )
        return max(self.times, -(-most // len(leaders)))

    def check(self, view: View) -> Iterator[Finding]:
        times = view.context.once(self, "allowed", lambda _: self._allowed(view.context))
        for key, posts in view.pattern.items():
            if not self.concerns_person(view.people[key]):
                continue
            duties = [post for post in posts if self._counts(view.demand, post)]
            count = max(
                len({_time(post) for post in duties if post.dates & week})
                for week in view.demand.calendar.of_week.values()
            )
            if count > times:
                yield self.found(count - times, {"staff": key}, staff=key, count=count, times=times)


def _time(post: Post) -> object:
    """What counts as one time: a weekday, or a turn of several days."""
    days = {block.weekday for block in post.blocks}
    return min(days) if len(days) == 1 else post.key
