"""What goes on one sheet: its description, the rows, and headings the school composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from instances.workbook.sheet import CellKind, SheetSpec

Row = Mapping[str, Any]
"""Values of the school by column key or, in composed columns, by heading."""


@dataclass(frozen=True)
class Content:
    """The rows of one sheet; ``composed`` are further columns by heading, with their kind."""

    spec: SheetSpec
    rows: tuple[Row, ...] = ()
    composed: Mapping[str, CellKind] = field(default_factory=dict)
