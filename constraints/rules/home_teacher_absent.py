"""理由: the home teacher knows the children; one session a week keeps the thread.

A class counts only if its home teacher could take one of its weekly care posts. 建模: in
stages that do not resolve classes, a home teacher who is on with their own class's pool may
have the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.rules.class_changes_hands import care_posts
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Literal, Model
    from constraints.view import View


class HomeTeacherAbsent(Rule):
    """A class that its home teacher never supervises."""

    title: ClassVar[Label] = Label("班主任不到本班", "home teacher never with own class")
    statement: ClassVar[Template] = Template(
        "班主任每周至少看护本班一次。",
        "Home teachers supervise their own class at least once a week.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}的班主任{staff}一周没有看护过本班。",
        "{staff}, home teacher of {school_class}, never supervises it in the week.",
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # one class, never with its home teacher: 1
        example(
            "班主任王芳看护三2班，三1班由李明看护",
            "home teacher 王芳 is with class 三2, her own class 三1 with 李明",
            Tiny()
            .classes("三1", home_teacher="王芳")
            .classes("三2")
            .staff("王芳", "李明")
            .care("Tue")
            .holds("王芳", "看护", "Tue", school_class="三2")
            .holds("李明", "看护", "Tue", school_class="三1"),
            1,
        ),
        example(
            "班主任一周一次在本班",
            "the home teacher is with the class once a week",
            Tiny()
            .classes("三1", home_teacher="王芳")
            .staff("王芳", "李明")
            .care("Tue", "Thu")
            .holds("王芳", "看护", "Tue")
            .holds("李明", "看护", "Thu"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for school_class in model.demand.instance.classes:
            home = school_class.home_teacher
            if home is None or home not in model.holdings:
                continue
            if not self._possible_model(model, school_class.name, home):
                continue
            literals: list[Literal] = [
                holding.literal
                for holding in model.holdings[home]
                if any(
                    school_class.name in post.classes and care_posts(model.demand, post)
                    for post in holding.pool.posts
                )
            ]
            amount = model.under(sum(literals), 1, 0)
            model.charge(self, amount)

    def _possible_model(self, model: Model, name: str, home: str) -> bool:
        person = model.context.people[home]
        return any(
            name in post.classes
            and care_posts(model.demand, post)
            and self.concerns_post(post, model.demand.instance)
            and model.context.admits(person, post)
            for post in model.demand.posts
        )

    def _is_possible(self, context: Context, name: str, home: str) -> bool:
        """Whether a home teacher could ever supervise the class; the same in every timetable."""
        key = ("home teacher", id(self), name)
        if key not in context.memory:
            person = context.people[home]
            found = any(
                name in post.classes
                and care_posts(context.demand, post)
                and self.concerns_post(post, context.instance)
                and context.admits(person, post)
                for post in context.demand.posts
            )
            context.memory[key] = self, found  # holding the rule keeps its id its own
        possible: bool = context.memory[key][1]
        return possible

    def check(self, view: View) -> Iterator[Finding]:
        for school_class in view.instance.classes:
            home = school_class.home_teacher
            if home not in view.people or any(
                school_class.name in post.classes and care_posts(view.demand, post)
                for post in view.pattern.get(home, ())
            ):
                continue
            if self._is_possible(view.context, school_class.name, home):
                yield self.found(
                    1, {"class": school_class.name}, school_class=school_class.name, staff=home
                )
