"""理由: someone on leave, not yet arrived or already gone is covered by somebody else.

建模: the weekly pattern may name a person with a short leave (``cover-needed`` weighs that);
the dated stage gives each such session a cover. Here only those absent on every date of a
post are kept out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example, september
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.people import Person

if TYPE_CHECKING:
    from constraints.view import View


class OnLeave(Rule):
    """A session held by somebody who is away."""

    title: ClassVar[Label] = Label("请假期间仍有安排", "assigned while on leave")
    statement: ClassVar[Template] = Template(
        "请假或不在校的日期不安排。", "Nobody is assigned on dates of leave or absence."
    )
    finding: ClassVar[Template] = Template(
        "{staff}在{date}请假或不在校，却被安排到“{activity}”{segment}。",
        "{staff} is away on {date}, but is in “{activity}” {segment}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # of Tuesdays 8 and 15 September, the first falls into the leave: 1
        example(
            "9月8日请假，当天仍有看护",
            "on leave on 8 September, and in care on that day",
            Tiny()
            .classes("三1")
            .staff("王芳", leave=(september(8),))
            .care("Tue")
            .holds("王芳", "看护", "Tue"),
            1,
        ),
        example(
            "9月8日请假，由李明代课",
            "on leave on 8 September, covered by 李明",
            Tiny()
            .classes("三1")
            .staff("王芳", leave=(september(8),))
            .staff("李明")
            .care("Tue")
            .holds("王芳", "看护", "Tue")
            .instead("看护", 8, staff="李明"),
            0,
        ),
    )

    def admits(self, person: Person, post: Post) -> bool:
        return bool(post.dates & ~person.absent)

    def check(self, view: View) -> Iterator[Finding]:
        for staff, sessions in view.held.items():
            held = view.people[staff].staff
            for session in sessions:
                date = session.date
                gone = any(date in period for period in held.leave)
                early = held.start is not None and date < held.start
                late = held.end is not None and date > held.end
                if gone or early or late:
                    yield self.found(
                        1,
                        {"staff": staff, "session": session.key},
                        staff=staff,
                        date=date,
                        activity=session.post.activity,
                        segment=session.segment,
                    )
