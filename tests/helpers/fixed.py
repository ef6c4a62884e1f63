"""A model in which a whole timetable is fixed: what would the solver have to say about it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.model import Expr, Literal, Model
from constraints.pools import Pool, single_pools
from constraints.rule import Rule
from instances.timetable import Timetable
from instances.words import Status


class FixedModel:
    """One model of a school for many timetables: built once, fixed and freed again.

    Parameters
    ----------
    rules
        Those that are posted; the context's other rules say only who could hold what.
    pools
        The pools of the model (default: every post by itself).
    """

    def __init__(
        self,
        context: Context,
        rules: Sequence[Rule],
        pools: tuple[Pool, ...] | None = None,
        candidates: Callable[[Pool], Sequence[str]] | None = None,
    ) -> None:
        self.context = context
        pools = single_pools(context.demand) if pools is None else pools
        model = Model(context, pools, candidates=candidates, dated_limit=0)
        for rule in rules:
            rule.post(model)
        self._take(model, model.quality)

    @classmethod
    def of(cls, model: Model, objective: Expr) -> FixedModel:
        """A model as a stage of the solve has built it, and what that stage makes small."""
        fixed = cls.__new__(cls)
        fixed.context = model.context
        fixed._take(model, objective)
        return fixed

    def _take(self, model: Model, objective: Expr) -> None:
        self.model = model
        self.rooms = model.rooms
        self.constant = objective if isinstance(objective, int) else 0
        if not isinstance(objective, int):
            model.cp.minimize(objective)
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.cp_model_presolve = False

    def cost(self, timetable: Timetable) -> int | None:
        """The least cost of exactly this timetable; ``None`` if the model does not allow it."""
        values = self._values(timetable)
        if values is None:
            return None
        kept = {}
        for index, value in values.items():
            domain = self.model.cp.proto.variables[index].domain
            kept[index] = list(domain)
            if not kept[index][0] <= value <= kept[index][-1]:
                self._restore(kept)
                return None
            domain.clear()
            domain.extend([value, value])
        status = self.solver.solve(self.model.cp)
        self._restore(kept)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL, self.solver.status_name(status)
        return self.constant or round(self.solver.objective_value)

    def needed(self) -> dict[tuple[str, int], bool]:
        """After ``cost``: which posts of care that depend on clubs the model says exist."""
        return {key: bool(self.solver.value(one)) for key, one in self.model.active.items()}

    def _restore(self, kept: dict[int, list[int]]) -> None:
        for index, before in kept.items():
            domain = self.model.cp.proto.variables[index].domain
            domain.clear()
            domain.extend(before)

    def _values(self, timetable: Timetable) -> dict[int, int] | None:
        """The value of every variable that the timetable decides."""
        view = self.context.view(timetable)
        chosen = view.expansion.option_of
        values: dict[int, int] = {}

        def fix(literal: Literal, value: bool | int) -> None:
            values[literal.index] = int(value)

        for (activity, option), literal in self.model.placed.items():
            fix(literal, chosen.get(activity) == option)
        for activity, literal in self.model.unplaced.items():
            fix(literal, activity not in chosen)
        for pool, holders in zip(self.model.pools, self.model.holders, strict=True):
            held = Counter(
                timetable.holders[post.line]
                for post in pool.posts
                if post.line in timetable.holders
                and (post.option is None or chosen.get(post.activity) == post.option)
            )
            if any(key not in holders or times > 1 for key, times in held.items()):
                return None
            for key, literal in holders.items():
                fix(literal, key in held)
        if not self._fix_rooms(timetable, chosen, fix):
            return None
        self._fix_covers(timetable, fix)
        return values

    def _fix_rooms(
        self, timetable: Timetable, chosen: dict[str, int], fix: Callable[[Literal, bool], None]
    ) -> bool:
        for (activity, option), rooms in self.rooms.of_option.items():
            room = None
            if chosen.get(activity) == option:
                room = timetable.placements[activity].room
                if room not in rooms:
                    return False
            for name, literal in rooms.items():
                fix(literal, name == room)
        for group, rooms in self.rooms.of_group.items():
            if rooms and timetable.rooms.get(group) not in rooms:
                return False
            for name, literal in rooms.items():
                fix(literal, name == timetable.rooms[group])
        return True

    def _fix_covers(self, timetable: Timetable, fix: Callable[[Literal, int], None]) -> None:
        """What each person takes over by date, where a rule asks for it."""
        if "loads" not in vars(self.model) or self.model.dated.complete:
            return
        covers = [
            session
            for session in self.context.view(timetable).sessions
            if session.status is Status.COVER and session.staff
        ]
        loads: Counter[str] = Counter()
        for session in covers:
            loads[str(session.staff)] += session.load
        for key, cover in self.model.loads.anyones.items():
            fix(cover, loads[key])
