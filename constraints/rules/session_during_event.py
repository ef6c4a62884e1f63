"""理由: children who are at the sports meet are not in homework care, and a club cannot train in
the hall where the festival is: what an event pushes out is cancelled, moved or merged in writing,
never left standing as if it took place.

建模: events are placed after the weekly pattern, and what they push out are dated exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import CLUBS, Tiny, example
from constraints.rule import Example, Finding, Rule
from instances.messages import Label, Template
from instances.words import Displaces

if TYPE_CHECKING:
    from constraints.view import View
    from instances.at_events import Going
    from instances.timetable import Session


class SessionDuringEvent(Rule):
    """A session that an event leaves no children or no room for."""

    title: ClassVar[Label] = Label("与大型活动同时进行", "session during an event")
    statement: ClassVar[Template] = Template(
        "大型活动期间，参加者的课后服务和占用场地上的活动另行安排或取消，不照常进行。",
        "While an event is on, what its children and its venues were to be in does not go on as"
        " usual: it is moved, merged or cancelled.",
    )
    finding: ClassVar[Template] = Template(
        "{date} {segment}，“{activity}”（{classes}）照常进行，而“{event}”占用了学生或场地。",
        "On {date} {segment} “{activity}” ({classes}) goes on as usual, but “{event}” takes its"
        " children or its room.",
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # two classes in care on 8 September while both are at the contest: 1 + 1 = 2
        example(
            "9月8日合唱比赛，两个班的看护都照常",
            "a singing contest on 8 September, and both classes still in care",
            Tiny()
            .classes("三1", "三2")
            .care("Tue 社团")
            .event("合唱比赛", grades=(3,))
            .held("合唱比赛", 8),
            2,
        ),
        example(
            "9月8日的看护已取消；15日没有比赛",
            "care of 8 September is cancelled; there is no contest on the 15th",
            Tiny()
            .classes("三1")
            .care("Tue 社团")
            .event("合唱比赛", grades=(3,))
            .held("合唱比赛", 8)
            .instead("看护", 8, cancelled=True),
            0,
        ),
        # the club of 8 September in the room of the contest: 1
        example(
            "比赛占用音乐室，合唱社仍在音乐室",
            "the contest is in the music room, and so is the choir",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .club("合唱社", "Tue")
            .meets("合唱社", "Tue", room="音乐室")
            .event("合唱比赛", venues=("音乐室",), displaces=Displaces.ROOMS)
            .held("合唱比赛", 8, segments=(CLUBS,)),
            1,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        at = view.expansion.at_events
        for session in view.sessions if at else ():
            if not session.takes_place:
                continue
            for one in at.during(session.date, session.start, session.end):
                if _taken(view, one, session):
                    yield self.found(
                        1,
                        {"session": session.key, "event": one.key},
                        date=session.date,
                        segment=session.segment,
                        activity=session.post.activity,
                        classes=session.classes,
                        event=one.event.name,
                    )
                    break


def _taken(view: View, one: Going, session: Session) -> bool:
    """Whether all of the children are at the event, most of a club's, or it is in the room."""
    post, names = session.post, one.classes
    if one.everybody or session.room in one.rooms or post.activity in one.clubs:
        return True
    if post.group is not None:
        return bool(session.classes) and all(name in names for name in session.classes)
    taken = view.demand.taken.get(post.activity, {})
    there = sum(children for name, children in taken.items() if name in names)
    return there > 0 and 2 * there >= sum(taken.values())
