"""Rounds on the full model by turns: among familiar people, and of small groups."""

from __future__ import annotations

from collections import Counter

import pytest

from constraints.pools import merged_pools
from scheduler.areas import Areas
from scheduler.audit import audit
from scheduler.guide import Guide
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.search import Task
from scheduler.turns import GROUP, SELDOM, Turns, improve_full
from scheduler.weekly import Coverage, Pattern
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import planted


def turns(guide: Guide) -> Turns:
    weeks = LikelyWeeks(guide, Areas(guide.context.demand), Control(), workers=1)
    return Turns(weeks, merged_pools(guide.context), seed=0)


def nothing() -> None:
    """A round that freed nothing."""


def kinds(kind: Turns, best: Pattern, rounds: int = 200) -> Counter[bool]:
    """How many rounds would be of a group; these are not held."""
    return Counter(kind.choose(best) in kind._of_groups for _ in range(rounds))


def test_rounds_by_turns_better_the_full_model_and_keep_coverage() -> None:
    guide, start = planted()
    found = improve_full(turns(guide), start, Control(), ONE, rounds=6)
    judged = audit(guide.context, found.timetable)
    assert judged.quality == found.quality < start.quality  # the model charges what checks find
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}  # for the dated stage
    assert len(judged.view.timetable.holders) >= len(start.timetable.holders)


def test_a_group_alone_is_freed_and_searched_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    guide, start = planted()
    kind = turns(guide)
    kind.look_at(start.timetable)
    kind.groups.size = 5
    efforts = []

    def search(_model: object, _coverage: Coverage, _start: object, task: Task) -> Pattern:
        efforts.append(task.effort)
        return start

    monkeypatch.setattr(kind.familiar, "search", search)
    monkeypatch.setattr(kind, "_is_for_group", lambda: True)
    model = kind.choose(start)()
    assert model is not None
    # whoever may have something else than now is one of the group
    now = start.timetable.holders
    others = {
        key
        for pool, holders in zip(model.pools, model.holders, strict=True)
        for key in holders
        if now.get(pool.post.line) not in (None, key)
    }
    assert 1 < len(others) <= len(guide.context.people) - 1
    kind.search(
        model, start.coverage, start.timetable, Task(Control(), ONE, kind.effort, Stage.IMPROVE)
    )
    assert efforts == [GROUP]


def test_a_group_begins_with_all_whom_one_thing_is_about() -> None:
    guide, start = planted()
    groups = turns(guide).groups
    groups.look_at(start.timetable)
    everybody = sorted(guide.context.people)
    about = [people for _, people in groups._about]
    assert about
    assert all(groups._begin(everybody) in about for _ in range(20))
    groups._about = []
    assert len(groups._begin(everybody)) == 1


@pytest.mark.parametrize(("gains", "least", "most"), [((0, 9), 0.75, 0.95), ((9, 0), 0.05, 0.25)])
def test_the_kind_that_finds_more_has_more_turns(
    gains: tuple[int, int], least: float, most: float
) -> None:
    """The other has its turn all the same: in three of twenty rounds, give or take two."""
    assert SELDOM == 0.15
    guide, start = planted()
    kind = turns(guide)
    kind.look_at(start.timetable)
    kind.learn(nothing, proved=True, gain=gains[False])
    kind._of_groups.add(nothing)
    kind.learn(nothing, proved=True, gain=gains[True])
    counts = kinds(kind, start)
    assert least <= counts[True] / sum(counts.values()) <= most
