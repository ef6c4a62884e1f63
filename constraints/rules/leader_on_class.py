"""理由: the leader on duty walks the building while service runs; whoever has a class or a club
on the same day is bound to one room for part of it, and nobody is there when something happens.

Any post with children on the same day counts, whatever its time: the duty is for the whole
service of the day. One for each weekday on which the two meet on some date; posts that never
fall on the same date (odd and even weeks, another week's rota turn) do not meet. A scope of
activities, grades or segments speaks of the posts with children.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.words import Role, Weekday

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View


class LeaderOnClass(Rule):
    """A leader on duty who has children to look after on the same day."""

    title: ClassVar[Label] = Label("值班领导又带班", "leader on duty has a class")
    statement: ClassVar[Template] = Template(
        "值班领导当天不看护班级、不带社团。",
        "Whoever is leader on duty has no class or club on that day.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}{day}值班，当天又要负责：{activities}。",
        "{staff} is leader on duty on {day} and also has: {activities}.",
    )
    default_weight: ClassVar[int | None] = 20
    may_be_must: ClassVar[bool] = True
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # on duty on Tuesday, with a class on the same Tuesdays: one weekday
        example(
            "周二值班，周二又看护三1班",
            "on duty on Tuesday, and with class 三1 on Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明")
            .care("Tue")
            .duty("值班", "Tue 社团", role=Role.DUTY_LEADER)
            .holds("王芳", "看护", "Tue")
            .holds("王芳", "值班", "Tue 社团"),
            1,
        ),
        example(
            "周二值班，周三看护三1班",
            "on duty on Tuesday, with class 三1 on Wednesday",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明")
            .care("Tue", "Wed")
            .duty("值班", "Tue", role=Role.DUTY_LEADER)
            .holds("王芳", "看护", "Wed")
            .holds("王芳", "值班", "Tue"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        for key, holdings in model.holdings.items():
            duties = [h for h in holdings if h.post.role is Role.DUTY_LEADER]
            if not duties or not self.concerns_person(model.context.people[key]):
                continue
            children = [h for h in holdings if self._with_children(model, h.post)]
            for day in Weekday:
                on_duty = [(days_on(h.post, day), h.literal) for h in duties]
                with_class = [(days_on(h.post, day), h.literal) for h in children]
                self._charge(model, on_duty, with_class)

    def _with_children(self, model: Model, post: Post) -> bool:
        return post.kind.has_children and self.concerns_post(post, model.demand.instance)

    def _charge(
        self,
        model: Model,
        on_duty: Iterable[tuple[int, Literal]],
        with_class: Iterable[tuple[int, Literal]],
    ) -> None:
        """One for the weekday, if on any of its dates both are held."""
        duties = [(days, literal) for days, literal in on_duty if days]
        posts = [(days, literal) for days, literal in with_class if days]
        seen: set[tuple[frozenset[int], frozenset[int]]] = set()
        both: Literal | None = None
        for part in parts({days for days, _ in (*duties, *posts)}):
            mine = {lit.index: lit for days, lit in duties if days & part}
            theirs = {lit.index: lit for days, lit in posts if days & part}
            pair = frozenset(mine), frozenset(theirs)
            if not mine or not theirs or pair in seen:
                continue
            seen.add(pair)
            both = both if both is not None else model.cp.new_bool_var("")
            busy = model.either(list(theirs.values()))
            for literal in mine.values():
                model.cp.add_bool_or(~literal, ~busy, both)
        if both is not None:
            model.charge(self, both)

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            if not self.concerns_person(view.people[key]):
                continue
            for day in Weekday:
                duty = 0
                for post in posts:
                    if post.role is Role.DUTY_LEADER:
                        duty |= days_on(post, day)
                names = {
                    post.activity
                    for post in posts
                    if post.kind.has_children
                    and self.concerns_post(post, view.instance)
                    and days_on(post, day) & duty
                }
                if names:
                    where = {"staff": key, "weekday": int(day)}
                    yield self.found(1, where, staff=key, day=day, activities=sorted(names))


def days_on(post: Post, weekday: Weekday) -> int:
    """The dates of a post that follow a weekday."""
    days = 0
    for (mask, _), block in zip(post.units, post.blocks, strict=True):
        if block.weekday is weekday:
            days |= mask
    return days
