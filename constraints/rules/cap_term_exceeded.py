"""理由: a person's own limit of posts over the whole term, counted on real dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.caps import at_most_per_period
from constraints.examples import Tiny, example, september
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class CapTermExceeded(Rule):
    """More posts over the term than the person allows."""

    title: ClassVar[Label] = Label("超过学期上限", "over the term's cap")
    statement: ClassVar[Template] = Template(
        "每人全学期的岗位次数不超过其学期上限。",
        "Nobody has more dated posts over the term than their cap.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}全学期有{count}次岗位，学期上限为{cap}次。",
        "{staff} has {count} dated {count:post|posts} over the term; the cap is {cap}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # two weekly posts in two weeks, three allowed: 2 * 2 - 3 = 1
        example(
            "学期上限3次，每周两个岗位共两周",
            "three posts allowed over the term, two a week for two weeks",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_term=3)
            .care("Tue", "Wed")
            .holds("王芳", "看护", "Tue", "Wed"),
            1,
        ),
        example(
            "学期上限3次，其中一个周三放假",
            "three posts allowed, and one Wednesday is a holiday",
            Tiny(holidays=(september(9),))
            .classes("三1")
            .staff("王芳", cap_term=3)
            .care("Tue", "Wed")
            .holds("王芳", "看护", "Tue", "Wed"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        cap = person.staff.cap_term
        return cap is None or person.worked + post.size <= cap

    def post(self, model: Model) -> None:
        for key, holdings in model.holdings.items():
            person = model.context.people[key]
            cap = person.staff.cap_term
            if cap is not None and len(holdings) > 1:
                left = max(0, cap - person.worked)
                at_most_per_period(model, holdings, [model.demand.calendar.every], left)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            cap = view.people[staff].staff.cap_term
            count = view.people[staff].worked + len(sessions)
            if cap is not None and count > cap:
                yield self.found(count - cap, {"staff": staff}, staff=staff, count=count, cap=cap)
