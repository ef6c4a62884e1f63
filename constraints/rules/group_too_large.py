"""理由: groups that are put together on a date, or moved to where more children stay, may have
more children than their adults may look after.

建模: the weekly pattern has as many posts as the children need; only changes of single dates
can have fewer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.headcount import adults
from instances.merging import meeting_of
from instances.messages import Label, Template
from instances.words import Role

if TYPE_CHECKING:
    from constraints.view import View
    from instances.timetable import Session


class GroupTooLarge(Rule):
    """More children in care than the adults there may look after."""

    title: ClassVar[Label] = Label("看护人数过多", "group too large")
    statement: ClassVar[Template] = Template(
        "每名看护教师看护的学生不超过规定人数，合班也不例外。",
        "No adult looks after more children than the ratio allows, in merged groups too.",
    )
    finding: ClassVar[Template] = Template(
        "{date} {segment}，“{activity}”（{classes}）有{children}人、{count}名看护教师，"
        "按每人最多{ratio}人需要{needed}名。",
        "On {date} {segment}, “{activity}” ({classes}) has {children} "
        "{children:child|children} and {count} {count:adult|adults};"
        " with at most {ratio} each it needs {needed}.",
    )
    apart: ClassVar[Unit | None] = "meetings"
    examples: ClassVar[tuple[Example, ...]] = (
        # 30 + 30 children, one adult for at most 50: ceil(60 / 50) - 1 = 1
        example(
            "两个班各30人合班，每名教师最多看护50人",
            "two classes of 30 merged, with at most 50 children for an adult",
            Tiny().classes("三1", "三2").care("Tue", ratio=50).joins("三2", "三1", 8),
            1,
        ),
        example(
            "两个班各25人合班，正好50人",
            "two classes of 25 merged: exactly 50",
            Tiny().classes("三1", "三2", size=25).care("Tue", ratio=50).joins("三2", "三1", 8),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        groups: dict[object, list[Session]] = defaultdict(list)
        for session in view.sessions:
            post = session.post
            if session.takes_place and post.kind.is_remainder and post.role is Role.SUPERVISOR:
                groups[meeting_of(session)].append(session)
        for group in groups.values():
            session = group[0]
            ratio = view.instance.activity_by_name[session.post.activity].ratio
            needed = adults(session.children, ratio)
            if needed > len(group):
                yield self.found(
                    needed - len(group),
                    {"session": session.key},
                    date=session.date,
                    segment=session.segment,
                    activity=session.post.activity,
                    classes=session.classes,
                    children=session.children,
                    count=len(group),
                    ratio=ratio,
                    needed=needed,
                )
