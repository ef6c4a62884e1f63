"""Putting a generated school together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from instances.derivation import derive
from instances.generate.clockwork import Clockwork
from instances.generate.consenting import Consenting, set_caps, weekly_counts
from instances.generate.covering import Covering
from instances.generate.drafts import Person
from instances.generate.people import Staffroom
from instances.generate.placing import NoPlan, Placing
from instances.generate.planting import Planting
from instances.generate.premises import draw_classes, draw_school, draw_segments, make_rooms
from instances.generate.presets import SIZES, WEEKLY_SLACK, Preset, Size, size_of
from instances.generate.programme import draw_activities
from instances.generate.terms import autumn_2026
from instances.messages import Lang
from instances.school import Instance
from instances.timetable import Timetable

_ATTEMPTS = 20
_TRIES = 6


def generate(preset: Preset, seed: int, lang: Lang = "zh") -> Instance:
    """A realistic school of a preset's size; the same seed gives the same school."""
    return generate_with_plan(preset, seed, lang)[0]


def generate_with_plan(preset: Preset, seed: int, lang: Lang = "zh") -> tuple[Instance, Timetable]:
    """The school and one complete timetable of it: every post held, every leave covered."""
    return _first_plan(SIZES[preset], preset.value, seed, lang)


def generate_sized(classes: int, seed: int, lang: Lang = "zh") -> tuple[Instance, Timetable]:
    """A school of so many classes, a multiple of six, and one complete timetable of it.

    With as many classes as a preset has, it is the school of that preset.
    """
    preset = next((one for one, size in SIZES.items() if size.classes == classes), None)
    name = preset.value if preset else f"{classes} classes"
    return _first_plan(size_of(classes), name, seed, lang)


def _first_plan(size: Size, name: str, seed: int, lang: Lang) -> tuple[Instance, Timetable]:
    for attempt in range(_ATTEMPTS):
        rng = random.Random(f"{name}/{seed}/{attempt}")
        try:
            return _draw(size, rng, lang)
        except NoPlan:
            continue
    raise RuntimeError(f"no school for {name}, seed {seed}. Maybe another seed")


def _draw(size: Size, rng: random.Random, lang: Lang) -> tuple[Instance, Timetable]:
    staffroom = Staffroom(size, rng, lang)
    segments = draw_segments(size, rng, lang)
    classes = staffroom.home_teachers(draw_classes(size, rng, lang))
    rooms = make_rooms(size, classes, lang)
    activities, kinds = draw_activities(size, segments, classes, rooms, rng=rng, lang=lang)
    staffroom.prepare(segments, kinds.values())
    frame = Instance(
        school=draw_school(size, rng, lang),
        lang=lang,
        term=autumn_2026(rng, lang),
        segments=segments,
        classes=tuple(classes),
        rooms=rooms,
        activities=activities,
    )
    return settle(
        frame,
        staffroom.people,
        rng,
        together=not size.staggered,
        grant=True,
        leaves=lambda covering: covering.draw(size.short_leaves, rng, lang),
    )


def settle(
    frame: Instance,
    people: Sequence[Person],
    rng: random.Random,
    *,
    together: bool = False,
    grant: bool = False,
    leaves: Callable[[Covering], None] | None = None,
    slack: Fraction = WEEKLY_SLACK,
) -> tuple[Instance, Timetable]:
    """Plant a timetable in a school without staff, and let ``people`` consent to it.

    ``grant``: who leads a club for which nobody is free learns to. ``leaves`` enters short
    leaves that can be covered. Raises ``NoPlan`` if the choices made lead nowhere.
    """
    demand = derive(frame)
    clockwork = Clockwork(demand)
    planting, rooms = _plant(clockwork, people, rng, together=together, grant=grant)
    posts, holders = planting.posts, planting.holders
    Consenting(demand, posts, holders, rng).ask(people)
    counts = weekly_counts(demand, posts, holders)
    set_caps(demand, people, counts, slack, rng)
    covering = Covering(clockwork, posts, holders, people, counts)
    if leaves is not None:
        leaves(covering)
    instance = Instance(
        school=frame.school,
        lang=frame.lang,
        term=frame.term,
        segments=frame.segments,
        classes=frame.classes,
        rooms=frame.rooms,
        staff=tuple(person.record() for person in people),
        activities=frame.activities,
        events=frame.events,
        tournaments=frame.tournaments,
        pins=frame.pins,
        rules=frame.rules,
    )
    timetable = Timetable(
        placements=planting.placements,
        rooms=rooms,
        holders=holders,
        changes=covering.changes,
    )
    return instance, timetable


def _plant(
    clockwork: Clockwork,
    people: Sequence[Person],
    rng: random.Random,
    *,
    together: bool,
    grant: bool,
) -> tuple[Planting, dict[str, str]]:
    """A complete timetable; several are tried, as random choices may lead into a corner."""
    for attempt in range(1, _TRIES + 1):
        try:
            placing = Placing(clockwork, rng, together=together)
            planting = Planting(clockwork, placing.run(), people, rng, grant=grant)
            planting.run()
            return planting, placing.group_room
        except NoPlan:
            if attempt == _TRIES:
                raise
    raise AssertionError("unreachable")
