"""What of a model concerns one person alone, and the rows that tie people together.

Any way to share out the variables is a valid one: a row belongs to whoever has all of its
variables, and every other row ties. So rules post as they like, and what they post is found here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from constraints.model import Model
    from scheduler.relaxation import LinearForm


class Parts:
    """The variables and rows of a model, by the person whom they concern.

    ``people``: their keys; whoever has the number after the last of them stands for what is
    nobody's own. ``owner``: that number for each variable. ``rows`` and ``columns``: the rows and
    variables of each number. ``ties``: the rows with variables of several.
    """

    def __init__(self, model: Model, form: LinearForm) -> None:
        self.people = list(model.holdings)
        self.common = len(self.people)
        starts = form.starts
        rows = [form.columns[a:b] for a, b in pairwise(starts)]
        self.owner = self._known(model, len(form.lower))
        while self._share_out(rows):
            pass
        self.owner[self.owner < 0] = self.common
        self.rows: dict[int, list[int]] = defaultdict(list)
        self.ties: list[int] = []
        for number, row in enumerate(rows):
            owners = {int(one) for one in self.owner[row]}
            if len(owners) > 1:
                self.ties.append(number)
            else:
                self.rows[owners.pop() if owners else self.common].append(number)
        self.columns: dict[int, list[int]] = defaultdict(list)
        for column, one in enumerate(self.owner.tolist()):
            self.columns[one].append(column)

    def _known(self, model: Model, size: int) -> NDArray[np.int64]:
        """Whose a variable is by its meaning; -1 where that follows from the rows."""
        known = np.full(size, -1)
        number = {key: n for n, key in enumerate(self.people)}
        for key, holdings in model.holdings.items():
            known[[holding.index for holding in holdings]] = number[key]
        for _, key, literal in model.dated.coming:
            known[literal.index] = number[key]
        places = (*model.placed.values(), *model.unplaced.values(), *model.active.values())
        rooms = (*model.rooms.of_option.values(), *model.rooms.of_group.values())
        used = (literal for some in rooms for literal in some.values())
        known[[literal.index for literal in (*places, *used)]] = self.common
        return known

    def _share_out(self, rows: list[list[int]]) -> bool:
        """Give variables that are nobody's yet to those in whose rows they mostly are; whether
        there were any."""
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for row in rows:
            owners = {int(one) for one in self.owner[row]} - {-1}
            if len(owners) == 1 and self.common not in owners:
                (one,) = owners
                for column in row:
                    if self.owner[column] < 0:
                        votes[column][one] += 1
        for column, some in votes.items():
            self.owner[column] = min(some, key=lambda one: (-some[one], one))
        return bool(votes)
