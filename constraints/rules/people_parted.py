"""理由: some can only come together: they share a car, or the one shows the other the work.

A slot is a weekday and a clock band, as on the sheet of wishes. If one of those named holds a
weekly post there, each of the others should hold a post in the slot on most of its dates (more
than half), and counts 1 where that is not so. What they do there does not matter. In a scope
narrowed to some activities, grades or segments only posts there are looked at.

建模: the posts that the one could hold in a slot on the same dates exclude each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from constraints.company import named_people
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import is_regular
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View

Slot = tuple[Weekday, str]


def _car() -> Tiny:
    tiny = Tiny().classes("三1", "三2").staff("王芳", "李明").care("Tue", "Wed")
    tiny = tiny.setting("people-parted", staff=("王芳", "李明"))
    return tiny.holds("王芳", "看护", "Tue", school_class="三1")


class PeopleParted(Rule):
    """People who are to come together, on at different times."""

    title: ClassVar[Label] = Label("绑岗的人分开", "people parted")
    statement: ClassVar[Template] = Template(
        "指定的几位教师（绑岗）同一时段一起上岗。", "The people named have posts in the same slots."
    )
    finding: ClassVar[Template] = Template(
        "{weekday}{band}：{present}有岗位，{missing}没有。",
        "{weekday} {band}: {present} is on, {missing} is not.",
    )
    default_weight: ClassVar[int | None] = 10
    may_be_must: ClassVar[bool] = True
    about: ClassVar[Literal["staff", "activities"] | None] = "staff"
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # 李明 is missing on Tuesday, and 王芳 on Wednesday: 1 + 1 = 2
        example(
            "王芳在周二，李明在周三",
            "王芳 is on on Tuesday, 李明 on Wednesday",
            _car().holds("李明", "看护", "Wed", school_class="三2"),
            2,
        ),
        example(
            "两人都在周二，各带一班",
            "both are on on Tuesday, with a class each",
            _car().holds("李明", "看护", "Tue", school_class="三2"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        named = named_people(self, model.context.people)
        held: dict[Slot, dict[str, list[tuple[Holding, int]]]] = defaultdict(
            lambda: {key: [] for key in named}
        )
        for key in named:
            for holding in model.holdings[key]:
                for slot, mask in self._slots(model.demand, holding.post):
                    held[slot][key].append((holding, mask))
        for people in held.values():
            for key in named:
                causes = [
                    cause
                    for other in named
                    if other != key
                    for cause in self._by_dates(model, people[other])
                ]
                if causes:
                    self._charge(model, causes, people[key])

    def _by_dates(
        self, model: Model, held: list[tuple[Holding, int]]
    ) -> Iterator[tuple[int, list[Holding]]]:
        """Weekly posts that exclude each other: in the same segments on the same dates."""
        found: dict[object, tuple[int, list[Holding]]] = {}
        for holding, mask in held:
            if is_regular(model.demand, holding.post):
                found.setdefault((holding.post.blocks, mask), (mask, []))[1].append(holding)
        yield from found.values()

    def _charge(
        self,
        model: Model,
        causes: list[tuple[int, list[Holding]]],
        held: list[tuple[Holding, int]],
    ) -> None:
        from constraints.model import total, weighted

        missing = model.cp.new_bool_var("")
        for mask, holdings in causes:
            most = mask.bit_count() // 2 + 1
            there = weighted((h.literal, min(most, (mask & days).bit_count())) for h, days in held)
            wanted = total(holding.literal for holding in holdings)
            model.cp.add(most * missing >= most * wanted - there)
        model.charge(self, missing)

    def _slots(self, demand: Demand, post: Post) -> Iterator[tuple[Slot, int]]:
        """The slots of a post in scope, each once, with its dates there."""
        if self.concerns_post(post, demand.instance):
            segments = demand.instance.segment_by_name
            for block, (mask, _) in zip(post.blocks, post.units, strict=True):
                for band in sorted({segments[name].band_name for name in block.segments}):
                    yield (block.weekday, band), mask

    def check(self, view: View) -> Iterator[Finding]:
        named = named_people(self, view.people)
        held: dict[Slot, dict[str, list[tuple[Post, int]]]] = defaultdict(lambda: defaultdict(list))
        for key in named:
            for post in view.pattern.get(key, ()):
                for slot, mask in self._slots(view.demand, post):
                    held[slot][key].append((post, mask))
        for (weekday, band), people in sorted(held.items()):
            for missing in named:
                there = [days for _, days in people.get(missing, ())]
                present = [
                    key
                    for key, posts in people.items()
                    for post, mask in posts
                    if key != missing
                    and is_regular(view.demand, post)
                    and 2 * sum((mask & days).bit_count() for days in there) <= mask.bit_count()
                ]
                if present:
                    where = {"staff": missing, "weekday": int(weekday), "band": band}
                    facts = {"weekday": weekday, "band": band, "missing": missing}
                    yield self.found(1, where, present=present[0], **facts)
