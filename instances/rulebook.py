"""What the workbook must know of the rules: their names, parameters and ranges.

The catalogue itself lives above this package; whoever reads a workbook hands its summary in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from instances.messages import Label


@dataclass(frozen=True)
class ParameterInfo:
    """One parameter of a rule: a whole number from ``low`` to ``high`` (both included)."""

    name: str
    label: Label
    default: int
    low: int
    high: int


@dataclass(frozen=True)
class RuleInfo:
    """One rule as the rules sheet shows it. ``weight`` is ``None`` where it must hold.

    ``optional``: it does nothing until a school switches it on. ``may_be_must``: a school may
    turn it into a must. ``about``: the scope (``staff`` or ``activities``) in which a school
    names at least two that the rule is about; without, it says nothing. ``by_person`` and
    ``by_post``: whether it can be narrowed to some people, and to some grades, activities or
    segments; what must hold never is.
    """

    id: str
    title: Label
    statement: Label
    weight: int | None
    parameters: tuple[ParameterInfo, ...] = ()
    optional: bool = False
    may_be_must: bool = False
    about: Literal["staff", "activities"] | None = None
    by_person: bool = True
    by_post: bool = True

    @property
    def hard(self) -> bool:
        return self.weight is None


SCOPES = {
    "grades": Label("年级", "Grades"),
    "activities": Label("活动", "Activities"),
    "segments": Label("时段", "Segments"),
    "staff": Label("教师", "Staff"),
}
"""The columns in which a rule can be narrowed."""

OPTIONAL = Label("默认不启用，填“启用”为是后起作用", "off until Enabled is yes")
MAY_BE_MUST = Label("可以设为必须", "may be made a must")
ABOUT_STAFF = Label(
    "在“教师”一格写出至少两个人才起作用", "needs at least two names in its cell Staff"
)
ABOUT_ACTIVITIES = Label(
    "在“活动”一格写出至少两项才起作用", "needs at least two names in its cell Activities"
)


def notes(info: RuleInfo) -> list[Label]:
    """What is to be known before a rule is set, besides weight and parameters."""
    found = [OPTIONAL] if info.optional and info.about is None else []
    if info.about is not None:
        found.append(ABOUT_STAFF if info.about == "staff" else ABOUT_ACTIVITIES)
    if info.may_be_must:
        found.append(MAY_BE_MUST)
    return found


def scopes(info: RuleInfo) -> tuple[str, ...]:
    """The columns in which a rule with a weight can be narrowed."""
    if info.hard:
        return ()
    return tuple(name for name in SCOPES if (info.by_person if name == "staff" else info.by_post))


Rulebook = Mapping[str, RuleInfo]
