"""The relaxation with each club at one time, and around a timetable's clubs.

What a school is worth at some times of its clubs is told by the mixture of whole weeks alone
(``whole_weeks.py``), so clubs are rounded in that (``diving.py``), and what is known of it serves
three: who works when at these times, and the bound for all others, begin where it ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from scheduler.diving import Dive
from scheduler.guide import Guide, Proof
from scheduler.needs import NeedCuts
from scheduler.relaxation import LinearForm, Relaxation
from scheduler.whole_weeks import WholeWeeks

if TYPE_CHECKING:
    from constraints.model import Model
    from constraints.pools import Pool
    from instances.timetable import Timetable
    from scheduler.cuts import Row
    from scheduler.progress import Control
    from scheduler.relaxation import Floats

    Price = Callable[[Pool, str], float]

CUTS = 2
"""How often an optimum is looked for, each with the cuts that the one before breaks."""
FIRST, LAST = 10, 3
"""How often better prices of whole weeks are looked for before clubs get their times, and after."""
ENOUGH = 0.01
"""Unless better prices can add no more than this part to the bound."""
UNTIL = 0.12, 0.3
"""The parts of the time left in which prices are looked for before clubs get their times, and
until each has its time. With 0.1 and 0.25 (and ``likely_weeks.SHARE`` 0.3), in one run each on a
slow machine, 36 classes ended alike in 20 s and 60 classes worse in 40 s: 392, 820, 329, 713 and
269 points for 375, 696, 323, 726 and 228."""
COVERING = 100
"""What covering for others costs, in points: whole weeks are to be for everybody's own work. It is
not forbidden, since no price would make up for that where nobody else can."""


def settled(
    guide: Guide,
    timetable: Timetable,
    seed: int,
    control: Control,
    price: Price | None = None,
    workers: int = 1,
) -> Guide | None:
    """A relaxation with each club at one time, and whole weeks for it; ``None`` if there was no
    time.

    ``guide`` has cuts after it, and knows where to begin to prove a bound. ``price``: what holding
    a post of a pool costs somebody beside, in points. ``workers``: how many plans are looked for
    at a time.
    """
    left = control.left
    where, more = guide.costs_beside(timetable, seed, price)
    cuts = NeedCuts(guide.model)
    program = Relaxation(guide.model.cp, guide.form)
    program.cost_more(where, more)
    rows = _with_cuts(program, cuts, control)
    if rows is None:
        return None
    guide.form = guide.form.cut(rows)
    form = _without_covers(guide.model, guide.form)
    begun = copy(form)
    begun.cost = form.cost.copy()
    begun.cost[where] += more
    weeks = WholeWeeks(guide.model, begun, program.duals, control, workers)
    ends = [None if left is None else control.seconds + part * left for part in UNTIL]
    weeks.look_for_prices(ends[0], rounds=FIRST, enough=ENOUGH)
    duals = weeks.multipliers
    options = _options(guide.model)
    chosen = Dive(weeks, options).run(control, ends[1])
    guide.known = Proof(guide.form, duals, weeks.plans)
    if chosen is None or not _adults_held(weeks, cuts, chosen, control):
        return None
    weeks.look_for_prices(ends[1], rounds=LAST, enough=ENOUGH)
    columns = [column for name in chosen for column in options[name]]
    values = [int(chosen[name] == column) for name in chosen for column in options[name]]
    return guide.on(form.held(columns, values), duals, weeks)


def around(
    guide: Guide,
    timetable: Timetable,
    seed: int,
    control: Control,
    price: Price | None = None,
) -> Guide | None:
    """The relaxation that knows how many adults care needs while clubs meet as in a timetable,
    and when it is as near to that as an optimum; with its multipliers."""
    cuts = NeedCuts(guide.model)
    rows = cuts.around(timetable)
    program = Relaxation(guide.model.cp, guide.form)
    program.add(rows)
    program.cost_more(*guide.costs_beside(timetable, seed, price))
    more = _with_cuts(program, cuts, control)
    if more is None:
        return None
    form = guide.form.cut([*rows, *more])
    without = [one.index for one in guide.model.loads.foreseen]
    return guide.on(form.held(without, [0] * len(without)), program.duals)


def _with_cuts(program: Relaxation, cuts: NeedCuts, control: Control) -> list[Row] | None:
    """Solve a program with the cuts that its optima break; ``None`` if there was no time, or no
    solution."""
    rows: list[Row] = []
    for _ in range(CUTS):
        if not program.solve(control.left, control):
            return None
        broken = cuts.violated(program.values)
        if not broken:
            return rows
        rows += broken
        program.add(broken)
    return rows if program.solve(control.left, control) else None


def _options(model: Model) -> Mapping[str, Sequence[int]]:
    """The columns of which one is 1, by activity."""
    options: dict[str, list[int]] = defaultdict(list)
    for (activity, _), literal in model.placed.items():
        options[activity].append(literal.index)
    return options


def _without_covers(model: Model, form: LinearForm) -> LinearForm:
    found = copy(form)
    found.cost = form.cost.copy()
    found.cost[[one.index for one in model.loads.foreseen]] += COVERING
    return found


def _adults_held(
    weeks: WholeWeeks, cuts: NeedCuts, chosen: Mapping[str, int], control: Control
) -> bool:
    """Let as many adults be in care as it needs now that each club has its time; whether there is
    a mixture of whole weeks then."""
    placed: Floats = np.zeros(len(weeks.lower))
    placed[list(chosen.values())] = 1.0
    needed = cuts.needed(placed)
    there = np.array(list(needed.values()), dtype=float)
    end = None if control.left is None else control.seconds + control.left
    return weeks.hold(list(needed), there, there, end)
