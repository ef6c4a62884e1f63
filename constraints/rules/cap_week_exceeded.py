"""理由: a person's own limit of posts a week; a post that spans two segments counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.caps import at_most_per_period, most_in_one, places_on
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Parity

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class CapWeekExceeded(Rule):
    """More posts in a week than the person allows."""

    title: ClassVar[Label] = Label("超过每周上限", "over the weekly cap")
    statement: ClassVar[Template] = Template(
        "每人每周的岗位数不超过其每周上限。",
        "Nobody has more posts in a week than their weekly cap.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}在第{week}周有{count}个岗位，每周上限为{cap}个。",
        "{staff} has {count} {count:post|posts} in week {week}; the weekly cap is {cap}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # two posts in each of two weeks, one allowed: (2 - 1) + (2 - 1) = 2
        example(
            "每周上限1个，每周两个岗位",
            "one post a week allowed, two held",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_week=1)
            .care("Tue", "Wed")
            .holds("王芳", "看护", "Tue", "Wed"),
            2,
        ),
        example(
            "每周上限1个，单周门岗、双周巡查",
            "one post a week allowed: the gate in odd weeks, patrol in even weeks",
            Tiny()
            .staff("王芳", cap_week=1)
            .duty("门岗", "Tue", parity=Parity.ODD)
            .duty("巡查", "Tue", parity=Parity.EVEN)
            .holds("王芳", "门岗", "Tue")
            .holds("王芳", "巡查", "Tue"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        cap = person.staff.cap_week
        if cap is None:
            return True
        weeks = person.demand.calendar.of_week.items()
        if not person.worked:
            return most_in_one(post, person.demand.calendar.of_week.values()) <= cap
        return all(places_on(post, days) + person.worked_in(n) <= cap for n, days in weeks)

    def post(self, model: Model) -> None:
        weeks = model.demand.calendar.of_week
        for key, holdings in model.holdings.items():
            person = model.context.people[key]
            cap = person.staff.cap_week
            if cap is None or len(holdings) < 2:
                continue
            begun = {n: person.worked_in(n) for n in weeks if person.worked_in(n)}
            whole = [days for n, days in weeks.items() if n not in begun]
            at_most_per_period(model, holdings, whole, cap)
            for n, worked in begun.items():
                at_most_per_period(model, holdings, [weeks[n]], max(0, cap - worked))

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            cap = view.people[staff].staff.cap_week
            if cap is None:
                continue
            for week, planned in sorted(Counter(s.day.week for s in sessions).items()):
                count = planned + view.people[staff].worked_in(week)
                if count > cap:
                    where = {"staff": staff, "week": week}
                    yield self.found(
                        count - cap, where, staff=staff, week=week, count=count, cap=cap
                    )
