"""理由: wishes count. A person is compared with the best that the same number of slots
could have given: who wishes for nothing in particular cannot be disappointed.

A slot counts 2 half-points if preferred, 1 if willing, 0 if rather not; the lower of slot
and activity. Amount: (best equally many − held) × the person's factor, so that each person's
wishes weigh the same in total. Only posts on a third of the weeks or more are weekly slots.

建模: the best of n slots is concave in n; n is one-hot, so that the linear relaxation knows
``best(n)`` exactly at whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example, wish
from constraints.rule import Example, Finding, Rule, Unit
from constraints.shares import slots_of
from constraints.wishes import (
    at_most_best,
    best_among,
    best_points,
    factor,
    has_choice,
    shares_of_wishes,
    weekly_posts,
)
from instances.messages import Label, Template
from instances.people import Person
from instances.words import Level

if TYPE_CHECKING:
    from constraints.model import Holding, Model
    from constraints.view import View

__all__ = ["UnmetWish", "best_points", "shares_of_wishes", "weekly_posts"]


class UnmetWish(Rule):
    """Slots and activities less wished for than others that could have been had."""

    title: ClassVar[Label] = Label("意愿未满足", "unmet wishes")
    statement: ClassVar[Template] = Template(
        "尽量安排在本人愿意的时段和活动。",
        "People get the slots and activities they wish for, as far as possible.",
    )
    finding: ClassVar[Template] = Template(
        "{staff}每周{count}个时段的意愿得分为{points}，同样多的时段最好可得{best}（单位：半分）。",
        "{staff} has {points} {points:half-point|half-points} for {count} weekly "
        "{count:slot|slots}; {best} was the best possible.",
    )
    default_weight: ClassVar[int | None] = 10
    apart: ClassVar[Unit | None] = "people"
    examples: ClassVar[tuple[Example, ...]] = (
        # Of Tuesday (愿意: 2 half-points) and Thursday (可以: 1), 王芳 holds Thursday: 2 - 1 = 1
        # missed. Her share is one weekly post, best 2 half-points: a missed one weighs 12 / 2 = 6.
        example(
            "愿意周二，却排在周四",
            "prefers Tuesday, and holds Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.PREFERS),))
            .staff("李明")
            .care("Tue", "Thu")
            .holds("王芳", "看护", "Thu")
            .holds("李明", "看护", "Tue"),
            6,
        ),
        # 李明 is willing at any time: nobody can disappoint him
        example(
            "愿意周二，排在周二",
            "prefers Tuesday, and holds Tuesday",
            Tiny()
            .classes("三1")
            .staff("王芳", wishes=(wish("Tue 作业", Level.PREFERS),))
            .staff("李明")
            .care("Tue", "Thu")
            .holds("王芳", "看护", "Tue")
            .holds("李明", "看护", "Thu"),
            0,
        ),
    )

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
        ideal = count.of([at_most_best(best, n) for n in range(len(count.literals))])
        points = weighted((h.literal, person.points(h.post)) for h in regular)
        share = model.context.shares.get(key, 0)
        lack = model.over(ideal - points, 0, best[-1])
        model.charge(self, lack * factor(best, share, model.context.weekly_post))

    def check(self, view: View) -> Iterator[Finding]:
        for key, posts in view.pattern.items():
            person = view.people[key]
            if not self.concerns_person(person):
                continue
            best = best_among(self, view.context, person)
            if not has_choice(best):
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
