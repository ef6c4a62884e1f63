"""What the records say, as Markdown and as figures of the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from benchmarks.figures import Figure, markdown, number
from benchmarks.peers.methods import METHODS
from benchmarks.peers.records import Record, best_known, first_of, grouped, within

HEADS = (
    *("size", "method", "limit, s", "schools", "open posts", "quality", "bound", "gap"),
    *("first valid, s", "within 1 %, s", "within 0.3 %, s", "took, s", "MB"),
)
NEAR = (("within 1 %", 0.01), ("within 0.3 %", 0.003))


def rows_of(records: Sequence[Record], known: Iterable[Record]) -> Iterator[dict[str, list[float]]]:
    """For each size and method the values of its schools; ``known``: all records there are.

    Times count the shorter runs of a school as well; all else is of the longest.
    """
    best = best_known(known)
    found: dict[tuple[str, str], dict[str, list[float]]] = {}
    order = {name: n for n, name in enumerate(("S", "M", "L", "XL"))}
    ranks = {name: n for n, name in enumerate(METHODS)}
    runs = sorted(grouped(records), key=lambda one: (order[one[0][0]], ranks[one[0][1]], one[0][2]))
    for (preset, method, _), some in runs:
        row = found.setdefault((preset, method), {})
        last = some[-1]
        values: dict[str, float | None] = {"limit": last.limit, "runs": 1}
        if last.quality is not None:
            values |= {"open": last.coverage, "quality": last.quality}
            values |= {"bound": last.bound, "gap": last.gap}
            values |= {"peak": last.peak, "took": last.took}
            values["first"] = _least(map(first_of, some))
            for name, part in NEAR:
                values[name] = _least(within(one, best[last.school], part) for one in some)
        for key, value in values.items():
            row.setdefault(key, [])
            if value is not None:
                row[key].append(value)
    for (preset, method), row in found.items():
        yield {"size": [order[preset]], "method": [ranks[method]], **row}


def _least(values: Iterable[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)


def summary(records: Sequence[Record], known: Iterable[Record]) -> str:
    """A line for each size and method: medians, and of how many schools where not of all."""
    lines = []
    for row in rows_of(records, known):
        runs = len(row["runs"])

        def told(key: str, row: dict[str, list[float]] = row, runs: int = runs) -> str:
            values = row.get(key, [])
            if not values:
                return "–"
            middle = f"{median(values):.1%}" if key == "gap" else number(median(values))
            return middle if len(values) == runs else f"{middle} ({len(values)} of {runs})"

        preset = ("S", "M", "L", "XL")[int(row["size"][0])]
        title = list(METHODS.values())[int(row["method"][0])].title
        keys = ("open", "quality", "bound", "gap", "first", *(name for name, _ in NEAR))
        figures = (told(key) for key in (*keys, "took", "peak"))
        lines.append((preset, title, told("limit"), str(runs), *figures))
    return markdown(HEADS, lines)


def figures(records: Sequence[Record], known: Iterable[Record]) -> Iterator[Figure]:
    """What the history keeps of each size and method."""
    units = {
        "open": ("open posts", "posts"),
        "quality": ("quality", "points"),
        "gap": ("gap", "of quality"),
        "first": ("first valid", "s"),
        "within 1 %": ("within 1 % of the best known", "s"),
        "peak": ("peak memory", "MB"),
    }
    for row in rows_of(records, known):
        preset = ("S", "M", "L", "XL")[int(row["size"][0])]
        method = list(METHODS)[int(row["method"][0])]
        name = f"peers {preset}, {max(row['limit']):g} s, {method}"
        for key, (what, unit) in units.items():
            if row.get(key):
                yield Figure(f"{name}: {what}", unit, tuple(row[key]))
