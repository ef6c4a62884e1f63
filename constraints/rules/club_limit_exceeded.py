"""理由: schools limit how many clubs one person leads or assists (often two; domain §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.words import Kind

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View


class ClubLimitExceeded(Rule):
    """One person in more clubs than they allow."""

    title: ClassVar[Label] = Label("社团数超过上限", "too many clubs")
    statement: ClassVar[Template] = Template(
        "每人带的社团数不超过其社团上限。", "Nobody is in more clubs than their limit."
    )
    finding: ClassVar[Template] = Template(
        "{staff}带了{count}个社团（{clubs}），上限为{cap}个。",
        "{staff} is in {count} {count:club|clubs} ({clubs}); the limit is {cap}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # two clubs, one allowed: 2 - 1 = 1
        example(
            "上限1个社团，带了篮球和合唱",
            "one club allowed, basketball and choir held",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_clubs=1)
            .room("操场")
            .club("篮球", "Tue")
            .club("合唱", "Wed")
            .meets("篮球", "Tue", room="操场")
            .meets("合唱", "Wed", room="操场")
            .holds("王芳", "篮球")
            .holds("王芳", "合唱"),
            1,
        ),
        example(
            "上限1个社团，每周两次的同一社团",
            "one club allowed, which meets twice a week",
            Tiny()
            .classes("三1")
            .staff("王芳", cap_clubs=1)
            .room("操场")
            .club("篮球", "Tue", "Thu", per_week=2)
            .meets("篮球", "Tue", "Thu", room="操场")
            .holds("王芳", "篮球"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for key, holdings in model.holdings.items():
            cap = model.context.people[key].staff.cap_clubs
            if cap is None:
                continue
            clubs: dict[str, list[Literal]] = defaultdict(list)
            for holding in holdings:
                if holding.post.kind is Kind.CLUB:
                    clubs[holding.post.activity].append(holding.literal)
            if len(clubs) > cap:
                model.cp.add(sum(model.either(some) for some in clubs.values()) <= cap)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, posts in view.pattern.items():
            cap = view.people[staff].staff.cap_clubs
            clubs = sorted({post.activity for post in posts if post.kind is Kind.CLUB})
            if cap is not None and len(clubs) > cap:
                yield self.found(
                    len(clubs) - cap,
                    {"staff": staff},
                    staff=staff,
                    count=len(clubs),
                    clubs=clubs,
                    cap=cap,
                )
