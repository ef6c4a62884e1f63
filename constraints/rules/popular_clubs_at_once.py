"""理由: who loves ball games would like to join both basketball and football: clubs of one
family that many children attend should not all meet at the same time.

For each family, grade and weekly slot (weekday and clock band): the most clubs of at least so
many children that meet there on one date, beyond the first. Clubs for whole classes leave
no choice and do not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import together
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from instances.demand import Post
from instances.messages import Label, Template
from instances.school import Instance
from instances.words import Family, Kind, Weekday, grade_text

if TYPE_CHECKING:
    from constraints.model import Literal, Model
    from constraints.view import View

Slot = tuple[Family, int, Weekday, str]
"""A family and a grade at a weekday and clock band."""


class PopularClubsAtOnce(Rule):
    """Popular clubs of one family that meet at the same time."""

    title: ClassVar[Label] = Label("热门社团同时", "popular clubs at once")
    statement: ClassVar[Template] = Template(
        "同一类、人数不少于{children}人的社团，对同一年级尽量错开时间。",
        "Clubs of one family with {children} children or more meet at different times"
        " for each grade.",
    )
    finding: ClassVar[Template] = Template(
        "{grade}的{family}类热门社团{weekday}{band}有{count}个同时进行。",
        "{count} popular clubs ({family}) for {grade} meet at once on {weekday} {band}.",
    )
    default_weight: ClassVar[int | None] = 2
    by_person: ClassVar[bool] = False

    children: int = Field(
        default=20,
        ge=1,
        le=200,
        json_schema_extra={"zh": "热门人数", "en": "children of a popular club"},
    )
    apart: ClassVar[Unit | None] = "times"
    examples: ClassVar[tuple[Example, ...]] = (
        # grade 3, arts and sports, Tuesday: two clubs of 20, one beyond the first: 1
        example(
            "篮球、足球各20人，都在周二",
            "basketball and football, 20 children each, are both on Tuesday",
            Tiny()
            .classes("三1", "三2")
            .room("操场", 40, groups=2)
            .club("篮球", "Tue", "Thu", capacity=20, family=Family.SPORTS)
            .club("足球", "Tue", "Thu", capacity=20, family=Family.SPORTS)
            .meets("篮球", "Tue", room="操场")
            .meets("足球", "Tue", room="操场"),
            1,
        ),
        example(
            "篮球20人、足球19人，都在周二",
            "basketball with 20 children, football with 19, are both on Tuesday",
            Tiny()
            .classes("三1", "三2")
            .room("操场", 40, groups=2)
            .club("篮球", "Tue", "Thu", capacity=20, family=Family.SPORTS)
            .club("足球", "Tue", "Thu", capacity=19, family=Family.SPORTS)
            .meets("篮球", "Tue", room="操场")
            .meets("足球", "Tue", room="操场"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        at: dict[Slot, dict[tuple[str, int], tuple[Literal, int]]] = defaultdict(dict)
        for post in self._posts(model.demand.posts, model.demand.instance):
            where = post.activity, post.option or 0
            if where in model.placed:
                for slot, dates in self._slots(post, model.demand.instance):
                    before = at[slot].get(where, (None, 0))[1]
                    at[slot][where] = model.placed[where], before | dates
        for places in at.values():
            if len({club for club, _ in places}) > 1:
                self._charge(model, places)

    def _charge(self, model: Model, places: dict[tuple[str, int], tuple[Literal, int]]) -> None:
        clubs, found = list(places), list(places.values())
        cliques = together([days for _, days in found])
        sizes = [len({clubs[n][0] for n in clique}) for clique in cliques]
        if max(sizes) > 1:
            beyond = model.cp.new_int_var(0, max(sizes) - 1, "")
            for clique in cliques:
                model.cp.add(beyond >= sum(found[n][0] for n in clique) - 1)
            model.charge(self, beyond)

    def check(self, view: View) -> Iterator[Finding]:
        on: dict[Slot, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for post in self._posts(view.expansion.active_posts, view.instance):
            for slot, dates in self._slots(post, view.instance):
                on[slot][post.activity] |= dates
        for slot, clubs in on.items():
            family, grade, weekday, band = slot
            days = (
                day.date for dates in clubs.values() for day in view.demand.calendar.dates(dates)
            )
            count = max(Counter(days).values(), default=0)
            if count > 1:
                yield self.found(
                    count - 1,
                    {"family": family.value, "grade": grade, "weekday": int(weekday)},
                    grade=Label(grade_text(grade, "zh"), grade_text(grade, "en")),
                    family=family,
                    weekday=weekday,
                    band=band,
                    count=count,
                )

    def _posts(self, posts: tuple[Post, ...], instance: Instance) -> Iterator[Post]:
        """Posts of popular clubs."""
        for post in posts:
            activity = instance.activity_by_name[post.activity]
            if post.kind is Kind.CLUB and activity.family is not None:
                if (activity.attendance or 0) >= self.children:
                    if self.concerns_post(post, instance):
                        yield post

    def _slots(self, post: Post, instance: Instance) -> Iterator[tuple[Slot, int]]:
        """A club's slots for each grade that the rule looks at, with their dates."""
        family = instance.activity_by_name[post.activity].family
        scope = self.setting.grades if self.setting else ()
        grades = {instance.class_by_name[name].grade for name in post.classes}
        for grade in sorted(grades & set(scope or grades)):
            for block, (dates, _) in zip(post.blocks, post.units, strict=True):
                for segment in block.segments:
                    band = instance.segment_by_name[segment].band_name
                    if family is not None and dates:
                        yield (family, grade, block.weekday, band), dates
