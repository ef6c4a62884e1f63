"""理由: wishes count (R9). A person is compared with the best that the same number of slots
could have given: who wishes for nothing in particular cannot be disappointed.

A slot counts 2 half-points if preferred, 1 if willing, 0 if rather not; the lower of slot
and activity. Amount: (best equally many − held) × the person's factor, so that each person's
wishes weigh the same in total. Only posts on a third of the weeks or more are weekly slots.

建模: the best of n slots is concave in n; n is one-hot, so that the linear relaxation knows
``best(n)`` exactly at whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from constraints.rule import Finding, Rule
from constraints.shares import is_regular
from instances.demand import Demand, Post
from instances.messages import Label, Template
from instances.people import Person

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View

FULL = 12
"""What one person's wishes weigh in total."""


def best_points(person: Person, posts: Iterable[Post]) -> list[int]:
    """Half-points of the best n slots, for n from 0, among the posts a person could hold."""
    slots: dict[tuple[int, str], int] = {}
    for post in posts:
        points = person.level(post).points
        for block in post.blocks:
            for weekday, segment in block.slots:
                slot = (int(weekday), person.demand.instance.segment_by_name[segment].band_name)
                slots[slot] = max(points, slots.get(slot, 0))
    best = [0]
    for points in sorted(slots.values(), reverse=True):
        best.append(best[-1] + points)
    return best


def slots_of(post: Post) -> int:
    """How many weekly slots a post takes."""
    return sum(len(block.segments) for block in post.blocks)


def at_most_best(best: list[int], count: int) -> int:
    """The best points of ``count`` slots; beyond the last slot nothing is gained."""
    return best[min(count, len(best) - 1)]


def factor(best: list[int], share: int, weekly: int) -> int:
    """The weight of one missed half-point, so that everybody's wishes weigh ``FULL``."""
    expected = max(1, round(share / weekly)) if weekly else 1
    return max(1, round(FULL / max(1, at_most_best(best, expected))))


def weekly_posts(demand: Demand, posts: Iterable[Post]) -> list[Post]:
    """Those posts that are weekly slots; rota turns and pauses of clubs are not."""
    return [post for post in posts if is_regular(demand, post)]


class UnmetWish(Rule):
    """Slots and activities less wished for than others that could have been had."""

    title: ClassVar[Label] = Label("意愿未满足", "unmet wishes")
    statement: ClassVar[Template] = Template(
        "尽量安排在本人愿意的时段和活动。",
        "People get the slots and activities they wish for, as far as possible.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}每周{count}个时段的意愿得分为{points}，同样多的时段最好可得{best}（单位：半分）。",
        "{staff} has {points} half-points for {count} weekly slots; {best} was the best possible.",
    )
    default_weight: ClassVar[int | None] = 10

    def post(self, model: Model) -> None:
        for key, person in model.context.people.items():
            if not self.concerns_person(person):
                continue
            regular = [
                h
                for h in model.holdings[key]
                if is_regular(model.demand, h.post)
                and self.concerns_post(h.post, model.demand.instance)
            ]
            best = self._best(model.context.demand, person, self._possible(model, person))
            if regular and _has_choice(best):
                self._charge(model, key, person, regular, best)

    def _possible(self, model: Model, person: Person) -> list[Post]:
        return [post for post in model.demand.posts if model.context.admits(person, post)]

    def _best(self, demand: Demand, person: Person, posts: Iterable[Post]) -> list[int]:
        mine = [post for post in posts if self.concerns_post(post, demand.instance)]
        return best_points(person, weekly_posts(demand, mine))

    def _charge(
        self, model: Model, key: str, person: Person, regular: list[Holding], best: list[int]
    ) -> None:
        from constraints.model import weighted  # noqa: PLC0415  (checks load no solver)

        most = _most_slots(model, person, regular)
        counts = [model.cp.new_bool_var("") for _ in range(most + 1)]
        model.cp.add_exactly_one(counts)
        slots = weighted((h.literal, slots_of(h.post)) for h in regular)
        model.cp.add(weighted((c, n) for n, c in enumerate(counts)) == slots)
        ideal = weighted((c, at_most_best(best, n)) for n, c in enumerate(counts))
        points = weighted(
            (h.literal, slots_of(h.post) * person.level(h.post).points) for h in regular
        )
        share = model.context.shares.get(key, 0)
        lack = model.over(ideal - points, 0, best[-1])
        model.charge(self, lack * factor(best, share, model.context.weekly_post))

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            person = view.people[key]
            if not self.concerns_person(person):
                continue
            possible = [post for post in view.demand.posts if view.admits(person, post)]
            best = self._best(view.demand, person, possible)
            if not _has_choice(best):
                continue
            mine = [p for p in posts if self.concerns_post(p, view.instance)]
            regular = weekly_posts(view.demand, mine)
            count = sum(slots_of(post) for post in regular)
            points = sum(slots_of(post) * person.level(post).points for post in regular)
            missed = at_most_best(best, count) - points
            if missed > 0:
                times = factor(best, view.shares.get(key, 0), view.weekly_post)
                yield self.found(
                    missed * times,
                    {"staff": key},
                    staff=key,
                    count=count,
                    points=points,
                    best=at_most_best(best, count),
                )


def _has_choice(best: list[int]) -> bool:
    steps = {after - before for before, after in zip(best, best[1:], strict=False)}
    return len(steps) > 1


def _most_slots(model: Model, person: Person, regular: list[Holding]) -> int:
    """The most weekly slots a person could have: one per slot and set of dates, within caps."""
    dates_of: dict[tuple[int, str], set[int]] = defaultdict(set)
    for holding in regular:
        for block in holding.post.blocks:
            for weekday, segment in block.slots:
                dates_of[int(weekday), segment].add(holding.post.dates)
    most = sum(_disjoint(dates) for dates in dates_of.values())
    cap = person.staff.cap_week
    weeks = model.demand.calendar.of_week.values()
    if cap is not None and any(all(h.post.dates & week for h in regular) for week in weeks):
        return min(most, cap)
    return most


def _disjoint(dates: set[int]) -> int:
    """An upper bound on how many posts of one slot a person can hold on different dates."""
    common = ~0
    for mask in dates:
        common &= mask
    return 1 if common else len(dates)


def shares_of_wishes(view: View, best: Mapping[str, list[int]]) -> dict[str, float]:
    """Wish share per person: points held over the points of the best equally many slots."""
    found: dict[str, float] = {}
    for key, posts in view.pattern.items():
        regular = weekly_posts(view.demand, posts)
        count = sum(slots_of(post) for post in regular)
        ideal = at_most_best(best[key], count)
        if count and ideal and _has_choice(best[key]):
            person = view.people[key]
            points = sum(slots_of(post) * person.level(post).points for post in regular)
            found[key] = min(1.0, points / ideal)
    return found
