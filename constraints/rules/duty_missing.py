"""理由: a gate or a class without an adult is noticed at once; a day without any leader on duty
or any patrol is noticed when something has happened. An open duty post counts for coverage
already: this says that a day is wholly without one.

For leaders on duty and for patrols apart: one for each weekday on which, on some date, there
are posts of that role and nobody holds any of them in the weekly pattern. Dates on which
nobody could hold any of them are not counted: no timetable could help.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from constraints.clash import parts
from constraints.examples import Tiny, example
from constraints.rule import Example, Finding, Rule, Unit
from constraints.rules.leader_on_class import days_on
from instances.demand import Post
from instances.messages import Label, Template
from instances.school import Instance
from instances.words import Role, Weekday

if TYPE_CHECKING:
    from constraints.model import Expr, Literal, Model
    from constraints.pools import Pool
    from constraints.view import View

ROLES = (Role.DUTY_LEADER, Role.PATROL)


class DutyMissing(Rule):
    """A day on which nobody at all is leader on duty, or nobody patrols."""

    title: ClassVar[Label] = Label("整天无人值班", "a day without anybody on duty")
    statement: ClassVar[Template] = Template(
        "安排了值班领导或巡查的日子，每种至少有一人到岗。",
        "On every day that has posts for leaders on duty or patrols, somebody holds one of each.",
    )
    finding: ClassVar[Template] = Template(
        "{day}有{role}岗位，却没有一人到岗。", "{day} has posts for {role}, and nobody holds any."
    )
    default_weight: ClassVar[int | None] = 10
    by_person: ClassVar[bool] = False
    apart: ClassVar[Unit | None] = "pattern"
    examples: ClassVar[tuple[Example, ...]] = (
        # two patrols on Tuesday, both open: one weekday; Thursday has one of its two
        example(
            "周二两个巡查岗都空缺，周四空缺一个",
            "both patrols open on Tuesday, one of two on Thursday",
            Tiny()
            .staff("王芳", "李明")
            .duty("巡查", "Tue", "Tue 社团", "Thu", "Thu 社团", role=Role.PATROL)
            .holds("王芳", "巡查", "Thu"),
            1,
        ),
        example(
            "周二有值班领导，门岗空缺",
            "a leader on duty on Tuesday, the gate open",
            Tiny()
            .staff("王芳", "李明")
            .duty("值班", "Tue", role=Role.DUTY_LEADER)
            .duty("门岗", "Tue")
            .holds("王芳", "值班", "Tue"),
            0,
        ),
    )

    def post(self, model: Model) -> None:
        found: dict[Role, list[Pool]] = defaultdict(list)
        for pool in model.pools:
            if self._counts(pool.post, model.demand.instance):
                found[pool.post.role].append(pool)
        for pools in found.values():
            for day in Weekday:
                self._charge(model, [(days_on(pool.post, day), pool) for pool in pools])

    def _charge(self, model: Model, pools: Iterable[tuple[int, Pool]]) -> None:
        """One for the weekday, if on any of its dates there are posts and nobody holds one."""
        from constraints.model import total

        here = [(days, pool) for days, pool in pools if days]
        missing: Literal | None = None
        seen: set[frozenset[int]] = set()
        for part in parts({days for days, _ in here}):
            there = [pool for days, pool in here if days & part]
            same = frozenset(pool.index for pool in there)
            possible = [pool for pool in there if model.context.admitted(pool.post)]
            if not possible or same in seen:
                continue
            seen.add(same)
            missing = missing if missing is not None else model.cp.new_bool_var("")
            held = total(model.held(pool) for pool in there)
            wanted = {(p.post.activity, p.post.option): p.post for p in possible}
            for post in wanted.values():
                model.cp.add(missing + held >= self._exists(model, post))
        if missing is not None:
            model.charge(self, missing)

    def _exists(self, model: Model, post: Post) -> Expr:
        return 1 if post.option is None else model.placed[post.activity, post.option]

    def _counts(self, post: Post, instance: Instance) -> bool:
        return post.role in ROLES and self.concerns_post(post, instance)

    def check(self, view: View) -> Iterator[Finding]:
        held = {id(post) for posts in view.pattern.values() for post in posts}
        for role in ROLES:
            posts = [
                post
                for post in view.expansion.active_posts
                if post.role is role and self._counts(post, view.instance)
            ]
            for day in Weekday:
                asked = staffed = 0
                for post in posts:
                    if view.context.admitted(post):
                        asked |= days_on(post, day)
                    if id(post) in held:
                        staffed |= days_on(post, day)
                if asked & ~staffed:
                    where = {"role": role.value, "weekday": int(day)}
                    yield self.found(1, where, day=day, role=role)
