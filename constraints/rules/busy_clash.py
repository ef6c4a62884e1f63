"""理由: lessons until the bell, research and staff meetings are fixed duties of the day.

They are facts, not wishes: never offered for relaxation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, busy, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import minutes
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Parity

if TYPE_CHECKING:
    from constraints.view import View


class BusyClash(Rule):
    """A post during a fixed duty."""

    title: ClassVar[Label] = Label("与有课时间冲突", "during a fixed duty")
    statement: ClassVar[Template] = Template(
        "有课、教研等固定事务的时间不安排。", "Nobody is assigned during lessons or other duties."
    )
    finding: ClassVar[Template] = Template(
        "{staff}在{date} {start}有固定事务（{reason}），却被安排到“{activity}”。",
        "{staff} has a fixed duty ({reason}) on {date} at {start}, but is in “{activity}”.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "教研16:00开始，看护16:30才结束",
            "a meeting begins at 16:00, care ends at 16:30",
            Tiny()
            .classes("三1")
            .staff("王芳", busy=(busy("Tue", "16:00", "17:00", reason="教研"),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            2,
        ),
        example(
            "课上到15:30，看护15:30开始",
            "lessons end at 15:30, when care begins",
            Tiny()
            .classes("三1")
            .staff("王芳", busy=(busy("Tue", "14:50", "15:30", reason="上课"),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        return not person.staff.busy or not person.busy_days(post)

    def check(self, view: View) -> Iterator[Finding]:
        gap = view.instance.term.changeover_minutes
        for staff, sessions in view.held.items():
            for duty in view.people[staff].staff.busy:
                for session in sessions:
                    odd = session.day.week % 2 == 1
                    if session.day.weekday != duty.weekday:
                        continue
                    if duty.parity is not Parity.ALL and odd != (duty.parity is Parity.ODD):
                        continue
                    if minutes(duty.start) - gap < minutes(session.end) and minutes(
                        session.start
                    ) - gap < minutes(duty.end):
                        yield self.found(
                            1,
                            {"staff": staff, "session": session.key},
                            staff=staff,
                            date=session.date,
                            start=session.start,
                            reason=duty.reason,
                            activity=session.post.activity,
                        )
