"""Diving: which club when, as the cheapest mixture of whole weeks has it, rounded club by club.

In that mixture nine of ten clubs have one time, since nobody has parts of two weeks for less than
the one or the other costs; in the plain relaxation fewer have, and those it has are worth less.
Measured, 36 classes, five schools: who works when came to 80, 90, 54, 207 and 189 points from
there, and to 123, 114, 82, 225 and 187 from clubs rounded in the relaxation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.progress import Control
    from scheduler.whole_weeks import WholeWeeks

AT_A_TIME = 3
"""One in so many of the clubs that are in parts is given a time, and each that is whole."""
ROUNDS = 3
"""How often better prices are looked for after each step."""
ENOUGH = 0.01
"""Prices are good enough if better ones can add no more than this part."""
WHOLE = 0.99
"""How near to one counts as whole."""


class Dive:
    """Each choice of a mixture rounded up to one of its variables.

    ``choices``: the variables of which one is 1, by the name of what is chosen; any may stay 0.
    """

    def __init__(self, weeks: WholeWeeks, choices: Mapping[str, Sequence[int]]) -> None:
        self.weeks = weeks
        self._choices = {name: list(columns) for name, columns in choices.items()}

    def run(self, control: Control, until: float | None) -> dict[str, int] | None:
        """The column of each choice that can have one; ``None`` if there was no time.

        ``until``: when the clock shows so many seconds, prices stay as they are.
        """
        chosen: dict[str, int] = {}
        while self._choices:
            made = self._make(self._nearest(), control)
            if made is None:
                return None
            chosen.update(made)
            if made and self._choices and (until is None or control.seconds < until):
                self.weeks.look_for_prices(until, rounds=ROUNDS, enough=ENOUGH)
        return chosen

    def _make(self, some: list[tuple[str, int]], control: Control) -> dict[str, int] | None:
        """The choices that were made, fewer of them where there is no mixture of all."""
        while not control.over:
            columns = [column for _, column in some]
            if self.weeks.hold(columns, 1.0, 1.0, _end(control)):
                for name, _ in some:
                    del self._choices[name]
                return dict(some)
            possible = self.weeks.hold(columns, 0.0, 1.0, _end(control))
            if len(some) == 1:
                return {} if possible and self._left_out(*some[0], control) else None
            some = some[: max(1, len(some) // AT_A_TIME)]
        return None

    def _left_out(self, name: str, column: int, control: Control) -> bool:
        """Whether there is a mixture without a column that cannot be chosen."""
        self._choices[name].remove(column)
        if not self._choices[name]:
            del self._choices[name]
        return self.weeks.hold([column], 0.0, 0.0, _end(control))

    def _nearest(self) -> list[tuple[str, int]]:
        """The choices that are whole, and some of those that are nearest to it."""
        values = self.weeks.taken()
        found = sorted(
            (
                (-float(values[column]), name, column)
                for name, columns in self._choices.items()
                for column in (max(columns, key=lambda one: float(values[one])),)
            ),
        )
        whole = sum(-part >= WHOLE for part, _, _ in found)
        parts = len(found) - whole
        return [(name, column) for _, name, column in found[: whole + -(-parts // AT_A_TIME)]]


def _end(control: Control) -> float | None:
    return None if control.left is None else control.seconds + control.left
