"""The comparison of a rule's two writings: the solver's cost and the check's findings."""

from __future__ import annotations

from dataclasses import dataclass

from constraints.context import Context
from constraints.model import Pool
from constraints.rule import Rule
from instances.timetable import Timetable
from tests.helpers.fixed import FixedModel

DATED = {"on-leave", "room-closed"}
"""Musts whose breaches have dates: the weekly pattern may name a person with a short leave, or
a room that is closed for a week, since the dated stage gives those sessions a cover or another
room. So the pattern's model forbids less than the check finds, and never more."""


@dataclass(frozen=True)
class Verdict:
    """What both writings say of one timetable; ``solver`` ``None``: impossible."""

    rule: Rule
    solver: int | None
    check: int

    @property
    def agree(self) -> bool:
        weight = self.rule.weight
        if weight is not None:
            return self.solver == weight * self.check
        if self.rule.rule_id() in DATED:
            return self.solver is not None or self.check > 0
        return (self.solver is None) == (self.check > 0)


class Comparison:
    """One rule in one school, compared on any number of timetables.

    A must stands alone, so that a breach of another is no reason for "impossible"; a soft
    rule is charged among people who keep the context's musts.
    """

    def __init__(self, context: Context, rule: Rule, pools: tuple[Pool, ...] | None = None) -> None:
        self.rule = rule
        alone = rule.weight is None
        self.context = Context(context.instance, (rule,)) if alone else context
        self.fixed = FixedModel(self.context, (rule,), pools)

    def of(self, timetable: Timetable) -> Verdict:
        findings = self.rule.check(self.context.view(timetable))
        return Verdict(self.rule, self.fixed.cost(timetable), sum(f.amount for f in findings))
