"""理由: nobody can be in two rooms at once, nor leave one group before the next has come.

建模: at most one post among those that share a moment of the week and a date: cliques
instead of pairs, which is the tight form.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import days_at, together
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
from instances.blocks import minutes
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View
    from instances.timetable import Session


class TeacherOverlap(Rule):
    """One person in two posts at one time."""

    title: ClassVar[Label] = Label("同时两处", "in two places at once")
    statement: ClassVar[Template] = Template(
        "每位教职工同一时间只在一个岗位。", "Each person is in one post at a time."
    )
    finding: ClassVar[Template] = Template(
        "{staff}在{date} {start}同时被安排到“{one}”和“{other}”。",
        "{staff} is in both “{one}” and “{other}” on {date} at {start}.",
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "周二同一时段既看护又在门岗",
            "in care and at the gate in the same segment on Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .care("Tue")
            .duty("门岗", "Tue")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "门岗", "Tue"),
            2,
        ),
        example(
            "看护到16:30，门岗从16:30开始",
            "care ends at 16:30, when the gate begins",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .care("Tue")
            .duty("门岗", "Tue 社团")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "门岗", "Tue 社团"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for holdings in model.holdings.values():
            done: set[frozenset[int]] = set()
            for moment in model.demand.moments:
                here = [(h, days) for h in holdings if (days := days_at(h.post, moment))]
                for clique in together([days for _, days in here]):
                    self._at_most_one(model, [here[n][0] for n in clique], done)

    def _at_most_one(
        self, model: Model, holdings: list[Holding], done: set[frozenset[int]]
    ) -> None:
        key = frozenset(h.pool.index for h in holdings)
        if len(key) > 1 and key not in done:
            done.add(key)
            model.cp.add_at_most_one(h.literal for h in holdings)

    def check(self, view: View) -> Iterator[Finding]:
        gap = view.instance.term.changeover_minutes
        for staff, sessions in view.held.items():
            ordered = sorted(sessions, key=lambda s: (s.date, s.start, s.end))
            for one, other in pairwise(ordered):
                if one.date == other.date and minutes(other.start) < minutes(one.end) + gap:
                    if one.post is not other.post or one.origin != other.origin:
                        yield self._found(staff, one, other)

    def _found(self, staff: str, one: Session, other: Session) -> Finding:
        return self.found(
            1,
            {"staff": staff, "sessions": [one.key, other.key]},
            staff=staff,
            date=other.date,
            start=other.start,
            one=one.post.activity,
            other=other.post.activity,
        )
