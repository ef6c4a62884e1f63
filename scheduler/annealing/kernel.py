"""The inner loop of annealing, compiled to machine code.

A move gives a post to somebody else; every other one is about something that costs points now: a
post of somebody concerned, or one that they might have. Where a must then does not hold (two posts
at once, a cap) they hand one of the posts concerned on, most often to whoever had the first one,
and so on; where it does, they do so every other time all the same, which makes it an exchange. In
one move of some, two people exchange all that they hold. A move that breaks a
must in the end is taken back before any cost is looked at. What it costs is worked out by following
the changed sums to the columns that depend on them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from scheduler.annealing.machine_code import compiled, inlined, random_below

if TYPE_CHECKING:
    from scheduler.annealing.arrays import Ints, Program, State

CHAIN = 3
"""How many posts change hands in one move at most. With six, 8 % more moves break no must in the
end, and a move takes twice as long."""
WEEKS, LONGEST = 20, 24
"""In one move of so many, two people exchange their weeks, of so many posts at most."""
FOCUS = 2
"""One move in so many is about something that costs points."""
EXCHANGES, ANYBODY = 2, 4
"""Where no must is broken, one move in so many is an exchange; where a post is handed on, one in
so many times to anybody."""


@inlined
def _bind(program: Program, state: State, column: int, by: int) -> int:
    """Take a column (or give it up) in the rows of musts; by how much more these are exceeded."""
    excess = 0
    for entry in range(program.must_starts[column], program.must_starts[column + 1]):
        row = program.must_rows[entry]
        old = state.used[row]
        new = old + program.must_factors[entry] * by
        state.used[row] = new
        limit = program.limits[row]
        excess += max(0, new - limit) - max(0, old - limit)
    return excess


@inlined
def _note(program: Program, state: State, column: int) -> None:
    """Keep the list of what costs something now."""
    at = state.paying_at[column]
    if (state.values[column] > program.lower[column]) == (at >= 0):
        return
    if at < 0:
        at = state.number_paying[0]
        state.paying[at], state.paying_at[column] = column, at
        state.number_paying[0] += 1
    else:
        state.number_paying[0] -= 1
        last = state.paying[state.number_paying[0]]
        state.paying[at], state.paying_at[last] = last, at
        state.paying_at[column] = -1


@inlined
def _count(program: Program, state: State, column: int, by: int) -> tuple[int, int]:
    """Change a column in the sums; what that costs by itself, and by how much more limits are
    exceeded. What depends on the sums waits to be settled."""
    state.values[column] += by
    if program.about_starts[column] < program.about_starts[column + 1]:
        _note(program, state, column)
    excess = 0
    for entry in range(program.sum_starts[column], program.sum_starts[column + 1]):
        row = program.sum_rows[entry]
        old = state.sums[row]
        new = old + program.sum_factors[entry] * by
        state.sums[row] = new
        most = program.most[row]
        excess += max(0, new - most) - max(0, old - most)
        for user in range(program.user_starts[row], program.user_starts[row + 1]):
            node = program.users[user]
            if not state.waits[node]:
                state.waits[node] = True
                level = program.levels[node]
                state.waiting[level, state.number[level]] = node
                state.number[level] += 1
    return program.cost[column] * by, excess


@inlined
def _needed(program: Program, state: State, node: int) -> int:
    """The least value of a column that the sums it depends on allow."""
    value: int = program.lower[node]
    for need in range(program.need_starts[node], program.need_starts[node + 1]):
        total = state.sums[program.need_sums[need]]
        step = program.need_steps[need]
        if step == 0:
            least = 1 if total > 0 else 0
        else:
            lack = program.need_least[need] - program.need_signs[need] * total
            other = program.need_others[need]
            if other >= 0:
                lack -= program.need_other_signs[need] * state.sums[other]
            least = lack if step == 1 else -(-lack // step)
        value = max(value, least)
    return value


@inlined
def _settle(program: Program, state: State) -> tuple[int, int]:
    """Give every column that waits its value; what that costs, and what limits are exceeded by."""
    cost, excess = 0, 0
    columns = len(program.lower)
    for level in range(len(state.number)):
        at = 0
        while at < state.number[level]:
            node = state.waiting[level, at]
            at += 1
            state.waits[node] = False
            if node >= columns:
                which = node - columns
                size = program.set_starts[which + 1] - program.set_starts[which]
                total = state.sums[program.need_sums[program.need_starts[node]]]
                total = total * program.need_signs[program.need_starts[node]]
                new = min(max(total, 0), size - 1)
                old = state.chosen[which]
                excess += abs(total - new)
                if new != old:
                    state.chosen[which] = new
                    first = program.set_starts[which]
                    for column, by in (
                        (program.set_columns[first + old], -1),
                        (program.set_columns[first + new], 1),
                    ):
                        more, beyond = _count(program, state, column, by)
                        cost += more
                        excess += beyond
                continue
            value = _needed(program, state, node)
            old_value = state.values[node]
            if value != old_value:
                most = program.upper[node]
                excess += max(0, value - most) - max(0, old_value - most)
                more, beyond = _count(program, state, node, value - old_value)
                cost += more
                excess += beyond
        state.number[level] = 0
    return cost, excess


@inlined
def _move(program: Program, state: State, group: int, old: int, new: int) -> int:
    """Let another column of a post be the one that is taken, as far as musts are concerned; by
    how much more these are exceeded."""
    excess = _bind(program, state, old, -1) + _bind(program, state, new, 1)
    state.holders[group] = new
    state.values[old] = 0
    state.values[new] = 1
    person = program.person_of[old]
    last = state.number_own[person] - 1
    at = 0
    while state.own[person, at] != old:
        at += 1
    state.own[person, at] = state.own[person, last]
    state.number_own[person] = last
    person = program.person_of[new]
    state.own[person, state.number_own[person]] = new
    state.number_own[person] += 1
    return excess


@inlined
def _in_the_way(program: Program, state: State, column: int) -> int:
    """A post of the same person that a must does not allow together with a column; -1 if none.

    The must is one of those that are exceeded, the post one of those it is about, at random.
    """
    broken, seen = -1, 0
    for entry in range(program.must_starts[column], program.must_starts[column + 1]):
        row = program.must_rows[entry]
        if state.used[row] > program.limits[row]:
            seen += 1
            if random_below(state, seen) == 0:
                broken = row
    found, seen = -1, 0
    person = program.person_of[column]
    for at in range(state.number_own[person] if broken >= 0 else 0):
        other = state.own[person, at]
        if other == column:
            continue
        for entry in range(program.must_starts[other], program.must_starts[other + 1]):
            if program.must_rows[entry] == broken:
                seen += 1
                if random_below(state, seen) == 0:
                    found = program.group_of[other]
                break
    return found


@inlined
def _another(program: Program, state: State, column: int) -> int:
    """Another post of the same person, at random; -1 if there is none."""
    person = program.person_of[column]
    number = state.number_own[person]
    other = state.own[person, random_below(state, number)]
    return -1 if other == column else program.group_of[other]


@inlined
def _somebody(program: Program, state: State, group: int) -> int:
    """A column of a post, at random; -1 if it is the one that is taken."""
    first = program.group_starts[group]
    size = program.group_starts[group + 1] - first
    column = program.group_columns[first + random_below(state, size)]
    return -1 if column == state.holders[group] else column


@compiled
def _handed_on(
    program: Program, state: State, gone: Ints, come: Ints, group: int, column: int
) -> int:
    """Give a post to the holder of a column and let others hand on what is in the way: how many
    posts changed.

    Their columns before and after are put into ``gone`` and ``come``. 0 if a must is broken in
    the end: then all is as it was.
    """
    first = program.person_of[state.holders[group]]
    excess = 0
    length = 0
    while column >= 0:
        old = state.holders[group]
        gone[length] = old
        come[length] = column
        length += 1
        excess += _move(program, state, group, old, column)
        if length >= CHAIN or (excess <= 0 and (length > 1 or random_below(state, EXCHANGES) > 0)):
            break
        group = (
            _in_the_way(program, state, column) if excess > 0 else _another(program, state, column)
        )
        if group < 0:
            break
        column = program.column_of[group, first]
        if column < 0 or column == state.holders[group] or random_below(state, ANYBODY) == 0:
            column = _somebody(program, state, group)
    if excess > 0:
        _take_back(program, state, gone, come, length)
        return 0
    return length


@inlined
def _take_back(program: Program, state: State, gone: Ints, come: Ints, length: int) -> None:
    """Undo what was handed on, in the rows of musts."""
    for n in range(length - 1, -1, -1):
        _move(program, state, program.group_of[gone[n]], come[n], gone[n])


@compiled
def _weeks_exchanged(
    program: Program, state: State, gone: Ints, come: Ints, group: int, column: int
) -> int:
    """Let the holder of a post and that of a column exchange all that the other one may hold: how
    many posts changed, as in ``_handed_on``."""
    one, other = program.person_of[state.holders[group]], program.person_of[column]
    length = 0
    for giver, taker in ((one, other), (other, one)):
        for at in range(state.number_own[giver]):
            held = state.own[giver, at]
            taken = program.column_of[program.group_of[held], taker]
            if taken >= 0 and length < LONGEST:
                gone[length] = held
                come[length] = taken
                length += 1
    excess = 0
    for n in range(length):
        excess += _move(program, state, program.group_of[gone[n]], gone[n], come[n])
    if excess > 0:
        _take_back(program, state, gone, come, length)
        return 0
    return length


@inlined
def _chosen(program: Program, state: State) -> tuple[int, int]:
    """A post to be given away, and the column of who is to take it; -1 for none."""
    group = random_below(state, len(state.holders))
    if state.number_paying[0] == 0 or random_below(state, FOCUS) > 0:
        return group, _somebody(program, state, group)
    paying = state.paying[random_below(state, state.number_paying[0])]
    first = program.about_starts[paying]
    column = program.about[first + random_below(state, program.about_starts[paying + 1] - first)]
    person = program.person_of[column]
    if random_below(state, 2) == 0 and state.number_own[person] > 0:
        group = program.group_of[state.own[person, random_below(state, state.number_own[person])]]
        return group, _somebody(program, state, group)
    group = program.group_of[column]
    return group, (-1 if column == state.holders[group] else column)


@compiled
def _counted(
    program: Program, state: State, gone: Ints, come: Ints, length: int
) -> tuple[int, int]:
    """What handing on costs, where the holders are the new ones already."""
    cost, excess = 0, 0
    for n in range(length):
        state.values[gone[n]] = 1
        state.values[come[n]] = 0
        less, before = _count(program, state, gone[n], -1)
        more, beyond = _count(program, state, come[n], 1)
        cost += less + more
        excess += before + beyond
    more, beyond = _settle(program, state)
    return cost + more, excess + beyond


@inlined
def _turn_round(gone: Ints, come: Ints, length: int) -> None:
    """Let what was handed on first be handed back last."""
    for n in range((length + 1) // 2):
        last = length - 1 - n
        one, other = gone[n], come[n]
        gone[n], come[n] = come[last], gone[last]
        gone[last], come[last] = other, one


@inlined
def _remember(state: State) -> None:
    """Let what is held now be the best."""
    state.score[1] = state.score[0]
    for n in range(len(state.holders)):
        state.best[n] = state.holders[n]


@compiled
def begin(program: Program, state: State) -> int:
    """Work out everything from the holders; by how much limits are exceeded."""
    excess, cost = 0, 0
    for row in range(len(program.limits)):
        excess += max(0, -program.limits[row])
    for row in range(len(program.most)):
        excess += max(0, state.sums[row] - program.most[row])
    for node in range(len(program.need_starts) - 1):
        if program.need_starts[node] < program.need_starts[node + 1]:
            state.waits[node] = True
            level = program.levels[node]
            state.waiting[level, state.number[level]] = node
            state.number[level] += 1
    for column in state.holders:
        excess += _bind(program, state, column, 1)
        person = program.person_of[column]
        state.own[person, state.number_own[person]] = column
        state.number_own[person] += 1
        more, beyond = _count(program, state, column, 1)
        cost += more
        excess += beyond
    more, beyond = _settle(program, state)
    state.score[0] += cost + more
    _remember(state)
    return excess + beyond


@compiled
def _annealed(
    program: Program, state: State, moves: int, heat: float, gone: Ints, come: Ints
) -> int:
    kept = 0
    for _ in range(moves):
        group, column = _chosen(program, state)
        if column < 0:
            continue
        if random_below(state, WEEKS) == 0:
            length = _weeks_exchanged(program, state, gone, come, group, column)
        else:
            length = _handed_on(program, state, gone, come, group, column)
        if length == 0:
            continue
        cost, excess = _counted(program, state, gone, come, length)
        if excess > 0 or (
            cost > 0 and random_below(state, 1 << 30) >= math.exp(-cost / heat) * (1 << 30)
        ):
            _take_back(program, state, gone, come, length)
            _turn_round(gone, come, length)
            _counted(program, state, gone, come, length)
            continue
        kept += 1
        state.score[0] += cost
        if state.score[0] < state.score[1]:
            _remember(state)
    return kept


def anneal(program: Program, state: State, moves: int, heat: float) -> int:
    """So many moves at one temperature, in points of cost; how many were kept."""
    gone, come = np.empty(LONGEST, np.int32), np.empty(LONGEST, np.int32)
    return int(_annealed(program, state, moves, heat, gone, come))
