"""What the workbook must know of the rules: their names, parameters and ranges.

The catalogue itself lives above this package; whoever reads a workbook hands its summary in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    """One rule as the rules sheet shows it. ``weight`` is ``None`` where it must hold."""

    id: str
    title: Label
    statement: Label
    weight: int | None
    parameters: tuple[ParameterInfo, ...] = ()

    @property
    def hard(self) -> bool:
        return self.weight is None


Rulebook = Mapping[str, RuleInfo]
