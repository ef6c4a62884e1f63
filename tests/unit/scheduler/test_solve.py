"""Solving whole small schools: one worker, a seed, no clock."""

from __future__ import annotations

import pytest

from constraints.context import Context
from instances.generate import Preset, generate
from instances.samples import one_adult, rural_6
from instances.school import Instance, Pin
from instances.words import Level, Weekday
from scheduler.audit import audit
from scheduler.result import Published
from scheduler.search import Settings
from scheduler.solve import solve

ONE = Settings(workers=1, seed=0)


def audited(published: Published) -> None:
    """What the solver says is what the checks find."""
    judged = audit(Context(published.instance), published.timetable)
    assert judged.hard == ()
    assert judged.points == published.result.soft
    assert sum(judged.open_by_tier) == published.result.uncovered_sessions
    quality = published.result.level("quality")
    assert quality is not None
    assert quality.bound <= quality.value == judged.quality


@pytest.mark.parametrize("seed", [1])
def test_small_school_is_covered_and_proved_optimal_with_its_covers(seed: int) -> None:
    published = solve(generate(Preset.S, seed), settings=ONE)
    audited(published)
    assert published.result.status == "optimal"
    assert published.result.uncovered_sessions == 0


@pytest.mark.parametrize("build", [one_adult.build, rural_6.build])
def test_samples_are_solved_to_the_end(build: object) -> None:
    assert callable(build)
    published = solve(build(), settings=ONE)
    audited(published)
    assert published.result.status == "optimal"


def test_the_same_seed_gives_the_same_timetable() -> None:
    school = rural_6.build()
    assert solve(school, settings=ONE).timetable == solve(school, settings=ONE).timetable


def without_consent(school: Instance, people: int) -> Instance:
    """Nobody of the first few agrees to anything any more."""
    refusing = {person.key for person in school.staff[:people]}
    staff = tuple(
        person.model_copy(
            update={
                "wishes": tuple(
                    wish.model_copy(update={"level": Level.NO}) for wish in person.wishes
                ),
                "default": None,
            }
        )
        if person.key in refusing
        else person
        for person in school.staff
    )
    return Instance(**{**dict(school), "staff": staff})


def test_what_nobody_agrees_to_is_left_open_with_its_reason() -> None:
    school = without_consent(one_adult.build(), 1)
    published = solve(school, settings=ONE)
    audited(published)
    assert published.timetable.holders == {}
    assert published.result.uncovered_sessions > 0
    assert published.result.open_reasons
    assert all(reason["zh"] and reason["en"] for reason in published.result.open_reasons.values())
    coverage = published.result.level("coverage")
    assert coverage is not None
    assert coverage.proved  # nobody has agreed: not one post more can be covered


def test_a_pin_that_cannot_hold_is_left_out_and_reported() -> None:
    school = rural_6.build()
    care = next(a for a in school.activities if a.kind.is_remainder)
    home = school.classes[0]
    twice = tuple(
        Pin(
            activity=care.name,
            school_class=name.name,
            weekday=Weekday.MON,
            segment=school.segments[0].name,
            staff=home.home_teacher,
        )
        for name in school.classes[:2]
    )
    published = solve(Instance(**{**dict(school), "pins": twice}), settings=ONE)
    assert len(published.result.pin_issues) >= 1  # one person cannot be with two classes at once
    assert published.result.hard_findings == 0
