"""Generated schools: their sizes, and a timetable that staffs each of them completely."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from instances.calendar import Calendar
from instances.generate import Preset, generate, generate_sized, generate_with_plan
from instances.generate.presets import SIZES, size_of
from instances.school import Instance
from instances.timetable import Timetable
from instances.validate import validate
from instances.words import Kind, Level, Role, Rota, Weekday
from tests.helpers.plans import Plan

COUNTS = {
    Preset.S: (6, 13, 8, 8),
    Preset.M: (36, 90, 40, 50),
    Preset.L: (60, 190, 80, 90),
    Preset.XL: (120, 350, 150, 160),
}
SEEDS = {Preset.S: range(1, 21), Preset.M: range(1, 5), Preset.L: (1,), Preset.XL: (1,)}
CASES = [(preset, seed) for preset, seeds in SEEDS.items() for seed in seeds]


@cache
def school(preset: Preset, seed: int) -> tuple[Instance, Timetable]:
    return generate_with_plan(preset, seed)


@cache
def planted(preset: Preset, seed: int) -> Plan:
    return Plan(*school(preset, seed))


@pytest.mark.parametrize("preset", Preset)
def test_counts(preset: Preset) -> None:
    instance, _ = school(preset, 1)
    clubs = [a for a in instance.activities if a.kind is Kind.CLUB]
    found = (len(instance.classes), len(instance.staff), len(clubs), len(instance.rooms))
    assert found == COUNTS[preset]
    low, high = (15, 35) if preset is Preset.S else (30, 57)
    assert all(low <= school_class.size <= high for school_class in instance.classes)
    assert all(15 <= (club.capacity or 0) <= 35 for club in clubs)


@pytest.mark.parametrize(("preset", "seed"), CASES)
def test_planted_timetable_is_complete(preset: Preset, seed: int) -> None:
    plan = planted(preset, seed)
    assert not plan.faults()
    # Who works is asked for what a full week needs and 10 to 20 % more, or for what a week
    # of six service days needs, which is one fifth more.
    assert 1.1 <= plan.slack() <= 1.3


@pytest.mark.parametrize(("preset", "seed"), CASES)
def test_school_fits_together(preset: Preset, seed: int) -> None:
    instance, _ = school(preset, seed)
    assert not list(validate(instance))
    assert 80 <= len(Calendar(instance.term).days) <= 95


@pytest.mark.parametrize("preset", [Preset.S, Preset.M])
def test_same_seed_same_school(preset: Preset) -> None:
    assert generate(preset, 1) == school(preset, 1)[0]
    assert generate(preset, 1) != school(preset, 2)[0]


def test_english_school_is_the_same_school() -> None:
    chinese, english = generate(Preset.M, 3), generate(Preset.M, 3, "en")
    assert english.lang == "en"
    assert [c.size for c in english.classes] == [c.size for c in chinese.classes]
    names = [english.school, *english.segment_by_name, *english.room_by_name]
    names += [*english.staff_by_key, *english.activity_by_name, *english.class_by_name]
    names += [skill for person in english.staff for skill in person.skills]
    assert not [name for name in names if any("\u4e00" <= letter <= "\u9fff" for letter in name)]


def test_names_are_unique() -> None:
    instance, _ = school(Preset.XL, 1)
    assert len(instance.staff_by_key) == len(instance.staff)
    assert len(instance.activity_by_name) == len(instance.activities)
    # Two people share a name here and there; then both have a number.
    shared = Counter(person.name for person in instance.staff)
    assert all(bool(p.number) == (shared[p.name] > 1) for p in instance.staff)


@pytest.mark.parametrize("preset", [Preset.M, Preset.L, Preset.XL])
def test_wishes_are_those_of_a_real_school(preset: Preset) -> None:
    instance, _ = school(preset, 1)
    own = [person for person in instance.staff if not person.outside]
    willing = [person for person in own if person.default is not Level.NO]
    whole_days = Counter(
        sum(_refuses_day(instance, person.key, day) for day in Weekday if day <= 5) > 0
        for person in own
    )
    assert 0.8 <= whole_days[False] / len(own) <= 0.92
    levels = Counter(wish.level for person in willing for wish in person.wishes)
    share = {level: count / levels.total() for level, count in levels.items()}
    assert share[Level.PREFERS] == pytest.approx(0.35, abs=0.05)
    assert share[Level.WILLING] == pytest.approx(0.40, abs=0.05)
    assert share[Level.RATHER_NOT] == pytest.approx(0.15, abs=0.05)
    assert share[Level.NO] == pytest.approx(0.10, abs=0.05)
    by_day = {
        day: Counter(w.level for p in willing for w in p.wishes if w.weekday == day)
        for day in (Weekday.TUE, Weekday.FRI)
    }
    assert by_day[Weekday.TUE][Level.PREFERS] > 2 * by_day[Weekday.FRI][Level.PREFERS]


def _refuses_day(instance: Instance, key: str, day: Weekday) -> bool:
    person = instance.staff_by_key[key]
    said = {(wish.weekday, wish.band): wish.level for wish in person.wishes}
    return all(said.get((day, band), person.default) is Level.NO for band in instance.bands)


def test_wishes_do_not_give_the_plan_away() -> None:
    """Among slots that are not refused, planted ones are liked as much as others."""
    liked: Counter[Level] = Counter()
    others: Counter[Level] = Counter()
    for seed in SEEDS[Preset.M]:
        plan = planted(Preset.M, seed)
        instance = plan.instance
        held = {(session.staff, session.day.weekday, session.segment) for session in plan.sessions}
        bands = {
            (staff, day, instance.segment_by_name[segment].band_name)
            for staff, day, segment in held
        }
        for person in instance.staff:
            for wish in () if person.outside else person.wishes:
                there = (person.key, wish.weekday, wish.band) in bands
                if wish.level is not Level.NO:
                    (liked if there else others)[wish.level] += 1
    for level in (Level.PREFERS, Level.WILLING, Level.RATHER_NOT):
        share = liked[level] / liked.total()
        assert share == pytest.approx(others[level] / others.total(), abs=0.05)


@pytest.mark.parametrize("preset", [Preset.M, Preset.L, Preset.XL])
def test_grades_are_staggered_and_share_bands(preset: Preset) -> None:
    instance, _ = school(preset, 1)
    starts = {segment.name: segment.timings[0].start for segment in instance.segments}
    early, late = (s.name for s in instance.segments if s.band_name == instance.bands[0])
    assert starts[early] < starts[late]
    assert len(instance.bands) == 2


@pytest.mark.parametrize("preset", Preset)
def test_duties(preset: Preset) -> None:
    """Three to eight duty posts a day, one of them the leader on duty; rotas in M and above."""
    plan = planted(preset, 1)
    posts: dict[object, set[tuple[str, Role]]] = {}
    for session in plan.sessions:
        if not session.post.kind.has_children:
            # One post, however many segments it spans.
            posts.setdefault(session.date, set()).add((session.post.line, session.post.role))
    for date, there in posts.items():
        assert 3 <= len(there) <= 8, date
        assert sum(role is Role.DUTY_LEADER for _, role in there) == 1
    rotas = {activity.rota for activity in plan.instance.activities} - {None}
    assert bool(rotas) is (preset is not Preset.S)
    assert (Rota.DAY in rotas) is (preset is Preset.XL)


def test_outside_instructors_only_lead_clubs() -> None:
    plan = planted(Preset.L, 1)
    outside = {person.key for person in plan.instance.staff if person.outside}
    assert outside
    for key in outside & plan.held.keys():
        assert {session.post.kind for session in plan.held[key]} == {Kind.CLUB}


def test_sizes_between_presets_lie_on_a_line() -> None:
    assert size_of(60) is SIZES[Preset.L]
    # 90 classes are half-way between L (60) and XL (120): (190 + 350) / 2 and (80 + 150) / 2
    half = size_of(90)
    assert (half.classes, half.staff, half.clubs, half.rooms) == (90, 270, 115, 125)
    # 12 classes: a fifth of the way from S (6) to M (36), 13 + 77 / 5 = 28.4 staff; 4 / 5 outside
    # instructors are one; the day is made up as in M
    small = size_of(12)
    assert (small.staff, small.clubs, small.rooms, small.outside) == (28, 14, 16, 1)
    assert (small.stages, small.staggered, small.merge) == (((1, 2), (3, 4), (5, 6)), True, 2)
    # 240: twice XL
    double = size_of(240)
    assert (double.staff, double.clubs, double.rooms, double.merge) == (700, 300, 320, 2)
    with pytest.raises(ValueError, match="40"):
        size_of(40)


@pytest.mark.parametrize("classes", [12, 24])
def test_schools_between_presets_have_a_complete_timetable(classes: int) -> None:
    instance, timetable = generate_sized(classes, 1)
    assert len(instance.classes) == classes
    assert not list(validate(instance))
    assert not Plan(instance, timetable).faults()


def test_a_school_with_the_classes_of_a_preset_is_that_preset() -> None:
    assert generate_sized(6, 2) == school(Preset.S, 2)
