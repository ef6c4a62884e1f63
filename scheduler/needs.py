"""How many adults care needs while clubs stay where they were, so that the relaxation knows it.

That a post of care exists is tied to the children who remain by a large factor, and a relaxation
lets it exist in part. While the clubs that meet in some timetable do so, it is there or not:
whoever wants it otherwise must have enough children come or go, club by club. Measured on 36
classes, schools 1, 4 and 5: who works when is found with 144, 285 and 262 points, classes dealt
out, where it was 160, 305 and 315, in less time (42 s of processor time in all, and 45 s).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import FlatIntExpr

from constraints.model import Model, at_most
from instances.demand import Taker
from instances.timetable import Timetable
from scheduler.cuts import VIOLATED, Row
from scheduler.incumbent import places_of

if TYPE_CHECKING:
    from scheduler.relaxation import Floats


def tie_needs(model: Model, start: Timetable) -> None:
    """Say for each post of care what must change before it comes or goes.

    With ``S`` the clubs that a timetable places, ``D`` the children too many for fewer adults
    and ``d`` what is left of them when all of ``S`` are away: a post is superfluous only if others
    take ``d`` children, of which each club counts at most ``d`` (cover inequality of a knapsack).
    The other way round it is needed only if clubs in ``S`` leave enough children behind.
    """
    for row in NeedCuts(model).around(start):
        at_most(model.cp, row.columns, row.factors, row.limit)


_Club = tuple[Taker, tuple[int, ...]]
"""Who takes children, and the columns of which one is 1 then."""


@dataclass(frozen=True)
class _Adult:
    """One more adult in care: the column that says whether there is one, ``left`` children too
    many for fewer if no club meets, and who takes some, with the columns that say so."""

    active: int
    left: int
    clubs: tuple[_Club, ...]


class NeedCuts:
    """The same for any clubs ``S``, of those that meet most in an optimum of the relaxation: as
    clubs are decided, it says how many adults care needs, where it had parts of one."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._adults = [
            _Adult(
                active.index,
                need.base - need.ratio * (number - 1),
                tuple(
                    (one, columns)
                    for one in need.takers
                    if one.option is not None and (columns := _columns(model, one))
                ),
            )
            for (key, number), active in model.active.items()
            for need in (model.demand.needs[key],)
        ]

    def around(self, timetable: Timetable) -> list[Row]:
        """For each adult the cut of the clubs that a timetable has meet."""
        return [
            _cut(
                adult,
                [club for club in adult.clubs if _meets(self._model, timetable, club[0])],
                [club for club in adult.clubs if not _meets(self._model, timetable, club[0])],
            )
            for adult in self._adults
        ]

    def needed(self, values: Floats) -> dict[int, int]:
        """For each adult's column whether they are needed where clubs meet as some values have
        them."""
        found = {}
        for adult in self._adults:
            left = adult.left
            for one, _ in adult.clubs:
                assert one.option is not None
                placed = self._model.placed[one.activity, one.option].index
                left -= one.children * round(float(values[placed]))
            found[adult.active] = int(left > 0)
        return found

    def violated(self, values: Floats) -> list[Row]:
        """For each adult the cut that some values break most."""
        return [row for adult in self._adults if (row := _broken(adult, values)) is not None]


def _broken(adult: _Adult, values: Floats) -> Row | None:
    there = float(values[adult.active])
    parts = {club: sum(float(values[n]) for n in club[1]) for club in adult.clubs}
    clubs = sorted(adult.clubs, key=lambda club: -parts[club])
    worst, which, left = VIOLATED, None, adult.left
    for number in range(len(clubs) + 1):
        if number:
            left -= clubs[number - 1][0].children
        if left > 0:
            taken = sum(min(left, c[0].children) * parts[c] for c in clubs[number:])
            excess = 1 - there - taken / left
        else:
            lack = 1 - left
            staying = sum(min(lack, c[0].children) * (1 - parts[c]) for c in clubs[:number])
            excess = there - staying / lack
        if excess > worst:
            worst, which = excess, number
    return None if which is None else _cut(adult, clubs[:which], clubs[which:])


def _cut(adult: _Adult, meeting: Sequence[_Club], others: Sequence[_Club]) -> Row:
    """The cut of some clubs, and those that are not among them."""
    left = adult.left - sum(one.children for one, _ in meeting)
    if left > 0:
        columns, factors = _taken(others, left)
        return Row([adult.active, *columns], [-left, *[-factor for factor in factors]], -left)
    lack = 1 - left
    columns, factors = _taken(meeting, lack)
    most = sum(min(one.children, lack) for one, _ in meeting)
    return Row([adult.active, *columns], [lack, *factors], most)


def _taken(clubs: Sequence[_Club], most: int) -> tuple[list[int], list[int]]:
    """What clubs take of so many children: columns and factors."""
    columns = [n for _, some in clubs for n in some]
    return columns, [min(one.children, most) for one, some in clubs for _ in some]


def _columns(model: Model, taker: Taker) -> tuple[int, ...]:
    """The columns of which one is 1 if a club takes its children."""
    assert taker.option is not None
    if (taker.activity, taker.option) not in model.placed:
        return ()
    attended = model.attended(taker.activity, taker.option)
    return () if isinstance(attended, int) else tuple(v.index for v in FlatIntExpr(attended).vars)


def _meets(model: Model, start: Timetable, taker: Taker) -> bool:
    """Whether a timetable has a club meet in the option of which a taker speaks."""
    placement = start.placements.get(taker.activity)
    options = model.demand.options[taker.activity]
    return placement is not None and any(
        option.index == taker.option and places_of(option.blocks) == placement.places
        for option in options
    )
