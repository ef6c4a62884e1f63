"""理由: some come by bus and want few, full days; others have children to fetch and want to
leave early, even if they come more often. It is asked for in the column Days of the staff.

Fewer days: 1 for each weekday with a single weekly slot beyond the first (an odd number leaves
one). Shorter days: 1 for each weekday with several. A weekday has the slots of its fullest date.
Who may have one slot a day at most has nothing to choose, and is left alone.

建模: of several segments at least two are held, if without any one of them one is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import together
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule
from constraints.wishes import weekly_posts
from instances.blocks import Block
from instances.calendar import ServiceDay
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Spread

if TYPE_CHECKING:
    from constraints.model import Expr, Holding, Literal, Model
    from constraints.view import View

    Day = list[list[Expr]]
    """For each largest set of holdings with a common date: those of each segment, added."""


def _wishing(spread: Spread) -> Tiny:
    tiny = Tiny().classes("三1").staff("王芳", spread=spread)
    return tiny.care("Mon 作业", "Mon 社团", "Tue 作业", "Tue 社团", "Wed 作业")


class DaysNotAsWished(Rule):
    """Weekdays that do not fit a person's wish for fewer or for shorter days."""

    title: ClassVar[Label] = Label("天数意愿未满足", "days not as wished")
    statement: ClassVar[Template] = Template(
        "希望集中的人，最多一天只有一段；希望分散的人，每天最多一段。",
        "Fewer days wished for: one day at most has a single slot; shorter days: none has more.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}希望{wish}，{weekdays}却不是这样。",
        "{staff} wishes for {wish}: not so on {weekdays}.",
    )
    default_weight: ClassVar[int | None] = 3
    examples: ClassVar[tuple[Example, ...]] = (
        # a single slot on Monday, Tuesday and Wednesday, one of them is left alone: 3 - 1 = 2
        example(
            "希望集中，却三天各一段",
            "wishes for fewer days, and has a single slot on each of three",
            _wishing(Spread.FEWER_DAYS).holds("王芳", "看护", "Mon 作业", "Tue 社团", "Wed 作业"),
            2,
        ),
        example(
            "希望集中，周一两段、周三一段",
            "wishes for fewer days: two slots on Monday, one on Wednesday",
            _wishing(Spread.FEWER_DAYS).holds("王芳", "看护", "Mon 作业", "Mon 社团", "Wed 作业"),
            0,
        ),
        # two slots on Monday: 1
        example(
            "希望分散，周一却连上两段",
            "wishes for shorter days, and has both segments on Monday",
            _wishing(Spread.SHORT_DAYS).holds("王芳", "看护", "Mon 作业", "Mon 社团"),
            1,
        ),
    )

    def post(self, model: Model) -> None:
        for key, person in model.context.people.items():
            wish = self._wish(person)
            days = self._days(model, key) if wish else []
            if wish is Spread.SHORT_DAYS:
                for day in days:
                    self._charge_long(model, day)
            elif len(days) > 1:
                single = sum(self._single(model, day) for day in days)
                model.charge(self, model.over(single, 1, len(days)))

    def _wish(self, person: Person) -> Spread | None:
        may_choose = self.concerns_person(person) and person.staff.cap_day != 1
        return person.staff.spread if may_choose else None

    def _days(self, model: Model, key: str) -> list[Day]:
        days: dict[int, list[tuple[Holding, Block, int]]] = defaultdict(list)
        for holding in model.regular(key):
            if self.concerns_post(holding.post, model.demand.instance):
                for block, (mask, _) in zip(holding.post.blocks, holding.post.units, strict=True):
                    days[block.weekday].append((holding, block, mask))
        return [
            [_by_segment(held[n] for n in sorted(one)) for one in together([m for _, _, m in held])]
            for held in days.values()
        ]

    def _charge_long(self, model: Model, day: Day) -> None:
        if pairs := [pair for segments in day for pair in combinations(segments, 2)]:
            long = model.cp.new_bool_var("")
            for one, other in pairs:
                model.cp.add(long >= one + other - 1)
            model.charge(self, long)

    def _single(self, model: Model, day: Day) -> Expr:
        """1 if something is held on a day, less 1 if two segments are on some date."""
        on = model.cp.new_bool_var("")
        several: list[Literal] = []
        for segments in day:
            for held in segments:
                model.cp.add(on >= held)
            if len(segments) > 1:
                two = model.cp.new_bool_var("")
                several.append(two)
                for n in range(len(segments)):
                    model.cp.add(two <= sum(segments[:n] + segments[n + 1 :]))
        if several:
            full = model.cp.new_bool_var("")
            model.cp.add(full <= sum(several))
            return on - full
        return on

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            wish = self._wish(view.people[key])
            slots: Counter[ServiceDay] = Counter()
            for post in weekly_posts(view.demand, posts) if wish else ():
                if self.concerns_post(post, view.instance):
                    for block, (mask, _) in zip(post.blocks, post.units, strict=True):
                        for day in view.demand.calendar.dates(mask):
                            slots[day] += len(block.segments)
            by_count = sorted(slots.items(), key=lambda pair: pair[1])
            most = {day.weekday: count for day, count in by_count}  # the fullest date comes last
            wrong = [d for d, n in sorted(most.items()) if (n == 1) is (wish is Spread.FEWER_DAYS)]
            amount = len(wrong) - (wish is Spread.FEWER_DAYS)
            if amount > 0:
                yield self.found(amount, {"staff": key}, staff=key, wish=wish, weekdays=wrong)


def _by_segment(held: Iterable[tuple[Holding, Block, int]]) -> list[Expr]:
    found: dict[str, Expr] = defaultdict(int)
    for holding, block, _ in held:
        for segment in block.segments:
            found[segment] += holding.literal
    return list(found.values())
