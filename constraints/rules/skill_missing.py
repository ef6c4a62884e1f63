"""理由: a post may ask for skills (football, leader on duty), or name who may hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person
from instances.school import PostSpec
from instances.words import Role

if TYPE_CHECKING:
    from constraints.view import View


class SkillMissing(Rule):
    """A person in a post whose skills they lack, or that names others."""

    title: ClassVar[Label] = Label("不具备资格", "unqualified")
    statement: ClassVar[Template] = Template(
        "岗位只由具备所需技能、在指定人员之内的人担任。",
        "Posts are held by people with the skills asked for, and among those named.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}不符合“{activity}”{role}的要求（所需技能：{skills}；指定人员：{listed}）。",
        "{staff} does not qualify as {role} of “{activity}”"
        " (skills needed: {skills}; people named: {listed}).",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "值班领导由没有该资格的王芳担任",
            "王芳, who is not qualified to, is leader on duty",
            Tiny()
            .staff("王芳")
            .duty("值班", "Tue", posts=(PostSpec(role=Role.DUTY_LEADER, skills=("领导",)),))
            .holds("王芳", "值班", "Tue"),
            2,
        ),
        example(
            "她的资格比所需的多",
            "she has more qualifications than are asked for",
            Tiny()
            .staff("王芳", skills=("领导", "篮球"))
            .duty("值班", "Tue", posts=(PostSpec(role=Role.DUTY_LEADER, skills=("领导",)),))
            .holds("王芳", "值班", "Tue"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        return person.qualified(post)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            held = view.people[staff].staff
            for session in sessions:
                post = session.post
                lacks = [skill for skill in sorted(post.skills) if skill not in held.skills]
                unnamed = bool(post.listed) and not {held.key, held.name} & set(post.listed)
                if lacks or unnamed:
                    yield self.found(
                        1,
                        {"staff": staff, "session": session.key},
                        staff=staff,
                        activity=post.activity,
                        role=post.role,
                        skills=sorted(post.skills),
                        listed=post.listed,
                    )
