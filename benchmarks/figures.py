"""Figures, the Markdown tables that show them, and the history that keeps them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

COLUMNS = ("date", "version", "commit", "figure", "value", "unit", "cores")
KINDS = ("ways", "others", "deficits", "clashes")
"""Kinds of sentences of an explanation that are checked once more: ways out, then all others."""
RUN_COLUMNS = ("run", "status", "seconds", "first week, s", "coverage", "quality", "gap", "MB")


@dataclass(frozen=True)
class Figure:
    """One measured quantity, with its value in every run."""

    name: str
    unit: str
    values: tuple[float, ...]

    @property
    def value(self) -> float:
        """The median of the runs."""
        return median(self.values)


@dataclass(frozen=True)
class Setting:
    """When and with what the figures were measured; ``commit`` is empty without git."""

    date: str
    version: str
    commit: str
    cores: int


def number(value: float) -> str:
    """A number with no more digits than it deserves: 0.124, 3.46, 57.1, 412, 12345."""
    for limit, digits in ((1, 3), (10, 2), (100, 1)):
        if abs(value) < limit:
            return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"
    return f"{value:.0f}"


def figures_table(figures: Iterable[Figure]) -> str:
    rows = []
    for figure in figures:
        least, most = number(min(figure.values)), number(max(figure.values))
        middle = f"{number(figure.value)} {figure.unit}"
        rows.append((figure.name, middle, least, most, str(len(figure.values))))
    return markdown(("figure", "median", "lowest", "highest", "runs"), rows)


def runs_table(runs: Iterable[dict[str, Any]]) -> str:
    """A row for each solve: its levels as value / proven bound."""
    rows = []
    for run in runs:
        levels = [f"{run[level]} / {run[f'{level}_bound']}" for level in ("coverage", "quality")]
        gap = "–" if run["gap"] is None else f"{run['gap']:.2%}"
        seconds, first, peak = (
            "–" if run[key] is None else number(run[key]) for key in ("seconds", "first", "peak")
        )
        rows.append((run["name"], run["status"], seconds, first, *levels, gap, peak))
    return markdown(RUN_COLUMNS, rows)


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def record(path: Path, figures: Iterable[Figure], setting: Setting) -> None:
    """Append a row for each figure to the history, which begins with its columns."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        for figure in figures:
            value = f"{figure.value:.6g}"
            known = (setting.date, setting.version, setting.commit)
            writer.writerow((*known, figure.name, value, figure.unit, setting.cores))
