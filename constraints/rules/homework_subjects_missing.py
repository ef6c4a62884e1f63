"""理由: homework is in Chinese, maths and English; over the week, children should meet somebody
who can help with each.

For each class, a subject counts if somebody who teaches it (a skill Chinese, maths or English)
could hold one of its weekly posts of homework care, and nobody who holds one does.

建模: in stages that do not resolve classes, whoever is on with a pool may
have any of its classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.rules.class_changes_hands import care_posts
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Kind

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Literal, Model
    from constraints.view import View

SUBJECTS = {
    Label("语文", "Chinese"): {"语文", "chinese"},
    Label("数学", "maths"): {"数学", "maths", "math", "mathematics"},
    Label("英语", "English"): {"英语", "english"},
}


class HomeworkSubjectsMissing(Rule):
    """A class whose homework care lacks a subject all week."""

    title: ClassVar[Label] = Label("作业看护缺学科", "subjects missing in homework care")
    statement: ClassVar[Template] = Template(
        "每班一周的作业看护中，语文、数学、英语教师都有。",
        "Over the week, teachers of Chinese, maths and English supervise each class's homework.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}一周的作业看护中没有{subjects}教师。",
        "No teacher of {subjects} supervises {school_class}'s homework in the week.",
    )
    default_weight: ClassVar[int | None] = 3
    by_person: ClassVar[bool] = False
    optional: ClassVar[bool] = True
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # 李明 could bring maths and does not: 1; nobody at school teaches English
        example(
            "周二、周四都由语文教师看护，数学教师没有安排",
            "a Chinese teacher on both days, the maths teacher on neither",
            Tiny()
            .classes("三1")
            .staff("王芳", skills=("语文",))
            .staff("李明", skills=("数学",))
            .care("Tue", "Thu")
            .setting("homework-subjects-missing")
            .holds("王芳", "看护", "Tue", "Thu"),
            1,
        ),
        example(
            "周二语文教师，周四数学教师",
            "a Chinese teacher on Tuesday, a maths teacher on Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳", skills=("语文",))
            .staff("李明", skills=("Maths",))
            .care("Tue", "Thu")
            .setting("homework-subjects-missing")
            .holds("王芳", "看护", "Tue")
            .holds("李明", "看护", "Thu"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        possible = self._possible(model.context)
        helping: dict[tuple[str, Label], list[Literal]] = {one: [] for one in possible}
        classes = {
            pool.index: {
                name
                for post in pool.posts
                if self._counts(model.demand, post)
                for name in post.classes
            }
            for pool in model.pools
        }
        for key, holdings in model.holdings.items():
            subjects = _subjects(model.context.people[key])
            for holding in holdings if subjects else ():
                for name in classes[holding.pool.index]:
                    for subject in subjects:
                        helping[name, subject].append(holding.literal)
        for literals in helping.values():
            model.charge(self, model.under(sum(literals), 1, 0))

    def check(self, view: View) -> Iterator[Finding]:
        there: dict[str, set[Label]] = defaultdict(set)
        for staff, posts in view.pattern.items():
            for post in posts:
                if self._counts(view.demand, post):
                    for name in post.classes:
                        there[name] |= _subjects(view.people[staff])
        missing: dict[str, list[Label]] = defaultdict(list)
        for name, subject in self._possible(view.context):
            if subject not in there[name]:
                missing[name].append(subject)
        for name, subjects in missing.items():
            where = {"class": name, "subjects": [one.en for one in subjects]}
            yield self.found(len(subjects), where, school_class=name, subjects=subjects)

    def _counts(self, demand: Demand, post: Post) -> bool:
        return (
            post.kind is Kind.CARE
            and care_posts(demand, post)
            and self.concerns_post(post, demand.instance)
        )

    def _possible(self, context: Context) -> list[tuple[str, Label]]:
        """Classes with the subjects that somebody could bring them."""
        found: dict[tuple[str, Label], None] = {}
        for post in context.demand.posts:
            if self._counts(context.demand, post):
                for key in context.admitted(post):
                    for subject in SUBJECTS:
                        if subject in _subjects(context.people[key]):
                            found |= {(name, subject): None for name in post.classes}
        return list(found)


def _subjects(person: Person) -> set[Label]:
    skills = {skill.strip().lower() for skill in person.staff.skills}
    return {subject for subject, names in SUBJECTS.items() if names & skills}
