"""理由: two hours every school day are promised to every class that stays. Where they fall out, the
children are at an event, or somebody has to say where they are.

建模: sessions are cancelled on single dates alone, so the weekly pattern cannot break this.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.view import View
    from instances.timetable import Session

Hour = tuple[str, dt.date, str]
"""A class, a date and a segment of its service."""


class ClassLeftOut(Rule):
    """A class whose hours were cancelled while it is at no event."""

    title: ClassVar[Label] = Label("班级无人管", "class left out")
    statement: ClassVar[Template] = Template(
        "班级的课后服务被取消时，学生在参加大型活动，或另有安排。",
        "Where the service of a class is cancelled, its children are at an event, or something"
        " else takes place for them.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}在{date} {segment}的“{activity}”取消了，既没有别的安排，也不在大型活动。",
        "“{activity}” of {school_class} on {date} {segment} is cancelled, with nothing in its"
        " place and no event.",
    )
    default_weight: ClassVar[int | None] = 40
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "classes"
    examples: ClassVar[tuple[Example, ...]] = (
        # care of 8 September, for the one class: 1
        example(
            "9月8日的看护取消，没有活动",
            "care is cancelled on 8 September, and there is no event",
            Tiny().classes("三1").care("Tue").instead("看护", 8, cancelled=True),
            1,
        ),
        example(
            "9月8日的看护取消，全班在合唱比赛",
            "care is cancelled on 8 September, and the class is at the contest",
            Tiny()
            .classes("三1")
            .care("Tue 社团")
            .event("合唱比赛", grades=(3,))
            .held("合唱比赛", 8)
            .instead("看护", 8, cancelled=True),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        lost: dict[Hour, Session] = {}
        for session in view.sessions:
            gone = not session.takes_place and session.into is None and session.moved_to is None
            if gone and session.post.group is not None and session.children:
                for name in session.post.classes:
                    lost.setdefault((name, session.date, session.segment), session)
        days = {(name, date) for name, date, _ in lost}
        kept: dict[tuple[str, dt.date], list[Session]] = defaultdict(list)
        for session in view.sessions if lost else ():
            if session.takes_place and session.post.group is not None:
                for name in session.classes:
                    if (name, session.date) in days:
                        kept[name, session.date].append(session)
        for (name, date, segment), session in lost.items():
            if not self.concerns_post(session.post, view.instance):
                continue
            there = any(
                one.start < session.end and session.start < one.end for one in kept[name, date]
            )
            during = view.expansion.at_events.during(date, session.start, session.end)
            if not there and not any(name in one.classes for one in during):
                yield self.found(
                    1,
                    {"class": name, "session": session.key},
                    school_class=name,
                    date=date,
                    segment=segment,
                    activity=session.post.activity,
                )
