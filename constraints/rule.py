"""What a rule is: its words, its parameters, what the solver is told, and the check.

A rule is one file in ``constraints/rules``; its file name is its identity everywhere.
``post`` and ``check`` are two independent writings of the same rule; a test compares them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from instances.demand import Post
from instances.messages import Label, Lang, Message, Template
from instances.people import Person
from instances.school import Instance, RuleSetting
from instances.timetable import Timetable

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.view import View


@dataclass(frozen=True)
class Finding:
    """One breach of a rule: how much, the sentence, and where (facts for scripts)."""

    rule: str
    amount: int
    message: Message
    where: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self, lang: Lang) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "amount": self.amount,
            "message": self.message.text(lang),
            "where": dict(self.where),
        }


@dataclass(frozen=True)
class Example:
    """A small school with a timetable, and the amount the rule finds in it."""

    title: Label
    build: Callable[[], tuple[Instance, Timetable]]
    amount: int


Unit = Literal[
    "people", "meetings", "classes", "rooms", "groups", "clubs", "service", "pattern", "times"
]
"""What a check looks at one by one, so that after an edit it need not look at the rest.

``people``: what each person holds, dated and in the pattern, with how many children aside;
``meetings``: the sessions of one group on one date in one segment; ``classes``: those of a class
on a date, with how many children aside where they take place; ``rooms``: those in a room on a
date, with all posts of the meetings there; ``groups``, ``clubs``: all sessions of a group of an
activity, or of a club; ``service``: for each of ``view.classes`` whether all its sessions take
place, not who comes, where and with how many.
Not one by one are ``pattern``: only who holds what in the weekly pattern, not what is on any
date; and ``times``: only when meetings of the pattern and events are, not who comes or where.
"""


class Rule(BaseModel, ABC):
    """Base of all rules; subclasses add parameters as fields with bilingual titles.

    ``default_weight`` is ``None`` for a rule that must hold; otherwise the points that one
    unit of amount costs. ``optional``, ``may_be_must`` and ``about``: see
    :class:`~instances.rulebook.RuleInfo`. A rule that may be a must costs nothing in an empty
    timetable, so that it can always be kept by leaving posts open, and says all it has to say
    in terms of who works when: it does not ask who takes which class. ``by_person`` and
    ``by_post``: whether its scope may name people, and grades, activities or segments.
    ``apart``: what ``check`` looks at one by one; ``None`` where it looks at all together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[Label]
    statement: ClassVar[Template]
    finding: ClassVar[Template]
    default_weight: ClassVar[int | None] = None
    optional: ClassVar[bool] = False
    may_be_must: ClassVar[bool] = False
    about: ClassVar[Literal["staff", "activities"] | None] = None
    by_person: ClassVar[bool] = True
    by_post: ClassVar[bool] = True
    apart: ClassVar[Unit | None] = None
    examples: ClassVar[tuple[Example, ...]] = ()

    setting: RuleSetting | None = None

    @classmethod
    def rule_id(cls) -> str:
        """The identity: the file's name, with hyphens."""
        return cls.__module__.rsplit(".", 1)[-1].replace("_", "-")

    @property
    def weight(self) -> int | None:
        """Points per unit of amount; ``None`` for what must hold, in general or in this school."""
        if self.default_weight is None or (self.setting is not None and self.setting.must):
            return None
        if self.setting is None or self.setting.weight is None:
            return self.default_weight
        return self.setting.weight

    def parameters(self) -> dict[str, int]:
        """The values of the rule's own parameters."""
        names = (name for name in type(self).model_fields if name != "setting")
        return {name: getattr(self, name) for name in names}

    def concerns_person(self, person: Person) -> bool:
        """Whether the rule's scope takes in a person."""
        names = self.setting.staff if self.setting else ()
        return not names or person.key in names or person.staff.name in names

    def concerns_post(self, post: Post, instance: Instance) -> bool:
        """Whether the rule's scope takes in a post."""
        scope = self.setting
        if scope is None:
            return True
        if scope.activities and post.activity not in scope.activities:
            return False
        if scope.segments and not any(
            segment in scope.segments for block in post.blocks for segment in block.segments
        ):
            return False
        return not scope.grades or any(
            instance.class_by_name[name].grade in scope.grades for name in post.classes
        )

    def admits(self, person: Person, post: Post) -> bool:  # noqa: ARG002
        """Whether this person could hold this post at all (musts about one post alone)."""
        return True

    def post(self, model: Model) -> None:
        """Tell the solver. Musts that ``admits`` says in full need nothing more."""

    @abstractmethod
    def check(self, view: View) -> Iterator[Finding]:
        """Every breach in a timetable, without a solver."""

    def found(self, amount: int, where: Mapping[str, Any] | None = None, **facts: Any) -> Finding:
        """A finding of this rule, from the facts its template names."""
        return Finding(self.rule_id(), amount, self.finding(**facts), where or {})
