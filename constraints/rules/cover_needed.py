"""理由: who is known to be away for weeks should not be given a post that others must cover
on all those dates, if somebody else can have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.caps import places_on
from constraints.examples import Tiny, example, september
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class CoverNeeded(Rule):
    """Dated posts whose weekly holder is away."""

    title: ClassVar[Label] = Label("需要代课", "covers needed")
    statement: ClassVar[Template] = Template(
        "固定岗位尽量不安排给学期中要请假的人。",
        "Weekly posts go to people who are there on their dates, as far as possible.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}请假期间有{count}个场次需要代课。",
        "{count} {count:session|sessions} of {staff} {count:needs|need} a cover while they are "
        "away.",
    )
    default_weight: ClassVar[int | None] = 1
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # of Tuesdays 8 and 15 September, the second falls into the leave: 1
        example(
            "9月14日至18日请假，周二有固定岗位",
            "on leave from 14 to 18 September, with a weekly post on Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳", leave=(september(14, 18),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            1,
        ),
        example(
            "周三至周五请假，周二的岗位不受影响",
            "on leave from Wednesday to Friday: Tuesday's post is not affected",
            Tiny()
            .classes("三1")
            .staff("王芳", leave=(september(16, 18),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for key, holdings in model.holdings.items():
            person, instance = model.context.people[key], model.demand.instance
            away = person.absent if self.concerns_person(person) else 0
            for holding in holdings if away else ():
                count = places_on(holding.post, away)
                if count and self.concerns_post(holding.post, instance):
                    model.charge(self, holding.literal * count)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, posts in view.pattern.items():
            person = view.people[staff]
            mine = (post for post in posts if self.concerns_post(post, view.instance))
            count = sum(places_on(post, person.absent) for post in mine)
            if count and self.concerns_person(person):
                yield self.found(count, {"staff": staff}, staff=staff, count=count)
