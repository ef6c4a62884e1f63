"""What a chart shows, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """A column of numbers with its heading in ``heading`` (row, column), drawn as bar or line."""

    column: int
    shape: Literal["bar", "line"]
    colour: str


@dataclass(frozen=True)
class ChartSpec:
    """A chart over rows ``first`` to ``last`` of sheet ``source``, headings in the row above."""

    title: str
    source: str
    corner: tuple[int, int]
    """Row and column of the cell at the upper left."""
    size: tuple[int, int]
    """Rows and columns covered."""
    first: int
    last: int
    names: int
    series: tuple[Series, ...]
    axis: str = ""
