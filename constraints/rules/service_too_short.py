"""理由: the service is at least two hours a day for every class; a cancelled club, or class clubs
that all meet on one day, leave a class with less.

Counts class-days: one for each date with care or other fixed service on which what is planned
for a class is shorter than the least, or than all the school could offer it that day, if that is
less (what it never offers is a matter of the input). Only the plan counts: a post without a
holder is open, and an activity that meets nowhere is open wherever it could meet; both are
coverage's, not this rule's.

建模: where care alone fills the time nothing is posted; dates alike share one literal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.offers import Choice, ClassDay, class_days, planned_minutes
from constraints.rule import Example, Finding, Rule, Unit
from instances.messages import Label, Template
from instances.words import Weekday

if TYPE_CHECKING:
    from constraints.model import Expr, Literal, Model
    from constraints.view import View

DayKey = tuple[int, int, tuple[tuple[Choice, int], ...]]


class ServiceTooShort(Rule):
    """A class with less than the two hours of service on a day."""

    title: ClassVar[Label] = Label("课后服务不足两小时", "service too short")
    statement: ClassVar[Template] = Template(
        "每班每天的课后服务不少于{minutes}分钟。",
        "Every class has the least time of service on every day (in minutes: {minutes}).",
    )
    finding: ClassVar[Template] = Template(
        "{school_class}有{count}个{day}的课后服务只安排了{planned}分钟，应有{owed}分钟"
        "（{date}起）。",
        "{school_class} has only {planned} of {owed} minutes of service on a {day}, {count} "
        "{count:time|times}"
        " (first on {date}).",
    )
    default_weight: ClassVar[int | None] = 2
    by_person: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = True

    minutes: int = Field(
        default=120,
        ge=30,
        le=240,
        json_schema_extra={"zh": "最少分钟数", "en": "least minutes"},
    )
    apart: ClassVar[Unit | None] = "service"
    examples: ClassVar[tuple[Example, ...]] = (
        # Care is one hour on both days. Football could fill the second of either and is on
        # Tuesday: two Thursdays (10 and 17 September) have 60 minutes of the 120 possible.
        example(
            "周二、周四各一小时看护，班级足球排在周二",
            "an hour of care on Tuesday and Thursday, class football on Tuesday",
            Tiny()
            .classes("三1")
            .room("操场")
            .care("Tue", "Thu")
            .club("班级足球", "Tue", "Thu", capacity=None)
            .meets("班级足球", "Tue", room="操场"),
            2,
        ),
        # An hour of care is all that the school offers on Thursdays: 60 of 60. On Tuesdays
        # football has no leader, which is an open post.
        example(
            "周四只开设一小时看护，周二的班级足球没有教师",
            "an hour of care is all there is on Thursday, football on Tuesday has no leader",
            Tiny()
            .classes("三1")
            .room("操场")
            .care("Tue", "Thu")
            .club("班级足球", "Tue", capacity=None)
            .meets("班级足球", "Tue", room="操场"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        alike: Counter[DayKey] = Counter()
        for days in class_days(self, model.context).values():
            for day in days.values():
                if day.fixed.bit_count() < (owed := self._owed(day)):
                    more = {choice: mask & ~day.fixed for choice, mask in day.movable.items()}
                    movable = tuple(sorted((c, mask) for c, mask in more.items() if mask))
                    alike[day.fixed.bit_count(), owed, movable] += 1
        for key, count in alike.items():
            self._charge(model, key, count)

    def _owed(self, day: ClassDay) -> int:
        enough = day.fixed.bit_count() >= self.minutes
        return self.minutes if enough else min(self.minutes, day.most)

    def _charge(self, model: Model, key: DayKey, count: int) -> None:
        """One literal for class-days with the same offers: less than owed is planned on them."""
        from constraints.model import total, weighted

        fixed, owed, movable = key
        covered: list[tuple[Expr, int]] = []
        for part in parts([mask for _, mask in movable]):
            here = [choice for choice, mask in movable if mask & part]
            literals: list[Literal] = [model.placed[c] for c in here if c in model.placed]
            literals += [model.unplaced[name] for name in dict.fromkeys(name for name, _ in here)]
            one = model.cp.new_bool_var("")
            model.cp.add(one <= total(literals))
            covered.append((one, part.bit_count()))
        short = model.cp.new_bool_var("")
        model.cp.add(weighted(covered) + (owed - fixed) * short >= owed - fixed)
        model.charge(self, count * short)

    def check(self, view: View) -> Iterator[Finding]:
        calendar = view.demand.calendar
        planned = planned_minutes(self, view)
        found: dict[tuple[str, Weekday, int, int], list[int]] = defaultdict(list)
        for name, days in class_days(self, view.context).items():
            for index, day in sorted(days.items()) if name in view.classes else ():
                owed = self._owed(day)
                count = planned[name, index].bit_count()
                if count < owed:
                    found[name, calendar.days[index].weekday, count, owed].append(index)
        for (name, weekday, count, owed), dates in found.items():
            first = calendar.days[dates[0]].date
            yield self.found(
                len(dates),
                {"class": name, "weekday": int(weekday), "date": first.isoformat()},
                school_class=name,
                count=len(dates),
                day=weekday,
                planned=count,
                owed=owed,
                date=first,
            )
