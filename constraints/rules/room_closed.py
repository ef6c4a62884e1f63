"""理由: a room under repair, or taken by an exam, cannot be used on those dates.

建模: closures are dated exceptions: the dated stage finds another room for those dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.school import Closure

if TYPE_CHECKING:
    from constraints.view import View


class RoomClosed(Rule):
    """A session in a room that is closed on its date."""

    title: ClassVar[Label] = Label("场地停用", "room closed")
    statement: ClassVar[Template] = Template(
        "场地停用的日期不安排活动。", "No session takes place in a room on dates it is closed."
    )
    finding: ClassVar[Template] = Template(
        "{room}在{date}停用，却安排了“{activity}”{segment}。",
        "{room} is closed on {date}, but “{activity}” {segment} is there.",
    )
    apart: ClassVar[Unit | None] = "meetings"
    examples: ClassVar[tuple[Example, ...]] = (
        # of Tuesdays 8 and 15 September, the first is closed: 1
        example(
            "音乐室9月7日至11日停用，合唱在周二",
            "the music room is closed from 7 to 11 September, choir is on Tuesday",
            Tiny()
            .classes("三1")
            .room("音乐室", closures=(Closure(start=date(2026, 9, 7), end=date(2026, 9, 11)),))
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室"),
            1,
        ),
        example(
            "9月8日改到操场",
            "on 8 September it is moved to the playground",
            Tiny()
            .classes("三1")
            .room("音乐室", closures=(Closure(start=date(2026, 9, 7), end=date(2026, 9, 11)),))
            .room("操场")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .instead("合唱", 8, room="操场"),
            0,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        for session in view.sessions:
            room = view.instance.room_by_name.get(session.room or "")
            if room is None or not session.takes_place:
                continue
            for closure in room.closures:
                if closure.is_on(session.date):
                    yield self.found(
                        1,
                        {"room": room.name, "session": session.key},
                        room=room.name,
                        date=session.date,
                        activity=session.post.activity,
                        segment=session.segment,
                    )
