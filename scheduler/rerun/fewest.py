"""The weekly pattern with the fewest changes: first only what must be filled, then everything.

Who holds a line that can stay is held still at first; everybody else may be given what is
left over. Only where that leaves posts open that need not be, or costs more than is proved to
be needed, is everything freed: exactly in small schools, and in others on pools, whose answer
then says which lines are worth freeing exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cached_property

from constraints.model import Expr, Model, total
from instances.timetable import Timetable
from scheduler.changes import Prices, base_line
from scheduler.incumbent import hint, read_out
from scheduler.needs import tie_needs
from scheduler.progress import Control, Stage
from scheduler.rerun.best import Fewest
from scheduler.rerun.climb import Ladder, climb, open_limits
from scheduler.rerun.event_days import EventDays
from scheduler.rerun.hopeless import places_lost, unable
from scheduler.rerun.pooled import on_pools
from scheduler.rerun.reference import Key, Matched
from scheduler.rerun.returning import Hoped, hoped
from scheduler.rerun.stability import AnyCovers, stability
from scheduler.scope import Scope, everything, loose_ends, scoped_model
from scheduler.search import Effort, Found, Settings, complete_hint, search
from scheduler.weekly import Coverage, hold_coverage

COVER = Effort(deterministic=6, share=0.3)
CHANGES = Effort(deterministic=6, share=0.4)
EXACT = Effort(deterministic=15, share=0.5, light=True)
QUALITY = Effort(deterministic=3, share=0.4, light=True)


class Search:
    """Looks for the pattern with the fewest changes within one scope after another.

    ``locked``: lines that keep their holder, or stay open where the edited timetable names none,
    and clubs that meet nowhere; of lines with a holder who cannot stay it says nothing.
    ``cancelled``: posts, by base line and date, that need not take place where covers count.
    """

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
        named = matched.reference.timetable.holders
        self.locked = frozenset(one for one in locked if one in start.holders or one not in named)
        self.control = control
        self.settings = settings
        self.cancelled: frozenset[Key] = frozenset()

    def scoped(self, start: Timetable, scope: Scope) -> Model:
        """The model in which only what is in the scope may differ from a pattern."""
        return scoped_model(self.context, start, scope, self.locked, self._settled)

    @cached_property
    def _settled(self) -> dict[str, int]:
        """Lines with the dates (bit mask) on which an exception keeps who was published."""
        dates: dict[str, int] = defaultdict(int)
        for line, date in self.kept:
            dates[line] |= 1 << self.context.demand.calendar.index[date]
        lines = {post.line for post in self.context.demand.posts} if dates else set()
        return {line: days for line in lines if (days := dates.get(base_line(line), 0))}

    def within(self, scope: Scope, bound: int, hold: Coverage | None = None) -> Fewest | None:
        """The best pattern of a scope; ``hold``: what may stay open (default: anything).

        ``None`` if there is none, or no time to find any.
        """
        covered = self._cover(scope, hold)
        if covered is None:
            return None
        model, coverage, found = covered
        best = read_out(model, found)
        changes, proved, fewest = self._fewest(model, best, bound)
        if fewest is not None:
            best = read_out(model, fewest)
        return Fewest(self._with_rest(best), coverage, changes, proved, -1, scope.everything)

    def bettered(self, best: Fewest, scope: Scope | None = None) -> Fewest:
        """The best quality found with no more changes; ``scope``: what may differ for it."""
        scope = scope or self._changed(best.timetable)
        if best.hope is not None:
            return self._bettered_with_covers(best, scope)
        quality, timetable = self.improved(
            lambda: self.scoped(self.start, scope),
            best.coverage,
            best.timetable,
            best.cost,
            QUALITY,
        )
        return replace(best, timetable=self._with_rest(timetable), quality=quality)

    def _bettered_with_covers(self, best: Fewest, scope: Scope) -> Fewest:
        model = self.scoped(self.start, scope)
        model.post_rules()
        hold_coverage(model, best.coverage)
        covers = self._any_covers(model, best.coverage.tiers)
        cost = covers.whole()
        quality, found = self._improved(model, cost, best.cost, best.timetable, QUALITY)
        if found is None:
            return replace(best, quality=quality)
        timetable = self._with_rest(read_out(model, found))
        hope = hoped(model, found, timetable, best.bound, covers.returns)
        return replace(best, timetable=timetable, quality=quality, hope=hope)

    def least(self, coverage: Coverage, best: Fewest | None = None) -> Fewest | None:
        """The pattern with the fewest changes of all that leave no more open than this, or the
        proof that ``best`` is one.

        ``None`` if it is not found: no pattern may be so full, or time ran out.
        """
        model = self._held(coverage)
        cost: Expr = stability(model, self.matched, self.kept)
        found = climb(model.cp, cost, _below(best), self.control, self.settings)
        return self._read(model, found, None, coverage, best)

    def with_covers(self, coverage: Coverage, best: Fewest | None = None) -> Fewest | None:
        """The same, but at what any covers of absences could make of the cost."""
        model = self._held(coverage)
        cost = self._any_covers(model, coverage.tiers)
        return self._read(model, self._climb(model, cost, _below(best)), cost, coverage, best)

    def fullest(self, *, with_covers: bool) -> Fewest | None:
        """The pattern with the fewest changes of all that leave as little open as can be, at the
        cost of :meth:`least` or :meth:`with_covers`.

        ``None`` if it is not found: what the relaxation leaves open may be too little.
        """
        model = self._musts(everything(self.context))
        limits = open_limits(model, self.hopeless)
        covers = self._any_covers(model, limits) if with_covers else None
        cost = stability(model, self.matched, self.kept) if covers is None else covers.cost
        ladder = Ladder(model.cp, cost, self.control, self.settings, covers)
        tiers = ladder.least(limits, self.hopeless.tiers)
        if tiers is None:
            return None
        return self._read(model, ladder.climbed(), covers, Coverage(tiers, tiers), None)

    def least_open(self) -> tuple[int, ...] | None:
        """Bounds of the dated places of each tier that any pattern leaves open, each given those
        before it, by the relaxation; ``None`` if it has no optimum."""
        model = self._musts(everything(self.context))
        limits = open_limits(model, self.hopeless)
        return Ladder(model.cp, 0, self.control, self.settings).least(limits, self.hopeless.tiers)

    def _any_covers(self, model: Model, open_at_most: Sequence[Expr]) -> AnyCovers:
        return AnyCovers(model, self.matched, self.kept, self.cancelled, open_at_most=open_at_most)

    def _read(
        self,
        model: Model,
        found: Found | None,
        covers: AnyCovers | None,
        coverage: Coverage,
        best: Fewest | None,
    ) -> Fewest | None:
        if found is None:
            return None
        if found.solution is not None:
            timetable = self._with_rest(read_out(model, found))
            hope = None
            if covers is not None:
                hope = hoped(model, found, timetable, found.bound, covers.returns)
            return Fewest(timetable, coverage, found.value, found.bound, -1, whole=True, hope=hope)
        if best is not None and found.bound >= best.cost:
            hope = None if covers is None else Hoped(best.cost)
            return replace(best, bound=best.cost, whole=True, hope=hope)
        return None

    def _climb(self, model: Model, cost: AnyCovers, most: int | None) -> Found | None:
        return climb(model.cp, cost.cost, most, self.control, self.settings, cost)

    def proved(
        self, cost: int, cancelled: Collection[Key], coverage: Coverage, events: EventDays
    ) -> Hoped:
        """A bound, up to ``cost``, of what any pattern costs with any covers of absences that
        leaves no more open, if some posts, by base line and date, need not take place."""
        model = self._held(coverage)
        least = AnyCovers(model, self.matched, self.kept, cancelled, events, coverage.tiers)
        found = self._climb(model, least, cost - 1)
        if found is None:
            return Hoped(0)
        bound = min(cost, found.bound)
        if found.solution is None:
            return Hoped(bound)
        timetable = self._with_rest(read_out(model, found))
        return hoped(model, found, timetable, bound, least.returns)

    def exactly(self, best: Fewest) -> Fewest:
        """The best pattern of all that leave no more open, or the proof that it is known.

        That the cost may be no higher leaves so few ways that even the whole model is small.
        """
        least = self.least(best.coverage, best)
        if least is not None:
            return least
        model = self._held(best.coverage)
        cost: Expr = stability(model, self.matched, self.kept)
        if isinstance(cost, int):
            return replace(best, bound=cost, whole=True)
        model.cp.add(cost <= best.cost)
        hint(model, best.timetable)
        alone = replace(self.settings, workers=1)
        found = search(model.cp, cost, self.control, alone, EXACT, Stage.CHANGES)
        if found.solution is None or found.value >= best.cost:
            known = best.bound if best.whole else 0
            bound = max(known, min(found.bound, best.cost))
            return replace(best, bound=bound, whole=True)
        timetable = self._with_rest(read_out(model, found))
        return Fewest(timetable, best.coverage, found.value, found.bound, -1, whole=True)

    @property
    def unled(self) -> frozenset[str]:
        """Movable activities with a post that nobody could take, or that are not to meet."""
        demand = self.context.demand
        return frozenset(
            post.activity
            for post in demand.posts
            if post.activity in demand.options and post.line in self._unable
        )

    @cached_property
    def _unable(self) -> frozenset[str]:
        open_lines = {line for line in self.locked if line not in self.start.holders}
        closed = {one for one in self.locked if one not in self.start.placements}
        return unable(self.context) | {
            post.line
            for post in self.context.demand.posts
            if post.line in open_lines or post.activity in closed
        }

    @cached_property
    def hopeless(self) -> Coverage:
        """Places that nobody could take, whatever else is arranged."""
        return places_lost(self.context, self._unable)

    def on_pools(self) -> Fewest | None:
        """The best pattern by way of pools; its bound holds for every weekly pattern."""
        found = on_pools(
            self.matched, self.start, self.kept, self.locked, self.control, self.settings
        )
        if found is None:
            return None
        timetable, coverage, bound = found
        nothing = Scope(frozenset(), frozenset())
        model = self.scoped(timetable, nothing)
        rough = Fewest(timetable, coverage, self.cost_of(model, timetable), bound, -1, whole=True)
        exact = self.within(self._changed(timetable), bound, coverage)
        if exact is None or exact.cost > rough.cost:
            return rough
        return replace(exact, coverage=coverage, bound=bound, whole=True)

    def _changed(self, timetable: Timetable) -> Scope:
        """What a timetable changes, with what must be settled in any case."""
        before, ends = self.start.holders, loose_ends(self.context, self.start)
        lines = {line for line, key in timetable.holders.items() if before.get(line) != key}
        moved = {
            name
            for name, place in timetable.placements.items()
            if self.start.placements.get(name) != place
        }
        return Scope(ends.lines | lines, ends.moving | moved)

    def _cover(self, scope: Scope, hold: Coverage | None) -> tuple[Model, Coverage, Found] | None:
        """The fewest places open in each tier, one after the other."""
        model = self._musts(scope)
        hint(model, self.start)
        tiers = model.open_by_tier
        if hold is not None:
            hold_coverage(model, hold)
        found = self._search(model, total(tiers), COVER, Stage.COVERAGE)
        if found.solution is None:
            return None
        if hold is None and found.value == 0:
            hold = Coverage((0,) * len(tiers), (0,) * len(tiers))
            hold_coverage(model, hold)
        if hold is not None:
            return model, hold, found
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
        model = self.scoped(self.start, scope)
        model.post_rules(musts_only=True)
        if scope.everything:
            tie_needs(model, self.start)
        return model

    def _held(self, coverage: Coverage) -> Model:
        """The model in which everything is free, and no more may be open than this."""
        model = self._musts(everything(self.context))
        hold_coverage(model, coverage)
        return model

    def _fewest(self, model: Model, best: Timetable, bound: int) -> tuple[int, int, Found | None]:
        cost = stability(model, self.matched, self.kept)
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, best)
        found = self._search(model, cost, CHANGES, Stage.CHANGES, bound)
        if found.solution is None:
            return self.cost_of(model, best), found.bound, None
        return found.value, found.bound, found

    def posts_of(self, timetable: Timetable) -> int:
        """How many posts a timetable changes, date by date, in its weekly pattern."""
        nothing = Scope(frozenset(), frozenset())
        model = self.scoped(timetable, nothing)
        return self.cost_of(model, timetable, Prices.one_each(self.matched.reference.since))

    def cost_of(self, model: Model, timetable: Timetable, prices: Prices | None = None) -> int:
        """What the changes of a timetable cost in a model that allows it."""
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, timetable)
        cost = stability(model, self.matched, self.kept, prices)
        if isinstance(cost, int):
            return cost
        model.cp.minimize(cost)
        value = complete_hint(model.cp)
        assert value is not None, "the timetable came from this model"
        return value

    def improved(
        self,
        build: Callable[[], Model],
        coverage: Coverage,
        best: Timetable,
        changes: int,
        effort: Effort,
        prices: Prices | None = None,
    ) -> tuple[int, Timetable]:
        """The best quality of a model whose changes cost no more than so much."""
        model = build()
        model.post_rules()
        hold_coverage(model, coverage)
        cost: Expr = stability(model, self.matched, self.kept, prices)
        quality, found = self._improved(model, cost, changes, best, effort)
        return quality, best if found is None else read_out(model, found)

    def _improved(
        self, model: Model, cost: Expr, most: int, best: Timetable, effort: Effort
    ) -> tuple[int, Found | None]:
        """The best quality found (-1: none is known), and where it is not that of ``best``."""
        if not isinstance(cost, int):
            model.cp.add(cost <= most)
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, best)
        model.cp.minimize(model.quality)
        known = complete_hint(model.cp)
        found = search(
            model.cp, model.quality, self.control, self.settings, effort, Stage.IMPROVE, 0
        )
        if found.solution is None:
            return -1 if known is None else known, None
        return found.value, found

    def _with_rest(self, timetable: Timetable) -> Timetable:
        return timetable.model_copy(update={"history": self.start.history})


def _below(best: Fewest | None) -> int | None:
    """The most that something cheaper may cost."""
    return None if best is None else best.cost - 1
