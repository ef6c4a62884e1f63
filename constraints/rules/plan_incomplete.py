"""理由: plan, content, time, place and instructor are fixed for every session.

A session without an instructor is an open post, reported as such and not here; time and
content always follow from the pattern, so what can be missing is the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.view import View


class PlanIncomplete(Rule):
    """A session with children that has no known place."""

    title: ClassVar[Label] = Label("五定不全", "plan incomplete")
    statement: ClassVar[Template] = Template(
        "每个场次的计划、内容、时间、地点都已确定。",
        "Every session has its plan, content, time and place.",
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”（{classes}）在{date} {segment}没有确定的场地（填写：{room}）。",
        "“{activity}” ({classes}) on {date} {segment} has no known place (given: {room}).",
    )
    apart: ClassVar[Unit | None] = "meetings"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "篮球还没有场地",
            "basketball has no room yet",
            Tiny().classes("三1").room("操场").club("篮球", "Tue").meets("篮球", "Tue", room=None),
            2,
        ),
        example(
            "有场地而没有教师：是空缺，不是五定不全",
            "a room and no leader: an open post, not an incomplete plan",
            Tiny()
            .classes("三1")
            .room("操场")
            .club("篮球", "Tue")
            .meets("篮球", "Tue", room="操场"),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        for session in view.sessions:
            if not session.takes_place or not session.post.kind.has_children:
                continue
            if session.room not in view.instance.room_by_name:
                yield self.found(
                    1,
                    {"session": session.key},
                    activity=session.post.activity,
                    classes=session.post.classes,
                    date=session.date,
                    segment=session.segment,
                    room=session.room,
                )
