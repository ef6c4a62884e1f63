"""The weekly pattern: pins, coverage and quality on one model, at any grain of its pools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from constraints.context import Context
from constraints.model import SCARCE, Expr, Model, total
from constraints.pools import Pool
from constraints.rules.pin_broken import matches_post
from instances.timetable import Timetable
from instances.words import FairnessMode
from scheduler.audit import audit
from scheduler.bound import tighten
from scheduler.deal import deal_classes
from scheduler.incumbent import hint, read_out
from scheduler.progress import Control, Stage
from scheduler.scope import is_small
from scheduler.search import Effort, Found, Settings, Task, complete_hint, search
from scheduler.worst_off import WorstOff, best_worst_off, hold_worst_off

PINS = Effort(deterministic=10, share=0.2)
COVERAGE = Effort(deterministic=40, share=0.5)
NEAREST = Effort(deterministic=6, share=0.1, seconds=6)


@dataclass(frozen=True)
class Coverage:
    """Dated open places per tier, and lower bounds of them (each given those before it).

    ``worst_off``: where the worst-off come before quality, what they have.
    """

    tiers: tuple[int, ...]
    bounds: tuple[int, ...]
    worst_off: WorstOff | None = None

    @property
    def value(self) -> int:
        return sum(self.tiers)

    @property
    def bound(self) -> int:
        """A lower bound of the total: tiers count up to the first that is not proved."""
        found = 0
        for value, bound in zip(self.tiers, self.bounds, strict=True):
            found += bound
            if bound < value:
                break
        return found


@dataclass(frozen=True)
class Pattern:
    """A weekly pattern with what is known of its levels in the model that found it.

    ``quality`` is negative where it is not known. ``began``: what the timetable from which the
    search began is worth in that model, if that is known.
    """

    timetable: Timetable
    coverage: Coverage
    quality: int
    bound: int
    began: int | None = None


class Infeasible(Exception):
    """No timetable keeps the musts. Any post may stay open, so it is for want of rooms."""


def pinned_lines(context: Context) -> list[str]:
    """Lines that pins of single classes speak of: they cannot be pooled with others."""
    pins = [pin for pin in context.instance.pins if pin.school_class is not None]
    return [post.line for post in context.demand.posts if any(matches_post(p, post) for p in pins)]


def impossible_pins(
    context: Context, pools: Sequence[Pool], control: Control, settings: Settings
) -> tuple[list[int], bool]:
    """The fewest pins that must be left out for the rest to hold, and whether that is proved."""
    if not context.instance.pins:
        return [], True
    model = Model(context, pools, elastic_pins=True, foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    broken = total(1 - literal for literal in model.pins.values())
    for literal in model.pins.values():
        model.cp.add_hint(literal, 1)
    found = search(model.cp, broken, control, settings, PINS, Stage.PINS)
    if found.solution is None:
        return [], False
    left_out = [index for index, literal in model.pins.items() if not found.true(literal)]
    return left_out, found.proved


def find_pattern(
    context: Context,
    pools: Sequence[Pool],
    control: Control,
    settings: Settings,
    effort: Effort,
    dated_limit: int = SCARCE,
) -> Pattern | None:
    """Fewest open posts first, tier by tier; then the best quality among these.

    Coverage is decided by the musts alone, so the soft rules are left out of its model. ``None``
    if there was no time to find any.

    Raises
    ------
    Infeasible
        If it is proved that there is none.
    """
    musts = Model(context, pools, dated_limit=dated_limit)
    musts.post_rules(musts_only=True)
    coverage, found = cover(musts, control, settings)
    if found is None:
        return None
    best = read_out(musts, found)
    if control.over:
        return Pattern(best, coverage, -1, 0)
    if context.instance.fairness is not FairnessMode.BALANCED:
        musts = Model(context, pools, dated_limit=dated_limit)
        coverage, best = _worst_off_first(musts, coverage, best, control, settings)
    model = Model(context, pools, dated_limit=dated_limit)
    model.post_rules()
    hold_coverage(model, coverage)
    if dated_limit > SCARCE and is_small(context):
        tighten(model, control)
    return improve_quality(model, coverage, best, Task(control, settings, effort, Stage.QUALITY))


def worst_off_first(
    context: Context, pools: Sequence[Pool], best: Pattern, control: Control, settings: Settings
) -> Pattern:
    """A pattern whose coverage is kept, and in which the worst-off have the best they can."""
    model = Model(context, pools)
    coverage, found = _worst_off_first(model, best.coverage, best.timetable, control, settings)
    timetable = deal_classes(context, pools, found)
    return Pattern(timetable, coverage, audit(context, timetable).quality, 0)


def _worst_off_first(
    musts: Model, coverage: Coverage, best: Timetable, control: Control, settings: Settings
) -> tuple[Coverage, Timetable]:
    musts.post_rules(musts_only=True)
    hold_coverage(musts, coverage)
    worst_off, best = best_worst_off(musts, best, control, settings)
    return replace(coverage, worst_off=worst_off), best


def covered_on_pools(
    context: Context, pools: Sequence[Pool], best: Pattern, control: Control, settings: Settings
) -> Pattern:
    """A pattern whose coverage is proved, or bettered, on pools of interchangeable posts.

    Raises
    ------
    Infeasible
        If it is proved that there is none.
    """
    musts = Model(context, pools)
    musts.post_rules(musts_only=True)
    hint(musts, best.timetable)
    coverage, found = cover(musts, control, settings)
    if found is None:
        return best
    if coverage.tiers < best.coverage.tiers:
        hold_coverage(musts, coverage)
        near = _nearest(musts, best.timetable, found, control, settings)
        return Pattern(deal_classes(context, pools, near), coverage, -1, 0)
    return replace(best, coverage=replace(best.coverage, bounds=coverage.bounds))


def _nearest(
    model: Model, wanted: Timetable, found: Found, control: Control, settings: Settings
) -> Timetable:
    """Of the timetables a model allows, one in which most people are where another has them."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    start = read_out(model, found)
    hint(model, start)
    same: list[Expr] = []
    for pool, holders in zip(model.pools, model.holders, strict=True):
        here = {wanted.holders.get(post.line) for post in pool.posts}
        same += [literal for key, literal in holders.items() if key in here]
    alone = replace(settings, workers=1)
    aim = -1 * total(same)
    nearest = search(model.cp, aim, control, alone, NEAREST, Stage.COVERAGE, told=False)
    return start if nearest.solution is None else read_out(model, nearest)


def coverage_bound(
    context: Context, pools: Sequence[Pool], control: Control, settings: Settings
) -> int:
    """A lower bound of the dated places that any pattern leaves open."""
    musts = Model(context, pools)
    musts.post_rules(musts_only=True)
    coverage, _ = cover(musts, control, settings)
    return coverage.bound


def hold_coverage(model: Model, coverage: Coverage) -> None:
    """Leave no more open, in any tier, than is already reached, and nobody worse off."""
    for tier, value in zip(model.open_by_tier, coverage.tiers, strict=True):
        if not isinstance(tier, int):
            model.cp.add(tier <= value)
    if coverage.worst_off is not None:
        hold_worst_off(model, coverage.worst_off)


def improve_quality(
    model: Model,
    coverage: Coverage,
    start: Timetable,
    task: Task,
) -> Pattern:
    """The best quality of a model whose coverage is fixed, starting from a timetable."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    hint(model, start)
    model.cp.minimize(model.quality)
    known = complete_hint(model.cp)
    found = search(
        model.cp,
        model.quality,
        task.control,
        task.settings,
        task.effort,
        task.stage,
        task.known_bound,
    )
    if found.solution is None:
        return Pattern(start, coverage, -1 if known is None else known, found.bound, known)
    return Pattern(read_out(model, found), coverage, found.value, found.bound, known)


def cover(model: Model, control: Control, settings: Settings) -> tuple[Coverage, Found | None]:
    """The fewest dated open places: all at once, and tier by tier if some must stay open.

    One worker with the strong relaxation finds full coverage sooner than two that share the
    cores (60 classes: 18 s against 30 s and more).
    """
    settings = replace(settings, workers=1)
    tiers = model.open_by_tier
    everything = search(model.cp, total(tiers), control, settings, COVERAGE, Stage.COVERAGE)
    if everything.outcome == "infeasible":
        raise Infeasible
    if everything.solution is None:
        return Coverage((), ()), None
    if everything.value == 0:
        return Coverage((0,) * len(tiers), (0,) * len(tiers)), everything
    values, bounds, found = [], [], everything
    for tier in tiers:
        if isinstance(tier, int):
            values.append(tier)
            bounds.append(tier)
            continue
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        hint(model, read_out(model, found))
        one = search(model.cp, tier, control, settings, COVERAGE, Stage.COVERAGE)
        if one.solution is not None:
            found = one
        assert found.solution is not None
        value = int(found.solution.value(tier))
        values.append(value)
        bounds.append(min(value, one.bound))
        model.cp.add(tier <= value)
    return Coverage(tuple(values), tuple(bounds)), found


Candidates = Callable[[Pool], Iterable[str]]
