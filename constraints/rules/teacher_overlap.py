"""理由: nobody can be in two rooms at once, nor leave one group before the next has come.

建模: at most one post among those that share a moment of the week and a date: cliques
instead of pairs, which is the tight form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import days_at, together
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.blocks import minutes
from instances.messages import Label, Message, Template

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View
    from instances.demand import Demand, Post
    from instances.timetable import Session


OF = Template("{activity}（{classes}）", "{activity} ({classes})")


class _Times:
    """The times of posts: those that are alike in blocks and dates have one number."""

    def __init__(self, demand: Demand) -> None:
        self._moments = demand.moments
        self._numbers: dict[object, int] = {}
        self._at: list[list[tuple[int, int]]] = []
        self._together: dict[tuple[int, ...], list[frozenset[int]]] = {}

    def number(self, post: Post) -> int:
        key = (post.place[1], post.dates)
        number = self._numbers.setdefault(key, len(self._at))
        if number == len(self._at):
            days = [days_at(post, moment) for moment in self._moments]
            self._at.append([(n, mask) for n, mask in enumerate(days) if mask])
        return number

    def cliques(self, numbers: Iterable[int]) -> list[tuple[int, ...]]:
        """The largest sets of times that share a moment."""
        here: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            for moment, _ in self._at[number]:
                here[moment].append(number)
        found = {clique for moment, some in here.items() for clique in self._sharing(moment, some)}
        return sorted(tuple(sorted(one)) for one in found if not any(one < two for two in found))

    def _sharing(self, moment: int, numbers: list[int]) -> list[frozenset[int]]:
        key = (moment, *numbers)
        if key not in self._together:
            masks = [dict(self._at[number])[moment] for number in numbers]
            cliques = together(masks)
            self._together[key] = [frozenset(numbers[n] for n in one) for one in cliques]
        return self._together[key]


class TeacherOverlap(Rule):
    """One person in two posts at one time."""

    title: ClassVar[Label] = Label("同时两处", "in two places at once")
    statement: ClassVar[Template] = Template(
        "每位教职工同一时间只在一个岗位。", "Each person is in one post at a time."
    )
    finding: ClassVar[Template] = Template(
        "{staff}在{date} {start}同时被安排到“{one}”和“{other}”。",
        "{staff} is in both “{one}” and “{other}” on {date} at {start}.",
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Tuesdays 8 and 15 September: 1 + 1 = 2
        example(
            "周二同一时段既看护又在门岗",
            "in care and at the gate in the same segment on Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .care("Tue")
            .duty("门岗", "Tue")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "门岗", "Tue"),
            2,
        ),
        example(
            "看护到16:30，门岗从16:30开始",
            "care ends at 16:30, when the gate begins",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .care("Tue")
            .duty("门岗", "Tue 社团")
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "门岗", "Tue 社团"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        times = _Times(model.demand)
        for holdings in model.holdings.values():
            held: dict[int, list[Literal]] = defaultdict(list)
            for holding in holdings:
                held[times.number(holding.post)].append(holding.literal)
            for clique in times.cliques(held):
                literals = [literal for number in clique for literal in held[number]]
                if len(literals) > 1:
                    model.cp.add_at_most_one(literals)

    def check(self, view: View) -> Iterator[Finding]:
        gap = view.instance.term.changeover_minutes
        for staff, sessions in view.held.items():
            ordered = sorted(sessions, key=lambda s: (s.date, s.start, s.end))
            for one, other in pairwise(ordered):
                if one.date == other.date and minutes(other.start) < minutes(one.end) + gap:
                    if one.post is not other.post or one.origin != other.origin:
                        yield self._found(staff, one, other)

    def _found(self, staff: str, one: Session, other: Session) -> Finding:
        return self.found(
            1,
            {"staff": staff, "sessions": [one.key, other.key]},
            staff=staff,
            date=other.date,
            start=other.start,
            one=_named(one),
            other=_named(other),
        )


def _named(session: Session) -> Message | str:
    """The activity, and the classes where it has one post for each of many."""
    activity, classes = session.post.activity, session.post.classes
    return OF(activity=activity, classes=classes) if session.post.is_care and classes else activity
