"""理由: an outside instructor knows the subject; a teacher of the school knows the children, and
answers for them.

Counts the weekly meetings of clubs and tutoring that, on some date, only outside instructors
(column Outside) hold: a post that stays open is no company. A club with one post needs a second
one, such as an assistant, to be led by an outside instructor without loss.

What else is agreed with outside instructors other rules keep, for them as for everybody: no
more posts in the term than their cap (``cap-term-exceeded``), and nothing before their first
day or after their last (``on-leave``).
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
from instances.words import Kind, Role

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Model
    from constraints.view import View

_LED = (PostSpec(role=Role.LEADER), PostSpec(role=Role.ASSISTANT))


def _choir() -> Tiny:
    tiny = Tiny().classes("三1").room("琴房").staff("刘洋", outside=True).staff("李明")
    tiny = tiny.care("Tue").club("合唱", "Tue", posts=_LED).meets("合唱", "Tue", room="琴房")
    return tiny.holds("刘洋", "合唱", role=Role.LEADER)


class OutsideInstructorAlone(Rule):
    """A club that outside instructors hold by themselves."""

    title: ClassVar[Label] = Label("校外教师单独带班", "outside instructor alone")
    statement: ClassVar[Template] = Template(
        "校外教师带社团或辅导时，有一位本校教师一同在场。",
        "Outside instructors in clubs and tutoring have somebody of the school with them.",
    )
    finding: ClassVar[Template] = Template(
        "{block}“{activity}”只有校外教师：{staff}。",
        "Only outside instructors are in “{activity}” on {block}: {staff}.",
    )
    default_weight: ClassVar[int | None] = 10
    optional: ClassVar[bool] = True
    may_be_must: ClassVar[bool] = True
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # the choir meets once a week, its assistant is missing: 1
        example(
            "校外的刘洋指导合唱，助教空缺",
            "刘洋, from outside, leads the choir, and nobody assists",
            _choir().holds("李明", "看护", "Tue"),
            1,
        ),
        example(
            "校外的刘洋指导合唱，李明作助教",
            "刘洋, from outside, leads the choir, 李明 assists",
            _choir().holds("李明", "合唱", role=Role.ASSISTANT),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        concerned = partial(self._concerned, model.context)
        charge_alone(model, self, _outside(model.context), concerned)

    def check(self, view: View) -> Iterator[Finding]:
        concerned = partial(self._concerned, view.context)
        for meeting, names in found_alone(view, _outside(view.context), concerned):
            facts = {"block": meeting.block, "activity": meeting.name(view.demand)}
            yield self.found(1, meeting.where(), **facts, staff=names)

    def _concerned(self, context: Context, key: str, post: Post) -> bool:
        person, instance = context.people[key], context.instance
        if post.kind not in (Kind.CLUB, Kind.TUTORING) or not self.concerns_person(person):
            return False
        return self.concerns_post(post, instance)


def _outside(context: Context) -> set[str]:
    return {key for key, person in context.people.items() if person.staff.outside}
