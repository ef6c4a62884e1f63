"""Whatever befalls a small school: its timetable breaks no must and says truly how good it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from constraints.context import Context
from instances.derivation import derive
from instances.generate import Preset, generate
from instances.school import Closure, Instance, Staff
from instances.timetable import expand
from instances.words import Level, Status
from scheduler.audit import audit
from scheduler.events.items import Items
from scheduler.events.together import pushed_out
from scheduler.events.undisturbed import undisturbed
from scheduler.progress import Control
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve
from tests.helpers.random_schools import random_school

ONE = Settings(workers=1, seed=0)


def few(examples: int) -> settings:
    """A few examples, without searching for smaller ones: each is a whole solve."""
    slow = [HealthCheck.too_slow]
    return settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=slow)


awkward_schools = st.integers(0, 10_000).map(random_school)
weeks = st.integers(0, 17)


def changed(school: Instance, **parts: Any) -> Instance:
    kept = {name: getattr(school, name) for name in Instance.model_fields}
    return Instance(**{**kept, **parts})


def refusing(person: Staff, days: Sequence[int]) -> Staff:
    """Somebody who no longer agrees to anything on some weekdays."""
    wishes = tuple(
        wish.model_copy(update={"level": Level.NO}) if int(wish.weekday) in days else wish
        for wish in person.wishes
    )
    return person.model_copy(update={"wishes": wishes})


@st.composite
def damaged(draw: DrawFn) -> Instance:
    """A generated school of six classes to which a few things have happened."""
    school = generate(Preset.S, draw(st.integers(1, 20)))
    monday = school.term.start - dt.timedelta(days=school.term.start.weekday())
    staff = list(school.staff)
    for n in draw(st.sets(st.integers(0, len(staff) - 1), max_size=3)):
        staff[n] = refusing(staff[n], draw(st.sampled_from([(1,), (2, 4), (1, 2, 3, 4, 5)])))
    for n in draw(st.sets(st.integers(0, len(staff) - 1), max_size=2)):
        last = monday + dt.timedelta(weeks=draw(weeks), days=draw(st.integers(0, 4)))
        staff[n] = staff[n].model_copy(update={"end": max(last, school.term.start)})
    rooms = list(school.rooms)
    for n in draw(st.sets(st.integers(0, len(rooms) - 1), max_size=1)):
        start = monday + dt.timedelta(weeks=draw(weeks))
        closure = Closure(start=start, end=start + dt.timedelta(days=draw(st.integers(0, 13))))
        rooms[n] = rooms[n].model_copy(update={"closures": (closure,)})
    return changed(school, staff=tuple(staff), rooms=tuple(rooms))


def displaced(instance: Instance, published: Published) -> int:
    """People × sessions that the events push out, counted again where they were placed."""
    context, timetable = Context(instance), published.timetable
    held = {one.key: one for one in timetable.events}
    items = Items(context, undisturbed(timetable), held)
    columns = [column for item in items.items if item.key in held for column in item.columns]
    return pushed_out(items, columns)


def says_the_truth(published: Published) -> None:
    result = published.result
    left_out = {issue.pin for issue in result.pin_issues}
    pins = tuple(p for n, p in enumerate(published.instance.pins) if n not in left_out)
    instance = changed(published.instance, pins=pins)
    if result.status == "infeasible":
        assert result.room_issues
        assert published.timetable.holders == {}
        return
    judged = audit(Context(instance), published.timetable)
    assert judged.hard == ()
    assert result.hard_findings == 0
    sessions = expand(derive(instance), published.timetable)
    open_rows = sum(session.status is Status.OPEN for session in sessions)
    unplaced = sum(post.size for post in judged.unplaced_posts)
    assert result.uncovered_sessions == open_rows + unplaced == sum(result.tiers)
    assert all(session.staff is None for session in sessions if session.status is Status.OPEN)
    for level in result.levels:
        assert 0 <= level.bound <= level.value
    assert {level.name: level.value for level in result.levels} == {
        "coverage": result.uncovered_sessions,
        "displacement": displaced(instance, published),
        "quality": sum(judged.points.values()),
    }
    if result.status == "optimal":
        assert all(level.proved for level in result.levels)
    assert len(result.open_reasons) == result.uncovered


@few(18)
@given(awkward_schools)
def test_an_awkward_school_gets_a_timetable_that_says_the_truth(school: Instance) -> None:
    says_the_truth(solve(school, settings=ONE))


@few(3)
@given(damaged())
def test_any_damaged_school_gets_a_timetable_that_says_the_truth(school: Instance) -> None:
    says_the_truth(solve(school, Control(time_limit=3), ONE))  # however little is searched


def renamed(value: Any, name: dict[str, str]) -> Any:
    """Plain data with every person called something else."""
    if isinstance(value, dict):
        return {key: renamed(item, name) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, name) for item in value]
    return name.get(value, value) if isinstance(value, str) else value


def relabelled(school: Instance, order: Sequence[int]) -> Instance:
    """The same school, its people in another order and with other names."""
    name = {person.name: f"教师{n}" for n, person in enumerate(reversed(school.staff))}
    data = renamed(school.model_dump(mode="json"), name)
    data["staff"] = [data["staff"][n] for n in order if n < len(data["staff"])]
    return Instance.model_validate(data)


def values(published: Published) -> dict[str, int]:
    return {level.name: level.value for level in published.result.levels}


def proved(published: Published) -> Iterator[str]:
    """Levels that are proved, given those above them."""
    for level in published.result.levels:
        if not level.proved:
            return
        yield level.name


@few(8)
@given(awkward_schools, st.permutations(range(6)))
def test_names_and_order_of_people_do_not_matter(school: Instance, order: list[int]) -> None:
    one, other = (solve(each, settings=ONE) for each in (school, relabelled(school, order)))
    assert len(other.instance.staff) == len(school.staff)
    for level in {*proved(one)} & {*proved(other)}:
        assert values(one)[level] == values(other)[level], level
