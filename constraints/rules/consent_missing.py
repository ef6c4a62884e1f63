"""理由: service is voluntary: nobody is ever assigned where they have not agreed.

On a make-up day, consent follows the weekday whose timetable is taught.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example, wish
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Level

if TYPE_CHECKING:
    from constraints.view import View


class ConsentMissing(Rule):
    """A person at a time or in an activity that they have not agreed to."""

    title: ClassVar[Label] = Label("未经本人同意", "without consent")
    statement: ClassVar[Template] = Template(
        "只安排本人同意的时段和活动。", "People are assigned only where they have agreed."
    )
    finding: ClassVar[Template] = Template(
        "{staff}没有同意{weekday}{segment}的“{activity}”（{date}）。",
        "{staff} has not agreed to “{activity}” on {weekday} {segment} ({date}).",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "周二作业时段填“不行”，却被安排",
            "“no” for Tuesday's homework segment, and assigned there",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.NO),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            2,
        ),
        example(
            "周二“尽量不”也算同意",
            "“rather not” is consent all the same",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.RATHER_NOT),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        return person.consents(post)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            person = view.people[staff]
            wishes = person.staff.activity_wishes
            refused = {wish.activity for wish in wishes if wish.level is Level.NO}
            for session in sessions:
                level = person.slot_level(session.day.weekday, session.segment)
                if level is Level.NO or session.post.activity in refused:
                    yield self.found(
                        1,
                        {"staff": staff, "session": session.key},
                        staff=staff,
                        weekday=session.day.weekday,
                        segment=session.segment,
                        activity=session.post.activity,
                        date=session.date,
                    )
