"""What each stage of the solve asks for is true of every valid timetable, and costs no more.

A stage has a model of its own, of all that it decides or leaves open; the costs that it charges
are a lower bound of what the checks count, and in the full model they are the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from constraints.context import Context
from constraints.model import Expr, Model, total
from constraints.pools import Pool, merged_pools, single_pools
from constraints.rules.pin_broken import PinBroken
from instances.school import Pin
from instances.timetable import Timetable
from scheduler.audit import audit
from scheduler.figures import wish_shares
from scheduler.improve import restricted
from scheduler.measures import Wishes
from scheduler.scope import Scope, scoped_model
from scheduler.weekly import Coverage, pinned_lines
from scheduler.worst_off import WorstOff, hold_worst_off
from tests.contract.test_pooled import cases
from tests.helpers.comparing import DATED
from tests.helpers.fixed import FixedModel

Stage = Callable[[Context, Timetable], tuple[Model, Expr, int]]
"""From a timetable to a stage's model, what it makes small, and what the checks say of that."""


def pooled(context: Context) -> tuple[Pool, ...]:
    return merged_pools(context, pinned_lines(context))


def coverage_of(context: Context, timetable: Timetable) -> Coverage:
    tiers = audit(context, timetable).open_by_tier
    return Coverage(tiers, tiers)


def pins(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """The fewest pins left out: none, for a timetable that keeps them all."""
    model = Model(context, pooled(context), elastic_pins=True, foresee_covers=False, dated_limit=0)
    model.post_rules(musts_only=True)
    return model, total(1 - literal for literal in model.pins.values()), 0


def coverage(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """Open posts on pools of interchangeable ones, by the musts alone."""
    model = Model(context, pooled(context))
    model.post_rules(musts_only=True)
    return model, total(model.open_by_tier), sum(audit(context, timetable).open_by_tier)


def repair(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """Open posts where half of the lines are held still."""
    lines = sorted(post.line for post in context.demand.posts)
    model = scoped_model(context, timetable, Scope(frozenset(lines[::2]), frozenset()))
    model.post_rules(musts_only=True)
    return model, total(model.open_by_tier), sum(audit(context, timetable).open_by_tier)


def when(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """Quality while it is open who takes which class."""
    model = Model(context, pooled(context))
    model.post_rules()
    return model, model.quality, weekly_points(context, timetable)


def improvement(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """A round of improvement: half of the people free, covers left out."""
    people = set(sorted(context.people)[::2])
    kept = coverage_of(context, timetable)
    model = restricted(context, single_pools(context.demand), timetable, kept, people)
    return model, 0, 0


def worst_off(context: Context, timetable: Timetable) -> tuple[Model, Expr, int]:
    """Quality with nobody worse off than in the timetable, class by class."""
    model = Model(context, pooled(context))
    model.post_rules()
    shares = wish_shares(context, context.view(timetable))
    hold_worst_off(model, WorstOff(Wishes().counts(shares.values()), 0))
    return model, model.quality, weekly_points(context, timetable)


STAGES = (pins, coverage, repair, when, improvement, worst_off)


def weekly_points(context: Context, timetable: Timetable) -> int:
    """What the checks count, but for breaches that only have dates."""
    return sum(
        finding.amount * weight
        for finding, weight in audit(context, timetable).soft
        if finding.rule not in DATED
    )


def with_pins(context: Context, timetable: Timetable) -> Context:
    """The school with pins that a timetable happens to keep: a place, a person, a prohibition."""
    rng = random.Random(len(timetable.holders))
    some = [
        Pin(activity=name, weekday=one.places[0].weekday, room=one.room)
        for name, one in timetable.placements.items()
        if len(one.places) == 1
    ]
    post_of = context.demand.post_by_key
    held = [post_of[line] for line in timetable.holders if line in post_of]
    some += [
        Pin(
            activity=post.activity,
            school_class=post.classes[0],
            weekday=post.blocks[0].weekday,
            staff=timetable.holders[post.line],
            role=post.role,
            forbid=forbid,
        )
        for post in held
        if post.classes
        for forbid in (False, True)
    ]
    rng.shuffle(some)
    school = context.instance
    for few in (some[:3], some[:2], some[:1]):
        pinned = Context(school.model_copy(update={"pins": tuple(few)}), context.rules)
        if not any(PinBroken().check(pinned.view(timetable))):
            return pinned
    return context


@pytest.mark.parametrize("settings", [False, True], ids=["by-default", "all-rules-set"])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_valid_timetables_are_possible_and_cost_no_more(stage: Stage, settings: bool) -> None:
    seen = 0
    for seed, known, timetables in cases(settings=settings):
        for timetable in timetables[:1] if stage is pins else timetables:
            context = with_pins(known, timetable) if stage is pins else known
            if stage is pins and not context.instance.pins:
                continue
            model, objective, counted = stage(context, timetable)
            charged = FixedModel.of(model, objective).cost(timetable)
            assert charged is not None, f"school {seed}: {timetable!r}"
            assert charged <= counted, f"school {seed}: {timetable!r}"
            seen += 1
    assert seen > (2 if stage is pins else 15)
