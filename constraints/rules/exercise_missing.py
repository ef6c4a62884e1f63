"""理由: since November 2025 physical exercise is a required part of each day's after-school
service.

Exercise is what is of the kind exercise, and clubs of arts and sports for whole classes; it
takes place if somebody leads it, weekly. A class is compared with the most weekdays that what
the school offers it could have: a movable activity counts as many days as it meets. What is
not offered at all is a matter of the input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.rules.class_in_two_places import whole_class
from constraints.shares import is_regular
from constraints.weekdays import most_days, weekdays_of
from instances.demand import Demand, Post, principal_role
from instances.messages import Label, Template
from instances.words import Family, Kind, Weekday

if TYPE_CHECKING:
    from constraints.context import Context
    from constraints.model import Literal, Model
    from constraints.view import View


class ExerciseMissing(Rule):
    """A class without exercise on days that could have it."""

    title: ClassVar[Label] = Label("缺少体育锻炼", "exercise missing")
    statement: ClassVar[Template] = Template(
        "每班每天都有体育锻炼。", "Every class has physical exercise every day."
    )
    finding: ClassVar[Template] = Template(
        "{school_class}一周可有{best}天体育锻炼，只有{count}天。",
        "{school_class} has exercise on {count} {count:weekday|weekdays}; {best} {best:is|are} "
        "possible.",
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # exercise is offered on two weekdays, on Thursday nobody leads it: 2 - 1 = 1
        example(
            "周二、周四有体育锻炼，周四没有教师",
            "exercise on Tuesday and Thursday, and nobody to lead it on Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .exercise("体育锻炼", "Tue", "Thu")
            .holds("王芳", "体育锻炼", "Tue"),
            1,
        ),
        # the class club meets once a week, wherever that is: 1 - 1 = 0
        example(
            "班级足球每周一次，可在周二或周四",
            "class football once a week, on Tuesday or Thursday",
            Tiny()
            .classes("三1")
            .staff("王芳")
            .room("操场")
            .club("班级足球", "Tue", "Thu", capacity=None, family=Family.SPORTS)
            .meets("班级足球", "Thu", room="操场")
            .holds("王芳", "班级足球", "Thu"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        offers = self._offers(model.context)
        if not offers:
            return
        at: dict[int, dict[str, set[Weekday]]] = {}
        for pool in model.pools:
            at[pool.index] = defaultdict(set)
            for post in pool.posts:
                if self._counts(model.demand, post):
                    for name in post.classes:
                        at[pool.index][name] |= weekdays_of(post)
        leading: dict[tuple[str, Weekday], list[Literal]] = defaultdict(list)
        for holdings in model.holdings.values():
            for holding in holdings:
                for name, days in at[holding.pool.index].items():
                    for day in days:
                        leading[name, day].append(holding.literal)
        known: dict[frozenset[int], Literal] = {}
        for name, best in offers.items():
            there = [
                self._any(model, literals, known)
                for day in Weekday
                if (literals := leading.get((name, day)))
            ]
            model.charge(self, model.under(sum(there), best, 0))

    def _any(
        self, model: Model, literals: list[Literal], known: dict[frozenset[int], Literal]
    ) -> Literal:
        """A literal that may be true if any of some are; the same for all classes together."""
        if len(literals) == 1:
            return literals[0]
        key = frozenset(literal.index for literal in literals)
        if key not in known:
            known[key] = model.cp.new_bool_var("")
            model.cp.add(sum(literals) >= known[key])
        return known[key]

    def check(self, view: View) -> Iterator[Finding]:
        days: dict[str, set[Weekday]] = defaultdict(set)
        for posts in view.pattern.values():
            for post in posts:
                if self._counts(view.demand, post):
                    for name in post.classes:
                        days[name] |= weekdays_of(post)
        offers = view.context.once(self, "offers", lambda _: self._offers(view.context))
        for name, best in offers.items():
            count = len(days[name])
            if count < best:
                where = {"class": name}
                yield self.found(best - count, where, school_class=name, best=best, count=count)

    def _counts(self, demand: Demand, post: Post) -> bool:
        activity = demand.instance.activity_by_name[post.activity]
        sport = post.kind is Kind.CLUB and activity.family is Family.SPORTS
        return (
            (sport or post.kind is Kind.EXERCISE)
            and whole_class(demand, post)
            and post.role is principal_role(activity)
            and is_regular(demand, post)
            and self.concerns_post(post, demand.instance)
        )

    def _offers(self, context: Context) -> dict[str, int]:
        """For each class, the most weekdays on which it could have exercise."""
        fixed: dict[str, set[Weekday]] = defaultdict(set)
        movable: dict[str, dict[str, set[frozenset[Weekday]]]] = defaultdict(dict)
        for post in context.demand.posts:
            if self._counts(context.demand, post) and context.admitted(post):
                for name in post.classes:
                    if post.option is None:
                        fixed[name] |= weekdays_of(post)
                    else:
                        options = movable[name].setdefault(post.activity, set())
                        options.add(weekdays_of(post))
        return {
            name: most_days(fixed[name], movable[name].values()) for name in {**fixed, **movable}
        }
