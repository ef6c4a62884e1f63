"""理由: a couple, or two who do not get on, should not run the same class or club.

Two of those named are together if they hold posts of the same meeting in the week (the same
activity, and the same group of classes) with a date in common. Each pair counts once for each
meeting; people in different classes at the same time are not together.

建模: where it is open who of a pool takes which class, nothing is said of that pool.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Literal

from constraints.clash import parts
from constraints.company import Meeting, meetings_of, named_people
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.school import PostSpec
from instances.words import Role

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View

_LED = (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))


def _choir() -> Tiny:
    tiny = Tiny().classes("三1").room("琴房").staff("王芳", "李明", "张伟")
    tiny = tiny.club("合唱", "Tue", "Thu", per_week=2, posts=_LED)
    tiny = tiny.meets("合唱", "Tue", "Thu", room="琴房").care("Tue 社团")
    tiny = tiny.setting("people-together", staff=("王芳", "李明"))
    return tiny.holds("王芳", "合唱", role=Role.LEADER)


class PeopleTogether(Rule):
    """People who are to be kept apart, in one class or club."""

    title: ClassVar[Label] = Label("回避的人同岗", "people together")
    statement: ClassVar[Template] = Template(
        "指定的几位教师（回避）不在同一个班或同一个活动里上岗。",
        "The people named are not in the same class or activity together.",
    )
    finding: ClassVar[Template] = Template(
        "{one}和{other}{block}同在“{activity}”。",
        "{one} and {other} are both in “{activity}” on {block}.",
    )
    default_weight: ClassVar[int | None] = 10
    about: ClassVar[Literal["staff", "activities"] | None] = "staff"
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # the choir meets on Tuesday and on Thursday: 1 pair * 2 meetings
        example(
            "王芳指导、李明协助同一个每周两次的合唱",
            "王芳 leads and 李明 assists the same choir, twice a week",
            _choir().holds("李明", "合唱", role=Role.ASSISTANT),
            2,
        ),
        example(
            "同一时段李明在看护",
            "李明 is in care at the same time",
            _choir().holds("张伟", "合唱", role=Role.ASSISTANT).holds("李明", "看护", "Tue 社团"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        held: dict[Meeting, dict[str, list[tuple[Holding, int]]]] = defaultdict(dict)
        for key in named_people(self, model.context.people):
            for holding in model.holdings[key]:
                resolved = len({post.group for post in holding.pool.posts}) == 1
                if resolved and self.concerns_post(holding.post, model.demand.instance):
                    for meeting, mask in meetings_of(holding.post):
                        held[meeting].setdefault(key, []).append((holding, mask))
        for people in held.values():
            for one, other in combinations(people.values(), 2):
                self._charge(model, one, other)

    def _charge(
        self, model: Model, one: list[tuple[Holding, int]], other: list[tuple[Holding, int]]
    ) -> None:
        from constraints.model import total

        rows = {}
        for part in parts({mask for _, mask in (*one, *other)}):
            pair = [[h for h, mask in held if mask & part] for held in (one, other)]
            if all(pair):
                rows[tuple(tuple(h.pool.index for h in held) for held in pair)] = pair
        if rows:
            both = model.cp.new_bool_var("")
            for pair in rows.values():
                model.cp.add(both >= sum(total(h.literal for h in held) for held in pair) - 1)
            model.charge(self, both)

    def check(self, view: View) -> Iterator[Finding]:
        days: dict[Meeting, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for key in named_people(self, view.people):
            for post in view.pattern.get(key, ()):
                if self.concerns_post(post, view.instance):
                    for meeting, mask in meetings_of(post):
                        days[meeting][key] |= mask
        for meeting, people in days.items():
            for (one, first), (other, second) in combinations(people.items(), 2):
                if first & second:
                    facts = {"block": meeting.block, "activity": meeting.name(view.demand)}
                    yield self.found(1, meeting.where(), one=one, other=other, **facts)
