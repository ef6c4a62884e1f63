"""The inner loop, made ready while something else goes on.

To machine code it takes some ten seconds, once: it is kept beside the program and loaded from there
in later runs.
"""

from __future__ import annotations

import threading

import numpy as np

from scheduler.annealing.arrays import Program, State


def get_ready() -> threading.Thread:
    """Load the inner loop, or make it, in a thread of its own."""
    thread = threading.Thread(target=_compile, daemon=True)
    thread.start()
    return thread


def _compile() -> None:
    """Run it on the smallest of all programs: one post, which one person may hold."""
    from scheduler.annealing.kernel import anneal, begin

    none, zero, starts = (np.array(some, dtype=np.int32) for some in ([], [0], [0, 0]))
    whole = dict.fromkeys(Program._fields, none) | {
        "group_starts": np.array([0, 1], dtype=np.int32),
        "group_columns": zero,
        "group_of": zero,
        "person_of": zero,
        "column_of": zero.reshape(1, 1),
        "must_starts": starts,
        "member_starts": zero,
        "sum_starts": starts,
        "user_starts": zero,
        "need_starts": starts,
        "levels": zero,
        "set_starts": zero,
        "lower": zero,
        "upper": np.array([1], dtype=np.int32),
        "cost": np.zeros(1, dtype=np.int64),
        "about_starts": starts,
    }
    state = State(
        holders=zero.copy(),
        values=zero.copy(),
        own=zero.reshape(1, 1).copy(),
        number_own=zero.copy(),
        used=none,
        sums=none,
        chosen=none,
        waiting=zero.reshape(1, 1).copy(),
        number=zero.copy(),
        waits=np.zeros(1, dtype=np.bool_),
        paying=zero.copy(),
        paying_at=zero - 1,
        number_paying=zero.copy(),
        best=zero.copy(),
        score=np.zeros(2, dtype=np.int64),
        random=np.ones(1, dtype=np.uint64),
    )
    program = Program._make(whole[name] for name in Program._fields)
    begin(program, state)
    anneal(program, state, 1, 1.0)
