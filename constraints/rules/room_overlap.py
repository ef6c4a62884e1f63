"""理由: a room holds one group at a time, a playground several, and no more people than fit.

建模: for each room, moment and set of dates: uses ≤ groups; where a room holds several
groups, also children ≤ capacity. Groups that are always there leave so much less to others;
that they fit by themselves is a matter of the input, which the solver cannot change.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import blocks_at, together
from constraints.examples import Tiny, example
from constraints.rooms import children_in_room, children_of, forsaken
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.model_rooms import RoomUse
    from constraints.view import View
    from instances.timetable import Session


Owner = tuple[str, str, dt.date]
"""An activity, its group, and the date in the pattern: what is together in a room."""


class RoomOverlap(Rule):
    """More groups in a room at one time than it holds."""

    title: ClassVar[Label] = Label("场地冲突", "room used twice")
    statement: ClassVar[Template] = Template(
        "每个场地同时容纳的组数和人数不超过其限额。",
        "No room has more groups or children at a time than it holds.",
    )
    finding: ClassVar[Template] = Template(
        "{room}在{date} {start}有{groups}个组、{children}人（{activities}），"
        "限{limit}个组、{capacity}人。",
        "{room} has {groups} groups and {children} {children:child|children} on {date} at {start} "
        "({activities}); it holds {limit} {limit:group|groups} and {capacity} children.",
    )
    apart: ClassVar[Unit | None] = "rooms"
    examples: ClassVar[tuple[Example, ...]] = (
        # two clubs in one room on Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "合唱和书法周二同在音乐室",
            "choir and calligraphy are both in the music room on Tuesday",
            Tiny()
            .classes("三1")
            .room("音乐室")
            .club("合唱", "Tue")
            .club("书法", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .meets("书法", "Tue", room="音乐室"),
            2,
        ),
        example(
            "操场可容两组、20人：篮球10人，足球10人",
            "the playground holds two groups and 20 children: 10 and 10",
            Tiny()
            .classes("三1")
            .room("操场", 20, groups=2)
            .club("篮球", "Tue")
            .club("足球", "Tue")
            .meets("篮球", "Tue", room="操场")
            .meets("足球", "Tue", room="操场"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        by_room: dict[str, list[RoomUse]] = defaultdict(list)
        for use in model.rooms.uses():
            by_room[use.room].append(use)
        for name, uses in by_room.items():
            for moment in model.demand.meeting_moments:
                here = [(u, d) for u in uses if (d := blocks_at(u.blocks, u.dates, moment))]
                for clique in together([days for _, days in here]):
                    self._limit(model, name, [here[n][0] for n in clique])

    def _limit(self, model: Model, name: str, uses: list[RoomUse]) -> None:
        room = model.demand.instance.room_by_name[name]
        by_owner: dict[object, list[RoomUse]] = defaultdict(list)
        for use in uses:
            by_owner[use.owner].append(use)
        groups, places = room.groups, room.capacity
        maybe: list[tuple[Literal, int]] = []
        for some in by_owner.values():
            children = min(room.capacity, max(_children(model, use) for use in some))
            literals = [use.literal for use in some if not isinstance(use.literal, int)]
            if len(literals) < len(some):
                groups, places = groups - 1, places - children
            else:
                maybe.append((model.either(literals), children))
        if len(maybe) > max(0, groups):
            model.cp.add(sum(literal for literal, _ in maybe) <= max(0, groups))
        if room.groups > 1 and sum(size for _, size in maybe) > max(0, places):
            model.cp.add(sum(literal * size for literal, size in maybe) <= max(0, places))

    def check(self, view: View) -> Iterator[Finding]:
        found: dict[tuple[str, object], list[Session]] = defaultdict(list)
        empty = forsaken(view.instance, view.sessions)
        for session in view.sessions:
            meets = session.takes_place and (session.post.activity, session.origin) not in empty
            if session.room is not None and meets:
                found[session.room, session.date].append(session)
        for (name, _), sessions in found.items():
            seen: set[frozenset[Owner]] = set()
            for session in sessions:
                now = [s for s in sessions if s.start <= session.start < s.end]
                groups = {_owner(s) for s in now}
                if len(groups) > 1 and frozenset(groups) not in seen:
                    seen.add(frozenset(groups))
                    yield from self._judge(view, name, session, now)

    def _judge(
        self, view: View, name: str, session: Session, now: list[Session]
    ) -> Iterator[Finding]:
        room = view.instance.room_by_name.get(name)
        if room is None:
            return
        groups = {_owner(one): children_in_room(view.instance, one) for one in now}
        children = sum(groups.values())
        crowded = room.groups > 1 and children > room.capacity
        if len(groups) > room.groups or crowded:
            yield self.found(
                1,
                {"room": name, "date": session.date.isoformat()},
                room=name,
                date=session.date,
                start=session.start,
                groups=len(groups),
                children=children,
                activities=sorted({activity for activity, _, _ in groups}),
                limit=room.groups,
                capacity=room.capacity,
            )


def _owner(session: Session) -> Owner:
    return session.post.activity, session.post.group or "", session.origin


def _children(model: Model, use: RoomUse) -> int:
    group = model.demand.group_by_key.get(str(use.owner))
    return children_of(model.demand.instance, group, use.blocks) if group else use.children
