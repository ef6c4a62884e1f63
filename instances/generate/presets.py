"""The sizes of school that can be generated."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import Any


class Preset(Enum):
    """A size of school: S is a village school, XL a very large one."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


@dataclass(frozen=True)
class Size:
    """How much of everything a generated school has.

    ``stages`` are the grades that share club days; ``refusing`` and ``partly_refusing`` the
    staff who do not agree at all, or not on every day. Beside the leader on duty there are
    ``gates`` and ``patrols`` (patrols in each segment, in a village school in the first);
    ``week_rota`` is how many people take the week's gate in turn, ``day_rota`` how many
    take the day's standby.
    """

    classes: int
    staff: int
    clubs: int
    rooms: int
    class_size: tuple[int, int]
    club_size: tuple[int, int]
    stages: tuple[tuple[int, ...], ...]
    staggered: bool
    merge: int
    ratio: int
    administrators: int
    outside: int
    refusing: int
    partly_refusing: int
    long_leaves: int
    short_leaves: int
    part_term: int
    patrols: int
    gates: int
    week_rota: int
    day_rota: int

    @property
    def grades(self) -> tuple[int, ...]:
        return tuple(grade for stage in self.stages for grade in stage)

    @property
    def classes_per_grade(self) -> int:
        return self.classes // len(self.grades)


_HALVES = ((1, 2, 3), (4, 5, 6))
_THIRDS = ((1, 2), (3, 4), (5, 6))

SIZES: dict[Preset, Size] = {
    Preset.S: Size(
        classes=6,
        staff=13,
        clubs=8,
        rooms=8,
        class_size=(15, 35),
        club_size=(15, 35),
        stages=_HALVES,
        staggered=False,
        merge=3,
        ratio=50,
        administrators=3,
        outside=0,
        refusing=1,
        partly_refusing=1,
        long_leaves=0,
        short_leaves=1,
        part_term=0,
        patrols=1,
        gates=1,
        week_rota=0,
        day_rota=0,
    ),
    Preset.M: Size(
        classes=36,
        staff=90,
        clubs=40,
        rooms=50,
        class_size=(30, 57),
        club_size=(20, 30),
        stages=_THIRDS,
        staggered=True,
        merge=2,
        ratio=60,
        administrators=8,
        outside=4,
        refusing=5,
        partly_refusing=5,
        long_leaves=1,
        short_leaves=4,
        part_term=0,
        patrols=1,
        gates=1,
        week_rota=4,
        day_rota=0,
    ),
    Preset.L: Size(
        classes=60,
        staff=190,
        clubs=80,
        rooms=90,
        class_size=(30, 57),
        club_size=(20, 30),
        stages=_THIRDS,
        staggered=True,
        merge=2,
        ratio=60,
        administrators=12,
        outside=8,
        refusing=11,
        partly_refusing=11,
        long_leaves=2,
        short_leaves=8,
        part_term=1,
        patrols=2,
        gates=1,
        week_rota=5,
        day_rota=0,
    ),
    Preset.XL: Size(
        classes=120,
        staff=350,
        clubs=150,
        rooms=160,
        class_size=(30, 57),
        club_size=(20, 30),
        stages=_THIRDS,
        staggered=True,
        merge=2,
        ratio=60,
        administrators=16,
        outside=13,
        refusing=21,
        partly_refusing=20,
        long_leaves=3,
        short_leaves=14,
        part_term=2,
        patrols=2,
        gates=1,
        week_rota=6,
        day_rota=6,
    ),
}

WEEKLY_SLACK = Fraction(115, 100)
"""Posts that all staff together would take in a week, for each post there is."""

FEWEST_SEATS = 15
"""Seats that the smallest club has."""


def size_of(classes: int) -> Size:
    """The size of a school of so many classes; those of the presets are theirs.

    Between two presets, numbers lie on the line between theirs, and how the day is made up
    (stages, staggered times, merging) is that of the larger; beyond XL all grow in proportion.

    Raises ``ValueError`` unless there are as many classes in each of the six grades.
    """
    if classes < 1 or classes % 6:
        raise ValueError(f"{classes} classes are not the same number in six grades. Maybe 6, 12, …")
    presets = list(SIZES.values())
    for size in presets:
        if size.classes == classes:
            return size
    largest = presets[-1]
    if classes > largest.classes:
        zeros: dict[str, Any] = dict.fromkeys(_numbers(largest), 0)
        nothing = replace(largest, **zeros)
        return _on_the_line(nothing, largest, classes)
    above = next(n for n, size in enumerate(presets) if size.classes > classes)
    return _on_the_line(presets[above - 1], presets[above], classes)


def _on_the_line(low: Size, high: Size, classes: int) -> Size:
    """Whole numbers nearest to the line, at least one of what the larger school has."""
    part = Fraction(classes - low.classes, high.classes - low.classes)
    ends = _numbers(low), _numbers(high)
    found = {key: round(ends[0][key] + part * (ends[1][key] - ends[0][key])) for key in ends[1]}
    kept: dict[str, Any] = {key: max(one, min(1, ends[1][key])) for key, one in found.items()}
    return replace(high, **{**kept, "merge": high.merge, "ratio": high.ratio, "classes": classes})


def _numbers(size: Size) -> dict[str, int]:
    values = asdict(size).items()
    return {key: value for key, value in values if type(value) is int}
