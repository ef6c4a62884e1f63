"""Worst-off first, on schools whose best answer is found by hand."""

from __future__ import annotations

import pytest

from constraints.context import Context
from constraints.examples import Tiny, wish
from constraints.model import Model
from constraints.pools import single_pools
from instances.words import FairnessMode, Level
from scheduler.measures import Loads
from scheduler.progress import Control, Stage
from scheduler.result import Published
from scheduler.search import search
from scheduler.solve import Method, solve
from scheduler.workbook.verdict import verdict
from scheduler.worst_off import CLASS, WISHES, WorstOff, at_least, level_of
from tests.unit.scheduler.terms import ONE

Patch = pytest.MonkeyPatch


def solved(tiny: Tiny, mode: FairnessMode, method: Method = "staged") -> Published:
    instance = tiny.done()[0].model_copy(update={"fairness": mode})
    return solve(instance, Control(), ONE, method)


def two_who_prefer_the_same() -> Tiny:
    """One class on two days: 王芳 prefers both, 李明 Monday alone and rather not Tuesday."""
    return (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=(wish("Mon 作业", Level.PREFERS), wish("Tue 作业", Level.PREFERS)))
        .staff("李明", wishes=(wish("Mon 作业", Level.PREFERS),), default=Level.RATHER_NOT)
        .care("Mon", "Tue")
    )


def test_classes_count_who_is_below_their_end() -> None:
    counts = WISHES.counts([0.5, 0.52, 1.0])
    # 0.5 and 0.52 are both in the class from 50 to 55, the eleventh; all before it are empty
    assert counts[:10] == (0,) * 10
    assert counts[10:] == (2,) * 10
    assert at_least([0.5, 0.52, 1.0]) == 50
    assert at_least([1.0]) == at_least([]) == 100


@pytest.mark.parametrize(
    ("reached", "bound"),
    [
        (WorstOff((0,) * 10 + (1,), 11), 50),  # proved that somebody is below 55 %
        (WorstOff((0,) * 10 + (1,), 10), 0),  # one found there, not proved needed
        (WorstOff((0,) * 10 + (1,) * 10, 20), 50),
    ],
)
def test_the_bound_is_of_the_worst_class(reached: WorstOff, bound: int) -> None:
    level = level_of(reached, [0.5, 1.0])
    assert (level.name, level.value, level.bound) == ("fairness", 50, bound)


@pytest.mark.parametrize("method", ["staged", "direct"])
def test_the_worst_off_comes_before_the_sum(method: Method) -> None:
    # 李明 with Monday has 2 of 2 half-points, with Tuesday 0 of 2; 王芳 has no choice
    result = solved(two_who_prefer_the_same(), FairnessMode.WORST_FIRST, method).result
    assert result.fairness.wishes_worst == 1
    level = result.level("fairness")
    assert level is not None
    assert (level.value, level.bound) == (0, 0)
    assert result.fairness_classes_proved == 20
    assert result.status == "optimal"


def test_what_nobody_can_better_is_proved() -> None:
    school = (
        Tiny()
        .classes("三1", "三2")
        .staff(
            "王芳",
            wishes=(
                wish("Mon 作业", Level.PREFERS),
                wish("Tue 作业", Level.WILLING),
                wish("Thu 作业", Level.RATHER_NOT),
            ),
        )
        .staff("李明", wishes=tuple(wish(f"{day} 作业", Level.NO) for day in ("Tue", "Thu")))
        .care("Mon")
        .duty("值班", "Tue", "Thu")
    )
    # 王芳 must take a class on Monday (two classes, two people) and both duties: 2 + 1 + 0 = 3
    # half-points, and her best three slots are the same three: share 1, nothing to better
    result = solved(school, FairnessMode.WORST_FIRST).result
    assert result.fairness.wishes_worst == 1
    assert result.fairness_classes_proved == 20


def test_somebody_must_be_disappointed_and_that_is_proved() -> None:
    # Two people prefer Monday and are willing on Tuesday, one post on each day, and nobody may
    # have two: one has 2 of 2 half-points, the other 1 of 2, whoever it is.
    school = (
        Tiny()
        .classes("三1")
        .staff("王芳", "李明", wishes=(wish("Mon 作业", Level.PREFERS),), cap_week=1)
        .care("Mon", "Tue")
    )
    result = solved(school, FairnessMode.WORST_FIRST).result
    assert result.fairness.wishes_worst == 0.5
    level = result.level("fairness")
    assert level is not None
    assert (level.value, level.bound) == (50, 50)
    assert result.fairness_classes_proved == 20
    assert "fairness_classes_proved" in result.to_json()


def test_balanced_has_no_such_level() -> None:
    result = solved(two_who_prefer_the_same(), FairnessMode.BALANCED).result
    assert result.level("fairness") is None
    assert "fairness_classes_proved" not in result.to_json()


@pytest.mark.parametrize(
    ("mode", "worst", "absent"),
    [
        # wishes weigh nothing here: 王芳 is with her own class, as she would rather not be
        (FairnessMode.BALANCED, 0.0, 0),
        # she has Tuesday, as she prefers, whatever it costs that her class does not see her
        (FairnessMode.WORST_FIRST, 1.0, 10),
    ],
)
def test_no_quality_pays_for_the_worst_off(mode: FairnessMode, worst: float, absent: int) -> None:
    school = (
        Tiny()
        .classes("三1", home_teacher="王芳")
        .staff(
            "王芳",
            cap_week=1,
            wishes=(wish("Mon 作业", Level.RATHER_NOT), wish("Tue 作业", Level.PREFERS)),
        )
        .staff("李明", cap_week=1)
        .care("Mon")
        .duty("门岗", "Tue")
        .setting("unmet-wish", weight=0)
        .setting("wishes-worst-off", weight=0)
    )
    result = solved(school, mode).result
    assert result.fairness.wishes_worst == worst
    assert result.soft.get("home-teacher-absent", 0) == absent


def one_who_would_do_it_all() -> Tiny:
    """Care on Monday and Tuesday, 2 units each: 王芳 prefers it, 李明 rather not; each owes 2."""
    prefers = tuple(wish(f"{day} 作业", Level.PREFERS) for day in ("Mon", "Tue"))
    return (
        Tiny()
        .classes("三1")
        .staff("王芳", wishes=prefers)
        .staff("李明", default=Level.RATHER_NOT)
        .care("Mon", "Tue")
        .setting("uneven-load", weight=0)
        .setting("uneven-unwelcome", weight=0)
    )


@pytest.mark.parametrize("small", [True, False], ids=["one model", "in stages"])
def test_the_heaviest_load_comes_before_wishes(small: bool, monkeypatch: Patch) -> None:
    monkeypatch.setattr("scheduler.solve.is_small", lambda _: small)
    assert (
        solved(one_who_would_do_it_all(), FairnessMode.BALANCED).result.fairness.load_max_over == 2
    )
    result = solved(one_who_would_do_it_all(), FairnessMode.WORST_LOAD).result
    # one day each: nobody is above the share of 2, so there is no class with anybody in it
    assert result.fairness.load_max_over == 0
    level = result.level("fairness")
    assert level is not None
    assert (level.value, level.bound) == (0, 0)
    said = result.to_json()
    assert said["fairness_by"] == "load"
    assert (said["fairness_classes"], said["fairness_classes_proved"]) == (0, 0)


@pytest.mark.parametrize("small", [True, False], ids=["one model", "in stages"])
def test_somebody_must_have_more_and_that_is_proved(small: bool, monkeypatch: Patch) -> None:
    # Three days of 2 units among two people: 3 units each, one has 4 and the other 2. That is
    # one unit above, one class, and one person in it.
    monkeypatch.setattr("scheduler.solve.is_small", lambda _: small)
    school = Tiny().classes("三1").staff("王芳", "李明").care("Mon", "Tue", "Thu")
    result = solved(school, FairnessMode.WORST_LOAD).result
    assert result.fairness.load_max_over == 1
    level = result.level("fairness")
    assert level is not None
    assert (level.value, level.bound) == (1, 1)
    assert (result.fairness_classes, result.fairness_classes_proved) == (1, 1)
    (sentence,) = [one.message.text("en") for one in verdict(result) if "load first" in str(one)]
    assert "more than 1 unit above" in sentence
    assert "for 1 of 1 classes" in sentence


def test_fewest_people_in_the_worst_class_then_in_the_next() -> None:
    # Five days of 2 units among three people: 10 / 3 = 3.33 each. Nobody needs more than two
    # days, 4 units or 0.67 above; two people must have two days, and two are enough.
    school = Tiny().classes("三1").staff("王芳", "李明", "张伟")
    school = school.care("Mon", "Tue", "Wed", "Thu", "Fri")
    result = solved(school, FairnessMode.WORST_LOAD).result
    above = [one.load - (one.share or 0) for one in result.people.values()]
    assert sum(one > 0 for one in above) == 2
    assert (result.fairness_classes, result.fairness_classes_proved) == (1, 1)


def test_covers_found_later_are_not_taken_for_proved() -> None:
    # proved for the weekly pattern: nobody above 2 units, one person above 1, two above 0
    reached = WorstOff((1, 2), 2, Loads(2), least=2)
    assert reached.classes_proved([1.5, 0.5, 0.0]) == 2
    assert reached.classes_proved([1.5, 0.5, 0.5]) == 1  # three above 0
    assert reached.classes_proved([1.5, 1.5]) == 0  # two above 1
    assert reached.classes_proved([2.5]) == 0  # above 2
    level = level_of(reached, [2.5, -1.0])
    assert (level.value, level.bound) == (3, 2)


def test_held_loads_stay_held() -> None:
    # with 王芳 at most one unit above her share of 2, she cannot have both days (4 units)
    context = Context(one_who_would_do_it_all().done()[0])
    model = Model(context, single_pools(context.demand))
    Loads(2).hold(model, (0, 1))
    both = [holding.literal for holding in model.holdings["王芳"]]
    model.cp.add(sum(both) == 2)
    assert search(model.cp, 0, Control(), ONE, CLASS, Stage.FAIRNESS).outcome == "infeasible"
