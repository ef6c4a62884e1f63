"""理由: somebody new is not to be alone with children yet, but beside a colleague who knows how.

Counts the weekly meetings with children (of a class, a group, a club) in which a newcomer
(column Newcomer) holds a post and, on some date of it, nobody who is not a newcomer does: a post
that stays open gives no company. With one adult to a class, newcomers thus get the posts of
assistants, or the second post of a large group.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from constraints.company import charge_alone, found_alone
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.school import PostSpec
from instances.words import Role

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Model
    from constraints.view import View

_LED = (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))


def _choir() -> Tiny:
    tiny = Tiny().classes("三1").room("琴房").staff("王芳", newcomer=True).staff("李明")
    tiny = tiny.care("Tue").club("合唱", "Tue", posts=_LED).meets("合唱", "Tue", room="琴房")
    return tiny.holds("王芳", "合唱", role=Role.ASSISTANT)


class NewcomerAlone(Rule):
    """A newcomer with children, and nobody experienced there."""

    title: ClassVar[Label] = Label("新教师单独带班", "newcomer alone")
    statement: ClassVar[Template] = Template(
        "新教师带学生时，有一位非新教师一同在场。",
        "Newcomers with children have somebody with them who is not a newcomer.",
    )
    finding: ClassVar[Template] = Template(
        "{block}“{activity}”只有新教师：{staff}。",
        "Only newcomers are in “{activity}” on {block}: {staff}.",
    )
    default_weight: ClassVar[int | None] = 10
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # the assistant of a choir whose leader is missing: 1 meeting in the week
        example(
            "新教师王芳作合唱助教，指导教师空缺",
            "newcomer 王芳 assists in the choir, and nobody leads it",
            _choir().holds("李明", "看护", "Tue"),
            1,
        ),
        example(
            "李明指导合唱，新教师王芳作助教",
            "李明 leads the choir, newcomer 王芳 assists",
            _choir().holds("李明", "合唱", role=Role.LEADER),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        concerned = partial(self._concerned, model.context)
        charge_alone(model, self, _newcomers(model.context), concerned)

    def check(self, view: View) -> Iterator[Finding]:
        concerned = partial(self._concerned, view.context)
        for meeting, names in found_alone(view, _newcomers(view.context), concerned):
            facts = {"block": meeting.block, "activity": meeting.name(view.demand)}
            yield self.found(1, meeting.where(), **facts, staff=names)

    def _concerned(self, context: Context, key: str, post: Post) -> bool:
        person, instance = context.people[key], context.instance
        if not post.kind.has_children or not self.concerns_person(person):
            return False
        return self.concerns_post(post, instance)


def _newcomers(context: Context) -> set[str]:
    return {key for key, person in context.people.items() if person.staff.newcomer}
