"""Pattern and dates decided at once: the least that is open and the least cost in a small school.

The model of every weekly pattern decides all that covers can, date by date: who comes instead of
whom, what stays open, which adults care needs more on a date on which nobody leads a club, and
which exceptions of the published timetable stay. So its bounds hold for every weekly pattern
with any covers of absences and any of the exceptions that were published, if nothing is cancelled
for want of a room but what is said to be. It leaves out rooms on single dates, which can only
make a timetable worse.

Not in it, nor in any other bound of a rerun: other people on dates on which nobody is away, and
posts of the pattern that nobody holds but somebody could on some dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from ortools.sat.python import cp_model

from constraints.model import Expr, Model
from constraints.model_kept import ByDate
from instances.timetable import DatedChange, Timetable, session_key
from scheduler.events.undisturbed import is_void
from scheduler.progress import Control, Stage
from scheduler.rerun.best import Fewest
from scheduler.rerun.climb import MANY_PLACES, Ladder
from scheduler.rerun.fewest import Search
from scheduler.rerun.reference import Key, Matched
from scheduler.scope import Scope, everything, scoped_model
from scheduler.search import Effort, Found, Settings, hint_all, search
from scheduler.weekly import Coverage

OPEN = Effort(deterministic=12, share=0.3)
COST = Effort(deterministic=12, share=0.4)


class Together(Search):
    """Looks for the pattern with its dates that leaves least open, and then costs least.

    ``start``: what was carried over; its exceptions of people may stay and need not. ``cancelled``:
    posts, by base line and date, that need not take place for want of a room; with ``surely``, they
    do not. ``edited``: keys of sessions of which somebody said by hand who comes; these exceptions
    must stay.
    """

    def __init__(
        self,
        matched: Matched,
        start: Timetable,
        locked: Collection[str],
        control: Control,
        settings: Settings,
        cancelled: Collection[Key] = (),
        edited: Collection[str] = (),
        *,
        surely: bool = False,
    ) -> None:
        bare = start.model_copy(update={"changes": _without_people(start)})
        super().__init__(matched, bare, (), locked, control, settings)
        self.cancelled = frozenset(cancelled)
        named = named_in(matched, start)
        fixed = named_in(matched, start, edited)
        roomless = self._roomless()
        never = roomless if surely else self._never()
        self._by_date = ByDate(named, fixed, roomless, never)

    def scoped(self, start: Timetable, scope: Scope) -> Model:
        context = self.context
        return scoped_model(context, start, scope, self.locked, by_date=self._by_date)

    def best(self) -> Fewest | None:
        """The least open by tier, and then the least cost, each with its bound; ``None`` if there
        was no time to find any."""
        model = self._musts(everything(self.context))
        coverage = self._fullest(model)
        if coverage is None:
            return None
        return self._cheapest(model, coverage)

    def least_cost(self, coverage: Coverage) -> Fewest | None:
        """The least cost of all that leave no more open than this."""
        return self._cheapest(self._held(coverage), coverage)

    def _cheapest(self, model: Model, coverage: Coverage) -> Fewest | None:
        covers = self._any_covers(model, coverage.tiers)
        cost = covers.whole()
        if isinstance(cost, int):
            cost = 0 * model.cp.new_constant(1) + cost
        found = self._sought(model, cost, COST, Stage.CHANGES)
        return self._read(model, found, covers, coverage, None)

    def _sought(
        self, model: Model, aim: Expr, effort: Effort, stage: Stage, most: int | None = None
    ) -> Found:
        """The least that a sum can be; infeasible: it cannot be as little as ``most``.

        Sought from below first; then the whole model is searched, from what is found, for that
        proves in seconds some of what the other does not, as the other does of this; and what then
        lies between the best found and its bound is halved.
        """
        ladder = Ladder(model.cp, aim, self.control, self.settings)
        found = ladder.climbed(most, patient=True)
        if found is not None and found.solution is None and found.outcome == "infeasible":
            if most is not None and found.bound > most:
                return found
        elif found is not None and found.solution is not None and found.value <= found.bound:
            return found
        whole = _merged(found, self._whole(model, aim, effort, stage, found))
        if found is None or whole.solution is None or whole.value <= whole.bound:
            return whole
        return ladder.closed(whole)

    def _whole(
        self, model: Model, aim: Expr, effort: Effort, stage: Stage, known: Found | None
    ) -> Found:
        """What a search of the whole model finds, from what is known."""
        if known is not None and known.solution is not None:
            hint_all(model.cp, known.solution)
        return search(model.cp, aim, self.control, self.settings, effort, stage)

    def _fullest(self, model: Model) -> Coverage | None:
        """The least that can stay open, tier by tier; the model is left with it as a limit."""
        values: list[int] = []
        bounds: list[int] = []
        last: cp_model.CpSolver | None = None
        for tier in model.open_by_tier:
            value, bound = (tier, tier) if isinstance(tier, int) else (0, 0)
            if not isinstance(tier, int):
                limit = model.cp.new_int_var(0, MANY_PLACES, "")
                model.cp.add(tier <= limit)
                if last is None or last.value(tier) > 0:
                    most = None if last is None else int(last.value(tier)) - 1
                    found = self._sought(model, limit, OPEN, Stage.COVERAGE, most)
                    if found.solution and (most is None or found.value <= most):
                        last = found.solution
                    if last is None:
                        return None
                    value, bound = int(last.value(tier)), found.bound
                model.cp.add(limit <= value)
            values.append(value)
            bounds.append(min(value, bound))
        return Coverage(tuple(values), tuple(bounds))

    def _roomless(self) -> dict[str, int]:
        """By activity, the dates (bit mask) on which some of it need not take place."""
        activity_of = {post.line: post.activity for post in self.context.demand.posts}
        index = self.context.demand.calendar.index
        found: dict[str, int] = defaultdict(int)
        for line, date in self.cancelled:
            if line in activity_of:
                found[activity_of[line]] |= 1 << index[date]
        return found

    def _never(self) -> dict[str, int]:
        """By activity, the dates (bit mask) on which all rooms that it could have are closed."""
        demand, rooms = self.context.demand, self.context.instance.room_by_name
        found: dict[str, int] = defaultdict(int)
        for activity, options in demand.options.items():
            names = {name for option in options for name in option.rooms}
            for day in demand.calendar.days if names else ():
                if all(rooms[name].is_closed_on(day.date) for name in names):
                    found[activity] |= 1 << demand.calendar.index[day.date]
        return found


def _merged(one: Found | None, other: Found) -> Found:
    """The better of two solutions, with the better of two bounds."""
    if one is None:
        return other
    mine, yours = one.solution is not None, other.solution is not None
    best = one if mine and not (yours and other.value < one.value) else other
    return replace(best, bound=max(one.bound, other.bound))


def named_in(
    matched: Matched, start: Timetable, keys: Collection[str] | None = None
) -> dict[tuple[str, int], str]:
    """Whom exceptions name, by line and date (bit mask); ``keys``: of these sessions only."""
    found: dict[tuple[str, int], str] = {}
    for post, rows in matched.rows.items():
        for row in rows:
            for session in row.was.live:
                key = session_key(row.date, session.segment, post.line)
                change = start.changes.get(key)
                if change is not None and change.staff and (keys is None or key in keys):
                    found[post.line, row.bit] = change.staff
    return found


def _without_people(start: Timetable) -> dict[str, DatedChange]:
    """The exceptions without those whom they name."""
    found = {
        key: change.model_copy(update={"staff": None}) for key, change in start.changes.items()
    }
    return {key: change for key, change in found.items() if not is_void(change)}
