"""理由: children, parents and the caretaker know a club by its room; each date elsewhere needs a
note on the door.

Counts a club's dates on which its room is closed, and those on which it is in another room all
the same. 建模: the dated stage must find another room for dates of a closure, so a room that
is closed on n of the dates costs n already where it is chosen.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.school import Closure
from instances.words import Kind

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class ClubWanders(Rule):
    """A club that is not in its own room on all its dates."""

    title: ClassVar[Label] = Label("社团换场地", "club wanders")
    statement: ClassVar[Template] = Template(
        "社团每次都在自己的场地活动。", "Clubs are in their own room on all their dates."
    )
    finding: ClassVar[Template] = Template(
        "“{activity}”有{count}次不能在{room}活动：{dates}。",
        "“{activity}” is not in {room} on {count} {count:date|dates}: {dates}.",
    )
    default_weight: ClassVar[int | None] = 1
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "clubs"
    examples: ClassVar[tuple[Example, ...]] = (
        # of Tuesdays 8 and 15 September, the music room is closed on the first: 1
        example(
            "音乐室9月7日至11日停用，当周合唱改到操场",
            "the music room is closed from 7 to 11 September, and choir on the playground",
            Tiny()
            .classes("三1")
            .room(
                "音乐室", closures=(Closure(start=dt.date(2026, 9, 7), end=dt.date(2026, 9, 11)),)
            )
            .room("操场")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="音乐室")
            .instead("合唱", 8, room="操场"),
            1,
        ),
        example(
            "合唱一直在操场",
            "choir is always on the playground",
            Tiny()
            .classes("三1")
            .room(
                "音乐室", closures=(Closure(start=dt.date(2026, 9, 7), end=dt.date(2026, 9, 11)),)
            )
            .room("操场")
            .club("合唱", "Tue")
            .meets("合唱", "Tue", room="操场"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        calendar, rooms = model.demand.calendar, model.demand.instance.room_by_name
        closed = {
            name: calendar.where(lambda day, r=room: r.is_closed_on(day.date))  # type: ignore[misc]
            for name, room in rooms.items()
            if room.closures
        }
        for where in model.placed if closed else ():
            days = 0
            for post in model.demand.posts_of_option.get(where, ()):
                if post.kind is Kind.CLUB and self.concerns_post(post, model.demand.instance):
                    days |= post.dates
            counts = {name: (days & mask).bit_count() for name, mask in closed.items()}
            if any(counts.get(name) for name in model.demand.options[where[0]][where[1]].rooms):
                for name, literal in model.rooms.of_option[where].items():
                    if counts.get(name):
                        model.charge(self, literal * counts[name])

    def check(self, view: View) -> Iterator[Finding]:
        away: dict[str, set[dt.date]] = defaultdict(set)
        rooms = view.instance.room_by_name
        for session in view.sessions:
            placement = view.timetable.placements.get(session.post.activity)
            home = rooms.get((placement.room if placement else None) or "")
            if home is None or session.post.kind is not Kind.CLUB:
                continue
            if not self.concerns_post(session.post, view.instance):
                continue
            closed = session.moved_from is None and home.is_closed_on(session.date)
            if closed or (session.takes_place and session.room != home.name):
                away[session.post.activity].add(session.date)
        for activity, dates in away.items():
            yield self.found(
                len(dates),
                {"activity": activity},
                activity=activity,
                room=view.timetable.placements[activity].room,
                count=len(dates),
                dates=sorted(dates),
            )
