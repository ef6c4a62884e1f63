"""理由: "why always me?" Load is compared with the fair share (design: Fairness).

Load counts real dated units, covers included. Within ± the tolerance nothing is lost; beyond
it each tenth of a weekly post costs 1, and 3 once the excess is more than a weekly post, so
that one person is never worn out to spare many a little.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.rule import Finding, Rule
from instances.demand import UNIT
from instances.messages import Label, Template

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


class UnevenLoad(Rule):
    """Load far from the fair share."""

    title: ClassVar[Label] = Label("工作量不均", "uneven load")
    statement: ClassVar[Template] = Template(
        "每人的工作量与应承担份额相差不超过每周{tolerance}个岗位。",
        "Nobody's load is further than {tolerance} weekly posts from their fair share.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}全学期工作量{load}，应承担份额{share}。",
        "{staff} has a load of {load} over the term; the fair share is {share}.",
    )
    default_weight: ClassVar[int | None] = 4

    tolerance: int = Field(
        default=1,
        ge=0,
        le=5,
        json_schema_extra={"zh": "容差（每周岗位数）", "en": "tolerance (weekly posts)"},
    )

    def post(self, model: Model) -> None:
        weekly = model.context.weekly_post
        step = max(1, weekly // 10)
        for key, share in model.context.shares.items():
            if not self.concerns_person(model.context.people[key]):
                continue
            load, most = model.load(key)
            high, low = share + self.tolerance * weekly, share - self.tolerance * weekly
            for limit, slope in ((high, 1), (high + weekly, 2)):
                amount = model.over(load, limit, most, step)
                if not isinstance(amount, int):
                    model.charge(self, amount * slope)
            for limit, slope in ((low, 1), (low - weekly, 2)):
                amount = model.under(load, limit, 0, step)
                if not isinstance(amount, int):
                    model.charge(self, amount * slope)

    def check(self, view: View) -> Iterator[Finding]:
        weekly = view.weekly_post
        step = max(1, weekly // 10)
        for key, share in view.shares.items():
            if not self.concerns_person(view.people[key]):
                continue
            load = view.loads[key]
            beyond = abs(load - share) - self.tolerance * weekly
            if load < share <= self.tolerance * weekly:
                continue
            amount = _tenths(beyond, step) + 2 * self._far(load, share, weekly, step)
            if amount:
                yield self.found(
                    amount,
                    {"staff": key},
                    staff=key,
                    load=_units(load),
                    share=_units(share),
                )

    def _far(self, load: int, share: int, weekly: int, step: int) -> int:
        beyond = abs(load - share) - (self.tolerance + 1) * weekly
        return _tenths(beyond, step)


def _tenths(hundredths: int, step: int) -> int:
    return max(0, -(-hundredths // step))


def _units(hundredths: int) -> str:
    return f"{hundredths / UNIT:.1f}"
