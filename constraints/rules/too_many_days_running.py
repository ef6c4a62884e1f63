"""理由: a teacher needs an afternoon of their own before the week is over.

Counts the weekdays on which a person has weekly posts and had them on all of the allowed
number of weekdays before, too, in some week: one for each day beyond, in every run of days.
Turns of a rota that come round less often than every third week do not count.

建模: posts in the same segments on the same dates exclude each other: on a day, their sum is
at most 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import is_regular
from instances.blocks import Block
from instances.calendar import Calendar
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Expr, Literal, Model
    from constraints.view import View

    Days = dict[int, list[tuple[Expr, int]]]
    """For each weekday, the possible holdings that exclude each other, with their weeks."""


def _on(*days: str) -> Tiny:
    tiny = Tiny().classes("三1").staff("王芳").care("Mon", "Tue", "Wed", "Thu", "Fri")
    return tiny.holds("王芳", "看护", *days)


class TooManyDaysRunning(Rule):
    """Posts on more weekdays in a row than allowed."""

    title: ClassVar[Label] = Label("连续天数过多", "too many days running")
    statement: ClassVar[Template] = Template(
        "每人一周连续上岗不超过{days}天。",
        "Nobody has posts on more than {days} {days:day|days} running in the week.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}到{weekdays}时已连续上岗超过{allowed}天。",
        "{staff} has had posts on more than {allowed} {allowed:day|days} running by {weekdays}.",
    )
    default_weight: ClassVar[int | None] = 4
    optional: ClassVar[bool] = True
    may_be_must: ClassVar[bool] = True

    days: int = Field(
        default=4, ge=1, le=4, json_schema_extra={"zh": "允许天数", "en": "days allowed"}
    )
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Monday to Friday: five days running, four allowed: 5 - 4 = 1
        example(
            "周一到周五每天看护",
            "in care every day from Monday to Friday",
            _on("Mon", "Tue", "Wed", "Thu", "Fri"),
            1,
        ),
        # two days running, twice, one allowed: (2 - 1) + (2 - 1) = 2
        example(
            "只许1天，却在周一、周二和周四、周五看护",
            "one day allowed: Monday and Tuesday, Thursday and Friday",
            _on("Mon", "Tue", "Thu", "Fri").setting(
                "too-many-days-running", parameters={"days": 1}
            ),
            2,
        ),
        example(
            "周三不上",
            "every day but Wednesday",
            _on("Mon", "Tue", "Thu", "Fri"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        from constraints.model import total

        weeks_of: dict[int, int] = {}
        for key, person in model.context.people.items():
            held: dict[Block, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
            for holding in model.regular(key) if self.concerns_person(person) else ():
                post = holding.post
                if self.concerns_post(post, model.demand.instance):
                    for block, (mask, _) in zip(post.blocks, post.units, strict=True):
                        held[block][mask].append(holding.literal)
            days: Days = defaultdict(list)
            for block, by_dates in held.items():
                for mask, literals in by_dates.items():
                    if mask not in weeks_of:
                        weeks_of[mask] = _weeks(model.demand.calendar, mask)
                    days[block.weekday].append((total(literals), weeks_of[mask]))
            self._charge(model, days)

    def _charge(self, model: Model, days: Days) -> None:
        """Charge each run of one weekday more than allowed."""
        on: dict[tuple[int, ...], Literal] = {}
        for first in sorted(days):
            run = [day for day in range(first, first + self.days + 1) if day in days]
            rows = set()
            if len(run) > self.days:
                for part in parts({weeks for day in run for _, weeks in days[day]}):
                    there = [[n for n, (_, w) in enumerate(days[day]) if w & part] for day in run]
                    if all(there):
                        rows.add(tuple((d, *some) for d, some in zip(run, there, strict=True)))
            if rows:
                beyond = model.cp.new_bool_var("")
                for row in sorted(rows):
                    for day, *some in row:
                        if (day, *some) not in on:
                            on[day, *some] = model.cp.new_bool_var("")
                            for n in some:
                                model.cp.add(on[day, *some] >= days[day][n][0])
                    model.cp.add(beyond >= sum(on[name] for name in row) - self.days)
                model.charge(self, beyond)

    def check(self, view: View) -> Iterator[Finding]:
        calendar = view.demand.calendar
        for key, posts in view.pattern.items():
            worked: dict[int, set[Weekday]] = defaultdict(set)
            for post in posts if self.concerns_person(view.people[key]) else ():
                if is_regular(view.demand, post) and self.concerns_post(post, view.instance):
                    for mask, _ in post.units:
                        for day in calendar.dates(mask):
                            worked[day.week].add(day.weekday)
            beyond = {
                day
                for days in worked.values()
                for day in days
                if all(day - before in days for before in range(1, self.days + 1))
            }
            if beyond:
                facts = {"weekdays": sorted(beyond), "allowed": self.days}
                yield self.found(len(beyond), {"staff": key}, staff=key, **facts)


def _weeks(calendar: Calendar, days: int) -> int:
    """The weeks (bit mask) in which some days fall."""
    return sum(1 << week for week, mask in calendar.of_week.items() if mask & days)
