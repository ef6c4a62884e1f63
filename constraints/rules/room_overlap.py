"""理由: a room holds one group at a time, a playground several, and no more people than fit.

建模: for each room, moment and set of dates: uses ≤ groups; where a room holds several
groups, also children ≤ capacity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import blocks_at, together
from constraints.rule import Finding, Rule
from instances.blocks import minutes
from instances.messages import Label, Template
from instances.words import Kind, Status

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.model_rooms import RoomUse
    from constraints.view import View
    from instances.timetable import Session


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
        "{room} has {groups} groups and {children} children on {date} at {start}"
        " ({activities}); it holds {limit} and {capacity}.",
    )

    def post(self, model: Model) -> None:
        by_room: dict[str, list[RoomUse]] = defaultdict(list)
        for use in model.rooms.uses():
            by_room[use.room].append(use)
        for name, uses in by_room.items():
            for moment in model.demand.moments:
                here = [(u, d) for u in uses if (d := blocks_at(u.blocks, u.dates, moment))]
                for clique in together([days for _, days in here]):
                    self._limit(model, name, [here[n][0] for n in clique])

    def _limit(self, model: Model, name: str, uses: list[RoomUse]) -> None:
        room = model.demand.instance.room_by_name[name]
        if all(isinstance(use.literal, int) for use in uses):
            return
        if len(uses) > room.groups:
            model.cp.add(sum(use.literal for use in uses) <= room.groups)
        if room.groups > 1 and sum(use.children for use in uses) > room.capacity:
            model.cp.add(sum(use.literal * use.children for use in uses) <= room.capacity)

    def check(self, view: View) -> Iterator[Finding]:
        found: dict[tuple[str, object], list[Session]] = defaultdict(list)
        for session in view.sessions:
            if session.room is not None and session.status is not Status.CANCELLED:
                found[session.room, session.date].append(session)
        for (name, _), sessions in found.items():
            seen: set[frozenset[tuple[str, str]]] = set()
            for session in sessions:
                now = [
                    s
                    for s in sessions
                    if minutes(s.start)
                    <= minutes(session.start)
                    < minutes(s.end) + view.instance.term.changeover_minutes
                ]
                groups = {(s.post.activity, s.post.group or "") for s in now}
                if len(groups) > 1 and frozenset(groups) not in seen:
                    seen.add(frozenset(groups))
                    yield from self._judge(view, name, session, now)

    def _judge(
        self, view: View, name: str, session: Session, now: list[Session]
    ) -> Iterator[Finding]:
        room = view.instance.room_by_name.get(name)
        if room is None:
            return
        groups: dict[tuple[str, str], int] = {}
        for one in now:
            ratio = view.instance.activity_by_name[one.post.activity].ratio
            size = one.children if one.post.kind is Kind.CLUB else min(one.children, ratio)
            groups[one.post.activity, one.post.group or ""] = size
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
                activities=sorted({activity for activity, _ in groups}),
                limit=room.groups,
                capacity=room.capacity,
            )
