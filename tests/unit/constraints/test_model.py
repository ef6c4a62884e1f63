"""The words that rules speak to the solver in."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from constraints.context import Context
from constraints.examples import Tiny, september
from constraints.model import Expr, Model, total, weighted
from constraints.pools import merged_pools, single_pools
from constraints.rules.uneven_load import UnevenLoad
from instances.timetable import DatedChange
from tests.helpers.fixed import FixedModel


def school() -> Tiny:
    return Tiny().classes("三1", "三2").staff("王芳", "李明").care("Tue")


def model_of(tiny: Tiny, *, merged: bool = False, elastic: bool = False) -> Model:
    instance, _ = tiny.done()
    context = Context(instance)
    pools = merged_pools(context) if merged else single_pools(context.demand)
    return Model(context, pools, elastic_pins=elastic)


def least(model: Model, value: Expr) -> int:
    model.cp.minimize(value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize(
    ("limit", "step", "excess"),
    [(3, 1, 4), (7, 1, 0), (9, 1, 0), (0, 1, 7), (0, 2, 4), (1, 5, 2)],
)
def test_over_rounds_steps_up(limit: int, step: int, excess: int) -> None:
    model = model_of(school())
    seven = model.cp.new_constant(7)  # (7 - limit) / step, rounded up
    assert least(model, 1 * model.over(seven, limit, 7, step) + 0 * seven) == excess


@pytest.mark.parametrize(("limit", "step", "lack"), [(9, 1, 2), (7, 1, 0), (12, 2, 3)])
def test_under_rounds_steps_up(limit: int, step: int, lack: int) -> None:
    model = model_of(school())
    seven = model.cp.new_constant(7)
    assert least(model, 1 * model.under(seven, limit, 0, step) + 0 * seven) == lack


def test_either_is_true_if_one_is() -> None:
    model = model_of(school())
    one, other = model.cp.new_bool_var(""), model.cp.new_bool_var("")
    either = model.either([one, other])
    model.cp.add(other == 1)
    assert least(model, 1 * either) == 1
    assert model.either([one]) is one


def test_sums_of_nothing_are_nothing() -> None:
    assert total([]) == 0
    assert total([0, 0]) == 0
    assert weighted([]) == 0


def test_pin_is_free_to_go_only_where_pins_are_elastic() -> None:
    for elastic, kept in ((True, 0), (False, 1)):
        model = model_of(school().pin("看护", staff="王芳"), elastic=elastic)
        assert least(model, 1 * model.keep(0)) == kept
        assert model.keep(0) is model.keep(0)


def test_classes_at_one_time_are_one_pool() -> None:
    merged, single = model_of(school(), merged=True), model_of(school())
    assert [pool.count for pool in merged.pools] == [2]
    assert [pool.count for pool in single.pools] == [1, 1]
    assert single.resolves_classes
    assert not merged.resolves_classes


def test_a_pool_has_no_more_holders_than_posts() -> None:
    model = model_of(school().staff("张伟"), merged=True)
    assert least(model, -1 * model.held(model.pools[0])) == -2


def test_open_places_are_counted_by_date_and_tier() -> None:
    model = model_of(school().staff("张伟").duty("门岗", "Tue", "Wed"))
    # care: 2 classes * 2 Tuesdays; the gate: (1 Tuesday + 1 Wednesday) * 2 weeks
    everything = total(literal for holders in model.holders for literal in holders.values())
    model.cp.add(everything == 0)
    assert [least(model, 1 * tier + 0) if not isinstance(tier, int) else tier
            for tier in model.open_by_tier] == [4, 0, 0, 4, 0]  # fmt: skip


def test_club_without_a_room_meets_nowhere() -> None:
    model = model_of(school().club("篮球", "Tue", features=("球场",)))
    assert not model.placed
    assert least(model, 1 * model.unplaced["篮球"]) == 1


def test_care_instead_of_a_club_may_be_more_than_the_club() -> None:
    """王芳's club of 20 stays open on 8 September: each class then needs a second adult.

    She leaves 1 unit; 李明 and 张伟 work 2 units more than in other weeks.
    """
    instance, timetable = (
        Tiny()
        .classes("三1", "三2")
        .room("操场")
        .staff("王芳", leave=(september(8),))
        .staff("李明", "张伟", "刘洋", "陈静")
        .care("Tue 社团", ratio=25)
        .club("篮球", "Tue", capacity=20, staff=("王芳",))
        .meets("篮球", "Tue", room="操场")
        .holds("王芳", "篮球")
        .holds("刘洋", "看护", "Tue 社团", school_class="三1")
        .holds("陈静", "看护", "Tue 社团", school_class="三2")
        .instead("篮球", 8, open=True)
        .done()
    )
    context = Context(instance)
    changes = dict(timetable.changes)
    free = iter(("李明", "张伟"))
    for session in context.view(timetable).sessions:
        if session.staff is None and session.post.need is not None:
            changes[session.key] = DatedChange(staff=next(free))
    timetable = timetable.model_copy(update={"changes": changes})
    view = context.view(timetable)
    # 刘洋 and 陈静 work two Tuesdays, 王芳 one of them, 李明 and 张伟 the other
    assert view.loads == {"王芳": 100, "李明": 100, "张伟": 100, "刘洋": 200, "陈静": 200}
    rule = UnevenLoad(tolerance=0)
    points = sum(finding.amount for finding in rule.check(view)) * (rule.weight or 0)
    assert FixedModel(context, [rule]).cost(timetable) == points
