"""理由: two hours every school day are promised to every class that stays. Where they fall out, the
children are at an event, or somebody has to say where they are.

建模: sessions are cancelled and moved on single dates alone, so the weekly pattern cannot break
this.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import HOMEWORK, Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Bilingual, Label, Template
from instances.timetable import When

if TYPE_CHECKING:
    from constraints.view import View
    from instances.timetable import Session

CANCELLED = Label("取消了", "cancelled")
MOVED = Template("移到了{date}", "moved to {date}")
MOVED_WITHIN = Template("移到了{segment}", "moved to {segment}")
Hour = tuple[str, dt.date, str]
"""A class, a date and a segment of its service."""


class ClassLeftOut(Rule):
    """A class whose hours were cancelled or moved away while it is at no event."""

    title: ClassVar[Label] = Label("班级无人管", "class left out")
    statement: ClassVar[Template] = Template(
        "班级的课后服务被取消或移到别的时间时，学生在参加大型活动，或另有安排。",
        "Where the service of a class is cancelled or moved to another time, its children are at"
        " an event, or something else takes place for them.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}在{date} {segment}的“{activity}”{what}，既没有别的安排，也不在大型活动。",
        "“{activity}” of {school_class} on {date} {segment} is {what}, with nothing in its"
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
        # nobody looks after the class on the 8th; on the 10th it is two groups at a time: 1
        example(
            "9月8日的看护移到9月10日，8日没有别的安排",
            "care of 8 September is moved to the 10th, and nothing takes place on the 8th",
            Tiny()
            .classes("三1")
            .care("Tue", "Thu")
            .instead("看护", 8, to=When(date=dt.date(2026, 9, 10), segment=HOMEWORK)),
            1,
        ),
        example(
            "9月8日的看护移到9月10日，全班8日在合唱比赛",
            "care of 8 September is moved to the 10th, and the class is at the contest on the 8th",
            Tiny()
            .classes("三1")
            .care("Tue 社团")
            .event("合唱比赛", grades=(3,))
            .held("合唱比赛", 8)
            .instead("看护", 8, to=When(date=dt.date(2026, 9, 10), segment=HOMEWORK)),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        lost: dict[Hour, Session] = {}
        for session in view.sessions:
            gone = not session.takes_place and session.into is None
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
                    what=_what(session),
                )


def _what(session: Session) -> Bilingual:
    """What became of a session."""
    to = session.moved_to
    if to is None:
        return CANCELLED
    return MOVED_WITHIN(segment=to.segment) if to.date == session.date else MOVED(date=to.date)
