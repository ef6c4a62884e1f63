"""Rounds on the full model by turns: among familiar people, and of small groups."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from constraints.model import Model
from constraints.pools import merged_pools, single_pools
from instances.words import Weekday
from scheduler import rounds_of_days, rounds_of_groups
from scheduler.areas import Areas
from scheduler.audit import audit
from scheduler.guide import Guide
from scheduler.likely_weeks import LikelyWeeks
from scheduler.progress import Control, Stage
from scheduler.rounds_in_turn import Turns, improve_full
from scheduler.rounds_of_days import OfDays
from scheduler.rounds_of_groups import Groups, OfGroups
from scheduler.search import Task
from scheduler.weekly import Coverage, Pattern
from tests.unit.scheduler.terms import ONE
from tests.unit.scheduler.test_advised import planted


def turns(guide: Guide) -> Turns:
    weeks = LikelyWeeks(guide, Areas(guide.context.demand), Control(), workers=1)
    return Turns(weeks, merged_pools(guide.context), seed=0)


def kinds(kind: Turns, best: Pattern, rounds: int = 200) -> Counter[str]:
    """How many rounds would be of each kind; these are not held."""
    return Counter(kind._begun[kind.choose(best)] for _ in range(rounds))


def test_rounds_by_turns_better_the_full_model_and_keep_coverage() -> None:
    guide, start = planted()
    found = improve_full(turns(guide), start, Control(), ONE, rounds=6)
    judged = audit(guide.context, found.timetable)
    assert judged.quality == found.quality < start.quality  # the model charges what checks find
    assert {one.rule for one in judged.hard} <= {"on-leave", "room-closed"}  # for the dated stage
    assert len(judged.view.timetable.holders) >= len(start.timetable.holders)


def others(model: Model, start: Pattern) -> set[tuple[str, str]]:
    """Who may have something else than now, with its line."""
    now = start.timetable.holders
    return {
        (key, pool.post.line)
        for pool, holders in zip(model.pools, model.holders, strict=True)
        for key in holders
        if now.get(pool.post.line) not in (None, key)
    }


def test_a_group_alone_is_freed() -> None:
    guide, start = planted()
    kind = OfGroups(guide.context, single_pools(guide.context.demand), random.Random(0))
    kind.look_at(start.timetable)
    kind.groups.size = 5
    model = kind.choose(start)()
    assert model is not None
    free = {key for key, _ in others(model, start)}
    assert 1 < len(free) < len(guide.context.people)


def test_a_group_begins_with_all_whom_one_thing_is_about() -> None:
    guide, start = planted()
    groups = Groups(guide.context, random.Random(0))
    groups.look_at(start.timetable)
    everybody = sorted(guide.context.people)
    about = [people for _, people in groups._about]
    assert about
    assert all(groups._begin(everybody) in about for _ in range(20))
    groups._about = []
    assert len(groups._begin(everybody)) == 1


def test_one_day_after_the_other_is_freed() -> None:
    guide, start = planted()
    kind = OfDays(guide.context, single_pools(guide.context.demand), random.Random(0))
    days_of = {post.line: {b.weekday for b in post.blocks} for post in guide.context.demand.posts}
    seen = []
    for _ in kind.days:
        model = kind.choose(start)()
        assert model is not None
        free = others(model, start)
        (day,) = set[Weekday]().intersection(*(days_of[line] for _, line in free)) or {
            day for _, line in free for day in days_of[line]
        }
        seen.append(day)
        assert {key for key, _ in free} == set(guide.context.people) - _not_admitted(guide, day)
    assert sorted(day.value for day in seen) == [day.value for day in kind.days]


def _not_admitted(guide: Guide, day: Weekday) -> set[str]:
    """People who could have nothing on a day but what they have."""
    context = guide.context
    able = {
        key
        for post in context.demand.posts
        if post.option is None and any(block.weekday is day for block in post.blocks)
        for key in context.admitted(post)
    }
    return set(context.people) - able


@pytest.mark.parametrize(
    ("ends", "size"),
    [((True,), 24), ((False,), 20), ((True, True), 28), ((True, True, False), 21)],
)
def test_as_much_of_a_day_is_freed_as_rounds_search_to_their_end(
    ends: tuple[bool, ...], size: int
) -> None:
    """A fifth more, up to the 28 posts of the longest day, or a quarter less, down to 20."""
    guide, start = planted()
    kind = OfDays(guide.context, single_pools(guide.context.demand), random.Random(0))
    kind.lines = {day: [f"{day} {n}" for n in range(28)] for day in kind.days}
    kind.size = 20
    for proved in ends:
        kind.learn(kind.choose(start), proved=proved, gain=0)
    assert kind.size == size


def test_each_kind_of_round_takes_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    guide, start = planted()
    kind = turns(guide)
    kind.look_at(start.timetable)
    efforts = []

    def search(_model: object, _coverage: Coverage, _start: object, task: Task) -> Pattern:
        efforts.append(task.effort)
        return start

    monkeypatch.setattr(kind.familiar, "search", search)
    for name in ("day", "group"):
        monkeypatch.setattr(Turns, "weights", [float(name == one) for one in kind.kinds])
        model = kind.choose(start)()
        assert model is not None
        task = Task(Control(), ONE, kind.effort, Stage.IMPROVE)
        kind.search(model, start.coverage, start.timetable, task)
    assert efforts == [rounds_of_days.EFFORT, rounds_of_groups.EFFORT]


@pytest.mark.parametrize("most", ["familiar", "day", "group"])
def test_the_kind_that_finds_more_has_more_turns(most: str) -> None:
    """The others have theirs all the same: 0.15 each for one of it, so it has 1 of 1.3: 154 of 200,
    give or take three times six."""
    guide, start = planted()
    kind = turns(guide)
    kind.look_at(start.timetable)
    left = set(kind.kinds)
    while left:
        freed = kind.choose(start)
        name = kind._begun[freed]
        left.discard(name)
        kind.learn(freed, proved=True, gain=9 if name == most else 0)
    for gains in kind._gains.values():
        last = gains[-1]
        gains.clear()
        gains.append(last)
    counts = kinds(kind, start)
    assert 136 <= counts[most] <= 172
    assert set(counts) == set(kind.kinds)
