"""理由: a whole class cannot be at its exercise lesson and at its class club at once, and whoever
waits for it in the wrong place waits for nobody.

Whole-class activities are those at fixed slots that are not care (whose children are those
who remain), and movable ones without a number of children. Two that both stand at fixed slots
are a matter of the input, which says so; unless one was moved on a date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import days_at, together
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Demand, Post
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View
    from instances.timetable import Session

Place = tuple[str, int | None]
"""An activity with its option, or at its fixed slots."""


class ClassInTwoPlaces(Rule):
    """A whole class in two activities at one time."""

    title: ClassVar[Label] = Label("班级同时两处", "class in two places")
    statement: ClassVar[Template] = Template(
        "同一班级同一时间只参加一项全班活动。",
        "No class is in two activities for the whole class at one time.",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}在{date}同时参加“{one}”和“{other}”。",
        "{school_class} is in “{one}” and “{other}” at one time on {date}.",
    )
    apart: ClassVar[Unit | None] = "classes"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "周二社团时段既有体育锻炼，又排了班级社团",
            "exercise on Tuesday in the clubs' segment, where the class club is placed as well",
            Tiny()
            .classes("三1")
            .room("三1")
            .exercise("体育锻炼", "Tue")
            .club("班级合唱", "Tue", "Thu", capacity=None)
            .meets("班级合唱", "Tue", room="三1"),
            2,
        ),
        example(
            "班级社团排在周四",
            "the class club is on Thursday",
            Tiny()
            .classes("三1")
            .room("三1")
            .exercise("体育锻炼", "Tue")
            .club("班级合唱", "Tue", "Thu", capacity=None)
            .meets("班级合唱", "Thu", room="三1"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        by_class: dict[str, list[Post]] = defaultdict(list)
        for post in model.demand.posts:
            if whole_class(model.demand, post):
                if post.option is None or (post.activity, post.option) in model.placed:
                    for name in post.classes:
                        by_class[name].append(post)
        done: set[frozenset[Place]] = set()
        for posts in by_class.values():
            if len({post.activity for post in posts}) > 1:
                for moment in model.demand.meeting_moments:
                    here = [(post, days) for post in posts if (days := days_at(post, moment))]
                    for clique in together([days for _, days in here]):
                        places = frozenset((here[n][0].activity, here[n][0].option) for n in clique)
                        if places not in done:
                            done.add(places)
                            self._at_most_one(model, places)

    def _at_most_one(self, model: Model, places: frozenset[Place]) -> None:
        movable = [
            model.placed[activity, option] for activity, option in places if option is not None
        ]
        if len(movable) < len(places):
            for literal in movable:
                model.cp.add(literal == 0)
        elif len(movable) > 1:
            model.cp.add_at_most_one(movable)

    def check(self, view: View) -> Iterator[Finding]:
        found: dict[tuple[str, object], list[Session]] = defaultdict(list)
        for session in view.sessions:
            if session.takes_place and whole_class(view.demand, session.post):
                for name in session.post.classes:
                    found[name, session.date].append(session)
        for (name, _), sessions in found.items():
            seen: set[tuple[str, str]] = set()
            for one, other in combinations(sessions, 2):
                names = one.post.activity, other.post.activity
                if _clash(one, other) and names not in seen:
                    seen.add(names)
                    where = {"class": name, "date": one.date.isoformat()}
                    yield self.found(
                        1, where, school_class=name, date=one.date, one=names[0], other=names[1]
                    )


def whole_class(demand: Demand, post: Post) -> bool:
    """Whether all children of the post's classes are in its activity."""
    if post.option is None:
        return post.group is not None and not post.kind.is_remainder
    activity = demand.instance.activity_by_name[post.activity]
    return activity.attendance is None and post.kind.has_children


def _clash(one: Session, other: Session) -> bool:
    """Whether two sessions of a date overlap by the clock, and the timetable could part them."""
    return (
        one.post.activity != other.post.activity
        and one.start < other.end
        and other.start < one.end
        and any(s.post.option is not None or s.moved_from is not None for s in (one, other))
    )
