"""理由: schools limit how many clubs one person leads or assists (often two; domain §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.rule import Finding, Rule
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
        "{staff} is in {count} clubs ({clubs}); the limit is {cap}.",
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
