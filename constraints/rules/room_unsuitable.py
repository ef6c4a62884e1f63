"""理由: a club needs a room that is large enough, has what it needs, and is among those named.

A group in one room is there as a whole, however many adults it has, and whoever of it is in a
club counts, since a club that does not take place sends its children back. In the home rooms
of its classes any group fits, unless others have been merged into it on a date.

建模: only suitable rooms are offered to the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rooms import children_of
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Group
from instances.messages import Label, Message, Template
from instances.suitable_rooms import suits

if TYPE_CHECKING:
    from constraints.view import View
    from instances.school import Activity


ONLY = Template("，只可用：{rooms}", ", may only be in: {rooms}")
FEATURES = Template("，需要：{features}", ", needs: {features}")


class RoomUnsuitable(Rule):
    """A group in a room that is too small or lacks what it needs."""

    title: ClassVar[Label] = Label("场地不合适", "unsuitable room")
    statement: ClassVar[Template] = Template(
        "活动所用场地容得下人数，并具备所需设施。",
        "Rooms are large enough and have the features that an activity needs.",
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”（{children}人{needs}）不能用{room}（容纳{capacity}人）。",
        "“{activity}” ({children} children{needs}) cannot use {room} (holds {capacity}).",
    )
    apart: ClassVar[Unit | None] = "groups"
    examples: ClassVar[tuple[Example, ...]] = (
        # one activity in one unsuitable room: 1
        example(
            "合唱需要钢琴，却在操场",
            "choir needs a piano, and is on the playground",
            Tiny()
            .classes("三1")
            .room("音乐室", features=("钢琴",))
            .room("操场")
            .club("合唱", "Tue", features=("钢琴",))
            .meets("合唱", "Tue", room="操场"),
            1,
        ),
        example(
            "10人的合唱在正好容10人的音乐室",
            "a choir of 10 in a music room for exactly 10",
            Tiny()
            .classes("三1")
            .room("音乐室", 10, features=("钢琴",))
            .club("合唱", "Tue", features=("钢琴",))
            .meets("合唱", "Tue", room="音乐室"),
            0,
        ),
        # one group of 30 + 30 in one room for 50, though each of its two adults may have 50: 1
        example(
            "两个班共60人合班看护，只有一间容50人的报告厅",
            "two classes, 60 children, merged in a hall for 50, with two adults",
            Tiny()
            .classes("三1", "三2")
            .room("报告厅", 50)
            .room("体育馆", 60)
            .care("Tue", merge=2, rooms=("报告厅", "体育馆"))
            .together("三1", "三2", room="报告厅"),
            1,
        ),
    )

    def check(self, view: View) -> Iterator[Finding]:
        seen: set[tuple[str, str | None, tuple[str, ...], str]] = set()
        sizes: dict[Group, int] = view.context.memory.setdefault("children in a room", {})
        for session in view.sessions:
            activity = view.instance.activity_by_name[session.post.activity]
            room = view.instance.room_by_name.get(session.room or "")
            if room is None:
                continue
            who = (activity.name, session.post.group, session.joined, room.name)
            if who in seen:
                continue
            seen.add(who)
            group = view.demand.group_by_key.get(session.post.group or "")
            usual = group is not None and not session.joined
            children = session.children
            if group is not None and usual:
                if group not in sizes:
                    sizes[group] = children_of(view.instance, group)
                children = sizes[group]
            if not suits(activity, room, children, chosen=bool(session.joined)):
                yield self.found(
                    1,
                    {"activity": activity.name, "room": room.name},
                    activity=activity.name,
                    children=children,
                    needs=_needs(activity),
                    room=room.name,
                    capacity=room.capacity,
                )


def _needs(activity: Activity) -> Message | str:
    """What its rooms must be: those that are listed, or what they must have."""
    if activity.rooms:
        return ONLY(rooms=activity.rooms)
    return FEATURES(features=activity.features) if activity.features else ""
