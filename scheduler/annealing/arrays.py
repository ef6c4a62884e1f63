"""What the inner loop of annealing works on: flat arrays of whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]
    Flags = NDArray[np.bool_]

FREE = 1 << 30
"""More than any sum: a row without a limit."""


class Program(NamedTuple):
    """What does not change. Columns are those of the model; *groups* are its posts, of whose
    columns exactly one is taken; *nodes* are columns that follow from others, and beyond the
    columns, sets of which exactly one is true, which says how much a sum comes to.

    ``X_starts`` and what is named with it: for each of something, from ``starts[n]`` to
    ``starts[n + 1]``.
    """

    group_starts: Ints
    group_columns: Ints
    group_of: Ints  # -1 for columns of no group
    person_of: Ints
    column_of: Ints  # by group and person; -1 where they may not hold it
    must_starts: Ints  # by column: rows of musts, with factors
    must_rows: Ints
    must_factors: Ints
    limits: Ints  # by row of musts
    member_starts: Ints  # by row of musts: its columns
    members: Ints
    sum_starts: Ints  # by column: sums, with factors
    sum_rows: Ints
    sum_factors: Ints
    most: Ints  # by sum: its limit
    user_starts: Ints  # by sum: the nodes that depend on it
    users: Ints
    need_starts: Ints  # by node: at least (least - sign * sum - sign * other) / step, rounded up
    need_sums: Ints
    need_signs: Ints
    need_others: Ints  # -1: no other sum
    need_other_signs: Ints
    need_least: Ints
    need_steps: Ints  # 0: 1 if the sum is positive
    levels: Ints  # by node: those of lower levels are settled first
    set_starts: Ints
    set_columns: Ints
    lower: Ints
    upper: Ints
    cost: Longs
    about_starts: Ints  # by column that costs something: the holdings on which it depends
    about: Ints


class State(NamedTuple):
    """What a run changes. ``score``: cost now, cost of the best; ``best``: its holders."""

    holders: Ints
    values: Ints
    own: Ints  # by person: the columns they hold, in any order
    number_own: Ints
    used: Ints  # by row of musts
    sums: Ints
    chosen: Ints  # by set
    waiting: Ints  # by level: nodes to settle
    number: Ints  # by level: how many of them
    waits: Flags  # by node
    paying: Ints  # columns that cost something now, in any order
    paying_at: Ints  # by column: where it is among them, or -1
    number_paying: Ints  # one number: how many they are
    best: Ints
    score: Longs
    random: NDArray[np.uint64]
