"""The weekly pattern with the fewest changes: first only what must be filled, then chains.

Who holds a line that can stay is held still at first; everybody else may be given what is
left over. Only where that leaves posts open that need not be, or costs more than is proved
to be needed, are the lines at the same times freed as well, and at last all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from constraints.clash import days_at
from constraints.context import Context
from constraints.model import SCARCE, Expr, Model, total
from constraints.pools import Pool, single_pools
from instances.timetable import Timetable
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.rerun.reference import Key, Matched
from scheduler.rerun.stability import stability
from scheduler.search import Effort, Found, Settings, complete_hint, search
from scheduler.solve import is_small
from scheduler.weekly import Coverage, hold_coverage

COVER = Effort(deterministic=10, share=0.3)
CHANGES = Effort(deterministic=15, share=0.4)
QUALITY = Effort(deterministic=8, share=0.4)


@dataclass(frozen=True)
class Fewest:
    """A pattern, what it leaves open, and what its changes cost.

    ``bound`` is one of the cost, ``coverage.bounds`` of what is open, of all patterns of the
    scope in which it was found; ``whole``: nothing was held still in it.
    """

    timetable: Timetable
    coverage: Coverage
    cost: int
    bound: int
    quality: int
    whole: bool


@dataclass(frozen=True)
class Scope:
    """What may change: lines that anybody may take, activities and groups that may move."""

    lines: frozenset[str]
    moving: frozenset[str]
    everything: bool = False


def loose_ends(context: Context, start: Timetable) -> Scope:
    """What a carried timetable leaves to be settled: lines, places and rooms without any."""
    demand = context.demand
    placed = {name for name in demand.options if start.placements.get(name)}
    lines = {
        post.line
        for post in demand.posts
        if post.line not in start.holders
        or (post.option is not None and post.activity not in placed)
    }
    moving = {name for name in demand.options if name not in placed}
    moving |= {group for group in demand.group_rooms if group not in start.rooms}
    return Scope(frozenset(lines), frozenset(moving))


def widened(context: Context, start: Timetable, scope: Scope) -> Scope:
    """The scope with every line at the times of those in it."""
    demand = context.demand
    blocks = {block for post in demand.posts if post.line in scope.lines for block in post.blocks}
    times = [
        moment
        for moment in demand.moments
        if any(
            block.weekday == moment.weekday and not moment.segments.isdisjoint(block.segments)
            for block in blocks
        )
    ]
    lines = {
        post.line
        for post in demand.posts
        if any(days_at(post, moment) for moment in times) and post.line in start.holders
    }
    return Scope(scope.lines | lines, scope.moving)


def everything(context: Context) -> Scope:
    """Nothing is held still."""
    demand = context.demand
    moving = frozenset(demand.options) | frozenset(demand.group_rooms)
    return Scope(frozenset(post.line for post in demand.posts), moving, everything=True)


def scoped_model(
    context: Context, start: Timetable, scope: Scope, locked: Collection[str] = ()
) -> Model:
    """The full model in which only what is in the scope may differ from a timetable.

    ``locked``: lines that keep their holder in any case.
    """
    holders = start.holders
    chosen = {
        activity: option.index
        for activity, placement in start.placements.items()
        for option in context.demand.options.get(activity, ())
        if set(option.blocks) == set(placement.blocks)
    }

    def candidates(pool: Pool) -> Sequence[str]:
        line = pool.post.line
        own = holders.get(line)
        if own is not None and (line in locked or line not in scope.lines):
            return [own] if own in context.admitted(pool.post) else []
        return context.admitted(pool.post)

    def options(activity: str) -> Iterable[int]:
        if activity in scope.moving or activity not in chosen:
            return [option.index for option in context.demand.options[activity]]
        return [chosen[activity]]

    def rooms(key: str) -> Iterable[str]:
        if key in context.demand.options:
            every: Iterable[str] = context.demand.options[key][0].rooms
            placement = start.placements.get(key)
            room = placement.room if placement else None
        else:
            every, room = context.demand.group_rooms[key], start.rooms.get(key)
        return every if key in scope.moving or room is None else [room]

    return Model(
        context,
        single_pools(context.demand),
        candidates=candidates,
        options=options,
        rooms=rooms,
        foresee_covers=False,
        dated_limit=len(context.people) if is_small(context) else SCARCE,
    )


class Search:
    """Looks for the pattern with the fewest changes within one scope after another."""

    def __init__(
        self,
        matched: Matched,
        start: Timetable,
        kept: Collection[Key],
        locked: Collection[str],
        control: Control,
        settings: Settings,
    ) -> None:
        self.matched = matched
        self.context = matched.context
        self.start = start
        self.kept = kept
        self.locked = locked
        self.control = control
        self.settings = settings

    def within(self, scope: Scope, bound: int, at_most: int | None = None) -> Fewest | None:
        """The best pattern of a scope; ``at_most``: places that may stay open (default: any)."""
        covered = self._cover(scope, at_most)
        if covered is None:
            return None
        model, coverage, found = covered
        best = read_out(model, found)
        changes, proved, fewest = self._fewest(model, best, bound)
        if fewest is not None:
            best = read_out(model, fewest)
        quality, timetable = self._better(scope, coverage, best, changes)
        return Fewest(
            self._with_rest(timetable), coverage, changes, proved, quality, scope.everything
        )

    def _cover(self, scope: Scope, at_most: int | None) -> tuple[Model, Coverage, Found] | None:
        """The fewest places open in each tier, one after the other."""
        model = self._musts(scope)
        hint(model, self.start)
        tiers = model.open_by_tier
        if at_most is not None:
            model.cp.add(total(tiers) <= at_most)
        found = self._search(model, total(tiers), COVER, Stage.COVERAGE)
        if found.solution is None:
            return None
        if found.value == 0:
            nothing = (0,) * len(tiers)
            hold_coverage(model, Coverage(nothing, nothing))
            return model, Coverage(nothing, nothing), found
        values: list[int] = []
        bounds: list[int] = []
        for tier in tiers:
            one = self._search(model, tier, COVER, Stage.COVERAGE)
            found = one if one.solution is not None else found
            assert found.solution is not None
            values.append(int(found.solution.value(tier)))
            bounds.append(min(values[-1], one.bound))
            if not isinstance(tier, int):
                model.cp.add(tier <= values[-1])
        return model, Coverage(tuple(values), tuple(bounds)), found

    def _search(
        self, model: Model, objective: Expr, effort: Effort, stage: Stage, bound: int | None = None
    ) -> Found:
        return search(model.cp, objective, self.control, self.settings, effort, stage, bound)

    def _musts(self, scope: Scope) -> Model:
        model = scoped_model(self.context, self.start, scope, self.locked)
        model.post_rules(musts_only=True)
        return model

    def _fewest(self, model: Model, best: Timetable, bound: int) -> tuple[int, int, Found | None]:
        cost = stability(model, self.matched, self.kept)
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, best)
        found = self._search(model, cost, CHANGES, Stage.CHANGES, bound)
        if found.solution is None:
            return self.cost_of(model, best), found.bound, None
        return found.value, found.bound, found

    def cost_of(self, model: Model, timetable: Timetable) -> int:
        """What the changes of a timetable cost in a model that allows it."""
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, timetable)
        cost = stability(model, self.matched, self.kept)
        if isinstance(cost, int):
            return cost
        model.cp.minimize(cost)
        value = complete_hint(model.cp)
        assert value is not None, "the timetable came from this model"
        return value

    def _better(
        self, scope: Scope, coverage: Coverage, best: Timetable, changes: int
    ) -> tuple[int, Timetable]:
        """Among all patterns with so few changes, a good one."""
        return self.improved(
            lambda: scoped_model(self.context, self.start, scope, self.locked),
            coverage,
            best,
            changes,
            QUALITY,
        )

    def improved(
        self,
        build: Callable[[], Model],
        coverage: Coverage,
        best: Timetable,
        changes: int,
        effort: Effort,
    ) -> tuple[int, Timetable]:
        """The best quality of a model whose changes cost no more than so much."""
        model = build()
        model.post_rules()
        hold_coverage(model, coverage)
        cost: Expr = stability(model, self.matched, self.kept)
        if not isinstance(cost, int):
            model.cp.add(cost <= changes)
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, best)
        model.cp.minimize(model.quality)
        known = complete_hint(model.cp)
        found = search(
            model.cp, model.quality, self.control, self.settings, effort, Stage.IMPROVE, 0
        )
        if found.solution is None:
            return (-1 if known is None else known), best
        return found.value, read_out(model, found)

    def _with_rest(self, timetable: Timetable) -> Timetable:
        return timetable.model_copy(update={"history": self.start.history})
