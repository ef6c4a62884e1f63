"""Diving: an optimum of the relaxation, and what it becomes as its parts are rounded up.

The parts that are nearest to one are rounded up, an eighth of them at a time, and the relaxation is
solved again from where it stood: in 36 classes a tenth of a second each time. What would cost much
at once is left as it was. Each optimum on the way takes one in seven of all holdings, and
the later ones hardly any in part; what all of them take together holds timetables far better than
those that come of following the first one (``dived.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from scheduler.progress import Control
from scheduler.relaxation import Relaxation

if TYPE_CHECKING:
    from scheduler.relaxation import Floats

STEPS = 14
"""How often parts are rounded up."""
AT_A_TIME = 8
"""One in so many of the parts that are left."""
FEW = 40
"""With fewer parts left, the rest is left to a search."""
WHOLE = 0.01
"""How near to a whole number counts as one."""
SHARE = 0.15
"""The part of the time left that this may take."""
JUMP = 0.1
"""What a step may cost at once, in points for each person."""


def dive(
    program: Relaxation, columns: Sequence[tuple[int, str | None]], people: int, control: Control
) -> list[Floats]:
    """The values of the optima on the way, the first one, which is known, included.

    ``columns``: those that are to be whole, each with the person whose it is: of one person one
    at a time is rounded up. All limits are as before in the end.
    """
    found = [program.values]
    raised: list[int] = []
    refused: set[int] = set()
    least = (control.left or 0.0) * (1 - SHARE)
    for _ in range(STEPS):
        parts = _parts(found[-1], columns, refused)
        if len(parts) < FEW or control.over or (control.left or least) < least:
            break
        some = _first_of_each(parts)
        known = program.value
        program.raise_to_one(some)
        if program.solve(control.left, control) and program.value - known <= JUMP * people:
            raised += some
            found.append(program.values)
        else:
            program.let_go(some)
            refused.update(some)
    program.let_go(raised)
    return found


def _parts(
    values: Floats, columns: Sequence[tuple[int, str | None]], refused: Collection[int]
) -> list[tuple[float, int, str | None]]:
    """Columns that are taken in part, with how much of them, the greatest first."""
    return sorted(
        (
            (float(values[column]), column, key)
            for column, key in columns
            if WHOLE < values[column] < 1 - WHOLE and column not in refused
        ),
        key=lambda part: (-part[0], part[1]),
    )


def _first_of_each(parts: Sequence[tuple[float, int, str | None]]) -> list[int]:
    """The columns to be rounded up: the first ones, of each person one."""
    chosen, people = list[int](), set[str]()
    for _, column, key in parts[: max(1, len(parts) // AT_A_TIME)]:
        if key is None or key not in people:
            chosen.append(column)
        if key is not None:
            people.add(key)
    return chosen
