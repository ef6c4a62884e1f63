"""Worst-off first, on schools whose best answer is found by hand."""

from __future__ import annotations

import pytest

from constraints.examples import Tiny, wish
from instances.words import FairnessMode, Level
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.solve import Method, solve
from scheduler.worst_off import WorstOff, at_least, count_classes, level_of
from tests.unit.scheduler.terms import ONE


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
    counts = count_classes([0.5, 0.52, 1.0])
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
