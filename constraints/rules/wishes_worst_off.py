"""理由: a good mean hides the one whose wishes were all passed over; the further somebody is
below, the more each step counts, so that the worst-off come first.

Wish share as in the report: points held over the points of the best equally many weekly
slots; who holds none or has no choice is left out. Each step of 5 percentage points by which
the share is below counts 1, and 2 below half of the percentage.

建模: the amount is the number of thresholds not reached, and a threshold is a number of points
that depends on how many slots there are; that number is one-hot, so the rounding is exact in
the linear relaxation too. Thresholds that ask for the same points share one literal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example, wish
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import slots_of
from constraints.wishes import at_most_best, best_among, has_choice, weekly_posts
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Level

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View

STEP = 5


class WishesWorstOff(Rule):
    """Somebody with far less of their wishes than could have been had."""

    title: ClassVar[Label] = Label("意愿满足度过低", "too few wishes granted")
    statement: ClassVar[Template] = Template(
        "每人的意愿满足度不低于{percent}%，越低越优先。",
        "Everybody gets at least a part of their wishes (in percent: {percent}), the worst-off"
        " first.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}的意愿满足度为{share}%，低于{percent}%。",
        "{staff} has {share} % of the wishes that could have been granted, below {percent} %.",
    )
    default_weight: ClassVar[int | None] = 2

    percent: int = Field(
        default=50,
        ge=10,
        le=100,
        json_schema_extra={"zh": "最低满足度（%）", "en": "least part (%)"},
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # 王芳 prefers Tuesday (2 half-points), would rather not on Thursday (0), and holds
        # Thursday: 0 of 2, 0 %. Ten steps of 5 from 50 to 0, five of them twice: 10 + 5 = 15.
        example(
            "愿意周二、尽量不要周四，却排在周四",
            "prefers Tuesday, rather not Thursday, and holds Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.PREFERS),), default=Level.RATHER_NOT)
            .staff("李明")
            .care("Tue", "Thu")
            .holds("王芳", "看护", "Thu")
            .holds("李明", "看护", "Tue"),
            15,
        ),
        # willing: 1 of 2 half-points, 50 %, which is not below 50
        example(
            "愿意周二、可以周四，排在周四",
            "prefers Tuesday, willing on Thursday, and holds Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.PREFERS),))
            .staff("李明")
            .care("Tue", "Thu")
            .holds("王芳", "看护", "Thu")
            .holds("李明", "看护", "Tue"),
            0,
        ),
    )

    @property
    def thresholds(self) -> list[int]:
        """Half percents; each that a share is below counts 1."""
        whole = range(2 * self.percent, 0, -2 * STEP)
        half = range(self.percent, 0, -2 * STEP)
        return [*whole, *half]

    def post(self, model: Model) -> None:
        for key, person in model.context.people.items():
            if not self.concerns_person(person):
                continue
            regular = [
                h for h in model.regular(key) if self.concerns_post(h.post, model.demand.instance)
            ]
            best = best_among(self, model.context, person)
            if regular and has_choice(best):
                self._charge(model, key, person, regular, best)

    def _charge(
        self, model: Model, key: str, person: Person, regular: list[Holding], best: list[int]
    ) -> None:
        from constraints.model import weighted

        count = model.slots_among(key, regular)
        ideal = [at_most_best(best, n) for n in range(len(count.literals))]
        # the least points with which nothing is below the threshold, by the number of slots
        rows = Counter(tuple(-(-at * points // 200) for points in ideal) for at in self.thresholds)
        points = weighted((h.literal, person.points(h.post)) for h in regular)
        for asked, times in rows.items():
            if any(asked):
                below = model.cp.new_bool_var("")
                model.cp.add(points + max(asked) * below >= count.of(asked))
                model.charge(self, times * below)

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            person = view.people[key]
            best = best_among(self, view.context, person)
            if not self.concerns_person(person) or not has_choice(best):
                continue
            mine = [post for post in posts if self.concerns_post(post, view.instance)]
            regular = weekly_posts(view.demand, mine)
            ideal = at_most_best(best, sum(slots_of(post) for post in regular))
            points = sum(slots_of(post) * person.level(post).points for post in regular)
            share = Fraction(100 * points, ideal) if ideal else Fraction(100)
            amount = _steps(self.percent - share) + _steps(Fraction(self.percent, 2) - share)
            if amount:
                yield self.found(
                    amount, {"staff": key}, staff=key, share=int(share), percent=self.percent
                )


def _steps(short: Fraction) -> int:
    """Steps, rounded up, of what is missing in percentage points."""
    return max(0, ceil(short / STEP))
