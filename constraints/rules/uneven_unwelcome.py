"""理由: load can be even and yet one has every late Friday, another all that she would rather
not do; unwelcome work is shared like load.

Unwelcome are the weekly slots of the last segment on Friday, and those whose slot or activity
the person would rather not. The part of each is fixed before anything is solved: late Fridays in
proportion to the fair shares of load, at most what the person could have; of what somebody
would rather not do, nobody should have any. Only what is beyond counts: who has less has left
it to others. Each slot beyond the tolerance counts 1, and 3 once it is more than one, so
that it is never heaped on one. Outside instructors have no share and are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.examples import Tiny, example, wish
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import is_regular
from constraints.unwelcome import fair_unwelcome, late_fridays, unwelcome_slots
from instances.messages import Label, Template
from instances.words import Level

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Model
    from constraints.view import View


class UnevenUnwelcome(Rule):
    """More unwelcome work than one's part of it."""

    title: ClassVar[Label] = Label("不受欢迎的岗位不均", "uneven unwelcome work")
    statement: ClassVar[Template] = Template(
        "周五最后时段和本人尽量不要的岗位，每人每周超出应承担部分不超过{tolerance}个。",
        "Nobody's late Fridays and unwished slots exceed their part by more than the"
        " tolerance (in weekly slots: {tolerance}).",
    )
    finding: ClassVar[Template] = Template(
        "{staff}每周有{count}个周五最后时段或尽量不要的岗位，应承担{part}个。",
        "{staff} has {count} late Fridays and unwished slots a week; a fair part is {part}.",
    )
    default_weight: ClassVar[int | None] = 3

    tolerance: int = Field(
        default=1,
        ge=0,
        le=5,
        json_schema_extra={"zh": "容差（每周岗位数）", "en": "tolerance (weekly slots)"},
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Two classes late on Friday, two people, equal shares: 1 each. 王芳 has one of them and
        # three slots that she would rather not have: 4 - 1 - 1 = 2 beyond, the second one
        # counts twice more: 2 + 2 * 1 = 4. 李明 has his one late Friday.
        example(
            "王芳除周五外还有三个尽量不要的时段",
            "王芳 has three slots she would rather not have, besides a late Friday",
            Tiny()
            .classes("三1", "三2")
            .staff(
                "王芳",
                wishes=tuple(
                    wish(f"{day} 作业", Level.RATHER_NOT) for day in ("Mon", "Tue", "Wed")
                ),
            )
            .staff("李明")
            .care("Mon", "Tue", "Wed", "Fri 社团")
            .holds("王芳", "看护", "Mon", "Tue", "Wed", "Fri 社团")
            .holds("李明", "看护", "Fri 社团"),
            4,
        ),
        # 2 - 1 = 1 beyond her part, as much as tolerated
        example(
            "王芳除周五外还有一个尽量不要的时段",
            "王芳 has one slot she would rather not have, besides a late Friday",
            Tiny()
            .classes("三1", "三2")
            .staff("王芳", wishes=(wish("Mon 作业", Level.RATHER_NOT),))
            .staff("李明")
            .care("Mon", "Fri 社团")
            .holds("王芳", "看护", "Mon", "Fri 社团")
            .holds("李明", "看护", "Fri 社团"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        from constraints.model import weighted
        from constraints.model_counts import most_slots

        context, late = model.context, late_fridays(model.demand)
        for key, limit in self._limits(context).items():
            person = context.people[key]
            slots = [
                (holding, n)
                for holding in model.regular(key)
                if self.concerns_post(holding.post, context.instance)
                and (n := unwelcome_slots(person, holding.post, late))
            ]
            most = sum(n for _, n in slots)
            if most <= limit:
                continue
            most = min(most, most_slots(model, key, [holding for holding, _ in slots]))
            count = weighted((holding.literal, n) for holding, n in slots)
            model.charge(self, model.over(count, limit, most))
            model.charge(self, 2 * model.over(count, limit + 1, most))

    def _limits(self, context: Context) -> dict[str, int]:
        """Up to how many unwelcome slots each person is charged nothing."""
        if id(self) not in context.memory:
            parts = fair_unwelcome(
                context.demand,
                context.people,
                context.shares,
                context.admits,
                [p for p in context.demand.posts if self.concerns_post(p, context.instance)],
            )
            limits = {
                key: floor(part) + self.tolerance
                for key, part in parts.items()
                if self.concerns_person(context.people[key])
            }
            context.memory[id(self)] = (self, limits)  # holding the rule keeps its id its own
        found: dict[str, int] = context.memory[id(self)][1]
        return found

    def check(self, view: View) -> Iterator[Finding]:
        late = view.context.once(self, "late", late_fridays)
        for key, limit in self._limits(view.context).items():
            person = view.people[key]
            count = sum(
                unwelcome_slots(person, post, late)
                for post in view.pattern.get(key, ())
                if is_regular(view.demand, post) and self.concerns_post(post, view.instance)
            )
            if count > limit:
                beyond = count - limit
                amount = beyond + 2 * (beyond - 1)
                part = limit - self.tolerance
                yield self.found(amount, {"staff": key}, staff=key, count=count, part=part)
