"""理由: children and parents want to know who is with the class; a class that has another
adult every day is known by nobody.

Counts the different people who supervise a class's homework care every week; posts of club
pauses and rota turns do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import is_regular
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.words import Role

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View


def care_posts(demand: Demand, post: Post) -> bool:
    """Whether a post is a weekly one in which somebody supervises classes in care."""
    return post.kind.is_remainder and post.role is Role.SUPERVISOR and is_regular(demand, post)


class ClassChangesHands(Rule):
    """A class supervised by many different people over the week."""

    title: ClassVar[Label] = Label("班级频繁换人", "class changes hands")
    statement: ClassVar[Template] = Template(
        "每个班一周的看护教师不超过{people}人。",
        "No class has more than {people} different {people:supervisor|supervisors} in the week.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}一周有{count}位看护教师：{names}。",
        "{school_class} has {count} supervisors in the week: {names}.",
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False

    people: int = Field(
        default=5,
        ge=1,
        le=10,
        json_schema_extra={"zh": "允许人数", "en": "people allowed"},
    )
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # six supervisors in the week, five allowed: 6 - 5 = 1
        example(
            "六个时段由六位教师看护",
            "six segments, six supervisors",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明", "张伟", "刘洋", "陈静", "赵敏")
            .care("Mon", "Tue", "Wed", "Thu", "Fri", "Fri 社团")
            .holds("王芳", "看护", "Mon")
            .holds("李明", "看护", "Tue")
            .holds("张伟", "看护", "Wed")
            .holds("刘洋", "看护", "Thu")
            .holds("陈静", "看护", "Fri")
            .holds("赵敏", "看护", "Fri 社团"),
            1,
        ),
        example(
            "六个时段由三位教师看护",
            "six segments, three supervisors",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明", "张伟")
            .care("Mon", "Tue", "Wed", "Thu", "Fri", "Fri 社团")
            .holds("王芳", "看护", "Mon", "Tue")
            .holds("李明", "看护", "Wed", "Thu")
            .holds("张伟", "看护", "Fri", "Fri 社团"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        if not model.resolves_classes:
            return
        by_class: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        for key, holdings in model.holdings.items():
            for holding in holdings:
                if self._counts(model.demand, holding.post):
                    for name in holding.post.classes:
                        by_class[name][key].append(holding.literal)
        for people in by_class.values():
            if len(people) > self.people:
                hands = [model.either(literals) for literals in people.values()]
                amount = model.over(sum(hands), self.people, len(hands))
                model.charge(self, amount)

    def _counted(self, demand: Demand) -> frozenset[Post]:
        return frozenset(post for post in demand.posts if self._counts(demand, post))

    def _counts(self, demand: Demand, post: Post) -> bool:
        return care_posts(demand, post) and self.concerns_post(post, demand.instance)

    def check(self, view: View) -> Iterator[Finding]:
        names: dict[str, set[str]] = defaultdict(set)
        counted = view.context.once(self, "counted", self._counted)
        for staff, posts in view.pattern.items():
            for post in counted.intersection(posts):
                for name in post.classes:
                    names[name].add(staff)
        for school_class, people in names.items():
            if len(people) > self.people:
                yield self.found(
                    len(people) - self.people,
                    {"class": school_class},
                    school_class=school_class,
                    count=len(people),
                    names=sorted(people),
                )
