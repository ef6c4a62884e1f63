"""Diving: which club when, as an optimum of the relaxation has it, rounded club by club.

While clubs are in parts, the relaxation has parts of the posts of care as well, and of the weeks of
those who hold them. Once each club has its time, and cuts (``needs.py``) say how many adults care
needs then, what is left is nearly a choice of one whole week for each person, which is found in
seconds (``likely_weeks.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scheduler.needs import NeedCuts
from scheduler.progress import Control
from scheduler.relaxation import Relaxation

if TYPE_CHECKING:
    from scheduler.cuts import Row

AT_A_TIME = 4
"""One in so many of the clubs that are in parts is given a time, and each that is whole."""
CUTS = 2
"""How often cuts are looked for after each step."""
WHOLE = 0.99
"""How near to one counts as whole."""


class Dive:
    """Each choice of a program rounded up to one of its columns.

    ``choices``: the columns of which one is 1, by the name of what is chosen; any may stay 0.
    ``rows``: the cuts that were made on the way.
    """

    def __init__(
        self, program: Relaxation, choices: Mapping[str, Sequence[int]], cuts: NeedCuts
    ) -> None:
        self.program = program
        self.rows: list[Row] = []
        self._choices = {name: list(columns) for name, columns in choices.items()}
        self._cuts = cuts

    def run(self, control: Control) -> dict[str, int] | None:
        """The column of each choice that can have one; ``None`` if there was no time.

        The program is left where it ended: solved, with each of these at least 1.
        """
        if not self._cut(control):
            return None
        chosen: dict[str, int] = {}
        while self._choices:
            made = self._make(self._nearest(), control)
            if made is None:
                return None
            chosen.update(made)
        return chosen

    def _make(self, some: list[tuple[str, int]], control: Control) -> dict[str, int] | None:
        """The choices that were made, fewer of them where the program has no solution."""
        while not control.over:
            columns = [column for _, column in some]
            self.program.raise_to_one(columns)
            if self.program.solve(control.left, control) and self._cut(control):
                for name, _ in some:
                    del self._choices[name]
                return dict(some)
            self.program.let_go(columns)
            if len(some) == 1:
                return {} if self._left_out(*some[0], control) else None
            some = some[: max(1, len(some) // AT_A_TIME)]
        return None

    def _left_out(self, name: str, column: int, control: Control) -> bool:
        """Whether there is a solution without a column that cannot be chosen."""
        self._choices[name].remove(column)
        if not self._choices[name]:
            del self._choices[name]
        return self.program.solve(control.left, control)

    def _nearest(self) -> list[tuple[str, int]]:
        """The choices that are whole, and some of those that are nearest to it."""
        values = self.program.values
        found = sorted(
            (
                (-float(values[column]), name, column)
                for name, columns in self._choices.items()
                for column in (max(columns, key=lambda one: float(values[one])),)
            ),
        )
        whole = sum(-part >= WHOLE for part, _, _ in found)
        parts = len(found) - whole
        return [(name, column) for _, name, column in found[: whole + max(1, parts // AT_A_TIME)]]

    def _cut(self, control: Control) -> bool:
        """Whether the program has a solution with cuts that its last one breaks."""
        for _ in range(CUTS):
            rows = self._cuts.violated(self.program.values)
            if not rows:
                break
            self.rows += rows
            self.program.add(rows)
            if not self.program.solve(control.left, control):
                return False
        return True
