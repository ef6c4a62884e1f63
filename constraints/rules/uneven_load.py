"""理由: "why always me?" Load is compared with the fair share (design: Fairness).

Load counts real dated units, covers included. Within ± the tolerance nothing is lost; beyond
it each tenth of a weekly post costs 1, and 3 once the excess is more than a weekly post, so
that one person is never worn out to spare many a little.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
from instances.demand import UNIT
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import CpModel, Expr, Model
    from constraints.model_distance import Distance
    from constraints.view import View


class UnevenLoad(Rule):
    """Load far from the fair share."""

    title: ClassVar[Label] = Label("工作量不均", "uneven load")
    statement: ClassVar[Template] = Template(
        "每人的工作量与应承担份额（已扣除上期结转）相差不超过每周{tolerance}个岗位。",
        "Nobody's load is further from their fair share (less the balance of earlier terms) than"
        " the tolerance (in weekly posts: {tolerance}).",
    )
    finding: ClassVar[Template] = Template(
        "{staff}全学期工作量{load}，应承担份额{share}。",
        "{staff} has a load of {load} over the term; the fair share is {share}.",
    )
    default_weight: ClassVar[int | None] = 4
    by_post: ClassVar[bool] = False

    tolerance: int = Field(
        default=1,
        ge=0,
        le=5,
        json_schema_extra={"zh": "容差（每周岗位数）", "en": "tolerance (weekly posts)"},
    )
    examples: ClassVar[tuple[Example, ...]] = (
        # Five posts of 1 unit on two dates each: 10 units, so 5 each; a weekly post is 2 units.
        # 王芳 has 10: 10 - 5 - 2 = 3 units beyond the tolerance = 15 tenths of a weekly post,
        # and 1 unit of these = 5 tenths beyond another weekly post, twice: 15 + 2 * 5 = 25.
        # 李明 has none: 5 - 0 - 2 = 3 units short, likewise 25. Together 50.
        example(
            "五个岗位全在王芳一人",
            "all five posts are held by 王芳",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明")
            .care("Mon", "Tue", "Wed", "Thu", "Fri")
            .holds("王芳", "看护", "Mon", "Tue", "Wed", "Thu", "Fri"),
            50,
        ),
        # 6 and 4 units: each 1 from the share of 5, within the tolerance of 2
        example(
            "王芳三个，李明两个",
            "three posts for 王芳, two for 李明",
            Tiny()
            .classes("三1")
            .staff("王芳", "李明")
            .care("Mon", "Tue", "Wed", "Thu", "Fri")
            .holds("王芳", "看护", "Mon", "Tue", "Wed")
            .holds("李明", "看护", "Thu", "Fri"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        from constraints.model_distance import tie_to_slots

        weekly = model.context.weekly_post
        for key, share in model.context.shares.items():
            if not self.concerns_person(model.context.people[key]):
                continue
            load, most = model.load(key)
            parts = self._parts(model.cp, load, most, share, weekly)
            for part in parts:
                model.charge(self, part.amount * part.slope)
            tie_to_slots(model, key, parts)

    def amounts(
        self, cp: CpModel, load: Expr, most: int, share: int, weekly: int
    ) -> list[tuple[Expr, int]]:
        """The parts of the amount for a load of at most ``most``, each with its slope."""
        parts = self._parts(cp, load, most, share, weekly)
        return [(part.amount, part.slope) for part in parts]

    def _parts(self, cp: CpModel, load: Expr, most: int, share: int, weekly: int) -> list[Distance]:
        from constraints.model_distance import distances

        high, low = share + self.tolerance * weekly, share - self.tolerance * weekly
        limits = [(high, 1, True), (high + weekly, 2, True)]
        limits += [(low, 1, False), (low - weekly, 2, False)]
        return distances(cp, load, most, max(1, weekly // 10), limits)

    def check(self, view: View) -> Iterator[Finding]:
        for key, share in view.shares.items():
            if not self.concerns_person(view.people[key]):
                continue
            amount = self._amount(view.loads[key], share, view.weekly_post)
            if amount:
                yield self.found(
                    amount,
                    {"staff": key},
                    staff=key,
                    load=_units(view.loads[key]),
                    share=_units(share),
                )

    def _amount(self, load: int, share: int, weekly: int) -> int:
        if load < share <= self.tolerance * weekly:
            return 0
        step = max(1, weekly // 10)
        beyond = abs(load - share) - self.tolerance * weekly
        far = 0 if load < share <= (self.tolerance + 1) * weekly else beyond - weekly
        return _tenths(beyond, step) + 2 * _tenths(far, step)


def _tenths(hundredths: int, step: int) -> int:
    return max(0, -(-hundredths // step))


def _units(hundredths: int) -> str:
    return f"{hundredths / UNIT:.1f}"
